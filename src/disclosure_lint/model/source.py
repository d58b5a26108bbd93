"""Text and the places in it; of a text that is made from a file, the places in that file."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
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


class Run(NamedTuple):
    """A stretch of the text and the stretch of the file that it stands for, character by character if equally long."""

    start: int
    length: int
    origin: int
    """Where in the file."""
    origin_length: int


class FileText(Source):
    """The text of a file as it is there, only to say where something is."""

    __slots__ = ()

    def __init__(self, name: str, text: str, encoding: str):
        """Takes the decoded text; it is not made ready for matching."""
        super().__init__(name, "", encoding)
        self.text = self.folded = text
        self._find_lines()


class Rendition(Source):
    """A text whose places are told as places of the file that it is made from."""

    __slots__ = ("_file", "_starts", "runs")

    def __init__(self, text: str, file: Source, runs: Sequence[Run], hidden: Iterable[tuple[int, int]] = ()):
        """Takes the text, the file's own, and in order where what of the first is in the second."""
        super().__init__(file.name, text, file.encoding, hidden)
        self._file = file
        self.runs = runs
        """Where what of the text is in the file, in order."""
        self._starts = list(map(attrgetter("start"), runs))

    def in_file(self, span: Span) -> tuple[Source, Span]:
        """Returns the file's text and where the characters of a span are in it, from the first to the last."""
        start = self._start(span.start)
        return self._file, Span(start, max(start, self._end(span.end)) if span.end > span.start else start)

    def position(self, offset: int) -> Position:
        """Returns the line and column in the file of what stands at an offset."""
        return self._file.position(self._start(offset))

    def byte_position(self, offset: int) -> Position:
        """Returns the same with the column in bytes of UTF-8."""
        return self._file.byte_position(self._start(offset))

    def line_in_file(self, line: int) -> int | None:
        """Returns the line of the file at which a line begins; None if nothing of the file stands on it."""
        start, end = self.line_span(line)
        first = bisect_left(self._starts, start)
        if first == len(self.runs) or self._starts[first] > end or start == end:
            return None
        return self._file.line_of(self.runs[first].origin)

    def from_file(self, offset: int) -> int:
        """Returns the offset in this text of what stands at an offset of the file, or before it."""
        runs = [run for run in self.runs if run.origin <= offset]
        if not runs:
            return 0
        run = max(runs, key=attrgetter("origin"))
        return run.start + min(offset - run.origin, run.length)

    def _start(self, offset: int) -> int:
        run = self._run(offset)
        if run is None:
            return 0
        within = offset - run.start
        if run.length == run.origin_length:
            return run.origin + min(within, run.length)
        return run.origin if within < run.length else run.origin + run.origin_length

    def _end(self, offset: int) -> int:
        run = self._run(offset - 1)
        if run is None:
            return 0
        if run.length == run.origin_length:
            return run.origin + min(offset - run.start, run.length)
        return run.origin + run.origin_length

    def _run(self, offset: int) -> Run | None:
        """Returns the last run that begins at or before an offset, else the first."""
        return self.runs[max(0, bisect_right(self._starts, offset) - 1)] if self.runs else None
