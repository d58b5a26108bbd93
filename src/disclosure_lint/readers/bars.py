"""Rows of cells on lines of text: parted by bars or tabs, with the rules that are drawn between them.

What is a rule is told by the file's own characters, since reading makes one character of many: `:` is `：` and `—` is
`-` in the folded text. Where that leaves a doubt the place decides: below a table's first row stands its rule, while
`| - | - |` further down is a row in which somebody wrote a dash for nothing.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_lint.model.document import Cell, Row, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source, Span
from disclosure_lint.readers.tidying import tidied

MAY_PART = lazy_re_compile(r"[|│┃║\t]")
"""What a table's first line has."""
_PIPE = lazy_re_compile(r"[|│┃║](?<!\\.)")
# Those that follow are compiled when first used: few texts have such tables.
_LINED = r"[ \t|:：+┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛│┃║]*[-=─━═][ \t|:：+=\-─━═┄┈┌┬┐├┼┤└┴┘╔╦╗╠╬╣╚╩╝╒╤╕╞╪╡╘╧╛│┃║]*"
_SURELY_RULE = r"---|[:：]-|-[:：]|[=─━═]|^\|-+$"
"""What no cell holds that somebody filled with dashes."""
_RULE_BELOW_HEAD = r"[-－=─━═]|——"
_BLANK_CELL = r"\|[ \t]*\|"
_RULE_BEGINS = frozenset("|:：+=-─━═┌├└╔╠╚╒╞╘│┃║")
_HEAD_RULE = r"[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)+"
_NO_WORDS = r"(?<!\\)\|[ \t]*(?:[-+\d,.]+[ \t]*)?(?:\||$)"
"""A cell that is blank or holds a number: between bars of a sentence stand words."""
_ONE_CELL = r"[^|]*\|+"
_FEWEST_LINES, _FEWEST_TABS, _FEWEST_RUNS, _FEWEST_BARS = 5, 3, 10, 3
_VALUE = r"[^\u3400-\u9fff]*|暂?无|空|零|没有|不适用"


class Line(NamedTuple):
    """A line that holds a row, or a rule."""

    start: int
    text: str
    """Folded."""
    bare: str
    """Folded, without white space around it."""
    raw: str
    """As it stands in the file, without white space around it."""
    bars: list[int]
    """Where bars part it."""
    row: Row = Row(Span(0, 0), ())
    """What it holds, known when all lines of its table are."""


class Lines:
    """Takes the lines of a text that may be rows, and makes tables of those that follow each other."""

    def __init__(self, source: Source, *, markdown: bool):
        self._source = source
        self._markdown = markdown
        self._tab = _tab(source.folded)
        self.lines: list[Line] = []

    def take(self, line: int, text: str, start: int) -> bool:
        """Adds a line (from 1) with its folded text if it is part of a table, and returns whether it is."""
        bars = [match.start() for match in _PIPE.finditer(text)]
        bare = text.strip(" \t")
        raw = self._source.text[start : start + len(text)].strip(" \t")
        if bars:
            if not (_is_bar(bare[0]) or _ends_with_bar(bare) or self.lines or self._begins_bare(line)):
                return False
        elif "\t" in text:
            if not bare or not ("\t" in bare or self.lines or _is_lone_cell(text)):
                return False
        elif "+" not in raw or not re.compile(_HEAD_RULE).fullmatch(raw):
            return False
        self.lines.append(Line(start, text, bare, raw, bars))
        return True

    def end(self) -> Table | None:
        """Returns the table that the lines since the last one make; None if they are rules only."""
        lines, self.lines = self.lines, []
        closed = not _are_open(lines)
        lines = [line._replace(row=_row(line.text, line.start, line.bars, self._tab, closed=closed)) for line in lines]
        rows = _one_cell_a_line(lines) or _without_rules(lines)
        rows = tidied(self._source.folded, _without_last_tabs(lines, rows))
        return Table(Span(rows[0].span.start, rows[-1].span.end), tuple(rows)) if rows else None

    def _begins_bare(self, line: int) -> bool:
        """Says whether a line without bars at its ends begins a table: by the next one, a rule or another such row."""
        if line == self._source.line_count:
            return False
        here, below = (self._source.text[slice(*self._source.line_span(at))] for at in (line, line + 1))
        if re.compile(_HEAD_RULE).fullmatch(below):
            return self._markdown or "+" in below
        if "|" not in here or "|" not in below:
            return False
        return here.count("|") == below.count("|") >= _FEWEST_BARS or re.search(_NO_WORDS, below) is not None


def _is_bar(char: str) -> bool:
    return char in "|│┃║"


def _is_lone_cell(text: str) -> bool:
    """Says whether a line of tabs with one text between has blank cells on both sides of it."""
    return text[0] == "\t" == text[-1] and text.count("\t") >= _FEWEST_TABS


def _ends_with_bar(bare: str) -> bool:
    return _is_bar(bare[-1]) and bare[-2:-1] != "\\"


def _barred(line: Line) -> tuple[bool, bool]:
    """Says whether a row has bars at its beginning and at its end."""
    return _is_bar(line.bare[0]), _ends_with_bar(line.bare)


