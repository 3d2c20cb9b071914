"""A body's text as HTML fit for the parser: Markdown rendered, what nobody sees stripped.

Follows CommonMark 0.31, and HTML (section 13.2.5) for where comments and raw text end. Every step is
linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from feeds.finish.events import Attributes
from feeds.finish.lazy import attribute
from feeds.model import BlockKind

_BLOCKS = (
    "address|article|aside|blockquote|body|center|details|div|dl|fieldset|figure|footer|form|h[1-6]|head|header|hr|html|"
    "main|meta|nav|ol|p|pre|script|section|style|table|tbody|td|tr|ul"
)
_STARTS_AS_HTML = re.compile(rf"\s*(?:<!doctype\b|<\?xml\b|<(?P<tag>{_BLOCKS})\b[^<>]*>)", re.IGNORECASE)
_PARAGRAPH_ENDS = re.compile(r"</(?:p|div|h[1-6]|li|tr)>|<br\s*/?>", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|```|~~~|[*+-] \S|\d{1,2}\. \S|> |\[[^\]\n]{1,80}\]: |!?\[[^\]\n]{0,200}\]\([^\s()]+\))"
    r"|^[^\s<|][^\n<>]{0,200}\n(?:-{3,}|={3,})[ \t]*$|\*\*[^\s*][^*\n]{0,200}\*\*|[^\]]\]\((?:https?:|/|\.|#)",
    re.MULTILINE,
)
_NOT_BLANK = re.compile(r"\S")
# Names of elements are of ASCII alone: without the flag, `<ſcript` would be one, too.
_UNSEEN = re.compile(r"<!--|<(?P<tag>script|style)\b|<\?|<!doctype\b", re.IGNORECASE | re.ASCII)
_ENDS = {
    "<!--": re.compile(r"--!?>"),
    "script": re.compile(r"</script\b[^<>]*>", re.IGNORECASE | re.ASCII),
    "style": re.compile(r"</style\b[^<>]*>", re.IGNORECASE | re.ASCII),
    "<?": re.compile(r">"),
    "<!doctype": re.compile(r">"),
}
# <!-- more -->, <!--more Read on-->, <!-- truncate -->, <!-- TEASER_END -->, <!-- PELICAN_END_SUMMARY -->,
# <!-- excerpt -->, <!-- end excerpt -->, <!--excerpt_end-->, <!-- summary end -->
_MORE = re.compile(
    r"<!--\s*(?:(?:more|read-?more|truncate|teaser_end|pelican_end_summary)\b"
    r"|(?:excerpt|end[-_ ]?(?:of[-_ ])?(?:excerpt|summary)|(?:excerpt|summary)[-_ ]?(?:end|separator)|cut)\s*--)",
    re.IGNORECASE,
)
_BEGIN = re.compile(r"<!--\s*pelican_begin_summary\b", re.IGNORECASE)
_MORE_ID = "more-"
"""Beginning of the id that marks the end of a summary, as WordPress writes it."""
_BEGIN_ID = "summary-begins"
"""Id of the element that marks where a summary begins."""


def to_html(text: str, *, is_markdown: bool, path: str = "") -> str:
    """Write a body as HTML without comments, scripts and styles; `more` comments become elements.

    Template tags become what they stand for, in Markdown before it is rendered. What is left of them then stands where
    no generator would look for any, and goes.

    Args:
        text: The body as the file holds it.
        is_markdown: It is Markdown, if it is not HTML all the same.
        path: Of its file; components are looked for in one that ends in `.mdx`.
    """
    if is_markdown and not is_html(text):
        text = _render(text, path)
    return _strip(replace_tags(text, is_markdown=False) if has_tags(text) else text)


def _render(text: str, path: str) -> str:
    """Write Markdown as HTML."""
    from feeds.finish.markdown import find_indented_code, render
    from feeds.finish.mdx import is_mdx, plain_markdown
    from feeds.finish.verbatim import joined_in_code

    has_components = is_mdx(path, text)
    if has_components:
        text = plain_markdown(text)
    if not has_tags(text):
        return render(text, has_indented_code=not has_components)
    text = replace_tags(text, is_markdown=True, code=() if has_components else find_indented_code(text))
    return joined_in_code(render(text, has_indented_code=not has_components))


def has_tags(text: str) -> bool:
    """Tell, at once, whether a text may hold template tags."""
    return "{" in text and ("{%" in text or "{{" in text or "{#" in text)


def replace_tags(text: str, *, is_markdown: bool, code: Sequence[tuple[int, int]] = ()) -> str:
    """Write a text without template tags (`template` says how)."""
    from feeds.finish import template

    return template.replace_tags(text, is_markdown=is_markdown, code=code)


def is_html(text: str) -> bool:
    """Tell HTML from Markdown in a file that may hold either.

    It is HTML when it begins with a block element that ends it too (as crawled bodies do), or holds the ends
    of paragraphs and nothing that only Markdown writes.
    """
    body = _skip_comments(text)
    start = _STARTS_AS_HTML.match(body)
    if start and (start["tag"] is None or start["tag"].lower() in ("html", "body", "head")):
        return True
    if start and _skip_comments_behind(body).endswith(f"</{start['tag'].lower()}>"):
        return start["tag"].lower() != "p" or not _MARKDOWN.search(body)
    closed = _PARAGRAPH_ENDS.search(body)
    return (
        closed is not None
        and (bool(start) or len(_PARAGRAPH_ENDS.findall(body, 0, 5000)) > 1)
        and not (_MARKDOWN.search(body))
    )


def _skip_comments(text: str) -> str:
    place = len(text) - len(text.lstrip())
    while text.startswith("<!--", place):
        end = text.find("-->", place)
        if end < 0:
            break
        behind = _NOT_BLANK.search(text, end + 3)
        place = behind.start() if behind else len(text)
    return text[place:]


def _skip_comments_behind(text: str) -> str:
    text = text[-400:].rstrip().lower()
    while text.endswith("-->") and "<!--" in text:
        text = text[: text.rindex("<!--")].rstrip()
    return text


def _strip(text: str) -> str:
    """Leave out comments, scripts, styles, processing instructions and the document type."""
    kept = []
    place = 0
    endless: set[str] = set()
    while match := _UNSEEN.search(text, place):
        name = (match["tag"] or match[0]).lower()
        end = None if name in endless else _ENDS[name].search(text, match.end() - (2 if name == "<!--" else 0))
        if end is None:
            endless.add(name)
            kept.append(text[place : match.end()])
            place = match.end()
            continue
        kept.append(text[place : match.start()])
        if name == "<!--" and _MORE.match(text, match.start()):
            kept.append(f'<span id="{_MORE_ID}"></span>')
        elif name == "<!--" and _BEGIN.match(text, match.start()):
            kept.append(f'<span id="{_BEGIN_ID}"></span>')
        place = end.end()
    kept.append(text[place:])
    return "".join(kept)


def marker_of(attributes: Attributes) -> BlockKind | None:
    """Tell whether an element without contents marks where a summary ends (`<span id="more-123">`) or begins."""
    name = attribute(attributes, "id")
    if name == _BEGIN_ID:
        return BlockKind.BEGIN
    return BlockKind.MORE if name == _MORE_ID[:-1] or name.startswith(_MORE_ID) else None
