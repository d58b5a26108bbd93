"""What a table's header says about its columns: which are missing, and whether they stand in another order."""

from collections import Counter
from collections.abc import Sequence

from disclosure_lint.binding.columns import Places
from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.records import Record
from disclosure_lint.binding.strips import Strip


class Headers:
    """The header rows of a table."""

    def __init__(self, strips: Sequence[Strip], labels: Labels):
        self._ids = [column.id for column in labels.form.columns]
        self._labels = labels
        self._rows = [strip for strip in strips if strip.cells and not any(value.text for value in strip.values)]
        self._orders = [
            order for strip in self._rows if len(order := _named(strip, labels)) > 1 and order != sorted(order)
        ]
        """Of header rows that name columns in another order than the form, the indexes of these columns."""

    def arranged(self, places: Places | None, columns: Sequence[str]) -> Places | None:
        """Returns a row's values in the form's order; None if the header does not show which is which."""
        if places is None or not self._orders:
            return places
        wanted = [self._ids.index(column) for column in columns]
        for order in self._orders:
            if len(set(order) & set(wanted)) < 2:
                continue
            if sorted(order) != sorted(wanted):
                return None
            return [places[order.index(index)] for index in wanted]
        return places

    def columns(self, record: Record, ids: Sequence[str]) -> tuple[int, ...] | None:
        """Returns the columns of the grid that headers as wide as a row name so; None unless each is named in one."""
        named: dict[str, set[int]] = {id: set() for id in ids}
        for strip in self._rows:
            if (strip.block, strip.cells) == (record.strips[0].block, record.strips[0].cells):
                for (text, _), column in zip(strip.pieces, strip.columns, strict=True):
                    for id in self._meant(text):
                        named.get(id, set()).add(column)
        if any(len(columns) != 1 for columns in named.values()):
            return None
        return tuple(next(iter(columns)) for columns in named.values())

    def _meant(self, text: str) -> list[str]:
        return [id for id, keys in zip(self._ids, self._labels.columns, strict=True) if text in keys]


def missing_columns(labels: Labels, strips: Sequence[Strip]) -> tuple[str, ...]:
    """Returns the columns whose label is not in the text, not even in pieces between those of its neighbours."""
    text = "".join(piece for strip in strips for piece, _ in strip.pieces)
    absent = [
        (column.id, keys)
        for column, keys in zip(labels.form.columns, labels.columns, strict=True)
        if not any(key in text for key in keys)
    ]
    unnamed = _left_out(labels, strips)
    if not absent and not unnamed:
        return ()
    present = Counter(text)
    unnamed |= {id for id, keys in absent if not any(Counter(key) <= present for key in keys)}
    return tuple(column.id for column in labels.form.columns if column.id in unnamed)


def _left_out(labels: Labels, strips: Sequence[Strip]) -> set[str]:
    """Returns the columns that header rows of cells do not name though they name most of the others.

    A label like 总计 may stand in the table elsewhere.
    """
    named: set[int] = set()
    for strip in strips:
        if strip.cells and not any(value.text for value in strip.values):
            named.update(_named(strip, labels))
            if len(named) == len(labels.columns):
                return set()
    if len(named) <= len(labels.columns) / 2:
        return set()
    heads = [strip for strip in strips if not any(value.text for value in strip.values)]
    pieces = [text for strip in heads for text, _ in strip.pieces]
    elsewhere = "".join(labels.not_of_rows(pieces))
    rest = Counter("".join(labels.unknown(pieces)))
    return {
        labels.form.columns[index].id
        for index, keys in enumerate(labels.columns)
        if index not in named and not any(key in elsewhere or Counter(key) <= rest for key in keys)
    }


def _named(strip: Strip, labels: Labels) -> list[int]:
    """Returns the indexes of the columns that the cells of a row name, left to right."""
    found = [next((i for i, keys in enumerate(labels.columns) if text in keys), None) for text, _ in strip.pieces]
    return [index for index in found if index is not None]
