from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.normalise.dates import ParsedDate, date_of_path, parse_date

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")

EXACT = [
    # RFC 822, 850, 1123, 2822
    ("Fri, 22 Jul 2022 23:38:03 GMT", "2022-07-22T23:38:03"),
    ("Fri,22 Jul 2022 23:38:03 gmt", "2022-07-22T23:38:03"),
    ("Fri, 22 Jul 2022 23:38:03 +0800", "2022-07-22T15:38:03"),
    ("Mon, 22 Jul 2022 23:38:03 GMT", "2022-07-22T23:38:03"),
    ("22 Jul 2022 23:38 GMT", "2022-07-22T23:38:00"),
    ("22 Jul 2022 23:38:03 -0000", "2022-07-22T23:38:03"),
    ("22 Jul 2022 23:38:03 EST", "2022-07-23T04:38:03"),
    ("22 Jul 2022 23:38:03 PDT", "2022-07-23T06:38:03"),
    ("22 Jul 22 23:38:03 UT", "2022-07-22T23:38:03"),
    ("22 Jul 49 23:38:03 UT", "2049-07-22T23:38:03"),
    ("22 Jul 50 23:38:03 UT", "1950-07-22T23:38:03"),
    ("22 Jul 122 23:38:03 UT", "2022-07-22T23:38:03"),
    ("Friday, 22-Jul-22 23:38:03 GMT", "2022-07-22T23:38:03"),
    ("Fri, 22 Jul 2022 23:38:03 +0800 (CST)", "2022-07-22T15:38:03"),
    # ISO 8601, RFC 3339 and their kin
    ("2021-03-14T08:00:00Z", "2021-03-14T08:00:00"),
    ("2021-03-14t08:00:00z", "2021-03-14T08:00:00"),
    ("2021-03-14 08:00:00 +0000", "2021-03-14T08:00:00"),
    ("2021-03-14 08:00:00+02:00", "2021-03-14T06:00:00"),
    ("2021-03-14T08:00:00-00:00", "2021-03-14T08:00:00"),
    ("2021-03-14 08:00:00 +08", "2021-03-14T00:00:00"),
    ("2021-03-14 08:00:00 -5", "2021-03-14T13:00:00"),
    ("2021-03-14T08:00:00.5+0530", "2021-03-14T02:30:00"),
    ("2021-03-14T08:00:00.123456789Z", "2021-03-14T08:00:00"),
    ("2021-03-14T08:00:00,999Z", "2021-03-14T08:00:00"),
    ("2021-03-14 08:00 UTC", "2021-03-14T08:00:00"),
    ("2021-03-14 08:00:00 UTC-03:00", "2021-03-14T11:00:00"),
    ("2021-03-14 08:00:00 GMT+8", "2021-03-14T00:00:00"),
    ("2021-03-14 24:00:00 +0000", "2021-03-15T00:00:00"),
    ("2021-12-31 24:00:00Z", "2022-01-01T00:00:00"),
    ("2021-03-14T08:00:00\u221205:00", "2021-03-14T13:00:00"),
    ("2021-03-14 08:00:00 +0800 CST", "2021-03-14T00:00:00"),
    ("2021-03-14 08:00:00 +0800 +08", "2021-03-14T00:00:00"),
    ("2021-03-14T08:00:00+08:00[Asia/Shanghai]", "2021-03-14T00:00:00"),
    ("2001-12-14 21:59:43.10 -5", "2001-12-15T02:59:43"),
    ("2001-12-14t21:59:43.10-05:00", "2001-12-15T02:59:43"),
    ("20210314T080000Z", "2021-03-14T08:00:00"),
    # Programs and people
    ("05/05/2014 03:00:00 PM UTC", "2014-05-05T15:00:00"),
    ("Fri Sep  3 11:21:31 CEST 2021", "2021-09-03T09:21:31"),
    ("Fri Sep 03 11:21:31 +0200 2021", "2021-09-03T09:21:31"),
    ("Fri Sep  3 11:21:31 AM UTC 2021", "2021-09-03T11:21:31"),
    ("Fri 03 Sep 2021 11:21:31 PM CEST", "2021-09-03T21:21:31"),
    ("Fri Jul 22 2022 23:38:03 GMT+0800 (中国标准时间)", "2022-07-22T15:38:03"),
    ("1658533083", "2022-07-22T23:38:03"),
    ("1658533083.75", "2022-07-22T23:38:03"),
    ("1658533083123", "2022-07-22T23:38:03"),
    ("10 Sept 2021 at 5pm EST", "2021-09-10T22:00:00"),
    ("2021-03-14T08Z", "2021-03-14T08:00:00"),
]

