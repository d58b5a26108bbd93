"""Lines joined to records: one label, however many lines it is broken over, and the values that follow it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine, Value
from disclosure_lint.model.source import Span

MOST_PIECES, _MOST_LINES = 30, 100
"""No label with the header before it has more pieces, no row is broken over more lines."""


class Record(NamedTuple):
    """A label and its values, in document order."""

    pieces: tuple[tuple[str, Span], ...]
    """Label texts since the last values, group labels among them."""
    lines: tuple[TableLine, ...]
    """The lines that hold the values."""
    name: str
    """The letters and digits of the label."""
    filled: tuple[Value, ...]
    """The values that are not blank."""
    label_texts: tuple[str, ...]
    """The texts of its label's pieces."""
    is_text: bool
    """Whether the page does not separate its values into cells."""

    @property
    def values(self) -> list[Value]:
        """All values in order, blank cells among them."""
        return [value for line in self.lines for value in line.values]

    @property
    def span(self) -> Span:
        """From the label (or the first value) to the last value."""
        places = [place for _, place in self.pieces] + [line.line for line in self.lines]
        return Span(min(place.start for place in places), max(place.end for place in places))

    @property
    def on_one_line(self) -> bool:
        """Whether all its values stand on the line of its label's end, or in the cells of one row."""
        return len(self.lines) == 1 and bool(self.lines[0].cells or self.lines[0].pieces)

    @property
    def may_be_page_number(self) -> bool:
        """Whether its only value is a short number on a line of its own."""
        if len(self.filled) != 1 or len(self.values) != 1 or self.lines[-1].cells or self.lines[-1].pieces:
            return False
        text = self.filled[0].text
        return text.isdigit() and len(text) < 4 and text[0] != "0"

    def label_span(self, length: int) -> Span:
        """Returns the place of the last `length` letters of the label, without the group labels before them."""
        if length <= len(self.pieces[-1][0]):
            return self.pieces[-1][1]
        end = self.pieces[-1][1].end
        for text, place in reversed(self.pieces):
            start = place.start
            length -= len(text)
            if length <= 0:
                break
        return Span(start, end)


def record_of(pieces: Sequence[tuple[str, Span]], lines: Sequence[TableLine]) -> Record:
    """Returns the record of a label's pieces and the lines of its values."""
    filled = tuple([value for line in lines for value in line.filled])
    texts = tuple([text for text, _ in pieces])
    is_text = bool(lines) and not any(line.cells for line in lines)
    return Record(tuple(pieces), tuple(lines), "".join(texts), filled, texts, is_text)


def records(lines: Iterable[TableLine], labels: Labels) -> list[Record]:
    """Returns the records of a region; label text without values, like a header, goes to the record after it."""
    found: list[tuple[Sequence[tuple[str, Span]], list[TableLine]]] = []
    pending: list[tuple[str, Span]] = []
    open_text = False
    for line in lines:
        if line.doubtful and _are_cells(line, found[-1] if open_text else None, pending, labels):
            line = line._replace(pieces=(), values=line.doubtful, filled=line.doubtful)
        if open_text and not line.pieces and not line.cells and line.values:
            found[-1][1].append(line)
            continue
        pending += line.pieces
        if line.filled:
            found.append((pending, [line]))
            pending, open_text = [], not line.cells
        elif line.cells and line.values and _is_blank_row(line, labels):
            found.append((line.pieces or tuple(pending), [line]))
            del pending[len(pending) - len(line.pieces) :]
        elif line.pieces:
            open_text = False
    if pending:
        found.append((pending, []))
    return _joined([record_of(pieces, several) for pieces, several in found], labels)


def _are_cells(
    line: TableLine,
    last: tuple[Sequence[tuple[str, Span]], Sequence[TableLine]] | None,
    pending: Sequence[tuple[str, Span]],
    labels: Labels,
) -> bool:
    """Says whether doubtful values stand in cells: behind a whole label, or where their row still lacks so many."""
    if pending:
        return "".join(text for text, _ in pending[-MOST_PIECES:]).endswith(labels.suffixes)
    if last is None or len(last[1]) > _MOST_LINES:
        return False
    record = record_of(*last)
    return len(record.filled) + len(line.doubtful) <= max(_widths(record, labels), default=0)


def _widths(record: Record, labels: Labels) -> set[int]:
    """Returns how many columns the rows have that the record may be."""
    likenesses = labels.likenesses(record.label_texts[-MOST_PIECES:])
    return {len(labels.form.rows[like.row].columns) for like in likenesses}


def _is_blank_row(line: TableLine, labels: Labels) -> bool:
    """Says whether cells without a value are a row of the form that nobody filled in, rather than a header."""
    name = "".join(text for text, _ in line.pieces)
    if not labels.form.side_by_side:
        # A header may end as the label of a row does: 总计.
        return name.endswith(labels.suffixes) and labels.header_words.isdisjoint([text for text, _ in line.pieces[:-1]])
    columns = len(labels.form.columns)
    if not line.pieces:
        return len(line.values) >= columns and not labels.suffixes
    return len(line.pieces) == 1 and len(line.values) == columns and name.endswith(labels.suffixes)


def _joined(found: Sequence[Record], labels: Labels) -> list[Record]:
    joined: list[Record] = []
    for record in found:
        if joined and (whole := _whole(joined[-1], record, labels)):
            joined[-1] = whole
        else:
            joined.append(record)
    return joined


def _whole(record: Record, after: Record, labels: Labels) -> Record | None:
    """Returns two records as one if a page end cut a row in two: its label, or its values."""
    name, rest = record.name, after.name
    if not labels.suffixes:
        return _header_between(record, after, labels)
    if not rest and record.lines and after.lines:
        return _continued(record, after, labels)
    if not rest or not record.lines or not after.lines or (name.endswith(labels.suffixes) and after.filled):
        return None
    if any(len(key) > len(rest) and (name + rest).endswith(key) for key in labels.suffixes):
        return _with_whole_label(record, after)
    return None


def _header_between(record: Record, after: Record, labels: Labels) -> Record | None:
    """Returns a line of numbers as one if a page end put the whole header between them again."""
    columns = len(labels.form.columns)
    repeated = labels.groups.issubset(after.label_texts) and record.is_text and after.is_text
    if repeated and record.filled and len(record.filled) + len(after.filled) <= columns:
        return record_of(record.pieces, record.lines + after.lines)
    return None


def _with_whole_label(record: Record, after: Record) -> Record | None:
    first, second = record.filled, after.filled
    pieces = record.pieces + after.pieces
    if second and (not first or record.may_be_page_number):
        return record_of(pieces, after.lines)
    return record_of(pieces, record.lines) if first and not second else None


def _continued(record: Record, after: Record, labels: Labels) -> Record | None:
    expected = _widths(record, labels)
    if len(after.filled) < max(expected, default=0) and len(record.filled) + len(after.filled) in expected:
        return record_of(record.pieces, record.lines + after.lines)
    return None
