"""The style by which browsers show RSS and Atom to people: CSS alone, since browsers give XSLT up.

A feed names it in its second line (https://www.w3.org/TR/xml-stylesheet/). Readers and validators pass over that.
"""

from __future__ import annotations

from feeds.render.pages.site import Site, fill_page


def render_stylesheet(site: Site) -> bytes:
    """Render the style of all feeds of an output; what it says to people is in the archive's language."""
    return fill_page("feed.css", site)
