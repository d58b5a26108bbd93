"""The equations that a number is in, with the numbers of the report."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import localcontext
from typing import NamedTuple

from disclosure_lint.formula import showing
from disclosure_lint.formula.evaluation import Instance, Outcome, evaluate
from disclosure_lint.formula.instance import EXACT
from disclosure_lint.formula.relations import instances_of
from disclosure_lint.model.form import Address
from disclosure_lint.model.report import Fact, Number, Report
from disclosure_lint.model.rule import Rule


class Equation(NamedTuple):
    """A rule's formula for one row or column of a report."""

    rule: Rule
    instance: Instance
    outcome: Outcome
    facts: Mapping[Address, Fact]

    def shown(self, lang: str) -> str:
        """Returns both sides with their numbers: `3 + 1 = 4`; the sign is crossed out where that is not so."""
        with localcontext(EXACT):
            left, right = (showing.side(tree, self._value, lang) for tree in self.instance.trees)
        sign = self.instance.op if self.outcome.state != "violated" else _CROSSED.get(self.instance.op, "≠")
        return f"{left} {sign} {right}"

    def total(self) -> tuple[Fact, Number] | None:
        """Returns the total that a violated sum names, and what its parts come to; None for other equations."""
        if self.outcome.state != "violated" or self.instance.op != "=":
            return None
        values = (self.outcome.right_value, self.outcome.left_value)
        for tree, value in zip(self.instance.trees, values, strict=True):
            if tree[0] == "cell" and value is not None:
                fact = self.facts.get(self.instance.address(tree[1]))
                return (fact, value) if fact else None
        return None

    def _value(self, cell: list[str | None]) -> Number | None:
        fact = self.facts.get(self.instance.address(cell))
        if fact is None or fact.state == "unreadable":
            return None
        return 0 if fact.value is None else fact.value


_CROSSED = {"=": "≠", "≠": "=", "<": "≥", "≤": ">", ">": "≤", "≥": "<"}


def equations(rules: Iterable[Rule], report: Report) -> Iterator[Equation]:
    """Yields the equations of all rules that are for a report, in the order of the rules."""
    for rule in rules:
        if rule.not_for(report) is None:
            for instance in instances_of(rule, report.form):
                yield Equation(rule, instance, evaluate(instance, report.facts), report.facts)


def equations_of(address: Address, rules: Iterable[Rule], report: Report) -> list[Equation]:
    """Returns the equations that a number is in."""
    return [equation for equation in equations(rules, report) if address in equation.instance.cells]
