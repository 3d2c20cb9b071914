"""Bytes to text: UTF-8, damaged UTF-8, GB18030, a detector's guess; nothing is ever lost."""

from __future__ import annotations

from feeds.errors import Problem, ProblemKind

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
DAMAGED_SHARE = 0.95
"""From this share of non-ASCII bytes in valid sequences on, a file is UTF-8 with damage, not another encoding."""


def decode(path: str, part: bytes, *, whole: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Decode part of a file by what the whole file tells about its encoding.

    Returns:
        The text, and a notice when the file is not clean UTF-8.
    """
    try:
        return part.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first = whole.find(part) + error.start
    line = whole[: max(first, 0)].count(b"\n") + 1
    encoding = _other_encoding(whole)
    if encoding is None:
        found = Problem(
            kind=ProblemKind.ENCODING,
            path=path,
            line=line,
            what=f'byte "\\x{whole[first]:02x}" is no UTF-8',
            cause="damaged text",
            cure="Each such byte is shown as \ufffd; write the file again from its source.",
        )
        return part.decode("utf-8", "replace"), (found,)
    found = Problem(
        kind=ProblemKind.ENCODING,
        path=path,
        line=line,
        what=f"text is {encoding}, not UTF-8",
        cause="an old or foreign encoding, told from the bytes",
        cure="It is read as such; save the file as UTF-8 to be sure.",
    )
    return part.decode(encoding, "replace"), (found,)


def _other_encoding(whole: bytes) -> str | None:
    """Name the encoding of bytes that are not clean UTF-8; None for UTF-8 with damage."""
    if whole.startswith(UTF16_MARKS):
        return "UTF-16"
    damaged = sum("\udc80" <= letter <= "\udcff" for letter in whole.decode("utf-8", "surrogateescape"))
    foreign = sum(byte >= 0x80 for byte in whole)
    if 1 - damaged / foreign >= DAMAGED_SHARE:
        return None
    try:
        whole.decode("gb18030")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes  # slow to load, and hardly ever needed

        guess = from_bytes(whole).best()
        return guess.encoding if guess is not None and guess.encoding != "utf_8" else None
    return "GB18030"
