"""What an archive tells of itself: each guess by the numbers that support it, and none without."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from feeds.model import Value
from feeds.survey import Guess, Look, Survey, survey_archive
from tests.articles import make_card

ENGLISH = "The boats lie on the mud and wait for the tide that is not there, with you and for this day. " * 3
GERMAN = "Die Boote liegen auf dem Schlick und warten nicht auf das Wasser, das für sie eine Reise ist. " * 3
SIMPLIFIED = "渔船停在泥滩上，等潮水来。他们说这里的时间过得很慢，没有问题，应该让大家都来看看。" * 3
TRADITIONAL = "漁船停在泥灘上，等潮水來。他們說這裡的時間過得很慢，沒有問題，應該讓大家都來看看。" * 3
JAPANESE = "船は泥の上に横たわり、潮が満ちるのを待っている。この町では時間がゆっくりと流れる。" * 3


TOKYO = "2022-07-31T08:00:00+09:00"


def look(
    number: int = 0,
    *,
    path: str = "",
    categories: Value | None = None,
    date: str = "2022-07-31",
    is_zoneless: bool = False,
    is_dated: bool = True,
    is_titled: bool = True,
    permalink: str | None = None,
    language: str | None = None,
    unknown: Mapping[str, Value] | None = None,
    text: str = "",
    dialect: str = "yaml",
) -> Look:
    card = replace(
        make_card(path=path or f"a{number}.md"), permalink=permalink, language=language, is_zoneless=is_zoneless
    )
    return Look(
        card=card if is_dated else replace(card, published=None),
        dialect=dialect,
        is_titled=is_titled,
        categories=categories,
        date=date,
        unknown=unknown or {},
        text=text,
    )


def guess(name: str, looks: list[Look]) -> Guess | None:
    return {one.name: one for one in survey(looks).guesses}.get(name)


def sure(name: str, looks: list[Look]) -> object:
    found = guess(name, looks)
    return found.value if found is not None and found.is_sure else None


def survey(looks: list[Look]) -> Survey:
    return survey_archive(looks, year=2026)


def test_articles_are_counted_by_kind() -> None:
    found = survey([look(1, categories="a"), look(2, dialect=""), look(3, is_dated=False, path="b.html")])
    assert found.dialects == (("YAML", 2), ("none", 1))
    assert found.suffixes == ((".md", 2), (".html", 1))
    assert (found.looked_at, found.undated, found.uncategorised, found.pictured, found.drafts) == (3, 1, 2, 0, 0)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        (SIMPLIFIED, "zh-CN"),
        (TRADITIONAL, "zh-TW"),
        (JAPANESE, "ja"),
        ("Лодки лежат на песке и ждут прилива, и так проходит день за днём в этом городе.", "ru"),
        ("Човни лежать на піску і чекають припливу, і так минає день за днем у цьому місті.", "uk"),
        ("배들은 진흙 위에 누워 물이 들어오기를 기다린다. 이 마을의 시간은 느리게 흐른다.", "ko"),
    ],
)
def test_a_language_is_told_by_script_and_small_words(text: str, language: str) -> None:
    assert sure("language", [look(number, text=text) for number in range(3)]) == language


def test_code_and_markup_say_nothing_of_the_language() -> None:
    noise = "```\nfor the of and in if not with while the and is\n```\n" * 5
    assert sure("language", [look(text=noise + GERMAN)]) == "de"


def test_what_articles_state_goes_before_their_texts() -> None:
    looks = [look(number, language="fr", text=ENGLISH) for number in range(3)] + [look(4, text=ENGLISH)]
    assert sure("language", looks) == "fr"


def test_too_little_text_is_no_language() -> None:
    assert sure("language", [look(text="Ok.")]) is None


def test_a_zone_is_that_of_the_times_that_state_one() -> None:
    looks = [look(number, date="2022-07-31 08:00:00 +0800") for number in range(8)]
    looks += [look(number, date="2022-07-31 08:00:00", is_zoneless=True) for number in range(8, 10)]
    assert sure("zone", looks) == "Etc/GMT-8"
    chinese = [
        look(number, date=one.date, is_zoneless=one.card.is_zoneless, text=SIMPLIFIED)
        for number, one in enumerate(looks)
    ]
    assert sure("zone", chinese) == "Asia/Shanghai"


def test_summer_and_winter_are_one_zone() -> None:
    looks = [look(number, date=f"2022-07-31T08:00:00+0{1 + number % 2}:00", text=GERMAN) for number in range(8)]
    assert sure("zone", [*looks, look(9, date="2022-07-31 08:00", is_zoneless=True, text=GERMAN)]) == "Europe/Berlin"


def test_an_old_feed_tells_the_zone_of_articles_that_state_none() -> None:
    looks = [look(number, date="2022-07-31 12:00:00", is_zoneless=True) for number in range(3)]
    looks = [replaced(one, title=f"Tide {number}") for number, one in enumerate(looks)]
    shown = {f"Tide {number}": datetime(2022, 7, 31, 4, tzinfo=UTC) for number in range(3)}
    guesses = {one.name: one for one in survey_archive(looks, year=2026, shown=shown).guesses}
    assert (guesses["zone"].value, guesses["zone"].is_sure) == ("Etc/GMT-8", True)
    assert guesses["zone"].reason == "by the dates in the old feed: +08:00 3"
    days = [replaced(one, published=datetime(2022, 7, 31, tzinfo=UTC), is_zoneless=False) for one in looks]
    shown = {f"Tide {number}": datetime(2022, 7, 30, 22, tzinfo=UTC) for number in range(3)}
    days = [dataclasses.replace(one, date="2022-07-31", text=GERMAN) for one in days]
    guesses = {one.name: one for one in survey_archive(days, year=2026, shown=shown).guesses}
    assert guesses["zone"].value == "Europe/Berlin"


def replaced(one: Look, **fields: object) -> Look:
    return dataclasses.replace(one, card=replace(one.card, **fields))


@pytest.mark.parametrize(
    "looks",
    [
        [look(1, date="2022-07-31T08:00:00+09:00")],
        [look(1, date="2022-07-31 08:00", is_zoneless=True)],
        [look(1, date="2022-07-31 08:00", is_zoneless=True), look(2, date="1 Jul 2022 08:00 -0700"), look(date=TOKYO)],
    ],
    ids=["none needs it", "none tells", "they differ"],
)  # fmt: skip
def test_a_zone_is_not_made_up(looks: list[Look]) -> None:
    found = guess("zone", looks)
    assert found is not None
    assert not found.is_sure


def test_lists_whose_names_stand_above_the_same_are_levels() -> None:
    looks = [
        look(1, categories=("Sea", "Tide")),
        look(2, categories=("Sea", "Tide")),
        look(3, categories=("Land", "Fog")),
    ]
    assert sure("categories", looks) == "levels"


def test_lists_whose_names_change_places_are_sets() -> None:
    looks = [look(1, categories=("Sea", "Tide")), look(2, categories=("Tide", "Land")), look(3, categories="Land")]
    assert sure("categories", looks) == "flat"
    found = guess("categories", looks)
    assert found is not None
    assert found.reason == "in 2 of 2 lists a lower name is a first one elsewhere: sets"


def test_names_below_ever_different_ones_are_sets() -> None:
    looks = [look(number, categories=(top, "Notes")) for number, top in enumerate(("Sea", "Land", "Air"))]
    assert sure("categories", looks) == "flat"


def test_lists_of_one_say_nothing() -> None:
    assert sure("categories", [look(1, categories="Sea"), look(2, categories=("Land",))]) is None


def test_a_site_is_where_most_articles_say_that_they_are() -> None:
    looks = [look(number, permalink=f"https://www.tide.example/{number}") for number in range(4)]
    looks.append(look(9, permalink="https://other.example/"))
    assert sure("site_url", looks) == "https://www.tide.example/"
    assert sure("authority", looks) == "tide.example"
    assert sure("year", looks) == 2026


def test_articles_of_many_sites_have_none() -> None:
    looks = [look(number, permalink=f"https://s{number % 3}.example/{number}") for number in range(9)]
    assert guess("site_url", looks) is None
    assert guess("authority", looks) is None


def test_unknown_keys_are_told_by_name_and_value() -> None:
    unknown = {"gepostet": "2022-07-31", "bild": "a.jpg", "rubrik": "See", "geaendert_mod": "2022-08-01", "x": "y"}
    found = guess("keys", [look(number, unknown=unknown) for number in range(3)])
    assert found is not None
    assert found.value == {
        "date": ["gepostet"],
        "pictures": ["bild"],
        "categories": ["rubrik"],
        "updated": ["geaendert_mod"],
    }
    assert not found.is_sure


def test_a_key_that_dates_what_has_no_date_holds() -> None:
    looks = [look(number, unknown={"Gepostet": "2022-07-31"}, is_dated=False) for number in range(3)]
    assert sure("keys", looks) == {"date": ["Gepostet"]}


def test_a_key_that_names_what_has_no_title_holds() -> None:
    looks = [look(number, unknown={"newsTitle": "Low tide", "subTitle": "x"}, is_titled=False) for number in range(3)]
    assert sure("keys", looks) == {"title": ["newsTitle"]}
    found = guess("keys", [look(number, unknown={"newsTitle": "Low tide"}) for number in range(3)])
    assert found is not None
    assert not found.is_sure


def test_a_key_of_few_articles_means_nothing() -> None:
    assert guess("keys", [look(1, unknown={"bild": "a.jpg"}), look(2)]) is None


def test_what_is_no_article_is_left_out() -> None:
    paths = ["README.md", "docs/README.md", "about.md", "tags/index.md", "deep/down/about.md", "LICENSE.md"]
    looks = [look(path=path, is_dated=False) for path in paths] + [look(1)]
    assert sure("exclude", looks) == ["LICENSE.md", "README.md", "/about.md", "/tags/index.md"]


def test_what_has_a_date_is_an_article_whatever_its_name() -> None:
    assert guess("exclude", [look(path="about.md"), look(path="README.md")]) is None


def test_an_empty_archive_is_surveyed_too() -> None:
    assert survey([]).looked_at == 0
