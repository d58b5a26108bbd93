"""Words that several kinds of check put into messages, and verdicts."""

from collections.abc import Sequence

from disclosure_lint.model import places
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Verdict, not_applicable
from disclosure_lint.model.form import Address
from disclosure_lint.model.places import column_words, listed, numeral, row_words, section_words, table_words
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span

__all__ = [
    "cell_words", "column_words", "judged", "listed", "not_applicable", "numeral", "row_words", "section_words",
    "table_words", "top",
]  # fmt: skip


_PASSED = Verdict("passed")


def cell_words(report: Report, address: Address) -> LocalizedText:
    """Returns `表三「一、本年新收政府信息公开申请数量」的「总计」`."""
    return places.cell_words(report.form, address)


def top(report: Report) -> Span:
    """Returns where to show what is missing from the whole report: its title, else its first line."""
    if report.title is not None:
        return report.title.span
    blocks = report.document.blocks
    return blocks[0].span if blocks else Span(0, 0)


def judged(findings: Sequence[Finding], reason: LocalizedText | None = None) -> Verdict:
    """Returns failed with findings, undetermined with a reason alone, passed with neither."""
    if findings:
        return Verdict("failed", tuple(findings), reason)
    return Verdict("undetermined", (), reason) if reason else _PASSED


def lacking(findings: Sequence[Finding], report: Report) -> Verdict:
    """Returns the verdict on what is missing; undetermined if it may stand on pages that could not be read."""
    pages = report.document.unread_pages
    return judged([], LocalizedText(*pages)) if findings and pages else judged(findings)
