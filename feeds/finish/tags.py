"""What one template tag says: its name and its arguments, whichever generator's form it has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LITERAL = frozenset({"raw", "verbatim", "rawblock", "unsafe"})
"""Tags whose inside is shown as written."""
COMMENTED = frozenset({
    "comment", "capture", "chart", "charts", "chartjs", "echarts", "js", "javascript", "css",
    "style", "stylesheet", "schema", "macro",
})  # fmt: skip
"""Tags whose inside nobody sees."""
_CODE = frozenset({
    "codeblock", "code", "highlight", "prism", "mermaid", "graphviz", "dot", "plantuml",
    "gherkin", "code-toggle",
})  # fmt: skip

_NAME = re.compile(r"\s*[-~]?\s*(?P<end>end[ _-]?(?=[A-Za-z])|end(?=\s*[-~]?\s*$)|/\s*)?(?P<name>[\w./:-]*)")
_ARGUMENT = re.compile(
    r"(?:(?P<key>[A-Za-z][\w-]*+)(?:\s*=\s*|:(?=[^\s/])))?"
    r"(?:\"(?P<double>(?>(?:[^\"\\]|\\.)*))\"|'(?P<single>[^']*)'|`(?P<ticks>[^`]*)`|(?P<bare>[^\s,\"'`][^\s\"]*))"
)
_END_OF_ARGUMENTS = re.compile(r"(?:\s+[-~/]|[-~/])?\s*$")
_CALL = re.compile(r"\s*(?P<name>\w+(?:::\w+)*)\((?P<inside>.*)\)\s*[-~]?\s*$", re.DOTALL)
_LITERAL_VALUE = re.compile(
    r"\s*-?\s*(?:\"([^\"]*)\"|'([^']*)')\s*(?:\|\s*(?:\w+_url|url|prepend|append|asset\w*|absolute\w*|relative\w*|"
    r"escape|slug\w*|safe|markdownify)\b.*)?-?\s*$",
    re.DOTALL,
)
_ADDRESS_VALUE = re.compile(r"\s*-?\s*([\"'])(https?://[^\"'\s]+)\1\s*\|.*$", re.DOTALL)
_ON_SITE = re.compile(r"\|\s*(?:relative_url|absolute_url|prepend\s*:\s*site\.(?:baseurl|url))\b")
_SITE = re.compile(r"\s*-?\s*(?:site\.(?:url|baseurl)|baseurl|SITEURL|config\.(?:url|root|base_url))\s*(?:\|.*)?-?\s*$")
_LANGUAGE = re.compile(r"[\w+#.-]{1,30}")
_INCLUDED = re.compile(r"(?:.*/)?([\w-]+)(?:\.\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One template tag, its form forgotten."""

    name: str
    """Lower case; "" where `end` alone ends whatever began last."""
    is_end: bool
    """It ends what a tag of the same name began."""
    positional: tuple[str, ...]
    """Arguments without a name, in order, quotes taken off."""
    named: Mapping[str, str]
    """Arguments with a name, in lower case."""
    written: str
    """All arguments as written."""
    opens: bool
    """Something may stand inside it, up to a tag that ends it."""
    in_address: bool
    """It stands where a link or a picture says where it leads."""

    def value(self, *names: str, place: int | None = None) -> str:
        """Answer an argument by its names, or else by its place; "" without one."""
        for name in names:
            if self.named.get(name):
                return self.named[name]
        return self.positional[place] if place is not None and place < len(self.positional) else ""

    @property
    def language(self) -> str:
        """Of the code inside; "" when it is not said."""
        stated = self.value("lang", "language")
        if not stated and self.name in ("highlight", "code", "prism") and self.positional:
            stated = self.positional[0]
        elif not stated and self.name in ("mermaid", "graphviz", "dot", "plantuml", "gherkin"):
            stated = self.name
        return stated if _LANGUAGE.fullmatch(stated) else ""


def shows_code(tag: Tag) -> bool:
    """Tell whether what stands inside is code, and no template."""
    return tag.name in _CODE


def parse_tag(inside: str, *, is_value: bool, in_address: bool) -> Tag | None:
    """Read what stands between a tag's braces; None for what only sets or shows a value."""
    call = _CALL.match(inside)
    if is_value and call is None:
        return None
    if call is not None:
        name, is_end, arguments = call["name"].rpartition(":")[2], False, call["inside"]
    else:
        match = _NAME.match(inside)
        if match is None:
            return None
        name, is_end, arguments = match["name"], match["end"] is not None, inside[match.end() :]
        arguments = _END_OF_ARGUMENTS.sub("", arguments, count=1) if arguments.endswith(("-", "~", " /")) else arguments
    positional, named = [], {}
    for argument in _ARGUMENT.finditer(arguments):
        value = next(v for v in argument.group("double", "single", "ticks", "bare") if v is not None).strip()
        if argument["double"]:
            value = value.replace('\\"', '"')
        elif argument["bare"]:
            value = value.rstrip(",")
        if argument["key"]:
            named[argument["key"].lower()] = value
        elif value not in ("|", "=", ":"):
            positional.append(value)
    name = name.lower()
    if name in ("include", "include_cached", "render", "partial", "component") and positional and not is_end:
        included = _INCLUDED.fullmatch(positional.pop(0))
        name = included[1].lower() if included else name
    return Tag(
        name=name,
        is_end=is_end,
        positional=tuple(positional),
        named=MappingProxyType(named),
        written=arguments.strip(),
        opens=not is_value,
        in_address=in_address,
    )


def literal_of(inside: str, *, in_address: bool = False) -> str | None:
    """Answer the text that a value is, behind its filters: `"/a.png" | relative_url`; None for any other.

    Args:
        inside: What stands between the braces.
        in_address: It stands where a link or a picture says where it leads: any filter is for that.
    """
    match = _LITERAL_VALUE.match(inside)
    if match is not None:
        return match[1] or match[2] or ""
    match = _ADDRESS_VALUE.match(inside) if in_address else None
    return None if match is None else match[2]


def is_on_site(inside: str) -> bool:
    """Tell whether a value is the site's own address, or makes of a path one on the site."""
    return _SITE.match(inside) is not None or _ON_SITE.search(inside) is not None
