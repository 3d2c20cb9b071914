"""What may stand in an element, as a table, and the walk that holds a document against it; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import TypeAlias

from feeds.validate.addresses import address
from feeds.validate.finding import Fault, Source, ValueRule, shown
from feeds.validate.tree import Element, Tree
from feeds.validate.values import language

ElementRule: TypeAlias = Callable[[Element, Source], Iterable[Fault]]
"""A rule about an element and what stands in it."""

CHECKED = ("atom:", "content:", "dc:", "fh:", "media:")
"""Vocabularies of which every element is known, beside those without a prefix."""
_base = address(is_absolute=False, may_be_iri=True)
_BAD = re.compile("[\x80-\x9f\ufffd]")
_TWICE = re.compile("[\xc2\xc3][\x80-\xbf]")
"""What becomes of a letter that is made UTF-8 twice."""
_HEXADECIMAL = "&#x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What may stand in an element, and what is checked of it."""

    children: Mapping[str, Shape] = field(default_factory=dict)
    """By name."""
    attributes: Mapping[str, tuple[ValueRule, ...]] = field(default_factory=dict)
    """The rules of each that may stand there."""
    required: tuple[str, ...] = ()
    """Attributes that must."""
    text: tuple[ValueRule, ...] | None = None
    """The rules of its own text, blanks around it taken off; None where none may stand."""
    rules: tuple[ElementRule, ...] = ()
    """About the element as a whole."""
    repeated: str | None = None
    """The message for a second one beside it; None where there may be several."""
    used: str | None = None
    """The message for using it at all."""
    is_open: bool = False
    """Whether anything may stand in it, of which only its own rules know more than the characters."""


ANYTHING = Shape(is_open=True)


def check_tree(tree: Tree, shapes: Mapping[str, Shape], source: Source) -> Iterator[Fault]:
    """Hold a document against the shapes of its outermost element; each fault has its line."""
    yield from tree.faults
    if tree.root is not None and not any(fault.name == "ObsoleteNamespace" for fault in tree.faults):
        yield from _Walk(tree, source).child(Element(name="root", attributes={}, line=1, column=1), tree.root, shapes)


