"""The text rendition: a line for each paragraph and each row of a table, and where each is in the file."""

from collections.abc import Sequence

from disclosure_lint.model.characters import SPACES
from disclosure_lint.model.document import Block, Cell, Heading, Location, Paragraph, Row, Table
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.source import Span

_new = tuple.__new__
"""`_new(Span, (…))` is `Span(…)` in half the time: a report has a thousand cells."""
_MAX_LENGTH = 200_000
"""Characters; a long report has some 30,000."""


class Page:
    """Takes paragraphs and rows in reading order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._rows: list[Row] = []
        self._blocks: list[Block] = []

    def paragraph(self, text: str, level: int | None, location: Location, behind: str = "") -> Span:
        """Adds a paragraph, each of its lines as a block of its own, and returns where it stands.

        What stands `behind` it is on its last line, but not part of it.
        """
        self.end_table()
        start = self._length
        for line in text.strip("\n").split("\n"):
            bare = line.strip(SPACES)
            if bare:
                begin = self._length + line.index(bare[0])
                span = Span(begin, begin + len(bare))
                self._blocks.append(Heading(span, level, location) if level else Paragraph(span, location))
            self._write(line + "\n")
        end = self._length - 1
        if behind:
            self._length -= 1
            self._parts[-1] = self._parts[-1][:-1]
            self._write(f" {behind}\n")
        self._write("\n")
        return Span(start, end)

    def remark(self, text: str) -> Span:
        """Adds a line that is not part of the page, above what follows, and returns where it stands."""
        self.end_table()
        start = self._length
        self._write(text + "\n")
        return Span(start, start + len(text))

    def row(self, cells: Sequence[tuple[str, int, int, Location]], behind: str = "") -> list[Cell]:
        """Adds a row of cells, each with its text, its column of the grid from 0, how many it covers, and its place.

        What stands `behind` them is on the same line, but not part of the row.
        """
        found: list[Cell] = []
        if not cells:
            return found
        line = "|"
        begin = self._length + 2
        for text, column, columns, location in cells:
            bare = text.strip(SPACES)
            end = begin + len(bare)
            found.append(_new(Cell, (_new(Span, (begin, end)), column, location, columns)))
            line += f" {bare} |" if bare else " |"
            begin = end + (3 if bare else 2)
        self._write(f"{line} {behind}\n" if behind else line + "\n")
        self._rows.append(Row(Span(found[0].span.start, found[-1].span.end), tuple(found)))
        return found

    def end_table(self) -> None:
        """Ends the table that the last rows are of, if there is one."""
        if self._rows:
            span = Span(self._rows[0].span.start, self._rows[-1].span.end)
            self._blocks.append(Table(span, tuple(self._rows)))
            self._rows = []
            self._write("\n")

    @property
    def end(self) -> Span:
        """Where the text ends so far."""
        return Span(self._length, self._length)

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """Returns the text and its blocks."""
        self.end_table()
        text = "".join(self._parts)
        return text[:-1] if text.endswith("\n\n") else text, tuple(self._blocks)

    def _write(self, text: str) -> None:
        self._length += len(text)
        if self._length > _MAX_LENGTH:
            raise _too_long()
        self._parts.append(text)


def _too_long() -> UnreadableError:
    return UnreadableError(
        "unreadable",
        f"文件的文字超过 {_MAX_LENGTH // 10000} 万字，不像年度报告，没有检查；"
        "如果确是年报，请复制正文到新文档另存再检查",
        f"the file has more than {_MAX_LENGTH} characters, unlike any annual report, and was not checked; "
        "if it is one, copy its text into a new document",
    )
