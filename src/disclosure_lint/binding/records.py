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
        return _may_number_a_page(self.filled[0])

    @property
    def may_hold_page_number(self) -> bool:
        """Whether one of its values is a short number on a line of its own."""
        alone = (line.values[0] for line in self.lines if len(line.values) == 1 and not (line.cells or line.pieces))
        return any(map(_may_number_a_page, alone))

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


def _may_number_a_page(value: Value) -> bool:
    return value.text.isdecimal() and len(value.text) < 4 and value.text[0] != "0"


def record_of(pieces: Sequence[tuple[str, Span]], lines: Sequence[TableLine]) -> Record:
    """Returns the record of a label's pieces and the lines of its values."""
    filled = lines[0].filled if len(lines) == 1 else tuple([value for line in lines for value in line.filled])
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
    joined: list[Record] = []
    for pieces, several in found:
        record = record_of(pieces, several)
        if joined and (whole := _whole(joined[-1], record, labels)):
            joined[-1] = whole
        else:
            joined.append(record)
    return joined


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


def _whole(record: Record, after: Record, labels: Labels) -> Record | None:
    """Returns two records as one if a page end cut a row in two: its label, or its values."""
    both = len(record.filled) + len(after.filled)
    if not labels.suffixes:
        # A page end may have put the whole header between the numbers of a line again.
        is_header = labels.groups.issubset(after.label_texts) and record.is_text and after.is_text
        is_rest = is_header and record.filled and both <= len(labels.form.columns)
        return record_of(record.pieces, record.lines + after.lines) if is_rest else None
    if not record.lines or not after.lines:
        return None
    if not after.name:
        widths = _widths(record, labels)
        is_rest = len(after.filled) < max(widths, default=0) and both in widths
        return record_of(record.pieces, record.lines + after.lines) if is_rest else None
    if record.name.endswith(labels.suffixes) and after.filled:
        return None
    name, pieces = record.name + after.name, record.pieces + after.pieces
    if any(len(key) > len(after.name) and name.endswith(key) for key in labels.suffixes + labels.with_groups):
        if after.filled and (not record.filled or record.may_be_page_number):
            return record_of(pieces, after.lines)
        if record.filled and not after.filled:
            return record_of(pieces, record.lines)
    return None