class _Walk:
    """One way through a document."""

    def __init__(self, tree: Tree, source: Source) -> None:
        self._lines = tree.lines
        self._source = source
        self._spelt = replace(source, has_references=True)

    def child(self, parent: Element, element: Element, shapes: Mapping[str, Shape]) -> Iterator[Fault]:
        """Find the shape of an element within another, and hold it against that."""
        shape = shapes.get(unqualified(element.name))
        if shape is None:
            name = element.name
            if name.startswith("xhtml:"):
                yield self._at(element, Fault("MisplacedXHTMLContent", f"<{name}> stands in <{parent.name}>"))
            elif name.startswith(CHECKED) or (":" not in name and not name.startswith("{")):
                yield self._at(element, Fault("UndefinedElement", f"<{name}> may not stand in <{parent.name}>"))
            shape = ANYTHING
        yield from self._element(parent, element, shape)

    def _element(self, parent: Element, element: Element, shape: Shape) -> Iterator[Fault]:
        yield from (self._at(element, fault) for fault in _character_faults(element, parent))
        if shape.used:
            yield self._at(element, Fault(shape.used, f"<{element.name}> stands in <{parent.name}>"))
        source = self._source_of(element)
        if not shape.is_open or shape.attributes:
            yield from (self._at(element, fault) for fault in self._attributes(element, shape))
        if shape.is_open:
            for child in element.children:
                yield from self._element(element, child, ANYTHING)
        else:
            yield from self._inside(element, shape, source)
        for element_rule in shape.rules:
            yield from (self._at(element, fault) for fault in element_rule(element, source))

    def _inside(self, element: Element, shape: Shape, source: Source) -> Iterator[Fault]:
        text = element.text.strip() if element.parts else ""
        if shape.text is not None:
            for rule in shape.text:
                yield from (self._at(element, within(element, fault)) for fault in rule(text, source))
        elif text:
            line = element.text_line
            yield self._at(element, Fault("UnexpectedText", f"<{element.name}> holds the text {shown(text)}", line))
        seen = set()
        for child in element.children:
            known = shape.children.get(unqualified(child.name))
            if known is not None and known.repeated and child.name in seen:
                yield self._at(child, Fault(known.repeated, f"<{element.name}> holds <{child.name}> twice"))
            seen.add(child.name)
            if shape.text is not None and known is None:
                yield self._at(child, Fault("UndefinedElement", f"<{child.name}> may not stand in <{element.name}>"))
                yield from self._element(element, child, ANYTHING)
            else:
                yield from self.child(element, child, shape.children)

    def _source_of(self, element: Element) -> Source:
        lines = self._lines[element.line - 1 : element.end_line] if element.parts and not element.children else ()
        return self._spelt if any(_HEXADECIMAL in line for line in lines) else self._source

    def _attributes(self, element: Element, shape: Shape) -> Iterator[Fault]:
        for name in shape.required:
            if name not in element.attributes:
                yield Fault("MissingAttribute", f'<{element.name}> has no attribute "{name}"')
        for name, value in element.attributes.items():
            rules = shape.attributes.get(name)
            if rules is not None:
                for rule in rules:
                    yield from (fault._replace(line=None) for fault in rule(value, self._source))
            elif name == "xml:lang":
                if value:
                    yield from language(value, self._source)
            elif name == "xml:base":
                yield from _base(value, self._source)
            elif name.startswith("{"):
                if self._source.kind == "rss" and ":" not in element.name:
                    yield Fault("UseOfExtensionAttr", f'<{element.name}> has the foreign attribute "{name}"')
            elif not name.startswith(("xml:", "rdf:")):
                yield Fault("UnexpectedAttribute", f'<{element.name}> has the attribute "{name}"')

    @staticmethod
    def _at(element: Element, fault: Fault) -> Fault:
        """Give a fault its element's place, where it has none of its own."""
        return fault if fault.line is not None else fault._replace(line=element.line, column=element.column)


def unqualified(name: str) -> str:
    """Take off what says more of an element of Dublin Core: `dc:date.Taken` is a `dc:date`."""
    return name.partition(".")[0] if name.startswith("dc:") else name


def missing(*children: str, name: str = "MissingElement") -> ElementRule:
    """Make the rule that an element has children, before any entry."""

    def check(element: Element, source: Source) -> Iterator[Fault]:
        there = {child.name for child in takewhile(lambda child: child.name != "atom:entry", element.children)}
        for child in children:
            if child not in there:
                yield Fault(name, f"<{element.name}> has no <{child}>")

    return check


def within(element: Element, fault: Fault) -> Fault:
    """Turn the line of a fault, counted in an element's text without blanks around it, to one of the file."""
    return fault if fault.line is None else fault._replace(line=within_line(element, fault.line))


def within_line(element: Element, line: int) -> int:
    """Turn a line, counted in an element's text without blanks around it, to one of the file."""
    return element.text_line + line - 1


def _character_faults(element: Element, parent: Element) -> Iterator[Fault]:
    """Look for characters that no text holds, and that tell of an encoding taken for another."""
    for name, value in element.attributes.items():
        if _BAD.search(value):
            yield Fault("BadCharacters", f'attribute "{name}" of <{element.name}> holds characters of no text')
    text = element.text if element.parts else ""
    match = _BAD.search(text) or _doubled(text)
    if match:
        start = len(text) - len(text.lstrip())
        line = within_line(element, text.count("\n", start, match.start()) + 1)
        yield Fault("BadCharacters", f"<{element.name}> holds {match[0]!r}, a trace of a wrong encoding", line)


def _doubled(text: str) -> re.Match[str] | None:
    match = _TWICE.search(text)
    if match:
        try:
            text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return None
    return match
