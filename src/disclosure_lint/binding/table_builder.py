"""What is known of a statutory table, collected row by row: named numbers, rows in doubt, and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from disclosure_lint.binding.alignment import Alignment
from disclosure_lint.binding.cells import Places
from disclosure_lint.binding.columns import Assigned, ColumnAssignment
from disclosure_lint.binding.doubts import Doubt
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.numbers import has_number, quantity
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.views import View
from disclosure_lint.binding.wordings import letters
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import converted
from disclosure_lint.model.report import BoundTable, Decision, Explanation, Fact, Unclear
from disclosure_lint.model.source import Source, Span

_State = Literal["given", "unreadable", "blank"]
_LABEL_SHOWN = 40
"""Letters of a label in an explanation; before them stands its header."""


class Reading(NamedTuple):
    """A table read through one view."""

    table: BoundTable
    facts: dict[Address, Fact]
    """In the form's order."""

    @property
    def rank(self) -> tuple[int, int]:
        """How much was read: certain cells that are not blank, then rows at all."""
        return sum(fact.state != "blank" for fact in self.facts.values()), len(self.table.rows)


class TableBuilder:
    """Collects what is known of a table that is read through a view."""

    def __init__(self, source: Source, view: View, alignment: Alignment, units: Mapping[str, tuple[str, Span]]):
        """Takes what the rows were bound to, and the units that headers name where the form has others."""
        self.source, self.view, self.labels, self.alignment, self.units = source, view, view.labels, alignment, units
        self.found = alignment.records
        self._wanted = {column.id: column.unit for column in view.form.columns}
        self.facts: dict[Address, Fact] = {}
        self.rows: dict[str, Span] = {}
        self.unclear: list[Unclear] = []
        self.places: list[Span] = []
        self.decided: dict[int, str] = {}
        self.reworded: dict[int, Span] = {}

    def add(self, row: int, assigned: Assigned, doubt: Doubt | None, columns: ColumnAssignment) -> None:
        """Enters the values of a row, or that they cannot be told apart."""
        record = self.alignment.record(row)
        label = self._label_of(record, row)
        last = record.lines[-1].line if record.lines else label
        self._name(row, label)
        self.places.append(last)
        self.decided[row] = assigned.how
        if assigned.places is not None and doubt is None:
            self._enter(row, assigned.places, label.end)
            return
        start = record.filled[0].span.start if record.filled else label.start
        readings = [assigned]
        if doubt is not None and doubt.reason == "rival" and doubt.rival is not None:
            readings.append(columns.assign(doubt.rival, row))
        doubt = doubt or Doubt("columns" if assigned.how == "header" else "count")
        self._doubt(row, Span(start, max(start, last.end)), record, readings, doubt)

    def add_doubtful(self, row: int, doubt: Doubt, columns: ColumnAssignment) -> None:
        """Enters a row that may be one whose record was bound to another row."""
        record = doubt.rival or self.alignment.record(row)
        self._doubt(row, self._place(record, row), record, [columns.assign(record, row)], doubt)
        self.places.append(record.span)

    def add_scattered(self, row: int, place: Span, count: int = 0) -> None:
        """Enters a row of whose label or numbers only pieces were found, so many of them, somewhere from a place on."""
        expected = len(self.view.addresses[row])
        self.unclear += [Unclear(key, place, count, expected, "apart") for key in self.view.rows_of[row]]

    def add_unfilled(self, row: int, label: Span, between: Sequence[Record], *, lost: bool) -> None:
        """Enters a row whose label stands there without its values.

        Its cells stand empty, unless its numbers may be `lost`, or there are some behind it or nearby.
        """
        near = sum(len(record.filled) for record in between[:-1])
        near += sum(has_number(self.source.folded[slice(*place)]) for one in between for _, place in one.pieces)
        if near or lost:
            self._name(row, label)
            self.add_scattered(row, label, near)
        else:
            self.add_blank(row, label)

    def add_blank(self, row: int, label: Span) -> None:
        """Enters a row whose cells all stand empty."""
        self._name(row, label)
        self._enter(row, [None] * len(self.view.addresses[row]), label.end)

    def _name(self, row: int, label: Span) -> None:
        """Enters where a row's label stands."""
        for key in self.view.rows_of[row]:
            self.rows.setdefault(key, label)
        self.places.append(label)

    def _label_of(self, record: Record, row: int) -> Span:
        stems = self.labels.stems[row]
        if not record.pieces:
            return record.span
        length = max([len(stem) for stem in stems if record.name.endswith(stem)], default=0)
        if length:
            return record.label_span(length)
        named = [place for text, place in record.pieces if text.endswith(stems)]
        return named[-1] if named and stems[0] else record.label_span(1)

    def _place(self, record: Record, row: int) -> Span:
        """Returns where a record stands without the headers before it: its label as that of a row, and its values."""
        places = [self._label_of(record, row), *(line.line for line in record.lines)]
        return Span(min([place.start for place in places]), max([place.end for place in places]))

    def _doubt(self, row: int, span: Span, record: Record, readings: Sequence[Assigned], doubt: Doubt) -> None:
        """Enters that a row is in doubt, with what may stand in each of its cells."""
        addresses = self.view.addresses[row]
        rival = self._place(doubt.rival, row) if doubt.rival else None
        other = self.view.rows_of[doubt.other][0] if doubt.other is not None else None
        texts: dict[Address, list[str]] = {address: [] for address in addresses}
        for reading in readings:
            for address, value in zip(addresses, reading.places or (), strict=False):
                if value is not None and value.text:
                    texts[address].append(self.source.slice(value.span))
        for key in self.view.rows_of[row]:
            cells = (Address(self.view.form.id, key, column) for column in self.view.form.row(key).columns)
            mine = tuple(tuple(dict.fromkeys(texts.get(address, ()))) for address in cells)
            found = Unclear(key, span, len(record.filled), len(addresses), doubt.reason, rival, other, mine)
            self.unclear.append(found)

    def _enter(self, row: int, places: Places, after: int) -> None:
        raw, facts, units = self.source.text, self.facts, self.units
        for address, value in zip(self.view.addresses[row], places, strict=True):
            if value is None:
                facts[address] = Fact(address, "blank", None, "", Span(after, after))
                continue
            text, span, _, location, _ = value
            start, after = span
            found = quantity(text) if text else None
            if found is None:
                state: _State = "unreadable" if text else "blank"
                facts[address] = Fact(address, state, None, raw[start:after], span, location)
                continue
            exact, unit = found
            if unit or (units and address.column in units):
                unit = unit or units[address.column][0]
                exact = converted(exact, unit, self._wanted[address.column])
            facts[address] = Fact(address, "given", exact, raw[start:after], span, location, unit)

    def explanation(self) -> Explanation:
        """Returns why each row was bound as it was, and what was left over."""
        taken = self.alignment.row_at
        return Explanation(tuple(map(self._decision, sorted(self.decided))), tuple(self._left_over(taken)))

    def _decision(self, row: int) -> Decision:
        record, pair, rival = self.alignment.record(row), self.alignment.pairs[row], self.alignment.rivals.get(row)
        other = self.found[rival.pair.place] if rival else None
        return Decision(
            ",".join(self.view.rows_of[row]),
            record.name[-_LABEL_SHOWN:],
            self._place(record, row),
            pair.score,
            ",".join(self.view.rows_of[rival.pair.row]) if rival else "",
            other.name[-_LABEL_SHOWN:] if other else "",
            self._place(other, rival.pair.row) if rival and other else None,
            rival.margin if rival else None,
            self.decided[row],
        )

    def name_blocks(self, unnamed: Sequence[int], form_labels: Labels) -> None:
        """Enters where the header names each block, with any other words for those that it does not name."""
        pieces = [(letters(text), place) for record in self.found for text, place in record.pieces]
        strange = [place for text, place in pieces if form_labels.unknown([text])] if unnamed else []
        for index, row in enumerate(self.view.form.rows):
            if index in unnamed:
                if len(unnamed) == len(strange):
                    self.rows[row.id] = strange[unnamed.index(index)]
                continue
            place = next((place for text, place in pieces if text.endswith(form_labels.stems[index])), None)
            if place is not None:
                self.rows[row.id] = place

    def lacks(self, rows: Sequence[str]) -> bool:
        """Says whether no numbers were found of any of these rows of the form."""
        return all(fact.state == "blank" for address, fact in self.facts.items() if address.row in rows)

    def _left_over(self, taken: Collection[int]) -> Iterator[Span]:
        for place, record in enumerate(self.found):
            if record.filled and place not in taken:
                yield from (line.line for line in record.lines)

    def result(
        self, missing: Sequence[str], altered: Collection[str], columns: tuple[str, ...], renamed: Mapping[str, Span]
    ) -> Reading:
        """Returns the table and its facts in the form's order."""
        form = self.view.form
        span = self._span()
        # Under other columns than the form's a row's numbers are not those of the form; of a missing one there is none.
        for row in form.rows if columns else ():
            lacking = set(row.columns) & set(columns)
            for column in row.columns if len(lacking) > max(1, len(row.columns) / 2) else lacking:
                fact = self.facts.get(Address(form.id, row.id, column))
                if fact is not None and (len(lacking) > 1 or fact.state == "blank"):
                    del self.facts[fact.address]
        order = [row.id for row in form.rows]
        unclear = {one.row: one for one in reversed(self.unclear) if one.row not in missing}
        table = BoundTable(
            form,
            span,
            {key: self.rows[key] for key in order if key in self.rows},
            tuple(missing),
            tuple([key for key in order if key in altered]),
            {order[row]: place for row, place in sorted(self.reworded.items())},
            columns,
            renamed,
            self.units,
            tuple([unclear[key] for key in order if key in unclear]),
            explained=self.explanation,
        )
        facts = self.facts
        if missing or self.view.is_turned:
            # A block that the header does not name was found blank: a row that is missing has no cells.
            there = (address for address in self.view.all_addresses if address.row not in missing)
            facts = {address: facts[address] for address in there if address in facts}
        return Reading(table, facts)

    def _span(self) -> Span:
        """Returns from where to where the table reaches: with the labels of the form around its rows."""
        begin, end = min(self.places).start, max([place.end for place in self.places])
        named = [
            place
            for record in self.found
            for text, place in record.pieces
            if (place.start < begin or place.end > end) and text and letters(text) in self.labels.vocabulary
        ]
        return Span(min([begin, *(place.start for place in named)]), max([end, *(place.end for place in named)]))
