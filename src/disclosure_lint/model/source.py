"""Text and the places in it."""

from bisect import bisect_right
from collections.abc import Iterable
from typing import ClassVar, NamedTuple
from unicodedata import east_asian_width

from disclosure_lint.model.characters import fold
from disclosure_lint.model.lazy_re import lazy_re_compile

_LINE_END = lazy_re_compile(r"\r\n|\n|\r")
_NOT_LINE_END = lazy_re_compile(r"[^\r\n]")


class Span(NamedTuple):
    """A half-open stretch of a source, in code points."""

    start: int
    """Offset of the first character."""
    end: int
    """Offset after the last character."""


class Position(NamedTuple):
    """A place as people count it."""

    line: int
    """Line number, from 1."""
    column: int
    """Column in Unicode code points, from 1."""


class Source:
    """The decoded text of a document, its plain reading, and its lines."""

    __slots__ = ("_line_ends", "_line_starts", "encoding", "folded", "name", "text")
    wide: ClassVar[str | None] = None
    """Which characters count as two where spaces lay out lines, by their East Asian width; None if nobody knows."""

    def __init__(self, name: str, text: str, encoding: str = "utf-8", hidden: Iterable[tuple[int, int]] = ()):
        """Takes the decoded text; `hidden` are half-open stretches of markup and comments, in order, not to be read."""
        self.name = name
        """The path as the user named it."""
        self.text = text
        """The text as it stands, without a byte order mark."""
        self.encoding = encoding
        """The encoding that the bytes were decoded with."""
        self.folded = _blank(fold(text), hidden)
        """The same text for matching, hidden stretches as spaces: same length, so the same offsets."""
        self._find_lines()

    def _find_lines(self) -> None:
        ends = [match.span() for match in _LINE_END.finditer(self.text)]
        self._line_starts = [0, *[end for _, end in ends]]
        self._line_ends = [*[start for start, _ in ends], len(self.text)]

    @property
    def line_count(self) -> int:
        """Number of lines, at least 1."""
        return len(self._line_starts)

    def line_span(self, line: int) -> Span:
        """Returns the span of a line (from 1) without its line end."""
        return Span(self._line_starts[line - 1], self._line_ends[line - 1])

    def line_spans(self) -> Iterable[tuple[int, int]]:
        """Returns the half-open offsets of all lines, in order, without their line ends."""
        return zip(self._line_starts, self._line_ends, strict=True)

    def line_of(self, offset: int) -> int:
        """Returns the line of this text that an offset is on; `position` says where that is in the file."""
        return bisect_right(self._line_starts, offset)

    def line_in_file(self, line: int) -> int | None:
        """Returns the line of the file at which a line of this text begins; None for one that the file has not."""
        return line

    def in_file(self, span: Span) -> tuple["Source", Span]:
        """Returns the file's own text and where a span is in it: the same, unless this text is only a rendition."""
        return self, span

    def position(self, offset: int) -> Position:
        """Returns the line and column, in the file, of an offset of this text."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def byte_position(self, offset: int) -> Position:
        """Returns the line and column of an offset, the column in bytes of UTF-8 whatever the file is encoded in."""
        line, column = self.position(offset)
        start = self._line_starts[line - 1]
        return Position(line, len(self.text[start : start + column - 1].encode(errors="surrogatepass")) + 1)

    def in_line(self, span: Span) -> Span:
        """Returns the part of a span that stands on its first line, without the line end."""
        end = self.line_span(self.line_of(span.start)).end
        return Span(span.start, max(span.start, min(span.end, end)))

    def slice(self, span: Span) -> str:
        """Returns the text of a span as it stands."""
        return self.text[span.start : span.end]


class LaidOut(Source):
    """A text that its reader laid out with spaces, as things stand on the page."""

    __slots__ = ()
    wide = "WFA"


def columns_taken(text: str) -> int:
    """Returns how many columns a text takes up on a line of `LaidOut`."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(char) in LaidOut.wide else 1 for char in text)


def _blank(text: str, hidden: Iterable[tuple[int, int]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in hidden:
        parts += [text[done:start], _NOT_LINE_END.sub(" ", text[start:end])]
        done = end
    return "".join([*parts, text[done:]]) if parts else text
