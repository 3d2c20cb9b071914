from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds.addresses import absolute, encode, encode_path, has_scheme, proxy, unproxy

SITE = "https://example.com/blog/"
ANY_TEXT = st.text(st.characters())
"""Lone surrogates too."""
ADDRESSES = st.builds(
    "{}://{}/{}?{}#{}".format,
    st.sampled_from(["http", "HTTPS", "ftp", "data", ""]),
    st.one_of(st.sampled_from(["example.com", "例.example", "[::1]:80", "a:b@h", "[fe80::1%é]"]), ANY_TEXT),
    ANY_TEXT,
    ANY_TEXT,
    ANY_TEXT,
)


@pytest.mark.parametrize(
    ("address", "encoded"),
    [
        ("http://例.example/图 1.png", "http://xn--fsq.example/%E5%9B%BE%201.png"),
        ("https://example.com/a%20b%E5", "https://example.com/a%20b%E5"),
        ("https://example.com/100%/a%zz", "https://example.com/100%25/a%25zz"),
        ("https://example.com/a[1].jpg?b=[2]", "https://example.com/a%5B1%5D.jpg?b=%5B2%5D"),
        ("https://example.com/x:large,c_1//y", "https://example.com/x:large,c_1//y"),
        ("HTTPS://Example.COM/A", "https://example.com/A"),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://example.com:8443/", "https://example.com:8443/"),
        ("https://me:p%zz@example.com/", "https://me:p%25zz@example.com/"),
        ("http://[::1]/a", "http://[::1]/a"),
        ("http://[fe80::1%é]/a", None),
        ("https://example.com/\udcff", "https://example.com/%FF"),
        ("https://example.com/\ud800", None),
        ("https://example.com:port/", None),
        ("https://exa mple.com/", None),
        ("https:///a", None),
        ("ftp://example.com/a", None),
        ("javascript:alert(1)", None),
        ("/a.png", None),
        ("", None),
    ],
)
def test_an_address_is_encoded_or_no_web_address(address: str, encoded: str | None) -> None:
    assert encode(address) == encoded


@given(ADDRESSES | ANY_TEXT)
@example("http://a%@h/%")
def test_encoding_twice_is_encoding_once(address: str) -> None:
    once = encode(address)
    assert once is None or encode(once) == once


@given(ADDRESSES)
def test_an_encoded_address_holds_only_what_an_address_may_hold(address: str) -> None:
    encoded = encode(address)
    if encoded is not None:
        assert re.fullmatch(r"https?://[!-~]+", encoded)
        assert not set(encoded) & set('"<>\\^`{|} ')
        assert urlsplit(encoded).hostname


@given(ANY_TEXT.filter(lambda text: not re.search("[\ud800-\udfff]", text)))
def test_an_encoded_path_survives_encoding_as_an_address(path: str) -> None:
    written = "https://example.com/x/" + encode_path(path)
    assert encode(written) == written


@pytest.mark.parametrize(
    ("address", "base", "resolved"),
    [
        ("a.png", SITE, "https://example.com/blog/a.png"),
        ("/a.png", SITE, "https://example.com/a.png"),
        ("../图.png", SITE, "https://example.com/%E5%9B%BE.png"),
        ("//cdn.example.com/a.png", None, "https://cdn.example.com/a.png"),
        ("//cdn.example.com/a.png", "http://example.com/", "http://cdn.example.com/a.png"),
        ("https://example.com/a\n b.png", None, "https://example.com/a%20b.png"),
        ("\ufeffhttps://example.com/a.png\u200b", None, "https://example.com/a.png"),
        ("a.png", None, None),
        ("data:image/png;base64,AAAA", SITE, None),
        ("mailto:me@example.com", SITE, None),
        ("//[broken", SITE, None),
        (" \t", SITE, None),
    ],
)
def test_an_address_is_resolved_against_its_base(address: str, base: str | None, resolved: str | None) -> None:
    assert absolute(address, base) == resolved


@given(ANY_TEXT, st.sampled_from([None, SITE]))
def test_no_text_makes_resolving_fail(address: str, base: str | None) -> None:
    resolved = absolute(address, base)
    assert resolved is None or encode(resolved) == resolved


@pytest.mark.parametrize(
    ("address", "real"),
    [
        ("https://cors.example/?http://real.example/a.jpg", "http://real.example/a.jpg"),
        ("https://cors.example/?https%3A%2F%2Freal.example%2Fa.jpg", "https://real.example/a.jpg"),
        ("https://proxy.example/?url=http%3A%2F%2Freal.example%2Fa.jpg&w=400", "http://real.example/a.jpg"),
        ("https://a.example/?https://b.example/?src=http://c.example/d.png", "http://c.example/d.png"),
        ("https://real.example/a.jpg?w=400&h=300", "https://real.example/a.jpg?w=400&h=300"),
        (
            "https://real.example/a.jpg?ref=https://example.com/",
            "https://real.example/a.jpg?ref=https://example.com/",
        ),
        ("https://real.example/https://b.example/c.jpg", "https://real.example/https://b.example/c.jpg"),
    ],
)
def test_a_proxy_in_front_of_a_picture_goes(address: str, real: str) -> None:
    assert unproxy(address) == real


@given(ANY_TEXT)
def test_no_text_makes_unproxying_fail(address: str) -> None:
    unproxy("https://proxy.example/?" + address)


@pytest.mark.parametrize(
    ("address", "has"),
    [("data:,x", True), ("git+ssh://h", True), ("a/b:c", False), ("/a", False), (":a", False)],
)
def test_a_scheme_stands_before_the_first_colon(address: str, has: bool) -> None:
    assert has_scheme(address) is has


@pytest.mark.parametrize("prefix", ["https://images.example/?url=", "https://images.example/?"])
def test_a_proxy_put_before_an_address_can_be_taken_off(prefix: str) -> None:
    address = "https://a.example/%E5%9B%BE.jpg?w=400&h=3"
    assert unproxy(proxy(address, prefix)) == address
    assert encode(proxy(address, prefix)) == proxy(address, prefix)


def test_a_proxy_of_paths_takes_the_address_as_it_is() -> None:
    assert proxy("https://a.example/b.jpg", "https://i.example/") == "https://i.example/https://a.example/b.jpg"
