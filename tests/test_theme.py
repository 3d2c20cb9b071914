"""Pages as somebody wants them: own templates, style and words, or none at all; a changed one is noticed."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import feedparser
import pytest
from lxml import etree

import feeds.pipeline
from feeds import Config, build
from feeds.config import Places, load_config
from feeds.errors import ConfigError
from feeds.kinds import FOLDERS
from feeds.pipeline import Report
from feeds.render.pages.labels import labels_of, language_of_labels, parse_labels, read_labels
from feeds.render.pages.theme import TEMPLATES
from tests.articles import article_bytes

NOW = datetime(2022, 8, 1, tzinfo=UTC)
OURS = files("feeds.render.pages") / "templates"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an archive of one article, and a folder for templates."""
    monkeypatch.setattr(feeds.pipeline, "SETTLING", -10_000_000_000)  # what was written just now may be relied on
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/a.md").write_bytes(article_bytes())
    (tmp_path / "theme").mkdir()
    return tmp_path


def run(home: Path, **settings: Any) -> Report:
    config = Config(archive=home / "archive", output=home / "public", **{"title": "Harbour", **settings})
    places = Places(folder=home / ".feeds", memory=home / "feeds-memory.jsonl")
    return build(config, now=NOW, places=places)


def themed(home: Path, **settings: Any) -> Report:
    return run(home, templates=home / "theme", **settings)


def page(home: Path, path: str = "index.html") -> str:
    return (home / "public" / path).read_text("utf-8")


def pages(home: Path) -> list[str]:
    return sorted(str(place.relative_to(home / "public")) for place in (home / "public").rglob("*.html"))


def shown(home: Path) -> list[str]:
    """Answer all that is written for people."""
    return sorted([*pages(home), *(place.name for place in (home / "public").glob("*.css"))])


# Own templates


def test_every_template_may_be_put_in_place_of_ours() -> None:
    assert sorted(place.name for place in OURS.iterdir()) == sorted(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_of_the_same_name_stands_for_ours(home: Path, name: str) -> None:
    settings = {"feeds": ("category", "author")} if name == "shelf.html" else {}
    run(home, **settings)
    before = {path: page(home, path) for path in shown(home)}
    text = (OURS / name).read_text("utf-8")
    mark = "/* mine */" if name.endswith((".css", ".js")) else "<!-- mine -->"
    places = {"base.html": "<meta charset", "parts.html": '<section class="offer"', "card.html": "<article"}
    place = places.get(name, "<main>" if name.endswith(".html") else "")
    (home / "theme" / name).write_text(text.replace(place, mark + place, 1), "utf-8")
    themed(home, **settings)
    changed = {path for path in before if mark in page(home, path)}
    kinds = {
        "article.css": {"articles"}, "article.html": {"articles"}, "card.html": {"News"}, "catalogue.html": {"index"},
        "category.html": {"News"}, "feed.css": {"feed"}, "lists.css": {"News", "index"},
        "parts.html": {"News", "index"}, "script.js": {"News", "index"}, "shelf.html": {"authors"},
        **dict.fromkeys(("colours.css", "extra.css"), frozenset({"News", "articles", "index", "feed"})),
    }  # fmt: skip
    found = {re.split(r"[/.]", path)[0] for path in changed}
    assert found == kinds.get(name, {"News", "articles", "index"})


def test_a_template_may_build_upon_ours(home: Path) -> None:
    (home / "theme/catalogue.html").write_text(
        '{% extends "feeds/catalogue.html" %}{% block body %}<p>Moin & {{ title }}</p>{{ super() }}{% endblock %}'
    )
    themed(home, title="A <b>")
    assert "<p>Moin & A &lt;b&gt;</p>" in page(home)
    assert '<ul class="tree">' in page(home)


def test_a_changed_template_is_noticed_and_pages_alone_are_written(home: Path) -> None:
    themed(home)
    assert themed(home).is_unchanged
    (home / "theme/extra.css").write_text("body { color: teal; }")
    report = themed(home)
    assert sorted(report.published.written) == shown(home)
    assert "color: teal" in page(home)
    assert themed(home).is_unchanged
    (home / "theme/extra.css").unlink()
    assert sorted(themed(home).published.written) == shown(home)
    assert "color: teal" not in page(home)


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "card.html~", "card.html.bak", "card.html.orig", ".card.html.swp", "card.html.swp", "#card.html#"],
)
def test_what_editors_leave_is_no_template(home: Path, name: str) -> None:
    (home / "theme" / name).write_bytes(b"\xff")
    themed(home)


