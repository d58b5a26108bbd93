"""How every rule ended: “nothing found” is never “not checked”."""

from collections.abc import Iterator

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.result import FileResult, RuleOutcome
from disclosure_lint.proof.cases import read_case
from disclosure_lint.settings import Settings
from tests.case_files import CASES, all_cases
from tests.generation import LAYOUTS, SIZES, report
from tests.generation.forms import REQUESTS, row_of
from tests.generation.page import Edit
from tests.scale import part

EQUATIONS = ("DL301", "DL302", "DL303")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def whole(**pieces: str) -> bytes:
    """The good report with other text in some of its pieces."""
    parts = dict(part.split("\n", 1) for part in (CASES / "whole.md").read_text(encoding="utf-8").split("=== ")[1:])
    assert parts.keys() >= pieces.keys()
    return "\n\n".join({**parts, **pieces}.values()).encode()


def ledger(result: FileResult) -> dict[str, RuleOutcome]:
    return {entry.code: entry for entry in result.ledger}


def reason(result: FileResult, code: str) -> str:
    entry = ledger(result)[code]
    assert entry.reason is not None
    assert entry.reason.zh
    assert entry.reason.en
    return entry.reason.en


def verdicts(result: FileResult, *codes: str) -> list[str]:
    return [ledger(result)[code].verdict for code in codes]


def everything(linter: Linter) -> Iterator[FileResult]:
    for path in part(all_cases()):
        case = read_case(path)
        yield linter.lint(case.name, case.data, case.settings)


def test_every_rule_that_was_selected_ends_in_one_of_four(linter: Linter) -> None:
    for result in everything(linter):
        codes = [entry.code for entry in result.ledger]
        assert len(codes) == len(set(codes))
        assert {entry.verdict for entry in result.ledger} <= {"passed", "failed", "not_applicable", "undetermined"}
        for entry in result.ledger:
            explained = entry.reason is not None and entry.reason.zh and entry.reason.en
            assert explained or entry.verdict in ("passed", "failed"), (result.path, entry)


def test_what_is_found_has_failed(linter: Linter) -> None:
    silenced = "<!-- disclosure-lint"
    for result in everything(linter):
        failed = {entry.code for entry in result.ledger if entry.verdict == "failed"}
        found = {code for one in result.diagnostics for code in (one.code, *one.also)}
        # A rule that was silenced in the document has failed all the same; a fatal notice needs no selection.
        assert found - failed <= {"DL001", "DL002"}
        if result.source is not None and silenced not in result.source.text:
            assert failed <= found


def test_a_good_report(linter: Linter) -> None:
    result = linter.lint("a.md", whole())
    assert result.diagnostics == ()
    assert [entry.code for entry in result.ledger] == [rule.code for rule in linter.rules if rule.severity]
    # It has no date that could be too late, and is alone.
    others = ["DL605", "DL901", "DL902", "DL903", "DL904", "DL905", "DL906"]
    assert [entry.code for entry in result.ledger if entry.verdict != "passed"] == others


def test_only_what_is_selected_is_in_the_ledger(linter: Linter) -> None:
    result = linter.lint("a.md", whole(), Settings(select=("DL3",), ignore=("DL303",)))
    assert [entry.code for entry in result.ledger] == ["DL301", "DL302", "DL304", "DL305", "DL306"]


def test_an_unreadable_file_has_passed_nothing(linter: Linter) -> None:
    result = linter.lint("a.md", whole()[:-2])
    assert verdicts(result, "DL001") == ["failed"]
    assert {entry.verdict for entry in result.ledger if entry.code != "DL001"} == {"undetermined"}


def test_rules_do_not_apply_to_what_is_no_report(linter: Linter) -> None:
    result = linter.lint("a.md", "# 关于放假的通知\n\n定于3月4日放假。\n".encode())
    assert verdicts(result, "DL002") == ["failed"]
    assert {entry.verdict for entry in result.ledger if entry.code != "DL002"} == {"not_applicable"}


def test_without_its_table_an_equation_is_open(linter: Linter) -> None:
    result = linter.lint("a.md", whole(requests="见附件。\n"))
    assert verdicts(result, "DL201", *EQUATIONS, "DL304") == ["failed", *["undetermined"] * 3, "passed"]
    assert reason(result, "DL301") == "table 3 was not found"


def test_without_its_row_an_equation_is_open(linter: Linter) -> None:
    text = whole().decode()
    line = next(line for line in text.splitlines() if "2.重复申请" in line)
    result = linter.lint("a.md", text.replace(line + "\n", "").encode())
    assert verdicts(result, "DL202", *EQUATIONS) == ["failed", "passed", "undetermined", "undetermined"]


