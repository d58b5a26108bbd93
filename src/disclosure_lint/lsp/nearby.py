"""The other reports of the workspace, as they lie on disk: last year's tells what this year's begins with.

They are read when a text is opened or a file is saved, never for a keystroke: the nearest first, and not too many.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_ISREG
from typing import NamedTuple

from disclosure_lint.engine.beside import Beside, Part, entry_of
from disclosure_lint.engine.comparing import history_for
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import read_file
from disclosure_lint.model.entry import Entry
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.model.form import Form
from disclosure_lint.model.numbers import Statement
from disclosure_lint.model.report import Report
from disclosure_lint.settings import Settings
from disclosure_lint.settings.model import excluded

_SUFFIXES = (".md", ".markdown", ".txt", ".html", ".htm", ".docx")
"""What is read quickly; PDF takes a process of its own."""
_SKIPPED = frozenset(("node_modules", "__pycache__", "site-packages"))
_MOST_FILES, _MOST_LOOKED_AT = 80, 2000
_LARGEST = 1_000_000
_MOST_BYTES = 8_000_000


class _Known(NamedTuple):
    """What was read of a file, and in which state."""

    state: tuple[int, int]
    entry: Entry | None
    form: Form | None


class Workspace:
    """Reads the reports beside one; a file that has not changed is not read again."""

    def __init__(self) -> None:
        self._known: dict[Path, _Known] = {}
        self._nearby: dict[tuple[Path, int, int], Nearby] = {}
        self._look = -1

    def nearby(self, path: Path, roots: Iterable[Path], look: int, linter: Linter, settings: Settings) -> Nearby:
        """Returns what is known beside the file of a path in the folders of a workspace.

        `look` grows whenever files may have changed: only then the disk is looked at.
        """
        if look != self._look:
            self._nearby.clear()
            self._look = look
        place = (path, id(linter), id(settings))
        if place not in self._nearby:
            files = list(_files(path, roots, settings))
            known = {file: self._read(file, state, linter, settings) for file, state in files}
            self._known.update(known)
            self._nearby[place] = Nearby(known.values(), linter, settings)
        return self._nearby[place]

    def has(self, path: Path) -> bool:
        """Says whether a file is, or may be, one of those that are looked at."""
        return path in self._known or path.suffix.lower() in _SUFFIXES

    def _read(self, path: Path, state: tuple[int, int], linter: Linter, settings: Settings) -> _Known:
        before = self._known.get(path)
        if before is not None and before.state == state:
            return before
        try:
            report = linter.bind(linter.read(str(path), read_file(path, _LARGEST)), settings.form)
        except (OSError, PluginError, UnreadableError):
            report = None
        if report is None:
            return _Known(state, None, None)
        return _Known(state, entry_of(str(path), report, linter.pairing), report.form)


class Nearby(Beside):
    """What lies beside one text; concluded anew only when its title names another agency or year."""

    def __init__(self, known: Iterable[_Known], linter: Linter, settings: Settings):
        """Takes what was read of the other files."""
        pairs = [(one.entry, one.form) for one in known if one.entry and one.form]
        super().__init__(Part(), {form.id: form for _, form in pairs})
        self._others_known = pairs
        self._linter = linter
        self._settings = settings
        self._whose: tuple[str | None, int | None] = (None, None)

    def compared(self, path: str, report: Report) -> Report:
        """Returns the report with those that it is to be compared with."""
        self._conclude(report)
        return super().compared(path, report)

    def statements(self, report: Report) -> tuple[Statement, ...]:
        """Returns what the report of the year before says of the numbers of the report."""
        self._conclude(report)
        return super().statements(report)

    def _conclude(self, report: Report) -> None:
        if self._whose == (report.agency, report.year):
            return
        self._whose = (report.agency, report.year)
        self._part = Part()
        if report.agency is not None and report.year is not None:
            history = history_for(self._linter, [self._settings])
            for entry, form in self._others_known:
                history.add(entry, form)
            history.agencies.add(report.agency, report.year)
            self._part = history.part("", report.agency, report.year)


def _files(path: Path, roots: Iterable[Path], settings: Settings) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Yields the other files that may be reports, with their states: those beside it, then folder by folder."""
    size = count = looked = 0
    seen: set[Path] = set()
    waiting = [path.parent, *(root for root in roots if root in path.parents)]
    while waiting:
        folder = waiting.pop(0)
        if folder in seen or excluded(str(folder), settings):
            continue
        seen.add(folder)
        files, folders = _entries(folder)
        waiting += folders
        looked += len(files) + len(folders)
        for file, state in files:
            if file == path or excluded(str(file), settings):
                continue
            size, count = size + state[1], count + 1
            if count > _MOST_FILES or size > _MOST_BYTES:
                return
            yield file, state
        if looked > _MOST_LOOKED_AT:
            return


def _entries(folder: Path) -> tuple[list[tuple[Path, tuple[int, int]]], list[Path]]:
    """Returns the files of a folder that may be reports, and the folders in it; nothing of what cannot be read."""
    files: list[tuple[Path, tuple[int, int]]] = []
    folders: list[Path] = []
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return [], []
    for entry in found[:_MOST_LOOKED_AT]:
        try:
            if entry.name.startswith((".", "~$")) or entry.name in _SKIPPED:
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            elif entry.name.lower().endswith(_SUFFIXES):
                status = entry.stat(follow_symlinks=False)
                if S_ISREG(status.st_mode) and status.st_size <= _LARGEST:
                    files.append((Path(entry.path), (status.st_mtime_ns, status.st_size)))
        except OSError:
            continue
    return files, folders
