"""Independent equations out of many."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from disclosure_lint.model.form import Address
from disclosure_lint.model.relation import Exact, Relation


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