ZONELESS = [
    ("2021-03-14 08:00:00", "2021-03-14T08:00:00"),
    ("2021-3-4 8:05", "2021-03-04T08:05:00"),
    ("2021.03.14 08:00", "2021-03-14T08:00:00"),
    ("2021/3/14 08:00", "2021-03-14T08:00:00"),
    ("2001-12-15 2:59:43.10", "2001-12-15T02:59:43"),
    ("2021-03-14 24:00:00", "2021-03-15T00:00:00"),
    ("20210314080000", "2021-03-14T08:00:00"),
    ("20210314 0800", "2021-03-14T08:00:00"),
    ("７/22/2022, 11:38:03 PM", "2022-07-22T23:38:03"),
    ("Fri Sep  3 11:21:31 2021", "2021-09-03T11:21:31"),
    ("22 July 2022 23:38", "2022-07-22T23:38:00"),
    ("Jul 22, 2022 11:38 PM", "2022-07-22T23:38:00"),
    ("July 22, 2022 at 12:38 a.m.", "2022-07-22T00:38:00"),
    ("Jul 22, 2022 12:38 PM", "2022-07-22T12:38:00"),
    ("Jul 22, 2022 15:38 PM", "2022-07-22T15:38:00"),
    ("14.03.2021 08:00", "2021-03-14T08:00:00"),
    ("2022年07月22日 23:38", "2022-07-22T23:38:00"),
    ("2022年7月22日 下午11:38", "2022-07-22T23:38:00"),
    ("2022年7月22日 上午 9:38:05", "2022-07-22T09:38:05"),
    ("2022年7月22日 星期五 23时38分05秒", "2022-07-22T23:38:05"),
    ("2022年7月22日23时38分", "2022-07-22T23:38:00"),
    ("2022年7月22日 23时", "2022-07-22T23:00:00"),
    ("2022年7月22日（金）午前0時38分", "2022-07-22T00:38:00"),
    ("2022년 7월 22일 금요일 오후 11시 38분", "2022-07-22T23:38:00"),
    ("2022. 7. 22. 오후 11:38:03", "2022-07-22T23:38:03"),
    ("2022/7/22 下午11:38:03", "2022-07-22T23:38:03"),
    ("２０２１－０３－１４　０８：００", "2021-03-14T08:00:00"),
    ("12:30, 14 March 2021", "2021-03-14T12:30:00"),
]

DAYS = [
    *("2021-03-14", "2021/3/14", "2021.03.14", "20210314", "2021-3-14", " '2021-03-14'\n", "“2021-03-14”"),
    *(
        "March 14, 2021",
        "Mar 14 2021",
        "Sunday, March 14th, 2021",
        "14 March 2021",
        "14-Mar-2021",
        "14.03.2021",
    ),
    *(
        "03/14/2021",
        "2021年03月14日",
        "2021年3月14日 星期日",
        "2021年3月14日日曜日",
        "2021년 3월 14일",
        "2021. 3. 14.",
    ),
    *("14-03-2021", "14th of March, 2021"),
]

