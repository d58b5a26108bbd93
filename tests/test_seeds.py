"""Real reports in the folder `shared` beside the repository: what a careful person found in each, and nothing else.

Nothing of them is copied here but line numbers and figures. The tests are skipped where the folder is absent.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.report import Fact
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Source
from tests.generation.forms import addresses
from tests.generation.page import TABLES

SHARED = Path(__file__).parents[2] / "shared"
SEEDS, REAL = SHARED / "seeds", SHARED / "real"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the folder `shared` is not beside the repository")

FOUND = {
    "000": [],
    "001": ["9 warning DL110", "23 warning DL607", "96 error DL401"],
    "002": ["5 warning DL107", "9 warning DL110", "42 warning DL109"],
    "003": [],
    "004": ["9 warning DL103", "80 warning DL203", "106 error DL401", "112 warning DL701"],
}
INFO = {"000": ["DL403"], "001": [], "002": ["DL403"], "003": ["DL403"], "004": ["DL403"]}
NOT_ZERO = {
    "001": {"disclosed[penalties,decisions]": 2},
    "004": {
        "disclosed[penalties,decisions]": 1,
        "review[reconsideration,upheld]": None,
        "review[reconsideration,corrected]": None,
        "review[reconsideration,other]": None,
        "review[reconsideration,pending]": None,
        "review[reconsideration,total]": None,
    },
}


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def lint(linter: Linter, path: Path) -> FileResult:
    result = linter.lint(path.name, path.read_bytes())
    assert result.status == "linted"
    return result


def seed(linter: Linter, number: str) -> FileResult:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return lint(linter, path)


def source(result: FileResult) -> Source:
    assert result.source is not None
    return result.source


def said(result: FileResult, least: Severity = Severity.warning) -> list[str]:
    return [
        f"{source(result).position(found.span.start).line} {found.severity.name} {found.code}"
        for found in result.diagnostics
        if found.severity >= least
    ]


def facts(result: FileResult) -> dict[str, Fact]:
    assert result.report is not None
    return {str(address): fact for address, fact in result.report.facts.items()}


@pytest.mark.parametrize("number", FOUND)
def test_what_a_careful_person_found(linter: Linter, number: str) -> None:
    result = seed(linter, number)
    assert said(result) == FOUND[number]
    assert [found.code for found in result.diagnostics if found.severity is Severity.info] == INFO[number]
    assert [entry.code for entry in result.ledger if entry.verdict == "undetermined"] == []


@pytest.mark.parametrize("number", FOUND)
def test_every_number(linter: Linter, number: str) -> None:
    result = seed(linter, number)
    found = facts(result)
    assert list(found) == [name for table in TABLES for name in addresses("2021", table)]
    assert {name: fact.value for name, fact in found.items() if fact.value != 0} == NOT_ZERO.get(number, {})
    assert {fact.state for fact in found.values() if fact.value is None} <= {"blank"}
    assert all(source(result).slice(fact.span) == fact.raw for fact in found.values())
    assert all(fact.raw for fact in found.values() if fact.state == "given")


def test_words_about_single_findings(linter: Linter) -> None:
    messages = {found.code: found.message.zh for found in seed(linter, "002").diagnostics}
    assert all(aspect in messages["DL107"] for aspect in ("依申请公开", "平台建设"))
    assert "监督保障" not in messages["DL107"]
    blanks = next(found for found in seed(linter, "004").diagnostics if found.code == "DL203")
    assert len(blanks.cells) == 5


@pytest.mark.parametrize("number", ["000", "003"])
def test_titles_over_two_lines(linter: Linter, number: str) -> None:
    report = seed(linter, number).report
    assert report is not None
    assert report.agency is not None
    assert report.agency.endswith("镇人民政府")
    assert report.year in (2023, 2024)


def truth(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((REAL / f"{name}.truth.json").read_text(encoding="utf-8"), parse_float=Decimal)
    return data


@pytest.mark.parametrize("name", ["pingtan-2021", "shuyang-2025"])
def test_reports_that_are_hard_to_read(linter: Linter, name: str) -> None:
    expected = truth(name)
    result = lint(linter, REAL / f"{name}.txt")
    assert result.report is not None
    assert result.report.year == expected["year"]
    given = {name: fact.value for name, fact in facts(result).items() if fact.state == "given"}
    assert given == {name: expected["facts"][name] for name in given}
    assert not any(found.code.startswith("DL3") for found in result.diagnostics)


def test_cells_run_together_are_said_to_be_unclear(linter: Linter) -> None:
    result = lint(linter, REAL / "pingtan-2021.txt")
    assert {found.code for found in result.diagnostics if found.severity is Severity.error} == {"DL205"}
    undetermined = {entry.code for entry in result.ledger if entry.verdict == "undetermined"}
    assert undetermined >= {"DL301", "DL302", "DL303", "DL304"}


def test_a_table_in_fifteen_pieces_is_read(linter: Linter) -> None:
    result = lint(linter, REAL / "shuyang-2025.txt")
    assert said(result, Severity.error) == []
    assert [found.code for found in result.diagnostics if found.severity is Severity.warning] == ["DL109"]
    assert facts(result).keys() == truth("shuyang-2025")["facts"].keys()


def test_a_web_page_with_blanks_for_zeros(linter: Linter) -> None:
    expected = truth("shanghai-office-2019")
    result = lint(linter, REAL / "shanghai-office-2019.html")
    assert result.report is not None
    assert (result.report.form.id, result.report.year) == (expected["form"], expected["year"])
    assert result.report.agency == expected["unit"]
    found = facts(result)
    assert {name: found[name].value for name in expected["facts"]} == expected["facts"]
    assert list(found) == [name for table in TABLES for name in addresses("2019", table)]
    assert said(result, Severity.error) == []
    assert {one.code for one in result.diagnostics if one.severity is Severity.warning} == {"DL203"}
    for fact in found.values():
        file, span = source(result).in_file(fact.span)
        assert file.slice(span) == fact.raw


def test_a_published_pdf(linter: Linter) -> None:
    result = lint(linter, REAL / "huaian-2024.pdf")
    found = facts(result)
    assert {name: fact.value for name, fact in found.items()} == truth("huaian-2024")["facts"]
    assert said(result) == []
    assert [entry.code for entry in result.ledger if entry.verdict == "undetermined"] == []
    # 三 begins on one page and ends on the next.
    places = [fact.location for name, fact in found.items() if name.startswith("requests[")]
    assert {place.page for place in places if place} == {4, 5}
    assert all(place and place.box and place.table == 2 for place in places)