def test_a_folder_among_templates_is_an_error(home: Path) -> None:
    (home / "theme/css").mkdir()
    with pytest.raises(ConfigError, match=r"theme/css: a folder among the templates\. Put what it holds into"):
        themed(home)
    (home / "theme/css").rename(home / "theme/.git")
    themed(home)


def test_a_file_that_is_no_template_is_an_error(home: Path) -> None:
    (home / "theme/index.html").write_text("")
    with pytest.raises(ConfigError, match=r'theme/index\.html: "index\.html" is no template\. Templates are article'):
        themed(home)
    assert not (home / "public").exists()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n{% if %}", r"card\.html:2: template cannot be used: Expected an expression"),
        ("a\n\n{{ teaser.titel }}", r'card\.html:3: template cannot be used: "teaser" has no attribute "titel"\.'),
        ("{{ teaser.entry.titel }}", r'cannot be used: "entry" has no attribute "titel"\.'),
        ("{{ titel }}", r'cannot be used: "titel" is undefined\.'),
        ("{% for one in teaser %}{% endfor %}", r'cannot be used: TypeError: "teaser" is not iterable\.'),
        ("{{ label('x') }}", r'card\.html:1: template cannot be used: no such label: "x"'),
        (
            "a\n{% include 'b.html' %}",
            r'card\.html:2: template cannot be used: there is no template "b\.html"\.',
        ),
        ("{% include ['b.html', 'c.html'] %}", r'cannot be used: there is no template "b\.html" and no "c\.html"\.'),
        (
            "{% extends 'feeds/b.html' %}",
            r'card\.html:1: .* there is no template "feeds/b\.html"\.',
        ),
        ("{{ 'a' * 1.5 }}", r"cannot be used: TypeError: can't multiply sequence by non-int of type \"float\"\."),
        ("{{ 1 / 0 }}", r"card\.html:1: template cannot be used: ZeroDivisionError"),
    ],
)
def test_a_wrong_template_is_told_with_its_line(home: Path, text: str, message: str) -> None:
    (home / "theme/card.html").write_text(text)
    with pytest.raises(ConfigError, match=message):
        themed(home)
    assert not (home / "public").exists()


def test_a_template_that_is_no_text_is_told_with_its_line(home: Path) -> None:
    (home / "theme/card.html").write_bytes(b"a\n\xff")
    with pytest.raises(ConfigError, match=r"card\.html:2: not UTF-8"):
        themed(home)


def test_a_folder_or_file_that_is_not_there_is_an_error(home: Path) -> None:
    with pytest.raises(ConfigError, match=r"none: templates cannot be listed: No such file"):
        run(home, templates=home / "none")
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read: No such file"):
        run(home, labels=home / "none.toml")


def test_both_are_found_beside_the_configuration(home: Path) -> None:
    (home / "feeds.toml").write_text('templates = "theme"\nlabels = "de.toml"\n')
    config = load_config(home / "feeds.toml", {})
    assert (config.templates, config.labels) == (home / "theme", home / "de.toml")


# Own words


@pytest.mark.parametrize("name", ["zh-Hans", "zh-Hant"])
def test_our_labels_say_the_same_in_every_language(name: str) -> None:
    def holes(text: str) -> set[str | None]:
        return {hole for _, hole, _, _ in Formatter().parse(text)} - {None}

    english, other = read_labels("en"), read_labels(name)
    assert list(other) == list(english)
    assert {key: holes(text) for key, text in other.items()} == {key: holes(text) for key, text in english.items()}


def test_every_label_is_used() -> None:
    text = "".join((OURS / name).read_text("utf-8") for name in TEMPLATES)
    used = {word for call in re.findall(r"(?:label|links)\((.*?)[,)]", text) for word in re.findall(r'"(\w+)"', call)}
    of_kinds = {
        "tags",
        "authors",
        "languages",
        *(f"{one}_{kind}" for one in ("kind", "about") for kind in FOLDERS),
    }  # in titles of feeds, and as folders of the catalogue and the OPML file
    used -= {"kind_", "about_"}
    assert used | {"day", "direction", "moment", "articles_one"} | of_kinds == set(read_labels("en"))


