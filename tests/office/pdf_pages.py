"""Generated reports laid out on pages: wrapped lines, ruled tables, page ends wherever they fall."""

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from tests.generation.official import Block, Grid, Piece, Words, columns_of
from tests.office.pdf import A4, Look, box, glyphs, ground, pdf_file, rule, wide

_PADDING = 5.4
_WIDTHS = {4: (2.0, 1.0, 1.0, 1.0), 10: (1.0, 1.3, 3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)}


class Sheet(NamedTuple):
    """How a report is laid out."""

    look: Look = Look()
    size: float = 15.0
    """Of the characters of paragraphs, in points."""
    cell_size: float = 9.0
    margin: float = 75.0
    bottom: float = 90.0
    indent: bool = True
    """Whether paragraphs begin two characters further in."""
    number: str = "- {} -"
    """What is printed at the bottom of each page."""
    head: str = ""
    """What is printed at its top."""
    repeats_header: bool = False
    """Whether a table begins anew with its first rows on each page."""
    cuts_rows: bool = False
    """Whether a page may end within a row, so that its label goes on on the next one."""
    shading: bool = False
    """Whether labels have a ground, and words in paragraphs a mark."""


SHEETS = (
    Sheet(),
    Sheet(Look(rules="line", glyphs=False), size=16, number="第 {} 页 共 9 页", repeats_header=True),
    Sheet(Look(rules="box"), size=12, cell_size=10.5, margin=60, indent=False, number="{}", shading=True),
    Sheet(Look(form=True), size=14, cuts_rows=True, head="政府信息公开工作年度报告"),
    Sheet(Look("Microsoft Word", "line", rotated=True), size=10.5, cell_size=7.5, bottom=200, number="— {} —"),
    Sheet(Look(glyphs=False), size=16, margin=70, bottom=420, cuts_rows=True, repeats_header=True),
)
"""Some that differ in everything."""


def as_pdf(blocks: Sequence[Block], sheet: Sheet = SHEETS[0]) -> bytes:
    """Returns a report as a PDF."""
    return pdf_file(pages_of(blocks, sheet), sheet.look)


def pages_of(blocks: Sequence[Block], sheet: Sheet = SHEETS[0]) -> list[str]:
    """Returns what draws the pages of a report."""
    return _Layout(sheet).pages(blocks)


def sheet_of(rng: Random) -> Sheet:
    """Returns one of the sheets, with another page end and other sizes."""
    sheet = rng.choice(SHEETS)
    bottom = sheet.bottom + rng.randrange(200)
    return sheet._replace(bottom=bottom, size=rng.choice((10.5, 12, 14, 15, 16)), cell_size=rng.choice((7.5, 9, 10.5)))


def wrapped(text: str, size: float, first: float, rest: float) -> list[str]:
    """Returns the lines of a text that may be so wide, the first one and the others."""
    lines = [""]
    for character in text:
        room = rest if lines[1:] else first
        # Marks do not begin a line; they stand out instead.
        if lines[-1] and wide(lines[-1] + character, size) > room + 0.01 and character not in "，。；：、）”》":
            lines.append("")
        lines[-1] += character
    return lines


class _Layout:
    def __init__(self, sheet: Sheet):
        self._sheet = sheet
        self._pages: list[str] = []
        self._y = 1e9
        self._break()

    def pages(self, blocks: Sequence[Block]) -> list[str]:
        for block in blocks:
            if isinstance(block, Words):
                self._words(block)
            else:
                _TableLayout(self, self._sheet, block).draw()
        return self._pages

    @property
    def end(self) -> float:
        return A4[1] - self._sheet.bottom

    @property
    def y(self) -> float:
        return self._y

    def draw(self, drawing: str) -> None:
        self._pages[-1] += drawing

    def down_to(self, y: float) -> None:
        self._y = y

    def _break(self) -> None:
        sheet = self._sheet
        self._pages.append("")
        number = sheet.number.format(len(self._pages))
        self.draw(glyphs((A4[0] - wide(number, 10)) / 2, 775, number, 10, sheet.look))
        if sheet.head:
            self.draw(glyphs(sheet.margin, 40, sheet.head, 9, sheet.look))
        self._y = sheet.margin

    new_page = _break

    def _words(self, words: Words) -> None:
        sheet = self._sheet
        size = sheet.size * (1.4 if words.level == 1 else 1)
        indent = 2 * size if sheet.indent and words.level != 1 else 0
        room = A4[0] - 2 * sheet.margin
        lines = wrapped(words.text, size, room - indent, room)
        self._y += 0 if sheet.indent else size * 0.9
        for number, line in enumerate(lines):
            if self._y + size > self.end:
                self._break()
            x = sheet.margin + (0 if number else indent)
            if words.level == 1:
                x = (A4[0] - wide(line, size)) / 2
            if sheet.shading and number == 0 and len(line) > 9:
                self.draw(ground(x, self._y - 2, x + 4 * size, self._y + size + 2))
            self.draw(glyphs(x, self._y, line, size, sheet.look))
            self._y += size * 1.7


