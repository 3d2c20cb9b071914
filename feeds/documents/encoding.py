"""Bytes of a feed to text: the encoding that it has, which is not always the one that it declares; pure."""

from __future__ import annotations

import json
import re

from feeds.text import strip_forbidden

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([A-Za-z0-9._-]+)")
# Python has codecs that are no encodings; and what spells its name in ASCII is no UTF-16, whatever it declares.
_ENCODING = re.compile(r"utf-?8|(iso|windows|cp|koi8|gb|big5|euc|shift|x-sjis|sjis|mac|tis)[a-z0-9_-]*")
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252"}
"""What is meant by a name more often than what it says (WHATWG Encoding section 4.2)."""


def decode(data: bytes) -> str:
    """Read bytes as text that XML may hold, less the blanks before it; what is no text becomes U+FFFD."""
    encoding: str = json.detect_encoding(data)
    declared = _DECLARED.search(data[:4096]) if encoding == "utf-8" else None
    if declared:
        name = declared[1].decode().lower()
        encoding = _SUPERSETS.get(name, name) if _ENCODING.fullmatch(name) else encoding
    try:
        text = data.decode(encoding, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return strip_forbidden(text).lstrip(" \t\r\n\ufeff")
