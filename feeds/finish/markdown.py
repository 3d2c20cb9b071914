"""Markdown as HTML: CommonMark, and what the generators' own renderers add to it.

kramdown (Jekyll), goldmark (Hugo), marked (Hexo), Python-Markdown (Pelican, MkDocs), VitePress and Obsidian each have
marks of their own; a mark that says only how something looks goes, whichever it is of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from feeds.addresses import has_scheme
from feeds.finish.emphasis import read_emphasis
from feeds.finish.local import written
from feeds.finish.sized import read_sized

_ATTRIBUTES = re.compile(r"\{:(?!:/)[^{}\n]{0,300}(?:\n[^{}\n]{1,300})?\}|\{::?/?[a-z]*[^{}\n]{0,300}/?\}")
"""kramdown's, anywhere: `{: .class #id}`, `{:.no_toc}`, `{:toc}`, `{::options … /}`, `{:/}`."""
_NAMED = r"[.#][\w:-]+|[\w:-]+=(?:\"[^\"\n{}]*\"|'[^'\n{}]*'|[^\s{}\"']+)|-"
_ATTRIBUTES_BEHIND = re.compile(rf"\{{:?\s*(?:{_NAMED})(?:[ \t]+(?:{_NAMED})){{0,20}}\s*\}}")
"""goldmark's and pandoc's, behind what they speak of: `{#id .class width=100}`."""
_AT_END = re.compile(rf"(?:^|[ \t]*\n?[ \t]*)\{{:?\s*(?P<all>(?:{_NAMED})(?:[ \t]+(?:{_NAMED})){{0,20}})\s*\}}\s*\Z")
_CONTENTS = re.compile(r"[^\n]{0,80}\n?\{:\s*toc\b[^{}\n]*\}\s*", re.IGNORECASE)
_ID = re.compile(r"(?:^|\s)(?:#|id=[\"']?)([\w:-]+)")
_WIKI = re.compile(r"\[\[(?P<page>[^\[\]|\n\s][^\[\]|\n]{0,300})(?:\|(?P<text>[^\[\]\n]{0,300}))?\]\](?![(\[])")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$", re.IGNORECASE)
_FORMULA = re.compile(
    r"\$\$(?P<shown>[^$]{1,2000})\$\$|\$(?=[^\s$])(?P<within>[^$\n]{1,300})(?<=[^\s\\])\$(?!\d)"
    r"|\\\[(?P<brackets>(?>(?:[^\\]|\\(?!\])){1,2000}))\\\]|\\\((?P<round>(?>(?:[^\\\n]|\\(?![)\n])){1,300}))\\\)"
)
_IS_FORMULA = re.compile(r"[\\^_{}]")
_IS_SURELY_FORMULA = re.compile(r"\\[A-Za-z]|\^|_\{|(?<![A-Za-z0-9])[A-Za-z]_[A-Za-z0-9](?![A-Za-z0-9])")
_IS_PRODUCT = re.compile(r"[A-Za-z0-9]{1,3}(?:[*+=<>/-][A-Za-z0-9]{1,3})+")
_ADDRESS = re.compile(r"://(?:(?!&(?:[lg]t|quot);)[^\s<>\"`\u3000-\u303f\uff01-\uff65\u2018-\u201f]){1,2000}")
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?\Z", re.IGNORECASE)
_LINE = re.compile(
    r"(?:\[!\w{1,30}\][+-]?[^\n]*"  # > [!NOTE]
    r"|\[\[?_?toc_?\]?\]|@\[toc\][^\n]*|\*\[[^\]\n]+\]:[^\n]*|:{3,}[^\n]*)[ \t]*(?:\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN = re.compile(r"(?<!\w)%%(?=[^%])[^%]{1,4000}+%%(?![\w%])|\{::comment\}.{0,4000}?\{:/(?:comment)?\}", re.DOTALL)
"""Obsidian's `%%not shown%%`, kramdown's `{::comment}not shown{:/comment}`."""
_INDENTED_BRACE = re.compile(r"^[ \t>]*(?: {4}|\t)[^\n{]{0,2000}\{", re.MULTILINE)
_LINE_BREAK = re.compile(r"\n")
_ALERT_TITLE = re.compile(r"\[!\w{1,30}\][+-]?[ \t]+(\S[^\n]*)")
_TASK = re.compile(r"\[([ xX])\][ \t]+")
_CONTAINER = re.compile(r"\s*\{?[.\w-]+\}?\s*(?:\[(?P<bracket>[^\]]*)\]|(?P<title>[^{}]*))")


def render(text: str, *, has_indented_code: bool = True) -> str:
    """Write Markdown as HTML; HTML in it stays.

    Args:
        text: Without template tags.
        has_indented_code: What is indented is code, as everywhere but in MDX.
    """
    return str(_renderer(has_indented_code).render(text))


def find_indented_code(text: str) -> list[tuple[int, int]]:
    """Answer where the code begins and ends that its indentation makes code, in order; only if it holds braces."""
    if not _INDENTED_BRACE.search(text):
        return []
    tokens: list[Token] = []
    renderer = _renderer(has_indented_code=True)
    renderer.block.parse(text, renderer, {}, tokens)
    places = [0, *(match.end() for match in _LINE_BREAK.finditer(text)), len(text)]
    return [
        (places[token.map[0]], places[min(token.map[1], len(places) - 1)])
        for token in tokens
        if token.type == "code_block" and token.map
    ]


@lru_cache(maxsize=2)
def _renderer(has_indented_code: bool) -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    if not has_indented_code:
        renderer.disable("code")
    renderer.use(footnote_plugin).use(deflist_plugin).use(admon_plugin, render=_frame)
    renderer.use(container_plugin, name="any", validate=_opens_container, render=_frame)
    renderer.core.ruler.before("inline", "dialects", _read_blocks)
    renderer.inline.ruler.before("escape", "formula", _formula)
    renderer.inline.ruler.before("escape", "address", _address)
    renderer.inline.add_terminator_char("%")
    renderer.inline.ruler.before("link", "hidden", _hidden)
    renderer.inline.ruler.before("link", "attributes", _attributes)
    renderer.inline.ruler.before("link", "wiki", _wiki)
    renderer.inline.ruler.before("link", "sized", read_sized)
    renderer.inline.ruler.before("emphasis", "east_asian", read_emphasis)
    renderer.add_render_rule("admonition_title_open", _frame)
    renderer.add_render_rule("admonition_title_close", _frame)
    return renderer


def _opens_container(params: str, _marker: str) -> bool:
    return bool(params.strip())


def _frame(renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: OptionsDict, _env: EnvType) -> str:
    """Write a frame around paragraphs without its looks; the title of a container, if it has one."""
    token = tokens[place]
    if token.type == "admonition_title_open":
        return "<p><strong>"
    if token.type == "admonition_title_close":
        return "</strong></p>\n"
    if token.nesting < 0:
        return "</div>\n"
    title = _CONTAINER.match(token.info) if token.type.startswith("container") else None
    stated = title and (title["bracket"] or title["title"] or "").strip()
    return f"<div>\n<p><strong>{escapeHtml(stated)}</strong></p>\n" if stated else "<div>\n"


def _read_blocks(state: StateCore) -> None:
    """Take the marks off paragraphs and headings before what stands in them is read."""
    kept: list[Token] = []
    tokens = state.tokens
    for place, token in enumerate(tokens):
        kept.append(token)
        if token.type != "inline":
            continue
        content = token.content
        if "{" in content and _CONTENTS.fullmatch(content):
            content = ""
        elif "{" in content and (match := _AT_END.search(content)):
            content = content[: match.start()]
            stated = _ID.search(match["all"])
            if stated and kept[-2].type == "heading_open":
                kept[-2].attrSet("id", stated[1])
        if content.startswith("[") and place > 1 and tokens[place - 2].type == "list_item_open":
            content = _TASK.sub(lambda task: "☐ " if task[1] == " " else "☑ ", content, count=1)
        if content[:1] in ("[", "@", "*", ":") and kept[-2].type == "paragraph_open":
            title = _ALERT_TITLE.match(content)
            content = _without_lines(content)
            content = f"**{title[1]}**\n{content}" if title else content
        token.content = content
    state.tokens = kept


def _without_lines(content: str) -> str:
    place = 0
    while place < len(content) and (match := _LINE.match(content, place)):
        place = match.end()
    return content[place:]


def _formula(state: StateInline, silent: bool) -> bool:
    """Leave a formula as it is written: its marks are no Markdown."""
    if state.src[state.pos] not in "$\\":
        return False
    match = _FORMULA.match(state.src, state.pos, state.posMax)
    if match is None or "](" in match[0]:
        return False
    is_formula = _IS_FORMULA if match[0].startswith("$") else _IS_SURELY_FORMULA
    inside = match[str(match.lastgroup)]
    if not is_formula.search(inside) and not (match[0].startswith("$") and _IS_PRODUCT.fullmatch(inside)):
        return False
    if not silent:
        state.push("text", "", 0).content = match[0]
    state.pos = match.end()
    return True


def _address(state: StateInline, silent: bool) -> bool:
    """Make a link of a bare address, as GitHub's Markdown does; mdit-py-plugins' own rule takes quadratic time."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-6:])
    match = _ADDRESS.match(state.src, state.pos, state.posMax) if scheme else None
    if scheme is None or match is None:
        return False
    rest = match[0].rstrip("?!.,:;*_~'")
    while rest.endswith(")") and rest.count(")") > rest.count("("):
        rest = rest[:-1].rstrip("?!.,:;*_~'")
    if len(rest) < len("://x"):
        return False
    address = scheme[0] + rest
    state.pending = state.pending[: -len(scheme[0])]
    state.push("link_open", "a", 1).attrSet("href", state.md.normalizeLink(address))
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = _ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None and state.pos and state.src[state.pos - 1] in ")]`*":
        match = _ATTRIBUTES_BEHIND.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _hidden(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] not in "%{":
        return False
    match = _HIDDEN.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def _wiki(state: StateInline, silent: bool) -> bool:
    """Read Obsidian's `[[page|text]]`, a link to an article; and `![[picture.png|300]]`, the picture of that name."""
    is_embed = state.src[state.pos] == "!"
    start = state.pos + is_embed
    if not state.src.startswith("[[", start) or (not is_embed and start and state.src[start - 1].isalnum()):
        return False
    match = _WIKI.match(state.src, start, state.posMax)
    if match is None:
        return False
    page, text = match["page"].strip(), (match["text"] or "").strip()
    if not silent:
        if is_embed and _PICTURE.search(page):
            token = state.push("image", "img", 0)
            text = "" if text.replace("x", "").isdigit() else text
            is_somewhere = page.startswith("/") or has_scheme(page)
            source = state.md.normalizeLink(page) if is_somewhere else written("file", page)
            token.attrs = {"src": source, "alt": ""}
            token.children = [Token("text", "", 0, content=text)] if text else []
            token.content = text
        else:
            name = page.partition("#")[0].strip()
            if name and not state.linkLevel:
                state.push("link_open", "a", 1).attrSet("href", written("article", name))
            state.push("text", "", 0).content = text or page.replace("#", " › ").strip(" ›")
            if name and not state.linkLevel:
                state.push("link_close", "a", -1)
    state.pos = match.end()
    return True
