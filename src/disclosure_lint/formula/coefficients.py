"""A side of a formula as one exact coefficient for each cell, and a constant."""

from decimal import Decimal
from typing import Any

from disclosure_lint.formula.instance import Tree

Linear = dict[tuple[str | None, ...], Decimal]
"""The coefficient of each cell; the constant stands at `CONSTANT`."""

CONSTANT = ("",)
"""No cell."""


def linear_form(tree: Tree) -> Linear | None:
    """Returns the coefficient of each cell and the constant; None if cells are multiplied with each other."""
    kind, content = tree
    if kind == "number":
        return {CONSTANT: Decimal(content)}
    if kind == "cell":
        return {tuple(content): Decimal(1)}
    if kind == "sum":
        return {tuple(cell): Decimal(1) for cell in content}
    if kind == "total":
        return _added(content)
    return _multiplied(content)


def _added(terms: list[Any]) -> Linear | None:
    result: Linear = {}
    for sign, term in terms:
        part = linear_form(term)
        if part is None:
            return None
        for key, coefficient in part.items():
            result[key] = result.get(key, Decimal(0)) + sign * coefficient
    return result


def _multiplied(factors: list[Tree]) -> Linear | None:
    result: Linear = {CONSTANT: Decimal(1)}
    for factor in factors:
        part = linear_form(factor)
        if part is None:
            return None
        if set(result) <= {CONSTANT}:
            result, part = part, result
        if not set(part) <= {CONSTANT}:
            return None
        scale = part.get(CONSTANT, Decimal(0))
        result = {key: coefficient * scale for key, coefficient in result.items()}
    return result


def coefficients(left: Linear | None, right: Linear | None) -> dict[str, Any]:
    """Returns both sides as JSON data."""
    if left is None or right is None:
        return {"linear": False}
    data: dict[str, Any] = {"linear": True}
    for side, terms in (("left", left), ("right", right)):
        data[side] = [[as_json(number), list(key)] for key, number in terms.items() if key != CONSTANT and number]
        data[f"{side}_constant"] = as_json(terms.get(CONSTANT, Decimal(0)))
    return data


def as_json(number: Decimal) -> int | str:
    """Returns an exact number as JSON has it: an int, or the digits of a decimal fraction."""
    return int(number) if number == number.to_integral_value() else format(number, "f").rstrip("0")
