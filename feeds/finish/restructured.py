"""A body in reStructuredText as HTML: docutils, kept from files, raw HTML, its clock and its complaints.

Directives and roles that docutils does not know, as those of Sphinx and Nikola, show what a reader can use of them, or
nothing. Whatever the text, there is an answer: what docutils cannot read is shown as paragraphs.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any, ClassVar

from docutils import nodes
from docutils.core import publish_doctree, publish_from_doctree
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.images import Figure, Image
from docutils.writers.html5_polyglot import Writer

_NEVER = 5
"""Above the severest message that docutils knows."""
_SETTINGS: dict[str, Any] = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": _NEVER,
    "halt_level": _NEVER,
    "warning_stream": False,
    "line_length_limit": 10_000_000,
    "doctitle_xform": False,
    "docinfo_xform": False,
    "syntax_highlight": "none",
    "smart_quotes": False,
    "math_output": "LaTeX",
    "initial_header_level": "2",
    "embed_stylesheet": False,
    "stylesheet_path": None,
    "language_code": "en",
    "input_encoding": "unicode",
    "output_encoding": "unicode",
}
_ROLE = re.compile(r"^:?(?:[\w.+-]+:)*[`|]?(.*?)\s*(?:<[^<>]*>)?[`|]?_{0,2}$", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MARKS = "`*_|[+"
_MOST_MARKS = 3000
"""Of inline markup in one paragraph: docutils' time grows with their square, and nobody writes so many."""
_TAG = re.compile(r"<[^<>]*>")


class _AnyOption(dict[str, Any]):
    """Options of a directive, and any other: an unknown one is no reason to show nothing."""

    def __missing__(self, _: str) -> Any:
        return directives.unchanged


_ANY_OPTION = _AnyOption({"class": directives.unchanged})


class _Nothing(Directive):
    """A directive of which a feed shows nothing."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _ANY_OPTION

    def run(self) -> list[nodes.Node]:
        """Show nothing."""
        return []


class _Code(Directive):
    """Lines of a program, in whatever language: Pelican's, Sphinx's and Nikola's options say how a page shows them."""

    has_content = True
    optional_arguments = 1
    option_spec: ClassVar[Any] = _ANY_OPTION

    def run(self) -> list[nodes.Node]:
        """Show the lines as they are."""
        text = "\n".join(self.content)
        return [nodes.literal_block(text, text, classes=["code"])] if text else []


class _Picture(Image):
    """A picture, also Nikola's that opens at a click."""

    option_spec: ClassVar[Any] = _AnyOption(Image.option_spec or {})


class _Figure(Figure):
    """A picture with a caption."""

    option_spec: ClassVar[Any] = _AnyOption(Figure.option_spec or {})


class _Video(Directive):
    """A film that a page would embed: a feed links to it."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[Any] = _ANY_OPTION
    addresses: ClassVar[dict[str, str]] = {
        "youtube": "https://www.youtube.com/watch?v=",
        "vimeo": "https://vimeo.com/",
    }

    def run(self) -> list[nodes.Node]:
        """Show a link."""
        address = self.addresses[self.name.lower()] + self.arguments[0]
        link = nodes.reference("", address, refuri=address)
        return [nodes.paragraph("", "", link)]


_DIRECTIVES: dict[str, type[Directive]] = {
    **dict.fromkeys(("include", "raw", "date"), _Nothing),  # files, active content, the clock
    **dict.fromkeys(("contents", "sectnum", "target-notes", "header", "footer", "meta", "title"), _Nothing),
    **dict.fromkeys(("code", "code-block", "sourcecode", "highlight"), _Code),
    **dict.fromkeys(("image", "thumbnail"), _Picture),
    "figure": _Figure,
    **dict.fromkeys(_Video.addresses, _Video),
}


@lru_cache(maxsize=1)
def _register() -> None:
    """Tell docutils of our directives, once."""
    for name, directive in _DIRECTIVES.items():
        directives.register_directive(name, directive)


def render_rest(text: str) -> str:
    """Write a body in reStructuredText as HTML; comments stay, since some of them mark where a summary ends."""
    _register()
    if any(sum(map(part.count, _MARKS)) > _MOST_MARKS for part in _BLANK_LINE.split(text)):
        return _as_paragraphs(text)
    try:
        tree = publish_doctree(text, settings_overrides=_SETTINGS)
        _take_out_complaints(tree)
        writer = Writer()
        publish_from_doctree(tree, writer=writer, settings_overrides=_SETTINGS)
    except Exception:  # docutils raises what it likes on strange text; the article is worth more than its markup
        return _as_paragraphs(text)
    return str(writer.parts["fragment"])


def _take_out_complaints(tree: nodes.document) -> None:
    """Show in place of what docutils calls problematic the words in it, and no message at all."""
    for message in [*tree.findall(nodes.system_message)]:
        message.parent.remove(message)
    for problem in [*tree.findall(nodes.problematic)]:
        said = _ROLE.match(problem.astext())
        problem.parent.replace(problem, nodes.Text(_TAG.sub("", said[1] if said else problem.astext())))
    for literal in tree.findall(nodes.literal):
        literal["classes"].append("code")  # else the writer makes a span of it
    for picture in tree.findall(nodes.image):
        for attribute in ("loading", "scale"):  # to follow them, docutils would open the picture's file
            picture.attributes.pop(attribute, None)
        picture.attributes.setdefault("alt", "")  # else the writer says the address


def _as_paragraphs(text: str) -> str:
    return "\n".join(f"<p>{html.escape(part.strip())}</p>" for part in _BLANK_LINE.split(text) if part.strip())
