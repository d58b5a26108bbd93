"""Whether what is said of a mutant points to the number that was made wrong."""

from collections.abc import Iterable, Mapping
from typing import Literal

from disclosure_lint.formula.relations import locating, relation
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.relation import Exact
from disclosure_lint.model.rule import Rule

Hit = Literal["named", "listed", "missed"]


def tells_numbers(rule: Rule, form: Form) -> bool:
    """Returns whether numbers can be told from the equations of a rule."""
    found = [relation(one) for one in locating(rule, form)]
    return any(one is not None and one.op == "=" for one in found)


def wrong_number(right: Mapping[Address, Exact], values: Mapping[Address, Exact]) -> tuple[str, Exact] | None:
    """Returns the one cell that holds another number than it did, and what it did; None if there is no such one."""
    wrong = [address for address in right if values.get(address) != right[address]]
    if len(wrong) != 1 or wrong[0] not in values:
        return None
    return str(wrong[0]), right[wrong[0]]


def pointed_at(wrong: tuple[str, Exact], said: Iterable[Diagnostic]) -> Hit:
    """Returns whether that cell with its number is the only suggestion, one of several, or none."""
    suggested = [(one.cell, one.value) for diagnostic in said for one in diagnostic.suggestions]
    return "missed" if wrong not in suggested else "named" if len(suggested) == 1 else "listed"
