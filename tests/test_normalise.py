from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.errors import Problem, ProblemKind
from feeds.model import Card, CategoryPath, Value
from feeds.normalise import CardRules, make_card
from feeds.normalise.permalinks import AddressRules
from feeds.normalise.roles import ROLES
from feeds.normalise.titles import plain_title
from tests.articles import make_article

DAY = datetime(2022, 7, 31, tzinfo=UTC)
DATED: Mapping[str, Value] = {"title": "Low tide", "date": "2022-07-31T00:00:00Z"}


def rules(
    *, zone: str | None = None, is_flat: bool = False, permalink: str | None = None, site_url: str | None = None
) -> CardRules:
    return CardRules(
        tag_prefix="tag:example.com,2000:",
        zone=ZoneInfo(zone) if zone else None,
        is_flat=is_flat,
        permalink=permalink,
        site_url=site_url,
    )


def make(
    front_matter: Mapping[str, Value],
    *,
    path: str = "note.md",
    heading: str | None = None,
    settings: CardRules | None = None,
) -> tuple[Card, tuple[Problem, ...]]:
    return make_card(make_article(front_matter, path=path, heading=heading), settings or rules())


def card_of(front_matter: Mapping[str, Value], *, path: str = "note.md", settings: CardRules | None = None) -> Card:
    return make({**DATED, **front_matter}, path=path, settings=settings)[0]


# Roles


@pytest.mark.parametrize("key", ["title", "Title", "TITLE"])
def test_a_key_is_known_without_regard_to_case(key: str) -> None:
    assert make({key: "High tide"})[0].title == "High tide"


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("date", "updated", "title")])
def test_the_strongest_key_that_says_something_counts(role: str) -> None:
    names = ROLES[role]
    for first, name in enumerate(names):
        stated: dict[str, Value] = {weaker: f"https://example.com/{weaker}" for weaker in names[first:]}
        stated |= dict.fromkeys(names[:first], "")
        article = make_article(stated)
        card, _ = make_card(article, rules())
        if role == "language":
            assert card.language is None
            continue
        said = {
            "categories": "/".join(card.chains[0]) if card.chains else "",
            "tags": ",".join(card.tags),
            "authors": ",".join(card.authors),
            "pictures": card.pictures[0] if card.pictures else "",
            "summary": card.description,
            "permalink": card.permalink,
            "id": card.id,
        }[role]
        assert said == f"https://example.com/{name}"


@pytest.mark.parametrize("empty", ["", "  ", "null", "None", "~", "undefined", "NaN", (), {}, "false", "True"])
def test_an_empty_value_or_a_boolean_says_nothing(empty: Value) -> None:
    keys = ("id", "author", "tags", "categories", "cover", "link", "description", "lang", "updated")
    assert card_of(dict.fromkeys(keys, empty), settings=rules(site_url="https://example.com/")) == card_of({})


def test_an_empty_key_in_other_letters_hides_nothing() -> None:
    assert make({"title": "Low tide", "Title": ""})[0].title == "Low tide"


@given(
    st.dictionaries(
        st.sampled_from([key for keys in ROLES.values() for key in keys] + ["draft", "status", "x"]),
        st.recursive(
            st.text(max_size=20) | st.sampled_from(["2022-07-31", "true", "&#123;", "<b>x</b>", "//example.com/a"]),
            lambda inner: (
                st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
            ),
            max_leaves=6,
        ),
        max_size=8,
    ),
    st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1, max_size=8), min_size=1, max_size=4),
)
def test_any_front_matter_makes_a_card(front_matter: dict[str, Value], names: list[str]) -> None:
    settings = rules(permalink="/:year/:title/:x/", site_url="https://example.com/")
    card, _ = make(front_matter, path="/".join(names).encode("utf-8", "replace").decode() + ".md", settings=settings)
    assert card.title == " ".join(card.title.split())
    assert card.title
    assert card.id.isascii()
    assert card.permalink is None or card.permalink.isascii()
    for name in (
        card.publisher,
        *card.authors,
        *card.tags,
        *(level for chain in card.chains for level in chain),
    ):
        assert name == " ".join(name.split())


# Titles


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("&#123;&#123; tide &#125;&#125;", "{{ tide }}"),
        ("a &lt; b", "a < b"),
        ("<b>Low</b> tide<br>today", "Low tide today"),
        ("Low <del>tide</del>", "Low tide"),
        ("The <div> element", "The <div> element"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("x?a=1&copy=2&region=3", "x?a=1&copy=2&region=3"),
        ("&nosuchthing; &section;", "&nosuchthing; &section;"),
        ("&#" + "1" * 5000 + ";", "&#" + "1" * 5000 + ";"),
        ("Low\n\ttide\u200b", "Low tide"),
        ("2018", "2018"),
        ("true", "true"),
        (("Low", "tide"), "Low tide"),
    ],
)
def test_a_title_is_plain_text_on_one_line(written: Value, title: str) -> None:
    assert make({"title": written})[0].title == title


