"""The document from top to bottom: paragraphs, tables, and what is tied to them, in reading order."""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.model.document import Location
from disclosure_lint.model.source import Span
from disclosure_lint.readers.docx.names import (
    DEL,
    ID,
    MAX_DEPTH,
    MOVE_FROM,
    PPR,
    RPR,
    TBL,
    TC,
    TCPR,
    TR,
    TRPR,
    VAL,
    P,
    flag,
    members,
    number,
    value,
    w,
)
from disclosure_lint.readers.docx.paragraphs import FOOTNOTE, Inline, read_inline
from disclosure_lint.readers.docx.plain import plain_text
from disclosure_lint.readers.docx.problems import too_deep
from disclosure_lint.readers.docx.styles import Look, Numbering, Styles
from disclosure_lint.readers.page import Page

_SPAN, _BEFORE, _BELOW, _BESIDE = (w(name) for name in ("gridSpan", "gridBefore", "vMerge", "hMerge"))
_CELL_DELETED, _CELL_MERGED = w("cellDel"), w("cellMerge")
_MERGES_BELOW: dict[str, Callable[[Element], bool]] = {
    _BELOW: lambda merge: merge.get(VAL) == "restart",
    _CELL_MERGED: lambda change: change.get(_BELOW) != "cont",
}
"""What merges a cell with those below it, and whether it is the first of them."""
_HIDDEN = w("hidden")
_ROWS, _CELLS = frozenset((TR,)), frozenset((TC,))


class GridCell(NamedTuple):
    """A cell that is drawn."""

    element: Element
    column: int
    """Column of the grid where it begins, from 0."""
    columns: int = 1
    """How many columns it covers."""


class GridRow(NamedTuple):
    """A row that is drawn."""

    element: Element
    number: int
    """From 1, rows that are hidden or marked as deleted counted too."""
    cells: tuple[GridCell, ...]


def grid(table: Element) -> list[GridRow]:
    """Returns the rows of a table that are to be seen, without cells that are deleted or that a merged one covers."""
    rows: list[GridRow] = []
    merging: set[int] = set()
    for at, row in enumerate(members(table, _ROWS), 1):
        properties = row.find(TRPR)
        if properties is not None and (properties.find(DEL) is not None or flag(properties, _HIDDEN)):
            continue
        column = max(0, number(value(properties, _BEFORE)) or 0)
        cells, merging = _cells(row, column, merging)
        rows.append(GridRow(row, at, tuple(cells)))
    return rows


def _cells(row: Element, column: int, merging: set[int]) -> tuple[list[GridCell], set[int]]:
    """Returns the cells of a row, and the columns in which a merged cell may go on below."""
    cells: list[GridCell] = []
    merged: set[int] = set()
    for cell in members(row, _CELLS):
        properties = cell.find(TCPR)
        if properties is None:
            cells.append(GridCell(cell, column))
            column += 1
            continue
        if properties.find(_CELL_DELETED) is not None:
            continue
        # What goes on where nothing began is a cell like others.
        goes_on = False
        span = 1
        for one in properties:
            tag = one.tag
            if tag == _SPAN:
                span = max(1, number(one.get(VAL)) or 1)
            elif tag in _MERGES_BELOW:
                merged.add(column)
                goes_on = goes_on or (column in merging and not _MERGES_BELOW[tag](one))
            elif tag == _BESIDE:
                goes_on = goes_on or (one.get(VAL) != "restart" and bool(cells))
        if not goes_on:
            cells.append(GridCell(cell, column, span))
        column += span
    return cells, merged


_CHUNK = w("altChunk")
"""A part of another format."""
_BLOCKS = frozenset((P, TBL, _CHUNK))
_NOTHING = Inline()


class Parts(NamedTuple):
    """What the text of a document refers to."""

    styles: Styles
    numbering: Numbering
    footnotes: Element | None = None
    endnotes: Element | None = None


class _Line(NamedTuple):
    """A paragraph that is finished."""

    text: str
    level: int | None
    inline: Inline


