"""What each template tag becomes: one table, name to function, for all generators.

A name that is not in the table keeps what stands inside it, and shows nothing itself. Values are the writer's: they
are escaped here, and what they become is sanitised with the rest of the body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from feeds.addresses import has_scheme
from feeds.finish.local import ARTICLES, PAGES, written
from feeds.finish.tags import Tag

_WEB = re.compile(r"(?:https?:)?//\S+|/\S*", re.IGNORECASE)
_FILE = re.compile(r"\S*[./]\S*")
_DRESS = re.compile(
    r"fa[bdlrs]?|(?:fa[bdlrs]? )?fa-.*|flat|modern|simple|disabled|no-icon|true|false|open|closed?|collapsed",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:px|%)?|auto|null")


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """What stands in place of a tag."""

    before: str
    """HTML in place of the tag itself."""
    after: str = ""
    """HTML in place of the tag that ends it; a tag that needs one and has none shows nothing."""
    is_block: bool = False
    """It parts paragraphs."""


def replacement_of(tag: Tag) -> Replacement | None:
    """Answer what a tag becomes; None for nothing but what stands inside it."""
    make = TAGS.get(tag.name)
    return make(tag) if make else None


def _link(address: str, text: str) -> Replacement:
    return Replacement(before=f'<a href="{_value(address)}">{_text(text or address)}</a>')


def _text(text: str) -> str:
    """Write text for any place in Markdown or HTML, a cell of a table among them."""
    return escape(text, quote=False).replace("|", "&#124;").replace("{", "&#123;").replace("}", "&#125;")


def _value(text: str) -> str:
    """Write the value of an attribute, on one line."""
    return " ".join(escape(text).replace("|", "&#124;").split())


def _video(pattern: str) -> Callable[[Tag], Replacement | None]:
    """Make the rule of a player: a link to what it plays."""

    def make(tag: Tag) -> Replacement | None:
        name = tag.value("id", "videoid", "video_id", "video", "bvid", "bv", "aid", "src", "url", "youtubeid", place=0)
        if not name:
            return None
        address = name if _WEB.match(name) else pattern.format(name)
        return _link(address, tag.value("title"))

    return make


def _media(tag: Tag) -> Replacement | None:
    """Make a link of a player for any file: to the first address that it names."""
    stated = tag.value("src", "url", "file", "link", "mp4", "webm", "href")
    address = stated or next((one for one in tag.positional if _WEB.match(one)), "")
    if not address and (player := TAGS.get(tag.value("provider", "type").lower())) and player is not _media:
        return player(tag)
    return _link(address, tag.value("title", "name", "caption")) if address else None


def _picture(tag: Tag) -> Replacement | None:
    """Read `[class …] address [width] [height] ["title" "alternative"]`, or arguments by name."""
    address = tag.value("src", "path", "image_path", "url", "file", "image", "img")
    rest = list(tag.positional)
    classes = 0
    if not address:
        while classes < len(rest) and not _FILE.fullmatch(rest[classes]):
            classes += 1
        if classes == len(rest):
            if not rest:
                return None
            classes = 0
        address, rest = rest[classes], rest[classes + 1 :]
    if tag.name == "asset_img":
        address = _asset(address)
    sizes = ""
    for name in ("width", "height"):
        size = tag.value(name)
        if rest and _NUMBER.fullmatch(rest[0]):
            size = rest.pop(0)
        sizes += f' {name}="{size}"' if size.isdigit() else ""
    if len(rest) == 1 and '"' in rest[0]:  # '"title" "alternative"'
        rest = [part for part in rest[0].split('"') if part.strip()]
        title, alternative = rest[0], rest[-1]
    else:
        title = alternative = " ".join(rest)
    caption = tag.value("caption", "figcaption") or (tag.value("title") if tag.name == "figure" else "")
    alternative = tag.value("alt") or alternative or tag.value("title") or caption
    image = f'<img src="{_value(address)}" alt="{_value(alternative)}"{sizes}'
    image += f' title="{_value(title)}">' if title else ">"
    if tag.value("link", "href") and tag.value("link", "href") != address:
        image = f'<a href="{_value(tag.value("link", "href"))}">{image}</a>'
    if caption:
        image = f"<figure>{image}<figcaption>{_text(caption)}</figcaption></figure>"
    return Replacement(before=image, is_block=bool(caption))


def _asset(name: str) -> str:
    """Write the address of a file in Hexo's folder of an article."""
    return name if name.startswith("/") or has_scheme(name) else written("asset", name)


def _asset_path(tag: Tag) -> Replacement | None:
    name = tag.value("path", "slug", place=0)
    return Replacement(before=_value(_asset(name) if tag.in_address else name))


def _asset_link(tag: Tag) -> Replacement | None:
    if not tag.positional:
        return None
    texts = [text for text in tag.positional[1:] if text not in ("true", "false")]
    return _link(_asset(tag.positional[0]), " ".join(texts) or tag.positional[0])


def _address_of_article(tag: Tag) -> Replacement | None:
    """Make an address of another article; a tag that stands for no link's address shows nothing."""
    name = tag.value("path", place=0)
    if not tag.in_address:
        return None
    if not name:
        return Replacement(before="about:blank")
    if name.startswith("#") or has_scheme(name):
        return Replacement(before=_value(name))
    is_file = tag.name == "link" and _FILE.fullmatch(name) and not name.lower().endswith((*ARTICLES, *PAGES))
    return Replacement(before=_value(written("site", "/" + name.lstrip("/")) if is_file else written("article", name)))


def _post_link(tag: Tag) -> Replacement | None:
    name = tag.value("slug", "path", place=0)
    texts = [text for text in tag.positional[1:] if text not in ("true", "false")]
    text = " ".join(texts) or name.rpartition("/")[2].partition("#")[0].replace("-", " ")
    return _link(written("article", name), text) if name else None