REFUSED = [
    ("2021-03-14 25:30", "hour 25"),
    ("2021-03-14 24:30", "hour 24"),
    ("2021-03-14 24:00:01", "hour 24"),
    ("2021-03-14 13:00 AM", "hour 13 AM"),
    ("2021-03-14 08:61", "minute 61"),
    ("2018-08-22 22:010:17", "minute 010"),
    ("2021-03-14 08:00:61Z", "second 61"),
    ("2021-13-01", "month 13"),
    ("2021-00-01", "month 00"),
    ("25/12/2021", "month 25"),
    ("22 juillet 2021", "month juillet"),
    ("2021-04-31", "day 31 in a month of 30"),
    ("2021-02-29", "day 29 in a month of 28"),
    ("2021-04-00", "day 00 in a month of 30"),
    ("2021-03-14 08:00 +2500", 'zone "+2500"'),
    ("Fri Sep  3 11:21:31 XYZ 2021", 'unknown zone "XYZ"'),
    ("10 Sept 2021 at 5pm XYZ", 'unknown zone "XYZ"'),
    *((text, "no day") for text in ("2021-03", "2021/3", "2021", "03/2021", "March 2021", "2021年3月", "2021년 3월")),
    *((text, "empty") for text in ("", "  ", "''")),
    *((text, "no known form") for text in ("昨天 25:61", "tomorrow", "2021-03-14 draft", "2021-03-140", "🌞")),
    *((text, "no known form") for text in ("2021-03-14 08-30-00", "2021-03-14 08-30", "10 Sept 2021 5pm GMT+3")),
    ("04-03-2021", "day and month cannot be told apart"),
    ("14 March", "no full date with a year of four digits"),
    ("14 March 21", "no full date with a year of four digits"),
    ("Sunday March 2021 12h", "no full date with a year of four digits"),
    ("0999-01-01", "year 999"),
    ("9999-12-31T23:59:59-08:00", "year 9999 at its very end"),
    ("2021-03-14 " + "0" * 200, "too long for a date"),
]

PLACEHOLDERS = [
    *(
        "Invalid Date",
        "Invalid date",
        "null",
        "None",
        "undefined",
        "NaN",
        "N/A",
        "-",
        "0",
        "0.0",
        "0000000000",
    ),
    *("0000-00-00", "0000-00-00 00:00:00", "-0001-11-30T00:00:00+00:00", "0001-01-01T00:00:00Z"),
    *("1970-01-01", "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01 00:00:00"),
    *("1970-01-01 08:00:00 +0800", "1970年1月1日"),
]


def parse(text: str, zone: tzinfo = UTC) -> tuple[str, bool, bool]:
    found = parse_date(text, zone)
    assert found.instant.tzinfo is UTC
    return found.instant.isoformat()[:19], found.is_zoneless, found.is_day_only


@pytest.mark.parametrize("zone", [UTC, SHANGHAI, NEW_YORK], ids=str)
@pytest.mark.parametrize(("text", "instant"), EXACT)
def test_a_time_with_a_zone_is_the_same_everywhere(text: str, instant: str, zone: tzinfo) -> None:
    assert parse(text, zone) == (instant, False, False)


@pytest.mark.parametrize(("text", "local"), ZONELESS)
def test_a_time_without_a_zone_is_told_and_takes_the_configured_one(text: str, local: str) -> None:
    assert parse(text) == (local, True, False)
    in_shanghai = (datetime.fromisoformat(local) - timedelta(hours=8)).isoformat()
    assert parse(text, SHANGHAI) == (in_shanghai, True, False)


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_its_first_moment(text: str) -> None:
    assert parse(text) == ("2021-03-14T00:00:00", False, True)
    assert parse(text, SHANGHAI) == ("2021-03-13T16:00:00", False, True)


@pytest.mark.parametrize("zone", [UTC, SHANGHAI], ids=str)
@pytest.mark.parametrize(
    ("text", "cause"), [*REFUSED, *((text, "a placeholder for a missing date") for text in PLACEHOLDERS)]
)
def test_the_cause_says_what_is_wrong(text: str, cause: str, zone: tzinfo) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- compared whole below
        parse_date(text, zone)
    assert str(caught.value) == cause


def test_a_day_with_a_zone_of_its_own_begins_there() -> None:
    assert parse("2021-03-14 +0800") == ("2021-03-13T16:00:00", False, True)


