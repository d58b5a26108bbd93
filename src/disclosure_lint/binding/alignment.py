"""Records against the rows of the form: the best pairing that keeps the order of both, and how sure each pair is.

A dynamic programme over the pairs that are likely at all, with one scoring function. Besides the best chain of pairs it
gives the best chain through every other pair, which is the runner-up of the rows it changes; a row whose runner-up
scores nearly as high is in doubt. No equation is asked: a pairing is not chosen because it adds up.

(The chain is a heaviest increasing subsequence; best chains through each pair are max-marginals, forward and backward,
as in Viterbi decoding.)
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels, Likeness
from disclosure_lint.binding.records import MOST_PIECES, Record

WHOLE = 4.0
"""The row's wording ends the label: nothing else in the form ends so."""
WHOLE_SHORT = 3.0
"""A wording of two letters, like 总计: columns and other rows are called so too."""
ALIKE_ALL, ALIKE_NONE = 3.0, -1.0
"""For an altered label, by likeness from 1 down to 0: less than any whole wording, more than a place alone."""
ORDINAL, OTHER_ORDINAL = 1.0, -2.0
"""（七） before 总计 says which; another number speaks against it, though people misnumber."""
STRAY = -2.5
"""Words that the form has not stand before the wording in one piece: a row of last year, a part of something."""
ASTRAY = -2.5
"""Another row's group stands before it in one piece: （六）其他处理总计 is no （七）总计."""
CUT = 2.0
"""The label ends with the beginning of the row's wording, whose rest stands below: a page end."""
PLACE = 0.25
"""Nothing but its place and its numbers speak for it."""
FILLED = 1.0
"""Numbers outweigh a repeated header without."""
ROW, RECORD = 1.0, 1.0
"""Prices of a row without a record, and of numbers without a row, which every pair saves."""
MARGIN = 1.5
"""A runner-up that scores less than this below the best is nearly as good: less than one piece of strong evidence."""

_NOTHING = (0.0, -1)
_MOST_PAIRS = 4000
MOST_STRANGE = 100
"""No table has more records with unknown labels; a hostile file does not get more of our time."""


class Pair(NamedTuple):
    """A record and a row that it may hold."""

    place: int
    """Index of the record."""
    row: int
    """Index of the row of the form."""
    score: float
    altered: bool = False
    """Whether nothing but its place speaks for it: the label is not the form's."""
    reworded: bool = False
    """Whether its label is only like the form's, or has other words before it."""


class Rival(NamedTuple):
    """Another pair that was nearly chosen."""

    pair: Pair
    margin: float
    """So much lower is the score of the best alignment with it."""


class Alignment(NamedTuple):
    """Which record holds which row."""

    records: Sequence[Record]
    """All that were found."""
    pairs: dict[int, Pair]
    """By index of the form's row."""
    rivals: dict[int, Rival]
    """The runner-up of each of these rows, and of rows without a record that another row's record may be."""
    moved: frozenset[int]
    """Rows that do not stand in the form's order."""
    row_at: dict[int, int]
    """The rows by the places of their records."""

    def record(self, row: int) -> Record:
        """Returns the record of a row."""
        return self.records[self.pairs[row].place]

    def between(self, rows: int) -> dict[int, range]:
        """Returns for each row without a record the places of the records among which it would stand.

        The last is the record of the next row.
        """
        if len(self.pairs) == rows:
            return {}
        chain = sorted((row, pair.place) for row, pair in self.pairs.items() if row not in self.moved)
        bounds = [(-1, -1), *chain, (rows, len(self.records))]
        return {
            row: range(place + 1, next_place + 1)
            for (before, place), (after, next_place) in pairwise(bounds)
            for row in range(before + 1, after)
            if row not in self.moved
        }


def align(found: Sequence[Record], labels: Labels) -> Alignment:
    """Returns the pairing of records and rows."""
    likely = _likely(found, labels)
    # A row whose own label stands before numbers needs no record with an unknown one.
    if any(pair.altered for pair in likely):
        whole = {pair.row for pair in likely if not (pair.altered or pair.reworded) and found[pair.place].filled}
        likely = [pair for pair in likely if not pair.altered or pair.row not in whole]
    labelled = [pair.place for pair in likely if not pair.altered]
    if len(labels.form.rows) > 1:
        likely = [pair for pair in likely if not pair.altered or (labelled and labelled[0] < pair.place < labelled[-1])]
    forward = _best_before(likely)
    chosen = _chain(likely, forward)
    moved = _moved(found, labels, chosen) if len(chosen) < len(labels.form.rows) else {}
    # Where every likely pair was chosen there is no rival.
    rivals = _rivals(likely, forward, chosen, moved) if len(chosen) < len(likely) else {}
    chosen |= moved
    return Alignment(found, chosen, rivals, frozenset(moved), {pair.place: row for row, pair in chosen.items()})


