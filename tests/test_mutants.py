"""The matrix of rules and mutants: complete for the national pack, and strict with lazy and barking rules."""

from pathlib import Path

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.formula.instance import instances_of, relation
from disclosure_lint.model.diagnostic import Finding, Verdict
from disclosure_lint.model.form import Form
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span
from disclosure_lint.packs.sources import shipped_rules
from disclosure_lint.packs.texts import Example, examples
from disclosure_lint.proof.clean import TOWN, Ground, clean_report, usual_year
from disclosure_lint.proof.example_mutants import example_trials
from disclosure_lint.proof.matrix import Matrix, matrix, mutants
from tests.command_line import own_place, run
from tests.own_pack import rule, write_own

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

OK = '[[rule.example]]\nok = true\ntext = "## 一、总体情况\\n\\n按月公开。"\n'


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def by_code() -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for example in examples(shipped_rules()):
        found.setdefault(example.code, []).append(example)
    return found


@pytest.fixture(scope="module")
def national(linter: Linter) -> Matrix:
    return matrix(linter, linter.rules, by_code())


@pytest.mark.long
def test_every_national_rule_catches_its_mutants_and_no_others(national: Matrix) -> None:
    assert national.failures == ()
    # What needs other reports, or a table that cannot be read, is proved by its examples.
    unproved = ["DL509", *(f"DL90{number}" for number in range(1, 7))]
    assert [rule.code for rule in national.rules if not national.caught(rule.code)[0]] == unproved


@pytest.mark.long
def test_nothing_goes_by(national: Matrix) -> None:
    missed = {
        code: {family for family, cell in row.items() if cell.missed}
        for code, row in national.cells.items()
        if any(cell.missed for cell in row.values())
    }
    assert missed == {}


@pytest.mark.long
def test_the_wrong_number_is_named_where_it_can_be_told(national: Matrix) -> None:
    for code in ("DL301", "DL302", "DL303"):
        cells = [cell for cell in national.cells[code].values() if cell.pointed]
        assert sum(cell.pointed for cell in cells) > 20
        assert all(cell.named == cell.pointed for cell in cells)
    for cell in national.cells["DL304"].values():
        # A block has one equation: only a fraction is plainly the wrong one among counts.
        assert cell.named + cell.listed == cell.pointed
    assert "DL306" not in {code for code, row in national.cells.items() if any(cell.pointed for cell in row.values())}


def every_form() -> list[Form]:
    return list(Linter.default().forms)


@pytest.mark.parametrize("form", every_form(), ids=lambda form: form.id)
def test_the_clean_report_is_whole_and_silent(linter: Linter, form: Form) -> None:
    clean = clean_report(linter, Ground(form, usual_year(form), TOWN), {})
    assert clean.result.diagnostics == ()
    assert "undetermined" not in {entry.verdict for entry in clean.result.ledger}
    report = clean.result.report
    assert report is not None
    assert report.form == form
    read = {address: fact.value for address, fact in report.facts.items()}
    assert read == clean.draft.values()
    assert len(read) == sum(len(table.addresses()) for table in form.tables)


def test_each_equation_is_violated_by_some_mutant(linter: Linter) -> None:
    for form in linter.forms:
        clean = clean_report(linter, Ground(form, usual_year(form), TOWN), {})
        made = list(mutants(linter, clean, linter.rules, {}))
        for one_rule in linter.rules:
            for instance in instances_of(one_rule, form):
                one = relation(instance)
                assert one is not None
                assert any(one.holds(mutant.values) is False for mutant in made), (one_rule.code, instance.key)


def test_each_mutant_differs_from_the_clean_report(linter: Linter) -> None:
    for form in linter.forms:
        clean = clean_report(linter, Ground(form, usual_year(form), TOWN), {})
        made = list(mutants(linter, clean, linter.rules, by_code()))
        assert clean.draft.text().encode() not in {mutant.data for mutant in made}
        assert len({mutant.what for mutant in made}) == len(made)


class Lazy:
    """Judges as another check does, but forgets what it found."""

    def __init__(self, kind: str):
        self.kind = kind
        self.schema: dict[str, object] = {}

    def compile(self, options: dict[str, object], context: object) -> dict[str, object]:
        raise NotImplementedError

    def judge(self, rule: Rule, report: Report) -> Verdict:
        del rule, report
        return Verdict("passed")


class Barking(Lazy):
    """Finds something everywhere."""

    def judge(self, rule: Rule, report: Report) -> Verdict:
        del rule
        return Verdict(
            "failed", (Finding(report.title.span if report.title else Span(0, 1), dict.fromkeys(FILLS, "")),)
        )


FILLS = ("missing", "agency", "year", "section", "level", "expected", "text")


def with_check(linter: Linter, check: Lazy) -> Linter:
    plugins = load_plugins()
    return Linter(linter.packs, {**linter.checks, check.kind: check}, plugins.readers())


def failures(linter: Linter, *codes: str) -> dict[str, str]:
    found = matrix(linter, [rule for rule in linter.rules if rule.code in codes], {})
    return {code: words.zh for code, words in found.failures}


