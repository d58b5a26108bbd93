"""What a mutant is meant for: rules by their kind and options, so that rules of any pack are meant too."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from disclosure_lint.checks.expressions import expressions
from disclosure_lint.formula.instance import instances_of, relation
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Exact
from disclosure_lint.model.rule import Rule

KNOWN_KINDS = ("input", "section", "heading", "cells", "equation", "statement", "pattern")


class Aim(NamedTuple):
    """Rules that a mutant is meant for, or may set off besides; what is left empty is not asked."""

    kind: str
    find: str = ""
    """The option `find` or `event`; of a pattern `forbid` or `require`."""
    section: str = ""
    """A section that the rule looks at."""
    table: str = ""
    """A table that the rule looks at."""
    cell: str = ""
    """A cell that the rule does not leave out."""
    text: str = ""
    """A text that a forbidding pattern finds, or that names the matter of a vocabulary."""
    code: str = ""
    """The very rule."""


class Mutant(NamedTuple):
    """A report with one thing wrong."""

    family: str
    """What is done, `section-dropped`."""
    what: str
    """What was done here, in Chinese."""
    data: bytes
    aims: tuple[Aim, ...] = ()
    tolerated: tuple[Aim, ...] = ()
    """Rules that may also find something."""
    values: Mapping[Address, Exact] = {}
    """The numbers that stand there; equations that they violate are meant."""
    event: str = ""
    """Not a text but what a reader would report."""


def is_meant(rule: Rule, mutant: Mutant, form: Form) -> bool:
    """Says whether a rule should find the fault."""
    if rule.kind == "equation" and any(one.kind == "equation" for one in mutant.aims):
        return is_violated(rule, mutant.values, form)
    return any(_meets(rule, aim) for aim in mutant.aims)


def is_tolerated(rule: Rule, mutant: Mutant) -> bool:
    """Says whether a rule may find something; one of a kind that nobody knows here always may."""
    return rule.kind not in KNOWN_KINDS or any(_meets(rule, aim) for aim in mutant.tolerated)


def is_violated(rule: Rule, values: Mapping[Address, Exact], form: Form) -> bool:
    """Says whether numbers violate an equation somewhere, reckoned from its linear form."""
    relations = (relation(one) for one in instances_of(rule, form))
    return any(one is not None and one.holds(values) is False for one in relations)


def _meets(rule: Rule, aim: Aim) -> bool:
    if aim.code:
        return rule.code == aim.code
    if rule.kind != aim.kind or (aim.find and aim.find not in finds(rule)):
        return False
    options = rule.options
    return (
        _lists(options, aim.section, "sections", "section", "only")
        and _lists(options, aim.table, "tables")
        and not (aim.cell and aim.cell in options.get("except", ()))
        and (not aim.text or _reads(options, aim.text))
    )


def finds(rule: Rule) -> Iterable[str]:
    """Returns what a rule looks for, by the words of its options."""
    named = [rule.options[key] for key in ("find", "event") if key in rule.options]
    return [*named, *(key for key in ("forbid", "require") if key in rule.options)]


def _lists(options: Mapping[str, Any], name: str, *keys: str) -> bool:
    if not name:
        return True
    wanted = [options[key] for key in keys if key in options]
    return all(name == one or (isinstance(one, list) and name in one) for one in wanted)


def _reads(options: Mapping[str, Any], text: str) -> bool:
    vocabulary = options.get("vocabulary")
    patterns = options.get("forbid") or (vocabulary or {}).get("about", ())
    return expressions(patterns).match_in(squeeze(text))