def _likely(found: Sequence[Record], labels: Labels) -> list[Pair]:
    """Returns the pairs that are likely at all, by place."""
    pairs: list[Pair] = []
    strange = 0
    for place, record in enumerate(found):
        if not record.lines:
            continue
        pieces = record.label_texts[-MOST_PIECES:]
        if len(labels.form.rows) == 1:
            pairs += _only_row(place, record, labels)
            continue
        if labels.form.side_by_side and labels.names_several(pieces):
            continue
        likenesses = labels.likenesses(pieces) if strange < MOST_STRANGE or _ends(record, labels) else ()
        pairs += _labelled(place, record, labels, likenesses)
        if record.filled and strange < MOST_STRANGE and not any(like.stem == 1 for like in likenesses):
            strange += 1
            below = "".join(other.name for other in found[place + 1 : place + 3])
            pairs += _by_place(place, record, labels, below, {like.row for like in likenesses})
        if len(pairs) > _MOST_PAIRS:
            break
    return pairs


def _ends(record: Record, labels: Labels) -> bool:
    return record.name.endswith(labels.suffixes)


def _labelled(place: int, record: Record, labels: Labels, likenesses: Sequence[Likeness]) -> list[Pair]:
    saved = (FILLED + RECORD if record.filled else 0.0) + ROW
    return [
        Pair(place, one.row, score(one) + saved, reworded=one.stem < 1 or one.stray)
        for one in likenesses
        if not record.filled or can_hold(record, labels, one.row)
    ]


def _only_row(place: int, record: Record, labels: Labels) -> list[Pair]:
    """A record as wide as the one line of a table whose lines have no labels, or with numbers below all its columns."""
    columns, filled = len(labels.form.columns), len(record.filled)
    is_wide = len(record.values) >= columns or 2 * filled > columns
    if is_wide or (record.is_text and filled > 1 and labels.are_all_in(record.name)):
        return [Pair(place, 0, PLACE + (FILLED + RECORD if filled else 0.0) + ROW)]
    return []


def _by_place(place: int, record: Record, labels: Labels, below: str, alike: Collection[int]) -> list[Pair]:
    """A record whose label is unknown, for each row that it is as full as.

    `below` are the letters that follow it; if it is like the labels of some rows, its place speaks for no others.
    """
    pairs: list[Pair] = []
    filled = len(record.filled)
    # A remark may stand in a cell between the label and the numbers.
    cut_rows = labels.cut(record.name, below) | labels.cut("".join(record.label_texts[:-1]), below)
    last = len(labels.form.rows) - 1
    for row, form in enumerate(labels.form.rows):
        cut = row in cut_rows
        # By place neither the first row nor the last: nothing tells them from numbers above and below the table.
        if row not in alike and (cut or (filled == len(form.columns) and not alike and 0 < row < last)):
            ordinal = labels.ordinal_of(record.label_texts, row)
            points = (ORDINAL if ordinal > 0 else OTHER_ORDINAL if ordinal else 0.0) + FILLED + RECORD + ROW
            pairs.append(Pair(place, row, (CUT if cut else PLACE) + points, altered=not cut))
    return pairs


def score(like: Likeness) -> float:
    """Returns how much a label's likeness speaks for a row."""
    if like.stem == 1:
        points = WHOLE_SHORT if like.short else WHOLE
    else:
        points = ALIKE_NONE + like.stem * (ALIKE_ALL - ALIKE_NONE)
    if like.ordinal:
        points += ORDINAL if like.ordinal > 0 else OTHER_ORDINAL
    return points + (STRAY if like.stray else 0.0) + (ASTRAY if like.astray else 0.0)


