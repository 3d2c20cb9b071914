from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.finish.blocks import read_body
from feeds.finish.doubts import PLACEHOLDERS, find_flaw
from feeds.finish.pictures import find_picture, judge_pictures, picture_key
from feeds.finish.verdicts import Judge
from feeds.model import Body, Card, Picture, PictureCandidate, Profile

PHOTO = "https://media.example.com/2022/quay.jpg"
OTHER = "https://media.example.com/2022/ship.jpg"
FURNITURE = {"QR code", "avatar", "logo", "icon", "furniture"}
NOTHING = Profile(shared_pictures=frozenset())


def candidate(
    address: str, *, width: int | None = None, height: int | None = None, hints: str = ""
) -> PictureCandidate:
    return PictureCandidate(address=address, width=width, height=height, hints=hints)


def card(*pictures: str) -> Card:
    return Card(
        path="News/quay.md",
        id="tag:example.com,2000:quay",
        title="The quay",
        publisher="Harbour Ledger",
        authors=(),
        published=None,
        is_zoneless=False,
        updated=None,
        chains=(),
        tags=(),
        pictures=pictures,
        permalink=None,
        description=None,
        language=None,
        is_draft=False,
    )


def body(*pictures: PictureCandidate) -> Body:
    return Body(path="News/quay.md", blocks=(), pictures=pictures, html="")


def resolve(address: str) -> Picture | None:
    return Picture(address=address, media_type=None, length=None) if "missing" not in address else None


def found(
    named: tuple[str, ...] = (),
    shown: tuple[PictureCandidate, ...] = (),
    *,
    profile: Profile = NOTHING,
    extra: tuple[str, ...] = (),
) -> str | None:
    placeholders = tuple(map(re.compile, extra))
    judge = Judge("The quay", body(*shown), profile)
    picture = find_picture(card(*named), judge, placeholders=placeholders, resolve=resolve)
    return picture.address if picture else None


def reason(one: PictureCandidate) -> str:
    (verdict,) = judge_pictures(card(), Judge("The quay", body(one)), placeholders=())
    return verdict.reason


def test_a_named_picture_comes_before_a_shown_one() -> None:
    assert found((PHOTO,), (candidate(OTHER),)) == PHOTO


def test_the_first_shown_picture_is_found_when_none_is_named() -> None:
    assert found((), (candidate(PHOTO), candidate(OTHER))) == PHOTO


def test_without_candidates_there_is_no_picture() -> None:
    assert found() is None


def test_a_shared_picture_is_passed_over_wherever_it_is_named() -> None:
    assert (
        found((PHOTO,), (candidate(PHOTO), candidate(OTHER)), profile=Profile(shared_pictures=frozenset({PHOTO})))
        == OTHER
    )


def test_a_shared_picture_is_known_by_its_folder() -> None:
    profile = Profile(shared_pictures=frozenset({"News/cover.jpg"}))
    assert found(("cover.jpg",), (candidate("other/cover.jpg"),), profile=profile) == "other/cover.jpg"


def test_a_picture_that_cannot_be_resolved_is_passed_over() -> None:
    assert found(("missing.jpg", PHOTO)) == PHOTO


def test_a_proxy_is_taken_off_before_judging() -> None:
    assert found((f"https://cors.example.com/?{PHOTO}",)) == PHOTO
    assert found(("https://cors.example.com/?https://picsum.photos/400/300?random=7", PHOTO)) == PHOTO


def test_a_named_picture_that_the_body_calls_a_qr_code_is_one() -> None:
    assert found((PHOTO,), (candidate(PHOTO, hints="append-qr-wrap"), candidate(OTHER))) == OTHER


def test_a_callers_placeholder_is_dropped() -> None:
    assert found((PHOTO, OTHER), extra=(r"/quay\.",)) == OTHER