@given(st.text(st.sampled_from("<b>/i&#123;lt amp")))
def test_plain_text_has_no_markup_left_to_lose(text: str) -> None:
    assert plain_title(text) == " ".join(plain_title(text).split())


@pytest.mark.parametrize(
    ("path", "heading", "title"),
    [
        ("a/low-tide.md", "The tide &amp; I", "The tide & I"),
        ("a/low-tide.md", None, "low-tide"),
        ("a/low-tide.md", " \u200b", "low-tide"),
        ("a/low-tide/index.md", None, "low-tide"),
        ("a/low-tide/index.zh-cn.md", None, "low-tide"),
        ("index.md", None, "index"),
        ("8.5.md", None, "8.5"),
        (" .md", None, "…"),
        ("caf\udce9.md", None, "caf\ufffd"),
    ],
)
def test_without_a_title_the_heading_then_the_file_name_stands(path: str, heading: str | None, title: str) -> None:
    card, problems = make({"date": "2022-07-31T00:00:00Z"}, path=path, heading=heading)
    assert card.title == title
    assert [problem.kind for problem in problems] == [ProblemKind.UNTITLED]


# People, tags, pictures, language


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Mara Oak", ("Mara Oak",)),
        (("Mara Oak", "Tom &amp; Co", "Mara Oak"), ("Mara Oak", "Tom & Co")),
        ({"name": "Mara Oak", "email": "m@example.com"}, ("Mara Oak",)),
        (({"email": "m@example.com", "name": "Mara Oak"}, "Tom"), ("Mara Oak", "Tom")),
        ({"first": "Mara"}, ("Mara",)),
        (("", "null"), ()),
    ],
)
def test_authors_and_tags_are_a_text_a_list_or_a_mapping(value: Value, names: tuple[str, ...]) -> None:
    assert card_of({"author": value}).authors == names
    assert card_of({"tags": value}).tags == names


def test_commas_separate_tags_and_authors_but_no_single_author() -> None:
    card = card_of({"author": "Oak, Mara", "tags": "tide, boats,,tide"})
    assert (card.authors, card.tags) == (("Oak, Mara",), ("tide", "boats"))
    assert card_of({"authors": "Mara Oak, Tom"}).authors == ("Mara Oak", "Tom")


@pytest.mark.parametrize(
    ("key", "value", "names"),
    [
        ("authors", "Oak, Mara; Tom", ("Oak, Mara", "Tom")),
        ("Authors", "Tom &amp; Co, Mara", ("Tom & Co", "Mara")),
        ("authors", ("Oak, Mara", "Tom"), ("Oak, Mara", "Tom")),
        ("author", "Mara Oak <mara@example.com>", ("Mara Oak",)),
        ("author", "mara@example.com (Mara Oak)", ("Mara Oak",)),
        ("author", "Mara Oak (mara@example.com)", ("Mara Oak",)),
        ("author", "mara@example.com", ("mara",)),
        ("author", "@mara", ("@mara",)),
        ("authors", {"mara": {"name": "Mara Oak"}, "tom": {"name": "Tom"}}, ("Mara Oak", "Tom")),
        ("authors", ({"display_name": "Mara", "url": "https://mara.example"},), ("Mara",)),
        ("authors", ({"url": ""}, "Tom"), ("Tom",)),
    ],
)
def test_authors_have_names_and_no_mail(key: str, value: Value, names: tuple[str, ...]) -> None:
    assert card_of({key: value}).authors == names


def test_an_author_may_have_an_address() -> None:
    authors = (
        {"name": "Mara", "url": "https://mara.example/a b"},
        {"name": "Tom", "website": "/about/tom/"},
        {"name": "Ann", "url": "javascript:alert(1)"},
        "Mara",
    )
    card = card_of({"authors": authors})
    assert card.authors == ("Mara", "Tom", "Ann")
    assert card.author_urls == (("Mara", "https://mara.example/a%20b"),)
    there, _ = make_card(make_article({"authors": authors}), rules(site_url="https://blog.example/"))
    assert dict(there.author_urls)["Tom"] == "https://blog.example/about/tom/"


@pytest.mark.parametrize(
    ("front_matter", "publisher"),
    [
        ({"author": "Mara", "categories": ("A", "B")}, "Mara"),
        ({"categories": ("A", "B", "C")}, "B"),
        ({"categories": ("A",)}, "A"),
        ({"author": "", "categories": ""}, ""),
    ],
)
def test_the_publisher_is_the_author_else_the_second_level_else_the_first(
    front_matter: Mapping[str, Value], publisher: str
) -> None:
    assert card_of(front_matter).publisher == publisher


