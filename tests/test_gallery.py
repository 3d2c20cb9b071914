from __future__ import annotations

import hashlib

import pytest

from feeds.gallery import Gallery
from feeds.model import Picture, PictureFile

JPEG = b"\xff\xd8\xff tide"
FILES: dict[str, tuple[bytes, str | None]] = {
    "a/tide 1.jpg": (JPEG, "image/jpeg"),
    "b/copy.png": (JPEG, "image/jpeg"),
    "c.png": (b"text", None),
    "d.svg": (b"<svg/>", "image/svg+xml"),
    "/0/img/tide.jpg": (JPEG, "image/jpeg"),
}


class Archive:
    """Pictures in memory, and how often each was read."""

    def __init__(self) -> None:
        self.reads: list[str] = []

    def read(self, path: str) -> PictureFile | None:
        self.reads.append(path)
        if path not in FILES:
            return None
        data, media_type = FILES[path]
        digest = hashlib.sha256(data).hexdigest()
        return PictureFile(data=data, length=len(data), digest=digest, media_type=media_type, width=3, height=2)


@pytest.fixture
def archive() -> Archive:
    return Archive()


def gallery(archive: Archive, *, pictures_base: str | None = None, site_url: str | None = None) -> Gallery:
    known = {*FILES, "vanished.png"}
    other = {"A/TIDE.JPG": "/0/img/tide.jpg"}

    def locate(path: str) -> str | None:
        return path if path in known else other.get(path)

    return Gallery(
        locate, archive.read, base_url="https://example.com/f/", pictures_base=pictures_base, site_url=site_url
    )


def test_a_picture_is_copied_under_its_content_hash(archive: Archive) -> None:
    shown = gallery(archive)
    digest = hashlib.sha256(JPEG).hexdigest()
    path = f"pictures/{digest[:2]}/{digest[:24]}.jpg"
    address = f"https://example.com/f/{path}"
    assert shown.find("a/tide 1.jpg") == Picture(
        address=address, media_type="image/jpeg", length=len(JPEG), width=3, height=2
    )
    assert [(copy.path, copy.file.data) for copy in shown.copies] == [(path, JPEG)]


def test_equal_pictures_are_one_copy_with_the_suffix_of_their_type(archive: Archive) -> None:
    shown = gallery(archive)
    assert shown.find("a/tide 1.jpg") == shown.find("b/copy.png")
    assert len(shown.copies) == 1


def test_a_picture_is_read_once(archive: Archive) -> None:
    shown = gallery(archive)
    for _ in range(3):
        shown.find("d.svg")
        shown.find("c.png")
    assert archive.reads == ["d.svg", "c.png"]


@pytest.mark.parametrize("path", ["c.png", "vanished.png"])
def test_what_is_no_picture_is_not_shown(archive: Archive, path: str) -> None:
    shown = gallery(archive)
    assert shown.find(path) is None
    assert shown.copies == ()


@pytest.mark.parametrize("path", ["", "../secret.png", "/etc/passwd", "A/TIDE 1.JPG"])
def test_what_the_archive_does_not_list_is_never_opened(archive: Archive, path: str) -> None:
    assert gallery(archive).find(path) is None
    assert archive.reads == []


def test_pictures_served_where_they_are_are_not_copied(archive: Archive) -> None:
    shown = gallery(archive, pictures_base="https://cdn.example.com/")
    found = shown.find("a/tide 1.jpg")
    assert found is not None
    assert found.address == "https://cdn.example.com/a/tide%201.jpg"
    assert shown.copies == ()


def test_copies_come_in_one_order_whatever_was_asked_first(archive: Archive) -> None:
    one, other = gallery(archive), gallery(archive)
    for path in FILES:
        one.find(path)
    for path in reversed(FILES):
        other.find(path)
    assert one.copies == other.copies


def test_a_picture_that_the_site_serves_is_not_copied(archive: Archive) -> None:
    shown = gallery(archive, site_url="https://example.com/blog/")
    for path in ("/0/img/tide.jpg", "A/TIDE.JPG"):
        found = shown.find(path)
        assert found is not None
        assert found.address == "https://example.com/blog/img/tide.jpg"
    beside = shown.find("d.svg", "https://example.com/blog/post/d.svg")
    assert beside is not None
    assert (beside.address, beside.length) == ("https://example.com/blog/post/d.svg", 6)
    assert shown.copies == ()


def test_a_picture_of_the_sites_folders_is_copied_while_nobody_knows_the_sites_address(archive: Archive) -> None:
    shown = gallery(archive)
    shown.find("A/TIDE.JPG")
    assert [copy.source for copy in shown.copies] == ["/0/img/tide.jpg"]


def test_asking_for_a_digest_copies_nothing(archive: Archive) -> None:
    shown = gallery(archive)
    assert shown.digest("d.svg") == hashlib.sha256(b"<svg/>").hexdigest()
    assert shown.digest("c.png") is None
    assert shown.copies == ()
