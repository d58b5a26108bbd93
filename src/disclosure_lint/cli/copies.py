"""Files of ours in a folder of the user's: one is replaced or removed only if it is byte for byte what we put there."""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from disclosure_lint.files.reading import LARGEST_BASELINE, LARGEST_DOCUMENT, read_file
from disclosure_lint.files.writing import put

_LIST = ".disclosure-lint-copies.json"
_OFTEN = 20
"""After so many copies, what is there is noted: who ends a run may begin it again."""
_MOST = 2 * LARGEST_DOCUMENT


class ForeignFileError(Exception):
    """A file stands where a copy belongs, and is none, or was changed."""


class Copies:
    """What was put into a folder in this run and those before."""

    def __init__(self, folder: Path):
        """Takes a folder that exists, without links in its path."""
        self._folder = folder
        self._list = self._folder / _LIST
        self._known = _known(self._list)
        self._unnoted = 0

    def put(self, path: Path, data: bytes) -> None:
        """Writes a file, whole or not at all. Raises ForeignFileError, OSError."""
        if os.path.lexists(path) and not self._is_ours(path, data):
            raise ForeignFileError
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, data)
        self._known[self._name(path)] = _digest(data)
        self._unnoted += 1
        if self._unnoted == _OFTEN:
            self.finish()

    def remove(self, path: Path) -> None:
        """Removes a file that was put there; one that was changed since stays. Raises OSError."""
        if self._name(path) in self._known and os.path.lexists(path) and self._is_ours(path):
            path.unlink()
            del self._known[self._name(path)]
            self._unnoted += 1

    def finish(self) -> None:
        """Notes what is there for the next run. What was not noted will not be replaced."""
        if self._unnoted:
            self._unnoted = 0
            with suppress(OSError):
                put(self._list, json.dumps({"copies": self._known}, ensure_ascii=True, indent=0).encode())

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _is_ours(self, path: Path, data: bytes | None = None) -> bool:
        if path.is_symlink():
            return False
        there = read_file(path, _MOST)
        return there == data or self._known.get(self._name(path)) == _digest(there)


def _known(path: Path) -> dict[str, str]:
    """Returns the digests of copies by name; nothing if there is no such list, or somebody wrote another there."""
    try:
        found = json.loads(read_file(path, LARGEST_BASELINE))["copies"]
        return {str(name): str(digest) for name, digest in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
