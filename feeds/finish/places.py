"""Where the addresses of one article lead: its links and pictures, each made absolute."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from feeds import addresses
from feeds.finish.local import (
    FilePlace,
    Surroundings,
    address_of_file,
    find_article,
    find_files,
    is_article_alone,
    read_notation,
)
from feeds.model import Picture

LocalPicture = Callable[[Sequence[FilePlace]], "Picture | None"]
"""Answers the finished picture of the first of some places that holds one."""
LocalArticle = Callable[[str], "str | None"]
"""Answers the address of an article's page, by what `find_article` answers; None when it has none."""

_MEDIA_TYPES = {
    "apng": "image/apng",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "heic": "image/heic",
    "ico": "image/vnd.microsoft.icon",
    "jfif": "image/jpeg",
    "jpe": "image/jpeg",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "webp": "image/webp",
}
_CONTACT = re.compile(r"(?i:mailto|tel):[!#-;=?-\[\]_a-z~]+")
"""Of the characters that RFC 3986 allows."""


class Places:
    """Where the addresses of one article lead; each picture is asked for once."""

    def __init__(
        self,
        around: Surroundings,
        *,
        proxy: str | None,
        local_picture: LocalPicture,
        local_article: LocalArticle,
    ) -> None:
        """Take the article, what stands before addresses of pictures that are not ours, and who knows the archive."""
        self._around = around
        self._base = around.permalink or around.site_url
        self._proxy = proxy
        self._local_picture = local_picture
        self._local_article = local_article
        self._pictures: dict[str, Picture | None] = {}

    def link(self, address: str, page: str | None) -> str | None:
        """Resolve a link; one within the page needs the address of that page."""
        address = address.strip()
        if address.startswith("#"):
            return addresses.absolute(address, page) if len(address) > 1 else None
        if _CONTACT.fullmatch(address):
            return address
        article = find_article(address, self._around)
        found = self._local_article(article) if article else None
        if found:
            fragment = address.partition("#")[2]
            return addresses.absolute(f"#{fragment}", found) if fragment else found
        return None if is_article_alone(address) else self._on_site(address)

    def picture(self, address: str) -> Picture | None:
        """Resolve a picture: in the archive or the site's folders, else on the web."""
        address = addresses.unproxy(address.strip())
        if address not in self._pictures:
            self._pictures[address] = self._find_picture(address)
        return self._pictures[address]

    def picture_address(self, address: str) -> str | None:
        """Resolve a picture to its address alone."""
        picture = self.picture(address)
        return picture.address if picture else None

    def _find_picture(self, address: str) -> Picture | None:
        places = tuple(find_files(address, self._around))
        picture = self._local_picture(places) if places else None
        if picture:
            return picture
        absolute = self._on_site(address)
        if absolute is None:
            return None
        address = addresses.proxy(absolute, self._proxy) if self._proxy else absolute
        return Picture(address=address, media_type=_media_type(absolute), length=None)

    def _on_site(self, address: str) -> str | None:
        """Resolve an address of which nothing is at hand."""
        if read_notation(address)[0]:
            return address_of_file(address, self._around)
        return addresses.absolute(address, self._base)


def _media_type(address: str) -> str | None:
    """Tell a picture's media type from the suffix of its path alone: a query belongs to the picture."""
    return _MEDIA_TYPES.get(urlsplit(address).path.rpartition(".")[2].lower())
