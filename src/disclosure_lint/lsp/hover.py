"""What a place in a report is: a number of the form, a section, a row, or the code of a rule in a comment."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import localcontext
from typing import NamedTuple

from lsprotocol import types

from disclosure_lint.checks.wording import cell_words, row_words, section_words, table_words
from disclosure_lint.formula import evaluation
from disclosure_lint.formula.evaluation import Outcome, evaluate
from disclosure_lint.formula.instance import EXACT, Instance, instances_of
from disclosure_lint.lsp.analysis import Analysis, Hover
from disclosure_lint.model.characters import fold
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.form import Address
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.report import Fact, Report, Section
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.facts import STATUSES, why
from disclosure_lint.outputs.wording import WORDINGS, cited

_CROSSED = {"=": "≠", "≠": "=", "<": "≥", "≤": ">", ">": "≤", "≥": "<"}
_STATES = {
    "holds": LocalizedText("✓", "✓"),
    "violated": LocalizedText("✗", "✗"),
    "undetermined": LocalizedText("无法判定", "undetermined"),
}
_UNTOLD = ("not_a_quantity", "unrelated")
"""Statuses of numbers that have nothing to do with the form."""
_CODE = lazy_re_compile(r"\b[A-Za-z]{2}\d{3}\b")


class Equation(NamedTuple):
    """A rule's formula for one row or column of a report."""

    rule: Rule
    instance: Instance
    outcome: Outcome
    facts: Mapping[Address, Fact]

    def shown(self, lang: str) -> str:
        """Returns both sides with their numbers: `3 + 1 = 4`; the sign is crossed out where that is not so."""
        with localcontext(EXACT):
            left, right = (evaluation.side(tree, self._value, lang) for tree in self.instance.trees)
        sign = self.instance.op if self.outcome.state != "violated" else _CROSSED.get(self.instance.op, "≠")
        return f"{left} {sign} {right}"

    def total(self) -> tuple[Fact, Number] | None:
        """Returns the total that a violated sum names, and what its parts come to; None for other equations."""
        if self.outcome.state != "violated" or self.instance.op != "=":
            return None
        values = (self.outcome.right_value, self.outcome.left_value)
        for tree, value in zip(self.instance.trees, values, strict=True):
            if tree[0] == "cell" and value is not None:
                fact = self.facts.get(self.instance.address(tree[1]))
                return (fact, value) if fact else None
        return None

    def _value(self, cell: list[str | None]) -> Number | None:
        fact = self.facts.get(self.instance.address(cell))
        if fact is None or fact.state == "unreadable":
            return None
        return 0 if fact.value is None else fact.value


def hover(analysis: Analysis, offset: int) -> Hover | None:
    """Returns what stands at an offset; None where there is nothing to say."""
    report = analysis.report
    if report is None:
        return None
    return (
        _code(analysis, report, offset)
        or _number(analysis, report, offset)
        or _uncertain(report, offset, analysis.lang)
        or _claim(report, offset, analysis.lang)
        or _heading(report, offset, analysis.lang)
        or _row(report, offset, analysis.lang)
    )


def inlay_hints(analysis: Analysis, within: Span) -> list[types.InlayHint]:
    """Returns a hint for every violated sum whose total stands in that stretch; one for equal ones."""
    report = analysis.report
    if report is None:
        return []
    found: dict[tuple[Address, str], types.InlayHint] = {}
    for equation in equations(analysis.rules, report):
        total = equation.total()
        if total is None or not within.start <= total[0].span.start <= within.end:
            continue
        fact, value = total
        label = LocalizedText(f"各项之和 {value}", f"sum {value}").text(analysis.lang)
        hint = types.InlayHint(
            analysis.ruler.position(fact.span.end),
            label,
            tooltip=f"{equation.rule.code} {equation.shown(analysis.lang)}",
            padding_left=True,
        )
        found.setdefault((fact.address, label), hint)
    return list(found.values())


def equations(rules: Iterable[Rule], report: Report) -> Iterator[Equation]:
    """Yields the equations of all rules that are for a report, in the order of the rules."""
    for rule in rules:
        if rule.not_for(report) is None:
            for instance in instances_of(rule, report.form):
                yield Equation(rule, instance, evaluate(instance, report.facts), report.facts)


def equations_of(address: Address, rules: Iterable[Rule], report: Report) -> list[Equation]:
    """Returns the equations that a number is in."""
    return [equation for equation in equations(rules, report) if address in equation.instance.cells]


