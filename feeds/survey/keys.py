"""Front-matter keys that nobody knows, and whose name or values tell what they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from feeds.model import Value
from feeds.survey.looks import Guess, Look

_FEWEST = 3
_DATE = re.compile(r"\s*\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\b")
_PICTURE = re.compile(r"\s*\S+\.(?:jpe?g|png|gif|webp|avif)(?:\?\S*)?\s*", re.IGNORECASE)
_UPDATED = re.compile(r"(?:last|upd|mod|edit|chang|更新|修改)", re.IGNORECASE)
_TITLE = re.compile(r"(?!sub|seo|site|browser)[a-z]+[ _-]?title", re.IGNORECASE)
_LATER = re.compile(r"(?:expir|end|until|event|due|next)", re.IGNORECASE)
_NAMES = {
    "title": {"titel", "titre", "titolo", "titulo", "título", "headline", "标题", "標題", "タイトル"},
    "categories": {
        "kategorie", "kategorien", "rubrik", "rubrique", "categoria", "categoría", "categorie", "topic", "topics",
        "分类", "分類", "カテゴリ",
    },
    "tags": {"keywords", "labels", "schlagworte", "标签", "標籤", "タグ"},
    "authors": {"autor", "autoren", "auteur", "autore", "byline", "writer", "作者", "著者"},
    "summary": {"abstract", "teaser", "lead", "intro", "zusammenfassung", "resume", "résumé", "摘要", "概要"},
}  # fmt: skip


def guess_keys(looks: Sequence[Look]) -> Guess | None:
    """Guess what unknown keys mean; those are sure that date or name articles which nothing else dates or names."""
    roles: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    needed: Counter[str] = Counter()
    for look in looks:
        for key, value in look.unknown.items():
            role = _role(key, value)
            if role:
                folded = key.casefold()
                counts[folded] += 1
                names.setdefault(folded, key)
                is_needed = role == "date" and look.card.published is None
                needed[folded] += is_needed or (role == "title" and not look.is_titled)
                if folded not in roles.setdefault(role, []):
                    roles[role].append(folded)
    found = {
        role: [names[key] for key in sorted(keys, key=lambda key: -counts[key]) if counts[key] >= _FEWEST]
        for role, keys in roles.items()
    }
    found = {role: keys for role, keys in found.items() if keys}
    if not found:
        return None
    sure = {role: [key for key in keys if needed[key.casefold()] * 2 > len(looks)] for role, keys in found.items()}
    sure = {role: keys for role, keys in sure.items() if keys}
    if sure:
        counted = (
            f"{role} of {needed[keys[0].casefold()]:,} articles that have no other" for role, keys in sure.items()
        )
        return Guess(name="keys", value=sure, reason=", ".join(counted))
    reason = ", ".join(f"{key} in {counts[key.casefold()]:,}" for keys in found.values() for key in keys)
    return Guess(name="keys", value=found, reason=f"not known: {reason}", is_sure=False)


def _role(key: str, value: Value) -> str:
    name = key.casefold()
    for role, known in _NAMES.items():
        if name in known:
            return role
    if not isinstance(value, str):
        return ""
    if _DATE.match(value):
        return "updated" if _UPDATED.search(name) else "" if _LATER.search(name) else "date"
    return "pictures" if _PICTURE.fullmatch(value) else "title" if _TITLE.fullmatch(name) else ""
