"""Templates of pages: every value is escaped, none may be missing; style and script are allowed by their hashes alone.

Somebody's own template stands in place of ours of the same name, and may extend or include ours as `feeds/NAME`.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from types import TracebackType

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplatesNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup, escape
from msgspec import Struct

from feeds.compiled import find_compiled, keep_compiled
from feeds.errors import ConfigError
from feeds.render.pages.labels import direction_of_labels, labels_of, language_of_labels
from feeds.render.pages.theme import Theme
from feeds.render.text import format_instant

_CARDS = 2048
"""Cards kept written: an entry stands in the feeds above and below, and looks the same there."""
_INSTANTS = 8192


_OBJECT = re.compile(r"'(?:\w+\.)*(\w+)(?: object'|' object\b)")
"""How Jinja and Python speak of a value by its class."""
_SHEETS = ("lists.css", "article.css")
"""Styles of some pages, each between the style of all and what somebody adds."""


class _Compiled(BytecodeCache):
    """Templates of ours that are kept compiled: that takes Jinja longer than many a build's pages.

    It tells itself which are of another text than now, or were made by another Python or another Jinja.
    """

    def __init__(self, own: Collection[str]) -> None:
        """Take the paths of somebody's own templates, which are compiled each time."""
        self._own = own

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return "" if filename in self._own else name

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key and (data := find_compiled(bucket.key)) is not None:
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.key:
            keep_compiled(bucket.key, bucket.bytecode_to_string())


class Inline(Struct, frozen=True, kw_only=True):
    """A style or a script that stands within a page."""

    text: Markup
    source: str
    """What the page's policy says to allow this very text."""


