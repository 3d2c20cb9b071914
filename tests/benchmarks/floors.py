"""The floors: reading every article, or looking whether one changed, in plain Python, and nothing else.

python tests/benchmarks/floors.py read FOLDER
python tests/benchmarks/floors.py stat FOLDER
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path


def files_in(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield every file below a folder."""
    folders = [folder]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    yield entry


def read_all(folder: str) -> int:
    """Read every file once; return their bytes."""
    return sum(len(Path(entry.path).read_bytes()) for entry in files_in(folder))


def stat_all(folder: str) -> int:
    """Ask for the size of every file; return the sum."""
    return sum(entry.stat().st_size for entry in files_in(folder))


if __name__ == "__main__":
    print({"read": read_all, "stat": stat_all}[sys.argv[1]](sys.argv[2]))
