"""What an address in an article may mean: which files are looked for, in which order, and which article."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from feeds.finish.local import (
    FilePlace,
    Surroundings,
    address_of_file,
    find_article,
    find_files,
    is_article_alone,
    plain,
    read_notation,
    written,
)

PAGE = "https://example.org/blog/2021/quay/"
AROUND = Surroundings(path="posts/quay.md", permalink=PAGE, site_url="https://example.org/blog/", static=1, beside="")
BARE = Surroundings(path="posts/quay.md", permalink=None, site_url=None, static=0)
BUNDLE = replace(AROUND, path="posts/quay/index.md", beside="bundle", static=0)
HEXO = replace(AROUND, beside="folder", static=0)


def paths(address: str, around: Surroundings = AROUND) -> list[str]:
    return [place.path for place in find_files(address, around)]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("a.png", ["posts/a.png", "posts/quay/a.png", "/0/2021/quay/a.png", "/0/a.png", "a.png"]),
        ("../a.png", ["a.png", "/0/2021/a.png", "/0/a.png"]),
        ("../../a.png", ["../a.png", "/0/a.png", "a.png"]),
        ("/img/a.png", ["/0/img/a.png", "img/a.png"]),
        ("/blog/img/a.png", ["/0/img/a.png", "img/a.png", "/0/blog/img/a.png", "blog/img/a.png"]),
        ("/../../a.png", ["/0/a.png", "a.png"]),
        ("https://example.org/blog/a.png?x=1", ["/0/a.png"]),
        ("http://example.org/blog/a.png", ["/0/a.png"]),
        ("//example.org/blog/../../a.png", ["/0/a.png"]),
        ("https://example.org/a.png", []),
        ("https://example.com/blog/a.png", []),
        ("{site}/img/a.png", ["/0/img/a.png", "img/a.png"]),
        ("%7Bsite%7D%7Bsite%7D/blog/a.png", ["/0/a.png", "a.png", "/0/blog/a.png", "blog/a.png"]),
        ("{{ site.url }}{{ site.baseurl }}/a.png", ["/0/a.png", "a.png"]),
        ("{{ '/a.png' | relative_url }}", ["/0/a.png", "a.png"]),
        ("{static}/img/a.png", ["img/a.png"]),
        ("{static}img/a.png", ["posts/img/a.png"]),
        ("|filename|/img/a.png", ["img/a.png"]),
        ("{attach}a.png", ["posts/a.png"]),
        ("{asset}a.png", ["posts/quay/a.png", "posts/a.png"]),
        ("%7Bfile%7Da.png", ["posts/a.png", "**/a.png"]),
        ("@/img/a.png", ["/0/img/a.png", "img/a.png"]),
        ("{tag}a.png", []),
        ("{article}a.png", []),
        ("{unknown}a.png", ["posts/{unknown}a.png", "posts/quay/{unknown}a.png"]),
        ("a%20b.png", ["posts/a b.png", "posts/quay/a b.png"]),
        ("", []),
        ("#x", []),
        ("?x", []),
        ("..", []),
        ("a\0.png", []),
    ],
)
def test_where_a_picture_is_looked_for(address: str, expected: list[str]) -> None:
    assert paths(address)[: len(expected) or None] == expected


def test_without_folders_of_the_site_nothing_out_of_the_archive_is_looked_for() -> None:
    assert paths("../../a.png", BARE) == ["a.png"]
    assert paths("https://example.org/blog/a.png", BARE) == []


@pytest.mark.parametrize(
    ("around", "address", "place"),
    [
        (BUNDLE, "img/a b.png", FilePlace("posts/quay/img/a b.png", f"{PAGE}img/a%20b.png")),
        (BUNDLE, "../a.png", FilePlace("posts/a.png", None)),
        (replace(BUNDLE, permalink=None), "a.png", FilePlace("posts/quay/a.png", None)),
        (replace(BUNDLE, permalink="https://example.org/quay.html"), "a.png", FilePlace("posts/quay/a.png", "https://example.org/quay/a.png")),
        (replace(BUNDLE, path="posts/quay/index.zh.md"), "a.png", FilePlace("posts/quay/a.png", None)),
        (replace(BUNDLE, path="posts/quay.md"), "a.png", FilePlace("posts/a.png", None)),
        (HEXO, "quay/a.png", FilePlace("posts/quay/a.png", f"{PAGE}a.png")),
        (HEXO, "a.png", FilePlace("posts/a.png", None)),
        (AROUND, "quay/a.png", FilePlace("posts/quay/a.png", None)),
        (AROUND, "{asset}a.png", FilePlace("posts/quay/a.png", f"{PAGE}a.png")),
        (AROUND, "{static}/a.png", FilePlace("a.png", "https://example.org/blog/a.png")),
        (AROUND, "{attach}../x/a.png", FilePlace("x/a.png", f"{PAGE}a.png")),
    ],
)  # fmt: skip
def test_what_the_site_serves_with_an_article_has_its_address_there(
    around: Surroundings, address: str, place: FilePlace
) -> None:
    assert next(find_files(address, around)) == place


def test_a_picture_in_the_folder_of_an_articles_name_is_found_by_its_name_alone() -> None:
    assert FilePlace("posts/quay/a.png", f"{PAGE}a.png") in [*find_files("a.png", HEXO)]


@pytest.mark.parametrize(
    ("address", "question"),
    [
        ("ice.md", "posts/ice.md"),
        ("../news/ice.md#part", "news/ice.md"),
        ("/news/ice.markdown", "news/ice.markdown"),
        ("b%20c.md", "posts/b c.md"),
        ("ice.html", "posts/ice.html"),
        ("{filename}ice.rst", "posts/ice.rst"),
        ("{filename}/news/ice.rst", "**/news/ice.rst"),
        ("@/news/ice.md", "**/news/ice.md"),
        ("{article}ice", "**/ice"),
        ("{article}news/ice#part", "**/news/ice"),
        ("ice", None),
        ("a.png", None),
        ("https://example.com/a.md", None),
        ("//example.com/a.md", None),
        ("{static}/a.md", None),
        ("{article}", None),
        ("", None),
    ],
)
def test_which_article_a_link_means(address: str, question: str | None) -> None:
    assert find_article(address, AROUND) == question


@pytest.mark.parametrize("address", ["ice.md", "ice.md#x", "{article}ice", "@/ice.md", "{filename}x.md", "{tag}tide"])
def test_a_link_to_an_article_that_is_not_there_leads_nowhere(address: str) -> None:
    assert is_article_alone(address)


@pytest.mark.parametrize("address", ["ice.html", "ice/", "https://github.com/a/b.md", "//example.com/a.md", "x?a=b.md"])
def test_other_links_may_lead_elsewhere(address: str) -> None:
    assert not is_article_alone(address)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("{site}/a/", "https://example.org/blog/a/"),
        ("{site}", "https://example.org/blog/"),
        ("{site}/blog/a/", "https://example.org/blog/a/"),
        ("{index}", "https://example.org/blog/"),
        ("{static}/a b.pdf", "https://example.org/blog/a%20b.pdf"),
        ("{static}a.pdf", "https://example.org/blog/posts/a.pdf"),
        ("{static}../../a.pdf", None),
        ("{attach}x/a.pdf", f"{PAGE}a.pdf"),
        ("{asset}a.pdf", f"{PAGE}a.pdf"),
    ],
)
def test_a_notation_has_its_address_on_the_site(address: str, expected: str | None) -> None:
    assert address_of_file(address, AROUND) == expected


@pytest.mark.parametrize("address", ["{site}/a/", "{index}", "{static}/a.pdf", "{attach}a.pdf", "{asset}a.pdf"])
def test_without_a_site_a_notation_has_no_address(address: str) -> None:
    assert address_of_file(address, BARE) is None


@given(st.sampled_from(["article", "asset", "site", "file"]), st.text(min_size=1))
def test_what_is_written_is_read_wherever_it_stands(name: str, rest: str) -> None:
    there = written(name, rest)
    assert not set(there) & set(' <>()[]{}"`|\\\n')
    assert read_notation(there) == (name, there.removeprefix(f"%7B{name}%7D"))
    if not set(rest) & set("%#"):
        assert unquote(read_notation(there)[1]) == rest


@given(st.text(alphabet="ab./%{}|@~#?:\\ staicrfilenmx\0é", max_size=30), st.sampled_from([AROUND, BUNDLE, HEXO, BARE]))
def test_no_path_leads_out_of_the_archive_but_one_that_may_lead_into_the_sites_folders(
    address: str, around: Surroundings
) -> None:
    for place in find_files(address, around):
        path = place.path.removeprefix("/0/").removeprefix("**/")
        assert not path.startswith("/")
        assert "\0" not in path
        assert ".." not in path.split("/") or (around.static and path == place.path)


@given(
    st.text(max_size=40).map(lambda text: text.replace("x", "\ud800")), st.sampled_from([AROUND, BUNDLE, HEXO, BARE])
)
def test_whatever_an_address_is_there_is_an_answer(address: str, around: Surroundings) -> None:
    assert len({place.path for place in find_files(address, around)}) < 20
    assert plain(address) is not None
    assert is_article_alone(address) in (True, False)
    for found in (find_article(address, around), address_of_file(address, around)):
        assert found is None or found
