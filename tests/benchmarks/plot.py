"""The plot of cost against size, as SVG: both axes logarithmic, every line labelled where it ends.

What ends before the others is labelled above all lines, where there is room, with a piece of its line. Text is text,
in the reader's own font; there are colours for light and for dark, and no line is told from another by its colour
alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree import ElementTree

from tests.benchmarks.results import Results
from tests.benchmarks.rounds import Case

WIDTH, HEIGHT = 880, 540
LEFT, RIGHT, TOP, BOTTOM = 70, 690, 64, 480
"""Edges of the plot's field; labels stand to the right of it."""
LINE_HEIGHT = 17.0
"""Least distance of two labels."""
PIECE = 26
"""Length of a piece of a line that stands beside its label."""
SIDES = {
    "ours": ("#0757b8", "#6cb0ff"),
    "hugo": ("#b03a00", "#ffa260"),
    "script": ("#7a2fb5", "#cfa3ff"),
    "floor": ("#59636e", "#9da7b1"),
}
"""Colours of those whose lines they are, on light ground and on dark."""
GROUND, INK, GRID = ("#ffffff", "#0d1117"), ("#1f2328", "#e6edf3"), ("#d8dee4", "#2d333b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A case in the plot."""

    case: Case
    label: str
    side: str
    """Whose it is: one of `SIDES`."""
    dashes: str = ""
    """Lengths of dashes and gaps; none for a whole line."""


LINES = (
    Line(case=Case.COLD, label="feeds, cold build", side="ours"),
    Line(case=Case.MORE, label="feeds, one article added", side="ours", dashes="9 4"),
    Line(case=Case.SAME, label="feeds, nothing changed", side="ours", dashes="2 4"),
    Line(case=Case.HUGO_COLD, label="Hugo, whatever changed", side="hugo"),
    Line(case=Case.SCRIPT, label="script, whatever changed", side="script", dashes="9 4"),
    Line(case=Case.READ, label="reading every file once", side="floor", dashes="9 4"),
    Line(case=Case.STAT, label="a stat of every file", side="floor", dashes="2 4"),
)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A logarithmic axis over whole powers of ten."""

    low: int
    """Power of ten at its beginning."""
    high: int
    """Power of ten at its end, above `low`."""
    start: float
    """Where it begins in the picture."""
    end: float

    def place(self, value: float) -> float:
        """Return where a value lies in the picture."""
        return self.start + (self.end - self.start) * (math.log10(value) - self.low) / (self.high - self.low)

    @property
    def ticks(self) -> list[float]:
        """The powers of ten, as values."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def draw(results: Results) -> str:
    """Return the plot of all archives of short articles, as an SVG document."""
    trials = [trial for trial in results.values() if trial.short]
    series = {
        line: [(trial.articles, cost) for trial in trials if (cost := trial.processor(line.case))] for line in LINES
    }
    costs = [cost for points in series.values() for _, cost in points]
    across = _axis([trial.articles for trial in trials], LEFT, RIGHT)
    upward = _axis(costs, BOTTOM, TOP)
    root = ElementTree.Element(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"},
    )
    ElementTree.SubElement(root, "title").text = "Processor time against the number of articles"
    ElementTree.SubElement(root, "desc").text = _described(series)
    ElementTree.SubElement(root, "style").text = _style()
    _element(root, "rect", class_="ground", width=WIDTH, height=HEIGHT)
    _text(root, (LEFT, 28), "Processor time against the number of articles", class_="title")
    _text(root, (LEFT, 48), "Seconds, user and system, of all processes; articles of one paragraph each")
    _grid(root, across, upward)
    ends: list[tuple[Point, Line]] = []
    curves: list[list[Point]] = []
    for line, values in series.items():
        points = [(across.place(articles), upward.place(cost)) for articles, cost in values]
        if points:
            _curve(root, line, points)
            ends.append((points[-1], line))
            curves.append(points)
    last = across.place(max(trial.articles for trial in trials))
    for place, group in groupby(sorted(ends, key=lambda end: end[0]), key=lambda end: end[0][0]):
        if place == last:
            _labels(root, list(group))
        else:
            top = min(y for points in curves for x, y in points if x == place)
            _labels_above(root, list(group), top)
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def spread(places: Sequence[float], distance: float) -> list[float]:
    """Move places apart, and as little as may be; they come, and stay, in order.

    >>> spread([10.0, 11.0, 40.0], 5)
    [8.0, 13.0, 40.0]
    """
    heaps: list[list[float]] = []
    for place in places:
        heap = [place]
        while heaps and _top(heaps[-1], distance) + len(heaps[-1]) * distance > _top(heap, distance):
            heap = heaps.pop() + heap
        heaps.append(heap)
    return [_top(heap, distance) + number * distance for heap in heaps for number in range(len(heap))]


def _top(heap: Sequence[float], distance: float) -> float:
    """Return where the first of some places is when they stand close together around their middle."""
    return sum(heap) / len(heap) - distance * (len(heap) - 1) / 2


def _axis(values: Sequence[float], start: float, end: float) -> Axis:
    low = math.floor(math.log10(min(values)))
    return Axis(low=low, high=max(low + 1, math.ceil(math.log10(max(values)))), start=start, end=end)


def _grid(root: ElementTree.Element, across: Axis, upward: Axis) -> None:
    for value in across.ticks:
        place = across.place(value)
        _element(root, "path", class_="grid", d=f"M{place:.1f} {TOP}V{BOTTOM}")
        _text(root, (place, BOTTOM + 22), f"{value:,.0f}", text_anchor="middle")
    for value in upward.ticks:
        place = upward.place(value)
        _element(root, "path", class_="grid", d=f"M{LEFT} {place:.1f}H{RIGHT}")
        _text(root, (LEFT - 8, place + 4), f"{value:,g} s", text_anchor="end")
    _text(root, ((LEFT + RIGHT) / 2, BOTTOM + 46), "articles", text_anchor="middle")


def _curve(root: ElementTree.Element, line: Line, points: Sequence[Point]) -> None:
    _stroke(root, line, points)
    for x, y in points:
        _element(root, "circle", class_=f"dot {line.side}", cx=f"{x:.1f}", cy=f"{y:.1f}", r=3.5)


def _stroke(root: ElementTree.Element, line: Line, points: Sequence[Point]) -> None:
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    _element(root, "path", class_=f"line {line.side}", d=f"M{path}", stroke_dasharray=line.dashes or "none")


def _labels(root: ElementTree.Element, ends: Sequence[tuple[Point, Line]]) -> None:
    places = spread([y for (_, y), _ in ends], LINE_HEIGHT)
    for ((x, _), line), place in zip(ends, places, strict=True):
        _text(root, (x + 10, place + 4), line.label, class_=f"label {line.side}")


def _labels_above(root: ElementTree.Element, ends: Sequence[tuple[Point, Line]], top: float) -> None:
    for number, ((x, _), line) in enumerate(reversed(ends)):
        place = top - LINE_HEIGHT * (number + 1)
        _text(root, (x - PIECE - 6, place + 4), line.label, class_=f"label {line.side}", text_anchor="end")
        _stroke(root, line, [(x - PIECE, place), (x, place)])


def _described(series: dict[Line, list[tuple[int, float]]]) -> str:
    told = [
        f"{line.label}: " + ", ".join(f"{cost:.3g} s for {articles:,}" for articles, cost in points)
        for line, points in series.items()
        if points
    ]
    return "; ".join(told) + "."


def _style() -> str:
    common = (
        "text{font:13px system-ui,sans-serif}.title{font-size:16px;font-weight:600}.line{fill:none;stroke-width:2.2}"
        ".grid{fill:none;stroke-width:1}.label{paint-order:stroke;stroke-width:4px;stroke-linejoin:round}"
    )
    return f"{common}{_colours(0)}@media(prefers-color-scheme:dark){{{_colours(1)}}}"


def _colours(scheme: int) -> str:
    sides = "".join(
        f".line.{side}{{stroke:{pair[scheme]}}}.dot.{side},.label.{side}{{fill:{pair[scheme]}}}"
        for side, pair in SIDES.items()
    )
    ground, ink, grid = GROUND[scheme], INK[scheme], GRID[scheme]
    return f".ground{{fill:{ground}}}.grid{{stroke:{grid}}}text{{fill:{ink}}}.label{{stroke:{ground}}}{sides}"


def _text(root: ElementTree.Element, at: Point, text: str, **attributes: str) -> None:
    _element(root, "text", x=f"{at[0]:.1f}", y=f"{at[1]:.1f}", **attributes).text = text


def _element(root: ElementTree.Element, name: str, **attributes: str | float) -> ElementTree.Element:
    """Add an element; names of attributes are written with `_` for `-` and after what Python keeps for itself."""
    named = {key.rstrip("_").replace("_", "-"): str(value) for key, value in attributes.items()}
    return ElementTree.SubElement(root, name, named)
