"""Compiled formula + facts → does the equation hold. Runs on every report, so it imports no parser.

A blank counts as 0 if the equation then holds; otherwise nothing can be said. A cell that is absent or unreadable
leaves the equation undetermined, unless it cancels out.
"""

from collections.abc import Callable, Mapping
from decimal import localcontext
from typing import Any, Literal, NamedTuple

from disclosure_lint.formula.instance import EXACT, Instance, Tree, number_of, simple
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import COMPARE, Number
from disclosure_lint.model.report import Fact

Value = Callable[[list[Any]], Number | None]
"""Gives a cell's number; None if it is not known."""

_PARTS = 8
"""Of a sum with more parts than this, zeros not counted, only the result is shown."""
_CROWDED = 4
"""On a side with more terms than this, the zeros of a sum are left out."""


def number(value: Number | None) -> str:
    """Returns a number as people write it; `?` if it is not known."""
    if value is None:
        return "?"
    return str(value) if isinstance(value, int) else format(value, "f")


def side(tree: list[Any], value: Value, lang: str) -> str:
    """Returns a side of an equation with its numbers; never empty."""
    terms: list[Any] = tree[1] if tree[0] == "total" else [[1, tree]]
    crowded = sum(len(term[1]) if term[0] == "sum" else 1 for _, term in terms) > _CROWDED
    text = ""
    for sign, term in terms:
        parts = _sum(term[1], value, crowded, lang) if term[0] == "sum" else [_term(term, value, lang)]
        if sign < 0 and len(parts) > 1:
            parts = [f"({_joined('', 1, parts)})"]
        text = _joined(text, sign, parts)
    return text or "0"


def _joined(text: str, sign: int, parts: list[str]) -> str:
    for part in parts:
        if text:
            text += f" {'-' if sign < 0 else '+'} {_guarded(part)}"
        else:
            text = f"-{_guarded(part)}" if sign < 0 else part
    return text


def _guarded(part: str) -> str:
    return f"({part})" if part.startswith("-") else part


def _sum(cells: list[Any], value: Value, crowded: bool, lang: str) -> list[str]:
    values = [value(cell) for cell in cells]
    shown = [part for part in values if part != 0] if crowded else values
    if len(shown) <= _PARTS:
        return [number(part) for part in shown]
    result = None if None in values else sum(part for part in values if part is not None)
    return [f"{number(result)} (sum of {len(cells)})" if lang == "en" else f"{number(result)}（{len(cells)} 项之和）"]


def _term(tree: list[Any], value: Value, lang: str) -> str:
    kind, content = tree
    if kind == "number":
        return str(content)
    if kind == "cell":
        return number(value(content))
    if kind == "product":
        return " × ".join(_factor(factor, value, lang) for factor in content)
    return f"({side(tree, value, lang)})"


def _factor(tree: list[Any], value: Value, lang: str) -> str:
    text = side(tree, value, lang) if tree[0] == "sum" else _term(tree, value, lang)
    return f"({text})" if tree[0] == "sum" and not text.isdigit() else _guarded(text)


class Outcome(NamedTuple):
    """How an equation ended."""

    state: Literal["holds", "violated", "undetermined"]
    left: str = ""
    """The left side with its numbers, `3 + 1`; empty unless violated. In Chinese, where it needs a word."""
    right: str = ""
    left_value: Number | None = None
    """None if undetermined, or if a cell that cancels out is not known."""
    right_value: Number | None = None
    difference: Number | None = None
    """Of the two values, never negative."""
    blanks: tuple[Address, ...] = ()
    """Empty cells that the equation touches."""
    lacking: tuple[Address, ...] = ()
    """Cells it needs that are absent or unreadable."""
    left_en: str = ""
    """As `left`, in English."""
    right_en: str = ""


def holds(instance: Instance, facts: Mapping[Address, Fact]) -> bool:
    """Says whether an equation holds with whole numbers in all of its cells, as most do; `evaluate` tells of others."""
    sides = _whole_sides(instance, facts)
    return sides is not None and COMPARE[instance.op](*sides)


def _whole_sides(instance: Instance, facts: Mapping[Address, Fact]) -> tuple[int, int] | None:
    if instance.terms is None:
        return None
    left, right = instance.constants
    try:
        for coefficient, address in instance.terms[0]:
            value = facts[address].value
            if value is None:
                return None
            left += coefficient * value
        for coefficient, address in instance.terms[1]:
            value = facts[address].value
            if value is None:
                return None
            right += coefficient * value
    except KeyError:
        return None
    # A Decimal here may have been rounded by the caller's context.
    return (left, right) if type(left) is int and type(right) is int else None


def evaluate(instance: Instance, facts: Mapping[Address, Fact]) -> Outcome:
    """Returns how the equation ends for these facts; a fact that is not there is an absent cell."""
    sides = _whole_sides(instance, facts)
    if sides and COMPARE[instance.op](*sides):
        left, right = sides
        return Outcome("holds", "", "", left, right, abs(left - right))
    needed = instance.cells if instance.terms is None else [address for _, address in instance.net]
    found = [(address, facts.get(address)) for address in needed]
    blanks = tuple(address for address, fact in found if fact is not None and fact.state == "blank")
    lacking = tuple(address for address, fact in found if fact is None or fact.state == "unreadable")
    if lacking:
        return Outcome("undetermined", blanks=blanks, lacking=lacking)
    with localcontext(EXACT):
        return _compared(instance, facts, blanks)


def _compared(instance: Instance, facts: Mapping[Address, Fact], blanks: tuple[Address, ...]) -> Outcome:
    def value(cell: list[Any]) -> Number | None:
        fact = facts.get(instance.address(cell))
        if fact is None or fact.state == "unreadable":
            return None
        return 0 if fact.value is None else fact.value

    left, right = _value(instance.trees[0], value), _value(instance.trees[1], value)
    difference: Number = _difference(instance, facts) if left is None or right is None else left - right
    values = (_known(left), _known(right), simple(max(difference, -difference)))
    if COMPARE[instance.op](difference, 0):
        return Outcome("holds", "", "", *values, blanks)
    if blanks:
        return Outcome("undetermined", blanks=blanks)
    shown = [side(tree, value, lang) for lang in ("zh", "en") for tree in instance.trees]
    return Outcome("violated", shown[0], shown[1], *values, (), (), shown[2], shown[3])


def _difference(instance: Instance, facts: Mapping[Address, Fact]) -> Number:
    """Returns left minus right where a cell that cancels out is not known."""
    difference = instance.constants[0] - instance.constants[1]
    for coefficient, address in instance.net:
        difference += coefficient * (facts[address].value or 0)
    return difference


def _known(value: Number | None) -> Number | None:
    return None if value is None else simple(value)


def _value(tree: Tree, value: Value) -> Number | None:
    kind, content = tree
    if kind == "number":
        return number_of(content)
    if kind == "cell":
        return value(content)
    result: Number = 1 if kind == "product" else 0
    for part in content:
        sign, subtree = part if kind == "total" else (1, ["cell", part] if kind == "sum" else part)
        number = _value(subtree, value)
        if number is None:
            return None
        result = result * number if kind == "product" else result + sign * number
    return result
