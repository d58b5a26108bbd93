"""What a terminal shows of the place of a finding: its line underlined, its row of a table under the headings."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.display import escape_controls, visible
from disclosure_lint.model.form import Address
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.personal import LONGEST_PERSONAL, masked
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult, RowShown
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.console import total_width, width

_CUT = "…"
_MARGIN, _GAP = 4, 2
"""Terminal cells before the row, and between two columns."""
_SHORTEST_LABEL, _LONGEST_NUMBER = 8, 14
"""Terminal cells of a row's label that is cut, and characters of what stands in a cell."""
_FAINT = "2"


class _Drawn(NamedTuple):
    """Characters as a terminal shows them."""

    text: str
    columns: list[int]
    """The terminal column of each character of the source, and the one after the last."""


def excerpt(source: Source, span: Span, room: int, others: Iterable[Span] = ()) -> tuple[str, str]:
    """Returns the first line of the span and the line to print under it, both cut to `room` terminal cells.

    Below stand `^` under the span, one if it is empty, and `-` under the other places of the line; they are in place
    where Chinese characters take two cells.
    """
    line = source.line_span(source.line_of(span.start))
    start = min(span.start, line.end)
    first = _first(source.text, line.start, start, room)
    drawn = _draw(source.text, first, line.end, room)
    last = first + len(drawn.columns) - 1
    marks = [" "] * (drawn.columns[-1] + 1)
    for other in others:
        _mark(marks, drawn.columns, max(other.start, first) - first, min(other.end, last) - first, "-")
    end = min(max(span.end, start + 1), last)
    _mark(marks, drawn.columns, start - first, end - first, "^")
    if "^" not in marks:
        marks[drawn.columns[min(start, last) - first]] = "^"
    head = _CUT if first > line.start else ""
    tail = _CUT if last < line.end else ""
    return f"{head}{drawn.text}{tail}".rstrip(), (" " * len(head) + "".join(marks)).rstrip()


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


def _first(text: str, line_start: int, start: int, room: int) -> int:
    """Returns where to begin: at the line's beginning if the place is near it, else shortly before the place.

    A line may have millions of characters: only those that could be shown are looked at.
    """
    limit = room * 2 // 3
    if start - line_start <= limit and len(_draw(text, line_start, start, limit).columns) > start - line_start:
        return line_start
    cells = 0
    for offset in range(start - 1, line_start, -1):
        cells += total_width(visible(text[offset]))
        if cells > room // 3:
            return offset + 1
    return line_start


def _draw(text: str, start: int, stop: int, room: int) -> _Drawn:
    """Returns as many characters as there is room for, numbers of persons with stars."""
    parts: list[str] = []
    columns = [0]
    # What is cut off in the middle of a number would not be known for one.
    before = max(0, start - LONGEST_PERSONAL)
    safe = masked(text[before : min(stop, start + 4 * room) + LONGEST_PERSONAL])
    for offset in range(start, stop):
        if offset - before >= len(safe):
            break
        shown = visible(safe[offset - before], columns[-1])
        after = columns[-1] + total_width(shown)
        if after > room:
            break
        parts.append(shown)
        columns.append(after)
    return _Drawn("".join(parts), columns)


def _mark(marks: list[str], columns: list[int], start: int, end: int, mark: str) -> None:
    if start < end:
        marks[columns[start] : columns[end]] = mark * (columns[end] - columns[start])


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
