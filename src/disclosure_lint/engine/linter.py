"""The linter: packs, checks and readers, and the way of a file through them: read, bind, judge, postprocess."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.engine.notices import Failures
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.engine.postprocess import Judged, postprocess
from disclosure_lint.engine.steps import Steps
from disclosure_lint.model.errors import NOT_A_REPORT, UnreadableError
from disclosure_lint.model.result import FileResult
from disclosure_lint.settings import Settings, selected

if TYPE_CHECKING:
    from disclosure_lint.engine.history import Beside, History

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
        result = _linted(self, name, data, settings, history, failures)
        for change in self.hooks.ready:
            result = failures.trying(lambda change=change, result=result: change(result)) or result  # type: ignore[misc]
        return self.notices.with_failures(result, failures, settings) if failures.found else result


def _linted(
    steps: Steps, name: str, data: bytes, settings: Settings, history: History | Beside | None, failures: Failures
) -> FileResult:
    """Returns what is to be said about a file, before plugins change it.

    What plugins and packs fail to do on the way is added to the failures.
    """
    report = history.take(name, data) if history else None
    if report is None:
        try:
            document = steps.read(name, data, failures)
        except UnreadableError as error:
            if error.event == NOT_A_REPORT:
                return steps.notices.not_a_report(name, settings)
            return steps.unreadable(name, error.zh, error.en, event=error.event, settings=settings)
        report = steps.bind(document, settings.form)
        if report is None:
            return steps.notices.not_a_report(name, settings, document, steps.headings(document))
    report, selection = steps.choose(report, settings)
    failures.add(*selection.failures)
    if history is not None:
        report = history.compared(name, report)
    for tell in steps.hooks.bound:
        failures.trying(lambda tell=tell: tell(report, name))  # type: ignore[misc]
    rules = selected(selection.rule_set.rules, settings, name)
    verdicts = tuple((rule, steps.verdict(rule, report, failures)) for rule in rules)
    result = postprocess(Judged(name, report, selection.rule_set, settings, history, verdicts), steps.rules)
    return result._replace(region=selection.region, region_reason=selection.reason)