def test_an_abbreviation_of_the_configured_zone_is_that_zone() -> None:
    assert parse("Fri Sep  3 11:21:31 CST 2021")[0] == "2021-09-03T17:21:31"
    assert parse("Fri Sep  3 11:21:31 CST 2021", SHANGHAI)[0] == "2021-09-03T03:21:31"
    assert parse("10 Sept 2021 at 5pm CST", SHANGHAI)[0] == "2021-09-10T09:00:00"


def test_a_time_that_happens_twice_or_never_is_settled_as_the_zone_database_does() -> None:
    assert parse("2021-11-07 01:30", NEW_YORK)[0] == "2021-11-07T05:30:00"  # the first of the two
    assert parse("2021-03-14 02:30", NEW_YORK)[0] == "2021-03-14T07:30:00"  # 03:30 of summer time


def test_the_zone_of_the_machine_does_not_enter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XYZ-5")
    time.tzset()
    try:
        with pytest.raises(ValueError, match="unknown zone"):
            parse_date("10 Sept 2021 at 5pm XYZ", UTC)
        assert parse("10 Sept 2021 5pm")[0] == "2021-09-10T17:00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2021-03-14-title.md", "2021-03-14"),
        ("a/2021-03-14.md", "2021-03-14"),
        ("a/20210314_title.md", "2021-03-14"),
        ("2021-3-4-title.md", "2021-03-04"),
        ("2021-12-4-title.md", "2021-12-04"),
        ("a/2021/03/14/title.md", "2021-03-14"),
        ("2021/03/14/b/title.md", "2021-03-14"),
        ("2015/01/09/2021-03-14-title.md", "2021-03-14"),
        ("2021/03/14/2021-99-14-title.md", "2021-03-14"),
        ("2021/99/14/2021/03/14/title.md", "2021-03-14"),
        ("a/2021-03-14-title/index.md", "2021-03-14"),
        ("2021-02-30-title.md", None),
        ("2021-0314-title.md", None),
        ("202134.md", None),
        ("2021-3.md", None),
        ("202103141.md", None),
        ("12345678.md", None),
        ("title-2021-03-14.md", None),
        ("a2021/03/14/title.md", None),
        ("2021/03/title.md", None),
        ("2021/03/14", None),
        ("1970-01-01-title.md", None),
        ("", None),
    ],
)
def test_a_path_states_a_day_at_the_start_of_its_name_or_in_its_folders(path: str, day: str | None) -> None:
    expected = datetime.fromisoformat(f"{day}T00:00:00+00:00") if day else None
    found = date_of_path(path, UTC)
    assert (found and found.instant) == expected
    if expected:
        assert found == ParsedDate(instant=expected, is_zoneless=False, is_day_only=True)
        in_shanghai = date_of_path(path, SHANGHAI)
        assert in_shanghai is not None
        assert in_shanghai.instant == expected - timedelta(hours=8)


def english(instant: datetime, pattern: str) -> str:
    names = "January February March April May June July August September October November December"
    month = names.split()[instant.month - 1]
    text = pattern.replace("MONTH", month).replace("MON", month[:3]).replace("DAY", str(instant.day))
    return text.replace("YEAR", f"{instant.year:04}").replace("TIME", f"{instant:%H:%M:%S}")


FORMATS: list[Callable[[datetime], str]] = [
    format_datetime,
    datetime.isoformat,
    lambda instant: f"{instant:%Y-%m-%d %H:%M:%S %z}",
    lambda instant: f"{instant:%Y/%m/%d %H:%M:%S} UTC{instant.isoformat()[-6:]}",
    lambda instant: f"{instant:%Y%m%dT%H%M%S%z}",
    lambda instant: f"{instant:%m/%d/%Y %I:%M:%S} {'PM' if instant.hour > 11 else 'AM'} {instant:%z}",
    lambda instant: f"{instant:%d.%m.%Y %H:%M:%S %z}",
    lambda instant: english(instant, f"MON DAY TIME {instant:%z} YEAR"),
    lambda instant: english(instant, f"MON DAY YEAR TIME GMT{instant:%z} (中国标准时间)"),
    lambda instant: english(instant, f"MONTH DAY, YEAR TIME {instant:%z}"),
    lambda instant: english(instant, f"DAY MONTH YEAR TIME {instant:%z}"),
    lambda instant: f"{instant:%Y年%m月%d日 %H时%M分%S秒 %z}",
    lambda instant: f"{instant:%Y年%m月%d日} {'下午' if instant.hour > 11 else '上午'}{instant:%I:%M:%S %z}",
    lambda instant: f"{instant:%Y년 %m월 %d일 %H:%M:%S %z}",
]
instants = st.datetimes(
    min_value=datetime(1000, 1, 2),  # noqa: DTZ001 -- Hypothesis adds the zone
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001 -- Hypothesis adds the zone
    timezones=st.integers(-12 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters))),
).map(lambda instant: instant.replace(microsecond=0))


