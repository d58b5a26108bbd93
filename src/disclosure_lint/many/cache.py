"""Results that are kept for the next run: one SQLite file in the user's cache folder, safe under parallel runs.

It may be missing, damaged, locked, full or forbidden: then files are looked at, and nobody hears of it. In it is JSON
with a checksum: no code can hide there, and what was damaged is no result. It never grows beyond `MOST_BYTES`; what was
not asked for in the longest time goes first.
"""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from disclosure_lint.engine.linter import Linter
from disclosure_lint.extensions.hooks import DocumentHooks
from disclosure_lint.extensions.proxies import GuardedCheck, GuardedReader
from disclosure_lint.many.wire import LAYOUT
from disclosure_lint.model.version import __version__
from disclosure_lint.packs.cache import entry_name, open_to_others
from disclosure_lint.packs.sources import read_sources, shipped_rules
from disclosure_lint.settings import Settings

MOST_BYTES = 256 << 20
_FOLDER, _FILE = "results", "results.sqlite"
_LAYOUT = "CREATE TABLE kept (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)"
_TOGETHER, _TOGETHER_BYTES = 500, 8 << 20
"""So many entries, or bytes, are written at once."""
_SECONDS = 2.0
"""How long to wait for a run that is writing; a moment suffices."""
_OFTEN = 16
"""Runs after which an entry is noted to be of use still."""
_CHECK = 16
"""Bytes of a checksum."""
_SIZES = ("page_size", "page_count", "freelist_count")
_LIBRARIES = ("pypdfium2", "pypdfium2_raw")
"""What others of their versions may read otherwise."""


class ResultCache:
    """What earlier runs kept, by key; a context manager that keeps what is new in the end."""

    def __init__(self, folder: Path):
        """Takes the user's cache folder."""
        self._path = folder / _FOLDER / _FILE
        self._new: dict[bytes, bytes] = {}
        self._size = 0
        self._used: list[bytes] = []
        self._run = 0
        self._file: sqlite3.Connection | None = None
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not open_to_others(self._path.parent):
                self._try(self._open)

    def __enter__(self) -> "ResultCache":
        return self

    def __exit__(self, *_: object) -> None:
        self._write()
        if self._file:
            self._file.close()

    def get(self, key: bytes) -> bytes | None:
        """Returns what was kept under a key, None if nothing was, or it is damaged."""
        found = self._try(lambda file: file.execute("SELECT used, value FROM kept WHERE key = ?", (key,)).fetchone())
        if not found or not (isinstance(found[0], int) and isinstance(found[1], bytes)):
            return None
        check, data = found[1][:_CHECK], found[1][_CHECK:]
        if check != digest(key, data)[:_CHECK]:
            return None
        if found[0] <= self._run - _OFTEN:
            self._used.append(key)
        return data

    def put(self, key: bytes, data: bytes) -> None:
        """Keeps something for later runs."""
        if self._file:
            self._new[key] = digest(key, data)[:_CHECK] + data
            self._size += len(data)
            if len(self._new) >= _TOGETHER or self._size >= _TOGETHER_BYTES:
                self._write()

    def _open(self, _: object) -> None:
        file = sqlite3.connect(self._path, timeout=_SECONDS, isolation_level=None)
        self._file = file
        # What a crash of the machine leaves half written is found out by the checksums.
        for setting in ("trusted_schema = OFF", "synchronous = OFF", "journal_mode = TRUNCATE"):
            file.execute(f"PRAGMA {setting}")
        layout = self._layout(file)
        if not layout:
            file.execute("BEGIN IMMEDIATE")
            if not self._layout(file):  # another run may have been faster
                file.execute(_LAYOUT)
            file.execute("COMMIT")
        elif layout != [_LAYOUT]:
            raise sqlite3.DatabaseError("the layout of another version")
        last = file.execute("SELECT used FROM kept ORDER BY rowid DESC LIMIT 1").fetchone()
        self._run = last[0] + 1 if last and isinstance(last[0], int) else 1

    @staticmethod
    def _layout(file: sqlite3.Connection) -> list[Any]:
        return [sql for (sql,) in file.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]

    def _write(self) -> None:
        if self._new or self._used:
            self._try(self._written)
        self._new, self._used, self._size = {}, [], 0

    def _written(self, file: sqlite3.Connection) -> None:
        file.execute("BEGIN IMMEDIATE")
        try:
            rows = ((key, self._run, value) for key, value in self._new.items())
            file.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            file.executemany("UPDATE kept SET used = ? WHERE key = ?", ((self._run, key) for key in self._used))
            self._prune(file)
            file.execute("COMMIT")
        except sqlite3.Error:
            with suppress(sqlite3.Error):
                file.execute("ROLLBACK")
            raise

    def _prune(self, file: sqlite3.Connection) -> None:
        """Takes out what was of no use for the longest time, a quarter of all, if there is too much."""
        size, pages, free = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in _SIZES)
        if size * (pages - free) <= MOST_BYTES:
            return
        left = size * (pages - free) - MOST_BYTES * 3 // 4
        useless: list[tuple[int]] = []
        for row, length in file.execute("SELECT rowid, length(value) FROM kept ORDER BY used, rowid"):
            if left <= 0:
                break
            left -= length
            useless.append((row,))
        file.executemany("DELETE FROM kept WHERE rowid = ?", useless)

    def _try(self, ask: Callable[[Any], Any]) -> Any:
        """Returns what the file says; None, and nothing from then on, if it cannot be used."""
        if self._file is None and ask != self._open:
            return None
        try:
            return ask(self._file)
        except sqlite3.OperationalError:  # another run is at it, the disk is full, the folder is read-only
            return None
        except (sqlite3.Error, OverflowError):
            if self._file:
                self._file.close()
                self._file = None
            with suppress(OSError):  # damaged; the next run makes a new one
                self._path.unlink()
            return None


