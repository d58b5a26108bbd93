"""A statutory table in its region of the document: rows found, numbers named, and what cannot be told."""

from collections.abc import Sequence
from collections import Counter

from disclosure_lint.binding.alignment import Alignment, align
from disclosure_lint.binding.blocks_in_line import place_blocks
from disclosure_lint.binding.columns import Layout, Places
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.numbers import number
from disclosure_lint.binding.records import Record, records
from disclosure_lint.binding.strips import Strip, strips
from disclosure_lint.model.document import Block
from disclosure_lint.model.form import Address
from disclosure_lint.model.report import BoundTable, Fact, Unclear
from disclosure_lint.model.source import Source, Span


def bind_table(
    source: Source, blocks: Sequence[Block], region: Span, labels: Labels, title: str
) -> tuple[BoundTable, list[Fact]] | None:
    """Returns the table found in a region, with its facts in the form's order; None if it is not there."""
    lines = list(strips(source, blocks, region, labels, title))
    found = records(lines, labels)
    if labels.form.side_by_side and (placed := place_blocks(source, found, labels)):
        bound = _Bound(source, labels, found)
        for index, (record, places) in placed.items():
            bound.add(index, record, places)
        return bound.result((), (), lines)
    alignment = align(found, labels)
    if not any(record.strips for record in alignment.records.values()):
        return None
    return _by_rows(source, labels, found, alignment, lines)


def _by_rows(
    source: Source, labels: Labels, found: Sequence[Record], alignment: Alignment, lines: Sequence[Strip]
) -> tuple[BoundTable, list[Fact]]:
    rows = labels.form.rows
    layout = Layout(source, ((record, len(rows[index].columns)) for index, record in alignment.records.items()))
    bound = _Bound(source, labels, found)
    for index, record in sorted(alignment.records.items()):
        bound.add(index, record, layout.place(record, len(rows[index].columns)))
    written = [row for row in alignment.absent if bound.is_written(row, alignment)]
    for row in written:
        bound.blank_row(row)
    missing = [rows[row].id for row in alignment.absent if row not in written]
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
        key = max((key for key in self.labels.keys[index] if record.name.endswith(key)), key=len, default=record.name)
        label = record.label_span(len(key)) if record.pieces else record.span
        self.rows[index] = label
        self.places += [label, record.span]
        if places is None:
            span = record.filled[0].span if record.filled else label
            self.unclear.append(Unclear(row.id, Span(span.start, record.span.end), len(record.filled), len(row.columns)))
            return
        after = label.end
        self.facts[index] = []
        for column, value in zip(row.columns, places, strict=True):
            address = Address(self.labels.form.id, row.id, column)
            if value is None:
                self.facts[index].append(Fact(address, "blank", None, "", Span(after, after)))
                continue
            raw = self.source.slice(value.span)
            exact = number(value.text) if value.text else None
            state = "given" if exact is not None else "unreadable" if value.text else "blank"
            self.facts[index].append(Fact(address, state, exact, raw, value.span, value.location))
            after = value.span.end

    def is_written(self, index: int, alignment: Alignment) -> bool:
        """Says whether a row without values has its label there, in its place, so that its cells stand empty."""
        return self._written(index) is not None and not any(row.row for row in self.unclear)

    def _written(self, index: int) -> tuple[Record, str] | None:
        for key in self.labels.keys[index]:
            for record in self.found:
                if len(key) > 4 and key in record.name:
                    return record, key
        return None

    def blank_row(self, index: int) -> None:
        """Enters a row whose label stands there and whose cells are all empty."""
        written = self._written(index)
        if written is not None:
            record, key = written
            at = next((place for text, place in record.pieces if key in text), record.pieces[0][1])
            self.rows[index] = at
            row = self.labels.form.rows[index]
            self.facts[index] = [
                Fact(Address(self.labels.form.id, row.id, column), "blank", None, "", Span(at.end, at.end))
                for column in row.columns
            ]

    def result(
        self, missing: Sequence[str], altered: Sequence[str], lines: Sequence[Strip]
    ) -> tuple[BoundTable, list[Fact]]:
        """Returns the table and its facts in the form's order."""
        form = self.labels.form
        span = Span(min(place.start for place in self.places), max(place.end for place in self.places))
        columns = _missing_columns(self.labels, [text for strip in lines for text, _ in strip.pieces])
        named = {form.rows[index].id: place for index, place in sorted(self.rows.items())}
        bound = BoundTable(form, span, named, tuple(missing), tuple(altered), columns, tuple(self.unclear))
        return bound, [fact for index in sorted(self.facts) for fact in self.facts[index]]


def _missing_columns(labels: Labels, texts: Sequence[str]) -> tuple[str, ...]:
    """Returns the columns whose label is not in the text, not even in pieces between those of its neighbours."""
    text = "".join(texts)
    absent = [
        (column.id, keys)
        for column, keys in zip(labels.form.columns, labels.columns, strict=True)
        if not any(key in text for key in keys)
    ]
    if not absent:
        return ()
    present = Counter(text)
    return tuple(id for id, keys in absent if not any(Counter(key) <= present for key in keys))
