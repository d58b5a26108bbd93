"""A statutory table in its region of the document: rows found, numbers named, and what cannot be told."""

import re
from collections.abc import Sequence
from typing import Literal

from disclosure_lint.binding.alignment import Alignment, align
from disclosure_lint.binding.blocks_in_line import Placed, place_blocks, unnamed_blocks
from disclosure_lint.binding.columns import Layout, Places
from disclosure_lint.binding.headers import Headers, missing_columns
from disclosure_lint.binding.labels import Labels, letters
from disclosure_lint.binding.numbers import ends_with_number, number
from disclosure_lint.binding.ordinals import ordinal_at
from disclosure_lint.binding.records import Record, records
from disclosure_lint.binding.strips import Strip, strips
from disclosure_lint.model.document import Block
from disclosure_lint.model.report import BoundTable, Fact, Unclear
from disclosure_lint.model.source import Source, Span

_State = Literal["given", "unreadable", "blank"]
_FEWEST_ROWS = 2
"""A single label before a number may be a sentence."""
_DIGITS = r"\d{2,}|(?<=[^第])\d(?![.、])"


def bind_table(
    source: Source, blocks: Sequence[Block], region: Span, labels: Labels, title: str
) -> tuple[BoundTable, list[Fact]] | None:
    """Returns the table found in a region, with its facts in the form's order; None if it is not there."""
    lines = list(strips(source, blocks, region, labels, title))
    found = records(lines, labels)
    if labels.form.side_by_side and (placed := place_blocks(source, found, labels)):
        return _by_blocks(source, labels, found, placed, lines)
    alignment = align(found, labels)
    if sum(bool(record.strips) for record in alignment.records.values()) < _FEWEST_ROWS:
        return _without_values(source, region, labels, found, lines)
    return _by_rows(source, labels, found, alignment, lines)


def _by_blocks(
    source: Source, labels: Labels, found: Sequence[Record], placed: Placed, lines: Sequence[Strip]
) -> tuple[BoundTable, list[Fact]]:
    bound = _Bound(source, labels, found)
    unnamed = unnamed_blocks(found, labels)
    missing = [index for index in unnamed if placed[index][1] is None]
    for index, (record, places) in placed.items():
        if index not in missing:
            bound.add(index, record, places)
    if altered := [index for index in unnamed if index not in missing]:
        strange = [place for record in found for text, place in record.pieces if labels.unknown([text])]
        if len(altered) == len(strange):
            bound.rows.update(zip(altered, strange, strict=True))
    rows = labels.form.rows
    return bound.result([rows[index].id for index in missing], [rows[index].id for index in altered], lines)


def _without_values(
    source: Source, region: Span, labels: Labels, found: Sequence[Record], lines: Sequence[Strip]
) -> tuple[BoundTable, list[Fact]] | None:
    """Returns a table whose labels are there without a number that stands by itself: all blank, or all run together."""
    text = "".join(record.name for record in found)
    if not all(any(key in text for key in keys) for keys in (*labels.keys, *labels.columns)):
        return None
    bound = _Bound(source, labels, found)
    digits = re.compile(_DIGITS).search(source.folded, found[0].span.start, region.end)
    count = sum(len(row.columns) for row in labels.form.rows)
    for index, row in enumerate(labels.form.rows):
        if digits is None:
            bound.add_unfilled(index, found)
        else:
            bound.unclear.append(Unclear(row.id, Span(*digits.span()), 1, count))
            bound.places.append(Span(*digits.span()))
    return bound.result((), (), lines) if bound.places else None


def _by_rows(
    source: Source, labels: Labels, found: Sequence[Record], alignment: Alignment, lines: Sequence[Strip]
) -> tuple[BoundTable, list[Fact]]:
    rows = labels.form.rows
    layout = Layout(source, ((record, len(rows[index].columns)) for index, record in alignment.records.items()))
    headers = Headers(lines, labels)
    bound = _Bound(source, labels, found)
    for index, record in sorted(alignment.records.items()):
        ids = rows[index].columns
        places = headers.arranged(layout.place(record, len(ids)), ids)
        if places is None and record.strips:
            places = layout.place_under(record, headers.columns(record, ids))
        bound.add(index, record, places)
    missing = [rows[row].id for row in alignment.absent if not bound.add_unfilled(row, alignment.between[row])]
    return bound.result(missing, [rows[row].id for row in alignment.altered], lines)


