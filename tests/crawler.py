"""An archive as a crawler keeps it, crawl after crawl, and the truth about it: what is news, where, and of which date.

The churn is the founding archive's: whatever a route still lists is written again at every crawl, with a new crawl
time or a new placeholder's number; dates turn into `Invalid Date` and back; files move; headlines are corrected by
new files, and the old ones stay. Nothing here knows how feeds are made: the truth follows from what befell each
article, and from what is promised of ids, dates and windows.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from random import Random

from tests.articles import article_bytes, write

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
"""When the first crawl ends."""
LISTED = 20
"""Items that a route lists, and that are written again at every crawl."""
NEW, EDITED, MOVED = 0.02, 0.01, 0.002
"""Shares of the articles at every crawl."""
CORRECTED, COPIED, LISTED_AGAIN = 0.35, 0.25, 0.4
"""How likely one article's headline is corrected, one appears under another route, or an old item is listed again."""
BORN_INVALID, TURNS_INVALID, TURNS_BACK = 0.08, 0.02, 0.4
QUIET = 8
"""Of so many crawls one brings nothing new: files are rewritten, and that is all."""

Chain = tuple[str, ...]
_MARK = re.compile(r"\b(\d{5})\b")
_ENGLISH = [
    "tide",
    "harbour",
    "quay",
    "ferry",
    "anchor",
    "lantern",
    "mackerel",
    "captain",
    "morning",
    "council",
    "budget",
    "bridge",
    "signal",
    "storm",
    "repair",
    "timber",
    "school",
    "garden",
    "engine",
    "railway",
    "valley",
    "orchard",
    "winter",
    "market",
    "ledger",
    "painter",
    "cellar",
    "window",
    "journey",
    "kettle",
    "pebble",
    "ribbon",
    "copper",
    "saddle",
    "thunder",
    "village",
    "walnut",
    "meadow",
    "feather",
    "granite",
    "compass",
    "barrel",
    "candle",
    "drawer",
    "falcon",
    "hammer",
    "island",
    "jacket",
    "ladder",
    "mirror",
    "needle",
    "oyster",
    "pocket",
    "quarry",
    "river",
    "shovel",
    "tunnel",
    "velvet",
    "wagon",
    "yellow",
    "zigzag",
]
_CHINESE = [
    "港口",
    "渡船",
    "灯塔",
    "清晨",
    "议会",
    "预算",
    "桥梁",
    "风暴",
    "木材",
    "学校",
    "花园",
    "铁路",
    "山谷",
    "果园",
    "冬季",
    "市场",
    "画家",
    "地窖",
    "旅程",
    "水壶",
    "卵石",
    "丝带",
    "铜器",
    "马鞍",
    "雷声",
    "村庄",
    "核桃",
    "草地",
    "羽毛",
    "花岗岩",
    "罗盘",
    "木桶",
    "蜡烛",
    "抽屉",
    "猎鹰",
    "岛屿",
    "外套",
    "梯子",
    "镜子",
    "牡蛎",
    "口袋",
    "采石场",
    "河流",
    "隧道",
    "天鹅绒",
    "马车",
    "修理",
    "信号",
    "引擎",
    "船长",
]


class Clock(Enum):
    """What a route knows of its items' time."""

    GMT = "gmt"
    """Every item has its date."""
    CRAWL = "crawl"
    """None has one: each is given the time of the crawl, without a zone."""
    NONE = "none"
    """All say `Invalid Date`."""


@dataclass(kw_only=True)
class Leaf:
    """One route: a category, a folder, and what it lists."""

    chain: Chain
    publisher: str
    folder: str
    clock: Clock
    size: int
    """Articles at the start."""
    flips: bool = False
    """Some of its dates are invalid for a while."""
    is_hot: bool = False
    """Half of what it lists anew is years old."""
    listed: list[Article] = field(default_factory=list)
    """Newest last."""


@dataclass(kw_only=True, eq=False)
class Article:
    """One article, whatever files it has been in: the truth about it."""

    number: int
    leaf: Leaf
    title: str
    sentences: list[str]
    date: datetime
    """Which its file states, unless `is_invalid`."""
    picture: str | None
    born: int
    """Crawl that brought it."""
    paths: list[str]
    """Its file, then those of its copies."""
    leaves: list[Leaf]
    """Of these files."""
    is_invalid: bool = False
    former: list[str] = field(default_factory=list)
    """Files that stand there with an older headline."""
    shown: datetime | None = None
    """The date that subscribers are to see; None when it is none of theirs."""
    is_older: bool = False
    """It had no date and was there before the first build."""
    news: int = -1
    """The crawl at which it last became something that some feed may announce."""
    churn: Counter[str] = field(default_factory=Counter)
    """What befell it."""