@pytest.mark.parametrize(
    "address",
    [
        "https://picsum.photos/400/300?random=4821",
        "http://picsum.photos/400?blur&random=1",
        "https://via.placeholder.com/150",
        "https://placehold.co/600x400",
        "https://dummyimage.com/600x400/000/fff",
        "https://example.com/images/404.gif",
        "https://example.com/p/undefined",
        "https://example.com/null",
        "undefined",
        "null",
        "false",
        "true",
        "True",
        "None",
        "[object Object]",
        "https://example.com/[object Object]",
        "https://example.com/img/blank.gif",
        "https://example.com/spacer.png",
        "/img/default-cover.jpg",
        "/img/default_cover.webp?v=2",
        "/img/cover-default.png",
        "https://example.com/no-image.png",
        "/images/notfound.jpg",
        "https://example.com/loading.svg",
        "URL_of_your_image",
        "https://example.com/your-image.jpg",
        "path/to/image.jpg",
        "#",
        "",
    ],
)
def test_what_stands_where_no_picture_is_is_dropped(address: str) -> None:
    assert reason(candidate(address)) == "placeholder"


@pytest.mark.parametrize(
    "address",
    [
        "https://picsum.photos/id/237/400/300",
        "https://example.com/photos/404-main-street.jpg?x=1&random=2",
        "https://example.com/nullarbor.jpg",
        "https://example.com/falsework.jpg",
        "https://example.com/undefined-behaviour.png",
        "https://example.com/blankets.gif",
        "https://example.com/defaults/quay.jpg",
        "https://example.com/errors-in-maps/quay.jpg",
        "https://example.com/trueblue.jpg",
    ],
)
def test_what_only_sounds_like_a_placeholder_stays(address: str) -> None:
    assert reason(candidate(address)) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/user/avatar.jpg",
        "https://example.com/avatars/17.jpg",
        "https://avatars.example.com/u/17",
        "https://avatars2.example.com/u/17",
        "https://example.com/img/qrcode.png",
        "https://example.com/img/qr_code_2.png",
        "https://example.com/icons/arrow.png",
        "https://example.com/favicon.ico",
        "https://example.com/site-logo.png",
        "https://example.com/logo2x.png",
        "https://example.com/emoji/1f600.png",
        "https://badges.example.com/build.svg",
        "https://example.com/%E4%BA%8C%E7%BB%B4%E7%A0%81.png",
        "/images/头像.jpg",
    ],
)
def test_furniture_is_known_by_its_address(address: str) -> None:
    assert reason(candidate(address)) in FURNITURE


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/silicon.jpg",
        "https://example.com/lexicon/quay.jpg",
        "https://example.com/catalogo.jpg",
        "https://example.com/iconic-quay.jpg",
        "https://logo.example.com/quay.jpg",
        "https://example.com/emojional.jpg",
        "https://example.com/buttonwood.jpg",
        "https://example.com/aqr.jpg",
    ],
)
def test_furniture_is_read_word_by_word(address: str) -> None:
    assert reason(candidate(address)) == ""


@pytest.mark.parametrize("hints", ["avatar", "author bio wx-code", "扫描二维码", "site-logo", "article-icon", "emoji"])
def test_furniture_is_known_by_what_is_said_of_it(hints: str) -> None:
    assert reason(candidate(PHOTO, hints=hints)) in FURNITURE


@pytest.mark.parametrize("hints", ["silicon wafer", "lexicon", "wp-image-17 size-full", "figure"])
def test_what_is_said_of_a_picture_is_read_word_by_word(hints: str) -> None:
    assert reason(candidate(PHOTO, hints=hints)) == ""


@pytest.mark.parametrize(("width", "height"), [(1, 1), (0, None), (None, 2), (600, 1)])
def test_a_pixel_is_dropped(width: int | None, height: int | None) -> None:
    assert reason(candidate(PHOTO, width=width, height=height)) == "pixel"


