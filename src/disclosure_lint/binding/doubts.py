"""Rows of which it is not certain that the numbers are theirs, though they were bound.

Nine signs on the page, and no equation: another record might nearly as well be the row; another is labelled as it,
word for word, with other numbers; a row that was not found may be one out of its order, with a label that is cut or in
other words; a row that changed places has the number of the row in whose place it stands; two labels stand in one cell;
numbers without a label stand near a row whose numbers are not on its label's line; numbers of a row may go on in those
above or below it; a row is blank beside numbers that have no label.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Literal, NamedTuple

from disclosure_lint.binding.alignment import MARGIN, MOST_STRANGE, Alignment, can_hold
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.records import MOST_PIECES, Record
from disclosure_lint.binding.wordings import SHORT


class Doubt(NamedTuple):
    """Why a row is not certain."""

    reason: Literal["count", "columns", "rival", "apart", "row"]
    """As in `Unclear`; the last three are found here."""
    rival: Record | None = None
    """The other record, or the one that may be another row's."""
    other: int | None = None
    """Index of that other row; None if the order of the rows is all that speaks against this one."""


def doubts(
    alignment: Alignment,
    labels: Labels,
    bare: Mapping[int, int],
    placed: Collection[int],
    *,
    left_over: bool,
    pages: bool,
) -> dict[int, Doubt]:
    """Returns the rows in doubt.

    `bare` has for each row whose label stands without numbers the place of the record whose label it is part of;
    `placed` has the rows whose columns the places of their numbers tell; `left_over` says whether some are of no row,
    `pages` whether the numbers of pages may stand between them.
    """
    nearly = list(_nearly_chosen(alignment))
    # Of several the last one is said.
    return dict(
        chain(
            (one for one in nearly if one[1].reason == "row"),
            _apart(alignment, labels, bare, placed, left_over),
            _broken(alignment, labels, pages),
            _beside_numbers(alignment, labels),
            _words_against_place(alignment, labels),
            _in_one_cell(alignment, labels),
            _twice(alignment, labels),
            _out_of_order(alignment, labels),
            (one for one in nearly if one[1].reason == "rival"),
        )
    )


_Found = Iterator[tuple[int, Doubt]]


def _nearly_chosen(alignment: Alignment) -> _Found:
    """Yields rows whose runner-up is nearly as good."""
    for row, rival in sorted(alignment.rivals.items()):
        if rival.margin >= MARGIN:
            continue
        pair, other = alignment.pairs.get(row), alignment.records[rival.pair.place]
        if pair is None:
            yield row, Doubt("row", other, alignment.row_at.get(rival.pair.place))
        elif pair.place == rival.pair.place:
            yield row, Doubt("row", other, rival.pair.row)
        elif pair.row != rival.pair.row:
            yield row, Doubt("row", other)
        elif not _same(alignment.record(row), other):
            yield row, Doubt("rival", other)


def _twice(alignment: Alignment, labels: Labels) -> _Found:
    """Yields rows whose label stands twice, word for word, before different numbers."""
    taken = alignment.row_at
    for place, record in enumerate(alignment.records):
        if place in taken or not record.filled:
            continue
        below = "".join(other.name for other in alignment.records[place + 1 : place + 3])
        for row in labels.cut(record.name, below) & alignment.pairs.keys():
            if len(record.filled) >= len(labels.form.rows[row].columns) > 1:
                yield row, Doubt("rival", record)
        for like in labels.ending(record.label_texts):
            # Under another group's heading too: which of the two stands astray is not certain then.
            known = like._replace(astray=False).is_whole and like.row in alignment.pairs
            if known and can_hold(record, labels, like.row) and not _same(alignment.record(like.row), record):
                yield like.row, Doubt("rival", record)