@pytest.mark.long
def test_a_lazy_rule_is_caught(linter: Linter) -> None:
    found = failures(with_check(linter, Lazy("heading")), "DL101", "DL109", "DL301")
    assert set(found) == {"DL101", "DL109"}
    assert "一个也没有抓到，如：删去标题" in found["DL101"]


@pytest.mark.long
def test_a_rule_that_barks_at_a_clean_report_is_caught(linter: Linter) -> None:
    found = failures(with_check(linter, Barking("heading")), "DL109")
    assert "在没有错的年报" in found["DL109"]


def with_examples(linter: Linter, code: str) -> dict[str, str]:
    rules = [rule for rule in linter.rules if rule.code == code]
    found = matrix(linter, rules, by_code())
    return {words.zh: code for code, words in found.failures}


@pytest.mark.long
def test_every_kind_of_rule_is_tried_on_its_own_examples(national: Matrix) -> None:
    tried = {rule.kind for rule in national.rules if "clean-example" in national.cells.get(rule.code, {})}
    assert tried == {"heading", "section", "cells", "equation", "statement", "pattern"}
    assert national.cells["DL304"]["clean-example"].meant > 10


@pytest.mark.long
def test_a_sum_that_nobody_reckons_is_caught_by_its_own_example(linter: Linter) -> None:
    failures = with_examples(with_check(linter, Lazy("equation")), "DL304")
    line = next(example.line for example in by_code()["DL304"] if example.facts and not example.finds)
    assert any(f"没有抓到：第 {line} 行的例子里，review[" in text for text in failures)


SUMS = ("where", "left", "right", "left_value", "right_value", "difference")


class Touchy(Lazy):
    """Finds something as soon as a number is another one than in the example."""

    def judge(self, rule: Rule, report: Report) -> Verdict:
        del rule
        strange = [fact for fact in report.facts.values() if fact.value not in (0, 2, 3)]
        return Verdict("failed", (Finding(Span(0, 0), dict.fromkeys(SUMS, "")),)) if strange else Verdict("passed")


@pytest.mark.long
def test_a_rule_that_barks_at_its_own_example_is_caught(linter: Linter) -> None:
    example = Example("DL301", "rules/a.toml", 7, facts={"requests[new,total]": 2, "requests[carried_out,total]": 2})
    rules = [rule for rule in linter.rules if rule.code == "DL301"]
    touchy = with_check(linter, Touchy("equation"))
    trials = list(example_trials(touchy, rules[0], [example]))
    assert {trial.found for trial in trials if not trial.meant} == {True}
    texts = [words.zh for _, words in matrix(touchy, rules, {"DL301": [example]}).failures]
    assert any(text.startswith("对不相干的") and "第 7 行的例子里" in text for text in texts)


@pytest.mark.long
def test_a_rule_that_barks_at_other_mutants_is_caught(tmp_path: Path) -> None:
    barking = rule(
        "[rule.pattern]\nforbid = ['-1']",
        OK + '[[rule.example]]\nfinds = ["ZZ001"]\ntext = "## 一、总体情况\\n\\n⟦-1⟧度。"\n',
    )
    ended = run(["rules", "test", write_own(tmp_path / "own", barking)])
    assert ended.status == 1
    assert "ZZ001 对不相干的" in ended.stdout


@pytest.mark.long
def test_a_rule_for_some_agencies_is_tried_on_one_of_them(tmp_path: Path) -> None:
    own = rule(
        "[rule.pattern]\nrequire = ['联系电话：\\d+']",
        '[[rule.example]]\nok = true\ntext = "# 青禾省临江县人民政府2023年政府信息公开工作年度报告\\n\\n'
        '## 六、其他需要报告的事项\\n\\n联系电话：12345。"\n'
        '[[rule.example]]\nfinds = ["ZZ001"]\ntext = "# ⟦青禾省临江县人民政府2023年政府信息公开工作年度报告⟧\\n\\n'
        '## 六、其他需要报告的事项\\n\\n没有。"\n',
        more='[rule.when]\nagency = "^青禾省"',
    )
    ended = run(["rules", "test", write_own(tmp_path / "own", own), "--matrix"])
    assert ended.status == 0, ended.stdout
    assert "required-dropped 1/1  sentence-dropped 1/1" in ended.stdout


def test_a_rule_that_no_report_is_for_is_caught(tmp_path: Path) -> None:
    own = rule(
        "[rule.cells]\nfind = 'blank'",
        '[[rule.example]]\nok = true\nfacts = { "review[direct,total]" = 0 }\n'
        '[[rule.example]]\nfinds = ["ZZ001"]\nagency = "乙县"\nfacts = { "review[direct,total]" = "" }\n',
        more='[rule.when]\nagency = "^(?:乙县)$"\nlast_year = 2010',
    )
    ended = run(["rules", "test", write_own(tmp_path / "own", own)])
    assert ended.status == 1
    assert "找不到一份适用这条规则的完整年报" in ended.stdout
