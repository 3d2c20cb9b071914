"""Chromium shows the sample archive's pages and feeds, over HTTP and from the disk, on the phone and on the desk."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import lxml.html
import pytest

from tests.system.browser import DESKTOP, PHONE, Chromium, Page
from tests.system.conftest import REPOSITORY, Site, serve_archive

pytestmark = pytest.mark.system

AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
ARTICLE_TITLE = "修伞人和他的巷子"
CATEGORY = "文化"
FILES = ("index.html", f"{CATEGORY}/index.html", "article", f"{CATEGORY}/rss.xml", f"{CATEGORY}/atom.xml")
"""One of each kind; the article's own path is known when it is built."""
TEXTS = {
    "index.html": ("样刊", CATEGORY, "南塘夜话－旧闻", "订阅"),
    f"{CATEGORY}/index.html": (CATEGORY, "最新文章", "镇上的第一台电视机", "订阅"),
    "article": (ARTICLE_TITLE, "慢门影像－城市", "伞"),
    f"{CATEGORY}/rss.xml": (f"{CATEGORY}", "镇上的第一台电视机", "订阅"),
    f"{CATEGORY}/atom.xml": (f"{CATEGORY}", "镇上的第一台电视机", "订阅"),
}
LOOKS = [(PHONE, False), (PHONE, True), (DESKTOP, False), (DESKTOP, True)]
LOOK_NAMES = ["phone-light", "phone-dark", "desktop-light", "desktop-dark"]

_LEAST_CONTRAST = """(() => {
  const channel = (value) => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4;
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => channel(part / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = (element) => {
    for (; element; element = element.parentElement) {
      const colour = getComputedStyle(element).backgroundColor;
      if (!colour.endsWith(", 0)")) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const root = document.documentElement, ratios = [];
  const judge = (style, behind) => {
    const pair = [light(style.color), light(behind)].sort((a, b) => b - a);
    ratios.push((pair[0] + .05) / (pair[1] + .05));
  };
  for (const element of [root, ...root.querySelectorAll("*")]) {
    if (element.getClientRects().length && element.textContent.trim()) {
      judge(getComputedStyle(element), ground(element));
    }
  }
  const box = getComputedStyle(root.querySelector("channel") ?? root, "::before");
  judge(box, box.backgroundColor);
  return Math.min(...ratios);
})()"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample archive in Chinese, built once and served."""
    with serve_archive(REPOSITORY / "archive", tmp_path_factory.mktemp("sample"), "--language", "zh-CN") as site:
        yield site


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the script of axe-core."""
    if not AXE.exists():
        message = "axe-core is not there: run `npm ci --prefix tests/system/axe`"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return AXE.read_text("utf-8")


@pytest.fixture(params=["http", "file"])
def home(sample: Site, request: pytest.FixtureRequest) -> str:
    """Answer where the output is opened: an address that ends with `/`."""
    return sample.base_url if request.param == "http" else f"{sample.folder.as_uri()}/"


def pages_of(site: Site) -> list[str]:
    """Return the path of every page, encoded."""
    return sorted(quote(str(path.relative_to(site.folder))) for path in site.folder.rglob("*.html"))


def path_of(site: Site, file: str) -> str:
    """Return the path of one of FILES, encoded."""
    if file != "article":
        return quote(file)
    items = json.loads((site.folder / CATEGORY / "feed.json").read_bytes())["items"]
    (address,) = [item["url"] for item in items if item["title"] == ARTICLE_TITLE]
    return str(address).removeprefix(site.base_url)


def pictures_of(site: Site) -> set[str]:
    """Return the addresses of all articles' pictures, as feeds and sanitised bodies name them."""
    found = set()
    for path in site.folder.rglob("feed.json"):
        found |= {item.get("image") for item in json.loads(path.read_bytes())["items"]}
    for path in (site.folder / "articles").rglob("*.html"):
        page = lxml.html.fromstring(path.read_text("utf-8"))
        found |= {picture.get("src") for picture in page.iter("img")}
    return found - {None}