def _any_link(tag: Tag) -> Replacement | None:
    """Read Hexo's `link text address [true|false] [title]` beside Jekyll's `link path`."""
    address = tag.value("href", "url", "to") or next((one for one in tag.positional if _WEB.match(one)), "")
    place = tag.positional.index(address) if address in tag.positional[1:] else len(tag.positional)
    others = [one for one in tag.positional[:place] if one not in ("true", "false")]
    text = tag.value("text", "title", "content", "name") or " ".join(one for one in others if one != address)
    if tag.in_address or not (text and address):
        return _address_of_article(tag)
    return _link(address, text)


def _button(tag: Tag) -> Replacement | None:
    address = tag.value("href", "url", "link", "relref", "to", place=0)
    text = tag.value("text", "label", "name", place=1)
    if "," in tag.written and not tag.named:
        address, text = (part.strip(" \"'") for part in tag.written.split(",")[:2])
    if text and address:
        return _link(address, text)
    return Replacement(before=f'<a href="{_value(address)}">', after="</a>") if address else None


def _quote(tag: Tag) -> Replacement:
    """Read `[author[, source]] [address] [title of the source]`, or arguments by name."""
    said = tag.positional if tag.name != "pullquote" else ()
    place = next((place for place, one in enumerate(said) if _WEB.match(one)), len(said))
    address = tag.value("link", "url") or " ".join(said[place : place + 1])
    author = tag.value("author", "cite", "attribution")
    if said[:place] and not author:
        author = (tag.written.partition(address)[0] if address else tag.written).strip(" \"'`")
    source = _text(tag.value("source", "title") or " ".join(said[place + 1 :]))
    if address:
        source = f'<a href="{_value(address)}">{source or _text(address)}</a>'
    cite = ", ".join(filter(None, (_text(author), source)))
    cite = f"\n\n<p>— <cite>{cite}</cite></p>" if cite else ""
    return Replacement(before="<blockquote>", after=f"{cite}\n\n</blockquote>", is_block=True)


def _note(tag: Tag) -> Replacement | None:
    """Read `kind "Title"`, or arguments by name; or a theme's `kind colour, All it says`."""
    _, comma, words = tag.written.partition(",")
    if comma and words.strip() and not tag.named and '"' not in tag.written:
        return Replacement(before=f"<p>{_text(words.strip())}</p>", is_block=True)
    title = tag.value("title", "header", "heading") or " ".join(
        one for one in tag.positional[1:] if not _DRESS.fullmatch(one)
    )
    return Replacement(before=f"<p><strong>{_text(title)}</strong></p>", is_block=True) if title else None


def _details(tag: Tag) -> Replacement:
    title = tag.value("summary", "title") or " ".join(tag.positional)
    summary = f"<summary>{_text(title)}</summary>" if title else ""
    return Replacement(before=f"<details>{summary}", after="</details>", is_block=True)


def _gist(tag: Tag) -> Replacement | None:
    name = tag.value("id", "url", place=0)
    if len(tag.positional) > 1 and "/" not in name and "." not in tag.positional[1]:
        name += "/" + tag.positional[1]
    return _link(name if _WEB.match(name) else f"https://gist.github.com/{name}", "") if name else None


def _tweet(tag: Tag) -> Replacement | None:
    name = tag.value("id", "url", "tweetid", "status", place=0)
    user = tag.value("user", "username") or "i"
    address = name if _WEB.match(name) else f"https://twitter.com/{user}/status/{name}"
    return _link(address, "") if name else None


def _words(tag: Tag) -> Replacement | None:
    """Keep the words of a tag that only dresses them: `{% label primary@Words %}`."""
    words = " ".join(tag.positional).rpartition("@")[2].strip()
    if "," in tag.written:
        words = tag.written.rpartition(",")[2].strip(" \"'")
    return Replacement(before=_text(words)) if words else None


def _emoji(tag: Tag) -> Replacement | None:
    return Replacement(before=f":{_text(tag.positional[0].strip(':'))}:") if tag.positional else None


_Make = Callable[[Tag], "Replacement | None"]


def _table(rows: Mapping[str, _Make]) -> Mapping[str, _Make]:
    return {name: make for names, make in rows.items() for name in names.split()}


TAGS = _table(
    {
        "asset_img img image picture figure responsive_image imgproc lightbox fancybox responsive-image asset_image "
        "post-image thumbnail-image inlineimage inlineimg": _picture,
        "asset_path": _asset_path,
        "asset_link": _asset_link,
        "youtube yt youtube-lite youtube_lite lite-youtube youtuber": _video("https://www.youtube.com/watch?v={}"),
        "vimeo": _video("https://vimeo.com/{}"),
        "bilibili bili": _video("https://www.bilibili.com/video/{}"),
        "jsfiddle": _video("https://jsfiddle.net/{}"),
        "instagram": _video("https://www.instagram.com/p/{}/"),
        "asciinema": _video("https://asciinema.org/a/{}"),
        "spotify soundcloud twitch iframe video video_tag audio dplayer aplayer mp3 mp4 vid embed oembed pdf": _media,
        "post_url post_path ref relref": _address_of_article,
        "post_link": _post_link,
        "link": _any_link,
        "button btn": _button,
        "blockquote quote pullquote cq centerquote epigraph": _quote,
        "note notice alert admonition callout tip info warning danger hint attention important caution": _note,
        "details spoiler collapse collapsible folding expand hidetoggle accordion fold": _details,
        "gist": _gist,
        "tweet twitter x": _tweet,
        "label kbd key u p emp wavy del psw span hideinline badge mark checkbox radio": _words,
        "emoji": _emoji,
    }
)
"""What a tag becomes, by its name."""
