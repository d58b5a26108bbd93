"""Whose numbers a government reports: its own alone, or those of all its units with them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from disclosure_lint.engine.history import History
from disclosure_lint.model.entry import OtherReport, Units, added
from disclosure_lint.model.form import Form
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.places import cell_words
from disclosure_lint.model.result import Difference, Scope

_MOST_DIFFERENCES = 8
_MOSTLY = 0.5


def scopes(history: History) -> Iterator[Scope]:
    """Yields what fits each government whose units are among the files, by name and year."""
    for own, units in history.governments():
        yield _scope(own, units, history.forms[own.entry.form])


def _scope(own: OtherReport, units: Units, form: Form) -> Scope:
    """Returns what the numbers of a report are, compared cell by cell with the sums over its units.

    A cell that is uncertain in one of the reports, or 0 in all of them, tells nothing.
    """
    cells = list(_cells(own, units.reports, form))
    telling = [one for one in cells if one.own or one.sum]
    wrong = [one for one in telling if one.own != one.sum]
    left_out = _left_out(own, units.reports, wrong) if wrong else ()
    fits: Literal["units", "more", "alone", "unclear", "unknown"]
    if not telling:
        fits = "unknown"
    elif not wrong or left_out:
        fits = "units"
    elif all(one.own >= one.sum for one in wrong):
        fits = "more"
    else:
        # A sum over units is never less than one of them: where it is, and often, the numbers are others.
        less = sum(one.own < one.sum for one in telling)
        fits = "alone" if less > _MOSTLY * len(telling) else "unclear"
    return Scope(
        own.agency,
        own.year,
        own.path,
        fits,
        len(units.reports),
        tuple(units.lacking),
        left_out,
        len(cells),
        len(cells) - len(wrong),
        tuple(sorted(wrong, key=_size)[:_MOST_DIFFERENCES]),
    )


def _size(one: Difference) -> Number:
    return -abs(Decimal(one.own) - one.sum)


def _cells(own: OtherReport, units: Sequence[OtherReport], form: Form) -> Iterator[Difference]:
    for cell in own.places:
        number, total = own.number(cell), added(units, cell)
        if number is not None and total is not None:
            yield Difference(cell, cell_words(form, cell), number, total)


def _left_out(own: OtherReport, units: Sequence[OtherReport], wrong: Sequence[Difference]) -> tuple[str, ...]:
    """Returns the names of the units without one of which all numbers would be right."""
    names = []
    for unit in units:
        if all(unit.number(one.cell) == one.sum - one.own for one in wrong) and _only_there(own, unit, wrong):
            names.append(unit.agency)
    return tuple(names)


def _only_there(own: OtherReport, unit: OtherReport, wrong: Sequence[Difference]) -> bool:
    """Says whether a unit has numbers only in the cells that are wrong."""
    cells = {one.cell for one in wrong}
    return all(not unit.number(cell) for cell in own.places if cell not in cells)
