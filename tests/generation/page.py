"""A page that knows where its numbers and labels stand, and keeps knowing it while it is edited."""

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from tests.generation.content import Content, Value
from tests.generation.forms import DISCLOSED, REQUESTS, REVIEW

TABLES = (DISCLOSED, REQUESTS, REVIEW)
_MARKS = {"utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
ENCODINGS = ("utf-8", *_MARKS, "gb18030", "gbk")


class Span(NamedTuple):
    """A half-open stretch of a text, in code points."""

    start: int
    end: int


class Edit(NamedTuple):
    """A stretch of a text and what takes its place; an empty stretch is an insertion."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A report laid out as text, the true value of every number, and where it stands."""

    text: str
    layout: str
    suffix: str
    """`.txt` or `.md`."""
    content: Content
    values: dict[str, Value]
    """The truth of every cell; None if it stands blank or holds something that is no number."""
    cells: dict[str, Span]
    """The whole text of every cell; empty for a blank one."""
    labels: dict[str, tuple[Span, ...]]
    """The label of every row, in as many pieces as it was broken into."""
    rows: dict[str, Span]
    """Every row from its first character to its last, over all its lines."""
    headers: dict[str, tuple[Span, ...]]
    """The header of every table, in as many pieces as it has."""
    tables: dict[str, Span]

    def cell(self, name: str) -> str:
        """Returns the text of a cell."""
        return self.text[slice(*self.cells[name])]

    def row_cells(self, row: str) -> list[str]:
        """Returns the names of the numbers of a row, in order."""
        return [name for name in self.cells if name.startswith(row[:-1] + ",")]

    def row_lines(self, row: str) -> tuple[int, int]:
        """Returns the first and last line of a row, from 1."""
        span = self.rows[row]
        return self.text.count("\n", 0, span.start) + 1, self.text.count("\n", 0, span.end) + 1

    def edited(self, edits: Iterable[Edit], values: Mapping[str, Value] | None = None) -> "Rendered":
        """Returns the report with some text replaced, every place moved along and some truths changed.

        What is inserted at the beginning or the end of a place does not belong to it. The edits may not overlap.
        """
        ordered = sorted(edits)
        return replace(
            self._moved(lambda span: _moved(span, ordered)),
            text=_applied(self.text, ordered),
            values={**self.values, **(values or {})},
        )

    def with_newline(self, newline: str) -> "Rendered":
        """Returns the report with other line ends."""
        wider = len(newline) - 1

        def moved(span: Span) -> Span:
            return Span(*(offset + wider * self.text.count("\n", 0, offset) for offset in span))

        return replace(self._moved(moved), text=self.text.replace("\n", newline))

    def encoded(self, encoding: str = "utf-8") -> bytes:
        """Returns the bytes of a file, with a byte order mark for `utf-8-sig` and both kinds of UTF-16.

        Raises UnicodeEncodeError for characters that GBK lacks.
        """
        plain = "utf-8" if encoding == "utf-8-sig" else encoding
        return _MARKS.get(encoding, b"") + self.text.encode(plain)

    def _moved(self, moved: Callable[[Span], Span]) -> "Rendered":
        def each(places: Mapping[str, tuple[Span, ...]]) -> dict[str, tuple[Span, ...]]:
            return {name: tuple(map(moved, spans)) for name, spans in places.items()}

        return replace(
            self,
            cells={name: moved(span) for name, span in self.cells.items()},
            rows={name: moved(span) for name, span in self.rows.items()},
            tables={name: moved(span) for name, span in self.tables.items()},
            labels=each(self.labels),
            headers=each(self.headers),
        )


def _applied(text: str, edits: Sequence[Edit]) -> str:
    parts, done = [], 0
    for edit in edits:
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])


def _moved(span: Span, edits: Sequence[Edit]) -> Span:
    start, end = span
    for edit in edits:
        more = len(edit.text) - (edit.end - edit.start)
        if edit.end <= span.start and edit[:2] != span:
            start += more
            end += more
        elif edit.start < span.end and (edit.end <= span.end or edit.start >= span.start):
            end += more
    return Span(start, max(start, end))


class Page:
    """Takes a report's text piece by piece and notes where the numbers and labels come to stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.cells: dict[str, Span] = {}
        self.labels: dict[str, tuple[Span, ...]] = {}
        self.rows: dict[str, Span] = {}
        self.headers: dict[str, tuple[Span, ...]] = {}
        self.tables: dict[str, Span] = {}

    def write(self, text: str) -> Span:
        """Adds text and returns where it stands."""
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(start, self._length)

    def cell(self, name: str, text: str) -> None:
        """Adds a number as it is written."""
        self.cells[name] = self.write(text)

    def label(self, row: str, text: str) -> None:
        """Adds a piece of a row's label."""
        self.labels[row] = (*self.labels.get(row, ()), self.write(text))

    @contextmanager
    def row(self, name: str) -> Iterator[None]:
        """Notes what is written inside as a row."""
        start, first = self._length, len(self._parts)
        yield
        self.rows[name] = self._inked(start, first)

    @contextmanager
    def header(self, table: str) -> Iterator[None]:
        """Notes what is written inside as (a piece of) a table's header, with the line breaks after it."""
        start = self._length
        yield
        self.headers[table] = (*self.headers.get(table, ()), Span(start, self._length))

    @contextmanager
    def table(self, name: str) -> Iterator[None]:
        """Notes what is written inside as a table."""
        start, first = self._length, len(self._parts)
        yield
        self.tables[name] = self._inked(start, first)

    def finish(self, content: Content, layout: str, suffix: str) -> Rendered:
        """Returns the page as it stands."""
        return Rendered(
            text="".join(self._parts),
            layout=layout,
            suffix=suffix,
            content=content,
            values=dict(content.numbers),
            cells=self.cells,
            labels=self.labels,
            rows=self.rows,
            headers=self.headers,
            tables=self.tables,
        )

    def _inked(self, start: int, first_part: int) -> Span:
        """The stretch since `start` without line breaks at its ends; tabs and spaces may be cells, so they stay."""
        text = "".join(self._parts[first_part:])
        begin = start + len(text) - len(text.lstrip("\n"))
        return Span(begin, start + len(text.rstrip("\n")))