def test_own_labels_stand_for_ours_and_the_rest_is_english(home: Path) -> None:
    (home / "de.toml").write_text('subscribe = "Abonnieren"\narticles = "{count} Artikel"\n', "utf-8")
    report = run(home, language="de", labels=home / "de.toml")
    assert report.published.written
    assert ">Abonnieren</a>" in page(home)
    assert "1 Artikel" in page(home)
    assert "How to subscribe" in page(home)
    assert run(home, language="de", labels=home / "de.toml").is_unchanged
    (home / "de.toml").write_text('subscribe = "Folgen"\n', "utf-8")
    written = run(home, language="de", labels=home / "de.toml").published.written
    assert sorted(written) == [path for path in pages(home) if "articles/" not in path]
    assert ">Folgen</a>" in page(home)
    assert "1 article" in page(home)


def test_the_form_for_one_is_that_for_many_unless_a_file_has_both() -> None:
    assert labels_of("de", {"articles": "{count} Artikel"})["articles_one"] == "{count} Artikel"
    assert labels_of("de", {"articles": "x", "articles_one": "y"})["articles_one"] == "y"
    assert labels_of("de", {})["articles_one"] == "{count} article"
    assert labels_of("zh-TW", {"copy": "拷貝"})["subscribe"] == "訂閱"


@pytest.mark.parametrize(
    ("tags", "subscribe"),
    [
        (
            "zh zh-CN zh-Hans-HK zh_Hans cmn cmn-Hans cmn-CN zh-cmn-Hans zh-cmn wuu yue-Hans yue-CN zh-x-hant",
            "订阅",
        ),
        ("zh-Hant zh-hk ZH_MO cmn-Hant cmn-TW zh-cmn-Hant yue yue-HK zh-yue nan-TW zh-min-nan-Hant", "訂閱"),
        ("en de ja ko mn cm yu-Hans", "Subscribe"),
    ],
)
def test_chinese_is_known_by_each_of_its_names(tags: str, subscribe: str) -> None:
    for tag in tags.split():
        assert labels_of(tag, {})["subscribe"] == subscribe, tag
        assert language_of_labels(tag, {}) == (tag if subscribe != "Subscribe" or tag == "en" else "en")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nsubscrybe = "a"', r'de\.toml:2: no such label: "subscrybe"; did you mean "subscribe"\? Correct it'),
        ('subscribe = 3', r'de\.toml:1: label "subscribe" cannot be used: a text in quotes is needed'),
        ('[subscribe]', r'de\.toml:1: label "subscribe" cannot be used: a text in quotes is needed'),
        ('copy = "a"\narticles = "{number}"', r'toml:2: label "articles" has a wrong placeholder, "\{number\}": .*co'),
        ('articles = "{count.real}"', r'has a wrong placeholder, "\{count\.real\}"'),
        ('articles = "{count!r}"', r'has a wrong placeholder'),
        ('articles = "{count:>999}"', r'has a wrong placeholder'),
        ('articles = "{count:3}"', r'has a wrong placeholder, "\{count:3\}": it may have \{count\}'),
        ('copy = "a"\nnewest = "{date:02}"', r'toml:2: .*has a wrong placeholder, "\{date:02\}": it may have \{date\}'),
        ('newest = "{date:5}"', r'has a wrong placeholder, "\{date:5\}"'),
        ('moment = "{zone:02}"', r'has a wrong placeholder, "\{zone:02\}"'),
        ('day = "{day:999}"', r'has a wrong placeholder, "\{day:999\}"'),
        ('newest = "{date}}"', r'toml:1: label "newest" cannot be used: Single'),
        ('articles = "{}"', r'has a wrong placeholder, "\{\}"'),
        ('subscribe = "{name}"', r'has a wrong placeholder, "\{name\}": it may have none'),
        ('articles = "{count"', r'label "articles" cannot be used: expected'),
        ('a = "1"\nb', r"de\.toml:2: not TOML"),
    ],
)  # fmt: skip
def test_a_wrong_label_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        parse_labels("de.toml", text)


