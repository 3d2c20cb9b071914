"""`feeds`, and `python -m feeds`: the process around a command, from its first import to its end."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from feeds.patterns import keep_patterns

_WORTH_A_LOOK = 200_000
"""Objects made and still there after which Python looks for cycles among them: modules and articles stay, and in a
body's tree, which is such a cycle, there are some hundreds."""


def run() -> None:
    """Run the command that the process was started with, and end the process.

    It ends at once, as soon as all is said: the system takes its memory back faster than Python frees every object.
    """
    gc.set_threshold(_WORTH_A_LOOK)
    keep = keep_patterns()
    from feeds.cli import main

    try:
        main()
    except SystemExit as end:
        keep()
        if end.code is None or isinstance(end.code, int):
            with suppress(OSError):  # what cannot be said Python tells in its own way
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(end.code or 0)
        raise


if __name__ == "__main__":
    run()