class Crawler:
    """A folder of articles; the same seed makes the same history."""

    def __init__(
        self,
        root: Path,
        *,
        seed: int = 1,
        size: float = 1,
        haste: float = 1,
        folder_moves: Mapping[int, int] | None = None,
    ) -> None:
        """Begin with an empty folder; the first crawl fills it.

        Args:
            root: Of the archive.
            seed: Of all chance.
            size: How large the archive is, and how long the routes' lists are, beside the usual.
            haste: How much more often articles change than they usually do.
            folder_moves: At which crawl which leaf's folder gets another name, and its category, too, if its dates
                are known.
        """
        self.root = root
        self.crawls = 0
        self.leaves = _leaves(size)
        self.articles: list[Article] = []
        self.churn: Counter[str] = Counter()
        """What befell articles, in all."""
        self.ids: dict[int, str] = {}
        """Of articles, as they were first seen: they order what has one date."""
        self.is_quiet = False
        """The last crawl has brought nothing that any feed shows."""
        self._random = Random(seed)
        self._haste = haste
        self._listed = round(LISTED * size)
        self._folder_moves = folder_moves or {}
        self._dates: set[datetime] = set()

    def times(self, count: int) -> Iterator[datetime]:
        """Yield when the crawls end: half an hour to six hours apart."""
        now = START
        for _ in range(count):
            yield now
            now += timedelta(minutes=self._random.randint(30, 360), seconds=self._random.randint(0, 59))

    def crawl(self, now: datetime) -> None:
        """Do what one crawl does, and note the truth of it."""
        if not self.articles:
            for leaf in self.leaves:
                for _ in range(leaf.size):
                    self._add(leaf, now - timedelta(days=self._random.uniform(0, 30)))
                leaf.listed.sort(key=lambda article: article.date)
                self._unlist(leaf)
        else:
            self.is_quiet = self.crawls % QUIET == 0 and self.crawls not in self._folder_moves
            if not self.is_quiet:
                self._churn(now)
        self._flip()
        self._rewrite(now)
        self._settle(now)
        self.crawls += 1

    @property
    def feeds(self) -> frozenset[Chain]:
        """All categories that have something to show, and those above them."""
        chains = {leaf.chain for article in self.articles if article.shown for leaf in article.leaves}
        return frozenset(chain[:depth] for chain in chains for depth in range(len(chain) + 1))

    def window(self, category: Chain, *, limit: int, keep: timedelta, limit_max: int) -> dict[int, datetime]:
        """Answer what a feed has to show now: dates by the articles' numbers, newest first."""
        members = [
            (article.shown, self.ids.get(article.number, ""), article.number)
            for article in self.articles
            if article.shown and any(leaf.chain[: len(category)] == category for leaf in article.leaves)
        ]
        members.sort(key=lambda one: (-one[0].timestamp(), one[1]))
        return {
            number: shown
            for place, (shown, _, number) in enumerate(members[:limit_max])
            if place < limit or shown >= members[0][0] - keep
        }

    def _churn(self, now: datetime) -> None:
        random, standing = self._random, list(self.articles)
        for leaf in self.leaves:
            self._unlist(leaf)  # first of all: what is new now is written at least once
        moving = self._folder_moves.get(self.crawls)
        if moving is not None:
            self._move_folder(self.leaves[moving], now)
        touched: set[int] = set()

        def chosen(share: float) -> Iterator[Article]:
            for article in standing:
                if random.random() < share * self._haste and article.number not in touched:
                    touched.add(article.number)
                    yield article

        for article in chosen(MOVED):
            if moving is None or self.leaves[moving] not in article.leaves:
                self._move(article)
        for article in chosen(EDITED):
            if moving is None or not self._is_untraceable(article, self.leaves[moving]):
                self._edit(article, now)
        listed = [article for leaf in self.leaves for article in leaf.listed]
        for one in self._one_of(CORRECTED, (one for one in listed if len(one.paths) == 1), touched):
            self._correct(one)
        standing_still = (one for one in listed if moving is None or self.leaves[moving] not in one.leaves)
        for one in self._one_of(COPIED, standing_still, touched):
            self._copy(one, now)
        for one in self._one_of(LISTED_AGAIN, (one for one in standing if one not in one.leaf.listed), touched):
            self._list_again(one)
        weights = [leaf.size for leaf in self.leaves]
        for _ in range(max(1, sum(random.random() < NEW for _ in standing))):
            self._add(random.choices(self.leaves, weights)[0], now - timedelta(minutes=random.uniform(0, 180)))

    def _one_of(self, likely: float, articles: Iterable[Article], touched: set[int]) -> Iterator[Article]:
        """Yield one article, if chance will have it, to which nothing else happens at this crawl."""
        found = [article for article in articles if article.number not in touched]
        if found and self._random.random() < likely * self._haste:
            chosen = self._random.choice(found)
            touched.add(chosen.number)
            yield chosen

    def _add(self, leaf: Leaf, date: datetime) -> None:
        random, number = self._random, len(self.articles)
        title = self._title(leaf, number)
        if self.crawls and random.random() < (0.5 if leaf.is_hot else 0.05):
            date -= timedelta(days=random.uniform(200, 2000))
            self.churn["old when new"] += 1
        date = date.replace(microsecond=0)
        while date in self._dates:
            date -= timedelta(seconds=1)
        self._dates.add(date)
        path = f"{leaf.folder}/{title}.md"
        has_date_at_times = self.crawls > 0 or leaf.clock is Clock.GMT  # else its first date would be a late crawl time
        article = Article(
            number=number,
            leaf=leaf,
            title=title,
            sentences=[self._sentence(leaf) for _ in range(random.randint(5, 9))],
            date=date,
            picture=f"https://media.example.com/{number}.jpg" if random.random() < 0.7 else None,
            born=self.crawls,
            paths=[path],
            leaves=[leaf],
            is_invalid=leaf.clock is Clock.NONE
            or (leaf.flips and has_date_at_times and random.random() < BORN_INVALID),
            news=self.crawls,
        )
        self.articles.append(article)
        leaf.listed.append(article)
        if self.crawls:
            self.churn["new"] += 1

    def _edit(self, article: Article, now: datetime) -> None:
        place = self._random.randrange(len(article.sentences) + 1)
        article.sentences[place : place + self._random.randint(0, 1)] = [self._sentence(article.leaf)]
        self._note(article, "edited")
        self._write(article, now)

    def _is_untraceable(self, article: Article, moved: Leaf) -> bool:
        """Tell whether nobody could know an article again that is edited while its folder moves, for want of a date."""
        return moved in article.leaves and (moved.flips or moved.clock is not Clock.GMT)

    def _move(self, article: Article) -> None:
        folder = article.leaf.folder if self._random.random() < 0.5 else f"{article.leaf.folder}/{article.born}"
        self._rename(article, 0, f"{folder}/{article.title} {self.crawls}.md")
        self._note(article, "moved")

    def _move_folder(self, leaf: Leaf, now: datetime) -> None:
        before, parent = leaf.folder, leaf.folder.rpartition("/")[0]
        name = f"{leaf.chain[-1]} {self.crawls}"
        leaf.folder = f"{parent}/{name}"
        (self.root / before).rename(self.root / leaf.folder)
        for article in self.articles:
            for paths in (article.paths, article.former):
                paths[:] = [_under(leaf.folder, before, path) for path in paths]
            if leaf in article.leaves:
                self._note(article, "moved with its folder")
        if leaf.clock is Clock.GMT:
            old, leaf.chain = leaf.chain[-1], (*leaf.chain[:-1], name)
            for path in sorted((self.root / leaf.folder).rglob("*.md")):
                text = path.read_bytes().replace(f" - {old}\n".encode(), f" - {name}\n".encode())
                self._put(str(path.relative_to(self.root)), text, now)
            for article in self.articles:
                if leaf in article.leaves:
                    article.news = self.crawls

    def _correct(self, article: Article) -> None:
        article.former.append(article.paths[0])
        article.title = self._title(article.leaf, article.number)
        article.paths[0] = f"{article.leaf.folder}/{article.title}.md"
        self._note(article, "headline corrected")

    def _copy(self, article: Article, now: datetime) -> None:
        others = [
            leaf
            for leaf in self.leaves
            if leaf not in article.leaves
            and (leaf.publisher, leaf.clock) == (article.leaf.publisher, article.leaf.clock)
        ]
        if others:
            leaf = self._random.choice(others)
            article.leaves.append(leaf)
            article.paths.append(f"{leaf.folder}/{article.title}.md")
            article.news = self.crawls
            self._note(article, "copied")
            self._write(article, now)

    def _list_again(self, article: Article) -> None:
        article.leaf.listed.append(article)
        self._note(article, "listed again")

    def _flip(self) -> None:
        if self.is_quiet or not self.crawls:
            return
        for leaf in self.leaves:
            for article in leaf.listed if leaf.flips else ():
                if article.born == self.crawls:
                    continue
                if article.is_invalid and self._random.random() < TURNS_BACK:
                    article.is_invalid = False
                    self._note(article, "dated again")
                elif not article.is_invalid and self._random.random() < TURNS_INVALID:
                    article.is_invalid = True
                    self._note(article, "date invalid")

    def _rewrite(self, now: datetime) -> None:
        for place, leaf in enumerate(self.leaves):
            for article in self.articles if not self.crawls else leaf.listed:
                if article.leaf is leaf:
                    if leaf.clock is Clock.CRAWL and (article.born == self.crawls or article in leaf.listed):
                        is_old = not self.crawls and article not in leaf.listed
                        article.date = article.date if is_old else now - timedelta(seconds=20 * place)
                    self._write(article, now)
                    self.churn["rewritten"] += article.born != self.crawls

    def _settle(self, now: datetime) -> None:
        """Note which date each article is to have: the first that is known of it."""
        for article in self.articles:
            if article.shown is not None:
                continue
            if not article.is_invalid:
                article.shown = article.date
                article.news = self.crawls
            elif not self.crawls:
                article.is_older = True
            elif not article.is_older:
                article.shown = now

    def _unlist(self, leaf: Leaf) -> None:
        del leaf.listed[: -self._listed]

    def _note(self, article: Article, what: str) -> None:
        article.churn[what] += 1
        self.churn[what] += 1

    def _rename(self, article: Article, place: int, path: str) -> None:
        (self.root / path).parent.mkdir(exist_ok=True)
        (self.root / article.paths[place]).rename(self.root / path)
        article.paths[place] = path

    def _write(self, article: Article, now: datetime) -> None:
        picture = article.picture or f"https://picsum.photos/400/300?random={self._random.randrange(10_000)}"
        date = f"{article.date:%a, %d %b %Y %H:%M:%S} GMT"
        if article.leaf.clock is Clock.CRAWL:
            date = f"{article.date:%Y-%m-%d %H:%M:%S}"
        lines = [f"<p>{sentence}</p>" for sentence in article.sentences]
        for leaf, path in zip(article.leaves, article.paths, strict=True):
            data = article_bytes(
                title=f"'{article.title}'",
                categories=leaf.chain,
                headimg=f"'{picture}'",
                author=leaf.publisher,
                date="Invalid Date" if article.is_invalid else date,
                body="\n\n".join(("<div>", *lines, "</div>  ")),
            )
            self._put(path, data, now)

    def _put(self, path: str, data: bytes, now: datetime) -> None:
        write(self.root, path, data)
        os.utime(self.root / path, (now.timestamp(), now.timestamp()))

    def _title(self, leaf: Leaf, number: int) -> str:
        words = self._random.sample(_CHINESE if _is_chinese(leaf) else _ENGLISH, 3)
        return f"{' '.join(words).capitalize()} {number:05}"

    def _sentence(self, leaf: Leaf) -> str:
        if _is_chinese(leaf):
            return "".join(self._random.choices(_CHINESE, k=14)) + "。"
        return " ".join(self._random.choices(_ENGLISH, k=14)).capitalize() + "."


