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


def _language(value: str, source: Source) -> Iterable[Fault]:
    """Look at the language of what stands in an element; none where it is not known."""
    return language(value, source) if value else ()


_ANYWHERE: Mapping[str, tuple[ValueRule, ...]] = {
    "xml:lang": (_language,),
    "xml:base": (address(is_absolute=False, may_be_iri=True),),
}
"""Attributes that may stand in any element."""
_WRONG = re.compile("[\x80-\x9f\ufffd]")
"""What no text holds."""
_SUSPECT = re.compile("[\xc2\xc3][\x80-\xbf]|[\x80-\x9f\ufffd]")
"""That, and what becomes of a letter that is made UTF-8 twice."""
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


def check_tree(tree: Tree, shapes: Mapping[str, Shape], source: Source) -> list[Fault]:
    """Hold a document against the shapes of its outermost element; each fault has its line. In no order."""
    if tree.root is None or any(fault.name == "ObsoleteNamespace" for fault in tree.faults):
        return [*tree.faults]
    walk = _Walk(tree, source)
    walk.go(shapes)
    return [*tree.faults, *walk.faults]


class _Walk:
    """One way through a document, without recursion: elements may be nested without end."""

    def __init__(self, tree: Tree, source: Source) -> None:
        self.faults: list[Fault] = []
        self._tree = tree
        self._source = source
        self._spelt = replace(source, has_references=True)
        self._waiting: list[tuple[Element, Shape]] = []

    def go(self, shapes: Mapping[str, Shape]) -> None:
        """Hold every element against its shape."""
        if self._tree.root is not None:
            self._queue("the document", self._tree.root, shapes)
        while self._waiting:
            self._look_at(*self._waiting.pop())

    def _queue(self, parent: str, element: Element, shapes: Mapping[str, Shape]) -> None:
        """Find the shape of an element within another."""
        name = element.name
        shape = shapes.get(name) or shapes.get(unqualified(name))
        if shape is None:
            if name.startswith("xhtml:"):
                self._add(element, Fault("MisplacedXHTMLContent", f"<{name}> stands in {parent}"))
            elif name.startswith(CHECKED) or (":" not in name and not name.startswith("{")):
                self._add(element, Fault("UndefinedElement", f"<{name}> may not stand in {parent}"))
            shape = ANYTHING
        elif shape.used:
            self._add(element, Fault(shape.used, f"<{name}> stands in {parent}"))
        self._waiting.append((element, shape))

    def _look_at(self, element: Element, shape: Shape) -> None:
        text = element.text if element.parts else ""
        if element.attributes or not text.isascii():
            self._add(element, *_character_faults(element, text))
        if shape is ANYTHING:
            self._waiting += ((child, ANYTHING) for child in element.children)
            return
        source = self._source_of(element, text)
        if element.attributes or shape.required:
            self._look_at_attributes(element, shape)
        if shape.is_open:
            self._waiting += ((child, ANYTHING) for child in element.children)
        else:
            self._look_at_text(element, text.strip(), shape, source)
            self._look_at_children(element, shape)
        for rule in shape.rules:
            self._add(element, *rule(element, source))

    def _look_at_text(self, element: Element, text: str, shape: Shape, source: Source) -> None:
        if shape.text is not None:
            for rule in shape.text:
                for fault in rule(text, source):
                    self._add(element, within(element, fault))
        elif text:
            what = f"<{element.name}> holds the text {shown(text)}"
            self._add(element, Fault("UnexpectedText", what, element.text_line))

    def _look_at_children(self, element: Element, shape: Shape) -> None:
        seen = set()
        for child in element.children:
            name = child.name
            known = shape.children.get(name)
            if known is not None and known.repeated and name in seen:
                self._add(child, Fault(known.repeated, f"<{element.name}> holds <{name}> twice"))
            seen.add(name)
            if shape.text is not None and known is None:
                self._add(child, Fault("UndefinedElement", f"<{name}> may not stand in <{element.name}>"))
                self._waiting.append((child, ANYTHING))
            else:
                self._queue(f"<{element.name}>", child, shape.children)

    def _source_of(self, element: Element, text: str) -> Source:
        if "&" not in text and "<" not in text:
            return self._source
        lines = self._tree.lines[element.line - 1 : element.end_line]
        return self._spelt if any(_HEXADECIMAL in line for line in lines) else self._source

    def _look_at_attributes(self, element: Element, shape: Shape) -> None:
        for name in shape.required:
            if name not in element.attributes:
                self._add(element, Fault("MissingAttribute", f'<{element.name}> has no attribute "{name}"'))
        for name, value in element.attributes.items():
            for rule in shape.attributes.get(name) or _ANYWHERE.get(name, ()):
                self._add(element, *(fault._replace(line=None) for fault in rule(value, self._source)))
            if name.startswith("{"):
                if self._source.kind == "rss" and ":" not in element.name:
                    what = f'<{element.name}> has the foreign attribute "{name}"'
                    self._add(element, Fault("UseOfExtensionAttr", what))
            elif name not in shape.attributes and not name.startswith(("xml:", "rdf:")) and self._is_closed(shape):
                self._add(element, Fault("UnexpectedAttribute", f'<{element.name}> has the attribute "{name}"'))

    @staticmethod
    def _is_closed(shape: Shape) -> bool:
        return not shape.is_open or bool(shape.attributes)

    def _add(self, element: Element, *faults: Fault) -> None:
        """Keep faults, at the place of the element where they have none of their own."""
        for fault in faults:
            self.faults.append(
                fault if fault.line is not None else fault._replace(line=element.line, column=element.column)
            )


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


def _character_faults(element: Element, text: str) -> Iterator[Fault]:
    """Look for characters that no text holds, and that tell of an encoding taken for another."""
    for name, value in element.attributes.items():
        if not value.isascii() and _WRONG.search(value):
            yield Fault("BadCharacters", f'attribute "{name}" of <{element.name}> holds characters of no text')
    suspect = _SUSPECT.search(text)
    match = suspect and (_WRONG.search(text) or (suspect if _is_doubled(text) else None))
    if match:
        start = len(text) - len(text.lstrip())
        line = within_line(element, text.count("\n", start, match.start()) + 1)
        yield Fault("BadCharacters", f"<{element.name}> holds {match[0]!r}, a trace of a wrong encoding", line)


def _is_doubled(text: str) -> bool:
    """Tell whether a text was made UTF-8 twice."""
    try:
        text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True
