"""Small numbers for every cell of a form, such that all equations of the rules hold.

The free cells are small and not 0; several orders of elimination are tried until no cell comes out negative or broken.
"""

from collections.abc import Iterable, Sequence
from random import Random

from disclosure_lint.formula.relations import instances_of, relation
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.relation import Exact, Relation
from disclosure_lint.model.rule import Rule
from disclosure_lint.proof.relations import reduced

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
