"""Strips joined to records: one label, however many lines it is broken over, and the values that follow it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.strips import Strip, Value
from disclosure_lint.model.source import Span


class Record(NamedTuple):
    """A label and its values, in document order."""

    pieces: tuple[tuple[str, Span], ...]
    """Label texts since the last values, group labels among them."""
    strips: tuple[Strip, ...]
    """The lines that hold the values."""
    name: str
    """The letters of the label."""

    @property
    def values(self) -> list[Value]:
        """All values in order, blank cells among them."""
        return [value for strip in self.strips for value in strip.values]

    @property
    def filled(self) -> list[Value]:
        """The values that are not blank."""
        return [value for strip in self.strips for value in strip.values if value.text]

    @property
    def span(self) -> Span:
        """From the label (or the first value) to the last value."""
        places = [place for _, place in self.pieces] + [strip.line for strip in self.strips]
        return Span(min(place.start for place in places), max(place.end for place in places))

    @property
    def may_be_page_number(self) -> bool:
        """Whether its only value is a short number on a line of its own."""
        values = self.values
        if len(values) != 1 or self.strips[-1].cells or self.strips[-1].pieces:
            return False
        return values[0].text.isdigit() and len(values[0].text) < 4 and values[0].text[0] != "0"

    def label_span(self, length: int) -> Span:
        """Returns the place of the last `length` letters of the label, without the group labels before them."""
        end = self.pieces[-1][1].end
        for text, place in reversed(self.pieces):
            start = place.start
            length -= len(text)
            if length <= 0:
                break
        return Span(start, end)


def record_of(pieces: Sequence[tuple[str, Span]], strips: Sequence[Strip]) -> Record:
    """Returns the record of a label's pieces and the lines of its values."""
    return Record(tuple(pieces), tuple(strips), "".join([text for text, _ in pieces]))


def records(strips: Iterable[Strip], labels: Labels) -> list[Record]:
    """Returns the records of a region; label text without values, like a header, goes to the record after it."""
    found: list[Record] = []
    pending: list[tuple[str, Span]] = []
    open_text = False
    for strip in strips:
        if strip.doubtful and _are_cells(strip, found[-1] if open_text else None, pending, labels):
            strip = strip._replace(pieces=(), values=strip.doubtful)
        if open_text and not strip.pieces and not strip.cells and strip.values:
            found[-1] = found[-1]._replace(strips=(*found[-1].strips, strip))
            continue
        pending += strip.pieces
        if any(value.text for value in strip.values):
            found.append(record_of(pending, (strip,)))
            pending, open_text = [], not strip.cells
        elif strip.cells and strip.values and _is_blank_row(strip, labels):
            found.append(record_of(strip.pieces or pending, (strip,)))
        elif strip.pieces:
            open_text = False
    if pending:
        found.append(record_of(pending, ()))
    return _joined(found, labels)


def _are_cells(strip: Strip, record: Record | None, pending: Sequence[tuple[str, Span]], labels: Labels) -> bool:
    """Says whether doubtful values stand in cells: behind a whole label, or where their row still lacks so many."""
    if pending:
        return "".join(text for text, _ in pending).endswith(labels.suffixes)
    if record is None:
        return False
    expected = [len(labels.form.rows[index].columns) for index, _ in labels.candidates(record.name)]
    return len(record.filled) + len(strip.doubtful) <= max(expected, default=0)


def _is_blank_row(strip: Strip, labels: Labels) -> bool:
    """Says whether cells without a value are a row of the form that nobody filled in, rather than a header."""
    name = "".join(text for text, _ in strip.pieces)
    if not labels.form.side_by_side:
        return name.endswith(labels.suffixes)
    columns = len(labels.form.columns)
    if not strip.pieces:
        return len(strip.values) >= columns * len(labels.form.rows)
    return len(strip.pieces) == 1 and len(strip.values) == columns and name.endswith(labels.suffixes)


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
    if not rest and record.strips and after.strips:
        return _continued(record, after, labels)
    if not rest or not record.strips or not after.strips or (name.endswith(labels.suffixes) and after.filled):
        return None
    if any(len(key) > len(rest) and (name + rest).endswith(key) for key in labels.suffixes):
        return _with_whole_label(record, after)
    return None


def _with_whole_label(record: Record, after: Record) -> Record | None:
    first, second = record.filled, after.filled
    pieces = record.pieces + after.pieces
    if second and (not first or record.may_be_page_number):
        return record_of(pieces, after.strips)
    return record_of(pieces, record.strips) if first and not second else None


def _continued(record: Record, after: Record, labels: Labels) -> Record | None:
    matching = [index for index, _ in labels.candidates(record.name)]
    expected = {len(labels.form.rows[index].columns) for index in matching}
    if len(after.filled) < max(expected, default=0) and len(record.filled) + len(after.filled) in expected:
        return record._replace(strips=record.strips + after.strips)
    return None