@pytest.mark.parametrize(
    ("front_matter", "pictures"),
    [
        ({"cover": {"image": "img/a.png", "alt": "Pier", "relative": "true"}}, ("img/a.png",)),
        ({"header": {"overlay_color": "#000", "overlay_image": "/img/a.png", "teaser": "/img/b.png"}}, ("/img/a.png",)),
        ({"header": {"overlay_color": "#000"}}, ()),
        ({"featured": "true"}, ()),
        ({"featured": "yes"}, ()),
        ({"featured": "img/a.png"}, ("img/a.png",)),
        ({"featuredImage": "img/a.png"}, ("img/a.png",)),
        (
            {"resources": ({"src": "a.pdf", "name": "plan"}, {"src": "b.png"}, {"src": "c.png", "name": "cover"})},
            ("c.png", "b.png"),
        ),
        ({"image": "cover", "resources": ({"src": "img/c.png", "name": "cover"},)}, ("img/c.png",)),
        ({"resources": ({"src": "img/*.png", "name": "cover"},)}, ()),
        ({"resources": "none"}, ()),
        ({"images": ("a.png", {"src": "b.png", "name": "Pier"})}, ("a.png", "b.png")),
    ],
)
def test_a_picture_is_found_in_the_table_of_a_theme(front_matter: dict[str, Value], pictures: tuple[str, ...]) -> None:
    assert card_of(front_matter).pictures == pictures


def test_pictures_come_likeliest_first_without_repeats() -> None:
    card = card_of(
        {
            "image": "b.png",
            "headimg": "https://example.com/a.jpg?x=1&amp;copy=2",
            "thumbnail": "b.png",
            "cover": "false",
            "images": ({"src": "c.png", "alt": "x"}, "d.png"),
        }
    )
    assert card.pictures == ("https://example.com/a.jpg?x=1&copy=2", "b.png", "c.png", "d.png")


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("zh_CN", "zh-CN"),
        ("ZH_hans_cn", "zh-Hans-CN"),
        ("yue", "yue"),
        ("js", None),
        ("en", "en"),
        ("no", "no"),
        ("Chinese, simplified", None),
        ("x" * 9, None),
        (("de", "en"), "de"),
    ],
)
def test_a_language_is_a_tag_or_nothing(value: Value, tag: str | None) -> None:
    assert card_of({"lang": value}).language == tag


# Drafts


@pytest.mark.parametrize(
    ("front_matter", "path", "is_draft"),
    [
        ({"draft": "true"}, "a.md", True),
        ({"Draft": "Yes"}, "a.md", True),
        ({"draft": "1"}, "a.md", True),
        ({"draft": "false"}, "a.md", False),
        ({"draft": ""}, "a.md", False),
        ({"published": "false"}, "a.md", True),
        ({"published": "2022-07-31"}, "a.md", False),
        ({"status": "Draft"}, "a.md", True),
        ({"status": "hidden"}, "a.md", True),
        ({"status": "published"}, "a.md", False),
        ({}, "_drafts/a.md", True),
        ({}, "blog/_drafts/x/a.md", True),
        ({}, "drafts/a.md", False),
        ({}, "x/_drafts", False),
    ],
)
def test_a_draft_is_known_by_its_keys_and_its_folder(
    front_matter: Mapping[str, Value], path: str, is_draft: bool
) -> None:
    assert card_of(front_matter, path=path).is_draft is is_draft


# Dates


def test_the_strongest_date_that_is_understood_counts_in_silence() -> None:
    card, problems = make({"title": "A", "date": "soon", "created": "2022-07-31T00:00:00Z"})
    assert (card.published, problems) == (DAY, ())


def test_published_false_is_no_date() -> None:
    card, problems = make({"title": "A", "published": "false", "created": "2022-07-31T00:00:00Z"})
    assert (card.published, problems) == (DAY, ())


@pytest.mark.parametrize(
    ("path", "published", "fate"),
    [
        ("2022-07-31-tide.md", DAY, "until then the date in its path stands for it"),
        ("2022/07/31/tide.md", DAY, "until then the date in its path stands for it"),
        ("tide.md", None, "until then the article is left out"),
    ],
)
def test_a_date_that_is_not_understood_is_reported_with_its_line_and_fate(
    path: str, published: datetime | None, fate: str
) -> None:
    card, (problem,) = make({"title": "A", "x": "y", "date": "31 Smarch"}, path=path)
    assert card.published == published
    assert (problem.kind, problem.line) == (ProblemKind.BAD_DATE, 4)
    assert str(problem).startswith(f'{path}:4: date "31 Smarch" not understood: ')
    assert fate in str(problem)


def test_without_any_date_an_article_is_undated() -> None:
    card, (problem,) = make({"title": "A"})
    assert card.published is None
    assert problem.kind is ProblemKind.UNDATED


