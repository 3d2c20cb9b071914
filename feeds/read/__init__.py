"""Article file to `Article`, and its body on demand; with `picture` the only stage that opens the archive's files."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping
from io import SEEK_END, FileIO
from pathlib import Path

from msgspec import Struct

from feeds.errors import Problem, ProblemKind
from feeds.model import Article, Value
from feeds.read.encoding import UTF16_MARKS, decode
from feeds.read.lines import KeyLines
from feeds.read.plain import read_plain_head
from feeds.read.split import Split, split_front_matter

HEAD_BYTES = 4096
"""What is read of a file before its front matter is looked for: nearly all end well within it."""
HEADING_BYTES = 65536
"""How far into a file without a title its first heading is looked for."""

_HASH_BYTES = 16
_BINARY = getattr(os, "O_BINARY", 0)
"""Only Windows tells text from other files."""

_MARKDOWN = (".md", ".markdown", ".mdx", ".txt")
_REST = ".rst"
_SEPARATOR = re.compile(r"^excerpt_separator[ \t]*[:=][ \t]*([\"']?)(?P<separator>[^\r\n]+?)\1[ \t]*\r?$", re.MULTILINE)


class BodyText(Struct, frozen=True, kw_only=True):
    """A body as it stands in its file, decoded."""

    text: str
    is_markdown: bool
    """The file's name says Markdown; the text may be HTML all the same."""
    is_rest: bool = False
    """The file's name says reStructuredText, or it is a text of Nikola's."""
    problems: tuple[Problem, ...]


def read_article(root: Path, path: str) -> tuple[Article | None, tuple[Problem, ...]]:
    """Read one file's front matter, and no more of the file than that takes.

    Returns:
        The article, or None when the file vanished or cannot be read; and what was mended or lost.
    """
    try:
        file = os.open(f"{root}/{path}", os.O_RDONLY | _BINARY)
        try:
            data = os.read(file, HEAD_BYTES)
            plain = read_plain_head(data)
            if plain is None or not plain.values.get("title"):
                return _read_with_care(root, path, file, data)
            size = os.lseek(file, 0, os.SEEK_END)
        finally:
            os.close(file)
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (_unreadable(path, error),)
    article = Article(
        path=path,
        front_matter=plain.values,
        lines=KeyLines(plain.text, plain.first_line),
        heading=None,
        body_size=size - plain.body_start,
    )
    return article, ()


def _read_with_care(root: Path, path: str, descriptor: int, data: bytes) -> tuple[Article, tuple[Problem, ...]]:
    """Read front matter of any kind.

    Args:
        root: The archive.
        path: Of the file.
        descriptor: Of the file, which stays open.
        data: What has been read of it.

    Raises:
        OSError: It cannot be read.
    """
    from feeds.read.frontmatter import parse_front_matter  # with PyYAML, which a rebuild seldom needs

    is_rest = path.lower().endswith(_REST)
    with FileIO(descriptor, closefd=False) as file:
        recoded: tuple[Problem, ...] = ()
        if data.startswith(UTF16_MARKS):
            data, recoded = _from_utf16(path, data + file.readall())
        split = split_front_matter(data, is_rest=is_rest)
        while not split.is_closed and (more := file.read(len(data) * 8)):
            data += more
            split = split_front_matter(data, is_rest=is_rest)
        if _needs_whole(split):
            data += file.readall()
            split = split_front_matter(data, is_rest=is_rest)
        text, problems = decode(path, split.head, whole=data)
        front_matter, lines, more_problems = parse_front_matter(path, split, text)
        if not front_matter:
            front_matter = _front_matter_beside(root, path)
        heading = None
        if not any(key.casefold() == "title" and value for key, value in front_matter.items()):
            more = _read_up_to(file, HEADING_BYTES)
            data += more
            if len(more) == HEADING_BYTES:  # cut at a line's end, lest half a letter make the file look damaged
                data = data[: data.rfind(b"\n", split.body_start) + 1] or data
            from feeds.read.heading import find_heading  # most articles state their title

            heading = find_heading(decode(path, data[split.body_start :], whole=data)[0], is_rest=is_rest)
        body_size = file.seek(0, SEEK_END) - split.body_start
    article = Article(
        path=path,
        front_matter=front_matter,
        lines=lines,
        heading=heading,
        body_size=body_size,
        is_cut=not data or not (split.is_closed or _has_body(split, data)),
    )
    return article, (*recoded, *problems, *more_problems)