@pytest.mark.parametrize(("width", "height"), [(20, 20), (47, None), (None, 16)])
def test_a_small_picture_is_dropped(width: int | None, height: int | None) -> None:
    assert reason(candidate(PHOTO, width=width, height=height)) == "small"


@pytest.mark.parametrize(("width", "height"), [(600, None), (600, 200), (None, 300)])
def test_a_picture_large_one_way_stays(width: int | None, height: int | None) -> None:
    assert reason(candidate(PHOTO, width=width, height=height)) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://mail.example.com/track/open?id=7",
        "https://example.com/pixel.gif?x=1",
        "https://stat.example.com/collect?v=1",
        "https://example.com/beacon.php",
    ],
)
def test_a_tracker_is_dropped(address: str) -> None:
    assert reason(candidate(address)) == "tracker"


def test_a_picture_inside_its_own_address_is_dropped() -> None:
    assert reason(candidate("data:image/png;base64,AAAA")) == "data"


def test_an_address_is_judged_once() -> None:
    verdicts = judge_pictures(card(PHOTO, PHOTO), Judge("The quay", body(candidate(PHOTO))), placeholders=())
    assert [verdict.address for verdict in verdicts] == [PHOTO]


def test_a_broken_address_is_judged_too() -> None:
    assert reason(candidate("http://[broken/quay.jpg")) == ""


@pytest.mark.parametrize(
    ("address", "key"),
    [
        (" cover.jpg ", "News/cover.jpg"),
        ("../cover.jpg", "cover.jpg"),
        ("/cover.jpg", "/cover.jpg"),
        ("//media.example.com/a.jpg", "//media.example.com/a.jpg"),
        (PHOTO, PHOTO),
        ("", ""),
    ],
)
def test_a_key_tells_pictures_of_different_folders_apart(address: str, key: str) -> None:
    assert picture_key("News/quay.md", address) == key


STORY = (
    "<p>The port authority said on Friday that the new quay would open next spring.</p>"
    "<p>The quay has room for twelve ships, and the authority expects them by May.</p>"
)


def verdicts(html: str, *named: str, title: str = "The quay") -> list[tuple[str, str]]:
    judge = Judge(title, read_body("News/quay.md", html, is_markdown=False))
    found = judge_pictures(card(*named), judge, placeholders=())
    return [(verdict.address.rpartition("/")[2], verdict.reason) for verdict in found]


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (f"{STORY}<img src={PHOTO}>", ""),
        (f"<img src={PHOTO}>{STORY}", ""),
        (f"{STORY}<a href=https://a.example/app><img src={PHOTO}></a>", "linked"),
        (f"{STORY}<a href={PHOTO}><img src={PHOTO}></a>", ""),
        (f"{STORY}<a href=https://a.example/2022/quay/><img src={PHOTO}></a>", ""),
        (f"{STORY}<a href=https://a.example/app><img src={PHOTO}></a><p>{STORY}</p>", ""),
        (f"{STORY}<p>扫码关注我们</p><img src={PHOTO}>", "beside an invitation"),
        (f"{STORY}<img src={PHOTO}><p>Scan to follow us</p>", "beside an invitation"),
        (f"<p>居民扫码即可进港。</p><img src={PHOTO}>{STORY}", ""),
        (f"{STORY}<div class=related><img src={PHOTO}></div>", "hint"),
        (f"{STORY}<div hidden><img src={PHOTO}></div>", "hidden"),
        (f"{STORY}<img src=https://a.example/banner-640x90.jpg>", "flat"),
        (f"<img src=https://a.example/quay-1024x768.jpg>{STORY}", ""),
        (f"<img src=https://a.example/static/header.png>{STORY}", "header"),
        (
            f"<figure><a href=/m/1><img src=https://a.example/thumb/q1.jpg></a><figcaption>A</figcaption></figure>{STORY}",
            "",
        ),
    ],
)
def test_a_picture_is_weighed_by_its_place_link_and_size(html: str, reason: str) -> None:
    assert verdicts(html)[0][1] == reason


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("https://a.example/2022/qrcode-market.jpg", "二维码的背后"),
        ("https://a.example/2022/new-logo.png", "The port has a new logo"),
        ("https://a.example/2022/emoji-set.png", "Which emojis are new"),
    ],
)
def test_a_picture_of_what_the_article_is_about_is_no_furniture(address: str, title: str) -> None:
    assert verdicts(f"<img src={address}>{STORY}", title=title)[0][1] == ""
    assert verdicts(f"<img src={address}>{STORY}")[0][1] != ""