class _Bound:
    """Collects what is known of a table."""

    def __init__(self, source: Source, labels: Labels, found: Sequence[Record]):
        self.source, self.labels, self.found = source, labels, found
        self.facts: dict[int, list[Fact]] = {}
        self.rows: dict[int, Span] = {}
        self.unclear: list[Unclear] = []
        self.places: list[Span] = []

    def add(self, index: int, record: Record, places: Places | None) -> None:
        """Enters the values of a row, or that they cannot be told apart."""
        row = self.labels.form.rows[index]
        length = max([len(key) for key in self.labels.keys[index] if record.name.endswith(key)], default=1)
        label = record.label_span(length) if record.pieces else record.span
        self.rows[index] = label
        last = record.strips[-1].line if record.strips else label
        self.places += (label, last)
        if places is None:
            start = record.filled[0].span.start if record.filled else label.start
            self.unclear.append(Unclear(row.id, Span(start, last.end), len(record.filled), len(row.columns)))
        else:
            self.facts[index] = self._facts(index, places, label.end)

    def _facts(self, index: int, places: Places, after: int) -> list[Fact]:
        text = self.source.text
        facts: list[Fact] = []
        for address, value in zip(self.labels.addresses[index], places, strict=True):
            if value is None:
                facts.append(Fact(address, "blank", None, "", Span(after, after)))
                continue
            span = value.span
            after = span[1]
            exact = number(value.text) if value.text else None
            state: _State = "given" if exact is not None else "unreadable" if value.text else "blank"
            facts.append(Fact(address, state, exact, text[span[0] : after], span, value.location))
        return facts

    def add_unfilled(self, index: int, between: Sequence[Record]) -> bool:
        """Enters a row whose label stands there without its values, and returns whether it does.

        Its cells stand empty, unless there are numbers behind it or nearby that may be theirs.
        """
        at = self._label(index, between)
        if at is None:
            return False
        near = sum(len(record.filled) for record in between[:-1])
        near += ends_with_number(self.source.folded[at.start : at.end])
        if near:
            row = self.labels.form.rows[index]
            self.rows[index] = at
            self.places.append(at)
            self.unclear.append(Unclear(row.id, at, near, len(row.columns)))
        else:
            self._blank(index, at)
        return True

    def _label(self, index: int, records: Sequence[Record]) -> Span | None:
        for record in records:
            for text, place in record.pieces:
                if any(text.endswith(key) and self._is_label(key, text, place) for key in self.labels.keys[index]):
                    return place
            for key in self.labels.keys[index]:
                if len(key) > 2 and key in record.name:
                    return next((place for text, place in record.pieces if key in text), record.pieces[0][1])
        return None

    def _is_label(self, key: str, text: str, place: Span) -> bool:
        """Says whether a label's text is a row's; a short one like 总计 may be a column's, if it has no ordinal."""
        if len(key) > 2:
            return True
        if any(key in keys for keys in self.labels.columns):
            ordinal = ordinal_at(self.source.folded, *place)
            return ordinal is not None and letters(self.source.folded[ordinal.end : place.end]) == key
        return text == key

    def _blank(self, index: int, label: Span) -> None:
        self.rows[index] = label
        self.places.append(label)
        self.facts[index] = self._facts(index, [None] * len(self.labels.addresses[index]), label.end)

    def result(
        self, missing: Sequence[str], altered: Sequence[str], lines: Sequence[Strip]
    ) -> tuple[BoundTable, list[Fact]]:
        """Returns the table and its facts in the form's order."""
        form = self.labels.form
        vocabulary = self.labels.vocabulary
        headers = [place for record in self.found for text, place in record.pieces if text and text in vocabulary]
        places = self.places + headers
        span = Span(min([place.start for place in places]), max([place.end for place in places]))
        columns = missing_columns(self.labels, lines)
        # Under other columns than the form's a row's numbers are not those of the form.
        for index, row in enumerate(form.rows):
            lacking = len(set(row.columns) & set(columns))
            if lacking > 1 and lacking > len(row.columns) / 2:
                self.facts.pop(index, None)
        named = {form.rows[index].id: place for index, place in sorted(self.rows.items())}
        bound = BoundTable(form, span, named, tuple(missing), tuple(altered), columns, tuple(self.unclear))
        return bound, [fact for index in sorted(self.facts) for fact in self.facts[index]]