def test_a_date_in_the_path_stands_without_complaint_where_none_is_stated() -> None:
    card, problems = make({"title": "A"}, path="2022-07-31-tide.md", settings=rules(zone="Asia/Shanghai"))
    assert card.published == datetime(2022, 7, 30, 16, tzinfo=UTC)
    assert problems == ()


def test_a_time_without_zone_is_reported_under_the_key_that_states_it() -> None:
    _, (problem,) = make({"title": "A", "published": "false", "created": "2022-07-31 08:00:00"})
    assert (problem.kind, problem.line) == (ProblemKind.ZONELESS, 4)
    assert problem.what == 'created "2022-07-31 08:00:00" names no zone'


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Shanghai", 0), ("UTC", 8)])
def test_a_time_without_zone_is_fine_once_a_zone_is_configured(zone: str, hour: int) -> None:
    card, problems = make({"title": "A", "date": "2022-07-31 08:00:00"}, settings=rules(zone=zone))
    assert (card.published, problems) == (DAY.replace(hour=hour), ())


def test_updated_comes_from_the_front_matter_alone() -> None:
    assert card_of({}, path="2022-08-01-tide.md").updated is None
    assert card_of({"lastmod": "2022-07-31T00:00:00Z"}).updated == DAY


def test_an_update_that_is_not_understood_leaves_the_article_in() -> None:
    card, (problem,) = make({**DATED, "updated": "soon"})
    assert (card.published, card.updated) == (DAY, None)
    assert "until then its publication date stands for it" in str(problem)


def test_a_key_has_one_role() -> None:
    keys = [key for keys in ROLES.values() for key in keys]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("key", "value", "chains"),
    [
        ("categories", "tide mud", (("tide",), ("mud",))),
        ("categories", "tide, low mud", (("tide",), ("low mud",))),
        ("categories", ("low mud", "tide"), (("low mud",), ("tide",))),
        ("category", "low mud", (("low mud",),)),
    ],
)
def test_blanks_part_names_where_jekyll_says_so(key: str, value: Value, chains: tuple[CategoryPath, ...]) -> None:
    settings = replace(rules(is_flat=True), addresses=AddressRules(generator="jekyll"))
    card = card_of({key: value, "tags": "boats ropes"}, settings=settings)
    assert (card.chains, card.tags) == (chains, ("boats", "ropes"))
    assert card_of({"tags": "boats ropes"}).tags == ("boats ropes",)


# Who wrote what names nobody


def test_an_article_that_names_nobody_is_by_the_author_of_the_settings() -> None:
    settings = replace(rules(), authors=("Mara Oak",), publisher="Tide")
    nobodys, toms = (card_of(matter, path="news/a.md", settings=settings) for matter in ({}, {"author": "Tom"}))
    assert (nobodys.authors, nobodys.publisher) == (("Mara Oak",), "Mara Oak")
    assert (toms.authors, toms.publisher) == (("Tom",), "Tom")


def test_without_an_author_a_generators_article_is_by_the_whole_and_any_other_by_its_category() -> None:
    assert card_of({}, path="news/a.md", settings=replace(rules(), publisher="Tide")).publisher == "Tide"
    assert card_of({}, path="news/a.md").publisher == "news"


# Jekyll's times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-05 23:30:00", "2024-01-05 23:30 +0000"),
        ("2024-01-05T23:30:00.5", "2024-01-05 23:30 +0000"),
        ("2024-01-05 23:30", "2024-01-05 22:30 +0000"),
        ("2024-01-05", "2024-01-04 23:00 +0000"),
        ("2024-01-05 23:30:00 +0200", "2024-01-05 21:30 +0000"),
        (None, "2024-01-04 23:00 +0000"),
    ],
)
def test_a_time_to_the_second_without_a_zone_is_utc_to_jekyll_and_what_says_less_the_sites(
    text: str | None, expected: str
) -> None:
    settings = replace(rules(zone="Europe/Berlin"), addresses=AddressRules(generator="jekyll"))
    card, problems = make({"title": "a", **({"date": text} if text else {})}, path="2024-01-05-a.md", settings=settings)
    assert f"{card.published:%Y-%m-%d %H:%M %z}" == expected
    assert not problems


def test_the_same_time_is_the_sites_to_any_other_generator() -> None:
    settings = replace(rules(zone="Europe/Berlin"), addresses=AddressRules(generator="hugo"))
    card, _ = make({"title": "a", "date": "2024-01-05 23:30:00"}, settings=settings)
    assert f"{card.published:%H:%M}" == "22:30"


def test_jekylls_times_need_no_zone_to_be_sure() -> None:
    settings = replace(rules(), addresses=AddressRules(generator="jekyll"))
    card, problems = make({"title": "a", "date": "2024-01-05 23:30:00"}, settings=settings)
    assert (card.is_zoneless, problems) == (False, ())