@dataclass
class Account:
    """What one subscriber was told, beside what he had to be told."""

    expected: int = 0
    seen: int = 0
    """Announcements as expected."""
    wrong: list[str] = field(default_factory=list)
    """Announcements of what was no news: known under another id, or none of what the feeds have to show."""
    lost: list[str] = field(default_factory=list)
    jumps: list[str] = field(default_factory=list)
    """Announced entries whose date changed, and those announced with a false one."""
    told: set[int] = field(default_factory=set)
    """Numbers of the articles that were announced, or should have been."""
    missed: set[int] = field(default_factory=set)
    """Those of them that were not."""
    dates: dict[str, datetime] = field(default_factory=dict)
    """Of all that was seen, by id."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Likewise."""

    def reload(
        self,
        crawl: int,
        news: Iterable[str],
        shown: Mapping[str, tuple[str, datetime]],
        windows: Mapping[int, datetime],
    ) -> None:
        """Compare what became new with what should have; the first time nothing counts as announced, but as known.

        Args:
            crawl: Number of the crawl, for what is said of it.
            news: Ids that became new to the subscriber.
            shown: Title and date by id, of all that he sees.
            windows: What his feeds have to show now: dates by number.
        """
        due = windows.keys() - self.told
        if crawl:
            self.expected += len(due)
        for id_ in news:
            title, date = shown[id_]
            number = number_of(title)
            if number in due and id_ not in self.dates:
                due -= {number}
                self.seen += bool(crawl)
                if date != windows[number]:
                    self.jumps.append(f"crawl {crawl}: {title!r} announced of {date}, not {windows[number]}")
            else:
                kind = "late" if number in self.missed else "again" if number in self.told else "no news"
                self.missed.discard(number)
                self.wrong.append(f"crawl {crawl}: {title!r} of {date} ({kind}) {id_}")
            self.told.add(number)
        self.lost += [f"crawl {crawl}: {number:05} of {windows[number]}" for number in sorted(due)]
        self.missed |= due
        self.told |= due
        for id_, (title, date) in shown.items():
            self.numbers[id_] = number_of(title)
            before = self.dates.setdefault(id_, date)
            if before != date:
                self.jumps.append(f"crawl {crawl}: {title!r} went from {before} to {date}, {id_}")
                self.dates[id_] = date

    @property
    def counts(self) -> str:
        """Say it in one line."""
        return (
            f"expected {self.expected}, seen {self.seen}, wrong {len(self.wrong)}, lost {len(self.lost)}, "
            f"date jumps {len(self.jumps)}"
        )