def can_hold(record: Record, labels: Labels, row: int) -> bool:
    """Says whether a record has values that are more than a page number between a label and its row."""
    return bool(record.filled) and not (record.may_be_page_number and len(labels.form.rows[row].columns) > 1)


def _best_before(pairs: Sequence[Pair]) -> list[tuple[float, int]]:
    """Returns for each pair the weight of the best chain that ends with it, and the index of the pair before it, or -1.

    Pairs come in the order of places.
    """
    best: list[tuple[float, int]] = []
    rows: list[int] = []
    chains: list[tuple[float, int]] = []
    """The best chain that ends at each of these rows or before: both ascend."""
    start = 0
    for index, pair in enumerate(pairs):
        # Pairs of one place cannot follow each other: they are entered together, when the next place comes.
        if pair.place != pairs[start].place:
            for earlier in range(start, index):
                _enter(rows, chains, pairs[earlier].row, (best[earlier][0], earlier))
            start = index
        at = bisect_left(rows, pair.row)
        weight, before = chains[at - 1] if at else _NOTHING
        best.append((pair.score + weight, before) if weight > 0 else (pair.score, -1))
    return best


def _enter(rows: list[int], chains: list[tuple[float, int]], row: int, chain: tuple[float, int]) -> None:
    """Enters a chain that ends at a row, unless one that ends before is better, and drops those that are worse."""
    end = bisect_right(rows, row)
    if end and chains[end - 1] >= chain:
        return
    begin = bisect_left(rows, row)
    while end < len(rows) and chains[end] <= chain:
        end += 1
    rows[begin:end], chains[begin:end] = [row], [chain]


def _chain(pairs: Sequence[Pair], best: Sequence[tuple[float, int]]) -> dict[int, Pair]:
    """Returns the pairs of the best chain by row."""
    chosen: dict[int, Pair] = {}
    index = max(range(len(pairs)), key=lambda index: best[index][0], default=-1)
    while index >= 0:
        chosen[pairs[index].row] = pairs[index]
        index = best[index][1]
    return chosen


def _rivals(
    pairs: Sequence[Pair], forward: Sequence[tuple[float, int]], chosen: Mapping[int, Pair], moved: Mapping[int, Pair]
) -> dict[int, Rival]:
    """Returns for each row the pair of the best alignment without its own, with how much worse that is.

    An alignment without a pair holds one that contradicts it: by the row, by the record, or by the order. Rows without
    a pair have one too, if a record that another row was given may be theirs. Rows that changed places are no rivals.
    """
    backward = _best_before([Pair(-pair.place, -pair.row, pair.score) for pair in reversed(pairs)])[::-1]
    through = [
        ahead + behind - pair.score for pair, (ahead, _), (behind, _) in zip(pairs, forward, backward, strict=True)
    ]
    best = max(through)
    rivals: dict[int, Rival] = {}
    for pair, weight in zip(pairs, through, strict=True):
        if chosen.get(pair.row) == pair or (pair.row in moved and moved[pair.row].place == pair.place):
            continue
        rival = Rival(pair, best - weight)
        against = [row for row, other in chosen.items() if (other.place < pair.place) != (row < pair.row)]
        against += [row for row, other in chosen.items() if (other.place == pair.place) != (row == pair.row)]
        if against and pair.row not in chosen:
            against.append(pair.row)
        for row in against:
            if row not in rivals or rival.margin < rivals[row].margin:
                rivals[row] = rival
    return rivals


def _moved(found: Sequence[Record], labels: Labels, chosen: Mapping[int, Pair]) -> dict[int, Pair]:
    """Pairs rows that changed places: each with the one record left that is labelled as it, word for word."""
    taken = {pair.place for pair in chosen.values()}
    left = [(place, record) for place, record in enumerate(found) if place not in taken and record.lines]
    places: dict[int, list[Pair]] = {}
    for place, record in left[:_MOST_PAIRS]:
        if not _ends(record, labels):
            continue
        for like in labels.likenesses(record.label_texts[-MOST_PIECES:]):
            # Out of its place, a label without numbers that also names a group is the group's line.
            blank = not record.filled and not like.short and not record.name.endswith(tuple(labels.group_words))
            if like.is_whole and like.row not in chosen and (blank or can_hold(record, labels, like.row)):
                places.setdefault(like.row, []).append(Pair(place, like.row, score(like)))
    return {row: several[0] for row, several in places.items() if len(several) == 1}
