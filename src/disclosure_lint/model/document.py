"""What a page holds, literally: no judgement about what it means."""

from typing import NamedTuple

from disclosure_lint.model.source import Source, Span


class Location(NamedTuple):
    """Where something is in a format without text lines of its own; all count from 1, None where it does not apply."""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    paragraph: int | None = None


class Cell(NamedTuple):
    """A cell of a table row as the page draws it."""

    span: Span
    """The cell's text without surrounding white space; empty, at the place where text would stand, if blank."""
    column: int
    """Grid column of its left edge, from 0."""
    location: Location | None = None


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


class Paragraph(NamedTuple):
    """A paragraph; in formats made of lines, one line that is not blank."""

    span: Span


class Comment(NamedTuple):
    """A comment of the format, which no reader of the published page sees."""

    span: Span
    text: str


Block = Heading | Paragraph | Table


class Document(NamedTuple):
    """What a reader found in a file."""

    source: Source
    """The text rendition that all spans refer to."""
    format: str
    """`text` or `markdown`."""
    blocks: tuple[Block, ...]
    """What stands on the page, in reading order."""
    comments: tuple[Comment, ...] = ()
    """Comments, in order."""
    unread: tuple[str, str] | None = None
    """What of the tables the reader had to leave out, in Chinese and English."""

    @property
    def is_text(self) -> bool:
        """Whether the source is the file's own text, so that a change of it can be written back."""
        return self.format in ("text", "markdown")
