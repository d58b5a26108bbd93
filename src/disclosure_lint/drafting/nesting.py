"""Labels under labels, as a header or the left side of a table shows them."""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple


class Piece(NamedTuple):
    """A label with what it covers: of a header the level is a row, of the left side of a table a column."""

    text: str
    level: int
    """Where it begins, from 0."""
    levels: int
    at: int
    """The first member that it stands for, from 0."""
    length: int


def nested(paths: Sequence[Sequence[str]], depth: int) -> list[Piece]:
    """Returns the labels of members from their paths, outermost first, each as often as it begins anew.

    The last label of a path that is shorter than the depth covers the levels that are left.
    """
    return [
        _piece(paths, depth, level, at)
        for at, path in enumerate(paths)
        for level in range(len(path))
        if not at or not _goes_on(paths[at - 1], path, level)
    ]


def depth_of(paths: Sequence[Sequence[str]]) -> int:
    """Returns how many levels these paths need."""
    return max(map(len, paths))


def _piece(paths: Sequence[Sequence[str]], depth: int, level: int, at: int) -> Piece:
    path = paths[at]
    if level == len(path) - 1:
        return Piece(path[level], level, depth - level, at, 1)
    following = takewhile(lambda later: _goes_on(path, later, level), paths[at + 1 :])
    return Piece(path[level], level, 1, at, 1 + sum(1 for _ in following))


def _goes_on(before: Sequence[str], path: Sequence[str], level: int) -> bool:
    """Says whether a group of one member is that of the next one too."""
    inside = level < min(len(before), len(path)) - 1
    return inside and list(before[: level + 1]) == list(path[: level + 1])
