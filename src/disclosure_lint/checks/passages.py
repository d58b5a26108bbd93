"""The prose of a report, passage by passage, without what stands in the statutory tables."""

from collections.abc import Iterator

from disclosure_lint.model.document import Table
from disclosure_lint.model.report import Report
from disclosure_lint.model.source import Span


def passages(report: Report) -> Iterator[Span]:
    """Yields paragraphs, headings, and the cells of other tables; none that holds a part of a statutory table."""
    bound = [table.span for table in report.tables.values()]
    for block in report.document.blocks:
        if any(block.span.start < table.end and table.start < block.span.end for table in bound):
            continue
        if isinstance(block, Table):
            yield from (cell.span for row in block.rows for cell in row.cells)
        else:
            yield block.span
