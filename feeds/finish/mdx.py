"""MDX (version 3) as plain Markdown: imports, exports, expressions and components gone, what they show kept.

A component keeps what stands inside it; one that shows a picture or plays something becomes that, as a template tag of
its name does. Every step is linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from types import MappingProxyType

from feeds.finish.replacements import replacement_of
from feeds.finish.tags import Tag

_BRACES = r"\{(?>(?>[^{}]++|\{(?>(?>[^{}]++|\{(?>(?>[^{}]++|\{[^{}]*+\})*)\})*)\})*)\}"
_IMPORT = (
    r"^import\s(?:[^;'\"`\n]|\n(?![ \t]*\n)){0,2000}?from\s*['\"][^'\"\n]+['\"];?[ \t]*$"
    r"|^import\s*['\"][^'\"\n]+['\"];?[ \t]*$"
)
_EXPORT = (
    r"^export\s+(?:const|let|var|function|default|async|class|type|\{|\*)"
    r"(?:[^\n]*\n(?=[ \t]*\S|[ \t]*\n[ \t}\])]))*[^\n]*$"
)
_IMPORTED = re.compile(r"import\s+(?P<name>\w+)\s+from\s*['\"](?P<path>[^'\"\n]+)['\"]")
_BEGINS_AS_MDX = re.compile(rf"\s*(?:{_IMPORT}|^export\s+(?:const|default)\s)", re.MULTILINE)
_CODE = r"(?P<code>^[ \t>]*(?P<marks>`{3,}+|~{3,}+)[^\n]*\n[\s\S]*?(?:^[ \t>]*(?P=marks)[`~]*[ \t]*$|\Z))"
_FOUND = re.compile(
    _CODE + rf"|(?P<import>{_IMPORT})|(?P<export>{_EXPORT})"
    r"|(?P<component></?(?P<name>[A-Z][\w.]*|(?=>))"
    rf"(?P<attributes>(?>(?>\s+[\w:.-]++(?:\s*=\s*(?>\"[^\"]*\"|'[^']*'|{_BRACES}))?|\s*\{{\.\.\.[^{{}}]*\}})*))\s*(?P<alone>/?)>)"
    rf"|(?P<attribute>(?<!\s)\s++[\w:-]++)=(?P<value>{_BRACES})(?=[^<>]{{0,2000}}>)"
    r"|(?P<span>(?<!`)(?P<ticks>`++)[^\n]{1,500}?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<formula>\$\$[^$]{1,2000}\$\$|\$(?=[^\s$])[^$\n]{1,300}(?<=\S)\$(?!\d))"
    rf"|\\\{{|(?P<expression>\{{(?![\#:%{{]){_BRACES[2:]})",
    re.MULTILINE,
)
_ELEMENT_ALONE = re.compile(
    rf"{_CODE}|^[ \t]*(?P<tags></?(?:div|section|details|summary|figure|center|aside|article|main|header|footer|nav)\b"
    r"[^\n]*>)[ \t]*$",
    re.MULTILINE,
)
_ATTRIBUTE = re.compile(
    rf"(?P<name>[\w:.-]+)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<value>{_BRACES}))"
)
_STRING = re.compile(r"\{\s*(?:\"([^\"]*)\"|'([^']*)'|`([^`$]*)`)\s*\}")
_VARIABLE = re.compile(r"\{\s*(\w+)(?:\.src)?\s*\}")


def is_mdx(path: str, text: str) -> bool:
    """Tell whether a Markdown file holds components: by its name, or because it begins with an import or an export."""
    return path.lower().endswith(".mdx") or _BEGINS_AS_MDX.match(text) is not None


def plain_markdown(text: str) -> str:
    """Write MDX as Markdown that no component is needed for."""
    imported = {match["name"]: match["path"] for match in _IMPORTED.finditer(text)}
    text = _FOUND.sub(lambda match: _replace(match, imported), text)
    # What stands inside an element is Markdown again, which CommonMark believes behind a blank line alone.
    return _ELEMENT_ALONE.sub(lambda match: match["code"] or f"\n{match['tags']}\n", text)


def _replace(match: re.Match[str], imported: Mapping[str, str]) -> str:
    if match["code"] is not None or match["span"] is not None or match["formula"] is not None:
        return str(match[0])
    if match["component"] is not None:
        return _replace_component(match, imported)
    if match["attribute"] is not None:
        value = _value(match["value"], imported)
        return f'{match["attribute"]}="{escape(value)}"' if value else ""
    if match["expression"] is not None:
        string = _STRING.fullmatch(match[0])
        return next((one for one in string.groups() if one), "") if string else ""
    return "\\{" if match[0] == "\\{" else ""


def _replace_component(match: re.Match[str], imported: Mapping[str, str]) -> str:
    if match["component"].startswith("</"):
        return ""
    named = {
        attribute["name"].lower(): value
        for attribute in _ATTRIBUTE.finditer(match["attributes"])
        if (value := unescape(attribute["double"] or attribute["single"] or "") or _value(attribute["value"], imported))
    }
    tag = Tag(
        name=match["name"].lower(),
        is_end=False,
        positional=(),
        named=MappingProxyType(named),
        written=match["attributes"],
        opens=not match["alone"],
        in_address=False,
    )
    replacement = replacement_of(tag) if match["alone"] and named else None
    if replacement is None or replacement.after:
        title = "" if match["alone"] else named.get("title", "")
        return f"\n\n**{title}**\n\n" if title else ""
    return replacement.before


def _value(braces: str | None, imported: Mapping[str, str]) -> str:
    """Answer what an expression is where that is plain: a string, or a file that was imported."""
    if braces is None:
        return ""
    if string := _STRING.fullmatch(braces):
        return next((one for one in string.groups() if one), "")
    variable = _VARIABLE.fullmatch(braces)
    return imported.get(variable[1], "") if variable else ""
