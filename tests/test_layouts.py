"""Pictures and links as the sites of each generator lay them out, from files to feeds."""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest

import feeds.pipeline
from feeds import Config, build
from feeds.config.places import find_places
from feeds.errors import ArchiveError, ProblemKind
from feeds.pipeline.explain import explain
from feeds.pipeline.report import Report
from feeds.pipeline.validate import validate
from feeds.publish import MANIFEST
from feeds.validate import Level

NOW = datetime(2022, 1, 1, tzinfo=UTC)
SITE = "https://example.org/"
BLOG = "https://example.org/blog/"


def png(width: int = 640, height: int = 480) -> bytes:
    """Return a picture of a size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + b"pixels"


def article(body: str, *, day: int = 1, **front_matter: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in front_matter.items())
    return f"---\ntitle: Day {day}\ndate: 2021-03-{day:02}\n{lines}---\n{body}\n"


class Place:
    """A folder with a site's files in it, and what comes of them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reports: list[Report] = []

    def lay(self, files: Mapping[str, str | bytes]) -> None:
        for name, content in files.items():
            place = self.root / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())

    def config(self, archive: str, **settings: Any) -> Config:
        static = tuple(self.root / name for name in settings.pop("static", ()))
        given = {"content": "full", "base_url": "https://feeds.example.org/", **settings}
        return Config(archive=self.root / archive, output=self.root / "out", static=static, **given)

    def build(self, archive: str, **settings: Any) -> dict[str, Any]:
        """Build, hold that nobody finds anything wrong with it, and return the items by title."""
        config = self.config(archive, **settings)
        self.reports.append(build(config, now=NOW))
        assert [one for one in validate(config.output, now=NOW).findings if one.level is Level.ERROR] == []
        for name in ("rss.xml", "atom.xml"):
            assert not feedparser.parse((config.output / name).read_bytes()).bozo
        items = json.loads((config.output / "feed.json").read_bytes())["items"]
        return {item["title"]: item for item in items}

    def one(self, archive: str, **settings: Any) -> Any:
        (item,) = self.build(archive, **settings).values()
        return item


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def sources(item: Mapping[str, Any]) -> list[str]:
    return re.findall(r'<img src="([^"]*)"', item["content_html"])


