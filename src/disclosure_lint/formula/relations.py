"""Equations of rules as exact linear algebra over the cells of a form."""

from decimal import Decimal

from disclosure_lint.formula.instance import Instance, instances, linear
from disclosure_lint.model.form import Form
from disclosure_lint.model.relation import Exact, Relation
from disclosure_lint.model.rule import Rule


def instances_of(rule: Rule, form: Form) -> list[Instance]:
    """Returns a rule's equation for each row or column of a form; none if it is no equation, or not for that form."""
    compiled = rule.options.get("forms", {}).get(form.id) if rule.kind == "equation" else None
    return instances(compiled, form) if compiled else []


def locating(rule: Rule, form: Form) -> list[Instance]:
    """Returns the equations of a rule that may tell which number is wrong: all, unless the rule says not."""
    return instances_of(rule, form) if rule.options.get("localize", True) else []


def relation(instance: Instance) -> Relation | None:
    """Returns an equation as exact coefficients; None if cells are multiplied."""
    found = linear(instance)
    if found is None:
        return None
    terms, op, constant = found
    return Relation({address: exact(value) for address, value in terms.items()}, op, exact(constant))


def exact(value: int | Decimal) -> Exact:
    """Returns a number that can be divided without loss."""
    if isinstance(value, int):
        return value
    # Slow to import, and hardly any number needs it.
    from fractions import Fraction

    return Fraction(value)
