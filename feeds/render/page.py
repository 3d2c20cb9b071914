"""Templates of pages: every value is escaped, none may be missing, and the style is allowed by its hash alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feeds.render.text import format_instant


def fill(template: str, values: Mapping[str, object]) -> str:
    """Fill a template in."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    loader = PackageLoader("feeds.render")
    environment = Environment(
        loader=loader,
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["day"] = _day
    environment.filters["minute"] = _minute
    style, _, _ = loader.get_source(environment, "style.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals["style"] = Markup(style)
    environment.globals["style_source"] = f"sha256-{digest}"
    return environment


def _day(instant: datetime) -> Markup:
    text = format_instant(instant)
    return Markup(f'<time datetime="{text}">{text[:10]}</time>')


def _minute(instant: datetime) -> Markup:
    text = format_instant(instant)
    return Markup(f'<time datetime="{text}">{text[:10]} {text[11:16]} UTC</time>')
