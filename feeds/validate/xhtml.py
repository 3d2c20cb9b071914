"""Rules of HTML that is written as elements, as Atom may have it; pure."""

from __future__ import annotations

from collections.abc import Iterator

from feeds.validate.finding import Fault, Source
from feeds.validate.html import tag_faults
from feeds.validate.tree import Element


def check_xhtml(element: Element, source: Source) -> Iterator[Fault]:
    """Look at all that stands in an element: what a reader must take out, and what is no XHTML."""
    waiting = [*element.children]
    while waiting:
        part = waiting.pop()
        waiting += part.children
        prefix, _, tag = part.name.rpartition(":")
        if not prefix:
            yield Fault("MissingNamespace", f"<{tag}> within XHTML is in no namespace", part.line, part.column)
        elif prefix == "xhtml":
            attributes: list[tuple[str, str | None]] = [*part.attributes.items()]
            for fault in tag_faults(tag, attributes):
                yield fault._replace(line=part.line, column=part.column)