def _has_body(split: Split, data: bytes) -> bool:
    """Tell whether whole lines follow front matter that nothing closes: it is faulty, and nobody is writing it."""
    return split.dialect in {"yaml", "toml"} and b"\n" in data[split.body_start :].lstrip()


def _front_matter_beside(root: Path, path: str) -> Mapping[str, Value]:
    """Read the front matter that a file of the same name and the suffix `.meta` holds (Nikola); empty without one."""
    from feeds.read.frontmatter import parse_front_matter

    try:
        data = (root / path).with_suffix(".meta").read_bytes()
    except (OSError, ValueError):
        return {}
    split = split_front_matter(data if data.endswith(b"\n") else data + b"\n", is_rest=True)
    return parse_front_matter(path, split, decode(path, split.head, whole=data)[0])[0]


def read_body_text(root: Path, path: str) -> BodyText | None:
    """Read one file whole and return what stands after its front matter; None when it vanished."""
    try:
        data = (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        return BodyText(text="", is_markdown=False, problems=(_unreadable(path, error),))
    data, recoded = _from_utf16(path, data)
    name = path.lower()
    split = split_front_matter(data, is_rest=name.endswith(_REST))
    text, problems = decode(path, data[split.body_start :], whole=data)
    if b"excerpt_separator" in split.head:
        text = _with_usual_marker(text, split.head)
    is_rest = name.endswith(_REST) or (name.endswith(".txt") and _is_nikola(root, path, data, split))
    return BodyText(
        text=text,
        is_markdown=name.endswith(_MARKDOWN) and not is_rest,
        is_rest=is_rest,
        problems=(*recoded, *problems),
    )


def _is_nikola(root: Path, path: str, data: bytes, split: Split) -> bool:
    """Tell whether a text is one of Nikola's, which are reStructuredText: `.. title:` at its top, or a file beside."""
    if split.dialect:
        return split.dialect == "comments" and not data.lstrip().startswith(b"<!--")
    return (root / path).with_suffix(".meta").is_file()


def _with_usual_marker(text: str, head: bytes) -> str:
    """Write an article's own mark of where its summary ends (Jekyll's `excerpt_separator`) as `<!-- more -->`."""
    stated = _SEPARATOR.search(head.decode("utf-8", "replace"))
    separator = stated["separator"].strip() if stated else ""
    return text.replace(separator, "<!-- more -->", 1) if separator else text


def hash_body(root: Path, path: str) -> str | None:
    """Hash what a file holds behind its front matter, blanks at both ends apart.

    Returns:
        Hexadecimal digits, "" when nothing stands there or the file seems to be written just now (its front
        matter does not end); None when it vanished or cannot be read.
    """
    try:
        data = (root / path).read_bytes()
    except OSError:
        return None
    data, _ = _from_utf16(path, data)
    split = split_front_matter(data, is_rest=path.lower().endswith(_REST))
    body = data[split.body_start :].strip() if split.is_closed else b""
    return hashlib.blake2b(body, digest_size=_HASH_BYTES).hexdigest() if body else ""


def _read_up_to(file: FileIO, size: int) -> bytes:
    """Read so many bytes, fewer only where the file ends: one call may bring less on a network's disk."""
    data = b""
    while len(data) < size and (more := file.read(size - len(data))):
        data += more
    return data


def _from_utf16(path: str, data: bytes) -> tuple[bytes, tuple[Problem, ...]]:
    """Bring UTF-16 to UTF-8, since fences are looked for in bytes; other bytes stay as they are."""
    if not data.startswith(UTF16_MARKS):
        return data, ()
    text, problems = decode(path, data, whole=data)
    return text.encode("utf-8"), problems


def _needs_whole(split: Split) -> bool:
    """A head that is no UTF-8 is judged by the whole file: a few bytes do not tell damage from another encoding."""
    try:
        split.head.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(
        kind=ProblemKind.UNREADABLE,
        path=path,
        what="file cannot be read",
        cause=error.strerror or type(error).__name__,
        cure="Let the user who builds read it; until then the article is left out.",
    )
