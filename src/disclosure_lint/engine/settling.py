"""How rules end for reports that were judged alone, when it is known what lies beside them: mostly as they did."""

from collections.abc import Mapping

from disclosure_lint.engine.beside import Beside, Part
from disclosure_lint.engine.comparing import looks_at_others
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.entry import Entry
from disclosure_lint.model.form import Address
from disclosure_lint.model.kind import NOT_COMPARED, ByNumbers
from disclosure_lint.model.result import RuleOutcome
from disclosure_lint.model.rule import Rule

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
