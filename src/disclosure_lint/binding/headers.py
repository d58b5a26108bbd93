"""What a table's header says about its columns: which stand where, which are missing or called other_names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.binding.lines import TableLine
from disclosure_lint.binding.wordings import letters
from disclosure_lint.model.numbers import UNIT, scale
from disclosure_lint.model.source import Span

_UNIT_ENDS = frozenset("元件条个项宗次份人")
_HEADED_UNIT = rf"单位({UNIT})|({UNIT})$"

_LIKE = 2
"""Letters that two names of a column have in common; one is chance: 小计 and 总计."""
CONTRADICTED = -1
"""Index of a column that a header names a second time."""


class HeaderCell(NamedTuple):
    """What a header says of one column of the grid."""

    column: int
    """Column of the grid."""
    form_column: int | None
    """Index of the form's column that it names, `CONTRADICTED`, or None for a column that the form has not: 备注."""
    text: str
    """The letters of its label."""
    label: tuple[int, int]
    """Row of the header and piece of it that is its label."""


class _Row(NamedTuple):
    """A header row without its places."""

    texts: tuple[str, ...]
    columns: tuple[tuple[int, int], ...]
    cells: int


class Header(NamedTuple):
    """Header rows that follow each other."""

    lines: Sequence[TableLine]
    width: int
    """Columns of the grid that it takes up."""
    cells: tuple[HeaderCell, ...]
    """Its columns, left to right, from the first that the form has."""
    known: frozenset[int]
    """The indexes of the form's columns among them."""
    named: tuple[int | None, ...]
    """The indexes of the form's columns, left to right, with None for others; repeated cells count once."""

    @property
    def block(self) -> int:
        """Where its table begins."""
        return self.lines[-1].block

    def text(self, column: int) -> str:
        """Returns the letters of the lowest label over a column of the grid; nothing where there is none."""
        over = [
            text
            for line in self.lines
            for (text, _), (start, end) in zip(line.pieces, line.columns, strict=True)
            if start <= column < end
        ]
        return over[-1] if over else ""

    def place(self, cell: HeaderCell) -> Span:
        """Returns where the label of a column stands."""
        row, piece = cell.label
        return self.lines[row].pieces[piece][1]


def headers(lines: Sequence[TableLine], labels: Labels) -> list[Header]:
    """Returns the headers among the lines of a table, in order, if they name any column of the form."""
    found: list[Header] = []
    group: list[TableLine] = []
    for line in lines:
        is_head = line.cells and line.pieces and not line.filled
        if group and (not is_head or group[-1].block != line.block):
            found += _header(group, labels)
            group = []
        if is_head:
            group.append(line)
    return found + _header(group, labels)


def _header(group: Sequence[TableLine], labels: Labels) -> list[Header]:
    rows = tuple([_Row(tuple([text for text, _ in head.pieces]), head.columns, head.cells) for head in group])
    cells = _cells(rows, labels)
    if not cells:
        return []
    named = [cell.form_column for cell in cells]
    once = tuple([cell.form_column for cell in _once(cells)])
    known = frozenset([index for index in named if index is not None and index != CONTRADICTED])
    return [Header(group, max(head.cells for head in group), cells, known, once)]


@lru_cache(maxsize=4096)  # headers come again in every report
def _cells(heads: tuple[_Row, ...], labels: Labels) -> tuple[HeaderCell, ...]:
    """Returns the columns that header rows name from the first of the form's on."""
    stacks: dict[int, list[str]] = {}
    lowest: dict[int, tuple[int, int]] = {}
    for row, head in enumerate(heads):
        for piece, (text, (start, end)) in enumerate(zip(head.texts, head.columns, strict=True)):
            for column in range(start, end):
                stacks.setdefault(column, []).append(text)
                lowest[column] = row, piece
    side_by_side = labels.form.side_by_side
    # A row with fewer cells than others was torn: its labels may stand above other columns than theirs.
    width = max([head.cells for head in heads], default=0)
    groups = [dict(_spread(head)) for head in heads if head.cells == width] if side_by_side else []
    used: set[int] = set()
    cells: list[HeaderCell] = []
    for column, stack in sorted(stacks.items()):
        text, label = stack[-1], lowest[column]
        if not side_by_side and len({tuple(labels.called[word]) for word in stack if word in labels.called}) > 1:
            return ()  # two columns above each other: the cells of the header are shifted against each other
        named = _meant(stack, labels)
        last = cells[-1] if cells else None
        # One label over several columns, in one cell or written in each.
        again = last and (last.label == label or (last.text == text and not side_by_side))
        index: int | None
        if last and again and last.form_column in named:
            index = last.form_column
        else:
            above = {spread[column] for spread in groups if column in spread}
            index = _chosen(named, used, above, labels)
        if index is None and (text in labels.header_words or text in labels.vocabulary.split()):
            continue
        if index is None and not cells:
            continue  # 项目, 序号 and the like above the labels
        if index is not None:
            used.add(index)
        cells.append(HeaderCell(column, index, text, label))
    # Where the header of blocks beside each other lacks cells, the others may be shifted.
    whole = not labels.groups or not side_by_side or len(cells) >= len(labels.columns)
    return tuple(cells) if whole else ()


def _spread(head: _Row) -> Iterator[tuple[int, str]]:
    """Yields the label above each column, where a group's label stands at its first column only."""
    ends = [start for start, _ in head.columns[1:]] + [head.cells]
    for text, (start, end), after in zip(head.texts, head.columns, ends, strict=True):
        yield from ((column, text) for column in range(start, max(end, after)))


