"""The row of a table in which something is wrong, under the columns' headings, as a terminal shows it."""

from collections.abc import Iterator, Sequence

from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.form import Address
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.personal import masked
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult, RowShown
from disclosure_lint.outputs.width import total_width, width

_MARGIN, _GAP = 4, 2
"""Terminal cells before the row, and between two columns."""
_SHORTEST_LABEL, _LONGEST_NUMBER = 8, 14
"""Terminal cells of a row's label that is cut, and characters of what stands in a cell."""
_FAINT = "2"


def row_shown(result: FileResult, diagnostic: Diagnostic) -> RowShown | None:
    """Returns the row of the number that a finding names first; None where there is none."""
    cell = next(iter(diagnostic.cells), "")
    if result.told:
        return result.told.rows.get(cell)
    address = next((one for one in result.report.facts if str(one) == cell), None) if result.report and cell else None
    if result.report is None or address is None:
        return None
    table = result.report.form.table(address.table)
    row = table.row(address.row)
    here = [Address(table.id, row.id, column) for column in row.columns]
    return RowShown(
        row.label,
        tuple(map(str, here)),
        tuple(table.column(column).label for column in row.columns),
        tuple(_shown(result.report, one) for one in here),
    )


def rows_told(result: FileResult) -> dict[str, RowShown]:
    """Returns the rows in which something is wrong, for `Told`."""
    rows = ((next(iter(one.cells), ""), row_shown(result, one)) for one in result.diagnostics)
    return {cell: row for cell, row in rows if row}


def picture(row: RowShown, diagnostic: Diagnostic, style: OutputStyle) -> Iterator[str]:
    """Yields headings, numbers and marks of the row of a finding; nothing if there is no room for it.

    `^` marks the cell that is wrong, `-` others that belong to the finding.
    """
    wide = [max(map(total_width, pair)) for pair in zip(row.headings, row.numbers, strict=True)]
    room = style.width - _MARGIN - sum(wide) - _GAP * len(wide)
    if len(row.cells) < 2 or room < min(_SHORTEST_LABEL, total_width(row.label)):
        return
    label = _cut(row.label, room)
    before = total_width(label)
    first, *others = diagnostic.cells
    marks = ["^" if one == first else "-" if one in others else "" for one in row.cells]
    marks = [mark * total_width(number or mark) for mark, number in zip(marks, row.numbers, strict=True)]
    yield style.paint(_line(" " * before, row.headings, wide), _FAINT)
    yield _line(label, row.numbers, wide)
    yield style.paint(_line(" " * before, marks, wide), _FAINT)


def _shown(report: Report, address: Address) -> str:
    fact = report.facts.get(address)
    return escape_controls(masked(fact.raw))[:_LONGEST_NUMBER] if fact else ""


def _line(label: str, texts: Sequence[str], wide: Sequence[int]) -> str:
    """Returns a label and texts, each at the right edge of its column."""
    cells = (" " * (_GAP + size - total_width(text)) + text for text, size in zip(texts, wide, strict=True))
    return (" " * _MARGIN + label + "".join(cells)).rstrip()


def _cut(text: str, room: int) -> str:
    """Returns a text, or as much of it as there is room for."""
    if total_width(text) <= room:
        return text
    found = ""
    for char in text:
        if total_width(found) + width(char) + 1 > room:
            break
        found += char
    return found + "…"
