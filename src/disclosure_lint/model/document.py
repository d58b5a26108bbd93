"""What a page holds, literally: no judgement about what it means."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from disclosure_lint.model.source import Source, Span


class Location(NamedTuple):
    """Where something is in a format without text lines of its own; all count from 1, None where it does not apply."""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None
    box: tuple[float, float, float, float] | None = None
    """Left, top, right and bottom in points from the top left corner of the page."""
    section: int | None = None
    """Number of the section of the report that it stands in or heads."""
    section_paragraph: int | None = None
    """Which paragraph below that section's heading; tables are not counted."""


class Cell(NamedTuple):
    """A cell of a table row as the page draws it."""

    span: Span
    """The cell's text without surrounding white space; empty, at the place where text would stand, if blank."""
    column: int
    """Grid column of its left edge, from 0."""
    location: Location | None = None
    columns: int = 1
    """How many columns of the grid it covers."""


class Row(NamedTuple):
    """A row of cells, left to right; cells covered by a merge are not repeated."""

    span: Span
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """Consecutive rows of cells that the page itself separates."""

    span: Span
    rows: tuple[Row, ...]


class Heading(NamedTuple):
    """A paragraph that the format marks as a heading."""

    span: Span
    """Its text without the marks."""
    level: int
    """From 1."""
    location: Location | None = None


class Paragraph(NamedTuple):
    """A paragraph; in formats made of lines, one line that is not blank."""

    span: Span
    location: Location | None = None


class Comment(NamedTuple):
    """A comment of the format, which no reader of the published page sees."""

    span: Span
    text: str


class Notice(NamedTuple):
    """Something about the file itself that a reader noticed, though it could be read."""

    event: str
    """Which rule reports it: `unaccepted-changes` or `no-text-layer` an input rule, `unfilled-control`,
    `highlighted-text` or `struck-text` one that looks for what is left of drafts, `unread-object` that of missing
    tables, if one is missing there."""
    span: Span
    zh: str
    """What was noticed, in Chinese."""
    en: str
    """The same in English."""
    location: Location | None = None


Block = Heading | Paragraph | Table


class Document(NamedTuple):
    """What a reader found in a file."""

    source: Source
    """The text rendition that all spans refer to."""
    format: str
    """`text`, `markdown`, `docx`, `html` or `pdf`."""
    blocks: tuple[Block, ...]
    """What stands on the page, in reading order."""
    comments: tuple[Comment, ...] = ()
    """Comments, in order."""
    unread: tuple[str, str] | None = None
    """What of the tables the reader had to leave out, in Chinese and English."""
    notices: tuple[Notice, ...] = ()
    """What is to be said about the file itself."""

    @property
    def unread_pages(self) -> tuple[str, str] | None:
        """Which pages are pictures, in Chinese and English: what seems to be missing may be there."""
        return next(((one.zh, one.en) for one in self.notices if one.event == "no-text-layer"), None)

    @property
    def is_text(self) -> bool:
        """Whether the source is the file's own text, so that a change of it can be written back."""
        return self.format in ("text", "markdown") and self.source.in_file(Span(0, 0))[0] is self.source

    @property
    def is_rendition(self) -> bool:
        """Whether lines and columns are those of `show` alone: a Word file or a PDF has none of its own."""
        return self.format not in ("text", "markdown") and self.source.in_file(Span(0, 0))[0] is self.source

    def location_at(self, offset: int) -> Location | None:
        """Returns where in the file the paragraph or cell at an offset is, None if the format does not say."""
        block = _last_before(self.blocks, offset)
        if not isinstance(block, Table):
            return block.location if block else None
        row = _last_before(block.rows, offset)
        cell = _last_before(row.cells, offset) if row else None
        return cell.location if cell else None


_Placed = TypeVar("_Placed", Heading, Paragraph, Table, Row, Cell, Block)
_START = attrgetter("span.start")


def _last_before(placed: Sequence[_Placed], offset: int) -> _Placed | None:
    """Returns the last that begins at or before an offset, else the first."""
    return placed[max(0, bisect_right(placed, offset, key=_START) - 1)] if placed else None


class Reader(Protocol):
    """Reads the files of a format."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """File name endings, with the dot and in lower case, that are looked at when a folder is given."""
        ...

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns what stands in the file, None if it is of another format; raises UnreadableError."""
        ...
