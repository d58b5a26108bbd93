"""Which rules look at other reports and how they end where these become known later; whose sums a report holds."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from disclosure_lint.engine.beside import Beside, Part
from disclosure_lint.engine.history import EntryStore, History
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.entry import Entry, OtherReport, Units, added
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.kind import NOT_COMPARED, ByNumbers, CheckKind, Concluding
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.places import cell_words
from disclosure_lint.model.result import Difference, RuleOutcome, Scope
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


Ledger = tuple[RuleOutcome, ...]


class Settling:
    """Tells how the rules of a linter end for reports beside others."""

    def __init__(self, linter: Linter):
        """Takes the linter."""
        self._forms = {form.id: form for form in linter.forms}
        self._comparing: Mapping[str, tuple[Rule, ByNumbers | None]] = {
            rule.code: (rule, kind if isinstance(kind, ByNumbers) else None)
            for rule in linter.rules
            if looks_at_others(kind := linter.checks[rule.kind])
        }
        self._places: dict[str, Mapping[Address, int]] = {}
        # Then a report may be for other rules, or bound to another form, than can be seen here.
        self._packs_differ = linter.rule_sets.differ

    def settled(self, alone: Ledger, own: Entry, collected: tuple[str, ...], part: Part) -> Ledger | None:
        """Returns how the rules end for a report beside others, without a finding more; None if it must be judged anew.

        Takes how they ended with nothing beside it; what the report is known by; and what there is beside it.
        """
        if self._packs_differ:
            return None
        report = Beside(part, self._forms, self._places).numbers(own, collected)
        ledger = list(alone)
        for at, one in enumerate(alone):
            rule, kind = self._comparing.get(one.code, (None, None))
            if rule is None:
                continue
            if kind is None:
                return None
            if one.reason == NOT_COMPARED or one.code in collected:
                verdict = kind.by_numbers(rule, report)
                if verdict is None:
                    return None
                ledger[at] = RuleOutcome(one.code, verdict.outcome, verdict.reason)
        return tuple(ledger)


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