def _meant(stack: Sequence[str], labels: Labels) -> list[int]:
    """Returns the form's columns that labels above each other name: the lowest, or several joined."""
    if stack[-1] in labels.called:
        return labels.called[stack[-1]]
    joined = ("".join(stack[start:]) for start in range(len(stack) - 2, -1, -1))
    return next((labels.called[text] for text in chain(joined, stack[-2::-1]) if text in labels.called), [])


def _chosen(named: Sequence[int], used: set[int], above: set[str], labels: Labels) -> int | None:
    """Returns which of the form's columns of one name it is: the one whose group stands above it, else the next.

    `CONTRADICTED` if that one was named before.
    """
    for index in named:
        groups = labels.form.columns[index].groups
        if labels.form.side_by_side and groups and letters(groups[-1]) in above:
            return CONTRADICTED if index in used else index
    return next((index for index in named if index not in used), CONTRADICTED if named else None)


def other_names(header: Header, columns: Sequence[int]) -> dict[int, HeaderCell] | None:
    """Returns the cells that stand for columns of the form under other names, by index.

    None if the header has not as many columns, or names any but in its place.
    """
    cells = _once(header.cells)
    if len(cells) != len(columns):
        return None
    other = {index: cell for cell, index in zip(cells, columns, strict=True) if cell.form_column != index}
    return other if all(one.form_column is None for one in other.values()) else None


def _once(cells: Sequence[HeaderCell]) -> list[HeaderCell]:
    """Returns the cells of a header, of several that follow each other for one of the form's columns the first."""
    befores = [None, *(cell.form_column for cell in cells)]
    return [cell for cell, before in zip(cells, befores, strict=False) if before is None or cell.form_column != before]


def may_name(text: str, index: int, labels: Labels) -> bool:
    """Says whether a header's words may be another name for a column of the form, and for no other one.

    科研单位 has two letters of 科研机构, 备注 none; 上年自然人 has all of 自然人 and more, so that it is another.
    """
    if text in labels.header_words or text in labels.form.columns[index].wrong_names:
        return True
    shares = [max((Counter(text) & Counter(key)).total() for key in keys) for keys in labels.columns]
    keys = labels.columns[index]
    is_more = (any(key in text for key in keys) and not text.startswith(keys)) or any(char.isdigit() for char in text)
    return shares[index] >= _LIKE and shares.count(shares[index]) == 1 and shares[index] == max(shares) and not is_more


def altered_columns(labels: Labels, found: Sequence[Header], missing: Sequence[str]) -> dict[str, Span]:
    """Returns the missing columns in whose place, beside all others of their rows, a header has another label."""
    index_of = {column.id: index for index, column in enumerate(labels.form.columns)}
    rows = {tuple([index_of[key] for key in row.columns]) for row in labels.form.rows}
    altered: dict[str, Span] = {}
    for header in found:
        for columns in rows:
            other = other_names(header, columns) or {}
            for index, cell in other.items() if len(other) < len(columns) else ():
                if (key := labels.form.columns[index].id) in missing:
                    altered[key] = header.place(cell)
    return altered


def altered_units(labels: Labels, lines: Sequence[TableLine]) -> dict[str, tuple[str, Span]]:
    """Returns the columns whose header names a unit of another size or kind than the form's, with it and its place."""
    found: dict[str, tuple[str, Span]] = {}
    for line in lines:
        for text, place in line.pieces:
            if text[-1:] not in _UNIT_ENDS and "单位" not in text:
                continue
            for column, keys in zip(labels.form.columns, labels.columns, strict=True):
                unit = _unit_behind(text, keys)
                if unit and scale(unit) != scale(column.unit):
                    found.setdefault(column.id, (unit, place))
    return found


def _unit_behind(text: str, keys: Sequence[str]) -> str | None:
    """Returns the unit that stands right behind a column's label."""
    for key in keys:
        if key in text and (match := re.match(_HEADED_UNIT, text[text.rfind(key) + len(key) :])):
            return match.group(1) or match.group(2)
    return None


def missing_columns(labels: Labels, lines: Sequence[TableLine]) -> tuple[str, ...]:
    """Returns the columns whose label is not in the text, not even in pieces between those of its neighbours."""
    text = "".join(piece for line in lines for piece, _ in line.pieces)
    absent = [
        (column.id, keys)
        for column, keys in zip(labels.form.columns, labels.columns, strict=True)
        if not any(key in text for key in keys)
    ]
    unnamed = _left_out(labels, lines)
    if not absent and not unnamed:
        return ()
    present = Counter(text)
    unnamed |= {name for name, keys in absent if not any(Counter(key) <= present for key in keys)}
    return tuple(column.id for column in labels.form.columns if column.id in unnamed)


def _left_out(labels: Labels, lines: Sequence[TableLine]) -> set[str]:
    """Returns the columns that header rows of cells do not name though they name most of the others.

    A label like 总计 may stand in the table elsewhere.
    """
    named: set[int] = set()
    for line in lines:
        if line.cells and not line.filled:
            named.update(labels.called[text][0] for text, _ in line.pieces if text in labels.called)
            if len(named) == len(labels.columns):
                return set()
    if len(named) <= len(labels.columns) / 2:
        return set()
    pieces = [letters(text) for line in lines if not line.filled for text, _ in line.pieces]
    elsewhere = "".join(labels.not_of_rows(pieces))
    rest = Counter("".join(labels.unknown(pieces)))
    return {
        labels.form.columns[index].id
        for index, keys in enumerate(labels.columns)
        if index not in named and not any(key in elsewhere or Counter(key) <= rest for key in keys)
    }
