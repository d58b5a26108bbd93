"""A line of a document with places underlined."""

from collections.abc import Iterable
from typing import NamedTuple

from disclosure_lint.model.display import visible
from disclosure_lint.model.personal import LONGEST_PERSONAL, masked
from disclosure_lint.model.source import Source, Span
from disclosure_lint.outputs.width import total_width

_CUT = "…"


class _Drawn(NamedTuple):
    """Characters as a terminal shows them."""

    text: str
    columns: list[int]
    """The terminal column of each character of the source, and the one after the last."""


def excerpt(source: Source, span: Span, room: int, others: Iterable[Span] = ()) -> tuple[str, str]:
    """Returns the first line of the span and the line to print under it, both cut to `room` terminal cells.

    Below stand `^` under the span, one if it is empty, and `-` under the other places of the line; they are in place
    where Chinese characters take two cells.
    """
    line = source.line_span(source.line_of(span.start))
    start = min(span.start, line.end)
    first = _first(source.text, line.start, start, room)
    drawn = _draw(source.text, first, line.end, room)
    last = first + len(drawn.columns) - 1
    marks = [" "] * (drawn.columns[-1] + 1)
    for other in others:
        _mark(marks, drawn.columns, max(other.start, first) - first, min(other.end, last) - first, "-")
    end = min(max(span.end, start + 1), last)
    _mark(marks, drawn.columns, start - first, end - first, "^")
    if "^" not in marks:
        marks[drawn.columns[min(start, last) - first]] = "^"
    head = _CUT if first > line.start else ""
    tail = _CUT if last < line.end else ""
    return f"{head}{drawn.text}{tail}".rstrip(), (" " * len(head) + "".join(marks)).rstrip()


def _first(text: str, line_start: int, start: int, room: int) -> int:
    """Returns where to begin: at the line's beginning if the place is near it, else shortly before the place.

    A line may have millions of characters: only those that could be shown are looked at.
    """
    limit = room * 2 // 3
    if start - line_start <= limit and len(_draw(text, line_start, start, limit).columns) > start - line_start:
        return line_start
    cells = 0
    for offset in range(start - 1, line_start, -1):
        cells += total_width(visible(text[offset]))
        if cells > room // 3:
            return offset + 1
    return line_start


def _draw(text: str, start: int, stop: int, room: int) -> _Drawn:
    """Returns as many characters as there is room for, numbers of persons with stars."""
    parts: list[str] = []
    columns = [0]
    # What is cut off in the middle of a number would not be known for one.
    before = max(0, start - LONGEST_PERSONAL)
    safe = masked(text[before : min(stop, start + 4 * room) + LONGEST_PERSONAL])
    for offset in range(start, stop):
        if offset - before >= len(safe):
            break
        shown = visible(safe[offset - before], columns[-1])
        after = columns[-1] + total_width(shown)
        if after > room:
            break
        parts.append(shown)
        columns.append(after)
    return _Drawn("".join(parts), columns)


def _mark(marks: list[str], columns: list[int], start: int, end: int, mark: str) -> None:
    if start < end:
        marks[columns[start] : columns[end]] = mark * (columns[end] - columns[start])
