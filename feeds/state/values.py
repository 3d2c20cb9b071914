"""Values of the state as bytes: MessagePack, or JSON where a name of a file holds bytes that are no UTF-8."""

from __future__ import annotations

import json
from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

from feeds.state.store import BrokenStateError

_Value = TypeVar("_Value")


def encoded(value: object) -> bytes:
    """Write a value."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value)).encode()


def decoded(data: bytes, type_: type[_Value]) -> _Value:
    """Read a value: no MessagePack of ours begins with a brace or a bracket.

    Raises:
        BrokenStateError: It is none.
    """
    try:
        if data[:1] in (b"{", b"["):
            return msgspec.convert(json.loads(data), type_)
        decoder: msgspec.msgpack.Decoder[_Value] = _decoder(cast(Hashable, type_))
        return decoder.decode(data)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BrokenStateError(str(error)) from error


_ENCODER = msgspec.msgpack.Encoder()


@cache
def _decoder(type_: Hashable) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(cast(Any, type_))
