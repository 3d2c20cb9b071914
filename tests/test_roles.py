"""Finding roles by what keys stand in a front matter is finding them key by key."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from feeds.model import Value
from feeds.normalise.roles import BOOLEANS, KINDS, NO_VALUE, ROLES, TABLES, find_roles, is_draft, keys_of

KEYS = st.sampled_from(["title", "Title", "date", "DATE", "published", "tags", "tag", "cover", "Image", "status", "x"])
TEXTS = st.sampled_from(
    ["", "A", " null ", "None", "true", " FALSE", "undefined", "unde\ufb01ned", "undefined\u3000x", "no"]
)
VALUES: st.SearchStrategy[Value] = (
    TEXTS | st.lists(TEXTS, max_size=2).map(tuple) | st.dictionaries(st.just("name"), TEXTS)
)
FIELDS = st.dictionaries(KEYS, VALUES, max_size=8)
FRONT_MATTER = st.builds(
    lambda front, tables, more: {**front, **tables, **more},
    *(FIELDS, st.dictionaries(st.sampled_from(["extra", "Params"]), FIELDS | VALUES, max_size=2), FIELDS),
)


def says_something(value: Value, role: str) -> bool:
    nothing = NO_VALUE if role == "title" else NO_VALUE | BOOLEANS
    return value.strip().casefold() not in nothing if isinstance(value, str) else bool(value)


@given(FRONT_MATTER)
def test_a_role_has_its_keys_that_say_something_strongest_first(front_matter: Mapping[str, Value]) -> None:
    pairs = [
        pair
        for key, value in front_matter.items()
        if key.casefold() in TABLES and isinstance(value, Mapping)
        for pair in value.items()
    ]
    pairs += front_matter.items()
    stated = find_roles(front_matter)
    for role, names in ROLES.items():
        same = [
            [pair for pair in pairs if pair[0].casefold() == name and says_something(pair[1], role)] for name in names
        ]
        assert list(stated.get(role, ())) == [found[-1] for found in same if found]


@given(FRONT_MATTER)
def test_only_keys_at_the_top_tell_of_drafts(front_matter: Mapping[str, Value]) -> None:
    tells = any(
        isinstance(value, str)
        and (key.casefold(), value.strip().casefold()) in {("published", "no"), ("published", "false")}
        for key, value in front_matter.items()
    )
    assert is_draft("a.md", find_roles(front_matter)) is tells


def test_keys_of_ones_own_come_first_and_have_one_role() -> None:
    own = (("date", ("Gepostet", "created")), ("tags", ("type",)), ("ignored", ("updated",)))
    assert keys_of("date", own)[:3] == ("gepostet", "created", "date")
    assert keys_of("date", own).count("created") == 1
    assert "type" not in keys_of("categories", own)
    assert keys_of("tags", own) == ("type", "tags", "tag")
    assert "updated" not in keys_of("updated", own)
    stated = find_roles({"date": "1", "GEPOSTET": "2", "type": "post", "Updated": "3"}, own)
    assert stated == {"date": [("GEPOSTET", "2"), ("date", "1")], "tags": [("type", "post")]}


def test_keys_of_ones_own_tell_of_drafts_and_ours_can_be_ignored() -> None:
    own = (("draft", ("entwurf",)), ("ignored", ("status",)))
    assert is_draft("a.md", find_roles({"Entwurf": "yes"}, own))
    assert not is_draft("a.md", find_roles({"entwurf": "no", "status": "draft"}, own))
    assert is_draft("a.md", find_roles({"draft": "true"}, own))


def test_a_kind_of_page_is_no_category() -> None:
    for kind in KINDS:
        assert find_roles({"type": kind.title()}) == {}
    assert find_roles({"type": "Ports", "category": "post"})["categories"] == [("category", "post"), ("type", "Ports")]