class Templates:
    """The templates of one output's pages, in its language and zone."""

    def __init__(self, theme: Theme, language: str | None, zone: tzinfo | None) -> None:
        """Take what stands in place of ours, and how words and times are to be written."""
        self._paths = {path for _, path, _ in theme.templates}
        self._labels = labels_of(language, dict(theme.labels))
        self.language = language_of_labels(language, dict(theme.labels))
        self.direction = direction_of_labels(language, dict(theme.labels))
        self._archive_language = language or ""
        self._zone = zone or UTC
        environment = Environment(
            loader=_loader(theme),
            autoescape=True,
            optimized=False,  # to look for what is constant takes longer than it saves in one run
            auto_reload=False,
            bytecode_cache=_Compiled(self._paths),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters["day"] = lru_cache(_INSTANTS)(self._day)
        environment.filters["moment"] = lru_cache(_INSTANTS)(self._moment)
        environment.filters["css"] = _css
        environment.filters["bdi"] = _bdi
        environment.globals |= {
            "label": self._label,
            "lang": self._lang,
            "styles": {name: _read(environment, "colours.css", "style.css", name, "extra.css") for name in _SHEETS},
            "script": _read(environment, "script.js"),
            "sheet": lambda name: _read(environment, name).text,
            "card": lru_cache(_CARDS)(self._card),
        }
        self._environment = environment

    def fill(self, name: str, values: Mapping[str, object]) -> str:
        """Fill a template in.

        Raises:
            ConfigError: Somebody's own template is wrong.
        """
        try:
            return self._environment.get_template(name).render(values)
        except Exception as error:
            problem = self._problem(error)
            if problem is None:
                raise
            raise problem from error

    def _problem(self, error: Exception) -> ConfigError | None:
        """Say what is wrong with somebody's own template; None when the fault is ours."""
        place: tuple[str, int] | None = None
        if isinstance(error, TemplateSyntaxError) and error.filename in self._paths:
            place = error.filename, error.lineno
        else:
            place = _last_place(error.__traceback__, self._paths)
        if place is None:
            return None
        cause = _cause_of(error)
        return ConfigError(
            f"template cannot be used: {cause}".rstrip("."),
            path=place[0],
            line=place[1],
            hint="Correct it, or take the file out to have ours.",
        )

    def _card(self, teaser: object, language: str) -> Markup:
        values = {**self._environment.globals, "teaser": teaser, "language": language}
        return Markup(self._environment.get_template("card.html").make_module(values, shared=True))

    def _label(self, key: str, **values: object) -> str:
        """Answer a label; of one that counts, the form for its count."""
        if "count" in values:
            count = values["count"]
            values["count"] = f"{count:,}"
            if count == 1:
                key += "_one"
        if key not in self._labels:
            raise ConfigError(f'no such label: "{key}"')
        text = self._labels[key]
        if not values:
            return text
        return Markup(str(escape(text)).format(**{name: escape(value) for name, value in values.items()}))

    def _lang(self, own: str | None = None) -> Markup:
        """Say of an element that shows what the archive says in which language that is, if not in that of the labels.

        An empty one means in HTML that it is not known; without it, it would be read out as if it were ours.
        """
        language = own or self._archive_language
        return Markup("") if language == self.language else Markup(f' lang="{escape(language)}"')

    def _day(self, instant: datetime) -> Markup:
        return self._time("day", instant, f"{instant.astimezone(self._zone):%Y-%m-%d}")

    def _moment(self, instant: datetime) -> Markup:
        return self._time("moment", instant, format_instant(instant))

    def _time(self, key: str, instant: datetime, machine: str) -> Markup:
        here = instant.astimezone(self._zone)
        text = self._labels[key].format(
            year=here.year,
            month=here.month,
            day=here.day,
            hour=here.hour,
            minute=here.minute,
            zone=_zone_name(here),
        )
        return Markup(f'<time datetime="{machine}">{escape(text)}</time>')


@lru_cache(maxsize=4)
def environment_of(theme: Theme, language: str | None, zone: tzinfo | None) -> Templates:
    """Answer the templates of an output's pages; made once."""
    return Templates(theme, language, zone)


def _loader(theme: Theme) -> BaseLoader:
    ours = PackageLoader("feeds.render.pages")
    own = {name: (text, path, lambda: True) for name, path, text in theme.templates}
    return ChoiceLoader([FunctionLoader(own.get), PrefixLoader({"feeds": ours}), ours])


def _read(environment: Environment, *names: str) -> Inline:
    """Put styles or scripts together, and hash them as a Content-Security-Policy does (level 3, section 2.3.1)."""
    assert environment.loader
    text = "".join(environment.loader.get_source(environment, name)[0] for name in names)
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Inline(text=Markup(text), source=f"sha256-{digest}")


def _bdi(text: str) -> Markup:
    """Set a text apart from the direction of what it stands in; a twentieth of the cost of `Markup.format`."""
    return Markup(f"<bdi>{escape(text)}</bdi>")


def _css(text: str) -> Markup:
    """Write a text as a string of CSS (https://www.w3.org/TR/css-syntax-3/#serialize-a-string)."""
    return Markup('"' + re.sub(r'["\\\n\r\f<]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"')


def _zone_name(instant: datetime) -> str:
    """Name the offset of an instant: `UTC`, `UTC+8`, `UTC−3:30`."""
    offset = instant.utcoffset() or timedelta()
    minutes = abs(offset) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    rest = f":{minutes % 60:02}" if minutes % 60 else ""
    return f"UTC{'−' if offset < timedelta() else '+'}{minutes // 60}{rest}"


def _cause_of(error: Exception) -> str:
    """Say what went wrong as who writes templates knows it: by the names of values, not of our classes."""
    if isinstance(error, ConfigError):
        return error.message
    if isinstance(error, TemplatesNotFound):
        return "there is no template " + " and no ".join(f'"{name}"' for name in error.templates)
    if isinstance(error, TemplateNotFound):
        return f'there is no template "{error.name}"'
    cause = f"{error.message}" if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
    cause = _OBJECT.sub(lambda found: f'"{found[1].lower()}"', cause)
    return re.sub(r"(?<!\w)'([^']*)'(?!\w)", r'"\1"', cause)


def _last_place(trace: TracebackType | None, paths: set[str]) -> tuple[str, int] | None:
    """Answer file and line of the innermost frame that runs one of some templates."""
    place = None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename in paths:
            place = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return place
