"""A body's text as HTML fit for the parser: Markdown rendered, what nobody sees stripped.

Follows CommonMark 0.31, and HTML (section 13.2.5) for where comments and raw text end. Every step is
linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from feeds.finish.events import Attributes
from feeds.finish.lazy import attribute
from feeds.model import BlockKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_BLOCKS = (
    "address|article|aside|blockquote|body|center|details|div|dl|fieldset|figure|footer|form|h[1-6]|head|header|hr|html|"
    "main|meta|nav|ol|p|pre|script|section|style|table|tbody|td|tr|ul"
)
_STARTS_AS_HTML = re.compile(rf"\s*(?:<!doctype\b|<\?xml\b|<(?P<tag>{_BLOCKS})\b[^<>]*>)", re.IGNORECASE)
_PARAGRAPH_ENDS = re.compile(r"</(?:p|div|h[1-6]|li|tr)>|<br\s*/?>", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|```|~~~|[*+-] \S|\d{1,2}\. \S|> |\[[^\]\n]{1,80}\]: |!?\[[^\]\n]{0,200}\]\([^\s()]+\))"
    r"|\*\*[^\s*][^*\n]{0,200}\*\*|[^\]]\]\((?:https?:|/|\.|#)",
    re.MULTILINE,
)
_NO_MARKDOWN = re.compile(
    r"(?P<code>^(?:```|~~~)[^\n]*\n(?s:.*?)^(?:```|~~~)|`[^`\n]+`)"
    r"|\{%-?\s*(?:end)?(?:highlight|codeblock)\b[ ]?(?P<language>[\w+#-]*)[^\n%]{0,200}%\}"
    r"|\{%[^\n]{0,400}?%\}|\{\{[<%][^\n]{0,400}?[>%]\}\}"
    r"|^import\s[^\n]{1,200}\sfrom\s['\"][^\n]*$",  # MDX
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
# <!-- more -->, <!--more Read on-->, <!-- truncate -->, <!-- TEASER_END -->, <!-- PELICAN_END_SUMMARY -->
_MORE = re.compile(r"<!--\s*(?:more\b|read-?more\b|truncate\b|teaser_end\b|pelican_end_summary\b)", re.IGNORECASE)
_BEGIN = re.compile(r"<!--\s*pelican_begin_summary\b", re.IGNORECASE)
_MORE_ID = "more-"
"""Beginning of the id that marks the end of a summary, as WordPress writes it."""
_BEGIN_ID = "summary-begins"
"""Id of the element that marks where a summary begins."""


def to_html(text: str, *, is_markdown: bool) -> str:
    """Write a body as HTML without comments, scripts and styles; `more` comments become elements."""
    if is_markdown and not is_html(text):
        text = _renderer().render(_NO_MARKDOWN.sub(_without_tag, text))
    return _strip(text)


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    """Make the renderer of Markdown, which bodies in HTML never need."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)


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


def _without_tag(match: re.Match[str]) -> str:
    if match["code"] is not None:
        return match["code"]
    return "```" + match["language"] if match["language"] is not None else ""


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
