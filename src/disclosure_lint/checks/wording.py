"""Words that several kinds of check put into messages: names of sections, tables, rows and cells."""

from collections.abc import Iterable, Sequence

from disclosure_lint.model.diagnostic import Finding, Verdict, Words
from disclosure_lint.model.form import Address, Form, SectionForm, TableForm
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span

_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """Returns 一, 二, … for 1, 2, …; Arabic digits beyond 十."""
    return _NUMERALS[number - 1] if 0 < number <= len(_NUMERALS) else str(number)


def section_words(section: SectionForm) -> Words:
    """Returns `三、收到和处理政府信息公开申请情况`."""
    title = f"{numeral(section.number)}、{section.title}"
    return Words(title, f"{section.number} ({title})")


def table_words(form: Form, table: TableForm) -> Words:
    """Returns `表三`, by the section that it stands in."""
    number = form.section(table.section).number
    return Words(f"表{numeral(number)}", f"table {number}")


def row_words(table: TableForm, row: str) -> Words:
    """Returns a row's label, English readers get its name in the facts too."""
    label = table.row(row).label
    return Words(f"「{label}」", f"“{label}” ({row})")


def column_words(table: TableForm, column: str) -> Words:
    """Returns a column's label."""
    label = table.column(column).label
    return Words(f"「{label}」", f"“{label}” ({column})")


def cell_words(report: Report, address: Address) -> Words:
    """Returns `表三「一、本年新收政府信息公开申请数量」的「总计」`."""
    table = report.form.table(address.table)
    name = table_words(report.form, table)
    row, column = table.row(address.row).label, table.column(address.column).label
    return Words(f"{name.zh}「{row}」的「{column}」", f"{name.en} “{row}”, “{column}” ({address})")


def listed(words: Iterable[Words]) -> Words:
    """Returns several words as one list."""
    words = list(words)
    return Words("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def top(report: Report) -> Span:
    """Returns where to show what is missing from the whole report: its title, else its first line."""
    if report.title is not None:
        return report.title.span
    blocks = report.document.blocks
    return blocks[0].span if blocks else Span(0, 0)


def judged(findings: Sequence[Finding], reason: Words | None = None) -> Verdict:
    """Returns failed with findings, undetermined with a reason alone, passed with neither."""
    if findings:
        return Verdict("failed", tuple(findings), reason)
    return Verdict("undetermined", (), reason) if reason else Verdict("passed")


def lacking(findings: Sequence[Finding], report: Report) -> Verdict:
    """Returns the verdict on what is missing; undetermined if it may stand on pages that could not be read."""
    pages = report.document.unread_pages
    return judged([], Words(*pages)) if findings and pages else judged(findings)


def not_applicable(zh: str, en: str) -> Verdict:
    """Returns that the report has nothing that the rule is about."""
    return Verdict("not_applicable", (), Words(zh, en))