@pytest.mark.parametrize("write", FORMATS)
@given(instant=instants)
def test_dates_survive_format_and_parse(write: Callable[[datetime], str], instant: datetime) -> None:
    if instant.timestamp() != 0 and instant.replace(tzinfo=UTC).timestamp() != 0:
        assert parse_date(write(instant), UTC) == ParsedDate(
            instant=instant.astimezone(UTC), is_zoneless=False, is_day_only=False
        )


def outcome(text: str) -> ParsedDate | str:
    try:
        return parse_date(text, SHANGHAI)
    except ValueError as error:
        return str(error)


HTTP = re.compile(r"\A(Mon|Fri), [0-3]\d (Jan|Feb|Sep|May|Foo) (19|20)\d\d [0-2]\d:[0-6]\d:[0-6]\d GMT\Z", re.A)


@given(st.from_regex(HTTP))
@example("Thu, 01 Jan 1970 00:00:00 GMT")
@example("Sun, 31 Dec 2023 24:00:00 GMT")
@example("Thu, 29 Feb 2024 00:00:00 GMT")
def test_the_dates_of_http_are_read_as_all_others_are(text: str) -> None:
    assert outcome(text) == outcome(text.replace("GMT", "gmt"))


@given(seconds=st.integers(10**9, 10**10 - 1), thousandths=st.integers(0, 999))
def test_seconds_and_milliseconds_since_the_epoch(seconds: int, thousandths: int) -> None:
    expected = datetime.fromtimestamp(seconds, UTC)
    for text in (f"{seconds}", f"{seconds}{thousandths:03}", f"{seconds}.{thousandths}"):
        assert parse_date(text, SHANGHAI).instant == expected


WORDS = "2021 03 14 7 31 99 0 - / . : , + T Z UTC GMT+8 CST PM am Jul July Fri 年 月 日 下午 时 년 ( [ ' x １ ٣"
pieces = st.sampled_from([*WORDS.split(), " ", "\t"])


@pytest.mark.parametrize("zone", [UTC, NEW_YORK], ids=str)
@given(text=st.one_of(st.text(), st.lists(pieces).map("".join), st.from_regex(r"\A[\d:+ TZ./-]+\Z")))
@example(text="1" * 200)
@example(text="1 " * 100)
@example(text="2021-03-14 08:00:00" + " " * 180)
@example(text="2021-03-14 08:" + "0" * 185)
@example(text="Jul " * 50)
@example(text="(" * 200)
@example(text="a, " * 60 + " 3 11:21:31 2021")
@example(text="\ud800\x00")
def test_any_text_is_a_date_or_a_value_error_quickly(text: str, zone: tzinfo) -> None:
    start = time.perf_counter()
    found = None
    with suppress(ValueError):
        found = parse_date(text, zone)
    if found is not None:
        assert found.instant.tzinfo is UTC
        assert 1000 <= found.instant.year <= 9999
        assert found.instant.microsecond == 0
        assert any(character.isdigit() for character in text)
    assert time.perf_counter() - start < 0.5


@given(path=st.text())
def test_any_path_has_a_date_or_none(path: str) -> None:
    found = date_of_path(path, SHANGHAI)
    assert found is None or found.is_day_only