def _are_open(lines: Sequence[Line]) -> bool:
    """Says whether rows have no bars at their ends, so that one there parts a blank cell."""
    ends = [_barred(line) for line in lines if line.bars]
    if len(lines) > 1 and _is_rule(lines[1], 1):
        return not _is_bar(lines[1].bare[0]) and (not ends or not all(ends[0]))
    # Of rows with as many bars, those without any at their ends show that the others begin and end with blank cells.
    bare, barred = ({len(line.bars) for line in lines if line.bars and sum(_barred(line)) == count} for count in (0, 2))
    return bool(bare & barred) or (2 * sum(map(all, ends)) < len(ends) and not all(map(any, ends)))


def _tab(folded: str) -> str:
    """Returns what parts cells in lines with tabs: two of them, where all tabs of a text come in pairs."""
    if "\t\t" not in folded:
        return "\t"
    runs = [len(run) for run in re.findall(r"\t+", folded)]
    return "\t\t" if len(runs) >= _FEWEST_RUNS and not any(length % 2 for length in runs) else "\t"


def _row(text: str, start: int, bars: Sequence[int], tab: str, *, closed: bool) -> Row:
    """Returns the row on a line; a bar at an end of it ends a cell if rows are `closed`, and else parts it."""
    if not bars:
        row = _split(text.split(tab), start, len(tab))
        return _of([_unquoted(cell, text, start) for cell in row.cells]) if '"' in text else row
    bare = text.strip(" \t")
    edges = [-1, *bars, len(text)]
    if closed and _is_bar(bare[0]):
        del edges[0]
    if closed and len(edges) > 2 and _ends_with_bar(bare):
        del edges[-1]
    return _split([text[left + 1 : right] for left, right in pairwise(edges)], start + edges[0] + 1)


def _split(parts: Sequence[str], begin: int, apart: int = 1) -> Row:
    """Returns the row of cells whose texts, so many characters apart, begin at an offset."""
    cells: list[Cell] = []
    for column, part in enumerate(parts):
        bare = part.strip(" \t")
        at = begin if bare is part else begin + part.find(bare)
        cells.append(Cell(Span(at, at + len(bare)), column))
        begin += len(part) + apart
    return _of(cells)


def _unquoted(cell: Cell, text: str, start: int) -> Cell:
    """Returns a cell without the quotation marks that spreadsheets put around a text with a comma."""
    left, right = cell.span.start - start, cell.span.end - start
    quoted = right - left > 1 and text[left] == '"' == text[right - 1]
    return cell._replace(span=Span(cell.span.start + 1, cell.span.end - 1)) if quoted else cell


def _without_rules(lines: Sequence[Line]) -> list[Row]:
    """Returns the rows, without the blank one that programs put above a rule when a table has no header."""
    rows: list[Row] = []
    for index, line in enumerate(lines):
        if _is_rule(line, index):
            if index == 1 and not any(map(_filled, lines[0].row.cells)):
                rows.clear()
        elif line.bare != "|":
            rows.append(line.row)
    return rows


def _is_rule(line: Line, index: int) -> bool:
    if line.bare[0] not in _RULE_BEGINS or not re.fullmatch(_LINED, line.bare):
        return False
    if re.search(_SURELY_RULE, line.raw):
        return True
    return index == 1 and re.search(_RULE_BELOW_HEAD, line.raw) is not None and not re.search(_BLANK_CELL, line.bare)


def _one_cell_a_line(lines: Sequence[Line]) -> list[Row] | None:
    """Returns the rows of a table with one cell a line, each ended by a bar; None if it is none.

    A lone bar is a blank cell, several end a row; and so does a label behind values.
    """
    if len(lines) < _FEWEST_LINES or not all(re.fullmatch(_ONE_CELL, line.bare) for line in lines):
        return None
    rows: list[Row] = []
    cells: list[Cell] = []
    valued = False

    def end_row() -> None:
        nonlocal valued
        if cells:
            rows.append(_of(cells))
        cells.clear()
        valued = False

    for line in lines:
        text = line.bare.rstrip("|")
        bars = len(line.bare) - len(text)
        if text or bars == 1:
            is_value = re.fullmatch(_VALUE, text.strip(" \t")) is not None
            if valued and not is_value:
                end_row()
            cells.append(Cell(line.row.cells[0].span, len(cells)))
            valued = valued or is_value
        if bars > 1:
            end_row()
    end_row()
    return rows


def _without_last_tabs(lines: Sequence[Line], rows: list[Row]) -> list[Row]:
    """Returns rows without the blank cell at the end of each where a tab ends every cell, be it of a header too."""
    if len(rows) < 2 or "\t" not in lines[0].bare or any(len(row.cells) < 2 or _filled(row.cells[-1]) for row in rows):
        return rows
    named = [line for line in lines if sum(map(_filled, line.row.cells)) > 1 and not re.search(r"\d", line.bare)]
    return [_of(row.cells[:-1]) for row in rows] if named else rows


def _filled(cell: Cell) -> bool:
    return cell.span.end > cell.span.start


def _of(cells: Sequence[Cell]) -> Row:
    return Row(Span(cells[0].span.start, cells[-1].span.end), tuple(cells))
