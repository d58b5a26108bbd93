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

_BARS = "|│┃║"
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
_OPEN_CELL = r"[^|\t+]+"
"""A line whose bar stands on the next one."""
_HEADING = "[一二三四五六七八九十]、"
_FEWEST_LINES, _FEWEST_TABS, _FEWEST_RUNS, _FEWEST_BARS = 5, 3, 10, 3
_VALUE = r"[^\u3400-\u9fff]*|暂?无|空|零|没有|不适用"


class Line(NamedTuple):
    """A line that holds a row, or a rule."""

    start: int
    text: str
    """Folded."""
    bare: str
    """Folded, without white space around it."""
    bars: list[int]
    """Where bars part it."""


class Lines:
    """Takes the lines of a text that may be rows, and makes tables of those that follow each other."""

    def __init__(self, source: Source, *, markdown: bool):
        self._source = source
        self._markdown = markdown
        self._tab = _tab(source.folded)
        self.lines: list[Line] = []

    def take(self, line: int, text: str, bare: str, start: int) -> bool:
        """Adds a line (from 1) with its folded text, also `bare` of white space around it, if it is part of a table.

        Returns whether it is.
        """
        bars = [match.start() for match in _PIPE.finditer(text)]
        if bars:
            if not (_is_bar(bare[0]) or _ends_with_bar(bare) or self.lines or self._begins_bare(line)):
                return False
        elif "\t" in text:
            if not ("\t" in bare or self.lines or _is_lone_cell(text)):
                return False
        elif not (self._is_head_rule(start, text) or self._ends_below(line, bare)):
            return False
        self.lines.append(Line(start, text, bare, bars))
        return True

    def end(self) -> Table | None:
        """Returns the table that the lines since the last one make; None if they are rules only."""
        lines, self.lines = self.lines, []
        rules = [self._is_rule(line, index) for index, line in enumerate(lines)]
        closed = not _are_open(lines, has_rule=any(rules[1:2]))
        if _have_one_cell(lines):
            rows = _one_cell_a_line(lines, [_row(line, self._tab, closed=closed).cells[0] for line in lines])
        else:
            # Programs put a blank row above the rule when a table has no header.
            rules[:1] = [rules[0] or (any(rules[1:2]) and _is_blank(lines[0]))]
            shown = [line for line, is_rule in zip(lines, rules, strict=True) if not is_rule and line.bare != "|"]
            rows = [_row(line, self._tab, closed=closed) for line in shown]
        rows = tidied(self._source.folded, self._without_last_tabs(lines, rows))
        return Table(Span(rows[0].span.start, rows[-1].span.end), tuple(rows)) if rows else None

    def _is_head_rule(self, start: int, text: str) -> bool:
        return "+" in text and re.compile(_HEAD_RULE).fullmatch(self._raw(start, text)) is not None

    def _ends_below(self, line: int, bare: str) -> bool:
        """Says whether a line without bars is a cell, in a table with one a line, whose bar stands alone on the next.

        A heading above a table whose first cell is blank looks the same, but for the text that follows its bar.
        """
        if not self.lines or not bare or self.lines[-1].bare[-1] != "|" or line + 2 > self._source.line_count:
            return False
        after = (line + 1, line + 2)
        below, next_cell = (self._source.text[slice(*self._source.line_span(at))].strip() for at in after)
        if set(below) != {"|"} or not re.fullmatch(_ONE_CELL, self.lines[-1].bare) or re.search("[。；]", bare):
            return False
        return re.match(_HEADING, bare) is None or re.fullmatch(_VALUE, next_cell.rstrip("| \t")) is not None

    def _raw(self, start: int, text: str) -> str:
        """Returns a line as it stands in the file, without white space around it."""
        return self._source.text[start : start + len(text)].strip(" \t")

    def _is_rule(self, line: Line, index: int) -> bool:
        if line.bare[0] not in _RULE_BEGINS or not re.fullmatch(_LINED, line.bare):
            return False
        raw = self._raw(line.start, line.text)
        if re.search(_SURELY_RULE, raw):
            return True
        return index == 1 and re.search(_RULE_BELOW_HEAD, raw) is not None and not re.search(_BLANK_CELL, line.bare)

    def _without_last_tabs(self, lines: Sequence[Line], rows: list[Row]) -> list[Row]:
        """Returns rows without the blank cell at the end of each where a tab ends every cell, be it of a header too."""
        if len(rows) < 2 or "\t" not in lines[0].bare:
            return rows
        if any(len(row.cells) < 2 or _filled(row.cells[-1]) for row in rows):
            return rows
        texts = [self._source.folded[slice(*row.span)] for row in rows if sum(map(_filled, row.cells)) > 1]
        named = any(not re.search(r"\d", text) for text in texts)
        return [_of(row.cells[:-1]) for row in rows] if named else rows

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
    return char in _BARS


