"""A rule: what is asked, under which law, and how it is judged."""

from typing import Any, NamedTuple

from disclosure_lint.model.diagnostic import Severity, Words
from disclosure_lint.model.form import Form, Law


class Variant(NamedTuple):
    """Another message, perhaps another severity, for some findings of a rule."""

    message: Words
    severity: Severity | None = None


class Condition(NamedTuple):
    """Which reports a rule is for; an absent condition holds for all."""

    forms: tuple[str, ...] = ()
    """Ids of forms."""
    first_year: int | None = None
    last_year: int | None = None
    agency: str | None = None
    """Regular expression that the agency's name must contain."""


class Rule(NamedTuple):
    """A rule as the linter runs it; examples and explanations stay in the rule file."""

    code: str
    name: str
    severity: Severity
    summary: Words
    message: Words
    law: tuple[Law, ...]
    kind: str
    """The kind of check that judges it."""
    options: dict[str, Any]
    """What the rule says to its kind of check, compiled; plain data."""
    condition: Condition = Condition()
    variants: dict[str, Variant] = {}
    pack: str = "national"


class Pack(NamedTuple):
    """Forms and rules that are loaded together."""

    id: str
    title: str
    version: str
    forms: tuple[Form, ...]
    rules: tuple[Rule, ...]
