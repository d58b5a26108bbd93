"""What happens to a row as a whole, or to the table from a row on."""

import re
from collections.abc import Callable, Iterable
from random import Random

from tests.generation.cases import (
    Change,
    Disturbance,
    around,
    first_number,
    gap_before,
    line_end,
    line_start,
    neighbours,
    rows,
)
from tests.generation.forms import APPLICANT_COLUMNS, DISCLOSED, REQUESTS, REVIEW, REVIEW_COLUMNS, blocks
from tests.generation.layouts import ALIGNED, FLOWS, PIPED, TABBED
from tests.generation.page import Edit, Rendered, Span

_PAGE_ENDS = ("", "\n", "\n\f", "— 4 —\n\n", "\n- 4 -\n\n")


def _first_of_lines(rendered: Rendered, table: str) -> list[str]:
    """The rows before which no other row stands on their line."""
    starts: dict[int, str] = {}
    for row in rows(rendered, table):
        starts.setdefault(line_start(rendered.text, rendered.rows[row].start), row)
    return list(starts.values())


def _header(rendered: Rendered, row: str) -> str:
    """The header nearest above a row."""
    start = rendered.rows[row].start
    above = [span for span in rendered.headers[row.partition("[")[0]] if span.end <= start]
    return rendered.text[slice(*above[-1])]


def _repeated(rendered: Rendered, row: str, rng: Random) -> Change:
    at = line_start(rendered.text, rendered.rows[row].start)
    return Change((Edit(at, at, rng.choice(_PAGE_ENDS) + _header(rendered, row)),), around(rendered, at))


def _partly_repeated(rendered: Rendered, row: str, rng: Random) -> Change:
    at = line_start(rendered.text, rendered.rows[row].start)
    header = [line for line in _header(rendered, row).splitlines(keepends=True) if line.strip() and "---" not in line]
    kept = sorted(rng.sample(range(len(header)), rng.randint(1, max(1, len(header) - 1))))
    text = "".join(_thinned(header[number], rng) for number in kept)
    # In running text pieces of a header between numbers may be anything.
    touched = rows(rendered, row.partition("[")[0]) if rendered.layout in FLOWS else around(rendered, at)
    return Change((Edit(at, at, rng.choice(_PAGE_ENDS) + text),), tuple(touched))


def _thinned(line: str, rng: Random) -> str:
    """A line of a header that has lost some of the cells that tabs or pipes keep apart."""
    separator = "\t" if "\t" in line else "|"
    if separator not in line:
        return line
    return separator.join("" if rng.random() < 0.3 and "\n" not in cell else cell for cell in line.split(separator))


def _columns(rendered: Rendered, table: str) -> list[str]:
    if table == DISCLOSED:
        return [text for block in blocks(rendered.content.form) for _, text in block.columns]
    return [text for _, text in (APPLICANT_COLUMNS if table == REQUESTS else REVIEW_COLUMNS)]


def _whole_columns(rendered: Rendered, table: str) -> Iterable[str]:
    headers = [rendered.text[slice(*span)] for span in rendered.headers[table]]
    return [f"{table} {name}" for name in _columns(rendered, table) if any(name in header for header in headers)]


def _column_lost(rendered: Rendered, place: str, rng: Random) -> Change:
    table, _, name = place.partition(" ")
    found = []
    for start, end in rendered.headers[table]:
        found += [start + match.start() for match in re.finditer(name, rendered.text[start:end])]
    at = rng.choice(found)
    blank = " " * 2 * len(name) if rendered.layout in ALIGNED else ""
    return Change((Edit(at, at + len(name), blank),))


def _shiftable(rendered: Rendered, table: str) -> Iterable[str]:
    return [] if rendered.layout in FLOWS else _first_of_lines(rendered, table)


def _shifted_right(rendered: Rendered, row: str, rng: Random) -> Change:
    start, number = rendered.rows[row].start, first_number(rendered, row)
    if rendered.layout in ALIGNED:
        return Change((Edit(number, number, " " * rng.randint(2, 7)),), neighbours(rendered, row))
    cell = "\t" if rendered.layout in TABBED else "| "
    places = [line_start(rendered.text, start), number - (0 if rendered.layout in TABBED else 2)]
    at = rng.choice(places)
    return Change((Edit(at, at, cell),), neighbours(rendered, row))


def _leading_cells(rendered: Rendered, row: str) -> list[Span]:
    """The cells before the first number that can go without the row's label going too."""
    number = first_number(rendered, row)
    text, at = rendered.text, line_start(rendered.text, number)
    separator = "\t" if rendered.layout in TABBED else "| "
    result = []
    while at < number:
        after = text.find(separator, at + (0 if separator == "\t" else 2), number)
        end = after + (1 if separator == "\t" else 0) if after >= 0 else number - (0 if separator == "\t" else 2)
        if end <= at:
            break
        if not any(at < piece.end and piece.start < end for piece in rendered.labels.get(row, ())):
            result.append(Span(at, end))
        at = end
    return result


