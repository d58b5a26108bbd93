"""Kind `claim`: numbers in words against the table."""

from decimal import Decimal
from typing import Any

import pytest

from disclosure_lint.checks.claim import ClaimCheck
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import LocalizedText, Severity, Verdict
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Address
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.patterns import PatternError
from disclosure_lint.model.report import Fact, Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

ISSUED = "disclosed[normative_documents,issued]"
STATEMENTS = ["制发规范性文件{number}件", "(?P<none>未)制发规范性文件", "制发规范性文件若干"]


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default(use_cache=False)


def compiled(linter: Linter, **options: Any) -> dict[str, Any]:
    context = CompileContext(linter.forms, {}, ("2021",))
    return ClaimCheck().compile({"section": "overview", "cell": ISSUED, "statement": STATEMENTS, **options}, context)


def judged(linter: Linter, text: str, value: object = 3, **options: Any) -> Verdict:
    rule = Rule(
        "ZZ501",
        "a",
        Severity.info,
        LocalizedText("", ""),
        LocalizedText("", ""),
        (),
        "claim",
        compiled(linter, **options),
    )
    return ClaimCheck().judge(rule, report(linter, text, value, options.get("cell", ISSUED)))


def report(linter: Linter, text: str, cell: object, name: str) -> Report:
    """A report whose overview is a text and whose only number is a cell: blank for "", unreadable for a text."""
    whole = f"# 云川县石桥镇人民政府2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{text}\n"
    found = linter.bind(linter.read("a.md", whole.encode()), "2021", fragment=True)
    assert found is not None
    table, rest = name.split("[")
    address = Address(table, *rest.rstrip("]").split(","))
    if cell is None:
        return found._replace(facts={})
    if isinstance(cell, str):
        fact = Fact(address, "unreadable" if cell else "blank", None, cell, Span(0, 0))
    else:
        assert isinstance(cell, int | Decimal)
        fact = Fact(address, "given", cell, str(cell), Span(0, 0))
    return found._replace(facts={address: fact})


@pytest.mark.parametrize(
    "text",
    [
        "制发规范性文件3件。",
        "制发规范性文件 ３ 件。",
        "制发规范性文件三件。",
        "制发规范性文件叁件。",
        "制发规范性文件5件，后来核实，制发规范性文件3件。",
    ],
)
def test_the_same_number_in_any_writing_passes(linter: Linter, text: str) -> None:
    assert judged(linter, text).outcome == "passed"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("制发规范性文件1,203件。", 1203),
        ("制发规范性文件一千二百零三件。", 1203),
        ("制发规范性文件零件。", 0),
        ("未制发规范性文件。", 0),
        ("未制发规范性文件。", ""),
        ("制发规范性文件二〇件。", 20),
    ],
)
def test_what_numerals_mean(linter: Linter, text: str, value: object) -> None:
    assert judged(linter, text, value).outcome == "passed"


@pytest.mark.parametrize(
    ("text", "place"), [("制发规范性文件 ５ 件。", "５"), ("未制发规范性文件。", "未制发规范性文件")]
)
def test_another_number_is_found_where_it_stands(linter: Linter, text: str, place: str) -> None:
    verdict = judged(linter, text)
    (finding,) = verdict.findings
    source = report(linter, text, 3, ISSUED).document.source
    assert (verdict.outcome, finding.variant, finding.cells) == ("failed", "different", (ISSUED,))
    assert source.slice(finding.span) == place
    assert finding.values["value"] == "3"


def test_silence_is_a_finding_only_where_the_number_is_required(linter: Linter) -> None:
    assert judged(linter, "逐件标明公开属性。").outcome == "not_applicable"
    verdict = judged(linter, "逐件标明公开属性。", required=True)
    assert [finding.variant for finding in verdict.findings] == ["absent"]


def test_what_is_said_without_a_number_is_neither_silence_nor_compared(linter: Linter) -> None:
    verdict = judged(linter, "制发规范性文件若干件。", required=True)
    assert (verdict.outcome, verdict.findings) == ("undetermined", ())


def test_some_stretches_are_not_read(linter: Linter) -> None:
    verdict = judged(linter, "上年制发规范性文件5件。", unless=["上年[^。]*"])
    assert verdict.outcome == "not_applicable"


@pytest.mark.parametrize("cell", ["", "若干", None])
def test_a_cell_without_a_number_leaves_it_open(linter: Linter, cell: object) -> None:
    verdict = judged(linter, "制发规范性文件5件。", cell)
    assert (verdict.outcome, verdict.findings) == ("undetermined", ())
    assert verdict.reason is not None


@pytest.mark.parametrize(
    ("text", "cell", "outcome"),
    [
        ("收费2.5亿元", "25049.9", "passed"),
        ("收费2.5亿元", "24950", "passed"),
        ("收费2.5亿元", "26000", "failed"),
        ("收费12.34万元", "12.34", "passed"),
        ("收费123456元", "12.35", "passed"),
        ("收费133456元", "12.35", "failed"),
    ],
)
def test_a_rounded_number_is_compared_as_it_is_written(linter: Linter, text: str, cell: str, outcome: str) -> None:
    statement = ["收费{number}(?P<unit>[万亿]?)元"]
    verdict = judged(linter, text, Decimal(cell), cell="disclosed[fees,amount]", statement=statement, per=10_000)
    assert verdict.outcome == outcome


def test_a_report_without_the_section_is_not_judged(linter: Linter) -> None:
    assert judged(linter, "制发规范性文件5件。", section="other").outcome == "not_applicable"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"cell": "disclosed[normative_document,issued]"}, "是否想写 “disclosed\\[normative_documents,issued\\]”"),
        ({"cell": "?"}, "没有叫 “\\?” 的格"),
        ({"section": "overvew"}, "overview"),
        ({"statement": ["制发规范性文件"]}, "标出数字"),
        ({"statement": ["{number}件{number}份"]}, "两个数字"),
    ],
)
def test_what_makes_no_sense_is_refused(linter: Linter, options: dict[str, Any], says: str) -> None:
    with pytest.raises(UserError, match=says):
        compiled(linter, **options)


def test_a_wrong_expression_is_shown_as_it_was_written(linter: Linter) -> None:
    with pytest.raises(PatternError) as caught:
        compiled(linter, statement=["制发{number}件("])
    assert caught.value.pattern == "制发{number}件("
