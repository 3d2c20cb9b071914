"""Zola's addresses; no registry has it, so these are examples of its documentation and of its own tests."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from feeds.model import Value
from feeds.normalise import CardRules, make_card
from feeds.normalise.permalinks import AddressRules
from feeds.normalise.permalinks.rules import Option
from tests.articles import make_article


def address(path: str, front_matter: Mapping[str, Value] | None = None, **options: Option) -> str | None:
    rules = CardRules(
        tag_prefix="tag:x,2000:",
        zone=None,
        is_flat=False,
        permalink=None,
        site_url="https://site.example/",
        addresses=AddressRules(generator="zola", options=tuple(options.items()), site_url="https://site.example/"),
    )
    found = make_card(make_article({"title": "T", "date": "2024-01-02", **(front_matter or {})}, path=path), rules)[0]
    return found.permalink.removeprefix("https://site.example") if found.permalink else None


@pytest.mark.parametrize(
    ("path", "front_matter", "expected"),
    [
        ("posts/intro/start.md", {"slug": "hello-world"}, "/posts/intro/hello-world/"),
        ("start.md", {"slug": "hello-world"}, "/hello-world/"),
        ("file with space.md", {}, "/file-with-space/"),
        ("file-with_ext.md", {}, "/file-with-ext/"),
        ("posts/intro.md", {"path": "hello-world"}, "/hello-world/"),
        ("posts/intro.md", {"path": "/hello/World/", "slug": "lost"}, "/hello/World/"),
        ("posts/with-assets/index.md", {}, "/posts/with-assets/"),
        ("posts/with-assets/index.md", {"slug": "hey"}, "/posts/hey/"),
        ("2018-10-08_hello.md", {}, "/hello/"),
        ("2018-10-08-hello.md", {}, "/hello/"),
        ("2018-10-02T15:00:00Z-hello.md", {}, "/hello/"),
        ("2018-10-08 - hello.md", {}, "/hello/"),
        ("2018-10-08.md", {}, "/2018-10-08/"),
        ("2018-13-08-hello.md", {}, "/2018-13-08-hello/"),
        ("posts/2018-10-08_with-assets/index.md", {}, "/posts/with-assets/"),
        ("My Section/C++ (a.b).md", {}, "/My%20Section/c-a-b/"),
        ("héhé.md", {}, "/hehe/"),
        ("index.md", {}, "/"),
    ],
)
def test_addresses_come_from_names_slugs_and_paths(path: str, front_matter: Mapping[str, Value], expected: str) -> None:
    assert address(path, front_matter) == expected


@pytest.mark.parametrize(
    ("strategy", "expected"), [("safe", "/test%20(hey)/"), ("off", "/test%20(hey)*./"), ("on", "/test-hey/")]
)
def test_the_setting_says_how_paths_are_slugs(strategy: str, expected: str) -> None:
    assert address("test (hey)*..md", slugify=(("paths", strategy),)) == expected


def test_dates_may_be_kept() -> None:
    assert address("2018-10-08-hello.md", slugify=(("paths_keep_dates", True),)) == "/2018-10-08-hello/"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("hello.fr.md", "/fr/hello/"),
        ("hello.en.md", "/hello-en/"),
        ("hello.md", "/hello/"),
        ("posts/bundle/index.fr.md", "/fr/posts/bundle/"),
        ("2018-10-08_hello.fr.md", "/fr/hello/"),
    ],
)
def test_another_language_has_a_folder(path: str, expected: str) -> None:
    assert address(path, languages=(("fr", ""), ("en", ""))) == expected


def test_pictures_in_names_have_no_known_address() -> None:
    assert address("wave 🌊.md") is None