def _shiftable_left(rendered: Rendered, table: str) -> Iterable[str]:
    if rendered.layout in ALIGNED:
        return [row for row in rows(rendered, table) if gap_before(rendered.text, first_number(rendered, row)) > 3]
    return [row for row in _shiftable(rendered, table) if table != REVIEW and _leading_cells(rendered, row)]


def _shifted_left(rendered: Rendered, row: str, rng: Random) -> Change:
    if rendered.layout in ALIGNED:
        number = first_number(rendered, row)
        fewer = rng.randint(1, min(8, gap_before(rendered.text, number) - 2))
        return Change((Edit(number - fewer, number, ""),), neighbours(rendered, row))
    leading = _leading_cells(rendered, row)
    blank = [span for span in leading if not rendered.text[slice(*span)].strip("| \t")]
    return Change((Edit(*rng.choice(blank or leading), ""),), (row,))


def _cut_places(rendered: Rendered, table: str) -> Iterable[str]:
    """Rows of grids from which on every row can lose a blank leading cell."""
    if rendered.layout not in (*TABBED, "pipes") or table != REQUESTS:
        return []
    return [row for row in rows(rendered, table)[3:-2] if _blank_lead(rendered, row)]


def _blank_lead(rendered: Rendered, row: str) -> Span | None:
    start = line_start(rendered.text, rendered.rows[row].start)
    cell = "\t" if rendered.layout in TABBED else "| "
    if rendered.text.startswith(cell if cell == "\t" else cell * 2, start):
        return Span(start, start + len(cell))
    return None


def _cut_shifted(rendered: Rendered, row: str, rng: Random) -> Change:
    names = rows(rendered, REQUESTS)
    leads = [_blank_lead(rendered, name) for name in names[names.index(row) :]]
    edits = [Edit(*lead, "") for lead in leads if lead]
    start = line_start(rendered.text, rendered.rows[row].start)
    return Change((Edit(start, start, rng.choice(("\n", "\n\n", "\n\f"))), *edits))


def _breakable(rendered: Rendered, table: str) -> Iterable[str]:
    if rendered.layout in PIPED or rendered.layout == "flow_cells":
        return []
    return [row for row in rows(rendered, table) if _same_line(rendered, row)]


def _same_line(rendered: Rendered, row: str) -> list[int]:
    """Where the numbers of a row stand that do not begin a line, without the first."""
    starts = [rendered.cells[name].start for name in rendered.row_cells(row)[1:]]
    return [start for start in starts if rendered.text[start - 1] != "\n"]


def _last_below(rendered: Rendered, row: str, rng: Random) -> Change:
    text = rendered.text
    at = rng.choice(_same_line(rendered, row))
    gap = max(1, gap_before(text, at)) if rendered.layout not in TABBED else 1
    return Change((Edit(at - gap, at, "\n" + rng.choice(("", "", " ", "\n"))),), neighbours(rendered, row))


def _glueable(rendered: Rendered, table: str) -> Iterable[str]:
    return _first_of_lines(rendered, table) if rendered.layout in (*TABBED, *ALIGNED) else []


def _glued_table_places(rendered: Rendered, table: str) -> Iterable[str]:
    return [table] if rendered.layout in (*TABBED, *ALIGNED) else []


def _glued_row(rendered: Rendered, row: str, rng: Random) -> Change:
    del rng
    number = first_number(rendered, row)
    start = line_start(rendered.text, min(number, rendered.rows[row].start))
    return Change(tuple(_glue(rendered, start, line_end(rendered.text, number))), neighbours(rendered, row))


def _glued_table(rendered: Rendered, table: str, rng: Random) -> Change:
    del rng
    return Change(tuple(_glue(rendered, *rendered.tables[table])))


def _glue(rendered: Rendered, start: int, end: int) -> Iterable[Edit]:
    """Tabs, or the spaces between columns, as single spaces; none at the ends of a line."""
    gap = re.compile("\t+" if rendered.layout in TABBED else " {2,}")
    for match in gap.finditer(rendered.text, start, end):
        at_end = match.start() == line_start(rendered.text, match.start()) or match.end() == line_end(
            rendered.text, match.end()
        )
        yield Edit(match.start(), match.end(), "" if at_end else " ")


def _after_first(places: Callable[[Rendered, str], list[str]]) -> Callable[[Rendered, str], Iterable[str]]:
    def after_first(rendered: Rendered, table: str) -> Iterable[str]:
        return places(rendered, table)[1:] if table != REVIEW else places(rendered, table)

    return after_first


ROW_DISTURBANCES = (
    Disturbance("header_repeated", _after_first(_first_of_lines), _repeated),
    Disturbance("header_partly_repeated", _after_first(_first_of_lines), _partly_repeated),
    Disturbance("header_cell_lost", _whole_columns, _column_lost),
    Disturbance("shifted_right", _shiftable, _shifted_right),
    Disturbance("shifted_left", _shiftable_left, _shifted_left),
    Disturbance("cut_shifted", _cut_places, _cut_shifted),
    Disturbance("last_below", _breakable, _last_below),
    Disturbance("glued_row", _glueable, _glued_row),
    Disturbance("glued_table", _glued_table_places, _glued_table),
)
