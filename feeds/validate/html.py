"""Rules of HTML in feeds: what a reader must take out, what is no HTML, what leads nowhere; pure.

Follows HTML's own grammar (elements, end tags), and the lists of what readers let through.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html.entities import html5, name2codepoint
from html.parser import HTMLParser
from typing import NamedTuple

from feeds.validate.addresses import FOREIGN
from feeds.validate.finding import Fault, Source, ValueRule, shown
from feeds.validate.styles import style_risks

_SAFE = frozenset(
    str.split(
        # sections and groups
        "address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary ul "
        # text
        "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small span "
        "strike strong sub sup time tt u var wbr "
        # tables
        "caption col colgroup table tbody td tfoot th thead tr "
        # pictures, sound, forms
        "area audio button canvas command datagrid datalist eventsource img input keygen label m map meter multicol "
        "nextid noscript optgroup option output picture progress select sound source spacer template textarea track "
        "video"
    )
)
"""Elements that readers let through."""
_RISKY = frozenset(
    str.split(
        "applet base basefont comment embed iframe isindex link listing meta noframes object param plaintext script "
        "slot style title xmp"
    )
)
"""Elements of HTML that readers take out, with what they do."""
_PAGE = frozenset(("body", "frame", "frameset", "head", "html"))
"""Elements of a whole page."""
_IN_TABLE = frozenset(("caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"))
ELEMENTS = _SAFE | _RISKY | _PAGE
_VOID = frozenset(str.split("area base br col command embed hr img input keygen link meta param source track wbr"))
_ENDS_ITSELF = frozenset(str.split("dd dt li option optgroup p rb rp rt rtc tbody td tfoot th thead tr colgroup"))
"""Elements whose end tag may be left out."""
_BLOCKS = _SAFE & frozenset(
    str.split(
        "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 "
        "h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul"
    )
)
"""Elements that end a paragraph."""
_SIBLINGS = {
    "li": {"li"},
    "dd": {"dd", "dt"},
    "dt": {"dd", "dt"},
    "option": {"option"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tbody": {"tr", "td", "th", "thead", "tbody", "colgroup"},
    "tfoot": {"tr", "td", "th", "thead", "tbody", "colgroup"},
    "rt": {"rt", "rp"},
    "rp": {"rt", "rp"},
}
"""Open elements that the start of another one ends."""
_LINKS = frozenset({("a", "href"), *((tag, "src") for tag in ("audio", "img", "source", "video")), ("video", "poster")})
"""Attributes that are addresses."""
_SCRIPT = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data\s*:\s*text)", re.IGNORECASE)
"""How an address begins that is a program."""
_END_TAG = re.compile(r"</(\w+)>")
_ENTITY = re.compile(r"&(#?\w+)")
_UNENDED = re.compile(r"<[a-zA-Z/!?].{0,80}", re.DOTALL)
"""Behind the last tag that ends."""
_OPEN_NAME = re.compile(rf"&(?:{'|'.join(name for name in html5 if ';' not in name)})(?=[^;\w=]|\Z)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_LIKE_MARKUP = re.compile("&#[x0-9]|<[/a-zA-Z]")
_NAMED = frozenset({*name2codepoint, "apos"})


class Link(NamedTuple):
    """An address within a text."""

    address: str
    """As it is written, references resolved."""
    line: int
    """Of the text, counted from 1."""


class Markup(NamedTuple):
    """What is to be said of a text in HTML."""

    faults: tuple[Fault, ...]
    """Lines are counted from 1 within the text."""
    links: tuple[Link, ...]
    """Of anchors and pictures."""


@lru_cache(maxsize=1024)
def read_markup(text: str) -> Markup:
    """Look at a text in HTML; the same entry stands in many feeds."""
    faults = [
        Fault("NotHtml", f"{shown(match[0])} {what}", text.count("\n", 0, match.start()) + 1)
        for form, what in (
            (_OPEN_NAME, "is a reference without its semicolon"),
            (_CONTROL, "is no character of a text"),
        )
        if (match := form.search(text))
    ]
    if "<" not in text and "&" not in text:
        return Markup(tuple(faults), ())
    cut = _UNENDED.search(text, text.rfind(">") + 1)
    if cut:
        faults.append(
            Fault("NotHtml", f"{shown(cut[0])} is a tag without an end", text.count("\n", 0, cut.start()) + 1)
        )
    reader = _Reader()
    reader.feed(text[: cut.start()] if cut else text)
    reader.close()
    return Markup((*faults, *reader.faults, *reader.unclosed()), tuple(reader.links))


def relative_links(markup: Markup) -> Iterator[Fault]:
    """Name the addresses of a text that mean something only on the page that they come from."""
    for link in markup.links:
        if not re.match(r"\w+:", link.address):
            name = "InvalidUriChar" if FOREIGN.search(link.address) else "ContainsRelRef"
            yield Fault(name, f"address {shown(link.address)} is relative", link.line)


def plain(name: str = "ContainsHTML") -> ValueRule:
    """Make the rule of a text that is no HTML, with the message for one that looks like it.

    A `<` or `&` that RSS writes as a hexadecimal reference is taken for plain text by all readers.
    """

    def check(value: str, source: Source) -> Iterator[Fault]:
        tag = next((tag for tag in _END_TAG.findall(value) if tag.lower() in ELEMENTS), None)
        names = _ENTITY.findall(value)
        if tag:
            yield Fault(name, f"{shown(value)} holds </{tag}>")
        elif names:
            found = next((word for word in names if word in _NAMED or not word.isalpha()), None)
            if found and not source.has_references:
                yield Fault(name, f"{shown(value)} holds &{found};")
        elif source.kind == "rss" and not source.has_references and _LIKE_MARKUP.search(value):
            yield Fault("CharacterData", f"{shown(value)} is HTML to some readers, and plain text to others")

    return check


def safe_html(value: str, source: Source) -> Iterator[Fault]:
    """Look at HTML whose relative addresses nobody can resolve."""
    markup = read_markup(value)
    yield from markup.faults
    yield from relative_links(markup)


def safe_text(value: str, source: Source) -> Iterator[Fault]:
    """Look at a text that some readers show as HTML."""
    yield from read_markup(value).faults


def tag_faults(tag: str, attributes: list[tuple[str, str | None]]) -> Iterator[Fault]:
    """Look at one start tag."""
    if tag not in ELEMENTS:
        yield Fault("NotHtml", f"<{tag}> is no element of HTML")
    elif tag in _PAGE:
        yield Fault("NotHtml", f"<{tag}> may not stand within a text")
    elif tag in _RISKY:
        yield Fault("SecurityRisk", f"<{tag}> can act, or fetch what can")
    else:
        for name, value in attributes:
            if name.startswith("on"):
                yield Fault("SecurityRiskAttr", f'attribute "{name}" of <{tag}> holds a script')
            elif value and _SCRIPT.match(value) and name in ("action", "formaction", "href", "src", "poster"):
                yield Fault("SecurityRiskAttr", f'attribute "{name}" of <{tag}> leads to a script, {shown(value)}')
            elif name == "style":
                for part in style_risks(value or ""):
                    yield Fault("DangerousStyleAttr", f"style of <{tag}> holds {shown(part)}")


class _Reader(HTMLParser):
    """Goes through a text once."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.faults: list[Fault] = []
        self.links: list[Link] = []
        self._open: list[tuple[str, int]] = []
        self._depth: Counter[str] = Counter()

    def _add(self, name: str, what: str) -> None:
        self.faults.append(Fault(name, what, self.getpos()[0]))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        self.faults += (fault._replace(line=line) for fault in tag_faults(tag, attributes))
        if len({name for name, _ in attributes}) < len(attributes):
            self._add("NotHtml", f"<{tag}> has an attribute twice")
        for name, value in attributes:
            if (tag, name) in _LINKS and value is not None:
                self.links.append(Link(value.strip(), line))
        if tag in _IN_TABLE and not self._depth["table"]:
            self._add("NotHtml", f"<{tag}> stands outside a table")
        self._end_before(tag)
        if tag == "tr" and self._open and self._open[-1][0] == "table":
            self._begin("tbody", line)  # as HTML does where the first row is
        if tag == "a" and self._depth["a"]:
            self._add("NotHtml", "<a> stands within <a>")
        if tag not in _VOID:
            self._begin(tag, line)

    def _begin(self, tag: str, line: int) -> None:
        self._open.append((tag, line))
        self._depth[tag] += 1

    def _end(self) -> tuple[str, int]:
        tag, line = self._open.pop()
        self._depth[tag] -= 1
        return tag, line

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in _VOID and tag in ELEMENTS:
            self._add("NotHtml", f"<{tag}/> does not end there, in HTML")

    def _end_before(self, tag: str) -> None:
        """End what the start of an element ends."""
        while self._open:
            last = self._open[-1][0]
            if last in _SIBLINGS.get(tag, ()) or (last == "p" and tag in _BLOCKS):
                self._end()
            else:
                return

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._depth[tag]:
            self._add("NotHtml", f"</{tag}> ends nothing")
            return
        while self._open:
            last, line = self._end()
            if last == tag:
                return
            if last not in _ENDS_ITSELF:
                self.faults.append(Fault("NotHtml", f"<{last}> is not ended before </{tag}>", line))

    def unclosed(self) -> Iterator[Fault]:
        """Name the elements that are open at the end."""
        for tag, line in self._open:
            if tag not in _ENDS_ITSELF:
                yield Fault("NotHtml", f"<{tag}> is not ended", line)

    def handle_entityref(self, name: str) -> None:
        if f"{name};" not in html5:
            self._add("NotHtml", f"&{name}; is no reference of HTML")

    def handle_charref(self, name: str) -> None:
        digits, base = (name[1:], 16) if name[:1] in "xX" else (name, 10)
        try:
            code = int(digits, base)
        except ValueError:
            return
        if _CONTROL.match(chr(code)) if code < 0x100 else 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            self._add("NotHtml", f"&#{name}; is no character of a text")

    def handle_decl(self, decl: str) -> None:
        self._add("NotHtml", f"{shown(f'<!{decl}>')} stands within a text")

    def handle_pi(self, data: str) -> None:
        if data.lower().startswith("import "):
            self._add("SecurityRisk", f"{shown(f'<?{data}')} fetches what can act")
        self._add("NotHtml", f"{shown(f'<?{data}')} stands within a text")
