"""Equations of rules as exact linear algebra over the cells of a form."""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from disclosure_lint.formula.evaluation import Instance, instances, linear
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.rule import Rule

Exact = int | Fraction
"""A number that is never rounded."""

_COMPARE: Mapping[str, Callable[[Exact, Exact], bool]] = {
    "=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge,
}  # fmt: skip


class Relation(NamedTuple):
    """Sum of coefficient x cell, plus the constant, compared with 0."""

    terms: Mapping[Address, Exact]
    op: str
    constant: Exact

    def holds(self, values: Mapping[Address, Exact]) -> bool | None:
        """Says whether it is true for these numbers; None if one is not there."""
        total = self.constant
        for address, coefficient in self.terms.items():
            value = values.get(address)
            if value is None:
                return None
            total += coefficient * value
        return _COMPARE[self.op](total, 0)


def instances_of(rule: Rule, form: Form) -> list[Instance]:
    """Returns a rule's equation for each row or column of a form; none if it is no equation, or not for that form."""
    compiled = rule.options.get("forms", {}).get(form.id) if rule.kind == "equation" else None
    return instances(compiled, form) if compiled else []


def relation(instance: Instance) -> Relation | None:
    """Returns an equation as exact coefficients; None if cells are multiplied."""
    found = linear(instance)
    if found is None:
        return None
    terms, op, constant = found
    return Relation({address: exact(value) for address, value in terms.items()}, op, exact(constant))


def exact(value: int | Decimal) -> Exact:
    """Returns a number that can be divided without loss."""
    return value if isinstance(value, int) else Fraction(value)


def reduced(relations: Iterable[Relation], order: Sequence[Address]) -> list[tuple[Address, Relation]]:
    """Returns independent equations that say the same, each with a cell that none of the others has.

    The cell is the first of its equation in the order. An equation that contradicts the others is left out.
    """
    rank = {cell: number for number, cell in enumerate(order)}
    rows: list[tuple[Address, Relation]] = []
    for one in relations:
        terms, constant = dict(one.terms), one.constant
        for pivot, row in rows:
            if pivot in terms:
                terms, constant = less(terms, constant, row, terms[pivot])
        if not terms:
            continue
        pivot = min(terms, key=rank.__getitem__)
        scale = Fraction(terms[pivot])
        new = Relation({cell: value / scale for cell, value in terms.items()}, "=", constant / scale)
        rows = [(old, _without(row, pivot, new)) for old, row in rows]
        rows.append((pivot, new))
    return rows


def less(
    terms: Mapping[Address, Exact], constant: Exact, row: Relation, times: Exact
) -> tuple[dict[Address, Exact], Exact]:
    """Returns an equation less some times another."""
    result = dict(terms)
    for cell, coefficient in row.terms.items():
        left = result.get(cell, 0) - times * coefficient
        if left:
            result[cell] = left
        else:
            result.pop(cell, None)
    return result, constant - times * row.constant


def _without(row: Relation, pivot: Address, new: Relation) -> Relation:
    if pivot not in row.terms:
        return row
    terms, constant = less(row.terms, row.constant, new, row.terms[pivot])
    return Relation(terms, "=", constant)
