"""Fingerprints: whether anything that a result depends on has changed, told without the result."""

from __future__ import annotations

import hashlib

from feeds.model import Profile

_BYTES = 16


def fingerprint(*values: object) -> str:
    """Answer a fingerprint of values that are written the same way in every process: no sets, no objects."""
    return hashlib.blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


def fingerprint_of_profile(profile: Profile) -> str:
    """Answer a fingerprint of what was learned of a publisher."""
    return fingerprint(sorted(profile.shared_pictures), sorted(profile.repeated_texts))
