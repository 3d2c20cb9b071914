"""Makes an archive of any size as the founding archive's producer would have written it.

    python -m tests.benchmarks.generate FOLDER COUNT [--seed 1] [--categories 60] [--houses 60]
                                                     [--short] [--faults 0.02]

The same arguments give the same bytes on any day: chance comes from one seeded source, there is no clock.
All names are invented. One article is in memory at a time, and the file names of one publisher.

A path is category/publisher/route/title. Sixty routes of as many publishers, under nine categories, make 130 feeds
with that of the whole archive; from 5,500 articles on, each has twenty entries.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

from tests.benchmarks.houses import House, houses_of, leaf_name
from tests.benchmarks.prose import Prose

NEWEST = datetime(2022, 8, 1, tzinfo=UTC)
"""No article is younger."""
SPAN = timedelta(days=3 * 365)
"""No article is older than `NEWEST` less this."""
CROWDING = 1.37
"""Ages are `SPAN * u ** CROWDING`: 1 % of the articles, of each leaf alike, fall into the newest 48 hours."""
MEDIAN_BODY, BODY_SPREAD, LONGEST_BODY = 4_000, 0.9, 60_000
"""Body lengths are log-normal: bytes, standard deviation of their logarithm, bytes."""
FAULTS = 0.02
"""The share of the articles that each kind of fault befalls."""
LONGEST_NAME = 226
"""Bytes of a file name, suffix included."""
PROXY = "https://cors.example.net/?"
QUOTES = '"' * 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One article before its route is known."""

    title: str
    """As it stands in the front matter, quotes included."""
    name: str
    """File name with its suffix."""
    picture: str
    """Address in headimg and thumbnail."""
    date: str
    """As it stands in the front matter."""
    body: str
    """HTML between the lines of the outer `<div>`."""


