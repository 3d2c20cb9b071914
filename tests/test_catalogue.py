from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.catalogue import NEVER_FILLED, Archive, make_feeds
from feeds.catalogue.folders import assign_folders, safe_name
from feeds.catalogue.titles import make_titles
from feeds.errors import ProblemKind
from feeds.model import CategoryPath, Entry, Feed, FeedPlan, Listed
from tests.articles import NOON

RESERVED = (
    "rss.xml",
    "atom.xml",
    "feed.json",
    "index.html",
    "feeds.opml",
    "articles",
    "pictures",
    ".feeds-manifest.json",
)

NAME = st.one_of(
    st.text(st.characters(), min_size=1, max_size=6),
    st.text(st.sampled_from("aA.é /-\\:ſßİı\u0301\u200b潮\u3000"), min_size=1, max_size=4),
    st.sampled_from(
        ["articles", "Articles", "RSS.xml", "..", ".", "CON", "nul.txt", "com1", "e\u0301", "é", "É", "x" * 300]
    ),
    st.sampled_from(
        ["潮" * 90, "潮" * 91, "C++/.NET #1", "😀", "a.", "a ", "a", ".a", ". .a", "\ud800", "a/b", "pictures-"]
    ),
)
CATEGORIES = st.lists(st.lists(NAME, min_size=1, max_size=3).map(tuple), max_size=12)


def with_parents(categories: Iterable[CategoryPath]) -> list[CategoryPath]:
    return sorted({chain[:depth] for chain in (*categories, ()) for depth in range(len(chain) + 1)})


def assign(*categories: CategoryPath, published: dict[CategoryPath, str] | None = None) -> dict[CategoryPath, str]:
    return assign_folders(with_parents(categories), published=published or {}, reserved=RESERVED)[0]


