"""Where files are read and results are kept: folders of this machine, and what fsspec leads to."""

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs

from disclosure_lint.batch.plan import Item
from disclosure_lint.files import writing
from disclosure_lint.files.reading import LARGEST_DOCUMENT, read_file, read_start
from disclosure_lint.files.zipped import Archive

_LARGEST_RESULT = 1 << 31
_READ = LARGEST_DOCUMENT + 1
"""One byte more than any report may have: the linter sees that it is too large, and memory holds out."""
_TAGS = ("ETag", "etag", "md5Hash", "content_md5", "checksum")
"""What object stores call the hash of what they hold."""


def _is_remote(place: str) -> bool:
    """Says whether fsspec is needed to get there."""
    return "://" in place


def found(address: str, suffixes: tuple[str, ...]) -> list[str]:
    """Returns the addresses of the files that a glob or a folder stands for, by name. Raises OSError."""
    system, path = url_to_fs(address)
    names = system.glob(path) if any(mark in path for mark in "*?[") else system.find(path)
    return sorted(system.unstrip_protocol(name) for name in names if name.lower().endswith(suffixes))


class Reading:
    """Reads the files of one part; keeps the archive that was read last."""

    def __init__(self) -> None:
        self._archive: tuple[str, Archive] | None = None

    def data(self, item: Item) -> bytes:
        """Returns the bytes of a file, at most one more than it may have. Raises OSError."""
        if _is_remote(item.place):
            system, path = url_to_fs(item.place)
            size = system.size(path)
            data: bytes = system.cat_file(path, 0, _READ if size is None else min(size, _READ)) if size else b""
            return data
        if item.member is None:
            return read_start(item.place, _READ)
        if self._archive is None or self._archive[0] != item.place:
            self._archive = item.place, Archive(item.place)
        return self._archive[1].start(item.member, _READ)

    def identity(self, item: Item) -> str:
        """Returns a hash of what a file holds; that of the object store where it gives one."""
        if item.problem:
            return item.problem.en
        try:
            if _is_remote(item.place):
                system, path = url_to_fs(item.place)
                about = system.info(path)
                if tag := next((about[name] for name in _TAGS if about.get(name)), None):
                    return str(tag)
            return blake2b(self.data(item), digest_size=16).hexdigest()
        except OSError as error:
            return f"{type(error).__name__} {error.errno}"


class Store:
    """A folder of results, each of which is whole or not there."""

    def __init__(self, root: str):
        """Takes a path or an address."""
        self._system: Any = None
        self._root = root.rstrip("/") or root
        if _is_remote(root):
            self._system, self._root = url_to_fs(root)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def read(self, name: str) -> bytes | None:
        """Returns what was put there, None if nothing was. Raises OSError."""
        try:
            if self._system is None:
                return read_file(self._path(name), _LARGEST_RESULT)
            data: bytes = self._system.cat_file(self._path(name))
        except FileNotFoundError:
            return None
        return data

    def put(self, name: str, data: bytes) -> None:
        """Puts bytes there, beside it first, so that nobody ever finds half of them. Raises OSError."""
        path = self._path(name)
        if self._system is None:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            writing.put(path, data)
            return
        beside = f"{path}.{os.urandom(8).hex()}.new"
        self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
        self._system.pipe_file(beside, data)
        self._system.mv(beside, path)

    def names(self, folder: str) -> list[str]:
        """Returns the names of the files in a folder, none if there is no such folder. Raises OSError."""
        path = self._path(folder)
        with suppress(FileNotFoundError):
            if self._system is None:
                return sorted(os.listdir(path))  # noqa: PTH208 (names)
            self._system.invalidate_cache()
            return sorted(str(one).rpartition("/")[2] for one in self._system.ls(path, detail=False))
        return []

    def remove(self, name: str) -> None:
        """Removes a file if it is there. Raises OSError."""
        with suppress(FileNotFoundError):
            if self._system is None:
                Path(self._path(name)).unlink()
            else:
                self._system.rm_file(self._path(name))
