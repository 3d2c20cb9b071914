"""Rules of styles within HTML: what may do more than change the look of its own element; pure."""

from __future__ import annotations

import re

_STYLE = re.compile(r"""(?>(?:\w-\w|[:,;#%.\sa-zA-Z0-9!]|'[\s\w]+'|"[\s\w]+"|\([\d,\s]+\))*)""")
_DECLARATIONS = re.compile(r"(?>(?:\s*+[-\w]++\s*+:\s*+[^:;]*+(?:;|\Z))*)\s*+")
_SIDES = [f"-{side}" for side in ("bottom", "left", "right", "top")]
_PROPERTIES = frozenset(
    str.split(
        "azimuth background background-color border border-collapse border-color border-spacing border-style "
        "border-width clear color cursor direction display elevation float font font-family font-size font-style "
        "font-variant font-weight height letter-spacing line-height list-style-type margin overflow padding pause "
        "pause-after pause-before pitch pitch-range richness speak speak-header speak-numeral speak-punctuation "
        "speech-rate stress text-align text-decoration text-indent unicode-bidi vertical-align voice-family volume "
        "white-space width"
    )
) | {
    f"{start}{side}{end}"
    for start, ends in (("border", ("", "-color", "-style", "-width")), ("margin", ("",)), ("padding", ("",)))
    for side in _SIDES
    for end in ends
}
"""Properties of CSS that cannot lay something over the reader's own page."""
_KEYWORDS = frozenset(
    str.split(
        "!important aqua auto black block blue bold both bottom brown center collapse dashed dotted fuchsia gray green "
        "italic left lime maroon medium navy none normal nowrap olive pointer purple red right silver solid teal top "
        "transparent underline white yellow"
    )
)
_MEASURE = re.compile(
    r"#[0-9a-f]+|rgb\(\d+%?,\d*%?,?\d*%?\)?|\d?\.?\d?\d(?:cm|em|ex|in|mm|pc|pt|px|%|,|\))?", re.IGNORECASE
)


def style_risks(style: str) -> list[str]:
    """List the parts of a style that may do more than change the look of their own element."""
    if not _STYLE.fullmatch(style) or not _DECLARATIONS.fullmatch(style):
        return [style]
    risks = []
    for declared, value in re.findall(r"([-\w]+)\s*:\s*([^:;]*)", style.lower()):
        if declared not in _PROPERTIES:
            risks.append(declared)
        elif declared.partition("-")[0] in ("background", "border", "margin", "padding"):
            risks += [word for word in value.split() if word not in _KEYWORDS and not _MEASURE.fullmatch(word)]
    return list(dict.fromkeys(risks))
