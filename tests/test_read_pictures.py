"""The size of a picture, from its head alone: bytes of each format as its specification lays them out."""

from __future__ import annotations

from pathlib import Path
from struct import pack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.read import picture
from feeds.read.picture import media_type_of, read_picture, size_of

PNG = b"\x89PNG\r\n\x1a\n" + pack(">I", 13) + b"IHDR" + pack(">II", 640, 480)
GIF = b"GIF89a" + pack("<HH", 640, 480)
BMP = b"BM" + bytes(12) + pack("<Iii", 40, 640, -480)
OLD_BMP = b"BM" + bytes(12) + pack("<IHH", 12, 640, 480)
FRAME = b"\xff\xc2" + pack(">HBHH", 17, 8, 480, 640)
COMMENT = b"\xff\xfe" + pack(">H", 2 + 300) + b"\xff\xc0" * 150
JPEG = b"\xff\xd8\xff\xe0" + pack(">H", 4) + b"JF" + COMMENT + b"\xff\xff" + FRAME
WEBP = b"RIFF\0\0\0\0WEBP"
LOSSY = WEBP + b"VP8 \0\0\0\0" + b"abc\x9d\x01\x2a" + pack("<HH", 640 | 0x4000, 480)
LOSSLESS = WEBP + b"VP8L\0\0\0\0\x2f" + pack("<I", 639 | 479 << 14)
EXTENDED = WEBP + b"VP8X\0\0\0\0" + bytes(4) + (639).to_bytes(3, "little") + (479).to_bytes(3, "little")
AVIF = b"\0\0\0\x1cftypavif" + bytes(8) + b"ispe" + pack(">III", 0, 64, 64) + b"ispe" + pack(">III", 0, 640, 480)


def exif(turn: int, order: str = ">") -> bytes:
    head = (b"MM" if order == ">" else b"II") + pack(order + "HI", 42, 8)
    data = b"Exif\0\0" + head + pack(order + "H", 2) + pack(order + "HHIHH", 256, 3, 1, 1, 0)
    data += pack(order + "HHIHH", 274, 3, 1, turn, 0)
    return b"\xff\xd8\xff\xe1" + pack(">H", 2 + len(data)) + data + FRAME


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (640, 480)),
        (GIF, (640, 480)),
        (BMP, (640, 480)),
        (OLD_BMP, (640, 480)),
        (JPEG, (640, 480)),
        (exif(1), (640, 480)),
        (exif(6), (480, 640)),
        (exif(8, "<"), (480, 640)),
        (exif(3, "<"), (640, 480)),
        (LOSSY, (640, 480)),
        (LOSSLESS, (640, 480)),
        (EXTENDED, (640, 480)),
        (AVIF, (640, 480)),
        (b'<svg width="640" height=\'480px\' viewBox="0 0 1 1"/>', (640, 480)),
        (b'<?xml version="1.0"?><svg xmlns="x" viewBox="0 0 640 480.5"><rect width="1" height="2"/></svg>', (640, 480)),
        (b'<svg width="100%" height="100%" viewBox="0,0,640,480"></svg>', (640, 480)),
        (b'<svg stroke-width="3" stroke-height="2"></svg>', (None, None)),
        (b'<svg width="0" height="0"></svg>', (None, None)),
        (PNG.replace(pack(">I", 640), pack(">I", 1 << 31)), (None, None)),
        (WEBP + b"VP8?", (None, None)),
        (b"\xff\xd8\xff\xe0\0\0", (None, None)),
        (b"\xff\xd8\xff\xd9", (None, None)),
        (b"text", (None, None)),
    ],
)
def test_a_size_is_told_from_the_head(data: bytes, size: tuple[int | None, int | None]) -> None:
    assert size_of(data, media_type_of(data)) == size


@pytest.mark.parametrize("data", [PNG, GIF, BMP, JPEG, exif(6), LOSSY, LOSSLESS, EXTENDED, AVIF])
def test_a_head_that_is_cut_short_says_nothing_or_the_same(data: bytes) -> None:
    kind = media_type_of(data)
    assert {size_of(data[:end], kind) for end in range(len(data))} <= {(None, None), size_of(data, kind), (64, 64)}


@given(st.sampled_from(sorted(picture._SIZES)), st.binary(max_size=200))
def test_whatever_the_bytes_are_there_is_an_answer(media_type: str, data: bytes) -> None:
    for start in (b"", b"\xff\xd8\xff\xe1\0\x20Exif\0\0MM\0*", b"RIFF\0\0\0\0WEBPVP8X"):
        width, height = size_of(start + data, media_type)
        assert (width is None) == (height is None)


def test_a_file_too_large_to_be_a_picture_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.png").write_bytes(PNG)
    monkeypatch.setattr(picture, "LARGEST", len(PNG))
    assert read_picture(tmp_path / "a.png") is not None
    monkeypatch.setattr(picture, "LARGEST", len(PNG) - 1)
    assert read_picture(tmp_path / "a.png") is None