def test_numbers_of_a_date_may_have_digits_and_a_label_that_is_not_filled_in_any_brace(home: Path) -> None:
    (home / "x.toml").write_text('subscribe = "} a {"\nday = "{day:02}.{month:2}.{year:04}"\n', "utf-8")
    run(home, labels=home / "x.toml")
    assert ">} a {</a>" in page(home)
    assert re.search(r">\d\d\.[ \d]\d\.2022</time>", page(home))


def test_labels_are_escaped(home: Path) -> None:
    (home / "x.toml").write_text('subscribe = "<i>"\narticles = "<b>{count}"\nday = "<u>{year}"\n', "utf-8")
    run(home, labels=home / "x.toml")
    assert not re.search("<[ibu]>", page(home))
    assert "&lt;u&gt;2022</time>" in page(home)


# No pages


def links_of(home: Path) -> dict[str, list[object]]:
    public = home / "public"
    rss, atom = (feedparser.parse((public / name).read_bytes()) for name in ("rss.xml", "atom.xml"))
    found = json.loads((public / "News/feed.json").read_bytes())
    outline = etree.fromstring((public / "feeds.opml").read_bytes()).find(".//outline[@htmlUrl]")
    assert outline is not None
    return {
        "home": [rss.feed.link, atom.feed.link, found["home_page_url"], outline.get("htmlUrl")],
        "entry": [
            rss.entries[0].get("link"),
            etree.fromstring((public / "atom.xml").read_bytes()).find("{*}entry/{*}link[@rel='alternate']"),
            found["items"][0].get("url"),
        ],
    }


@pytest.mark.parametrize(
    ("site_url", "home_url"), [(None, "http://localhost:8000/"), ("https://e.org/", "https://e.org/")]
)
def test_without_pages_feeds_lead_to_the_site_and_no_html_is_written(
    home: Path, site_url: str | None, home_url: str
) -> None:
    report = run(home, pages=False, site_url=site_url)
    assert pages(home) == []
    assert len(report.feeds) == 4
    assert links_of(home) == {"home": [home_url] * 4, "entry": [None] * 3}


def test_pages_that_were_written_once_are_removed_and_come_back(home: Path) -> None:
    run(home)
    before = {path: page(home, path) for path in shown(home)}
    removed = run(home, pages=False).published.removed
    assert shown(home) == []
    assert sorted(removed) == sorted(before)
    assert run(home, pages=False).is_unchanged
    run(home)
    assert {path: page(home, path) for path in shown(home)} == before


def test_without_pages_templates_are_not_read(home: Path) -> None:
    run(home, pages=False, templates=home / "none", labels=home / "none.toml")


def test_silent_categories_are_marked_by_the_archive_alone(home: Path) -> None:
    def put(name: str, day: int, category: str) -> None:
        text = article_bytes(title=f"'{name}'", categories=(category,), date=f"2022-07-{day:02}T08:00:00Z")
        (home / f"archive/{name}.md").write_bytes(text)

    for day in range(1, 8):
        put(f"q{day}", day, "Quiet")
        put(f"l{day}", day, "Lively")
    run(home)
    (home / "archive/a.md").unlink()
    run(home)
    assert "silent" not in page(home, "Quiet/index.html").split("<main>")[1]
    put("l20", 20, "Lively")
    report = run(home)
    assert "Silent: nothing new since" in page(home, "Quiet/index.html")
    assert page(home).count('<span class="silent">') == 1
    assert "Quiet/index.html" in report.published.written
    assert "Quiet/rss.xml" not in report.published.written
    assert run(home).is_unchanged


def test_what_a_feed_shows_is_the_same_with_any_pages(home: Path) -> None:
    def feeds_of() -> dict[str, bytes]:
        return {str(place.relative_to(home)): place.read_bytes() for place in (home / "public").rglob("*.xml")}

    (home / "archive/a.md").write_bytes(article_bytes().replace(b"comments: false", b"link: https://e.org/a"))
    run(home)
    before = feeds_of()
    (home / "theme/extra.css").write_text("p { }")
    themed(home, labels=None)
    assert feeds_of() == before