def faults_of(accounts: Mapping[str, Account], crawler: Crawler) -> list[str]:
    """Answer everything that went wrong, with what had befallen the article."""
    return [
        f"{name}: {kind} {text}; {_story(crawler, text)}"
        for name, account in accounts.items()
        for kind in ("wrong", "lost", "jumps")
        for text in getattr(account, kind)
    ]


def number_of(title: str) -> int:
    """Answer which article a title names; no correction changes that part of it."""
    found = _MARK.search(title)
    return int(found[1]) if found else -1


def late_news(crawler: Crawler, numbers: Collection[int]) -> list[Article]:
    """Answer those of some news that are none: articles of earlier crawls, which nothing has made news of now."""
    return [crawler.articles[number] for number in numbers if crawler.articles[number].news != crawler.crawls - 1]


def _story(crawler: Crawler, text: str) -> str:
    number = number_of(text)
    if number not in range(len(crawler.articles)):
        return "of no known article"
    one = crawler.articles[number]
    return f"{one.leaf.clock.value}, of crawl {one.born}, {dict(one.churn)}, {one.paths}, before {one.former}"


def _under(new: str, old: str, path: str) -> str:
    return new + path[len(old) :] if path.startswith(f"{old}/") else path


def _is_chinese(leaf: Leaf) -> bool:
    return leaf.publisher == "云渡新闻"


