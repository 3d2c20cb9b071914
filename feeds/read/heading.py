"""The first heading of a body, which is its title where none is stated; pure."""

from __future__ import annotations

import re

_LONGEST = 5000
"""Characters of a heading that are looked through for what is no word of it."""
_HEADING = re.compile(
    r"^\#{1,6}[ \t]+(?P<atx>[^\s\#][^\n]*)$"
    r"|^(?![-*+>][ \t]|[|<])(?P<setext>\S[^\n]*)\n(?:=+|-+)[ \t]*$"
    r"|<(h[1-6]|title)\b[^<>]{0,1000}>(?P<html>.{0,1000}?)</\3\s*>",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)
# Code, a link or picture, strong and emphasised words, a mark that a backslash makes plain (CommonMark 6).
_INLINE = re.compile(
    r"(?P<ticks>`+)(?P<code>[^`]{1,300})(?P=ticks)(?!`)|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?:!?\[(?=[^\[\]\n]{0,300}\]\()|(?P<stars>\*{1,3}|(?<!\w)_{1,3}|~~)(?=\S))"
    r"(?P<words>[^*\[\]~\n]{0,300}?[^\s*\[\]~])(?:(?<=\S)(?P=stars)(?![\w*])|\]\([^()\n]{0,300}\))"
)
_CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1[`~]*|\Z)"  # what is never closed runs to the end (CommonMark 4.5, 4.6)
    r"|<(script|style|pre)\b.*?(?:</\2\s*>|\Z)"
    r"|<!--.*?(?:-->|\Z)",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_REST_HEADING = re.compile(r"^(?!\.\.[ \t])(\w[^\n]*)\n([!-/:-@\[-`{-~])\2{2,}[ \t]*$", re.MULTILINE)
_ATX_END = re.compile(r"(?<=[ \t])\#+[ \t]*$")
_TAG = re.compile(r"<[^<>]*>")
# Template tags, kramdown's, goldmark's and pandoc's `{#id .class}`, marks of notes: no words of a heading.
_NO_WORDS = re.compile(
    r"(?P<code>`[^`\n]{1,300}`)|\{%[^%{}\n]{0,300}%\}|\{\{[^{}\n]{0,300}\}\}|\[\^[^\[\]\n]{1,100}\]"
    r"|[ \t]*\{:?[ \t]*[#.][\w:-][^{}\n]{0,200}\}[ \t]*$"
)


def find_heading(text: str, *, is_rest: bool) -> str | None:
    """Answer the words of the first heading; None when there is none.

    Args:
        text: Of a body, or of its beginning.
        is_rest: It is reStructuredText.
    """
    if is_rest:
        underlined = _REST_HEADING.search(text.replace("\r\n", "\n"))
        return underlined[1].strip() if underlined else None
    match = _HEADING.search(_CODE.sub("", text.replace("\r\n", "\n")))
    if match is None:
        return None
    if match["html"] is not None:
        return _TAG.sub("", match["html"])
    written = match["setext"] or _ATX_END.sub("", match["atx"]).rstrip()
    if "{" in written or "[^" in written:
        written = _NO_WORDS.sub(lambda mark: mark["code"] or "", written[:_LONGEST]).strip()
    return _TAG.sub("", _INLINE.sub(lambda mark: mark["words"] or mark["code"] or mark["escaped"] or "", written))
