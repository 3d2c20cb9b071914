"""Real servers give out every file as it is meant to be, by the rules that `feeds serve --rules` prints."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen

import pytest

from feeds.hosting import FOREVER, FRESH
from tests.system.conftest import REPOSITORY, Site, need, rules_of, serve

pytestmark = pytest.mark.system

TYPES = {
    "rss.xml": "application/xml; charset=utf-8",
    "atom.xml": "application/xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "feeds.opml": "text/x-opml; charset=utf-8",
    "index.html": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".bmp": "image/bmp",
}
ANSWER = tuple[int, Message, bytes]


@pytest.fixture(
    params=[("nginx", "/"), ("caddy", "/"), ("nginx", "/订阅/a b/"), ("caddy", "/订阅/a/")],
    ids=lambda param: " ".join(param),
)
def hosted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """The sample archive built and served, its folder and its address as difficult as any."""
    server, path = request.param
    folder = tmp_path / ("public" if path == "/" else '我的 "输出" it\'s \\n #1; 100%')
    shutil.copytree(REPOSITORY / "archive", tmp_path / "archive")
    folder.mkdir()
    with serve(folder, tmp_path / "work", server, path) as address:
        site = Site(folder=folder, base_url=address, archive=tmp_path / "archive")
        site.rebuild()
        for suffix in (".avif", ".bmp", ".webp"):
            (folder / "pictures" / f"a{suffix}").write_bytes(b"picture" * 200)
        yield site


def get(address: str, **conditions: str) -> ANSWER:
    headers = {name.replace("_", "-"): value for name, value in conditions.items()}
    try:
        with urlopen(Request(address, headers=headers), timeout=5) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_beside_the_path_of_the_address_nothing_is_shown_and_without_its_last_stroke_it_is_led_to(
    tmp_path: Path, server: str
) -> None:
    folder = tmp_path / "public\\"
    folder.mkdir()
    (folder / "index.html").write_text("here", "utf-8")
    with serve(folder, tmp_path / "work", server, '/a"b*%/') as address:
        assert get(address)[::2] == (200, b"here")
        assert get(address.removesuffix("/"))[::2] == (200, b"here")
        for beside in ("/", "/index.html", "/axb"):
            assert get(urljoin(address, beside))[0] == 404


def address_of(site: Site, path: Path) -> str:
    return site.base_url + quote(str(path.relative_to(site.folder)))


def test_every_file_has_its_type_and_its_time_and_is_a_304_when_asked_for_again(hosted: Site) -> None:
    files = sorted(path for path in hosted.folder.rglob("*") if path.is_file())
    assert len(files) > 100
    known = 0
    for path in files:
        status, headers, body = get(address_of(hosted, path))
        assert (status, body) == (200, path.read_bytes()), path
        expected = TYPES.get(path.name) or TYPES.get(path.suffix)
        assert headers["Content-Type"] == expected or (expected is None and path.name == ".feeds-manifest.json"), path
        known += expected is not None
        is_picture = path.relative_to(hosted.folder).parts[0] == "pictures"
        assert (f"max-age={FOREVER}, immutable" if is_picture else f"max-age={FRESH}") in headers["Cache-Control"], path
        assert ("sandbox" in headers.get("Content-Security-Policy", "")) == is_picture
        assert headers["X-Content-Type-Options"] == "nosniff"
        for name, condition in (("ETag", "If_None_Match"), ("Last-Modified", "If_Modified_Since")):
            assert get(address_of(hosted, path), **{condition: headers[name]})[::2] == (304, b""), path
    assert known == len(files) - 1


def test_what_compresses_is_compressed_and_a_304_when_asked_for_again(hosted: Site) -> None:
    for name in ("rss.xml", "atom.xml", "feed.json", "feeds.opml", "index.html"):
        _, headers, body = get(hosted.base_url + name, Accept_Encoding="gzip")
        assert headers["Content-Encoding"] == "gzip", name
        assert "Accept-Encoding" in headers["Vary"]
        assert gzip.decompress(body) == (hosted.folder / name).read_bytes()
        again = get(hosted.base_url + name, Accept_Encoding="gzip", If_None_Match=headers["ETag"])
        assert again[0] == 304, name
        assert again[1]["ETag"].removeprefix("W/") == headers["ETag"].removeprefix("W/")
    picture = next((hosted.folder / "pictures").glob("*/*.*"))
    assert "Content-Encoding" not in get(address_of(hosted, picture), Accept_Encoding="gzip")[1]


def test_folders_show_their_pages_and_are_led_to_by_their_names(hosted: Site) -> None:
    index = (hosted.folder / "金融" / "index.html").read_bytes()
    place = hosted.base_url + quote("金融")
    assert get(f"{place}/")[2] == index
    with urlopen(place, timeout=5) as answer:
        assert (answer.read(), answer.url.lower()) == (index, f"{place}/".lower())
    with urlopen(hosted.base_url.rstrip("/"), timeout=5) as answer:
        assert answer.read() == (hosted.folder / "index.html").read_bytes()
    for address in (hosted.base_url + "rss.xmlx", urljoin(hosted.base_url, "/elsewhere")):
        assert get(address)[0] == 404


def test_what_is_not_there_is_kept_by_nobody(hosted: Site) -> None:
    """A 404 that holds for a year would outlive the build that puts the file there."""
    for name in ("pictures/00/none.jpg", "pictures/none.bmp", "none/rss.xml", "none.html", "none/"):
        status, headers, body = get(hosted.base_url + name)
        assert (status, headers["Cache-Control"], headers["Content-Security-Policy"]) == (404, None, None), name
        assert body == b"" or headers["Content-Type"].startswith("text/html"), name


@pytest.mark.parametrize("server", ["nginx", "caddy"])
def test_files_have_the_names_that_the_configuration_gives(tmp_path: Path, server: str) -> None:
    folder = tmp_path / "public"
    shutil.copytree(REPOSITORY / "archive", tmp_path / "archive")
    folder.mkdir()
    names = {"rss": "订阅 1.xml", "json": "{条目}.json", "opml": "全部", "index": "目录.html"}
    lines = (f'{key} = "{name}"\n' for key, name in names.items())
    (tmp_path / "feeds.toml").write_text(f"[paths]\n{''.join(lines)}", "utf-8")
    with serve(folder, tmp_path / "work", server) as address:
        site = Site(folder=folder, base_url=address, archive=tmp_path / "archive")
        site.rebuild()
        for key, content_type in (
            ("rss", "application/xml; charset=utf-8"),
            ("json", "application/feed+json"),
            ("opml", "text/x-opml; charset=utf-8"),
            ("index", "text/html; charset=utf-8"),
        ):
            status, headers, body = get(address + quote(names[key]))
            assert (status, headers["Content-Type"]) == (200, content_type)
            assert body == (folder / names[key]).read_bytes()
        assert get(f"{address}{quote('金融')}/")[2] == (folder / "金融" / names["index"]).read_bytes()


def test_after_a_rebuild_each_unchanged_feed_answers_304(site: Site) -> None:
    feeds = [path for path in site.folder.rglob("*.xml") if path.is_file()]
    tags = {path: get(address_of(site, path))[1]["ETag"] for path in feeds}
    site.rebuild()
    assert {get(address_of(site, path), If_None_Match=tag)[0] for path, tag in tags.items()} == {304}


@pytest.mark.parametrize(
    "base_url", ["https://feeds.example.org/", "https://example.org/news/", "http://a.example:81/"]
)
def test_rules_of_a_public_address_are_taken(tmp_path: Path, base_url: str) -> None:
    (tmp_path / "public").mkdir()
    caddyfile = tmp_path / "Caddyfile"
    caddyfile.write_text(rules_of("caddy", tmp_path / "public", base_url), "utf-8")
    command = [need("caddy"), "adapt", "--config", str(caddyfile), "--validate"]
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    block = tmp_path / "block"
    block.write_text(rules_of("nginx", tmp_path / "public", base_url), "utf-8")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ include /etc/nginx/mime.types; include {block}; }}")
    done = subprocess.run([need("nginx"), "-t", "-c", str(whole)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr
