"""Which value of a row belongs in which column, as far as the page itself shows it.

One assignment from what the page gives, the surest first: the header's own places, the columns of the grid that full
rows fill, the characters' columns of laid-out text, and the order, where every column has its value. What is not unique
there is not assigned.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from disclosure_lint.binding.alignment import Alignment
from disclosure_lint.binding.headers import CONTRADICTED, Header, may_name, other_names
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine, Value, is_glued
from disclosure_lint.binding.numbers import is_run_together, is_several
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.row_values import (
    CountedRows,
    Packed,
    Places,
    agrees,
    by_column,
    full_row,
    trimmed,
    under,
    under_plain,
    without_notes,
)
from disclosure_lint.binding.text_columns import Shown, by_distances, by_single_spaces, is_squeezed, shown
from disclosure_lint.binding.text_headers import TextHeader, text_headers
from disclosure_lint.model.source import Source, Span


class Assigned(NamedTuple):
    """The values of a row in the order of its columns."""

    places: Places | None
    """None if the page does not show which is which."""
    how: str
    """`header`, `grid`, `text-columns`, `order` or `blank`; why not: `count`, `header` or `text-columns`."""


class ColumnAssignment:
    """How the columns of a table stand."""

    def __init__(
        self,
        source: Source,
        alignment: Alignment,
        labels: Labels,
        headers: Sequence[Header],
        *,
        guessed: bool,
        unnamed: Mapping[str, bool],
    ):
        """Takes the rows that were found and the headers above them.

        `guessed` says whether their grid is. `unnamed` has the ids of the columns whose label stands nowhere, and for
        each whether it is certain that there is no such column.
        """
        self.source, self.labels = source, labels
        self._headers, self._alignment = headers, alignment
        self._header_ends = [header.lines[-1].line.end for header in headers]
        self._columns: dict[tuple[int, int, int, int], set[tuple[int, ...]]] = defaultdict(set)
        self._full_lines: dict[int, list[TableLine]] = defaultdict(list)
        self._pieces: dict[tuple[int, int], Packed] = {}
        self._by_places: dict[tuple[int, tuple[int, ...]], Shown] = {}
        counts: dict[int, Counter[int]] = defaultdict(Counter)
        for row, pair in alignment.pairs.items():
            record = alignment.records[pair.place]
            count = len(labels.wanted[row])
            values = record.filled if record.is_text else trimmed(record.values)
            if values:
                counts[count][len(values)] += 1
            if len(record.lines) == 1 and count == len(values) == len(record.filled):
                self._learn(record.lines[0], values, count)
        lines = [line for record in alignment.records for line in record.lines if line.cells]
        texts = [value.text for line in lines for value in line.filled if not value.text.isdecimal()]
        self._several = any(map(is_several, texts))
        """Whether a cell holds more than one number."""
        self._guessed = guessed
        # Where all rows stand in one line, its columns are called `row,column`.
        ids = [column.id.rpartition(",")[2] for column in labels.form.columns]
        self._unnamed = {index for index, key in enumerate(ids) if key in unnamed}
        self._lacking = {index for index, key in enumerate(ids) if unnamed.get(key)}
        self._usual = {count: _most_common(counter, count) for count, counter in counts.items()}
        """How many values most rows have, by how many they should have."""

    @cached_property
    def _text_headers(self) -> dict[int, TextHeader]:
        """The header in running text above each record, by where its numbers begin."""
        return dict(text_headers(self.source, self._alignment.records, self.labels))

    def _learn(self, line: TableLine, values: Sequence[Value], count: int) -> None:
        """Notes where the values of a full row stand."""
        if line.cells:
            key = (count, line.block, line.cells, line.label_column)
            self._columns[key].add(tuple([value.column for value in values]))
        else:
            self._full_lines[count].append(line)

    def assign(self, record: Record, row: int) -> Assigned:
        """Returns the values of a row in the order of its columns."""
        wanted = self.labels.wanted[row]
        count = len(wanted)
        if not record.lines:
            return Assigned([None] * count, "blank")
        line = record.lines[0]
        if line.cells and len(record.lines) == 1:
            if self._guessed or (self._several and any(is_several(value.text) for value in line.values)):
                places = full_row(line, count) if self._is_under_labels(line) else None
                return Assigned(places, "order" if places else "count")
            if is_glued(line) and len(line.values) > 1 and count > 1:
                return Assigned(None, "count")  # the number in the label's cell may be none of the columns'
            header = self._above(line, wanted)
            if header is not None and self._is_special(header, line, wanted):
                # A column that no header names is not blank, unless it is certain that there is none.
                open_ones = {*wanted}.difference(header.named, self._lacking)
                places = under(header, line, wanted, self.labels.group_of) if not open_ones else None
                # Under the form's own columns it is the row that is shifted.
                return Assigned(places, "header" if places or header.named != wanted else "count")
            placed = header is not None and (len(header.cells) > 1 or not self.labels.form.side_by_side)
            if not placed and not (self._is_under_labels(line) and self._unnamed.isdisjoint(wanted)):
                return Assigned(None, "header")
            return self._in_cells(line, header, wanted)
        above = self._text_headers[line.line.start]
        unnamed = above.unnamed.intersection(wanted)
        if len(record.filled) >= count and len(unnamed) == 1:
            unnamed = frozenset()  # only the label was lost
        shown = self._shown(above, wanted) if record.is_text else None
        if shown and (places := shown.rows.get(line.line.start)):
            return Assigned(places, "text-columns")
        named = above.is_ordered and above.is_known and not unnamed and above.repeated.isdisjoint(wanted)
        if not (named if shown is None or shown.is_ordered is None else shown.is_ordered):
            return Assigned(None, "header")
        if shown and shown.is_laid_out and len(record.lines) > 1:
            full = sorted(self._full_lines[count], key=lambda line: line.line)
            return Assigned(by_distances(self.source, record, full, count), "text-columns")
        return self._in_text(record, count)

    def _is_under_labels(self, line: TableLine) -> bool:
        """Says whether the words above a row are the form's labels in the form's order."""
        above = self._text_headers[line.line.start]
        return above.is_ordered and above.is_known

    def _shown(self, header: TextHeader, wanted: tuple[int, ...]) -> Shown:
        """Returns what the places of characters show of these columns under a header in running text."""
        key = header.line, wanted
        if key not in self._by_places:
            rows = (row for row in self._alignment.pairs if self.labels.wanted[row] == wanted)
            texts = [one for one in map(self._alignment.record, rows) if one.is_text and one.filled]
            under = [one for one in texts if self._text_headers[one.lines[0].line.start].line == header.line]
            is_plain = header.is_ordered and header.is_known and header.repeated.isdisjoint(wanted)
            self._by_places[key] = shown(self.source, header.pieces, under, self.labels, wanted, is_named=is_plain)
        return self._by_places[key]

    def _above(self, line: TableLine, wanted: tuple[int, ...]) -> Header | None:
        """Returns the header above a row of cells, if it is one of these columns and no others."""
        for header in reversed(self._headers[: bisect_right(self._header_ends, line.line.start)]):
            if not header.known.isdisjoint(wanted):
                return header if header.known.issubset(wanted) else None
        return None

    def _is_special(self, header: Header, line: TableLine, wanted: tuple[int, ...]) -> bool:
        """Says whether a header shows that the columns are not the form's in the form's order."""
        named = header.named
        if named == wanted:
            # A label over several columns: where the row has the header's grid, that tells which of them it fills.
            return len(header.cells) > len(named) and len(line.values) != len(wanted) and header.width == line.cells
        lacking = [index for index in wanted if index not in named]
        if not lacking or CONTRADICTED in named:
            return True
        if None in named:
            # A renamed column stands where the form has it; else it is not known which of them is lacking.
            other = other_names(header, wanted)
            return other is None or not all(may_name(cell.text, index, self.labels) for index, cell in other.items())
        known = [index for index in named if index is not None]
        permuted = known != sorted(known) and not self.labels.form.side_by_side
        # A column was left out, or only its label was: the rows tell.
        in_order = dict(zip(wanted, trimmed(line.values), strict=False))
        # A header that names few columns may count the others: 数据1. One that comes again may be shifted.
        heads = [one for one in self._headers if not one.known.isdisjoint(wanted)]
        over = [(index, one.text(in_order[index].column)) for one in heads for index in lacking if index in in_order]
        is_named = 2 * len(lacking) <= len(wanted)
        if is_named and any(text and not may_name(text, index, self.labels) for index, text in over):
            return True
        return permuted or self._widest[header.lines[-1].line] < len(wanted) or not agrees(header, line, in_order)

    @cached_property
    def _widest(self) -> dict[Span, int]:
        """For each header by its last line how many values the fullest row under it has."""
        widest: dict[Span, int] = defaultdict(int)
        for row in self._alignment.pairs:
            lines = self._alignment.record(row).lines
            if len(lines) == 1 and (header := self._above(lines[0], self.labels.wanted[row])):
                last = header.lines[-1].line
                widest[last] = max(widest[last], len(trimmed(lines[0].values)))
        return widest

    def _in_cells(self, line: TableLine, header: Header | None, wanted: tuple[int, ...]) -> Assigned:
        count = len(wanted)
        values = trimmed(line.values)
        if self._usual.get(count, count) > count and len(values) > 0:
            return Assigned(None, "count")  # a further column that no header names
        like = self._like(line, count)
        whole = [found for found in (line.values, values) if len(found) == count]
        in_order: Places | None = [*whole[0]] if whole else None
        under = under_plain(header, line, wanted) if len(line.filled) < count else None
        if in_order is not None and (under or self._is_in_order(whole[0], line, count)):
            agree = under is None or [_text(value) for value in under] == [_text(value) for value in in_order]
            if header is not None and (len(self.labels.form.rows) == 1 or header.named != wanted):
                agree = agree and agrees(header, line, dict(zip(wanted, in_order, strict=True)))
            return Assigned(in_order if agree else None, "order")
        if len(values) > count:
            places = without_notes(values, count)
            if places and header and not agrees(header, line, dict(zip(wanted, places, strict=True))):
                places = None
            return Assigned(places, "order" if places else "count")
        if not values:
            return Assigned([*line.values[:count], *[None] * (count - len(line.values))], "blank")
        filled = {value.column for value in values if value.text}
        fitting = [columns for columns in like if filled <= set(columns)]
        if len(fitting) == 1:
            return Assigned(by_column(line, fitting[0]), "grid")
        if not like and under is not None and header is not None and header.width == line.cells:
            return Assigned(under, "header")
        places = self._packed(count, line.block).places(line) if not like else None
        return Assigned(places, "grid" if places else "count")

    def _packed(self, count: int, block: int) -> Packed:
        key = count, block
        if key not in self._pieces:
            rows = (row for row in self._alignment.pairs if len(self.labels.wanted[row]) == count)
            lines = (one.lines[0] for one in map(self._alignment.record, rows) if len(one.lines) == 1)
            self._pieces[key] = Packed((line for line in lines if line.cells and line.block == block), count)
        return self._pieces[key]

    def _is_in_order(self, values: Sequence[Value], line: TableLine, count: int) -> bool:
        """Says whether as many cells as there are columns are those of the columns, though some are blank.

        They are if the grid has no other columns between: blank cells there would be taken for those of the form.
        """
        columns = tuple([value.column for value in values])
        like = self._columns.get((count, line.block, line.cells, line.label_column))
        return columns in like if like else not self._has_gaps or all(value.text for value in values)

    @cached_property
    def _has_gaps(self) -> bool:
        """Whether full rows, or headers, show a grid with other columns between those of the form."""
        rows = (columns for several in self._columns.values() for columns in several)
        named = (
            [cell.column for cell in header.cells] for header in self._headers if not self.labels.form.side_by_side
        )
        return any(right - left > 1 for columns in (*rows, *named) for left, right in pairwise(columns))

    def _like(self, line: TableLine, count: int) -> set[tuple[int, ...]]:
        """Returns where the values of like rows stand in the same piece of the table: a page end may change it.

        Rows with labels of other widths are like it only if these stand in one grid: else they are shifted.
        """
        like = self._columns.get((count, line.block, line.cells, line.label_column))
        if like:
            return like
        piece = (count, line.block, line.cells)
        found = [columns for key, columns in self._columns.items() if key[:3] == piece]
        return found[0] if len(found) > 1 and all(columns == found[0] for columns in found) else set()

    def _in_text(self, record: Record, count: int) -> Assigned:
        filled = record.filled
        if any(is_several(value.text) or is_run_together(value.text) for value in filled):
            return Assigned(None, "count")
        if self._usual.get(count, count) > count:
            return Assigned(None, "count")  # a further column that no header names
        if len(filled) >= count:
            # Of one row alone no other tells where the columns are.
            alone = len(record.lines) == len(self.labels.form.rows) == 1 and len(filled) == count
            unsure = alone and is_squeezed(record.lines[0])
            places = None if unsure else self._counted.places(record, count)
            return Assigned(places, "order" if places else "count")
        one_line = len(record.lines) == 1 and record.is_text
        places = by_single_spaces(self.source, record.lines[0], self._full_lines[count], count) if one_line else None
        return Assigned(places, "order" if places else "count")

    @cached_property
    def _counted(self) -> CountedRows:
        rows = [(self._alignment.record(row), len(self.labels.wanted[row])) for row in sorted(self._alignment.pairs)]
        return CountedRows(self.source, rows)


def _text(value: Value | None) -> str:
    return value.text if value is not None else ""


def _most_common(counter: Counter[int], count: int) -> int:
    """Returns the count that most rows have; the expected one of several."""
    return max(counter, key=lambda found: (counter[found], found == count), default=count)
