from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from msgspec.structs import replace as changed

from feeds.finish import FilePlace, FinishRules, make_entry
from feeds.finish.blocks import read_body
from feeds.model import ArticlePage, Card, Entry, Picture, Profile

NOON = datetime(2022, 7, 31, 12, tzinfo=UTC)
CARD = Card(
    path="News/Harbour/quay.md",
    id="tag:example.com,2000:quay",
    title="The new quay",
    publisher="Harbour Ledger",
    authors=("Jane Doe",),
    published=NOON,
    is_zoneless=False,
    updated=None,
    chains=(("News", "Harbour"),),
    tags=("tide",),
    pictures=(),
    permalink=None,
    description=None,
    language="en",
    is_draft=False,
)
RULES = FinishRules(summary_width=200, content="summary", placeholders=(), link_base=None, article_pages="missing")
FULL = replace(RULES, content="full")
NOTHING = Profile(shared_pictures=frozenset())
PAGE_URL = "https://feeds.example.com/articles/quay.html"
SENTENCE = "The new quay has room for twelve ships and opens next spring."
LOCAL = {
    "News/Harbour/a b.jpg": Picture(
        address="https://feeds.example.com/pictures/1.jpg", media_type="image/jpeg", length=7
    ),
    "images/图.png": Picture(address="https://feeds.example.com/pictures/2.png", media_type="image/png", length=9),
}


def find_local(places: Sequence[FilePlace]) -> Picture | None:
    return next((LOCAL[place.path] for place in places if place.path in LOCAL), None)


def finish(
    body: str = f"<p>{SENTENCE}</p>", *, card: Card = CARD, rules: FinishRules = RULES
) -> tuple[Entry, ArticlePage | None]:
    return make_entry(
        card,
        read_body(card.path, body, is_markdown=False),
        NOTHING,
        rules,
        local_picture=find_local,
        page_path="articles/quay.html",
        page_url=PAGE_URL,
    )


def picture_of(address: str, *, card: Card = CARD, rules: FinishRules = RULES) -> Picture | None:
    return finish(card=changed(card, pictures=(address,)), rules=rules)[0].picture


def link_of(address: str, *, card: Card = CARD, rules: FinishRules = FULL) -> str:
    return finish(f'<p>{SENTENCE} <a href="{address}">x</a></p>', card=card, rules=rules)[0].content_html


def test_an_entry_takes_from_its_card_what_is_settled() -> None:
    entry, _ = finish()
    assert (entry.id, entry.title, entry.published, entry.publisher) == (
        CARD.id,
        CARD.title,
        CARD.published,
        CARD.publisher,
    )
    assert (entry.authors, entry.categories, entry.tags, entry.language) == (CARD.authors, CARD.chains, CARD.tags, "en")


def test_a_card_without_a_date_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"News/Harbour/quay\.md"):
        finish(card=changed(CARD, published=None))


@pytest.mark.parametrize(("hours", "expected"), [(None, 0), (-5, 0), (5, 5)])
def test_updated_is_never_before_published(hours: int | None, expected: int) -> None:
    updated = None if hours is None else NOON + timedelta(hours=hours)
    assert finish(card=changed(CARD, updated=updated))[0].updated == NOON + timedelta(hours=expected)


def test_an_article_without_a_page_gets_one() -> None:
    entry, page = finish()
    assert entry.permalink == PAGE_URL
    assert page == ArticlePage(path="articles/quay.html", url=PAGE_URL, entry=entry, content_html=f"<p>{SENTENCE}</p>")


def test_an_article_with_a_page_keeps_it_and_gets_none() -> None:
    entry, page = finish(card=changed(CARD, permalink="https://example.com/quay"))
    assert (entry.permalink, page) == ("https://example.com/quay", None)


def test_without_article_pages_there_is_no_page() -> None:
    entry, page = finish(rules=replace(RULES, article_pages="none"))
    assert (entry.permalink, page) == (None, None)


def test_the_summary_is_the_content_unless_all_is_wanted() -> None:
    body = f"<p>{SENTENCE}</p><ul><li>One</li></ul>"
    assert finish(body)[0].content_html == f"<p>{SENTENCE}</p>"
    assert finish(body, rules=FULL)[0].content_html == body


def test_the_page_holds_the_whole_body_whatever_the_feed_holds() -> None:
    _, page = finish(f"<p>{SENTENCE}</p><ul><li>One</li></ul>")
    assert page is not None
    assert "<li>One</li>" in page.content_html


def test_the_summary_keeps_to_its_width() -> None:
    assert finish(rules=replace(RULES, summary_width=30))[0].summary == "The new quay has room for…"


def test_the_header_picture_stands_in_the_body_once() -> None:
    body = f'<p>{SENTENCE}</p><p><img src="https://media.example.com/a.jpg?x=1&amp;y=2"></p>'
    entry, page = finish(body, rules=FULL)
    assert entry.picture is not None
    assert entry.content_html.count("<img") == 1
    assert page is not None
    assert page.content_html.count("<img") == 1