def _leaves(scale: float) -> tuple[Leaf, ...]:
    rows: tuple[tuple[str, str, str, Clock, int, str], ...] = (
        ("News", "Harbour Ledger", "Markets", Clock.GMT, 45, ""),
        ("News", "Harbour Ledger", "Quays", Clock.GMT, 35, "flips"),
        ("News", "Harbour Ledger", "Hot", Clock.GMT, 35, "hot"),
        ("News", "Hill Gazette", "Latest", Clock.CRAWL, 40, ""),
        ("News", "Hill Gazette", "Weather", Clock.CRAWL, 25, ""),
        ("Culture", "Stage Notes", "Reviews", Clock.GMT, 40, "flips"),
        ("Culture", "Stage Notes", "Rare", Clock.GMT, 8, ""),
        ("Culture", "Print Room", "Catalogue", Clock.NONE, 40, ""),
        ("Culture", "Print Room", "Stock", Clock.NONE, 20, ""),
        ("金融", "云渡新闻", "云渡新闻－国内", Clock.GMT, 45, "flips"),
        ("金融", "云渡新闻", "云渡新闻－消费", Clock.GMT, 35, ""),
        ("金融", "Hill Gazette", "Rates", Clock.CRAWL, 30, "flips"),
    )
    return tuple(
        Leaf(
            chain=(top, source, route),
            publisher=source,
            folder=f"{top}/{source}/{route}",
            clock=clock,
            size=round(size * scale),
            flips=more == "flips",
            is_hot=more == "hot",
        )
        for top, source, route, clock, size, more in rows
    )