class _TableLayout:
    def __init__(self, page: _Layout, sheet: Sheet, grid: Grid):
        self._page, self._sheet, self._grid = page, sheet, grid
        room = A4[0] - 2 * sheet.margin
        self._rows = columns_of(grid)
        # A row to which something happened may be longer than others.
        width = max(column + piece.columns for row in self._rows for column, piece, _ in row)
        numbers = [*_WIDTHS.get(grid.width, ()), *[1.0] * width][:width]
        unit = room / sum(numbers)
        self._xs = [sheet.margin + unit * sum(numbers[:at]) for at in range(width + 1)]
        self._heights = self._row_heights()
        self._whole = list(self._heights)
        """Of rows that no page end cuts."""

    def draw(self) -> None:
        """Draws the rows, and begins a new page where one does not fit."""
        header = self._header() if self._sheet.repeats_header else 0
        begun = 0
        top = self._page.y
        done: dict[tuple[int, int], int] = {}
        number = 0
        while number < len(self._rows):
            used = sum(self._heights[begun:number])
            if top + used + self._heights[number] > self._page.end and (number > begun or top > self._sheet.margin):
                cut = self._page.end - top - used
                cuts = self._sheet.cuts_rows and cut > self._line * 1.6 and self._heights[number] - cut > self._line
                self._part(range(begun, number + cuts), top, done, cut if cuts else None)
                self._page.new_page()
                top = self._page.y
                if header and number > header:
                    left, self._heights = self._heights, self._whole
                    self._part(range(header), top, {}, None)
                    self._heights = left
                    top = self._page.y
                begun = number
                if cuts:
                    self._heights[number] -= cut
                    continue
            number += 1
        self._part(range(begun, len(self._rows)), top, done, None)
        self._page.down_to(self._page.y + self._sheet.size)

    @property
    def _line(self) -> float:
        return self._sheet.cell_size * 1.3

    def _header(self) -> int:
        """Returns how many rows hold no number, from the first."""
        return next((at for at, row in enumerate(self._grid.rows) if any(piece.name for piece in row)), 0)

    def _lines(self, column: int, piece: Piece) -> list[str]:
        width = self._xs[column + piece.columns] - self._xs[column] - 2 * _PADDING
        found = [
            line
            for part in piece.text.strip().split("\n")
            for line in wrapped(part, self._sheet.cell_size, width, width)
        ]
        return found if piece.text.strip() else []

    def _row_heights(self) -> list[float]:
        heights = [self._line + 6.0 for _ in self._rows]
        for number, row in enumerate(self._rows):
            for column, piece, begins in row:
                if begins:
                    need = len(self._lines(column, piece)) * self._line + 6
                    last = min(number + piece.rows, len(heights)) - 1
                    heights[last] += max(0.0, need - sum(heights[number : last + 1]))
        return heights

    def _part(self, rows: range, top: float, done: dict[tuple[int, int], int], cut: float | None) -> None:
        """Draws rows on one page; the last of them is cut after so many points. `done` counts lines of cells."""
        ys = [top]
        for number in rows:
            ys.append(ys[-1] + self._heights[number])
        if cut is not None:
            ys[-1] = ys[-2] + cut
        for at, number in enumerate(rows):
            for column, piece, begins in self._rows[number]:
                if begins or not at:
                    first = number if begins else self._first_row(number, column)
                    end = min(at + piece.rows - (number - first), len(rows))
                    self._cell(
                        (first, column),
                        piece,
                        (ys[at], ys[end]),
                        done,
                        last=first + piece.rows <= rows.stop and (cut is None or end < len(rows)),
                    )
        self._page.down_to(ys[-1])

    def _first_row(self, number: int, column: int) -> int:
        while not next(begins for at, _, begins in self._rows[number] if at == column):
            number -= 1
        return number

    def _cell(
        self,
        key: tuple[int, int],
        piece: Piece,
        ys: tuple[float, float],
        done: dict[tuple[int, int], int],
        *,
        last: bool,
    ) -> None:
        left, right = self._xs[key[1]], self._xs[key[1] + piece.columns]
        top, bottom = ys
        look, size = self._sheet.look, self._sheet.cell_size
        if self._sheet.shading and not piece.name:
            self._page.draw(ground(left, top, right, bottom))
        if look.rules == "box":
            self._page.draw(box(left, top, right, bottom))
        else:
            for x0, y0, x1, y1 in (
                (left, top, right, top),
                (left, bottom, right, bottom),
                (left, top, left, bottom),
                (right, top, right, bottom),
            ):
                self._page.draw(rule(x0, y0, x1, y1, look))
        lines = self._lines(key[1], piece)[done.get(key, 0) :]
        if not last:
            lines = lines[: max(0, int((bottom - top - 4) / self._line))]
        done[key] = done.get(key, 0) + len(lines)
        y = top + (bottom - top - len(lines) * self._line) / 2
        for line in lines:
            self._page.draw(glyphs((left + right - wide(line, size)) / 2, y, line, size, look))
            y += self._line
