"""The linter: packs, checks and readers, ready for any number of files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.engine import pipeline
from disclosure_lint.engine.notices import Failures
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.engine.steps import Steps
from disclosure_lint.model.result import FileResult
from disclosure_lint.settings import Settings

if TYPE_CHECKING:
    from disclosure_lint.engine.beside import Beside
    from disclosure_lint.engine.history import History
    from disclosure_lint.model.report import Report

_DEFAULTS = Settings()


class Linter(Steps):
    """Says all that is to be said about a file."""

    @classmethod
    def default(cls, *, use_cache: bool = True, packs: Sequence[Path] = (), convert: bool = False) -> Linter:
        """Returns a linter with the national pack, all installed plugins and those packs; UserError if one is broken.

        A pack is a folder with a `pack.toml`, or a single file. For `convert` see `of`.
        """
        return cls.of(PackRegistry(use_cache=use_cache), packs, convert=convert)

    @classmethod
    def of(cls, registry: PackRegistry, packs: Sequence[Path] = (), *, convert: bool = False) -> Linter:
        """Returns a linter with all packs of a registry and those packs; UserError if one is broken.

        If it is to `convert`, LibreOffice makes Word files of formats that are not read otherwise.
        """
        loaded, readers = registry.packs(packs), registry.readers_for(convert=convert)
        return cls(tuple(loaded.values()), registry.checks, readers, tuple(loaded), hooks=registry.document_hooks)

    def lint(
        self, name: str, data: bytes, settings: Settings = _DEFAULTS, history: History | Beside | None = None
    ) -> FileResult:
        """Returns all that is to be said about a file; a bad document is a finding, never an exception.

        `history` is what other reports say of its numbers.
        What plugins and packs fail to do is a finding too, and in `failures` of the result.
        """
        failures = Failures()
        found = history.take(name, data) if history else None
        return self.judged(name, found or self.opened(name, data, settings, failures), settings, history, failures)

    def opened(self, name: str, data: bytes, settings: Settings, failures: Failures) -> Report | FileResult:
        """Returns the report that a file is; if it is none, what is to be said about it."""
        return pipeline.opened(self, name, data, settings, failures)

    def judged(
        self,
        name: str,
        found: Report | FileResult,
        settings: Settings,
        history: History | Beside | None,
        failures: Failures,
    ) -> FileResult:
        """Returns all that is to be said about a file that was opened; `failures` are those of opening it."""
        if isinstance(found, FileResult):
            result = found
        else:
            result = pipeline.judged(self, name, found, settings, history, failures)
        for change in self.hooks.ready:
            result = failures.trying(lambda change=change, result=result: change(result)) or result  # type: ignore[misc]
        return self.notices.with_failures(result, failures, settings) if failures.found else result
