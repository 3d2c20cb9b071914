"""Pages for people: the catalogue, a page beside every feed, and articles that have no page elsewhere; pure.

Nothing is fetched from elsewhere but the articles' own pictures, and nothing runs but the one script whose hash the
page's policy names; without it all is there. Links between our own files are relative, addresses to subscribe to
are absolute.
"""

from feeds.render.pages.article import render_article
from feeds.render.pages.catalogue import render_catalogue
from feeds.render.pages.category import render_category
from feeds.render.pages.shelf import render_shelf
from feeds.render.pages.site import Site
from feeds.render.pages.stylesheet import render_stylesheet
from feeds.render.pages.theme import Theme, make_theme

__all__ = [
    "Site",
    "Theme",
    "make_theme",
    "render_article",
    "render_catalogue",
    "render_category",
    "render_shelf",
    "render_stylesheet",
]
