"""Tables that a text file does not write a row a line: written so, each character with its place in the file.

A cell in HTML, or one broken over the lines of a drawn table, is no stretch of the file. What stands around such
tables stays as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from disclosure_lint.model.document import Block, Cell, Paragraph, Row, Table
from disclosure_lint.model.source import FileText, Rendition, Run, Source, Span
from disclosure_lint.readers.tidying import tidied


class Piece(NamedTuple):
    """A cell; or a paragraph that stands between tables, which covers no column."""

    text: str
    runs: tuple[Run, ...]
    """Where its characters are in the file, counted from its beginning; for a blank one where they would be."""
    column: int = 0
    columns: int = 0


class Line(NamedTuple):
    """A row, or a paragraph; `behind` are the stretches of the file with comments that stand in it."""

    pieces: tuple[Piece, ...]
    behind: tuple[Span, ...] = ()


class Redrawn(NamedTuple):
    """A stretch of the file, and the tables that are read in its place, each as its rows; a paragraph is one too."""

    start: int
    end: int
    tables: tuple[tuple[Line, ...], ...]


class Placed(NamedTuple):
    """Where one came to stand: the lines, and on them each cell of each row of each table."""

    span: Span
    tables: tuple[tuple[tuple[Cell, ...], ...], ...]

    def blocks(self, folded: str) -> Iterator[Block]:
        """Yields what stands there, in the folded text: only that knows which marks are not to be read."""
        for table in self.tables:
            rows = [_row(folded, cells) for cells in table]
            if rows[0].cells[0].columns:
                rows = tidied(folded, rows)
                yield Table(Span(rows[0].span.start, rows[-1].span.end), tuple(rows))
            elif rows[0].span.end > rows[0].span.start:
                yield Paragraph(rows[0].span)


def _row(folded: str, cells: Iterable[Cell]) -> Row:
    bare = []
    for cell in cells:
        text = folded[cell.span.start : cell.span.end]
        start = cell.span.start + len(text) - len(text.lstrip(" \t"))
        bare.append(cell._replace(span=Span(start, start + len(text.strip(" \t")))))
    return Row(Span(bare[0].span.start, bare[-1].span.end), tuple(bare))


class Drawing:
    """A text written anew."""

    def __init__(self, file: str, found: Iterable[Redrawn]):
        """Takes the text of the file, and what is to be written in other words, in order."""
        self._file = file
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self._length = 0
        self.placed: list[Placed] = []
        """Where that came to stand."""
        done = 0
        for one in found:
            self._keep(Span(done, one.start))
            if one.start > done and file[one.start - 1] not in "\r\n":
                self._write("\n")
            start = self._length
            tables = tuple(tuple(self._line(line) for line in table) for table in one.tables)
            self.placed.append(Placed(Span(start, self._length), tables))
            done = one.end
        self._keep(Span(done, len(file)))
        self.text = "".join(self._parts)

    def source(self, name: str, encoding: str, hidden: Iterable[tuple[int, int]]) -> Source:
        """Returns the text as a source whose places are those of the file."""
        return Rendition(self.text, FileText(name, self._file, encoding), self._runs, hidden)

    def _line(self, line: Line) -> tuple[Cell, ...]:
        cells = []
        for piece in line.pieces:
            self._write("| " if piece.columns else "")
            cells.append(Cell(self._write(piece.text, piece.runs), piece.column, columns=piece.columns))
            self._write(" " if piece.columns and piece.text else "")
        self._write("|" if line.pieces[0].columns else "")
        for span in line.behind:
            self._write(" ")
            self._keep(span)
        self._write("\n")
        return tuple(cells)

    def _write(self, text: str, runs: Sequence[Run] = ()) -> Span:
        start = self._length
        self._runs += [run._replace(start=run.start + start) for run in runs]
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def _keep(self, span: Span) -> None:
        """Writes a stretch of the file as it is, line by line, so that each line knows where it is."""
        origin = span.start
        for line in self._file[span.start : span.end].splitlines(keepends=True):
            self._write(line, [Run(0, len(line), origin, len(line))])
            origin += len(line)