def generate(
    folder: Path,
    count: int,
    *,
    seed: int = 1,
    leaves: int = 60,
    houses: int = 60,
    short: bool = False,
    faults: float = FAULTS,
) -> None:
    """Write an archive of `count` articles, no more and no fewer, in `leaves` categories of the third level.

    Args:
        folder: Made when it is missing.
        count: Number of files.
        seed: Another one gives another archive.
        leaves: Categories of the third level, at least 1; sizes by Zipf's law, none empty if `count` allows.
        houses: Publishers that these are shared out to in turn, 1 to 60; no more than there are `leaves`.
        short: One paragraph for a body, no furniture: to weigh what a file costs, not its length.
        faults: The share of articles that each kind of fault befalls, 0 to 0.25. The kinds: nine pairs of
            quotes or a bare `@` in the title; a date without zone or none; a placeholder, a QR code or a
            proxied address as picture; a second route, if its publisher has one.
    """
    prose = Prose(Random(seed))
    left = sizes_of(count, leaves)
    publishers = houses_of(min(houses, leaves))
    for house in publishers:
        own = range(house.number, leaves, len(publishers))
        chains = {leaf: (house.top, house.name, leaf_name(house, leaf // len(publishers))) for leaf in own}
        for leaf in own:
            if left[leaf]:
                folder.joinpath(*chains[leaf]).mkdir(parents=True, exist_ok=True)
        taken: set[str] = set()
        for leaf in own:
            while left[leaf]:
                article = _article(house, prose, _moment(prose.random), taken, short=short, faults=faults)
                _write(folder, chains[leaf], article)
                left[leaf] -= 1
                other = max(own, key=lambda sibling: left[sibling] if sibling != leaf else 0)
                if other != leaf and left[other] and prose.random.random() < faults:
                    _write(folder, chains[other], article)
                    left[other] -= 1


def add_one(folder: Path, *, short: bool = False) -> Path:
    """Write one more article, younger than all others, into the largest category of an archive; return its path."""
    house = houses_of(1)[0]
    article = _article(house, Prose(Random(0)), NEWEST + timedelta(minutes=1), set(), short=short, faults=0)
    return _write(folder, (house.top, house.name, leaf_name(house, 0)), article)


def sizes_of(count: int, leaves: int) -> list[int]:
    """Return how many articles each leaf holds: one for each, the rest by Zipf's law, largest first.

    >>> sizes_of(10, 3)
    [5, 3, 2]
    """
    sizes = [int(leaf < count) for leaf in range(leaves)]
    rest = max(0, count - leaves)
    whole = sum(1 / rank for rank in range(1, leaves + 1))
    weight, given = 0.0, 0
    for leaf in range(leaves):
        weight += 1 / (leaf + 1) / whole
        share = (rest if leaf == leaves - 1 else round(rest * weight)) - given
        sizes[leaf] += share
        given += share
    return sizes


def _moment(random: Random) -> datetime:
    return NEWEST - timedelta(seconds=int(SPAN.total_seconds() * random.random() ** CROWDING))


def _article(
    house: House,
    prose: Prose,
    moment: datetime,
    taken: set[str],
    *,
    short: bool,
    faults: float,
) -> Written:
    random = prose.random
    title, name = _title_and_name(prose, taken, is_at=(title_fault := _fault(random, faults)) == 1)
    date = format_datetime(moment, usegmt=True)
    match _fault(random, faults):
        case 0:
            date = f"{moment:%Y-%m-%d %H:%M:%S}"
        case 1:
            date = "Invalid Date"
    shown = main = _picture(house, random, moment)
    match _fault(random, faults):
        case 0:
            main, shown = f"https://picsum.photos/400/300?random={random.randint(1, 9_999)}", ""
        case 1:
            main, shown = house.code, ""
        case 2:
            main = shown = PROXY + shown.replace("https:", "http:")
    return Written(
        title={0: QUOTES + title + QUOTES, 1: title}.get(title_fault, f"'{title}'"),
        name=name,
        picture=main,
        date=date,
        body=_short_body(house, prose, shown) if short else "".join(_body(house, prose, shown)),
    )


def _fault(random: Random, share: float) -> int:
    """Return which of some faults befalls an article, each with this chance: 0, 1, 2; above for none."""
    return int(random.random() / share) if share else 9


def _title_and_name(prose: Prose, taken: set[str], *, is_at: bool) -> tuple[str, str]:
    """Return a title and a file name that no case-blind file system mixes up with one that is `taken`."""
    while True:
        title = ("@" if is_at else "") + prose.title()
        stem = title.replace("#", "").replace(".", "").replace("\n", "").encode()[: LONGEST_NAME - 3]
        name = stem.decode(errors="ignore") + ".md"
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return title, name


def _picture(house: House, random: Random, moment: datetime) -> str:
    tail = random.choice((".jpg", ".png", ".jpg?x-process=image/resize,w_800", "", "!content.jpeg"))
    return f"https://{house.host}/{moment:%Y/%m/%d}/{random.getrandbits(48):012x}{tail}"


def _short_body(house: House, prose: Prose, picture: str) -> str:
    shown = house.picture.replace("%s", picture) if picture else ""
    return house.paragraph % prose.paragraph() + shown


def _body(house: House, prose: Prose, picture: str) -> Iterator[str]:
    random = prose.random
    wanted = min(random.lognormvariate(math.log(MEDIAN_BODY), BODY_SPREAD), LONGEST_BODY)
    closing = house.closing % prose.person()
    wanted -= 1.2 * len(closing)
    yield house.opening % prose.person()
    for number in range(LONGEST_BODY):
        if number == 1 and picture:
            yield house.picture.replace("%s", picture)
        elif number % 8 == 7 and picture:
            yield house.picture.replace("%s", f"https://{house.host}/more/{random.getrandbits(48):012x}.jpg")
        words = prose.paragraph()
        yield house.paragraph % words
        wanted -= 2.8 * len(words) + len(house.paragraph)  # characters to bytes, near enough
        if wanted <= 0 and number:
            break
    yield closing


def _write(folder: Path, chain: tuple[str, str, str], article: Written) -> Path:
    """Write one file as the producer did: values pasted as they are, every brace of the file escaped.

    Raises:
        FileExistsError: Such a file is there.
    """
    top, publisher, leaf = chain
    text = (
        f"\n---\ntitle: {article.title}\ncategories: \n - {top}\n - {publisher}\n - {leaf}\n"
        f"headimg: '{article.picture}'\nauthor: {publisher}\ncomments: false\ndate: {article.date}\n"
        f"thumbnail: '{article.picture}'\n---\n\n<div>   \n{article.body}\n  \n</div>\n            "
    )
    escaped = text.replace("{", "&#123;").replace("}", "&#125;")
    path = folder.joinpath(*chain, article.name)
    with path.open("xb") as file:
        file.write(escaped.encode())
    return path


def main() -> None:
    """Generate what the command line asks for."""
    parser = argparse.ArgumentParser(description="Make an archive of invented articles.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--categories", type=int, default=60, metavar="N", help="of the third level")
    parser.add_argument("--houses", type=int, default=60, metavar="N", help="publishers they belong to, at most 60")
    parser.add_argument("--short", action="store_true", help="one paragraph each")
    parser.add_argument(
        "--faults", type=float, default=FAULTS, metavar="SHARE", help="of each kind, at most 0.25 [0.02]"
    )
    given = parser.parse_args()
    generate(
        given.folder,
        given.count,
        seed=given.seed,
        leaves=given.categories,
        houses=given.houses,
        short=given.short,
        faults=given.faults,
    )


if __name__ == "__main__":
    main()