def _out_of_order(alignment: Alignment, labels: Labels) -> _Found:
    """Yields rows without a record whose label, cut or in other words, stands before numbers of no row."""
    if len(alignment.pairs) == len(labels.form.rows):
        return
    left = (one for place, one in enumerate(alignment.records) if one.filled and place not in alignment.row_at)
    for record in islice(left, MOST_STRANGE):
        for like in labels.likenesses(record.label_texts[-MOST_PIECES:]):
            if like.stem < 1 and like.row not in alignment.pairs and can_hold(record, labels, like.row):
                yield like.row, Doubt("row", record)


def _in_one_cell(alignment: Alignment, labels: Labels) -> _Found:
    """Yields rows whose label stands in one cell behind that of another row, and that other row."""
    for row in alignment.pairs:
        record = alignment.record(row)
        for text in record.label_texts[-1:] if not record.is_text else ():
            before = labels.before(text, row)
            for other, stems in enumerate(labels.stems) if len(before) > SHORT else ():
                whole = [stem for stem in stems if len(stem) > SHORT and stem not in labels.group_words]
                if other != row and any(stem in before for stem in whole):
                    yield row, Doubt("row", record, other)
                    yield other, Doubt("row", record, row)


def _words_against_place(alignment: Alignment, labels: Labels) -> _Found:
    """Yields rows whose words speak for one row, and their place and ordinal for another, and that other row."""
    in_order = {pair.place: row for row, pair in alignment.pairs.items() if row not in alignment.moved}
    for row in alignment.moved:
        place, record = alignment.pairs[row].place, alignment.record(row)
        # Those on either side too: with its words exchanged, one of them may be thought to be in order.
        first = max((other for at, other in in_order.items() if at < place), default=0)
        last = min((other for at, other in in_order.items() if at > place), default=len(labels.form.rows) - 1)
        # A heading above the row may have its label with the number, and the row itself without.
        before = labels.before_all(record.name, row)
        for other in range(first, last + 1):
            if other != row and any(labels.has_ordinal(text, other) for text in before):
                yield row, Doubt("row", record, other)
                yield other, Doubt("row", record, row)


def _same(record: Record, other: Record) -> bool:
    """Says whether two records have the same numbers, so that it does not matter which of them is the row."""
    return [value.text for value in record.filled] == [value.text for value in other.filled] and bool(record.filled)


def _apart(
    alignment: Alignment, labels: Labels, bare: Mapping[int, int], placed: Collection[int], left_over: bool
) -> _Found:
    """Yields rows of text whose numbers may be those of the label above or below, as order alone does not tell.

    The sign is numbers that no label before them explains; what follows is in doubt up to the next row that has its
    label and all its numbers on one line. A number alone may be a page's: it is a sign if a label lacks numbers below.
    """
    row_at, records = alignment.row_at, alignment.records
    apart: list[int] = []
    lacking: dict[int, list[int]] = {}
    for row, place in bare.items():
        lacking.setdefault(place, []).append(row)
    zone: list[int] = []
    is_open = is_sure = False
    for place, record in enumerate(records):
        if is_open and place in lacking:
            apart += lacking[place]
            is_sure = True
        if _is_plain(place, records, row_at, labels, placed):
            apart += zone if is_sure else ()
            zone, is_open, is_sure = [], False, False
        elif record.is_text:
            if _is_orphan(record, row_at.get(place), labels):
                is_open = True
                is_sure = is_sure or not record.may_be_page_number
            if left_over and record.filled and place in row_at:
                # Where numbers are of no row, those of others may be in their places.
                apart.append(row_at[place])
        if is_open and place in row_at:
            zone.append(row_at[place])
    apart += zone if is_sure else ()
    yield from ((row, Doubt("apart")) for row in apart)