def links(item: Mapping[str, Any]) -> dict[str, str]:
    return {text: address for address, text in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', item["content_html"])}


def test_hugo_page_bundles_and_static(place: Place) -> None:
    place.lay(
        {
            "content/posts/quay/index.md": article(
                "The quay has room for twelve ships.\n\n![](pier.png) ![](/img/ship.png) ![](img/ship.png)\n\n"
                '[ice]({{< ref "ice.md" >}}) [again]({{< relref "/posts/ice#part" >}}) [gone]({{< ref "gone" >}})',
                day=2,
                link="/posts/quay/",
                cover="{image: pier.png, relative: true}",
            ),
            "content/posts/quay/pier.png": png(800, 600),
            "content/posts/ice.md": article("Ice.", link="/posts/ice/"),
            "static/img/ship.png": png(),
        }
    )
    item = place.build("content", site_url=SITE, static=["static"])["Day 2"]
    copy, ship, again = sources(item)
    assert ship == again == f"{SITE}img/ship.png"
    assert copy.startswith("https://feeds.example.org/pictures/")
    assert item["image"] == copy
    assert item["attachments"] == [{"url": copy, "mime_type": "image/png", "size_in_bytes": len(png(800, 600))}]
    assert links(item) == {"ice": f"{SITE}posts/ice/", "again": f"{SITE}posts/ice/#part"}
    assert "gone" in item["content_html"]
    rss = (place.root / "out/rss.xml").read_text("utf-8")
    assert (
        f'<media:content url="{copy}" fileSize="39" type="image/png" medium="image" width="800" height="600"/>' in rss
    )
    assert f'<enclosure url="{copy}" length="39" type="image/png"/>' in rss


def test_hexo_asset_folders_and_source(place: Place) -> None:
    place.lay(
        {
            "source/_posts/quay.md": article(
                "The quay.\n\n{% asset_img pier.png The pier %}\n\n![](/images/ship.png) ![](pier.png)\n\n"
                "{% post_link ice 'The ice' %} {% asset_link plan.pdf Plan %} {% post_link 'old/map' %} "
                "[map]({% post_path old/map %}) {% asset_img away.png %}",
                day=3,
                link="/2021/quay.html",
            ),
            "source/_posts/quay/pier.png": png(),
            "source/_posts/old/map.md": article("Map.", day=2, link="/2021/map.html"),
            "source/_posts/2021-03-01-ice.md": article("Ice.", link="/2021/ice.html"),
            "source/images/ship.png": png(),
        }
    )
    item = place.build("source/_posts", site_url=SITE, static=["source"])["Day 3"]
    pier, ship, again, away = sources(item)
    assert (pier, ship, away) == (f"{SITE}2021/quay/pier.png", f"{SITE}images/ship.png", f"{SITE}2021/quay/away.png")
    assert again.startswith("https://feeds.example.org/pictures/")
    assert links(item) == {
        "The ice": f"{SITE}2021/ice.html",
        "Plan": f"{SITE}2021/quay/plan.pdf",
        "map": f"{SITE}2021/map.html",
    }


def test_jekyll_assets_and_base_address(place: Place) -> None:
    place.lay(
        {
            "_posts/2021-03-02-quay.md": article(
                "The quay.\n\n![]({{ site.baseurl }}/assets/a.png) ![]({{ '/assets/b.png' | relative_url }}) "
                "![]({{ site.url }}{{ site.baseurl }}/assets/c.png) ![](/blog/assets/a.png) ![](/assets/b.png)\n\n"
                "[post]({% post_url 2021-03-01-ice %}) [link]({% link _posts/2021-03-01-ice.md %}) "
                "[file]({% link assets/plan.pdf %}) [about]({{ site.baseurl }}/about/)",
                day=2,
                image="'{{ site.baseurl }}/assets/a.png'",
                link="/2021/quay.html",
            ),
            "_posts/2021-03-01-ice.md": article("Ice.", link="/2021/ice.html"),
            **{f"assets/{name}.png": png() for name in "abc"},
        }
    )
    item = place.build("_posts", site_url=BLOG, static=["."])["Day 2"]
    a, b, c = (f"{BLOG}assets/{name}.png" for name in "abc")
    assert sources(item) == [a, b, c, a, b]
    assert item["image"] == a
    assert links(item) == {
        "post": "https://example.org/2021/ice.html",
        "link": "https://example.org/2021/ice.html",
        "file": f"{BLOG}assets/plan.pdf",
        "about": f"{BLOG}about/",
    }


def test_pelican_notations(place: Place) -> None:
    place.lay(
        {
            "content/news/quay.md": article(
                "The quay.\n\n![]({static}/images/a.png) ![](|static|/images/a.png) ![]({attach}near.png) "
                "![]({filename}../images/a.png) ![]({static}/images/away.png)\n\n"
                "[ice]({filename}/news/ice.rst) [again]({filename}ice.rst) [plan]({static}/pdfs/plan.pdf) "
                "[beside]({attach}plan.pdf) [home]({index}) [tag]({tag}tide) [gone]({filename}gone.md)",
                day=2,
                link="/news/quay.html",
                image="'{static}/images/a.png'",
            ),
            "content/news/near.png": png(10, 1000),
            "content/news/ice.rst": "Ice\n###\n\n:date: 2021-03-01\n:link: /news/ice.html\n\n"
            "See `quay <{filename}quay.md>`_.\n",
            "content/images/a.png": png(),
        }
    )
    items = place.build("content", site_url=SITE)
    item = items["Day 2"]
    a = f"{SITE}images/a.png"
    assert sources(item) == [a, a, f"{SITE}news/near.png", a, f"{SITE}images/away.png"]
    assert item["image"] == a
    assert links(item) == {
        "ice": f"{SITE}news/ice.html",
        "again": f"{SITE}news/ice.html",
        "plan": f"{SITE}pdfs/plan.pdf",
        "beside": f"{SITE}news/plan.pdf",
        "home": SITE,
    }
    assert links(items["Ice"]) == {"quay": f"{SITE}news/quay.html"}


def test_zola_internal_links_and_its_files_beside_articles(place: Place) -> None:
    place.lay(
        {
            "content/blog/quay/index.md": article(
                "The quay.\n\n![](pier.png)\n\n[ice](@/blog/ice.md#part) [gone](@/blog/gone.md)", day=2, link="/quay/"
            ),
            "content/blog/quay/pier.png": png(),
            "content/blog/ice.md": article("Ice.", link="/blog/ice/"),
        }
    )
    item = place.build("content", site_url=SITE, static=[])["Day 2"]
    assert links(item) == {"ice": f"{SITE}blog/ice/#part"}
    assert "gone" in item["content_html"]
    assert len(sources(item)) == 1


def test_astro_keeps_pictures_beside_its_content(place: Place) -> None:
    place.lay(
        {
            "src/content/blog/quay.md": article(
                "The quay.\n\n![](../../assets/a.png) ![](~/assets/a.png) ![](@/assets/a.png) ![](/public.png)",
                heroImage="../../assets/a.png",
                hero="../../assets/a.png",
                link="/blog/quay/",
            ),
            "src/assets/a.png": png(),
            "public/public.png": png(7, 9),
        }
    )
    item = place.one("src", include=("content/",), site_url=SITE, static=["public"])
    first, *others, public = sources(item)
    assert first.startswith("https://feeds.example.org/pictures/")
    assert [*others, item["image"]] == [first, first, first]
    assert public == f"{SITE}public.png"


def test_mkdocs_serves_its_articles_folder(place: Place) -> None:
    place.lay(
        {
            "docs/guide/quay.md": article(
                "The quay.\n\n![](img/a.png) ![](../img/b.png)\n\n[ice](../news/ice.md#part) [gone](gone.md)",
                day=2,
                link="/guide/quay/",
            ),
            "docs/guide/img/a.png": png(),
            "docs/img/b.png": png(),
            "docs/news/ice.md": article("Ice.", link="/news/ice/"),
        }
    )
    item = place.build("docs", site_url=SITE, static=["docs"])["Day 2"]
    assert sources(item) == [f"{SITE}guide/img/a.png", f"{SITE}img/b.png"]
    assert links(item) == {"ice": f"{SITE}news/ice/#part"}


def test_obsidians_links_and_pictures_are_found_by_name(place: Place) -> None:
    place.lay(
        {
            "notes/quay.md": article(
                "See [[Ice|the ice]], [[Gone]] and [[deep/Ice#Part]].\n\n![[pier 1.png|300]] ![[away.png]]", day=2
            ),
            "notes/deep/Ice.md": article("Ice."),
            "notes/attachments/pier 1.png": png(),
        }
    )
    item = place.build("notes", article_pages="all")["Day 2"]
    page = place.build("notes", article_pages="all")["Day 1"]["url"]
    assert links(item) == {"the ice": page, "deep/Ice › Part": page}
    assert "Gone" in item["content_html"]
    assert len(sources(item)) == 1
    assert [problem.kind for problem in place.reports[0].problems] == [ProblemKind.BROKEN_PICTURE]


def test_without_pages_that_stay_a_link_to_an_article_without_an_address_is_its_text(place: Place) -> None:
    place.lay({"notes/a.md": article("See [[b]] and [b](b.md)."), "notes/b.md": article("B.", day=2)})
    assert links(place.build("notes")["Day 1"]) == {}


def test_a_copy_whose_page_may_not_be_written_is_not_linked(place: Place) -> None:
    twin = article("The very same.", day=2)
    place.lay({"notes/a.md": article("See [[b]]."), "notes/b.md": twin, "notes/c.md": twin})
    assert links(place.build("notes", article_pages="all")["Day 1"]) == {}


@pytest.mark.parametrize(
    "written",
    [
        "img/a%20(1).png",
        "<img/a (1).png>",
        "img\\a%20(1).png",
        "./img/../img/a%20(1).png",
        "img/a%20(1).PNG",
        "IMG/A%20(1).png",
        "img/a%20(1).png?raw=true",
        "img/a%20(1).png#x",
        "/img/a%20(1).png",
        "../img/a%20(1).png",
        "//example.org/img/a%20(1).png",
        "https://example.org/img/a%20(1).png?v=2",
    ],
)
def test_however_a_picture_of_the_site_is_written_it_is_found(place: Place, written: str) -> None:
    place.lay({"posts/quay.md": article(f"![]({written})", link="/quay/"), "static/img/a (1).png": png()})
    item = place.one("posts", site_url=SITE, static=["static"])
    assert item["image"] == f"{SITE}img/a%20%281%29.png"
    assert item["attachments"][0]["size_in_bytes"] == len(png())


@pytest.mark.parametrize(("on_disk", "written"), [("e\u0301.png", "\u00e9.png"), ("\u00e9.png", "e\u0301.png")])
@pytest.mark.parametrize("folder", ["posts", "static"])
def test_a_name_is_the_same_however_its_letters_are_composed(
    place: Place, on_disk: str, written: str, folder: str
) -> None:
    place.lay({"posts/quay.md": article(f"![]({written})", link="/quay/"), f"{folder}/{on_disk}": png()})
    assert place.one("posts", static=["static"] if folder == "static" else [])["image"]


def test_the_first_folder_that_has_a_picture_wins(place: Place) -> None:
    place.lay({"a/quay.md": article("![](/x.png)"), "one/x.png": png(1, 600), "two/x.png": png(2, 600)})
    place.one("a", site_url=SITE, static=["two", "one"])
    assert 'width="2"' in (place.root / "out/rss.xml").read_text("utf-8")


# What may be read


def test_nothing_outside_the_archive_and_the_sites_folders_is_read(place: Place) -> None:
    place.lay(
        {
            "posts/quay.md": article(
                "![](../secret/a.png) ![](/../secret/a.png) ![](/link.png) ![](/folder/a.png) ![](link.png) "
                "![](/..%2fsecret%2fa.png) ![](%2fsecret/a.png) ![](/hard/../../secret/a.png)"
            ),
            "secret/a.png": png(),
            "static/hard/b.png": png(),
        }
    )
    secret = place.root / "secret"
    (place.root / "posts/link.png").symlink_to(secret / "a.png")
    (place.root / "static/link.png").symlink_to(secret / "a.png")
    (place.root / "static/folder").symlink_to(secret)
    item = place.one("posts", static=["static"])
    assert "image" not in item
    assert sources(item) == []
    assert not (place.root / "out/pictures").exists()


def test_links_within_the_archive_and_the_sites_folders_are_followed(place: Place) -> None:
    place.lay({"posts/quay.md": article("![](/a.png)"), "posts/img/a.png": png(), "static/b/c.png": png()})
    (place.root / "static/a.png").symlink_to(place.root / "posts/img/a.png")
    assert place.one("posts", site_url=SITE, static=["static"])["image"] == f"{SITE}a.png"


def test_a_folder_of_the_archive_that_is_a_link_is_read(place: Place) -> None:
    place.lay({"posts/quay.md": article("![](img/a.png)"), "elsewhere/a.png": png()})
    (place.root / "posts/img").symlink_to(place.root / "elsewhere")
    assert place.one("posts")["image"].startswith("https://feeds.example.org/pictures/")


def test_files_that_are_no_pictures_are_not_read(place: Place) -> None:
    place.lay({"posts/quay.md": article("![](/a.png) ![](/b)"), "static/a.png": "text", "static/b": png()})
    assert "image" not in place.one("posts", static=["static"])


def test_a_picture_that_is_nowhere_is_told_of_by_its_path_in_the_archive(place: Place) -> None:
    place.lay({"posts/quay.md": article("![](/img/a.png)"), "static/b.png": png()})
    place.one("posts", static=["static"])
    (problem,) = place.reports[0].problems
    assert (problem.kind, problem.what) == (ProblemKind.BROKEN_PICTURE, 'picture "img/a.png" is not shown')


@pytest.mark.parametrize("what", ["no such folder", "not a folder"])
def test_a_folder_of_the_site_has_to_be_one(place: Place, what: str) -> None:
    place.lay({"posts/quay.md": article("x")} | ({"static": "x"} if what == "not a folder" else {}))
    with pytest.raises(ArchiveError, match=rf"static: {what}. .*static"):
        build(place.config("posts", static=["static"]), now=NOW)


# What changes


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CHANGES: list[tuple[str, dict[str, str | bytes | None]]] = [
    ("a picture of the site is another", {"static/a.png": png(100, 900)}),
    ("a picture of the site comes", {"static/late.png": png()}),
    ("a picture of the site goes", {"static/a.png": None}),
    ("a picture comes that goes before", {"posts/img/a.png": png(3, 700)}),
    ("a picture comes whose name is the very one", {"static/Case.png": png(5, 800)}),
    ("an article has another address", {"posts/ice.md": article("Ice.", link="/ice/2/")}),
    ("an article goes", {"posts/ice.md": None}),
    ("an article is withdrawn", {"posts/ice.md": article("Ice.", draft="true")}),
    ("an article comes", {"posts/late.md": article("Late.", link="/late/")}),
]


@pytest.mark.parametrize("change", [change for _, change in CHANGES], ids=[what for what, _ in CHANGES])
@pytest.mark.parametrize("article_pages", ["missing", "all"])
def test_a_rebuild_notices_what_a_build_from_nothing_would(
    place: Place,
    change: dict[str, str | bytes | None],
    article_pages: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(feeds.pipeline, "SETTLING", -10_000_000_000)
    place.lay(
        {
            "feeds.toml": "",
            "posts/quay.md": article(
                "![](/a.png) ![](/late.png) ![](img/a.png) ![](/Case.png)\n\n[ice](ice.md) [late]({% post_url late %})",
                day=2,
                link="/quay/",
            ),
            "posts/ice.md": article("Ice.", link="/ice/"),
            "static/a.png": png(),
            "static/img/a.png": png(),
            "static/case.png": png(),
            "static/old.png": png(),
        }
    )
    settings = {"site_url": SITE, "static": ["static"], "article_pages": article_pages, "limit": 1}
    config = place.config("posts", **settings)
    places = find_places(place.root / "feeds.toml", config.archive, config.output, is_own=True)
    build(config, now=NOW, places=places)
    assert build(config, now=NOW, places=places).is_unchanged
    for name, content in change.items():
        if content is None:
            (place.root / name).unlink()
        else:
            place.lay({name: content})
    assert not build(config, now=NOW, places=places).is_unchanged
    cold = replace(config, output=place.root / "cold")
    build(cold, now=NOW)
    warm, anew = tree(config.output), tree(cold.output)
    kept = [name for name in warm if name not in anew]
    assert all(name.startswith(("pictures/", "articles/")) for name in kept)
    assert {name: warm[name] for name in warm if name not in kept and name != MANIFEST} == {
        name: data for name, data in anew.items() if name != MANIFEST
    }


# What a generator is known to serve with an article


@pytest.mark.parametrize("generator", ["hugo", "zola"])
def test_files_of_a_page_bundle_are_on_its_page(place: Place, generator: str) -> None:
    body = "![](img/pier.png) ![](../other.png)"
    place.lay(
        {
            "content/posts/quay/index.md": article(body, slug="low"),
            "content/posts/quay/img/pier.png": png(),
            "content/posts/other.png": png(9, 900),
        }
    )
    item = place.one("content", site_url=SITE, generator=generator)
    pier, other = sources(item)
    assert pier == f"{item['url']}img/pier.png"
    assert item["url"].startswith(SITE)
    assert other.startswith("https://feeds.example.org/pictures/")
    assert item["attachments"][0]["size_in_bytes"] == len(png())


def test_hexos_folder_of_an_article_is_on_its_page(place: Place) -> None:
    place.lay(
        {
            "source/_posts/quay.md": article("![](pier.png) ![](quay/pier.png)"),
            "source/_posts/quay/pier.png": png(),
        }
    )
    item = place.one("source/_posts", site_url=SITE, generator="hexo")
    assert sources(item) == 2 * [f"{item['url']}pier.png"]


def test_an_explanation_names_pictures_as_a_page_would(place: Place) -> None:
    place.lay(
        {
            "posts/quay.md": article("{% asset_img pier.png %} ![]({{ site.baseurl }}/a.png)"),
            "posts/quay/pier.png": png(),
        }
    )
    config = place.config("posts", site_url=SITE)
    explanation = explain(config, "quay.md", now=NOW).explanation
    assert explanation is not None
    assert [picture.address for picture in explanation.judgement.pictures] == ["pier.png", "/a.png"]
    assert explanation.entry is not None
    assert explanation.entry.picture is not None
    assert explanation.entry.picture.address.startswith("https://feeds.example.org/pictures/")


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("ice.md", "[[ICE]]"),
        ("deep/ice/index.md", "[[ice]]"),
        ("deep/ice/index.zh.md", "[[deep/ice]]"),
        ("2021-03-01-ice.md", "[[ice]]"),
        ("2021-03-01-ice.md", "[[2021-03-01-ice]]"),
        ("ice.zh-tw.md", '[x]({{< ref "ice" >}})'),
        ("deep/ice.md", '[x]({{< ref "/deep/ice.md" >}})'),
        ("ice.md", "[x]({% link _posts/ice.md %})"),
        ("on ice.md", "[x](on%20ice.md)"),
        ("on ice.md", "[x](on ice.md)"),
        ("ICE.md", "[x](ice.md)"),
        ("e\u0301.md", "[x](\u00e9.md)"),
        ("ice.html", "[x](ice.html)"),
    ],
)
def test_an_article_is_meant_by_its_path_or_by_a_name_of_it(place: Place, path: str, written: str) -> None:
    place.lay({"posts/quay.md": article(written, day=2), f"posts/{path}": article("Ice.", link="/there/")})
    assert [*links(place.build("posts", site_url=SITE)["Day 2"]).values()] == [f"{SITE}there/"]


@pytest.mark.parametrize("written", ["[[other/ice]]", "[[ic]]", "[x](deep/ice.md)", "[x](../ice.md)", "[[ice.png]]"])
def test_an_article_of_another_path_is_not_meant(place: Place, written: str) -> None:
    place.lay({"posts/quay.md": article(written, day=2), "posts/mine/ice.md": article("Ice.", link="/there/")})
    assert links(place.build("posts", site_url=SITE)["Day 2"]) == {}


def test_of_several_articles_of_a_name_that_is_meant_which_agrees_most(place: Place) -> None:
    place.lay(
        {
            "posts/quay.md": article("[[b/ice]] [[ice]]", day=2),
            "posts/a/2021-01-01-ice.md": article("Ice.", link="/dated/"),
            "posts/b/c/ice.md": article("Ice.", link="/deep/"),
            "posts/z/b/ice.md": article("Ice.", link="/near/"),
        }
    )
    item = place.build("posts", site_url=SITE)["Day 2"]
    assert links(item) == {"b/ice": f"{SITE}near/", "ice": f"{SITE}deep/"}