def _is_lone_cell(text: str) -> bool:
    """Says whether a line of tabs with one text between has blank cells on both sides of it."""
    return text[0] == "\t" == text[-1] and text.count("\t") >= _FEWEST_TABS


def _ends_with_bar(bare: str) -> bool:
    return _is_bar(bare[-1]) and bare[-2:-1] != "\\"


def _are_open(lines: Sequence[Line], *, has_rule: bool) -> bool:
    """Says whether rows have no bars at their ends, so that one there parts a blank cell.

    `has_rule` says whether the second line is one.
    """
    ends = [(_is_bar(line.bare[0]), _ends_with_bar(line.bare)) for line in lines if line.bars]
    if has_rule:
        return not _is_bar(lines[1].bare[0]) and (not ends or not all(ends[0]))
    # Of rows with as many bars, those without any at their ends show that the others begin and end with blank cells.
    counts = [len(line.bars) for line in lines if line.bars]
    bare, barred = ({count for count, end in zip(counts, ends, strict=True) if sum(end) == both} for both in (0, 2))
    return bool(bare & barred) or (2 * sum(map(all, ends)) < len(ends) and not all(map(any, ends)))


def _tab(folded: str) -> str:
    """Returns what parts cells in lines with tabs: two of them, where all tabs of a text come in pairs."""
    if "\t\t" not in folded:
        return "\t"
    runs = [len(run) for run in re.findall(r"\t+", folded)]
    return "\t\t" if len(runs) >= _FEWEST_RUNS and not any(length % 2 for length in runs) else "\t"


def _row(line: Line, tab: str, *, closed: bool) -> Row:
    """Returns the row on a line; a bar at an end of it ends a cell if rows are `closed`, and else parts it."""
    text, bare = line.text, line.bare
    if not line.bars:
        row = _split(text.split(tab), line.start, len(tab))
        return _of([_unquoted(cell, text, line.start) for cell in row.cells]) if '"' in text else row
    edges = [-1, *line.bars, len(text)]
    if closed and _is_bar(bare[0]):
        del edges[0]
    if closed and len(edges) > 2 and _ends_with_bar(bare):
        del edges[-1]
    return _split([text[left + 1 : right] for left, right in pairwise(edges)], line.start + edges[0] + 1)


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


def _is_blank(line: Line) -> bool:
    return not line.bare.strip(_BARS + " \t")


def _have_one_cell(lines: Sequence[Line]) -> bool:
    return len(lines) >= _FEWEST_LINES and all(
        re.fullmatch(_ONE_CELL if line.bars else _OPEN_CELL, line.bare) for line in lines
    )


def _one_cell_a_line(lines: Sequence[Line], found: Sequence[Cell]) -> list[Row]:
    """Returns the rows of a table with one cell a line, each ended by a bar.

    A lone bar is a blank cell if it does not end the text above it, several end a row; and so does a label behind
    values.
    """
    rows: list[Row] = []
    cells: list[Cell] = []
    valued = is_open = False

    def end_row() -> None:
        nonlocal valued
        if cells:
            rows.append(_of(cells))
        cells.clear()
        valued = False

    for line, cell in zip(lines, found, strict=True):
        text = line.bare.rstrip("|")
        bars = len(line.bare) - len(text) - is_open
        is_open = not line.bars
        if text or bars == 1:
            is_value = re.fullmatch(_VALUE, text.strip(" \t")) is not None
            if valued and not is_value:
                end_row()
            cells.append(Cell(cell.span, len(cells)))
            valued = valued or is_value
        if bars > 1:
            end_row()
    end_row()
    return rows


def _filled(cell: Cell) -> bool:
    return cell.span.end > cell.span.start


def _of(cells: Sequence[Cell]) -> Row:
    return Row(Span(cells[0].span.start, cells[-1].span.end), tuple(cells))
