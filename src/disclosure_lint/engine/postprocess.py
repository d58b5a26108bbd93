"""From the verdicts of a report to what is said of it: merged, apply_suppressions, in the order of their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from disclosure_lint.engine.rule_sets import RuleSet
from disclosure_lint.model.diagnostic import Diagnostic, Finding, Verdict
from disclosure_lint.model.document import Document
from disclosure_lint.model.form import Address, Law
from disclosure_lint.model.relation import Statement
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult, RuleOutcome, Suppressed
from disclosure_lint.model.rule import NATIONAL, Rule
from disclosure_lint.settings import Settings, accepted, selected
from disclosure_lint.settings.trusting import trusted_cells
from disclosure_lint.suppress.suppressions import (
    SuppressionSet,
    apply_suppressions,
    apply_to_notices,
    unused_suppressions,
)

if TYPE_CHECKING:
    from disclosure_lint.engine.previous_year import History


class Conclusion:
    """What is said of one report."""

    def __init__(self, name: str, report: Report, rule_set: RuleSet, settings: Settings, history: History | None):
        """Takes the name of the file, what was chosen for it, and what other reports say of its numbers."""
        self._name = name
        self._report = report
        self._edition = rule_set
        self._settings = settings
        self._history = history

    def result(self, verdicts: Sequence[tuple[Rule, Verdict]], known: Sequence[Rule]) -> FileResult:
        """Returns the result for the verdicts of the rules that were run; `known` are all rules that are loaded."""
        found = [
            self._diagnostic(rule, finding, verdicts) for rule, verdict in verdicts for finding in verdict.findings
        ]
        wishes = SuppressionSet.of(self._report.document, accepted(self._settings, self._name), self._report)
        left, suppressed = apply_suppressions(found, wishes)
        if any(one.violation and one.violation.relation.op == "=" for one in left):
            left, more = self._merged(left, verdicts, wishes, found)
            suppressed += more
        ran = [rule for rule, _ in verdicts]
        notices = self._idle(wishes, found, ran, known) if wishes.comments else []
        if notices:
            shown, quiet = apply_to_notices(notices, wishes)
            left, suppressed = left + shown, suppressed + quiet
            notices = [*shown, *(one.diagnostic for one in quiet)]
        return self._written(left, suppressed, _ledger(verdicts, {notice.code for notice in notices}))

    def _diagnostic(self, rule: Rule, finding: Finding, verdicts: Sequence[tuple[Rule, Verdict]]) -> Diagnostic:
        """Returns a finding in the words of its rule; of cells without a number with what the sums say of them."""
        if not finding.without_number:
            return rule.diagnostic(finding, self._name)
        # Only where cells hold no number.
        from disclosure_lint.localize.filling import with_sums

        finding, suggestions = with_sums(finding, self._rules(verdicts), self._report)
        return rule.diagnostic(finding, self._name)._replace(suggestions=suggestions)

    def _merged(
        self,
        left: list[Diagnostic],
        verdicts: Sequence[tuple[Rule, Verdict]],
        wishes: SuppressionSet,
        found: list[Diagnostic],
    ) -> tuple[list[Diagnostic], list[Suppressed]]:
        """Returns what is left with one diagnostic for each wrong number, which are added to what was found."""
        # Only where numbers are wrong.
        from disclosure_lint.localize import Evidence, merged

        settings = self._settings
        evidence = Evidence(
            self._report,
            self._rules(verdicts),
            self._edition.packs[0].localization,
            self._statements(verdicts),
            self._trusted(),
            settings.trust or "",
        )
        before = set(map(id, left))
        told = merged(left, evidence)
        new = [one for one in told if id(one) not in before]
        found += new
        kept, quiet = apply_suppressions(new, wishes)
        return [one for one in told if id(one) in before] + kept, quiet

    def _statements(self, verdicts: Sequence[tuple[Rule, Verdict]]) -> tuple[Statement, ...]:
        if self._settings.trust == "none":
            return ()
        text = (one for _, verdict in verdicts for one in verdict.statements)
        return (*(self._history.statements(self._report) if self._history else ()), *text)

    def _rules(self, verdicts: Sequence[tuple[Rule, Verdict]]) -> list[Rule]:
        """Returns the rules that are for the report, those too that were not selected but were not turned off."""
        ended = {rule.code: verdict.outcome for rule, verdict in verdicts}
        usual = selected(self._edition.rules, self._settings._replace(select=()), self._name)
        rules = {rule.code: rule for rule in (*usual, *(rule for rule, _ in verdicts))}
        return [rule for rule in rules.values() if _is_for(rule, ended.get(rule.code), self._report)]

    def _trusted(self) -> list[Address]:
        if not self._settings.trusted:
            return []
        cells = trusted_cells(self._settings.trusted, map(str, self._report.facts))
        return [address for address in self._report.facts if str(address) in cells]

    def _idle(
        self, wishes: SuppressionSet, found: Sequence[Diagnostic], ran: Sequence[Rule], known: Sequence[Rule]
    ) -> list[Diagnostic]:
        """Returns what is to be said about comments that silence nothing, if the rule about that was run."""
        rule = next((rule for rule in ran if rule.event == "unused-suppression"), None)
        if rule is None:
            return []
        findings = unused_suppressions(wishes, found, ran, known, self._report.document.source)
        return [rule.diagnostic(finding, self._name) for finding in findings]

    def _in_force(self, laws: tuple[Law, ...]) -> tuple[Law, ...]:
        """Returns what a rule cites, with the notice on the report's form in place of that on another year's."""
        own = self._report.form.law[:1]
        others = {form.law[0].document for form in self._edition.forms if form.law} - {law.document for law in own}
        if not own or not any(law.document in others for law in laws):
            return laws
        return tuple(dict.fromkeys(own[0]._replace(text="") if law.document in others else law for law in laws))

    def _written(
        self, left: list[Diagnostic], suppressed: list[Suppressed], ledger: tuple[RuleOutcome, ...]
    ) -> FileResult:
        document = self._report.document
        left = [one._replace(law=self._in_force(one.law)) for one in left]
        if not document.is_text:
            left = [_in_original(diagnostic, document) for diagnostic in left]
        left.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
        suppressed.sort(key=lambda one: (one.diagnostic.span, one.diagnostic.code))
        quiet = tuple(suppressed)
        return FileResult(self._name, "linted", tuple(left), ledger, document.source, self._report, suppressed=quiet)


def _is_for(rule: Rule, outcome: str | None, report: Report) -> bool:
    # Whether a pattern of strangers takes too long is known of rules that were run only.
    if rule.pack != NATIONAL and rule.condition.agency is not None:
        return outcome in ("passed", "failed")
    return rule.not_for(report) is None


def _ledger(verdicts: Iterable[tuple[Rule, Verdict]], failed: set[str]) -> tuple[RuleOutcome, ...]:
    return tuple(
        RuleOutcome(rule.code, "failed" if rule.code in failed else verdict.outcome, verdict.reason)
        for rule, verdict in verdicts
    )


def _in_original(diagnostic: Diagnostic, document: Document) -> Diagnostic:
    """Returns a diagnostic with its place in a file whose text is only a rendition, so that no fix can be written."""
    return diagnostic._replace(fix=None, location=diagnostic.location or document.location_at(diagnostic.span.start))
