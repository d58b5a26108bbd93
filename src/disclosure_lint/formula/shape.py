"""What a compiled formula looks like: what may come out of the cache, or else is compiled anew."""

import re
from typing import Annotated, Any, Literal, TypedDict

from disclosure_lint.formula.instance import Tree


def is_fraction(text: str) -> bool:
    """Returns whether a text is a decimal fraction: `-0.5`."""
    return re.fullmatch(r"-?[0-9]+\.[0-9]+", text) is not None


def is_cell(data: Any) -> bool:
    """Returns whether that is a table, a row and a column, of which the row or the column may be None."""
    match data:
        case [str(), str() | None, str() | None]:
            return type(data) is list
    return False


def is_tree(data: Any) -> bool:
    """Returns whether that is a side of a formula, as `Tree` says."""
    match data:
        case ["number", int(number)]:
            return type(number) is int
        case ["number", str(number)]:
            return is_fraction(number)
        case ["cell", cell]:
            return is_cell(cell)
        case ["sum", [*cells]]:
            return all(map(is_cell, cells))
        case ["total", [*terms]]:
            return all(map(_is_term, terms))
        case ["product", [*factors]]:
            return all(map(is_tree, factors))
    return False


def _is_term(data: Any) -> bool:
    match data:
        case [int(sign), tree]:
            return type(sign) is int and abs(sign) == 1 and is_tree(tree)
    return False


_Number = int | Annotated[str, is_fraction]
_Side = Annotated[Tree, is_tree]
_Terms = list[tuple[_Number, Annotated[list[Any], is_cell]]]


class _Formula(TypedDict):
    text: str
    axis: Literal["row", "column", ""]
    table: str
    op: Literal["=", "≠", "<", "≤", ">", "≥"]
    trees: tuple[_Side, _Side]


class _Linear(_Formula):
    linear: Literal[True]
    left: _Terms
    left_constant: _Number
    right: _Terms
    right_constant: _Number


class _Multiplied(_Formula):
    linear: Literal[False]


Compiled = _Linear | _Multiplied
"""A formula compiled for a form."""
