"""Text of a JSON Feed to its object, whatever version; pure."""

from __future__ import annotations

import json


def parse_json(text: str) -> dict[str, object]:
    """Read a JSON Feed; numbers become their digits, as the spec asks of readers for ids.

    Returns:
        The feed's object; its `items` is a list.

    Raises:
        ValueError: No JSON Feed; the message is the cause.
    """
    try:
        feed: object = json.loads(text, strict=False, parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"damaged JSON: {str(error)[:100]}") from error
    version = feed.get("version") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(version, str) or "jsonfeed.org/version" not in version:
        raise ValueError('JSON, but no JSON Feed: it has no "version" of jsonfeed.org')
    if not isinstance(feed.get("items"), list):
        raise ValueError('a JSON Feed without its list of "items"')
    return feed
