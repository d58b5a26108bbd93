"""The text of a file whose own lines are not what stands on the page: each character knows where it is in the file."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from disclosure_lint.model.source import Position, Source, Span


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