def test_what_is_no_number_leaves_its_equations_open(linter: Linter) -> None:
    text = whole().decode().replace("申请数量 | 5 | 1 |", "申请数量 | 5 | / |")
    result = linter.lint("a.md", text.encode())
    assert verdicts(result, "DL204", *EQUATIONS) == ["failed", "undetermined", "passed", "undetermined"]
    assert "1 cell without a certain number" in reason(result, "DL303")


def test_a_failed_rule_says_what_else_was_open(linter: Linter) -> None:
    text = whole().decode().replace("申请数量 | 5 | 1 |", "申请数量 | 6 | / |")
    result = linter.lint("a.md", text.encode())
    assert verdicts(result, "DL301") == ["failed"]
    assert "1 equation" in reason(result, "DL301")


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if not layout.startswith("flow")])
def test_a_blank_for_0_breaks_no_equation(linter: Linter, layout: str) -> None:
    rendered = report("blank", layout, SIZES[0])
    for name, value in rendered.values.items():
        if name.startswith(REQUESTS) and value == 0 and name.endswith("legal]"):
            blanked = rendered.edited([Edit(*rendered.cells[name], " " * len(rendered.cell(name)))], {name: None})
            result = linter.lint(f"a{rendered.suffix}", blanked.text.encode())
            assert not any(found.severity is Severity.error for found in result.diagnostics if found.code != "DL205")
            unclear = any(found.code == "DL205" for found in result.diagnostics)
            assert unclear or verdicts(result, *EQUATIONS) == ["passed"] * 3, row_of(name)


def test_a_blank_for_something_leaves_its_equations_open(linter: Linter) -> None:
    text = whole().decode().replace("申请数量 | 5 | 1 |", "申请数量 | | 1 |")
    result = linter.lint("a.md", text.encode())
    assert verdicts(result, "DL203", *EQUATIONS) == ["failed", "undetermined", "passed", "undetermined"]
    assert "blank" in reason(result, "DL301")
    assert not any(found.code.startswith("DL3") for found in result.diagnostics)


def test_the_fee_rule_is_not_for_early_reports(linter: Linter) -> None:
    early = (CASES / "2019.md").read_text(encoding="utf-8").split("=== ")[1:]
    result = linter.lint("a.md", "\n\n".join(part.split("\n", 1)[1] for part in early).encode())
    assert result.report is not None
    assert result.report.form.id == "2019"
    assert verdicts(result, "DL401", "DL402", "DL305") == ["not_applicable"] * 3
    assert "2021" in reason(result, "DL401")
    assert verdicts(result, *EQUATIONS, "DL304") == ["passed"] * 4


def test_whose_report_it_is_must_be_known(linter: Linter) -> None:
    result = linter.lint("a.md", whole(title="# 2023年政府信息公开工作年度报告\n"))
    assert verdicts(result, "DL101", "DL306") == ["failed", "undetermined"]
    assert reason(result, "DL306") == "it is not known whose report it is"


def test_a_rule_for_other_agencies_does_not_apply(linter: Linter) -> None:
    result = linter.lint("a.md", whole(title="# 青禾市人民政府2023年政府信息公开工作年度报告\n"))
    assert verdicts(result, "DL306") == ["not_applicable"]


def test_a_missing_section_is_one_finding(linter: Linter) -> None:
    result = linter.lint("a.md", whole(h6="", other=""))
    assert [found.code for found in result.diagnostics] == ["DL102"]
    assert verdicts(result, "DL401", "DL402") == ["not_applicable"] * 2


def test_a_table_is_no_prose_even_if_it_begins_with_a_word_that_is_not_the_forms(linter: Linter) -> None:
    data = whole().replace("| 申请人情况 |".encode(), "| 项目 |".encode())
    assert data != whole()
    report = linter.lint("a.md", data).report
    assert report is not None
    assert report.facts
    assert report.prose("requests").text == ""
    # Words beside the table are.
    beside = data.replace("\n\n| 项目 |".encode(), "\n\n本年收到申请 6 件。\n\n| 项目 |".encode())
    report = linter.lint("a.md", beside).report
    assert report is not None
    assert report.prose("requests").text == "本年收到申请6件。"


def test_tables_of_another_years_form_leave_their_rows_undetermined(linter: Linter) -> None:
    old = (CASES / "2019.md").read_text(encoding="utf-8").split("=== ")[1:]
    parts = dict(part.split("\n", 1) for part in old)
    result = linter.lint("a.md", "\n\n".join(parts.values()).replace("2019年政府", "2023年政府").encode())
    found = {diagnostic.code: diagnostic.message.zh for diagnostic in result.diagnostics}
    assert "2019 年的格式" in found["DL202"]
    assert "DL205" not in found
    assert reason(result, "DL205") == "a table is that of another year's form"
    assert ledger(result)["DL302"].verdict == "undetermined"