def test_a_header_picture_of_the_front_matter_is_put_before_the_body() -> None:
    card = changed(CARD, pictures=("https://media.example.com/a.jpg",))
    entry, _ = finish(card=card, rules=FULL)
    assert entry.content_html.startswith('<p><img src="https://media.example.com/a.jpg"')


def test_a_proxied_header_picture_is_the_one_in_the_body() -> None:
    card = changed(CARD, pictures=("https://cors.example.com/?https://media.example.com/图 a.jpg",))
    entry, _ = finish(f'<p>{SENTENCE}</p><img src="https://media.example.com/图 a.jpg">', card=card, rules=FULL)
    assert entry.content_html.count("<img") == 1


@pytest.mark.parametrize("content", ["summary", "full"])
def test_content_is_never_empty(content: str) -> None:
    entry, _ = finish("", rules=replace(RULES, content=content))
    assert entry.content_html == "<p>The new quay</p>"
    assert entry.summary == ""


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("https://media.example.com/a.jpg", "image/jpeg"),
        ("https://media.example.com/a.JPEG?w=1", "image/jpeg"),
        ("https://media.example.com/a.png", "image/png"),
        ("https://media.example.com/a.webp#x", "image/webp"),
        ("https://media.example.com/a.svg", "image/svg+xml"),
        ("https://media.example.com/a?name=b.jpg", None),
        ("https://media.example.com/a.php", None),
        ("https://media.example.com/jpg", None),
        ("https://jpg", None),
    ],
)
def test_the_suffix_of_the_path_alone_tells_the_media_type(address: str, media_type: str | None) -> None:
    picture = picture_of(address)
    assert picture is not None
    assert (picture.media_type, picture.length) == (media_type, None)


def test_an_address_on_the_web_is_encoded_and_keeps_its_query() -> None:
    picture = picture_of("https://media.example.com/图 1.jpg?x=1,2&y=a b")
    assert picture is not None
    assert picture.address == "https://media.example.com/%E5%9B%BE%201.jpg?x=1,2&y=a%20b"


@pytest.mark.parametrize("address", ["a b.jpg", "./a%20b.jpg", "../Harbour/a b.jpg?v=2#x", "/News/Harbour/a b.jpg"])
def test_a_relative_picture_is_looked_for_in_the_archive(address: str) -> None:
    assert picture_of(address) == LOCAL["News/Harbour/a b.jpg"]


@pytest.mark.parametrize(
    "address", ["/images/图.png", "/images/%E5%9B%BE.png", "../../images/图.png", "//images/图.png"[1:]]
)
def test_a_leading_slash_means_the_root_of_the_archive(address: str) -> None:
    assert picture_of(address) == LOCAL["images/图.png"]


@pytest.mark.parametrize("address", ["../../../images/图.png", "/../etc/passwd", "..", ".", "?x", "a\0.jpg", "%00.jpg"])
def test_nothing_outside_the_archive_is_asked_for(address: str) -> None:
    asked: list[str] = []

    def local(places: Sequence[FilePlace]) -> None:
        asked.extend(place.path for place in places)

    make_entry(
        changed(CARD, pictures=(address,)),
        read_body(CARD.path, "", is_markdown=False),
        NOTHING,
        RULES,
        local_picture=local,
        page_path="articles/quay.html",
        page_url=PAGE_URL,
    )
    assert [path for path in asked if path.startswith((".", "/")) or "\0" in path] == []


def test_a_name_in_bytes_that_are_no_utf8_is_asked_for_as_the_archive_spells_it() -> None:
    asked: list[str] = []

    def local(places: Sequence[FilePlace]) -> None:
        asked.extend(place.path for place in places)

    make_entry(
        changed(CARD, pictures=("%FF.jpg",)),
        read_body(CARD.path, "", is_markdown=False),
        NOTHING,
        RULES,
        local_picture=local,
        page_path="articles/quay.html",
        page_url=PAGE_URL,
    )
    assert asked[0] == "News/Harbour/\udcff.jpg"


def test_a_picture_that_the_archive_lacks_is_taken_from_the_articles_own_page() -> None:
    picture = picture_of("ship.jpg", card=changed(CARD, permalink="https://example.com/news/quay.html"))
    assert picture is not None
    assert picture.address == "https://example.com/news/ship.jpg"


def test_a_picture_that_the_archive_lacks_is_taken_from_the_site() -> None:
    picture = picture_of("/img/ship.jpg", rules=replace(RULES, link_base="https://example.com/blog/"))
    assert picture is not None
    assert picture.address == "https://example.com/img/ship.jpg"


def test_a_picture_that_is_nowhere_is_none() -> None:
    assert picture_of("ship.jpg") is None