class Body:
    """Writes the text of a document onto a page."""

    def __init__(self, parts: Parts, page: Page, wanted: Collection[Element]):
        """Takes the page to write on, and paragraphs and rows of which it is asked where they come to stand."""
        self._styles, self._numbering = parts.styles, parts.numbering
        self.page = page
        """What is written on."""
        self._footnotes, self._endnotes = _notes(parts.footnotes), _notes(parts.endnotes)
        self._at_end: list[tuple[Element, Location]] = []
        self._paragraphs = self._tables = self._depth = 0
        self._wanted = wanted
        self._met: list[Element] = []
        """Those that were met and are not written yet."""
        self.unread: list[tuple[str, Span, Location]] = []
        """What may hold a table and is not read, with where it stands."""
        self.found: dict[Element, tuple[Span, Location]] = {}
        """Where each wanted paragraph or row stands."""

    def write(self, body: Element) -> None:
        """Writes everything; raises UnreadableError for what is too deep or too long."""
        self._story(body, None)
        for note, location in self._at_end:
            self._story(note, location)
        self.page.end_table()

    def _story(self, container: Element, location: Location | None) -> None:
        """Writes paragraphs and tables, all of one `location`; None in the body, where paragraphs are counted."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise too_deep()
        for piece in self._pieces(container, counted=location is None):
            if isinstance(piece, _Line):
                self._line(piece, location or Location(paragraph=self._paragraphs))
            else:
                self._table(piece)
        self._depth -= 1

    def _pieces(self, container: Element, *, counted: bool) -> Iterator[_Line | Element]:
        """Yields the tables of a container and its paragraphs; one whose end was deleted goes on in the next."""
        open_one: tuple[Inline, Look] | None = None
        for child in members(container, _BLOCKS):
            if child.tag == _CHUNK:
                yield _Line("", None, Inline(unread=("chunk",)))
                continue
            if child.tag == TBL:
                if open_one:
                    yield self._finished(*open_one)
                    open_one = None
                yield child
                continue
            self._paragraphs += counted
            self._meet(child)
            properties = child.find(PPR)
            look = self._styles.look(properties)
            inline = read_inline(child, self._styles, hidden=look.hidden)
            open_one = (open_one[0] + inline if open_one else inline, look)
            if not _end_deleted(properties):
                yield self._finished(*open_one)
                open_one = None
        if open_one:
            yield self._finished(*open_one)

    def _finished(self, inline: Inline, look: Look) -> _Line:
        gone = look.mark_hidden and not inline.text
        label = self._numbering.label(look.place) if look.place and not gone else ""
        return _Line(label + inline.text, look.level, inline)

    def _line(self, line: _Line, location: Location) -> None:
        span = self.page.paragraph(line.text, line.level, location) if line.text.strip() else self.page.end
        self._found(span, location)
        self.unread += [(one, span, location) for one in line.inline.unread]
        for box in line.inline.boxes:
            self._story(box, location)
        self._write_notes(line.inline, location)

    def _table(self, table: Element) -> None:
        """Writes a table; one that only frames text, or rows with tables in them, as what they hold."""
        self._tables += 1
        number = self._tables
        self.page.end_table()
        rows = grid(table)
        frame = all(len(row.cells) <= 1 for row in rows)
        nested = sum(1 for _ in table.iter(TBL)) > 1
        notes: list[tuple[Inline, Location]] = []
        for row in rows:
            self._meet(row.element)
            if frame or (nested and any(next(cell.element.iter(TBL), None) is not None for cell in row.cells)):
                self.page.end_table()
                for cell in row.cells:
                    self._story(cell.element, _place(number, row, cell.column))
            else:
                notes += self._row(number, row)
        self.page.end_table()
        if len(self.found) < len(self._wanted):
            # What was not met is in a row that was deleted.
            self._met += [one for one in table.iter() if one in self._wanted and one not in self.found]
            self._found(self.page.end, Location(table=number))
        for inline, location in notes:
            self._write_notes(inline, location)

    def _row(self, number: int, row: GridRow) -> list[tuple[Inline, Location]]:
        """Writes a row, and returns what its notes are tied to."""
        cells: list[tuple[str, int, int, Location]] = []
        inlines: list[tuple[Inline, Location]] = []
        met: list[tuple[int, Element]] = []
        for index, cell in enumerate(row.cells):
            location = _place(number, row, cell.column)
            text, inline = self._cell(cell.element)
            met += [(index, one) for one in self._met]
            self._met = []
            cells.append((text, cell.column, cell.columns, location))
            if inline.notes:
                inlines.append((inline, location))
        written = self.page.row(cells)
        for index, one in met:
            self.found.setdefault(one, (written[index].span, cells[index][-1]))
        return inlines

    def _cell(self, container: Element) -> tuple[str, Inline]:
        """Returns the text of a cell on one line, and what is tied to it."""
        if len(container) <= 2 and (plain := self._plain(container)) is not None:
            return plain, _NOTHING
        texts: list[str] = []
        whole = Inline()
        for piece in self._pieces(container, counted=False):
            if isinstance(piece, _Line):
                texts.append(piece.text.replace("\n", " "))
                whole += piece.inline if piece.inline.notes else Inline()
                for box in piece.inline.boxes:
                    text, inline = self._cell(box)
                    texts.append(text)
                    whole += inline
        return (texts[0] if len(texts) == 1 else " ".join(filter(None, texts))), whole

    def _plain(self, cell: Element) -> str | None:
        """Returns the text of a cell with one paragraph in which nothing is unusual: most cells are so."""
        paragraph = cell[-1] if len(cell) else cell
        if paragraph.tag != P or (len(cell) == 2 and cell[0].tag != TCPR) or paragraph in self._wanted:
            return None
        return plain_text(paragraph, self._styles.plain, self._styles.unusual) if self._styles.plain else None

    def _write_notes(self, inline: Inline, location: Location) -> None:
        """Writes footnotes below what they are tied to, and keeps endnotes for the end; each comes once."""
        for tag, key in inline.notes:
            if tag == FOOTNOTE:
                if (note := self._footnotes.pop(key, None)) is not None:
                    self._story(note, location)
            elif (note := self._endnotes.pop(key, None)) is not None:
                self._at_end.append((note, location))

    def _found(self, span: Span, location: Location) -> None:
        for one in self._met:
            self.found.setdefault(one, (span, location))
        self._met = []

    def _meet(self, element: Element) -> None:
        if element in self._wanted:
            self._met.append(element)


def _notes(root: Element | None) -> dict[str, Element]:
    return {note.get(ID, ""): note for note in root} if root is not None else {}


def _end_deleted(properties: Element | None) -> bool:
    """Says whether the end of a paragraph is marked as deleted, so that the next one follows without a break."""
    mark = properties.find(RPR) if properties is not None else None
    return mark is not None and (mark.find(DEL) is not None or mark.find(MOVE_FROM) is not None)


def _place(table: int, row: GridRow, column: int) -> Location:
    return Location(None, table, row.number, column + 1)
