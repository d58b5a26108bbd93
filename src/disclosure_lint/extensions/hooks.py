"""The plugin contract: what a plugin may offer, and what it is told.

A plugin is a module (or object) named by an entry point of the group `disclosure_lint`, with functions that have the
names of these hooks and are marked with `hookimpl`. An implementation may take fewer arguments than its hook, under
the same names. The first five hooks are called once, when a linter is made; the last two once for each document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pluggy import HookimplMarker, HookspecMarker

from disclosure_lint.model.document import Reader
from disclosure_lint.model.kind import CheckKind
from disclosure_lint.model.output import OutputFormat
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult

if TYPE_CHECKING:
    from disclosure_lint.model.agency import RegionOf

PROJECT = "disclosure_lint"
"""The group of entry points, and the name that pluggy knows the project by."""
hookspec = HookspecMarker(PROJECT)
hookimpl = HookimplMarker(PROJECT)
"""Marks a function as the implementation of the hook that has its name."""


@hookspec
def rule_packs() -> Iterable[Path]:  # type: ignore[empty-body]
    """Returns rule packs: folders with a `pack.toml`, or single files."""


@hookspec
def check_kinds() -> Iterable[CheckKind]:  # type: ignore[empty-body]
    """Returns kinds of check that rules may name."""


@hookspec
def document_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Returns readers; the first that knows a file's format reads it, those of plugins before the built-in ones."""


@hookspec
def output_formats() -> Iterable[OutputFormat]:  # type: ignore[empty-body]
    """Returns formats that `check --format` knows."""


@hookspec
def regions() -> Iterable[RegionOf]:  # type: ignore[empty-body]
    """Returns functions that tell where an authority is.

    They are asked for each report that regional packs are loaded for, in order, before the built-in table of
    divisions; the first that knows a code is believed.
    """


@hookspec
def report_bound(report: Report, path: str) -> None:
    """Is told of each report, when its sections and numbers have been found and before rules are judged."""


@hookspec
def diagnostics_ready(result: FileResult) -> FileResult | None:
    """Is given what is to be said about each document; returns what to say instead, or None to leave it as it is."""


HOOKS = (rule_packs, check_kinds, document_readers, output_formats, regions, report_bound, diagnostics_ready)
"""All hooks, in the order of docs/hooks.md."""


class DocumentHooks(NamedTuple):
    """What plugins want to be asked and told for each document. Each of these raises PluginError and nothing else."""

    regions: tuple[RegionOf, ...] = ()
    bound: tuple[Callable[[Report, str], None], ...] = ()
    ready: tuple[Callable[[FileResult], FileResult], ...] = ()
