"""What servers must say of each file, and the rules that say it to nginx and to Caddy."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from feeds.cli import main
from feeds.config import PATH_KEYS, Config
from feeds.errors import ConfigError
from feeds.hosting import FRESH, Site, is_loopback
from feeds.hosting.caddy import format_caddy
from feeds.hosting.nginx import format_nginx
from feeds.pipeline.hosting import RULES, find_site
from feeds.render import FORMATS

RENAMED = {**PATH_KEYS, "rss": "订阅 1.xml", "opml": "all", "index": "目录.html", "style": "look"}


def site_of(base_url: str = "https://feeds.example.org/", *, has_feed_types: bool = False, **settings: object) -> Site:
    config = Config(output=Path("/srv/news/public"), base_url=base_url, **settings)  # type: ignore[arg-type]
    return find_site(config, has_feed_types=has_feed_types)


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("rss.xml", "application/xml; charset=utf-8"),
        ("atom.xml", "application/xml; charset=utf-8"),
        ("feed.json", "application/feed+json"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("97baec.html", "text/html; charset=utf-8"),
        ("style.css", "text/css; charset=utf-8"),
        ("ab12.PNG", "image/png"),
        ("ab12.avif", "image/avif"),
        ("ab12.svg", "image/svg+xml"),
        (".feeds-manifest.json", "application/json"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_each_file_has_its_type_and_a_charset_where_the_type_takes_one(name: str, content_type: str) -> None:
    assert site_of().content_type(name) == content_type


def test_feeds_have_their_own_types_when_asked_for() -> None:
    site = site_of(has_feed_types=True)
    assert site.content_type("rss.xml") == "application/rss+xml; charset=utf-8"
    assert site.content_type("atom.xml") == "application/atom+xml; charset=utf-8"
    assert [site.types[row.file] for row in FORMATS] == [row.media_type for row in FORMATS]


def test_types_follow_the_names_and_formats_of_the_configuration() -> None:
    site = site_of(paths=RENAMED, formats=("rss",))
    assert site.types == {
        "订阅 1.xml": "application/xml",
        "all": "text/x-opml",
        "目录.html": "text/html",
        "look": "text/css",
    }
    assert site.indexes == ("index.html", "目录.html")
    assert site.content_type("all") == "text/x-opml; charset=utf-8"
    assert site.content_type("look") == "text/css; charset=utf-8"


def test_rules_tell_the_type_of_a_style_that_its_name_does_not() -> None:
    site = site_of(paths=RENAMED)
    assert '    location ~ "/look$" { types { } default_type text/css; }\n' in format_nginx(site)
    assert '/look$"\n\theader @type4 Content-Type "text/css; charset=utf-8"\n' in format_caddy(site)
    assert "feed\\.css" not in format_nginx(site_of()) + format_caddy(site_of())


def test_caddy_is_told_the_type_of_a_folder_whose_index_has_no_suffix() -> None:
    told = '/$"\n\theader @type6 Content-Type "text/html; charset=utf-8"\n'
    assert told in format_caddy(site_of(paths={**PATH_KEYS, "index": "all"}))
    assert '"/$"' not in format_caddy(site_of(paths={**PATH_KEYS, "index": "all.html"}))


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.1.2.3", "::1"])
def test_addresses_of_this_machine_only(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "example.org", "192.168.1.1", "localhost.example.org", "127.example.org"])
def test_addresses_that_others_reach(host: str) -> None:
    assert not is_loopback(host)


def test_nginx_is_told_all() -> None:
    text = format_nginx(site_of())
    assert "    listen 80;" in text
    assert "    server_name feeds.example.org;" in text
    assert "    root /srv/news/public;" in text
    assert r'location ~ "/(?:rss\.xml|atom\.xml)$" { types { } default_type application/xml; }' in text
    assert r'location ~ "/feed\.json$" { types { } default_type application/feed+json; }' in text
    assert r'location ~ "/feeds\.opml$" { types { } default_type text/x-opml; }' in text
    assert f'add_header Cache-Control "public, max-age={FRESH}";' in text
    compressed, encoded = (re.search(rf"{name}_types (.*);", text) for name in ("gzip", "charset"))
    assert compressed is not None
    assert encoded is not None
    assert set(encoded[1].split()) >= {"application/xml", "text/x-opml"}
    assert set(compressed[1].split()) >= {"application/xml", "text/x-opml", "application/feed+json", "image/svg+xml"}
    assert not {"text/html", "application/feed+json"} & set(encoded[1].split())
    assert text.count("{") == text.count("}")


def test_caddy_is_told_all() -> None:
    text = format_caddy(site_of())
    assert "\nhttps://feeds.example.org {\n" in text
    assert "\troot * /srv/news/public\n" in text
    assert r'path_regexp "/(?:rss\.xml|atom\.xml)$"' in text
    assert 'Content-Type "application/xml; charset=utf-8"' in text
    assert 'Content-Type "application/feed+json"' in text
    assert f'Cache-Control "public, max-age={FRESH}"' in text
    assert "\thandle_errors {\n\t\theader -Cache-Control\n" in text
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("rules", RULES.values(), ids=RULES)
def test_rules_know_the_path_of_the_address(rules: object) -> None:
    assert callable(rules)
    text = rules(site_of("https://example.org/%E8%AE%A2%E9%98%85/a/", paths=RENAMED))
    assert "/订阅/a/pictures/" in text
    assert "/%E8%AE%A2%E9%98%85/a" in text
    assert "目录.html" in text
    assert r"feed\.json" in text
    assert r'"/all$"' in text


def test_rules_of_a_local_address_listen_there_alone() -> None:
    site = site_of("http://localhost:8000/")
    assert "listen 127.0.0.1:8000;" in format_nginx(site)
    assert "\tbind 127.0.0.1\n" in format_caddy(site)
    assert "listen [::1]:8080;" in format_nginx(site_of("http://[::1]:8080/"))


@pytest.mark.parametrize(
    ("write", "root"), [(format_nginx, "/srv/$x"), (format_caddy, "/srv/{x}"), (format_nginx, "/\n")]
)
def test_a_path_that_no_rule_can_hold_is_refused(write: object, root: str) -> None:
    assert callable(write)
    with pytest.raises(ConfigError, match="cannot be told"):
        write(find_site(Config(output=Path(root))))


@pytest.mark.parametrize(
    ("write", "settings", "cure"),
    [
        (format_nginx, {"base_url": "https://example.org/a$b/"}, "base_url"),
        (format_nginx, {"base_url": "https://example.org/a%24b/"}, "base_url"),
        (format_nginx, {"base_url": "https://example.org/%0A/"}, "base_url"),
        (format_caddy, {"base_url": "https://example.org/a%0Ab/"}, "base_url"),
        (format_caddy, {"base_url": "https://example.org/%7Bhost%7D/"}, "base_url"),
        (format_nginx, {"paths": {**PATH_KEYS, "index": "$host.html"}}, "index"),
        (format_caddy, {"output": Path("/srv/a\udcff")}, "output"),
        (format_caddy, {"output": Path('/srv/`\\"')}, "Name another"),
        (format_caddy, {"output": Path("/srv/`\\")}, "Name another"),
    ],
)
def test_a_setting_that_no_rule_can_hold_is_refused_with_its_cure(
    write: Callable[[Site], str], settings: dict[str, Any], cure: str
) -> None:
    with pytest.raises(ConfigError, match="cannot be told of a path that holds") as raised:
        write(find_site(Config(**settings)))
    assert cure in str(raised.value.hint)
    assert str(raised.value).isprintable()


def test_paths_that_need_quotes_have_them() -> None:
    site = site_of("https://example.org/%22a*%25/")
    assert r'    location ^~ "/\"a*%/" {' in format_nginx(site)
    assert '\t@bare path_regexp "^/\\"a\\*%$"\n\tredir @bare "/%22a*%25/"\n' in format_caddy(site)
    for folder, written in (('/a"b', r'"/a\"b"'), ("/a\\b `", '"/a\\b `"'), ("/a\\", "`/a\\`"), ('/a\\"', '`/a\\"`')):
        assert f"\troot * {written}\n" in format_caddy(find_site(Config(output=Path(folder))))


def test_beside_the_path_of_the_address_nothing_is_shown() -> None:
    site = site_of("https://example.org/a/")
    assert "    location / { return 404; }\n" in format_nginx(site)
    assert "\trespond 404\n" in format_caddy(site)


def rules_of(*words: str) -> Result:
    return CliRunner().invoke(main, ["serve", "--rules", *words])


def test_rules_are_printed_of_any_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "feeds.toml").write_text('base_url = "https://a.example/"\n[paths]\natom = "new.xml"\n', "utf-8")
    printed = rules_of("nginx")
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert "new" in printed.stdout
    assert str(tmp_path / "public") in printed.stdout
    assert "server_name a.example;" in printed.stdout


def test_rules_of_a_local_address_are_printed_with_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    printed = rules_of("caddy")
    assert printed.exit_code == 0
    assert 'base_url "http://localhost:8000/" is an address of this machine only' in printed.stderr
    assert "application/rss+xml" in rules_of("caddy", "--feed-types").stdout


def test_rules_of_no_other_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = rules_of("apache")
    assert refused.exit_code == 2
    assert '"apache" is none of nginx, caddy' in refused.stderr


DOCUMENT = (Path(__file__).parent.parent / "docs" / "hosting.md").read_text("utf-8")


@pytest.mark.parametrize("server", RULES)
def test_the_document_shows_the_rules_that_are_printed(server: str) -> None:
    assert f"```\n$ feeds serve --rules {server}\n{RULES[server](site_of())}```\n" in DOCUMENT


def test_the_document_tells_the_types_that_are_sent() -> None:
    site = site_of()
    for name in site.types:
        shown = "pages" if name.endswith(".html") else f"`{name}`"
        row = next(line for line in DOCUMENT.splitlines() if line.startswith("| ") and shown in line)
        assert f"`{site.content_type(name)}`" in row
