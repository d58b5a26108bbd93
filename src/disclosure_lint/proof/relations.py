"""Independent equations out of many."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random

from disclosure_lint.formula.instance import instances_of, relation
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Exact, Relation
from disclosure_lint.model.rule import Rule


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


_TRIES = 40
_ROUNDS = 20


def balanced(form: Form, rules: Iterable[Rule]) -> dict[Address, int]:
    """Returns a number for each cell of the form that suits all equations of the rules; all 0 if none is found."""
    relations = [one for rule in rules for each in instances_of(rule, form) if (one := relation(each))]
    cells = [address for table in form.tables for address in table.addresses()]
    rng = Random(form.id)  # nosec B311  # numbers of an example, the same in each run
    orders = [cells, cells[::-1], *(rng.sample(cells, len(cells)) for _ in range(_TRIES))]
    for order in orders:
        found = _solved(relations, cells, order)
        if found is not None:
            return found
    return dict.fromkeys(cells, 0)


def _solved(
    relations: Sequence[Relation], cells: Sequence[Address], order: Sequence[Address]
) -> dict[Address, int] | None:
    nothing = {cell for one in relations if _is_nothing(one) for cell in one.terms}
    totals = _totals(relations)
    ranked = [cell for cell in order if cell in totals] + [cell for cell in order if cell not in totals]
    rows = reduced([one for one in relations if one.op == "="], ranked)
    values: dict[Address, Exact] = {
        cell: 0 if cell in nothing else 1 + number * number % 11 % 4 for number, cell in enumerate(cells)
    }
    for _ in range(_ROUNDS):
        for pivot, row in rows:
            rest = (coefficient * values[cell] for cell, coefficient in row.terms.items() if cell != pivot)
            values[pivot] = -row.constant - sum(rest)
        broken = [one for one in relations if one.op != "=" and not one.holds(values)]
        if not broken:
            break
        pivots = {pivot for pivot, _ in rows}
        for one in broken:
            _mend(one, values, pivots)
    if any(value < 0 or value.denominator > 1 for value in values.values()):
        return None
    return {cell: int(value) for cell, value in values.items()} if all(one.holds(values) for one in relations) else None


def _mend(one: Relation, values: dict[Address, Exact], pivots: set[Address]) -> None:
    """Makes a free cell of a comparison that does not hold bigger, on the side that should be the bigger one."""
    wanted = 1 if one.op in (">", "≥", "≠") else -1
    for cell, coefficient in reversed(list(one.terms.items())):
        if cell not in pivots and coefficient * wanted > 0:
            values[cell] += 1
            return


def _is_nothing(one: Relation) -> bool:
    """Says whether an equation asks that all its cells be 0."""
    signs = {coefficient > 0 for coefficient in one.terms.values()}
    return one.op in ("=", "≤") and not one.constant and signs == {True}


def _totals(relations: Iterable[Relation]) -> set[Address]:
    """Returns the cells that are the sum of several others."""
    found: set[Address] = set()
    for one in relations:
        for sign in (1, -1):
            alone = [cell for cell, coefficient in one.terms.items() if coefficient * sign > 0]
            if one.op == "=" and len(alone) == 1 and len(one.terms) > 2:
                found.update(alone)
    return found