def key(name: str) -> str:
    """Canonical caseless matching (Unicode 3.13, D145)."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())
    return unicodedata.normalize("NFC", decomposed)


# Titles


def test_a_title_names_the_leaf_first_and_says_a_parents_name_once() -> None:
    chain = ("金融", "辰汐财经", "辰汐财经－國内")
    titles = make_titles(with_parents([chain]), "News")
    assert titles == {
        (): "News",
        chain[:1]: "金融 – News",
        chain[:2]: "辰汐财经 – 金融 – News",
        chain: "國内 – 辰汐财经 – 金融 – News",
    }


@pytest.mark.parametrize(
    ("name", "parent", "said"),
    [
        ("Harbour－Markets", "Harbour", "Markets"),
        ("Harbour: Markets", "Harbour", "Markets"),
        ("Harbour", "Harbour", "Harbour"),
        ("Harbour-", "Harbour", "Harbour-"),
        ("Harbourside", "Harbour", "Harbourside"),
        ("Old Harbour", "Harbour", "Old Harbour"),
    ],
)
def test_only_a_whole_parents_name_is_left_out(name: str, parent: str, said: str) -> None:
    assert make_titles(with_parents([(parent, name)]), "News")[parent, name] == f"{said} – {parent} – News"


def test_a_feed_of_another_kind_says_its_kind_and_a_title_of_ones_own_stands() -> None:
    keys: list[CategoryPath] = [(), ("", "tag", "x"), ("", "author", "x"), ("", "feed", "x"), ("", "feed", "y"), ("x",)]
    titles = make_titles(keys, "News", kind_names={"tag": "Tags", "author": "Authors"}, own={("", "feed", "y"): "News"})
    assert titles == {
        (): "News",
        ("", "tag", "x"): "x – Tags – News",
        ("", "author", "x"): "x – Authors – News",
        ("", "feed", "x"): "x – News (3)",
        ("", "feed", "y"): "News (3)",
        ("x",): "x – News",
    }


def test_a_name_is_said_whole_where_the_short_title_is_taken() -> None:
    titles = make_titles(with_parents([("A", "A-x"), ("A", "x")]), "News")
    assert titles["A", "A-x"] == "A-x – A – News"
    assert titles["A", "x"] == "x – A – News"


@given(CATEGORIES, NAME, st.randoms())
@example([("a – b",), ("b", "a")], "News", random.Random(0))
def test_no_two_titles_are_alike_and_order_does_not_matter(
    chains: list[CategoryPath], archive: str, chance: random.Random
) -> None:
    categories = with_parents(chains)
    titles = make_titles(categories, archive)
    assert set(titles) == set(categories)
    assert len(set(titles.values())) == len(categories)
    shuffled = list(categories)
    chance.shuffle(shuffled)
    assert make_titles(shuffled, archive) == titles


# Folders


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("金融", "金融"),
        ("C++/.NET #1", "C++-.NET #1"),
        ("【a】（b）", "【a】（b）"),
        ("..", ""),
        (".", ""),
        (".git", "git"),
        (". .git", "git"),
        ("a.", "a"),
        ("a . ", "a"),
        ("CON", "CON-"),
        ("con.txt", "con.txt-"),
        ("console", "console"),
        ("COM1", "COM1-"),
        ("../../etc", "-..-etc"),
        ("😀", "😀"),
        ("e\u0301", "é"),
        ("a\nb\u200bc", "a-b-c"),
        ("a\ud800b", "a-b"),
        ('<a>:"b|?*\\', "-a-b-"),
        ("潮" * 50, "潮" * 40),
        ("x" * 119 + ".y", "x" * 119),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_folder_lies_in_its_parents_folder() -> None:
    folders = assign(("金融", "a/b", "c"))
    assert folders == {(): "", ("金融",): "金融", ("金融", "a/b"): "金融/a-b", ("金融", "a/b", "c"): "金融/a-b/c"}


def test_feeds_of_a_kind_lie_in_its_folder_and_combined_ones_at_the_top() -> None:
    keys: list[CategoryPath] = [("", "tag", "a/b"), ("", "language", "zh-CN"), ("", "feed", "sea"), ("tags",), ("sea",)]
    folders, problems = assign_folders(with_parents(keys), published={}, reserved=RESERVED)
    assert [folders[key] for key in keys[:2]] == ["tags/a-b", "languages/zh-CN"]
    assert folders["sea",] == "sea"
    assert folders["", "feed", "sea"].startswith("sea-")
    assert folders["tags",].startswith("tags-")
    assert sorted(problem.what for problem in problems) == ['category "tags"', 'feed "feed sea"']


@pytest.mark.parametrize("name", ["articles", "Pictures", "RSS.XML", "..", ". .", "index.html"])
def test_a_name_that_cannot_stand_gets_a_mark_and_a_notice(name: str) -> None:
    folders, (problem,) = assign_folders([(), (name,)], published={}, reserved=RESERVED)
    assert folders[name,] not in ("", name)
    assert problem.kind is ProblemKind.ADDRESS
    assert f'"{folders[name,]}"' in problem.cure


def test_of_two_alike_the_name_that_stays_as_it_is_has_the_plain_folder() -> None:
    folders = assign(("a/b",), ("a-b",))
    assert folders["a-b",] == "a-b"
    assert folders["a/b",].startswith("a-b-")


@given(CATEGORIES, st.randoms())
@example([("ſ",), ("s",), ("S",)], random.Random(0))
def test_folders_are_safe_and_never_shared_whatever_the_order(
    chains: list[CategoryPath], chance: random.Random
) -> None:
    categories = with_parents(chains)
    folders, problems = assign_folders(categories, published={}, reserved=RESERVED)
    assert set(folders) == set(categories)
    assert len({key(folder) for folder in folders.values()}) == len(categories)
    for category, folder in folders.items():
        parts = folder.split("/") if category else []
        assert len(parts) == len(category)
        for part in parts:
            assert part.encode()
            assert len(part.encode()) <= 255
            assert part[0] != "."
            assert part == part.strip(". ")
            assert not set(part) & set('\\:*?"<>|\0\n')
            assert unicodedata.is_normalized("NFC", part)
            assert key(part) not in {key(name) for name in RESERVED}
    shuffled = list(categories)
    chance.shuffle(shuffled)
    assert assign_folders(shuffled, published={}, reserved=RESERVED) == (folders, problems)


@given(CATEGORIES, CATEGORIES)
def test_a_published_folder_never_moves_and_is_never_given_again(
    before: list[CategoryPath], after: list[CategoryPath]
) -> None:
    published = assign(*before)
    del published[()]
    folders = assign(*before, *after, published=published)
    assert {category: folders[category] for category in published} == published
    assert len({key(folder) for folder in folders.values()}) == len(folders)


@given(CATEGORIES, CATEGORIES)
def test_the_folder_of_a_category_that_is_gone_is_not_given_again(
    before: list[CategoryPath], after: list[CategoryPath]
) -> None:
    published = assign(*before)
    del published[()]
    new = [category for category in with_parents(after) if category and category not in published]
    folders = assign(*after, published=published)
    assert not {key(folders[category]) for category in new} & {key(folder) for folder in published.values()}


# Feeds

ARCHIVE = Archive(
    title="News", description="All news", language="zh-CN", base_url="https://example.com/f/", index_name="index.html"
)


def entry(name: str, updated: datetime) -> Entry:
    return Entry(
        id=f"tag:example.com,2000:{name}",
        title=name,
        permalink=None,
        published=NOON,
        updated=updated,
        publisher="",
        authors=(),
        categories=(),
        tags=(),
        summary="",
        picture=None,
        content_html="<p>x</p>",
        language=None,
    )


def feeds(
    *names: str, archive: Archive = ARCHIVE, last_updated: dict[CategoryPath, datetime] | None = None
) -> tuple[Feed, Feed]:
    articles = tuple(Listed(published=0, id=name, path=name, likeness=0, digest=0) for name in names)
    category = ("金融", "a b")
    plans = [
        FeedPlan(category=(), articles=articles, total=9, own_total=2),
        FeedPlan(category=category, articles=(), total=0, own_total=0),
    ]
    entries = {name: entry(name, datetime(2023, 1, number, tzinfo=UTC)) for number, name in enumerate(names, 1)}
    whole, part = make_feeds(
        plans,
        entries,
        archive=archive,
        folders={(): "", category: "金融/a b"},
        feed_ids={(): "tag:0", category: "tag:1"},
        last_updated=last_updated or {},
    )
    return whole, part


def test_a_feed_says_what_its_plan_holds() -> None:
    whole, _ = feeds("a", "b")
    assert [found.title for found in whole.entries] == ["a", "b"]
    assert (whole.id, whole.total, whole.own_total) == ("tag:0", 9, 2)
    assert (whole.title, whole.description, whole.language) == ("News", "All news", "zh-CN")


def test_a_feeds_description_is_its_full_path() -> None:
    assert feeds()[1].description == "News / 金融 / a b"


def test_a_feeds_addresses_are_encoded() -> None:
    whole, part = feeds()
    assert (whole.folder_url, whole.home_url) == ("https://example.com/f/", "https://example.com/f/")
    assert part.folder_url == part.home_url == "https://example.com/f/%E9%87%91%E8%9E%8D/a%20b/"


def test_a_page_of_another_name_is_named_and_encoded() -> None:
    archive = Archive(
        title="News", description="x", language=None, base_url="https://example.com/", index_name="页 1.html"
    )
    whole, part = feeds(archive=archive)
    assert whole.home_url == "https://example.com/%E9%A1%B5%201.html"
    assert part.home_url == "https://example.com/%E9%87%91%E8%9E%8D/a%20b/%E9%A1%B5%201.html"


def test_a_feeds_time_is_that_of_its_last_update() -> None:
    assert feeds("a", "b")[0].updated == datetime(2023, 1, 2, tzinfo=UTC)


def test_an_empty_feed_keeps_its_last_time() -> None:
    assert feeds()[1].updated == NEVER_FILLED
    assert feeds(last_updated={("金融", "a b"): NOON})[1].updated == NOON
