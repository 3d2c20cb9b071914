"""Summaries and pictures on the labelled articles: as good as promised, also where nothing can be learned."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from tests.editor.labels import FOLDER, SETS, Label, load_labels
from tests.editor.score import alone, score, together


def label(**values: object) -> Label:
    return Label(
        **{"path": "a.md", "kind": "", "begins": ("Low tide",), "forbidden": (), "pictures": (None,), **values}  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("name", SETS)
def test_summaries_and_pictures_are_what_an_editor_would_have_chosen(name: str) -> None:
    result = score(list(load_labels(name)), together(FOLDER / name))
    assert result.beginnings >= 0.95 * result.articles, "\n".join(result.misses)
    assert result.forbidden <= 0.05 * result.articles, "\n".join(result.misses)
    assert result.pictures >= 0.93 * result.articles, "\n".join(result.misses)


@pytest.mark.long
@pytest.mark.parametrize("name", SETS)
def test_they_are_good_where_every_publisher_has_one_article(name: str) -> None:
    result = score(list(load_labels(name)), alone(FOLDER / name))
    assert result.beginnings >= 0.75 * result.articles, "\n".join(result.misses)
    assert result.pictures >= 0.88 * result.articles, "\n".join(result.misses)


def test_there_are_enough_articles_of_enough_publishers() -> None:
    labels = {name: list(load_labels(name)) for name in SETS}
    assert len(labels["develop"]) >= 80
    assert len(labels["final"]) >= 40
    assert len({one.path.split("/")[0] for every in labels.values() for one in every}) >= 30


@pytest.mark.parametrize("name", SETS)
def test_every_article_has_a_label_that_speaks_of_it(name: str) -> None:
    root = FOLDER / name
    articles = {path.relative_to(root).as_posix() for path in root.rglob("*.md")}
    assert articles == {one.path for one in load_labels(name)}
    for one in load_labels(name):
        stated = json.loads((root / one.path).with_suffix(".json").read_bytes())
        assert set(stated) == {"kind", "begins", "forbidden", "pictures"}
        assert one.begins
        assert one.pictures
        article = html.unescape((root / one.path).read_text("utf-8"))
        assert all(picture in article for picture in one.pictures if picture), one.path


def test_the_score_knows_right_from_wrong() -> None:
    right = label(begins=("Low tide at",), forbidden=("By Jane",), pictures=("https://a.example/quay.jpg",))
    told = {"a.md": ("Low  tide at the quay.", "https://a.example/quay.jpg")}
    assert score([right], told).misses == ()
    for summary, picture in (
        ("By Jane Doe. Low tide at the quay.", "https://a.example/quay.jpg"),
        ("Low tide at the quay. By Jane Doe", "https://a.example/quay.jpg"),
        ("Low tide at the quay.", None),
        ("Low tide at the quay.", "https://a.example/logo.jpg"),
        ("", "https://a.example/quay.jpg"),
    ):
        assert score([right], {"a.md": (summary, picture)}).misses != ()


def test_none_is_right_only_where_the_label_says_so() -> None:
    assert label(begins=("",)).is_right_beginning("")
    assert not label(begins=("",)).is_right_beginning("Low tide")
    assert label(pictures=(None,)).is_right_picture(None)
    assert not label(pictures=("a.jpg",)).is_right_picture(None)


def test_labels_are_found_beside_their_articles() -> None:
    assert all((Path(FOLDER) / name).is_dir() for name in SETS)