def code_at(text: str, offset: int) -> tuple[str, Span] | None:
    """Returns the code of a rule that stands at an offset of a text, full-width or not."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = fold(text[start : end if end >= 0 else len(text)])
    for match in _CODE.finditer(line):
        if match.start() <= offset - start <= match.end():
            return match.group().upper(), Span(start + match.start(), start + match.end())
    return None


def rule_named(code: str, rules: Iterable[Rule]) -> Rule | None:
    """Returns the rule with that code."""
    return next((rule for rule in rules if rule.code == code), None)


def rule_text(rule: Rule, lang: str) -> str:
    """Returns what a rule asks and under which law, as Markdown."""
    severity = (
        LocalizedText("默认关闭", "off by default").text(lang) if rule.severity is Severity.off else rule.severity.name
    )
    lines = [f"**{rule.code}** `{rule.name}` — {severity}", rule.summary.text(lang)]
    for law in rule.law:
        lines.append(f"{LocalizedText('依据：', 'Law: ').text(lang)}{cited(law, lang)}")
        if law.text:
            lines.append(f"> {law.text}")
    return "\n\n".join(lines)


def _code(analysis: Analysis, report: Report, offset: int) -> Hover | None:
    if not any(_within(comment.span, offset) for comment in report.document.comments):
        return None
    found = code_at(report.document.source.text, offset)
    rule = rule_named(found[0], analysis.config.linter.rules) if found else None
    return Hover(rule_text(rule, analysis.lang), found[1]) if found and rule else None


def _number(analysis: Analysis, report: Report, offset: int) -> Hover | None:
    fact = next((fact for fact in report.facts.values() if _within(fact.span, offset)), None)
    if fact is None:
        return None
    lang = analysis.lang
    lines = [f"**{cell_words(report, fact.address).text(lang)}**", f"`{fact.address}` = {_said(fact, lang)}"]
    found = equations_of(fact.address, analysis.rules, report)
    if found:
        lines.append("\n".join(f"- {_equation(equation, lang)}" for equation in found))
    return Hover("\n\n".join(lines), fact.span)


def _uncertain(report: Report, offset: int, lang: str) -> Hover | None:
    for key, table in report.tables.items():
        for row in table.unclear:
            if _within(row.span, offset):
                name = f"{table_words(report.form, table.form).text(lang)}{row_words(table.form, row.row).text(lang)}"
                return Hover(f"**{name}**\n\n{why(report, key, row).text(lang)}", row.span)
    return None


def _claim(report: Report, offset: int, lang: str) -> Hover | None:
    """Returns what became of a number of the text, with the cells that it may be and what they hold."""
    claims = (one for one in report.claims.numbers if one.status not in _UNTOLD)
    claim = next((one for one in claims if _within(one.span, offset)), None)
    if claim is None:
        return None
    facts = {str(address): fact for address, fact in report.facts.items()}
    lines = [f"**{claim.text}** — {STATUSES[claim.status].text(lang)}"]
    cells = dict.fromkeys((*claim.cells, *(cell for one in claim.sums for cell in one.cells)))
    known = [facts[cell] for cell in cells if cell in facts]
    if known:
        named = (
            f"- {cell_words(report, fact.address).text(lang)} `{fact.address}` = {_said(fact, lang)}" for fact in known
        )
        lines.append("\n".join(named))
    return Hover("\n\n".join(lines), claim.span)


def _said(fact: Fact, lang: str) -> str:
    if fact.state == "given":
        return str(fact.value)
    blank, other = LocalizedText("空白", "blank"), LocalizedText(f"不是数：{fact.raw}", f"not a number: {fact.raw}")
    return (blank if fact.state == "blank" else other).text(lang)


def _equation(equation: Equation, lang: str) -> str:
    outcome = equation.outcome
    said = f"{equation.rule.code} {equation.shown(lang)} {_STATES[outcome.state].text(lang)}"
    if outcome.state == "violated":
        said += LocalizedText(f"，差 {outcome.difference}", f", a difference of {outcome.difference}").text(lang)
    return f"{said} — {equation.rule.summary.text(lang)}"


def _heading(report: Report, offset: int, lang: str) -> Hover | None:
    known = (*report.sections.values(), *report.repeated)
    section = next((section for section in known if _within(section.span, offset)), None)
    return Hover(_section_text(report, section, lang), section.span) if section else None


def _section_text(report: Report, section: Section, lang: str) -> str:
    lines = [f"**{section_words(section.form).text(lang)}** — {WORDINGS[section.wording].text(lang)}"]
    tables = [table for table in report.form.tables if table.section == section.form.id]
    for table in tables:
        found = "" if table.id in report.tables else LocalizedText("（没有找到）", " (not found)").text(lang)
        lines.append(f"{table_words(report.form, table).text(lang)} `{table.id}` {table.title}{found}")
    lines.append(report.form.title)
    return "\n\n".join(lines)


def _row(report: Report, offset: int, lang: str) -> Hover | None:
    for key, table in report.tables.items():
        for row, span in table.rows.items():
            if _within(span, offset):
                form = table.form.row(row)
                label = " / ".join((*form.groups, form.label))
                name = table_words(report.form, table.form).text(lang)
                return Hover(f"**{name}** {label}\n\n`{key}[{row},…]`", span)
    return None


def _within(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end
