"""Nothing that an article states runs anywhere: not in what feeds hold, and not on a page.

Judged by parsers that are not ours: html5lib's, which is the standard's, and libxml2's, which mends in its own way.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import html5lib
import lxml.html
import pytest
from lxml import etree

from feeds import Config, build
from tests.vectors import VECTORS, article_of

NOW = datetime(2022, 8, 1, tzinfo=UTC)
ALLOWED = frozenset({
    "html", "head", "body", "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big",
    "blockquote", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details",
    "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video", "wbr",
})  # fmt: skip
ALLOWED_ATTRIBUTES = frozenset({
    "alt", "colspan", "controls", "datetime", "dir", "height", "href", "hreflang", "id", "lang", "open",
    "poster", "referrerpolicy", "rel", "reversed", "rowspan", "scope", "span", "src", "start", "title",
    "type", "value", "width",
})  # fmt: skip
ADDRESSES = frozenset({"href", "src", "poster", "action", "formaction", "data", "cite", "background"})
ON_PAGES = ALLOWED | frozenset({"button", "link", "meta", "nav", "script", "style", "title"})
ATOM, CONTENT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/rss/1.0/modules/content/}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module", params=["summary", "full"])
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Return what comes of an archive of nothing but vectors."""
    archive = tmp_path_factory.mktemp("vectors") / "archive"
    archive.mkdir()
    for number in range(len(VECTORS)):
        (archive / f"{number:03}.md").write_bytes(article_of(number))
    output = archive.parent / "public"
    size = len(VECTORS)
    config = Config(archive=archive, output=output, content=request.param, limit=size, limit_max=size, language="zh-CN")
    build(config, now=NOW)
    return output


def elements_of(root: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """Give the name and the attributes of each element."""
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element.tag, {str(name): str(value) for name, value in element.attrib.items()}


def active(html: str) -> list[str]:
    """Tell what of some content might run, lead astray, or is not of the allowed vocabulary."""
    found = []
    standard, mended = html5lib.parse(html, namespaceHTMLElements=False), lxml.html.document_fromstring(f"<p>{html}")
    for name, attributes in (*elements_of(standard), *elements_of(mended)):
        if name not in ALLOWED:
            found.append(f"<{name}>")
        for attribute, value in attributes.items():
            if attribute not in ALLOWED_ATTRIBUTES:
                found.append(f"{name} {attribute}")
            if attribute in ADDRESSES and not leads_well(value):
                found.append(f"{name} {attribute}={value}")
    return found


def leads_well(address: str) -> bool:
    """Tell whether an address is absolute and of a scheme that runs nothing, however it is spelt."""
    return bool(re.match(r"(?:https?://[^/\s]|mailto:|tel:)", re.sub(r"[\x00-\x20]", "", address).lower()))


def test_the_list_is_long_and_the_judge_finds_what_is_in_it() -> None:
    assert len(set(VECTORS)) == len(VECTORS) > 200
    known = [vector for vector in VECTORS if active(f"<p>{vector.replace(chr(0), '')}</p>")]
    assert len(known) > 140, "the others run only in attributes, as addresses, or where Markdown or XML is written"
    assert (
        active('<p><a href="https://example.org/" rel="noopener">x</a><img src="https://example.org/a.png"></p>') == []
    )


def test_no_vector_costs_an_article(built: Path) -> None:
    assert len(json.loads((built / "feed.json").read_bytes())["items"]) == len(VECTORS)


def test_nothing_active_survives_in_the_content_of_any_format(built: Path) -> None:
    contents = set()
    for path in sorted(built.rglob("*")):
        match path.name:
            case "rss.xml":
                root = etree.parse(path).getroot()
                texts = [*root.iter(f"{CONTENT}encoded"), *root.iterfind(".//item/description")]  # others are no HTML
                contents |= {element.text or "" for element in texts}
            case "atom.xml":
                elements = [element for element in etree.parse(path).getroot().iter(f"{ATOM}*") if element.get("type")]
                contents |= {element.text or "" for element in elements if element.get("type") == "html"}
                assert {element.tag for element in elements if element.get("type") == "xhtml"} <= {f"{ATOM}subtitle"}
            case "feed.json":
                contents |= {item["content_html"] for item in json.loads(path.read_bytes())["items"]}
    assert len(contents) >= len(VECTORS)
    for content in contents:
        assert active(content) == []


def test_every_address_of_a_feed_leads_well(built: Path) -> None:
    for path in sorted(built.rglob("*.xml")):
        root = etree.parse(path).getroot()
        for element in root.iter():
            assert not str(element.tag).startswith("{http://www.w3.org/1999/") or element.tag in (
                XHTML + "div",
                XHTML + "a",
            )
            addresses = [
                str(value) for name, value in element.attrib.items() if name in ("href", "url", "src", "scheme")
            ]
            if element.tag in ("link", "comments", "url", "docs"):
                addresses.append(element.text or "")
            assert [address for address in addresses if not leads_well(address)] == []
    for path in sorted(built.rglob("feed.json")):
        for item in json.loads(path.read_bytes())["items"]:
            stated = [item.get(key) for key in ("url", "external_url", "image", "banner_image")]
            assert [address for address in stated if address and not leads_well(address)] == []


@pytest.mark.long
def test_pages_run_only_what_their_policy_names_by_its_hash(built: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 2 * len(VECTORS) - 40
    for path in pages:
        page = html5lib.parse(path.read_text("utf-8"), namespaceHTMLElements=False)
        names = []
        policy = ""
        for name, attributes in elements_of(page):
            names.append(name)
            if attributes.get("http-equiv") == "Content-Security-Policy":
                policy = attributes["content"]
            assert "http-equiv" not in attributes or attributes["content"] == policy
            assert not [attribute for attribute in attributes if attribute.startswith("on") or attribute == "style"]
            assert "srcdoc" not in attributes
            for attribute in ADDRESSES & set(attributes):
                address = re.sub(r"[\x00-\x20]", "", attributes[attribute])
                is_icon = name == "link" and attributes.get("rel") == "icon"
                assert is_icon or leads_well(address) or re.match(r"(?:[\w.~%!$&'()*+,;=@-]+(?:[/#?]|$)|#)", address)
        assert set(names) <= ON_PAGES, path
        for element in [*page.iter("script"), *page.iter("style")]:
            digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert "unsafe" not in policy
