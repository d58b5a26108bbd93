"""Kind `equation`: 勾稽关系, a formula over the form's numbers."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypedDict

from disclosure_lint.checks.wording import column_words, judged, row_words, table_words
from disclosure_lint.formula.evaluation import Outcome, evaluate, holds
from disclosure_lint.formula.instance import Compiled, Instance, instances, relation
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict, Violation
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Address
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Fact, Report
from disclosure_lint.model.rule import Rule

_MAX_RELATED = 10
_UNTRUE = {"=": "≠", "≠": "=", "<": "≥", "≤": ">", ">": "≤", "≥": "<"}


class _Equation(TypedDict):
    formula: str
    at: str
    forms: dict[str, Compiled]


class _Compiled(_Equation, total=False):
    localize: bool


class EquationCheck:
    """Options: `formula`; `each`, over what it is repeated; `at`, the row, column or cell that carries the finding;
    `localize`, false where no number can be told from it though it is violated.
    """

    kind = "equation"
    compiled_type: ClassVar[Any] = _Compiled
    exact = True
    """Numbers that do not add up are surely wrong: see `Rule.exact`."""
    schema: ClassVar[dict[str, Any]] = {
        "description": "表里的数要满足的等式或不等式",
        "type": "object",
        "required": ["formula"],
        "additionalProperties": False,
        "properties": {
            "formula": {
                "description": "公式，如 new + carried_in = sum(outcomes) + carried_out；没有 each 时写 表[行,列]",
                "type": "string",
                "format": "formula",
            },
            "each": {
                "description": "对一张表的每一列（表.columns）或每一行（表.rows）各算一次",
                "type": "string",
                "pattern": r"^.+\.(rows|columns|行|列)$",
                "format": "lines",
            },
            "at": {"description": "标在公式里的哪一行、列或格", "type": "string", "format": "formula"},
            "localize": {"description": "false：不据此推断哪个数填错", "type": "boolean"},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the formula compiled for each form of the rule; raises FormulaError with the column of a mistake."""
        # pyparsing is slow to import and not needed with a compiled pack.
        from disclosure_lint.formula.compiler import compile_formula

        each = options.get("each")
        compiled = {form.id: compile_formula(options["formula"], form, each) for form in context.forms_of_rule()}
        at = options.get("at", "")
        for form in context.forms_of_rule():
            if at and not any(_carries(instance, at) for instance in instances(compiled[form.id], form)):
                raise UserError(
                    f"at = “{at}” 不在公式里；应写公式中的一个行、列或单元格名",
                    en=f"at = “{at}” is not in the formula; write a row, a column or a cell of it",
                )
        localize = {} if options.get("localize", True) else {"localize": False}
        return {"formula": options["formula"], "at": at, "forms": compiled, **localize}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for each row or column in which the equation is violated."""
        compiled = rule.options["forms"][report.form.id]
        findings: list[Finding] = []
        open_questions: list[Outcome] = []
        for instance in instances(compiled, report.form):
            if holds(instance, report.facts):
                continue
            outcome = evaluate(instance, report.facts)
            if outcome.state == "violated":
                findings.append(_finding(rule, report, instance, outcome))
            elif outcome.state == "undetermined":
                open_questions.append(outcome)
        return judged(findings, _why_open(report, open_questions) if open_questions else None)


def _carries(instance: Instance, at: str) -> Address | None:
    for address in instance.cells:
        if at in (str(address), address.row if instance.axis == "column" else address.column):
            return address
    return None


def _finding(rule: Rule, report: Report, instance: Instance, outcome: Outcome) -> Finding:
    carrier = _carries(instance, rule.options["at"]) if rule.options["at"] else None
    named = [carrier] if carrier else list(reversed(instance.cells))
    primary = next(report.facts[address] for address in named if address in report.facts)
    others = [
        report.facts[address] for address in instance.cells if address != primary.address and address in report.facts
    ]
    telling = others if len(others) <= _MAX_RELATED else [fact for fact in others if fact.value]
    return Finding(
        primary.span,
        {
            "where": _where(report, instance),
            "left": LocalizedText(outcome.left, outcome.left_en),
            "right": LocalizedText(outcome.right, outcome.right_en),
            "left_value": str(outcome.left_value),
            "right_value": str(outcome.right_value),
            "difference": str(outcome.difference),
            "formula": rule.options["formula"],
        },
        related=tuple(_related(report, instance, fact) for fact in telling[:_MAX_RELATED]),
        cells=(str(primary.address), *(str(fact.address) for fact in others)),
        location=primary.location,
        violation=_violation(rule, report, instance, outcome),
    )


def _violation(rule: Rule, report: Report, instance: Instance, outcome: Outcome) -> Violation | None:
    if not rule.options.get("localize", True):
        return None
    found = relation(instance)
    sides = LocalizedText(
        f"{outcome.left} {_UNTRUE[instance.op]} {outcome.right}",
        f"{outcome.left_en} {_UNTRUE[instance.op]} {outcome.right_en}",
    )
    return Violation(found, _where(report, instance), sides) if found else None


def _where(report: Report, instance: Instance) -> LocalizedText:
    table = report.form.table(instance.cells[0].table)
    name = table_words(report.form, table)
    if not instance.axis:
        return name
    one = row_words(table, instance.key) if instance.axis == "row" else column_words(table, instance.key)
    kind = LocalizedText("行", "row") if instance.axis == "row" else LocalizedText("列", "column")
    if table.side_by_side and instance.axis == "row":
        kind = LocalizedText("一栏", "block")
    return LocalizedText(f"{name.zh}{one.zh}{kind.zh}", f"{name.en}, {kind.en} {one.en}")


def _related(report: Report, instance: Instance, fact: Fact) -> Related:
    table = report.form.table(fact.address.table)
    by_row = instance.axis == "column"
    name = row_words(table, fact.address.row) if by_row else column_words(table, fact.address.column)
    return Related(fact.span, LocalizedText(f"{name.zh}：{fact.raw}", f"{name.en}: {fact.raw}"))


def _why_open(report: Report, outcomes: Iterable[Outcome]) -> LocalizedText:
    outcomes = list(outcomes)
    lacking = dict.fromkeys(address for outcome in outcomes for address in outcome.lacking)
    blanks = dict.fromkeys(address for outcome in outcomes for address in outcome.blanks)
    tables = {address.table for address in lacking}
    absent = [table for table in report.form.tables if table.id in tables and table.id not in report.tables]
    if absent:
        name = table_words(report.form, absent[0])
        return LocalizedText(f"没有找到{name.zh}", f"{name.en} was not found")
    count = len(outcomes)
    zh, en = [], []
    if lacking:
        zh.append(f"{len(lacking)} 格没有能确定的数字")
        en.append(f"{_counted(len(lacking), 'cell')} without a certain number")
    if blanks:
        zh.append(f"{len(blanks)} 格空白")
        en.append(f"{_counted(len(blanks), 'blank cell')}")
    return LocalizedText(f"{count} 个等式要用的{'，'.join(zh)}", f"{_counted(count, 'equation')} on {', '.join(en)}")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
