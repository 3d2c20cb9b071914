"""Pictures in Markdown that state their size, and addresses with blanks: what CommonMark itself leaves as text.

`![](a.png =300x200)` is markdown-it's and VuePress's, `![Pier|300](a.png)` Obsidian's, `![](low tide.png)`
Python-Markdown's.
"""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from feeds.finish.local import ARTICLES

_ADDRESS = r"[^()<>\"'\s](?:[^()<>\"'\n]|\([^()<>\"'\n]{0,100}\)){0,400}?"
_FOUND = re.compile(
    rf"(?P<mark>!?)\[(?P<text>[^\[\]\n]{{0,300}})\]\([ \t]{{0,9}}(?P<address>{_ADDRESS})"
    r"(?:[ \t]{1,9}=(?P<width>\d{0,5})x(?P<height>\d{0,5}))?"
    r"(?:[ \t]{1,9}(?:\"(?P<double>[^\"\n]{0,300})\"|'(?P<single>[^'\n]{0,300})'))?[ \t]{0,9}\)"
)
_SIZE = re.compile(r"[ \t]{0,9}\|[ \t]{0,9}(?P<width>\d{1,5})(?:x(?P<height>\d{1,5}))?[ \t]{0,9}$")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp)(?:[?#]\S*)?$", re.IGNORECASE)


def read_sized(state: StateInline, silent: bool) -> bool:
    """Read such a picture, or such a link to an article; any other the renderer's own rules read."""
    if state.src[state.pos] not in "![":
        return False
    match = _FOUND.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    address, text = match["address"], match["text"]
    has_blanks = " " in address or "\t" in address
    in_text = _SIZE.search(text) if match["mark"] else None
    if match["mark"]:
        is_ours = match["width"] is not None or in_text or (has_blanks and _PICTURE.search(address))
    else:
        is_ours = has_blanks and address.lower().partition("#")[0].endswith(ARTICLES) and not state.linkLevel
    if not is_ours:
        return False
    if not silent:
        title = match["double"] or match["single"] or ""
        if match["mark"]:
            _push_picture(state, address, text[: in_text.start()] if in_text else text, title, in_text or match)
        else:
            state.push("link_open", "a", 1).attrSet("href", state.md.normalizeLink(address))
            state.push("text", "", 0).content = text
            state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _push_picture(state: StateInline, address: str, text: str, title: str, size: re.Match[str]) -> None:
    token = state.push("image", "img", 0)
    token.attrs = {"src": state.md.normalizeLink(address), "alt": ""}
    token.children = [Token("text", "", 0, content=text)] if text else []
    token.content = text
    for name, value in (("title", title), ("width", size["width"]), ("height", size["height"])):
        if value:
            token.attrSet(name, value)
