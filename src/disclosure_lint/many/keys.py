"""What a result depends on, as the key under which it is kept: the file, the rules, the settings and the tool."""

import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from disclosure_lint.engine.linter import Linter
from disclosure_lint.extensions.hooks import DocumentHooks
from disclosure_lint.extensions.proxies import GuardedCheck, GuardedReader
from disclosure_lint.many.cache import digest
from disclosure_lint.many.wire import LAYOUT
from disclosure_lint.model.version import __version__
from disclosure_lint.packs.cache import entry_name
from disclosure_lint.packs.sources import read_sources, shipped_rules
from disclosure_lint.settings import Settings

_LIBRARIES = ("pypdfium2", "pypdfium2_raw")
"""What others of their versions may read otherwise."""


class Keys:
    """The keys of a run; what is the same for many files is looked at once."""

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
