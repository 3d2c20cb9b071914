"""Bytes -> a tree of elements that know their lines: encoding (XML 1.0 appendix F), namespaces, well-formedness; pure.

Expat counts lines without end, where libxml2 stops at 65,535, and names the place of a fault as most tools do.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from feeds.validate.finding import Fault, shown
from feeds.validate.vocabularies import ATOM, NAMESPACES, OBSOLETE, prefix_faults

_COMMON = frozenset(
    str.split(
        "utf-8 utf-16 us-ascii iso-8859-1 iso-8859-2 iso-8859-7 iso-8859-15 euc-jp shift_jis koi8-r gb18030 "
        "windows-1250 windows-1251 windows-1252 windows-1254 windows-1255 windows-1256"
    )
)
"""Encodings that readers know."""
_NO_TEXTS = frozenset({"idna", "punycode", "undefined", "raw_unicode_escape", "unicode_escape", "utf-7", "utf_7"})
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*["']([^"']*)["'](?:\s+encoding\s*=\s*["']([-A-Za-z0-9._]+)["'])?"""
)
_BUFFER = 1 << 20
"""Characters of a text that are told at once."""
_SEPARATOR = "\n"
"""Between namespace and name, as Expat is to write them: no namespace holds a line break."""


@dataclass(slots=True, kw_only=True, eq=False)
class Element:
    """An element as it is written."""

    name: str
    """`prefix:name` with the prefix that everybody uses; `name` alone in no namespace, `{…}name` in an unknown one."""
    attributes: dict[str, str]
    """By names of the same form; in no namespace mostly."""
    line: int
    """On which it begins, counted from 1."""
    column: int
    """At which it begins, counted from 1."""
    end_line: int = 0
    """On which its end tag stands."""
    children: list[Element] = field(default_factory=list)
    """Within it, in the document's order."""
    parts: list[str] = field(default_factory=list)
    """Its own text, in pieces."""
    text_line: int = 0
    """On which its own text begins, blanks passed over; 0 where there is none."""

    @property
    def text(self) -> str:
        """All of its own text, as it is written."""
        return "".join(self.parts)

    def get(self, name: str) -> Element | None:
        """Answer the first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def all(self, name: str) -> list[Element]:
        """List the children of a name, in the document's order."""
        return [child for child in self.children if child.name == name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A document, as far as it can be read."""

    root: Element | None
    """None when it is not well-formed."""
    faults: tuple[Fault, ...]
    """Of the document as such, in no order; each has its line."""
    lines: tuple[str, ...]
    """Of the text, the first one first."""


def read_tree(data: bytes) -> Tree:
    """Read a document, or say why it cannot be read."""
    text, faults = _decode(data)
    builder = _Builder()
    root = builder.build(text)
    lines = text.split("\n")
    return Tree(root=root, faults=(*faults, *builder.faults), lines=tuple(lines))


def _decode(data: bytes) -> tuple[str, list[Fault]]:
    r"""Decode a document as its mark or its declaration says; what cannot be decoded becomes U+FFFD.

    Line ends become `\n`, as XML has it (section 2.11).
    """
    faults = []
    mark = next(((bom, name) for bom, name in _BOMS if data.startswith(bom)), None)
    declared = _DECLARATION.match(data.removeprefix(codecs.BOM_UTF8))
    if declared and declared[1] != b"1.0":
        faults.append(Fault("BadXmlVersion", f"its declaration states XML {shown(declared[1].decode('latin-1'))}", 1))
    stated = declared[2].decode("ascii").lower() if declared and declared[2] else None
    encoding = mark[1] if mark else stated or "utf-8"
    if not _is_known(encoding):
        faults.append(Fault("UnknownEncoding", f"its encoding is {shown(encoding)}", 1))
        encoding = "utf-8"
    elif stated and mark and stated != mark[1]:
        faults.append(Fault("UnicodeError", f"it begins as {mark[1]} and declares {shown(stated)}", 1))
    elif encoding not in _COMMON:
        faults.append(Fault("ObscureEncoding", f"its encoding is {shown(encoding)}", 1))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        what = f"byte {data[error.start]:#04x} is no {encoding.upper()}: {error.reason}"
        faults.append(Fault("UnicodeError", what, line, column))
        text = data.decode(encoding, "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), faults


def _is_known(encoding: str) -> bool:
    """Tell whether an encoding is one of texts; Python has others under names of the same kind."""
    try:
        b"<".decode(encoding, "replace")
    except (LookupError, UnicodeError):
        return False
    return encoding not in _NO_TEXTS


class _Builder:
    """Makes a tree of what Expat tells."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._open: list[Element] = []
        self._root: Element | None = None
        self._prefixes = dict(NAMESPACES)
        self._declared: list[tuple[str, str]] = []
        self._names: dict[str, str] = {}
        self._parser = expat.ParserCreate("utf-8", namespace_separator=_SEPARATOR)
        self._parser.buffer_text = True
        self._parser.buffer_size = _BUFFER
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartNamespaceDeclHandler = self._declare
        self._parser.CommentHandler = lambda _: None  # which ends a text, as the next one does
        self._parser.ProcessingInstructionHandler = lambda *_: None
        # An entity that nobody declares is then passed over and told, as if a document type were to declare it.
        self._parser.UseForeignDTD(True)
        self._parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
        self._parser.ExternalEntityRefHandler = lambda *_: 1
        self._parser.SkippedEntityHandler = self._skip

    def build(self, text: str) -> Element | None:
        try:
            self._parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except expat.ExpatError as error:
            cause = expat.errors.messages[error.code]
            self.faults.append(Fault("SAXError", f"not well-formed: {cause}", error.lineno, error.offset + 1))
            return None
        return self._root

    def _here(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _declare(self, prefix: str | None, namespace: str | None) -> None:
        self._declared.append((prefix or "", namespace or ""))

    def _start(self, name: str, attributes: list[str]) -> None:
        line, column = self._here()
        if self._root is None:
            self.faults += (Fault(*fault, line, column) for fault in self._begin(name))
        if self._declared:
            kind = self._name(name) if self._root is None else self._root.name
            for prefix, namespace in self._declared:
                self.faults += (Fault(*fault, line, column) for fault in prefix_faults(prefix, namespace, kind))
            self._declared.clear()
        pairs = zip(attributes[::2], attributes[1::2], strict=True) if attributes else ()
        element = Element(
            name=self._names.get(name) or self._name(name),
            attributes={self._name(key) if _SEPARATOR in key else key: value for key, value in pairs},
            line=line,
            column=column,
        )
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _begin(self, name: str) -> Iterator[tuple[str, str]]:
        """Look at the namespace of the outermost element; a wrong one is taken for the right one from there on."""
        namespace, _, local = name.rpartition(_SEPARATOR)
        if local == "rss" and namespace:
            yield "InvalidNamespace", f"the outermost element is in {shown(namespace)}"
            self._prefixes[namespace] = ""
        elif local in ("feed", "entry") and namespace != ATOM:
            if not namespace:
                yield "MissingNamespace", f"the outermost element is <{local}> in no namespace"
            elif namespace == OBSOLETE:
                yield "ObsoleteNamespace", f"the outermost element is in {shown(namespace)}"
            else:
                yield "InvalidNamespace", f"the outermost element is in {shown(namespace)}"
            self._prefixes[namespace] = "atom"

    def _end(self, name: str) -> None:
        self._open.pop().end_line = self._parser.CurrentLineNumber

    def _characters(self, text: str) -> None:
        """Take a whole text, at the end of which Expat stands."""
        element = self._open[-1]
        if not text.isspace():
            if not element.text_line:
                breaks = text.count("\n") - text[: len(text) - len(text.lstrip())].count("\n")
                element.text_line = self._parser.CurrentLineNumber - breaks
        elif element.children:
            return  # which is indentation
        element.parts.append(text)

    def _skip(self, name: str, is_parameter: bool) -> None:
        if not is_parameter:
            self.faults.append(Fault("UndefinedNamedEntity", f'entity "&{name};" is declared nowhere', *self._here()))

    def _name(self, name: str) -> str:
        namespace, _, local = name.rpartition(_SEPARATOR)
        prefix = self._prefixes.get(namespace)
        shown_name = f"{{{namespace}}}{local}" if prefix is None else f"{prefix}:{local}" if prefix else local
        self._names[name] = shown_name
        return shown_name
