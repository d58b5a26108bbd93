"""Which rules of a run look at other reports, and what the configurations say of whose they are."""

from collections.abc import Iterable

from disclosure_lint.engine.history import EntryStore, History
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.kind import CheckKind, Concluding
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings import Settings, selected


def compares(linter: Linter, settings: Settings) -> bool:
    """Says whether a rule compares reports, or wrong numbers are looked for by last year's."""
    kinds = (linter.checks[rule.kind] for rule in selected(linter.rules, settings, ""))
    return settings.trust == "previous" or any(map(looks_at_others, kinds))


def looks_at_others(kind: CheckKind) -> bool:
    """Says whether a kind of check looks at other reports."""
    return bool(getattr(kind, "compares", False))


def collecting(linter: Linter, settings: Settings) -> list[tuple[Rule, Concluding]]:
    """Returns the rules that keep something of each report, with their kinds of check."""
    rules = ((rule, linter.checks[rule.kind]) for rule in selected(linter.rules, settings, ""))
    return [(rule, check) for rule, check in rules if isinstance(check, Concluding)]


def history_for(linter: Linter, wishes: Iterable[Settings], entries: EntryStore | None = None) -> History:
    """Returns an empty history with what several configurations say of names and of sums, the first that says it.

    `entries` are those of the reports that will be noted, if they are kept elsewhere.
    """
    names: dict[str, tuple[str, ...]] = {}
    sums: dict[str, tuple[str, ...]] = {}
    for settings in wishes:
        for name, others in settings.agencies.items():
            names[name] = (*names.get(name, ()), *others)
        sums = {**settings.sums, **sums}
    return History(linter.pairing, names, sums, entries)
