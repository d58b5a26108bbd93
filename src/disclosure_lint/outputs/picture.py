"""The row of a table in which something is wrong, under the columns' headings, as a terminal shows it."""

from collections.abc import Iterator, Sequence

from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.form import Address
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.personal import masked
from disclosure_lint.model.report import Report
from disclosure_lint.outputs.width import total_width, width

_MARGIN, _GAP = 4, 2
"""Terminal cells before the row, and between two columns."""
_SHORTEST_LABEL, _LONGEST_NUMBER = 8, 14
"""Terminal cells of a row's label that is cut, and characters of what stands in a cell."""
_FAINT = "2"


def picture(report: Report, diagnostic: Diagnostic, style: OutputStyle) -> Iterator[str]:
    """Yields headings, numbers and marks of the row of a finding; nothing where there is none, or no room for it.

    `^` marks the cell that is wrong, `-` others that belong to the finding.
    """
    address = next((one for one in report.facts if diagnostic.cells and str(one) == diagnostic.cells[0]), None)
    if address is None:
        return
    table = report.form.table(address.table)
    row = table.row(address.row)
    here = [Address(table.id, row.id, column) for column in row.columns]
    headings = [table.column(column).label for column in row.columns]
    numbers = [_shown(report, one) for one in here]
    wide = [max(map(total_width, pair)) for pair in zip(headings, numbers, strict=True)]
    room = style.width - _MARGIN - sum(wide) - _GAP * len(wide)
    if len(here) < 2 or room < min(_SHORTEST_LABEL, total_width(row.label)):
        return
    label = _cut(row.label, room)
    before = total_width(label)
    marks = ["^" if one == address else "-" if str(one) in diagnostic.cells else "" for one in here]
    marks = [mark * total_width(number or mark) for mark, number in zip(marks, numbers, strict=True)]
    yield style.paint(_line(" " * before, headings, wide), _FAINT)
    yield _line(label, numbers, wide)
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
