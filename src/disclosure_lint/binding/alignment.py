"""Records against the rows of the form: the best pairing that keeps the order of both."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_lint.binding.labels import ALIKE, Labels
from disclosure_lint.binding.records import Record

_SURELY_ALIKE = 0.85
_SHORT = 2
_FILLED = 1.0
"""A record with values outweighs a repeated header without."""


_MOST_PLACES = 100
_MOST_NODES = 1000
"""No table has more; a hostile file does not get more of our time."""


class Alignment(NamedTuple):
    """Which record holds which row."""

    records: dict[int, Record]
    """By index of the form's row."""
    altered: tuple[int, ...]
    """Rows bound by their place alone: the label is not the form's."""
    absent: tuple[int, ...]
    """Rows without a record."""
    between: dict[int, tuple[Record, ...]]
    """For each absent row the records among which it would stand, the one of the next row last."""


def align(found: Sequence[Record], labels: Labels) -> Alignment:
    """Returns the pairing of records and rows."""
    names = [record.name for record in found]
    pairs = _in_order(found, names, labels)
    if pairs is not None:
        return Alignment({row: found[place] for row, place in pairs.items()}, (), (), {})
    pairs = _best_chain(found, names, labels)
    moved = _out_of_order(found, labels, pairs)
    altered: list[int] = []
    for rows, places in _gaps(pairs, len(labels.keys), len(found)):
        rows = [row for row in rows if row not in moved]
        free = [place for place in places if place not in moved.values()]
        if rows:
            _fill(rows, free, found, labels, pairs, altered)
    between = {
        row: tuple(found[places.start : places.stop + 1])
        for rows, places in _gaps(pairs, len(labels.keys), len(found))
        for row in rows
        if row not in moved
    }
    records = {row: found[place] for row, place in (pairs | moved).items()}
    return Alignment(records, tuple(altered), tuple(between), between)


def _in_order(found: Sequence[Record], names: Sequence[str], labels: Labels) -> dict[int, int] | None:
    """The usual case, quickly: every row's label ends the name of a record, all in order."""
    pairs: dict[int, int] = {}
    place = 0
    for row, keys in enumerate(labels.keys):
        while place < len(found) and not (names[place].endswith(keys) and _can_hold(found[place], labels, row)):
            place += 1
        if place == len(found):
            return None
        pairs[row] = place
        place += 1
    return pairs


def _best_chain(found: Sequence[Record], names: Sequence[str], labels: Labels) -> dict[int, int]:
    """Returns the heaviest chain of likely pairs in which both rows and records ascend."""
    nodes = [
        (place, row, score + (_FILLED if found[place].filled else 0.0))
        for place, name in enumerate(names)
        if name and found[place].strips
        for row, score in labels.candidates(name)
        if not found[place].filled or _can_hold(found[place], labels, row)
    ]
    del nodes[_MOST_NODES:]
    best: list[tuple[float, int]] = []
    for index, (place, row, score) in enumerate(nodes):
        before = max(
            ((best[i][0], i) for i in range(index) if nodes[i][0] < place and nodes[i][1] < row), default=(0.0, -1)
        )
        best.append((before[0] + score, before[1]))
    pairs: dict[int, int] = {}
    index = max(range(len(best)), key=lambda i: best[i][0], default=-1)
    while index >= 0:
        place, row, _ = nodes[index]
        pairs[row] = place
        index = best[index][1]
    return pairs


def _out_of_order(found: Sequence[Record], labels: Labels, pairs: dict[int, int]) -> dict[int, int]:
    """Pairs rows that changed places: each with the one record that is labelled as it, word for word."""
    taken = set(pairs.values())
    places: dict[int, list[int]] = {}
    for place, record in enumerate(found[:_MOST_NODES]):
        row = labels.exact(record.pieces) if record.strips and place not in taken else None
        if row is not None and row not in pairs and (_can_hold(record, labels, row) or _is_empty(record, labels)):
            places.setdefault(row, []).append(place)
    return {row: several[0] for row, several in places.items() if len(several) == 1}


def _is_empty(record: Record, labels: Labels) -> bool:
    """Says whether a record is a row that nobody filled in; a header may end with a short label."""
    return not record.filled and len(record.name) > _SHORT and record.name in labels.suffixes


def _gaps(pairs: dict[int, int], rows: int, places: int) -> list[tuple[list[int], range]]:
    """Returns the runs of rows without a record, each with the records between its neighbours."""
    gaps: list[tuple[list[int], range]] = []
    bounds = [(-1, -1), *sorted(pairs.items()), (rows, places)]
    for (row, place), (next_row, next_place) in pairwise(bounds):
        if next_row - row > 1:
            gaps.append((list(range(row + 1, next_row)), range(place + 1, next_place)))
    return gaps


def _fill(
    rows: list[int],
    places: list[int],
    found: Sequence[Record],
    labels: Labels,
    pairs: dict[int, int],
    altered: list[int],
) -> None:
    """Pairs what is left between two sure rows: by a label in two parts, by likeness, else, if clear, by place."""
    places[:] = [place for place in places if _can_hold(found[place], labels, rows[0])]
    # Among rows that are not the form's, an altered label must be surer.
    strange = [place for place in places if not labels.candidates(found[place].name)]
    least = ALIKE if len(strange) <= len(rows) else _SURELY_ALIKE
    for row in list(rows) if len(places) <= _MOST_PLACES else []:
        like = [place for place in places if _goes_on(found, place, labels, row, 1)]
        like = like or [place for place in places if _likeness(found[place].name, labels, row) >= least]
        if like:
            pairs[row] = like[0]
            rows.remove(row)
            places[:] = [place for place in places if place > like[0]]
    if not rows or len(rows) != len(places):
        return
    by_place = dict(zip(rows, places, strict=True))
    whole = {row: _goes_on(found, place, labels, row) for row, place in by_place.items()}
    if all(whole[row] or _can_only_be(found[place], labels, row) for row, place in by_place.items()):
        pairs.update(by_place)
        altered += [row for row in rows if not whole[row]]


def _likeness(name: str, labels: Labels, row: int) -> float:
    return 0.0 if _is_of_another(name, labels, row) else labels.similarity(name, row)


def _is_of_another(name: str, labels: Labels, row: int) -> bool:
    rows = [index for index, _ in labels.candidates(name)]
    return bool(rows) and row not in rows


def _can_only_be(record: Record, labels: Labels, row: int) -> bool:
    """Says whether a record is as full as a row and not labelled like another one."""
    return (
        row > 0
        and len(record.filled) == len(labels.form.rows[row].columns)
        and not _is_of_another(record.name, labels, row)
        and all(labels.similarity(record.name, other) < ALIKE for other in range(len(labels.keys)))
    )


def _goes_on(found: Sequence[Record], place: int, labels: Labels, row: int, least: int = 0) -> bool:
    """Says whether a page end cut the row's label behind so many letters, so that its rest stands below its numbers."""
    if _is_of_another(found[place].name, labels, row):
        return False
    below = "".join(record.name for record in found[place + 1 : place + 3])
    name = found[place].name
    keys = labels.keys[row]
    return any(name.endswith(key[:cut]) and key[cut:] in below for key in keys for cut in range(least, len(key)))


def _can_hold(record: Record, labels: Labels, row: int) -> bool:
    """Says whether a record has values that are more than a page number between a label and its row."""
    return bool(record.filled) and not (record.may_be_page_number and len(labels.form.rows[row].columns) > 1)
