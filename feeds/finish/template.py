"""Template tags in a body: found, paired, and replaced by what they stand for; none is ever shown.

The forms are those of Liquid (Jekyll, Eleventy), Nunjucks (Hexo), Hugo's shortcodes, Tera (Zola) and Markdoc. What
each tag becomes, `tags` knows. Every step is linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.finish.local import written
from feeds.finish.replacements import Replacement, replacement_of
from feeds.finish.tags import COMMENTED, LITERAL, Tag, is_on_site, literal_of, parse_tag, shows_code
from feeds.finish.verbatim import CodeEnds, as_code, fence_for, freed_code, meant_literally

_FOUND = re.compile(
    r"(?P<fence>^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?P<marks>`{3,}(?=[^`\n]*$)|~{3,})[^\n]*\n?)"
    r"|\\[\\`]|(?P<ticks>`+)|<(?P<element>!--|(?:pre|code|script|style)\b)"
    r"|\{%(?P<liquid>[^%{]*+(?>(?:(?:%(?!\})|\{(?!%))[^%{]*+)*))%\}"
    r"|(?:\{|&\#123;){2}(?P<hugo>(?:<|&lt;|%)(?>(?:[^%>&{]|%(?!\})|>(?!\})|&(?!gt;\})|\{(?!\{))*)(?:>|&gt;|%))\}\}"
    r"|\{\{(?P<value>[^{}]{0,2000}+)\}\}"
    r"|\{\#(?=[\s-])[^{}]{0,2000}\#\}"
    # A tag that is never closed, of which the beginning leaves no doubt, ends with its line.
    r"|\{%[-~]?[ \t]*(?:if|for|unless|case|else|end\w+|assign|include|raw|codeblock|highlight|asset_\w+|post_\w+)\b"
    r"[^\n]{0,4000}+(?=\n|\Z)|\{\{[<%][ \t]*[a-z/][^\n]{0,4000}+(?=\n|\Z)",
    re.MULTILINE | re.IGNORECASE,
)
_DELIMITERS = re.compile(r"\$+")
_MARK_OF_FORMULA = re.compile(r"(?:[\^_}]|\$\$|\\[A-Za-z]{1,30})\Z")
_ACTION = re.compile(r"(?<!\$)\$\{\{ ")  # GitHub's
_MONEY = re.compile(r"\$\d[\d.,]*(?=\s)")
_NESTED_VALUE = re.compile(r"\{\{[^{}]*\}\}")
_ADDRESS_BEGINS = re.compile(r"(?:\]\(<?|=[\"']|\]: ?<?)([^\s\"'()<>]*)$")
_BRANCHED = frozenset({"if", "ifversion", "ifchanged", "ifasync", "unless", "case", "for"})
_BRANCHES = frozenset({"else", "elsif", "elif", "elseif", "when"})
_NEAR = 200
"""Characters before a tag that tell where it stands."""
_LONGEST = 4000
"""Characters of a tag; what is longer is none."""


def replace_tags(text: str, *, is_markdown: bool, code: Sequence[tuple[int, int]] = ()) -> str:
    """Write a text without its template tags, what they stand for in their places.

    Code stays as it is, but for the tags that shield it from the generator (`raw`, `{{</* x */>}}`).

    Args:
        text: Markdown or HTML.
        is_markdown: Which of them.
        code: Where indented code begins and ends, in order.
    """
    return _Replacing(text, is_markdown=is_markdown, code=code).result()


@dataclass(slots=True, kw_only=True)
class _Part:
    """A tag in the text, or what was written in place of one."""

    start: int
    """Where it begins in the text."""
    end: int
    """Where what follows it begins."""
    tag: Tag | None = None
    """None for `text`."""
    text: str = ""
    """Written as it stands."""
    replacement: Replacement | None = None
    """Of a tag that begins something, or stands alone."""
    partner: int | None = None
    """Place of the tag that ends what this one begins, or the other way round."""


class _Replacing:
    """One text, and what was found in it."""

    def __init__(self, text: str, *, is_markdown: bool, code: Sequence[tuple[int, int]]) -> None:
        self._text = text
        self._is_markdown = is_markdown
        self._indented = code
        self._code = CodeEnds(text)
        self._parts: list[_Part] = []
        self._endless: set[str] = set()
        self._untaken: dict[int, int] = {}
        """Parts at which the second branch of a choice begins, each with that which ends the choice."""
        self._find()
        self._pair()

    def result(self) -> str:
        """Answer the text with all that was found replaced."""
        kept: list[str] = []
        place = 0
        begins_line, is_gone = True, False
        behind = 0
        for number, part in enumerate(self._parts):
            if number < behind:
                continue
            before = self._text[place : part.start]
            if is_gone:  # what a tag leaves at a line's beginning would indent it, and make it code
                before = before.lstrip(" \t")
            _, line_break, line = before.rpartition("\n")
            begins_line = not line.strip(" \t") and (bool(line_break) or begins_line)
            piece = self._write(part)
            is_gone = self._is_markdown and begins_line and not piece
            begins_line = begins_line and not piece
            kept += before, piece
            behind = self._untaken.get(number, 0)
            place = self._parts[behind].start if behind else part.end
        kept.append(self._text[place:].lstrip(" \t") if is_gone else self._text[place:])
        return "".join(kept)

    def _find(self) -> None:
        place = number = 0
        while match := _FOUND.search(self._text, place):
            start, place = match.span()
            while number < len(self._indented) and self._indented[number][1] <= start:
                number += 1
            if number < len(self._indented) and self._indented[number][0] <= start:
                begin, place = self._indented[number]
                last = self._parts[-1].end if self._parts else 0
                self._add_code(max(begin, last), place)
            elif match["element"] is not None:
                name = match["element"].lower()
                place = self._code.of_element(name, place)
                if name != "!--":
                    self._add_code(start, place)
            elif match["marks"] is not None or match["ticks"] is not None:
                if self._is_markdown:
                    place = (
                        self._code.of_fence(match["marks"], place)
                        if match["marks"]
                        else self._code.of_span(start, place)
                    )
                    self._add_code(start, place)
            elif match[0][0] != "\\" and place - start <= _LONGEST:
                place = self._take(match)

    def _add_code(self, start: int, end: int) -> None:
        code = self._text[start:end]
        if "{" in code and (freed := freed_code(code)) != code:
            self._parts.append(_Part(start=start, end=end, text=freed))

    def _take(self, match: re.Match[str]) -> int:
        """Take down the tag at a place; answer where what follows it begins."""
        start, end = match.span()
        if match["value"] is not None and (_ACTION.match(self._text, start - 1) or self._is_math(start, end)):
            return end
        inside = match["liquid"] or match["hugo"] or match["value"]
        if inside is None:  # a comment, or never closed
            self._parts.append(_Part(start=start, end=end))
            return end
        if match["hugo"] is not None:
            inside = html.unescape(inside)
            if inside[1:3] == "/*":
                shown = "{{" + inside.replace("/*", "", 1).replace("*/", "", 1) + "}}"
                self._parts.append(_Part(start=start, end=end, text=f"<code>{as_code(shown)}</code>"))
                return end
            inside = inside[1:-1]
        if match["value"] is not None:
            in_address = self._is_in_address(start)
            site = written("site", "") if in_address and is_on_site(inside) else ""
            literal = literal_of(inside, in_address=in_address)
            if literal is not None or site:
                self._parts.append(_Part(start=start, end=end, text=site + html.escape(literal or "")))
                return end
        tag = parse_tag(
            _NESTED_VALUE.sub("", inside),
            is_value=match["value"] is not None,
            in_address=self._is_in_address(start),
        )
        if tag is None:
            self._parts.append(_Part(start=start, end=end))
            return end
        if not tag.is_end and (tag.name in LITERAL or tag.name in COMMENTED or shows_code(tag)):
            return self._take_literally(tag, start, end, is_hugo=match["hugo"] is not None)
        self._parts.append(_Part(start=start, end=end, tag=tag))
        return end

    def _take_literally(self, tag: Tag, start: int, end: int, *, is_hugo: bool) -> int:
        """Take down a tag whose inside is no template, up to the tag that ends it."""
        name = re.escape(tag.name)
        pattern = (
            rf"(?:\{{|&\#123;){{2}}(?:[<%]|&lt;)\s*/\s*{name}\s*(?:[>%]|&gt;)\}}\}}"
            if is_hugo
            else rf"\{{%[-~]?\s*(?:end[ _-]?{name}|/{name}|end)\s*[-~]?%\}}"
        )
        closing = None if pattern in self._endless else re.compile(pattern).search(self._text, end)
        if closing is None:
            self._endless.add(pattern)
            self._parts.append(_Part(start=start, end=end))
            return end
        inside = self._text[end : closing.start()]
        if tag.name in COMMENTED:
            shown = ""
        elif tag.name in LITERAL:
            shown = meant_literally(inside, is_markdown=self._is_markdown)
        else:
            shown = self._write_code(tag, inside, start)
        self._parts.append(_Part(start=start, end=closing.end(), text=shown))
        return closing.end()

    def _write_code(self, tag: Tag, inside: str, start: int) -> str:
        inside = freed_code(inside)
        language = tag.language
        if not self._is_markdown:
            return f"<pre><code>{as_code(inside.strip(chr(10)))}</code></pre>"
        marks = fence_for(inside)
        indent = self._indent(start) or ""
        inside = inside.lstrip(" \t").removeprefix("\n").rstrip()
        return f"\n{indent}\n{indent}{marks}{language}\n{inside}\n{indent}{marks}\n{indent}\n{indent}"

    def _pair(self) -> None:
        """Find for each tag the one that ends it: the last of its name that has not ended; `end` ends any."""
        open_ones: dict[str, list[int]] = defaultdict(list)
        order: list[int] = []
        choices: list[int] = []
        branches: dict[int, list[int]] = defaultdict(list)
        for place, part in enumerate(self._parts):
            if part.tag is None:
                continue
            if part.tag.name in _BRANCHES and not part.tag.is_end:
                while choices and self._parts[choices[-1]].partner is not None:
                    choices.pop()
                if choices:
                    branches[choices[-1]].append(place)
                continue
            if not part.tag.is_end:
                part.replacement = replacement_of(part.tag)
                open_ones[part.tag.name].append(place)
                if part.tag.opens:
                    order.append(place)
                if part.tag.name in _BRANCHED:
                    choices.append(place)
                continue
            if part.tag.name:
                begun = open_ones[part.tag.name].pop() if open_ones[part.tag.name] else None
            else:
                while order and self._parts[order[-1]].partner is not None:
                    order.pop()
                begun = order.pop() if order else None
                if begun is not None:
                    name = self._parts[begun].tag.name  # type: ignore[union-attr]
                    if open_ones[name] and open_ones[name][-1] == begun:
                        open_ones[name].pop()
            if begun is not None:
                self._parts[begun].partner, part.partner = place, begun
                first = self._parts[begun].tag.name == "case"  # type: ignore[union-attr]
                if len(branches[begun]) > first:
                    self._untaken[branches[begun][first]] = place

    def _write(self, part: _Part) -> str:
        if part.tag is None:
            return part.text
        if not part.tag.is_end:
            replacement = part.replacement
            if replacement is None or (replacement.after and part.partner is None):
                return ""
            return self._place(replacement.before, part, is_block=replacement.is_block)
        replacement = self._parts[part.partner].replacement if part.partner is not None else None
        return self._place(replacement.after, part, is_block=replacement.is_block) if replacement else ""

    def _place(self, piece: str, part: _Part, *, is_block: bool) -> str:
        """Put blank lines around what is a block in Markdown, in the depth of what is around it."""
        if not piece or not self._is_markdown or (part.tag and part.tag.in_address):
            return piece
        indent = self._indent(part.start)
        line_end = self._text.find("\n", part.end, part.end + _NEAR)
        rest = self._text[part.end : line_end if line_end >= 0 else part.end + _NEAR]
        if not is_block and (indent is None or rest.strip()):
            return piece
        indent = indent or ""
        return f"\n{indent}\n{indent}{piece}\n{indent}\n{indent}"

    def _indent(self, start: int) -> str | None:
        """Answer the blanks and marks of quotes in front of what begins a line; None when it begins none."""
        line_start = self._text.rfind("\n", max(0, start - _NEAR), start) + 1
        if not line_start and start > _NEAR:
            return None
        before = self._text[line_start:start]
        return None if before.strip(" \t>") else before

    def _is_in_address(self, start: int) -> bool:
        before = _NESTED_VALUE.sub("", self._text[max(0, start - _NEAR) : start])
        return _ADDRESS_BEGINS.search(before) is not None

    def _is_math(self, start: int, end: int) -> bool:
        """Tell whether braces belong to a formula: they follow its marks, and stand between an odd `$` and another."""
        before = self._text[max(0, start - _NEAR) : start]
        if not _MARK_OF_FORMULA.search(before[-_NEAR // 4 :]) or self._text[start + 2].isspace():
            return False
        paragraph = _MONEY.sub("", before.rpartition("\n\n")[2])
        return (
            len(_DELIMITERS.findall(paragraph)) % 2 == 1 and "$" in self._text[end : end + _NEAR].partition("\n\n")[0]
        )
