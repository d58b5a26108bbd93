"""A small form of our own, a report on it, and what could be said of it: what the outputs are tested with."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Literal

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.document import Document
from disclosure_lint.model.form import Address, Column, Form, FormRow, Law, SectionForm, TableForm
from disclosure_lint.model.report import BoundTable, Decision, Explanation, Fact, Report, Section, Texts, Title, Unclear
from disclosure_lint.model.result import FileResult, RuleOutcome
from disclosure_lint.model.source import Source, Span

TEXT = "枫桥镇2023年报告\n一、总体情况\n总计\t12\t1,5\t\n"
LAW = Law("国办公开办函〔2021〕30号", "附件 表三", "原文")


def span(part: str, text: str = TEXT) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def diagnostic(part: str, **changes: Any) -> Diagnostic:
    diagnostic = Diagnostic(
        path="枫桥镇.md",
        code="DL302",
        name="outcomes-total",
        severity=Severity.error,
        message=LocalizedText("总计应为 11", "the total should be 11"),
        span=span(part),
        law=(LAW,),
    )
    return diagnostic._replace(**changes)


def result(diagnostics: Sequence[Diagnostic], *ledger: RuleOutcome, report: Report | None = None) -> FileResult:
    return FileResult("枫桥镇.md", "linted", tuple(diagnostics), ledger, Source("枫桥镇.md", TEXT), report)


PASSED = RuleOutcome("DL301", "passed")
FAILED = RuleOutcome("DL302", "failed")
UNDETERMINED = RuleOutcome("DL303", "undetermined", LocalizedText("有一行分不清", "a row is unclear"))
NOT_APPLICABLE = RuleOutcome("DL401", "not_applicable", LocalizedText("2020 年", "2020"))

_COLUMNS = (Column("natural", "自然人"), Column("total", "总计"))
_LABELS = {"new": "一、新收", "old": "二、结转", "rest": "三、其他"}
_ROWS = tuple(FormRow(key, label, ("natural", "total")) for key, label in _LABELS.items())
_TABLE = TableForm("requests", "收到和处理申请情况", "overview", _ROWS, _COLUMNS, {}, {})
_SECTIONS = (SectionForm("overview", 1, "总体情况"), SectionForm("other", 6, "其他"), SectionForm("x", 7, "附"))
FORM = Form("2021", "格式", 2021, None, (LAW,), _SECTIONS, (_TABLE, _TABLE._replace(id="review", title="复议")))


def _fact(row: str, column: str, part: str, state: Literal["given", "blank", "unreadable"], value: Any = None) -> Fact:
    return Fact(Address("requests", row, column), state, value, part.strip(), span(part))


def report(*found: Fact) -> Report:
    def section(number: int, part: str, wording: Literal["statutory", "long", "other"]) -> Section:
        form = _SECTIONS[number]
        return Section(form, span(part), form.number, part, wording, None, Span(0, 0), (), content=True)

    unclear = (Unclear("rest", span("总计"), 3, 2, readings=(("12",), ("12", "1,5"))),)
    decisions = (
        Decision("new", "总计", span("总计\t12\t1,5"), 7.0, "old", "总计", span("总计"), 0.5, "order"),
        Decision("rest", "总计", span("总计"), 2.25, columns="count"),
    )
    document = Document(Source("枫桥镇.md", TEXT), "markdown", ())
    return Report(
        document=document,
        form=FORM,
        title=Title(span("枫桥镇2023年报告"), "枫桥镇2023年报告", "枫桥镇", 2023),
        agency="枫桥镇",
        year=2023,
        sections={"overview": section(0, "一、总体情况", "statutory"), "other": section(1, "总计", "other")},
        repeated=(),
        extra=(),
        tables={
            "requests": BoundTable(
                _TABLE,
                span("总计\t12"),
                {"new": span("总计")},
                unclear=unclear,
                explained=lambda: Explanation(decisions, (span("一、总体情况"),)),
            )
        },
        facts={fact.address: fact for fact in found},
        numbered=(),
        texts=Texts(document, {}),
    )


FACTS = (
    _fact("new", "natural", "12", "given", 12),
    _fact("new", "total", "1,5", "given", Decimal("1.50"))._replace(unit="万元"),
    _fact("old", "natural", "\t\n", "blank"),
    _fact("old", "total", "总计", "unreadable"),
)
