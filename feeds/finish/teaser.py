"""An entry's content where it shows its picture and its summary, and no body."""

from __future__ import annotations

from html import escape

from feeds.model import Picture
from feeds.text import strip_forbidden


def summary_content(summary: str, picture: Picture | None, title: str) -> str:
    """Write the header picture and the summary, a paragraph each; the title when both are missing."""
    paragraphs = [picture_paragraph(picture)] if picture else []
    if summary or not picture:
        paragraphs.append(f"<p>{escape(strip_forbidden(summary or title), quote=False)}</p>")
    return "".join(paragraphs)


def picture_paragraph(picture: Picture) -> str:
    """Write a picture as a paragraph."""
    return f'<p><img src="{write_value(picture.address)}" alt="" referrerpolicy="no-referrer"></p>'


def write_value(value: str) -> str:
    """Write an attribute's value with the very bytes that the sanitiser writes."""
    return escape(value).replace("&#x27;", "'")
