"""The equations of a report: those that hold and those that do not, over cells that are there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from disclosure_lint.formula.instance import exact, relations
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import Exact, Relation, Statement
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

TEXT = ""
"""In the place of the table, in addresses that stand for what the text says."""


class System(NamedTuple):
    """All that is known about the numbers of a report."""

    relations: tuple[Relation, ...]
    """Equations that can be judged: they hold, a blank counting as 0, or are violated by numbers that are there."""
    violated: frozenset[int]
    """Which of them are violated, by number."""
    open: tuple[Relation, ...]
    """Equations that do not hold, but have blanks."""
    bounds: tuple[Relation, ...]
    """What must be more, less or other than something else; no cells are looked for that break it."""
    values: Mapping[Address, Exact]
    """What stands in the cells; 0 for a blank."""
    blanks: Collection[Address]
    fixed: Collection[Address]
    """Cells that are not blamed."""

    def is_stated(self, number: int) -> bool:
        """Says whether an equation is what the text says of a cell."""
        return any(cell.table == TEXT for cell in self.relations[number].terms)


def system(
    report: Report, rules: Iterable[Rule], statements: Sequence[Statement], fixed: Iterable[Address], *, believed: str
) -> System:
    """Returns the equations of rules, and of statements in the text, over the counts of a report.

    What the text says may be as wrong as a cell, unless `believed` is the origin of the statement.
    """
    rules = list(rules)
    uncounted = _uncounted(rules)
    values = {
        address: exact(fact.value) if fact.value is not None else 0
        for address, fact in report.facts.items()
        if fact.state != "unreadable" and str(address) not in uncounted
    }
    blanks = frozenset(address for address, fact in report.facts.items() if fact.state == "blank")
    known: list[Relation] = []
    unclear: list[Relation] = []
    bounds: list[Relation] = []
    for _, one in relations(rules, report.form):
        holds = one.holds(values)
        if one.op != "=":
            bounds += [one] if holds else []
        elif holds is not None:
            (unclear if not holds and not blanks.isdisjoint(one.terms) else known).append(one)
    texts = {
        Address(TEXT, str(number), str(one.cells[0])): one for number, one in enumerate(statements) if not one.possible
    }
    for address, said in texts.items():
        if all(cell in values and cell not in blanks for cell in said.cells):
            known.append(Relation({**dict.fromkeys(said.cells, 1), address: -1}, "=", 0))
            values[address] = said.value
    violated = frozenset(number for number, one in enumerate(known) if not one.holds(values))
    blameless = {*fixed, *(address for address, one in texts.items() if one.origin == believed)}
    return System(tuple(known), violated, tuple(unclear), tuple(bounds), values, blanks, blameless)


def _uncounted(rules: Iterable[Rule]) -> set[str]:
    """Returns the cells that need not hold a count, as the rules about counts have it."""
    return {
        cell for rule in rules if rule.options.get("find") == "not-count" for cell in rule.options.get("except", ())
    }
