"""Fingerprints: whether anything that a result depends on has changed, told without the result."""

from __future__ import annotations

import json
from hashlib import blake2b

import msgspec

_BYTES = 16
_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=repr)


def fingerprint(*values: object) -> str:
    """Answer a fingerprint of values; those that are neither plain nor dataclasses go by what `repr` writes of them."""
    try:
        data = _ENCODER.encode(values)
    except UnicodeEncodeError:  # names of files may hold bytes that are no UTF-8
        data = json.dumps(msgspec.to_builtins(values, order="deterministic", enc_hook=repr)).encode()
    return blake2b(data, digest_size=_BYTES).hexdigest()