def assert_fits(page: Page) -> None:
    """Say that nothing is wider than the window."""
    width = page.run("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], f"{page.address} is {width[0]} wide in a window of {width[1]}"


@pytest.mark.parametrize(("width", "is_dark"), LOOKS, ids=LOOK_NAMES)
@pytest.mark.parametrize("file", FILES, ids=["catalogue", "category", "article", "rss", "atom"])
def test_each_kind_shows_its_text_asks_nobody_and_fits(
    sample: Site, chromium: Chromium, home: str, file: str, width: int, is_dark: bool
) -> None:
    with chromium.page(home, width=width, is_dark=is_dark) as page:
        page.open(home + path_of(sample, file))
        shown = page.shown_text()
        for text in TEXTS[file]:
            assert text in shown
        assert page.faults == []
        assert {kind for kind, _ in page.asked} <= {"Image"}
        assert {address for _, address in page.asked} <= pictures_of(sample)
        assert_fits(page)
        ground = page.run("getComputedStyle(document.body ?? document.documentElement).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 200) is is_dark


@pytest.mark.parametrize(("width", "is_dark"), LOOKS, ids=LOOK_NAMES)
def test_every_page_is_for_everybody(sample: Site, chromium: Chromium, axe: str, width: int, is_dark: bool) -> None:
    paths = pages_of(sample)
    assert len(paths) > 100
    if (width, is_dark) in LOOKS[1:3]:  # the other two are enough to see all pages both narrow and wide, light and dark
        paths = [path_of(sample, file) for file in FILES[:3]]
    violations = []
    with chromium.page(sample.base_url, width=width, is_dark=is_dark) as page:
        for path in paths:
            page.open(sample.base_url + path)
            assert_fits(page)
            assert page.faults == []
            page.run(f"{axe};0")
            page.run("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
            for violation in page.run("axe.run().then((found) => found.violations)"):
                places = [node["target"] for node in violation["nodes"]]
                violations.append((path, violation["id"], violation["help"], places))
    assert violations == []


def test_signs_that_nobody_can_break_and_long_names_make_no_page_scroll(tmp_path: Path, chromium: Chromium) -> None:
    stack = "a" + "\u20e0\u035c\u0489" * 900
    folder = tmp_path / "archive" / ("长" * 60)
    folder.mkdir(parents=True)
    front = f"title: '{stack}'\ndate: 2022-07-22T08:00:00Z\nauthor: '{stack}'\ntags: ['{stack}', b]"
    (folder / "a.md").write_text(f"---\n{front}\n---\n{stack}\n", "utf-8")
    with (
        serve_archive(tmp_path / "archive", tmp_path / "site") as site,
        chromium.page(site.base_url, width=PHONE) as page,
    ):
        for path in (*pages_of(site), "rss.xml", "atom.xml"):
            page.open(site.base_url + path)
            assert_fits(page)
        page.open(site.base_url)
        assert page.run("document.querySelector('.row .name').clientHeight") < 110


def test_axe_finds_a_fault_where_there_is_one(sample: Site, chromium: Chromium, axe: str) -> None:
    with chromium.page(sample.base_url) as page:
        page.open(sample.base_url)
        page.run(f"{axe};0")
        page.run("document.querySelector('h1').style.color = '#ddd'; document.documentElement.lang = '';")
        found = page.run("axe.run().then((found) => found.violations.map((violation) => violation.id))")
        assert {"color-contrast", "html-has-lang"} <= set(found)


def test_the_browser_tells_of_what_is_forbidden_asked_for_and_too_wide(tmp_path: Path, chromium: Chromium) -> None:
    file = tmp_path / "bad.html"
    file.write_text(
        """<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="script-src 'none'">
        <title>x</title><link rel="stylesheet" href="https://elsewhere.example/a.css"><p style="width: 3000px">x</p>
        <script>alert(1)</script>"""
    )
    with chromium.page(tmp_path.as_uri()) as page:
        page.open(file.as_uri())
        assert any("Content Security Policy" in fault for fault in page.faults)
        assert page.asked == [("Stylesheet", "https://elsewhere.example/a.css")]
        with pytest.raises(AssertionError, match="wide in a window"):
            assert_fits(page)


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_feed_in_the_browser_has_contrast_and_no_markup(
    sample: Site, chromium: Chromium, name: str, is_dark: bool
) -> None:
    with chromium.page(sample.base_url, is_dark=is_dark) as page:
        address = f"{sample.base_url}{quote(CATEGORY)}/{name}"
        with urlopen(address, timeout=5) as answer:  # a type of its own makes browsers show feeds as they are written
            assert answer.headers.get_content_type() in ("text/xml", "application/xml")
        page.open(address)
        assert page.run(_LEAST_CONTRAST) >= 4.5
        shown = page.shown_text()
        assert "tag:localhost" not in shown
        assert "<p>" not in shown
        assert "http" not in shown.replace(sample.base_url, "")


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_a_feed_on_the_phone_is_as_large_as_a_page(sample: Site, chromium: Chromium, name: str) -> None:
    with chromium.page(sample.base_url, width=PHONE) as page:
        page.open(f"{sample.base_url}{quote(CATEGORY)}/{name}")
        size = page.run("parseFloat(getComputedStyle(document.documentElement).fontSize) * visualViewport.scale")
        assert 14 <= size <= 18


def test_typing_finds_categories_and_the_rest_is_hidden(sample: Site, chromium: Chromium) -> None:
    with chromium.page(sample.base_url) as page:
        page.open(sample.base_url)
        everything = page.shown_text()
        page.run("document.querySelector('input[type=search]').focus()")
        page.type_text("旧闻")
        shown = page.shown_text()
        assert "南塘夜话－旧闻" in shown
        assert "木栈道" in everything
        assert "木栈道" not in shown
        page.type_text("没有的")
        assert "南塘夜话－旧闻" not in page.shown_text()
        assert "没有这样的分类" in page.shown_text()
        page.run("document.querySelector('input[type=search]').select()")
        page.call("Input.dispatchKeyEvent", type="keyDown", key="Delete", windowsVirtualKeyCode=46)
        assert page.shown_text() == everything
        assert page.faults == []


def test_without_script_all_categories_and_addresses_are_there(sample: Site, chromium: Chromium) -> None:
    with chromium.page(sample.base_url) as page:
        page.open(sample.base_url)
        with_script = page.shown_text()
    with chromium.page(sample.base_url, scripts=False) as page:
        page.open(sample.base_url)
        without = page.shown_text()
        assert not page.run("document.querySelector('input, button')")
        lost = set(with_script.splitlines()) - set(without.splitlines())
        assert len(lost) == 1, "the word on the button that copies, and nothing else"
        assert sample.base_url + "atom.xml" in without
        assert page.faults == []


def test_the_button_copies_the_address(sample: Site, chromium: Chromium) -> None:
    chromium.call("Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]})
    with chromium.page(sample.base_url) as page:
        page.open(f"{sample.base_url}{quote(CATEGORY)}/")
        page.press("button.copy")
        copied = page.run("new Promise((done) => setTimeout(done, 50)).then(() => navigator.clipboard.readText())")
        assert copied == f"{sample.base_url}{quote(CATEGORY)}/atom.xml"
        assert "已复制" in page.shown_text()
        assert page.faults == []


def test_other_formats_are_behind_a_press_and_close_again(sample: Site, chromium: Chromium) -> None:
    with chromium.page(sample.base_url) as page:
        page.open(sample.base_url)
        address = page.run("document.querySelector('.row .formats li:nth-child(2) code').textContent")
        assert address not in page.shown_text()
        page.press(".row summary")
        assert address in page.shown_text()
        page.press("h1")
        assert address not in page.shown_text()


def test_every_link_between_pages_leads_somewhere(sample: Site, chromium: Chromium) -> None:
    home = f"{sample.folder.as_uri()}/"
    seen, waiting = {home + "index.html"}, [home + "index.html"]
    with chromium.page(home) as page:
        while waiting:
            page.open(waiting.pop())
            found = {link.split("#")[0] for link in page.run("[...document.links].map((link) => link.href)")}
            new = {link for link in found if link.startswith(home) and link.endswith(".html")} - seen
            seen |= new
            waiting += new
    assert {address.removeprefix(home) for address in seen} == set(pages_of(sample))
