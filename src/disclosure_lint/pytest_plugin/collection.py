"""Cases as tests of pytest, each with the packs that it is for."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.model.errors import UserError
from disclosure_lint.packs.sources import PACK_FILE
from disclosure_lint.proof.case_texts import CaseError
from disclosure_lint.proof.cases import Case, read_case, shown, try_case

_LINTERS = pytest.StashKey[dict[tuple[Path, ...], Linter]]()


class CaseFailedError(Exception):
    """A case that did not come out as it says; the text tells all."""


class CaseFile(pytest.File):
    """The file of a case."""

    def collect(self) -> Iterator["CaseItem"]:
        """Yields the case as one test."""
        try:
            case = read_case(self.path)
        except CaseError as error:
            place = _relative(Path(error.path), self.config) + (f":{error.line}" if error.line else "")
            raise self.CollectError(f"{place}: {error.words.text(_lang())}") from None
        yield CaseItem.from_parent(
            self, name=self.path.stem, case=case._replace(path=_relative(self.path, self.config))
        )


class CaseItem(pytest.Item):
    """A case."""

    def __init__(self, *, case: Case, **more: object):
        super().__init__(**more)  # type: ignore[arg-type]
        self.case = case
        self.funcargs: dict[str, object] = {}
        """No fixtures; other plugins (pytest-lsp) take it that every item has some."""
        if case.bug:
            self.add_marker(pytest.mark.xfail(strict=True, reason=case.bug))

    def runtest(self) -> None:
        """Raises CaseFailedError with all differences, UserError for a pack that is broken."""
        packs = _packs(self.config, self.path)
        linter = _linter(self.config, packs)
        region = self.case.region or _region(linter, packs)
        case = self.case._replace(settings=self.case.settings._replace(region=region))
        differences = try_case(linter, case)
        if differences:
            raise CaseFailedError("\n".join(shown(case, one, _lang()) for one in differences))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """Returns what is wrong with the case; where it is the tool that fails, how."""
        if isinstance(excinfo.value, (CaseFailedError, UserError)):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Returns where the case is and what it is called."""
        return self.path, 0, self.name


def _packs(config: pytest.Config, case: Path) -> tuple[Path, ...]:
    """Returns the packs that a case is for: those of the setting, else the one that it lies in; else none is named."""
    named: list[Path] = config.getini("disclosure_lint_packs")
    if named:
        return tuple(named)
    around = next((folder for folder in case.parents if (folder / PACK_FILE).is_file()), None)
    return (around,) if around else ()


def _linter(config: pytest.Config, packs: tuple[Path, ...]) -> Linter:
    """Returns a linter with those packs and what they stand on; without any, with all that is installed."""
    linters = config.stash.setdefault(_LINTERS, {})
    if packs not in linters:
        registry = PackRegistry(use_cache=False)
        loaded = registry.alone(*packs) if packs else registry.packs()
        linters[packs] = Linter(tuple(loaded.values()), registry.checks, registry.readers, tuple(loaded))
    return linters[packs]


def _region(linter: Linter, packs: tuple[Path, ...]) -> str:
    """Returns the pack on trial, so that its cases need not be from a place that it is for; `auto` for several."""
    if len(packs) != 1:
        return "auto"
    return linter.packs[linter.folders.index(packs[0])].id


def _relative(path: Path, config: pytest.Config) -> str:
    here = config.invocation_params.dir
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _lang() -> str:
    return "en" if os.environ.get("DISCLOSURE_LINT_LANG", "").lower().startswith("en") else "zh"
