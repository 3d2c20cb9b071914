"""How the files of the output were left, and which of them are as they should be: told without opening them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from feeds.publish import Manifest, look_at
from feeds.state import KeptOutput, State, Status


class Outputs:
    """The output as earlier builds left it."""

    def __init__(self, root: Path, manifest: Manifest, state: State) -> None:
        """Take where it is, what it holds of ours, and what is kept of that."""
        self._root = root
        self._files = manifest.files
        self._state = state
        self.stamps: dict[str, Status] = {}
        """What the file system said of files as they were left, by this build or the last, by path."""

    def keep(self, made: Mapping[str, tuple[str, str]]) -> None:
        """Keep how some files were left, now that they are written.

        Args:
            made: By output-relative path, the fingerprint of all that one was made from, and the SHA-256 of its bytes.
        """
        self._state.keep({"outputs": self.rows(made)})

    def rows(self, made: Mapping[str, tuple[str, str]]) -> dict[str, KeptOutput]:
        """Answer how some files are left, given as to `keep`; none of those that are not there."""
        stamps = look_at(self._root, made)
        self.stamps |= stamps
        return {path: KeptOutput(key=made[path][0], digest=made[path][1], stamp=one) for path, one in stamps.items()}

    def left(self, keys: Mapping[str, str]) -> set[str]:
        """Answer those of some files that need not be made again.

        Args:
            keys: By output-relative path, fingerprints of all that they are to be made from.
        """
        stamps = look_at(self._root, (path for path in keys if path in self._files))
        kept = self._state.outputs(stamps)
        left = {
            path
            for path, stamp in stamps.items()
            if path in kept
            and kept[path].key == keys[path]
            and kept[path].digest == self._files[path]
            and kept[path].stamp == stamp
        }
        self.stamps |= {path: stamps[path] for path in left}
        return left

    def look(self, paths: Collection[str]) -> dict[str, Status]:
        """Answer what the file system said of files when they were found or made, and of others what it says now.

        So the next build sees what somebody did to them meanwhile.
        """
        known = {path: self.stamps[path] for path in paths if path in self.stamps}
        return known | look_at(self._root, (path for path in paths if path not in known))
