"""Where the values of a card came from: told by making the card again from one key of the front matter alone."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from feeds.model import Article, Card
from feeds.normalise import CardRules, make_card
from feeds.normalise.roles import TABLES, keys_of

FIELDS = {
    "title": "title",
    "publisher": "authors",
    "authors": "authors",
    "published": "date",
    "updated": "updated",
    "chains": "categories",
    "tags": "tags",
    "pictures": "pictures",
    "permalink": "permalink",
    "description": "summary",
    "language": "language",
    "id": "id",
}
"""Fields of a card that are worth telling, and their roles, in the order in which a person asks for them."""
_FALLBACKS = {
    "title": "the file's name",
    "publisher": "the category",
    "authors": "the setting author",
    "published": "the file's path",
    "chains": "the file's folder",
    "permalink": "the setting permalink",
    "language": "the file's path",
    "id": "the file's path",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where one value came from."""

    source: str
    """In words: `key date`, `the file's path`."""
    line: int | None
    """In the file, from 1; None when it stands in no line."""


def find_origins(article: Article, rules: CardRules) -> dict[str, Origin]:
    """Answer, for each field of the article's card that says something, where it came from."""
    card, _ = make_card(article, rules)
    bare, _ = make_card(replace(article, front_matter={}), rules)
    return {
        field: _origin(article, rules, card, bare, field)
        for field in FIELDS
        if getattr(card, field) not in (None, (), "")
    }


def _origin(article: Article, rules: CardRules, card: Card, bare: Card, field: str) -> Origin:
    keys = {*keys_of(FIELDS[field], rules.keys), *TABLES}
    made = f"the setting generator: {rules.addresses.generator}" if rules.addresses and field == "permalink" else None
    if made and bare.permalink == card.permalink:
        return Origin(source=made, line=None)
    for key, value in article.front_matter.items():
        if key.casefold() in keys and value:
            alone, _ = make_card(replace(article, front_matter={key: value}), rules)
            if getattr(alone, field) == getattr(card, field):
                return Origin(source=f"key {key}", line=article.lines.get(key))
    if made:
        return Origin(source=made, line=None)
    if getattr(bare, field) != getattr(card, field):
        return Origin(source="several keys", line=None)
    if field == "title" and article.heading:
        return Origin(source="the first heading", line=None)
    if field == "publisher" and (rules.authors or rules.publisher):
        return Origin(source="the setting author" if rules.authors else "the title of the whole", line=None)
    return Origin(source=_FALLBACKS.get(field, "several keys"), line=None)