def test_a_local_picture_in_the_body_has_its_published_address() -> None:
    entry, _ = finish(f'<p>{SENTENCE}</p><img src="a b.jpg">', rules=FULL)
    assert '<img src="https://feeds.example.com/pictures/1.jpg"' in entry.content_html
    assert entry.picture == LOCAL["News/Harbour/a b.jpg"]


def test_a_local_picture_is_asked_for_once() -> None:
    asked: list[str] = []

    def local(places: Sequence[FilePlace]) -> Picture | None:
        asked.append(places[0].path)
        return find_local(places)

    make_entry(
        changed(CARD, pictures=("a b.jpg",)),
        read_body(CARD.path, '<img src="a b.jpg"><img src="a b.jpg">', is_markdown=False),
        NOTHING,
        FULL,
        local_picture=local,
        page_path="articles/quay.html",
        page_url=PAGE_URL,
    )
    assert asked == ["News/Harbour/a b.jpg"]


def test_further_placeholders_are_dropped() -> None:
    rules = replace(RULES, placeholders=(r"STAND-?IN",))
    assert picture_of("https://media.example.com/standin.jpg", rules=rules) is None


def test_relative_links_stand_against_the_articles_own_page() -> None:
    card = changed(CARD, permalink="https://example.com/news/quay.html")
    assert 'href="https://example.com/news/tide.html"' in link_of("tide.html", card=card)


def test_relative_links_stand_against_the_site_when_the_article_has_no_page() -> None:
    rules = replace(FULL, link_base="https://example.com/blog/")
    assert 'href="https://example.com/blog/tide.html"' in link_of("tide.html", rules=rules)


def test_relative_links_without_any_base_are_text() -> None:
    assert link_of("tide.html") == f"<p>{SENTENCE} x</p>"


@pytest.mark.parametrize("address", ["mailto:jane@example.com?subject=Tide", "tel:+1-555-0100"])
def test_links_to_people_stay(address: str) -> None:
    assert f'href="{address}"' in link_of(address)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://example.com/", "mailto:a b", "#", ""]
)
def test_links_that_lead_nowhere_are_text(address: str) -> None:
    assert link_of(address, card=changed(CARD, permalink="https://example.com/q")) in (
        f"<p>{SENTENCE} x</p>",
        f'<p>{SENTENCE} <a href="https://example.com/q" rel="noopener noreferrer">x</a></p>',
    )


def test_a_link_within_the_page_leads_to_the_articles_own_page() -> None:
    assert f'href="{PAGE_URL}#tide"' in link_of("#tide")
    card = changed(CARD, permalink="https://example.com/q")
    assert 'href="https://example.com/q#tide"' in link_of("#tide", card=card)


def test_a_link_within_the_page_of_an_article_without_page_is_text() -> None:
    rules = replace(FULL, article_pages="none", link_base="https://example.com/")
    assert link_of("#tide", rules=rules) == f"<p>{SENTENCE} x</p>"


@given(st.text(max_size=60), st.text(max_size=200), st.booleans())
def test_any_article_can_be_finished(address: str, body: str, is_full: bool) -> None:
    card = changed(CARD, pictures=(address,))
    entry, page = finish(
        f'<p>{body}<a href="{address}">{body}</a><img src="{address}">', card=card, rules=FULL if is_full else RULES
    )
    assert entry.content_html
    assert page is not None
    assert entry.picture is None or entry.picture.address.isascii()
    (entry.content_html + page.content_html).encode()


def test_a_picture_proxy_stands_before_what_is_not_ours_everywhere() -> None:
    rules = replace(FULL, image_proxy="https://images.example/?url=")
    body = f"<p>{SENTENCE}</p><img src='https://a.example/x.png'><img src='a b.jpg'>"
    entry, _ = finish(body, card=changed(CARD, pictures=("https://a.example/quay.jpg",)), rules=rules)
    assert entry.picture is not None
    assert entry.picture.address == "https://images.example/?url=https%3A%2F%2Fa.example%2Fquay.jpg"
    assert entry.picture.media_type == "image/jpeg"
    assert "https://images.example/?url=https%3A%2F%2Fa.example%2Fx.png" in entry.content_html
    assert 'src="https://feeds.example.com/pictures/1.jpg"' in entry.content_html


def test_every_article_gets_a_page_if_that_is_wanted_and_its_own_address_stays_its_link() -> None:
    body = f'<p>{SENTENCE}<a href="#note">1</a></p><p id="note">Nobody knows.</p>'
    card = changed(CARD, permalink="https://example.com/quay")
    for rules in (RULES, FULL):
        without, _ = finish(body, card=card, rules=rules)
        entry, page = finish(body, card=card, rules=replace(rules, article_pages="all"))
        assert entry == without
        assert page is not None
        assert (page.url, page.entry) == (PAGE_URL, entry)
        assert f'href="{PAGE_URL}#note"' in page.content_html