def _broken(alignment: Alignment, labels: Labels, pages: bool) -> _Found:
    """Yields rows of text whose numbers may go on in those beside them: of no row, or more than that row can have.

    A narrow column breaks its numbers over lines: 907 above 7. In text with `pages` a number alone may be a page's.
    """
    row_at, records = alignment.row_at, alignment.records
    columns = [len(row.columns) for row in labels.form.rows]
    doubt = Doubt("apart")
    for place, record in enumerate(records):
        beside = [at for at in (place - 1, place + 1) if at in row_at and records[at].is_text]
        if place in row_at:
            row = row_at[place]
            if record.is_text and len(record.filled) > columns[row] + (pages and record.may_hold_page_number):
                yield from ((row_at[at], doubt) for at in beside)
            elif record.is_text and 0 < len(record.filled) < columns[row] and _goes_on(records, place, labels):
                yield row, doubt
        elif record.filled and (record.is_text or not record.name):
            is_row = _is_row(record, labels)
            if place - 1 in row_at and not is_row:
                yield row_at[place - 1], doubt
            if not (pages and record.may_be_page_number):
                short = [at for at in beside if not is_row or len(records[at].filled) < columns[row_at[at]]]
                yield from ((row_at[at], doubt) for at in short)


def _goes_on(records: Sequence[Record], place: int, labels: Labels) -> bool:
    """Says whether a label that breaks off goes on before the numbers of the next record."""
    if any(labels.ending(records[place].label_texts)) or labels.form.side_by_side or place + 1 == len(records):
        return False
    below = records[place + 1]
    is_rest = below.is_text and len(below.label_texts) == 1 and bool(below.filled)
    return is_rest and not any(labels.ending(below.label_texts))


def _is_row(record: Record, labels: Labels) -> bool:
    """Says whether a record of no row is one by itself: labelled, and as full as the widest, or a copy."""
    if not record.name or len(record.filled) >= max(len(row.columns) for row in labels.form.rows):
        return bool(record.name)
    return any(like.is_whole for like in labels.ending(record.label_texts))


def has_left_over(alignment: Alignment, labels: Labels) -> bool:
    """Says whether numbers in running text are of no row: more than a page's number, less than a row of their own."""
    row_at = alignment.row_at
    return any(
        record.is_text
        and _is_orphan(record, row_at.get(place), labels)
        and not record.may_be_page_number
        and (place in row_at or not _is_row(record, labels))
        for place, record in enumerate(alignment.records)
    )


def may_be_elsewhere(alignment: Alignment, labels: Labels, row: int, placed: Collection[int]) -> bool:
    """Says whether the numbers of a row whose label stands in text without any may stand elsewhere.

    It is surely blank between rows that have their label and all their numbers on one line; of rows in `placed` it is
    known by the places of their columns.
    """
    row_at, records = alignment.row_at, alignment.records
    beside = [max((other for other in alignment.pairs if other < row), default=None)]
    beside.append(min((other for other in alignment.pairs if other > row), default=None))
    places = [(other, alignment.pairs[other].place) for other in beside if other is not None]
    return not places or not all(_is_plain(place, records, row_at, labels, placed) for other, place in places)


def _is_orphan(record: Record, row: int | None, labels: Labels) -> bool:
    """Says whether a record has numbers that no label before them explains."""
    count = len(record.filled)
    if row is None:
        return count > 0
    expected = len(labels.form.rows[row].columns)
    return count - expected >= max(2, expected)


def _is_plain(
    place: int, records: Sequence[Record], row_at: Mapping[int, int], labels: Labels, placed: Collection[int]
) -> bool:
    """Says whether a record is a row with its label and all its numbers on one line, or in cells."""
    record, row = records[place], row_at.get(place)
    if not record.lines or not record.is_text:
        return any(line.pieces or labels.form.side_by_side for line in record.lines)
    full = row is not None and (row in placed or len(record.filled) >= len(labels.form.rows[row].columns))
    return full and record.on_one_line


def _beside_numbers(alignment: Alignment, labels: Labels) -> _Found:
    """Yields rows of blank cells above or below numbers without a label."""
    row_at, records = alignment.row_at, alignment.records
    for place, row in row_at.items():
        if records[place].filled:
            continue
        others = [records[at] for at in (place - 1, place + 1) if 0 <= at < len(records) and at not in row_at]
        if any(len(other.filled) > 1 and labels.is_of_groups(other.name) for other in others):
            yield row, Doubt("apart")
