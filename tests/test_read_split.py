from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from feeds.read.split import split_front_matter

FENCE = re.compile(rb"(?:-{3,}|\.\.\.)[ \t]*\r?\n?")
LINES = st.lists(
    st.sampled_from(
        [b"---", b"----", b"...", b"....", b"--", b" ---", b"---x", b"--- \t", b"---\r", b"a: b", b" - c", b"+++", b"}"]
    ),
    max_size=9,
)


@given(LINES, st.sampled_from([b"", b"\n", b"\nBody"]))
def test_the_first_line_that_is_a_fence_closes(lines: list[bytes], end: bytes) -> None:
    data = b"\n---\nkey: value\n" + b"\n".join(lines) + end
    inner = data[5:].splitlines(keepends=True)
    fence = next((number for number, line in enumerate(inner) if FENCE.fullmatch(line)), None)
    split = split_front_matter(data)
    assert split.is_closed is (fence is not None)
    if fence is not None:
        assert split.head == b"".join(inner[:fence])
        assert data[split.body_start :] == b"".join(inner[fence + 1 :])
