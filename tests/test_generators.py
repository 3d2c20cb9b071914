"""What a generator's configuration says becomes settings of ours, with the line that says it; nothing of it is run."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from feeds.config import Config, load_config
from feeds.config.checks import PATH_KEYS
from feeds.errors import ConfigError
from feeds.generators import GENERATORS, Site, find_site
from feeds.generators.draft import ORDER
from feeds.generators.oldfeeds import NAMES, kind_of

ATOM = '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"></feed>'
RSS = '<?xml version="1.0"?>\n<rss version="2.0"></rss>'


def write(folder: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")


def site_of(folder: Path, files: Mapping[str, str]) -> Site:
    """Lay out a site and read it; what is taken over must be settings that a build takes."""
    write(folder, files)
    site = find_site(folder)
    assert site is not None
    names = [taken.name for taken in site.settings]
    assert names == sorted(set(names), key=ORDER.index)
    known = {field.name for field in fields(Config)}
    values = {taken.name: taken.value for taken in site.settings if taken.name in known}
    if "generator" not in known:
        values.pop("permalink", None)
    (folder / "feeds.toml").write_text("".join(f"{key} = {toml(value)}\n" for key, value in values.items()), "utf-8")
    load_config(folder / "feeds.toml", {})
    assert all(taken.reason for taken in site.settings)
    assert all(note.endswith(".") and "\n" not in note for note in site.notes)
    return site


def toml(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(inner)}" for key, inner in value.items()) + "}"
    text = f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)
    assert tomllib.loads(f"a = {text}")["a"] == value
    return text


def settings(site: Site) -> dict[str, Any]:
    return {taken.name: taken.value for taken in site.settings}


def reasons(site: Site) -> dict[str, str]:
    return {taken.name: taken.reason for taken in site.settings}


def noted(site: Site, words: str) -> bool:
    return any(words in note for note in site.notes)


HEXO = "title: 海\nurl: https://blog.example.net\nsource_dir: source\n"
JEKYLL = "title: Sea\nurl: https://blog.example.net\nbaseurl: ''\nmarkdown: kramdown\n"


def test_a_folder_without_a_configuration_is_no_site(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": "text", "conf.py": "import sphinx\nproject = 'x'\n", "config.yaml": "a: 1\n"})
    write(tmp_path, {"config.toml": "[server]\nport = 1\n", "config.json": "{}", "publishconf.py": "SITENAME = 'x'"})
    assert find_site(tmp_path) is None


@pytest.mark.parametrize(
    ("files", "generator"),
    [
        ({"_config.yml": HEXO}, "hexo"),
        ({"_config.yml": JEKYLL}, "jekyll"),
        ({"_config.yml": "title: a\n", "source/_posts/a.md": ""}, "hexo"),
        ({"_config.yml": "title: a\n", "package.json": '{"dependencies": {"hexo": "^7.0.0"}}'}, "hexo"),
        ({"_config.yml": "title: a\n", "_posts/2022-01-01-a.md": ""}, "jekyll"),
        ({"_config.yml": "title: a\n", "Gemfile": "gem 'jekyll'\n"}, "jekyll"),
        ({"_config.yml": ""}, "hexo"),
        ({"_config.toml": 'title = "a"\n'}, "jekyll"),
        ({"config.toml": 'base_url = "https://a.example.net"\n'}, "zola"),
        ({"zola.toml": 'base_url = "https://a.example.net"\n'}, "zola"),
        ({"config.toml": 'baseURL = "https://a.example.net"\n'}, "hugo"),
        ({"config.toml": 'baseurl = "https://a.example.net"\nbase_url = "x"\n'}, "hugo"),
        ({"config.toml": 'title = "a"\n', "content/a.md": ""}, "hugo"),
        ({"hugo.yaml": "title: a\n"}, "hugo"),
        ({"config/_default/params.toml": "a = 1\n"}, "hugo"),
        ({"pelicanconf.py": "SITENAME = 'a'\n"}, "pelican"),
        ({".eleventy.js": "module.exports = {};"}, "eleventy"),
        ({"eleventy.config.mjs": "export default function () {}"}, "eleventy"),
        ({"astro.config.ts": "export default defineConfig({});"}, "astro"),
        ({"mkdocs.yml": "site_name: a\n"}, "mkdocs"),
        ({"conf.py": "BLOG_TITLE = 'a'\nSITE_URL = 'https://a.example.net/'\n"}, "nikola"),
    ],
)
def test_a_configuration_is_told_by_its_name_and_where_names_coincide_by_what_it_says(
    files: Mapping[str, str], generator: str, tmp_path: Path
) -> None:
    site = site_of(tmp_path, files)
    assert site.generator == generator == settings(site)["generator"]
    assert site.config.is_file()
    assert site.folder == tmp_path
    assert settings(site)["pages"] is False


def test_every_generator_of_the_table_is_known() -> None:
    assert set(GENERATORS) == {
        "hexo", "jekyll", "hugo", "pelican", "zola", "eleventy", "astro", "mkdocs", "nikola",
    }  # fmt: skip
    assert {format_: PATH_KEYS[format_] for format_ in NAMES} == NAMES


@pytest.mark.parametrize(
    ("name", "data", "line", "cause"),
    [
        ("_config.yml", b"title: a\n  b: c\n", 2, "not YAML: mapping values are not allowed here"),
        ("_config.yml", b"title: [a\n", 2, "not YAML"),
        ("_config.yml", b"title: a\n\turl: b\n", 2, "not YAML"),
        ("_config.yml", b"- a\n", 1, "no settings"),
        ("_config.yml", b"title: a\nurl: \xff\n", 2, "not UTF-8"),
        ("_config.yml", b"title: a\nb: \x01\n", 2, "a control character"),
        ("_config.yml", b"a: &a [*a]\n", 1, "holds itself"),
        ("_config.yml", b"a: " + b"[" * 5000 + b"]" * 5000, None, "nested too deep"),
        ("_config.json", b'{"title": \n "a",}', 2, "not JSON"),
        ("_config.json", b"[1]", 1, "no settings"),
        ("hugo.toml", b'title = "a"\nb = \n', 2, "not TOML"),
        ("hugo.json", b"{", 1, "not JSON"),
        ("hugo.yaml", b"a: [\n", 2, "not YAML"),
        ("zola.toml", b"a = = b\n", 1, "not TOML"),
        ("pelicanconf.py", b"SITENAME = 'a'\nSITEURL = \n", 2, "not Python: invalid syntax"),
        ("conf.py", b"BLOG_TITLE = 'a'\nx = (\n", 2, "not Python"),
        ("mkdocs.yml", b"site_name: a\nINHERIT: none.yml\n", 2, 'INHERIT "none.yml" is no file'),
        ("mkdocs.yml", b"INHERIT: mkdocs.yml\n", 1, "in a circle"),
        ("astro.config.mjs", b"export default {\n site: '\xff' }", 2, "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_with_file_line_cause_and_cure(
    name: str, data: bytes, line: int | None, cause: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        find_site(tmp_path)
    assert cause in caught.value.message
    assert (caught.value.path, caught.value.line) == (str(tmp_path / name), line)
    assert caught.value.hint


@pytest.mark.parametrize("name", ["conf.py", "settings.py", "config.toml", "config.yaml"])
def test_a_file_that_may_be_anybodys_and_may_not_be_read_is_no_configuration(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).write_text("SITENAME = BLOG_TITLE = 'a'\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert find_site(tmp_path) is None


def test_a_configuration_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: a\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ConfigError, match=r"mkdocs\.yml: cannot be read: Permission denied\. Let the user"):
        find_site(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pelicanconf.py", "import pathlib\nSITENAME = 'a'\npathlib.Path({mark!r}).write_text('ran')\n"),
        ("conf.py", "BLOG_TITLE = 'a'\nSITE_URL = 'https://a.example.net/'\nopen({mark!r}, 'w').close()\n"),
        (".eleventy.js", "require('fs').writeFileSync({mark!r}, 'ran'); module.exports = {{}};"),
        ("astro.config.mjs", "import fs from 'fs'; fs.writeFileSync({mark!r}, 'ran'); export default {{}};"),
        ("mkdocs.yml", "site_name: a\nx: !!python/object/apply:os.system ['touch {mark}']\n"),
        ("_config.yml", "title: a\nx: !!python/object/apply:os.system ['touch {mark}']\n"),
        ("_config.yml", "title: a\nx: !ruby/object:File {{path: {mark}}}\n"),
    ],
)
def test_nothing_of_a_configuration_is_run(name: str, text: str, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    site_of(tmp_path, {name: text.format(mark=str(mark))})
    assert not mark.exists()


def test_a_zone_a_language_and_an_address_that_are_none_are_noted_with_line_and_cure(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {"_config.yml": "title: a\nlanguage: the usual\ntimezone: Mars/Olympus\nurl: 'ftp://a'\nsource_dir: source\n"},
    )
    assert not {"language", "zone", "base_url", "site_url", "authority"} & set(settings(site))
    assert noted(site, '_config.yml line 2: language "the usual" is no language tag')
    assert noted(site, '_config.yml line 3: timezone "Mars/Olympus" is no zone')
    assert noted(site, '_config.yml line 4: url "ftp://a" is no web address')


def test_a_title_that_is_no_text_is_noted(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "title: {en: a, de: b}\nbaseurl: ''\n"})
    assert noted(site, "_config.yml line 1: title is no text: write title into feeds.toml yourself.")
    assert "title" not in settings(site)


@pytest.mark.parametrize(
    ("url", "base", "authority"),
    [
        ("https://www.tide.example.net", "https://www.tide.example.net/", "tide.example.net"),
        ("https://tide.example.net/blog/", "https://tide.example.net/blog/", "tide.example.net"),
        ("http://tide.example.net:8080", "http://tide.example.net:8080/", "tide.example.net"),
        ("https://潮.example.net", "https://xn--ngx.example.net/", "xn--ngx.example.net"),
        ("https://example.com", "https://example.com/", None),
        ("http://localhost:4000", "http://localhost:4000/", None),
    ],
)
def test_the_authority_is_the_domain_of_the_site_unless_it_is_nobodys(
    url: str, base: str, authority: str | None, tmp_path: Path
) -> None:
    site = site_of(tmp_path, {"_config.yml": f"title: a\nurl: {url}\nsource_dir: source\n"})
    found = settings(site)
    assert (found["base_url"], found["site_url"], found.get("authority")) == (base, base, authority)
    assert noted(site, "is an example, not yours") == (authority is None)


def test_an_address_with_a_password_is_not_taken(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "title: a\nurl: https://me:secret@example.net\nsource_dir: source\n"})
    assert "base_url" not in settings(site)
    assert noted(site, "holds a password")
    assert not noted(site, "secret")


def test_without_an_address_the_domain_of_github_pages_is_taken(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "title: a\nsource_dir: source\n", "source/CNAME": "tide.example.net\n"})
    assert settings(site)["base_url"] == "https://tide.example.net/"
    assert reasons(site)["base_url"] == "source/CNAME"


def test_without_any_address_that_is_noted(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": "title: a\nsource_dir: source\n", "CNAME": "two words"})
    assert noted(site, "_config.yml: the site's address says nothing: write base_url and site_url into feeds.toml.")


def test_feeds_that_stand_in_the_output_tell_where_no_plug_in_does(tmp_path: Path) -> None:
    files = {"_config.yml": HEXO, "public/atom.xml": ATOM, "public/rss2.xml": RSS, "public/feed.xml": "<html>"}
    site = site_of(tmp_path, files)
    assert settings(site)["formats"] == ["atom", "rss"]
    assert settings(site)["paths"] == {"rss": "rss2.xml"}
    assert reasons(site)["paths"] == "found in public/"
    assert site.feeds == (tmp_path / "public/atom.xml", tmp_path / "public/rss2.xml")
    assert site.output == tmp_path / "public"


@pytest.mark.parametrize(
    ("begin", "kind"),
    [
        (RSS, "rss"),
        (ATOM, "atom"),
        ('{"version": "https://jsonfeed.org/version/1.1"}', "json"),
        ("<html>", None),
        ("<feedback>", None),
        ("", None),
    ],
)
def test_a_feed_is_told_by_its_beginning(begin: str, kind: str | None) -> None:
    assert kind_of(begin.encode()) == kind


def test_names_of_other_formats_make_way(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": HEXO + "feed:\n  type: rss2\n  path: atom.xml\n"})
    assert settings(site)["formats"] == ["rss"]
    assert settings(site)["paths"] == {"rss": "atom.xml", "atom": "feed.atom"}


@pytest.mark.parametrize("path", ["a:b.xml", "../a.xml", ".a/feed.xml", "pictures/a.xml", "/"])
def test_a_feed_at_a_path_that_ours_cannot_have_is_noted(path: str, tmp_path: Path) -> None:
    site = site_of(tmp_path, {"_config.yml": JEKYLL + f"feed:\n  path: '{path}'\n"})
    assert "paths" not in settings(site)
    assert noted(site, "cannot stay there: redirect it to ours.")


def test_the_link_of_the_theme_is_html_and_an_address(tmp_path: Path) -> None:
    text = "title: 'Tide & \"Time\"'\nurl: https://t.example.net\nbaseurl: /b\nfeed:\n  path: /潮/feed.xml\n"
    assert site_of(tmp_path, {"_config.yml": text}).link == (
        '<link rel="alternate" type="application/atom+xml" title="Tide &amp; &quot;Time&quot;" '
        'href="https://t.example.net/b/%E6%BD%AE/feed.xml">'
    )


def test_an_output_outside_the_site_is_not_searched(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    (site / "content").mkdir(parents=True)
    (outside / "deep").mkdir(parents=True)
    (outside / "index.xml").write_text("<rss></rss>")
    (outside / "deep" / "index.xml").write_text("<rss></rss>")
    (site / "hugo.toml").write_text(f'baseURL = "https://tide.example/"\npublishDir = "{outside.as_posix()}"\n')
    found = find_site(site)
    assert found is not None
    assert found.feeds == (outside / "index.xml",)