def test_a_text_that_speaks_of_it_twice_is_about_it_too() -> None:
    html = "<p>码头贴出了二维码，扫一扫就能看到船期。</p><p>船员说，二维码怕水，贴在木桩上会掉。</p>"
    assert verdicts(f"<img src=https://a.example/qr-pier.jpg>{html}")[0][1] == ""


def test_a_doubtful_picture_that_only_the_front_matter_names_yields_to_the_bodys_own() -> None:
    doubtful = "https://a.example/issue/cover_s.jpg"
    assert verdicts(f"<img src={PHOTO}>{STORY}", doubtful) == [("cover_s.jpg", "not in the body"), ("quay.jpg", "")]
    assert verdicts(STORY, doubtful) == [("cover_s.jpg", "")]


def test_an_address_is_the_same_however_it_is_encoded() -> None:
    html = f"{STORY}<img src='https://a.example/港.jpg' width=40 height=40>"
    assert verdicts(html, "https://a.example/%E6%B8%AF.jpg")[0][1] == "small"


def test_what_stands_in_for_late_pictures_is_no_picture() -> None:
    html = f"<img src=https://a.example/v4/t.png data-original={PHOTO}>{STORY}"
    assert verdicts(html, "https://a.example/v4/t.png") == [("t.png", "placeholder"), ("quay.jpg", "")]


def test_a_long_alternative_text_tells_what_a_picture_shows_and_a_short_one_what_it_is() -> None:
    assert (
        verdicts(f"<img src={PHOTO} alt='A fake QR code sticker on a parking meter in the market'>{STORY}")[0][1] == ""
    )
    assert verdicts(f"<img src={PHOTO} alt='QR code'>{STORY}")[0][1] == "QR code"


def test_a_linked_picture_under_a_heading_that_announces_others_is_none() -> None:
    html = f"{STORY}<div><h4>Related articles</h4><a href='#'><img src={PHOTO}></a></div>{STORY}"
    assert verdicts(html)[0][1] == "under furniture"
    assert verdicts(html.replace("Related articles", "The new cranes"))[0][1] == ""


NAMES_OF_NOTHING = st.lists(
    st.sampled_from(["/", "no", "-", "image", ".png", "default", "_", "blank", "path/to/", "your", "k", "1x1", "nil"])
).map("".join)


@given(NAMES_OF_NOTHING, st.sampled_from(["", "i", "ſ", "İ", "ı", "K", "É"]), st.sampled_from([str.lower, str.upper]))
def test_no_case_makes_an_address_a_picture(address: str, more: str, write: Callable[[str], str]) -> None:
    written = write(address) + more
    is_none = any(re.search(pattern.pattern, written, re.IGNORECASE) for pattern in PLACEHOLDERS)
    assert (find_flaw(candidate(written), ()) == "placeholder") is is_none


def test_a_logo_is_one_however_a_tag_names_it() -> None:
    for notation in ("%7Basset%7D", "%7Bsite%7D/", "{static}/"):
        assert reason(candidate(f"{notation}logo.png")) == reason(candidate("logo.png")) == "logo"


def test_a_shared_picture_is_known_by_its_place_on_the_site() -> None:
    profile = Profile(shared_pictures=frozenset({picture_key("a/b.md", "%7Bsite%7D/img/cover.jpg")}))
    assert found(("/img/cover.jpg",), (candidate(OTHER),), profile=profile) == OTHER
