"""Small reports in `cases/`: what must be found in them, and as often what must not. See `case_files.py`."""

from collections import Counter
from pathlib import Path

import pytest

from disclosure_lint.linter import Linter
from disclosure_lint.model.source import Source
from tests.case_files import CASES, Expected, all_cases, read_case

PATHS = all_cases()


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def _parameter(path: Path) -> object:
    bug = read_case(path).bug
    marks = [pytest.mark.xfail(strict=True, reason=bug)] if bug else []
    return pytest.param(path, id=f"{path.parent.name}/{path.stem}", marks=marks)


@pytest.mark.parametrize("path", [_parameter(path) for path in PATHS])
def test_case(linter: Linter, path: Path) -> None:
    case = read_case(path)
    result = linter.lint(case.name, case.data, case.settings)
    severities = {(one.start, one.end, one.code): one.severity for one in case.expected if one.severity}
    found = []
    for diagnostic in result.diagnostics:
        place = (*diagnostic.span, diagnostic.code)
        found.append(Expected(*place, diagnostic.severity.name if place in severities else None))
    assert _shown(case.text, found) == _shown(case.text, list(case.expected))
    ledger = {entry.code: entry.verdict for entry in result.ledger}
    assert {code: ledger.get(code) for code in case.verdicts} == case.verdicts
    facts = {str(address): fact for address, fact in result.report.facts.items()} if result.report else {}
    values = {name: str(facts[name].value).lower() if name in facts else "absent" for name in case.facts}
    assert values == case.facts


def _shown(text: str, found: list[Expected]) -> list[str]:
    source = Source("", text)
    lines = []
    for one in sorted(found):
        line, column = source.position(one.start)
        severity = f" {one.severity}" if one.severity else ""
        lines.append(f"{line}:{column} {one.code}{severity} {text[one.start : one.end]!r}")
    return lines


def test_every_rule_has_cases_that_find_and_as_many_that_do_not() -> None:
    finding, silent = Counter[str](), Counter[str]()
    for path in PATHS:
        code = path.parent.name
        (finding if any(one.code == code for one in read_case(path).expected) else silent)[code] += 1
    folders = {path.name for path in CASES.iterdir() if path.is_dir()}
    assert folders == set(finding) == set(silent)
    assert {code for code in folders if silent[code] < finding[code]} == set()