class Keys:
    """What results of a run depend on, as a part of the keys under which they are kept: rules, settings and the tool.

    What is the same for many files is looked at once.
    """

    def __init__(self) -> None:
        self._settings: dict[int, tuple[Settings, bytes | None]] = {}

    def of(self, linter: Linter, settings: Settings) -> bytes | None:
        """Returns what stands for a linter and the settings; None if results may depend on what nobody can see.

        That is so where plugins bring code: rule packs alone are data.
        """
        if id(settings) not in self._settings:
            key = digest(_tool(), *_packs(linter), repr(settings).encode()) if _is_data(linter) else None
            self._settings[id(settings)] = settings, key
        return self._settings[id(settings)][1]


def digest(*parts: bytes) -> bytes:
    """Returns what some bytes are known by, 20 bytes."""
    made = blake2b(digest_size=20)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def _is_data(linter: Linter) -> bool:
    offered = (*linter.checks.values(), *linter.readers)
    return linter.hooks == DocumentHooks() and not any(isinstance(one, GuardedCheck | GuardedReader) for one in offered)


def _packs(linter: Linter) -> list[bytes]:
    return [entry_name(folder, read_sources(folder), linter.checks).encode() for folder in linter.folders]


@cache
def _tool() -> bytes:
    """Returns what changes with the tool: a new checkout may carry the same version number."""
    newest = total = 0
    for folder in (Path(__file__).parent.parent, shipped_rules()):
        for path in folder.rglob("*.*"):
            if path.suffix != ".pyc":
                status = path.stat()
                newest, total = max(newest, status.st_mtime_ns), total + status.st_size
    return repr((LAYOUT, __version__, newest, total, sys.version, *map(_library, _LIBRARIES))).encode()


def _library(name: str) -> object:
    spec = find_spec(name)
    return spec and spec.origin and (spec.origin, Path(spec.origin).stat().st_mtime_ns)
