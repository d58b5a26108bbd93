"""Fixes of how a number is written in its cell."""

from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.document import Table
from disclosure_lint.model.report import Fact, Report

_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


def half_width(text: str) -> str:
    """Returns the text with ASCII digits for full-width ones."""
    return text.translate(_HALF_WIDTH)


def digits_fix(report: Report, fact: Fact) -> Fix | None:
    """Returns the fix that writes a number with ASCII digits; columns that spaces draw stay where they are."""
    source = report.document.source
    if source.slice(fact.span) != fact.raw:
        return None
    new = half_width(fact.raw)
    narrower = sum(char != other for char, other in zip(fact.raw, new, strict=True))
    padding = "" if _is_in_table(report, fact) else " " * narrower
    words = LocalizedText(f"改为“{new}”", f"write “{new}”")
    return Fix("safe", (Edit(fact.span, padding + new),), words)


def _is_in_table(report: Report, fact: Fact) -> bool:
    return any(
        isinstance(block, Table) and block.span.start <= fact.span.start < block.span.end
        for block in report.document.blocks
    )
