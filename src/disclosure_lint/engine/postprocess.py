"""From the verdicts of a report to what is said of it: merged, without what is suppressed, in the order of places."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from disclosure_lint.engine.rule_sets import RuleSet
from disclosure_lint.model.diagnostic import Diagnostic, Finding, Verdict
from disclosure_lint.model.form import Address, Law
from disclosure_lint.model.numbers import Statement
from disclosure_lint.model.places import Places
from disclosure_lint.model.report import Report
from disclosure_lint.model.result import FileResult, RuleOutcome, Suppressed
from disclosure_lint.model.rule import NATIONAL, Rule
from disclosure_lint.settings import Settings, accepted, selected
from disclosure_lint.settings.values import trusted_cells
from disclosure_lint.suppress.suppressions import (
    SuppressionSet,
    apply_suppressions,
    apply_to_notices,
    unused_suppressions,
)

if TYPE_CHECKING:
    from disclosure_lint.engine.beside import Beside
    from disclosure_lint.engine.history import History


class Judged(NamedTuple):
    """A report on which the rules were run."""

    name: str
    """Of the file."""
    report: Report
    rule_set: RuleSet
    settings: Settings
    history: "History | Beside | None"
    """What other reports say of its numbers."""
    verdicts: tuple[tuple[Rule, Verdict], ...]
    """How each rule that was run ended."""

    @property
    def rules(self) -> list[Rule]:
        """The rules that are for the report, those too that were not selected but were not turned off."""
        ended = {rule.code: verdict.outcome for rule, verdict in self.verdicts}
        usual = selected(self.rule_set.rules, self.settings._replace(select=()), self.name)
        rules = {rule.code: rule for rule in (*usual, *(rule for rule, _ in self.verdicts))}
        return [rule for rule in rules.values() if _is_for(rule, ended.get(rule.code), self.report)]


def postprocess(judged: Judged, known: Sequence[Rule]) -> FileResult:
    """Returns the result of a report; `known` are all rules that are loaded."""
    found = [_diagnostic(rule, finding, judged) for rule, verdict in judged.verdicts for finding in verdict.findings]
    suppressions = SuppressionSet.of(judged.report.document, accepted(judged.settings, judged.name), judged.report)
    left, suppressed = apply_suppressions(found, suppressions)
    if any(one.violation and one.violation.relation.op == "=" for one in left):
        left, more = _merged(left, suppressions, found, judged)
        suppressed += more
    notices = _unused(suppressions, found, judged, known) if suppressions.comments else []
    if notices:
        shown, quiet = apply_to_notices(notices, suppressions)
        left, suppressed = left + shown, suppressed + quiet
        notices = [*shown, *(one.diagnostic for one in quiet)]
    return _written(left, suppressed, _ledger(judged.verdicts, {notice.code for notice in notices}), judged)


def _diagnostic(rule: Rule, finding: Finding, judged: Judged) -> Diagnostic:
    """Returns a finding in the words of its rule; of cells without a number with what the sums say of them."""
    if not finding.without_number:
        return rule.diagnostic(finding, judged.name)
    # Only where cells hold no number.
    from disclosure_lint.localize.filling import with_sums

    finding, suggestions = with_sums(finding, judged.rules, judged.report)
    return rule.diagnostic(finding, judged.name)._replace(suggestions=suggestions)


def _merged(
    left: list[Diagnostic], suppressions: SuppressionSet, found: list[Diagnostic], judged: Judged
) -> tuple[list[Diagnostic], list[Suppressed]]:
    """Returns what is left with one diagnostic for each wrong number, which are added to what was found."""
    # Only where numbers are wrong.
    from disclosure_lint.localize import Evidence, merged

    evidence = Evidence(
        judged.report,
        judged.rules,
        judged.rule_set.packs[0].localization,
        _statements(judged),
        _trusted(judged),
        judged.settings.trust or "",
    )
    before = set(map(id, left))
    told = [one if id(one) in before else one.masked() for one in merged(left, evidence)]
    new = [one for one in told if id(one) not in before]
    found += new
    kept, quiet = apply_suppressions(new, suppressions)
    return [one for one in told if id(one) in before] + kept, quiet


def _statements(judged: Judged) -> tuple[Statement, ...]:
    if judged.settings.trust == "none":
        return ()
    text = (one for _, verdict in judged.verdicts for one in verdict.statements)
    asked = judged.history if judged.settings.trust == "previous" else None
    return (*(asked.statements(judged.report) if asked else ()), *text)


def _trusted(judged: Judged) -> list[Address]:
    if not judged.settings.trusted:
        return []
    cells = trusted_cells(judged.settings.trusted, map(str, judged.report.facts))
    return [address for address in judged.report.facts if str(address) in cells]


def _unused(
    suppressions: SuppressionSet, found: Sequence[Diagnostic], judged: Judged, known: Sequence[Rule]
) -> list[Diagnostic]:
    """Returns what is to be said about comments that silence nothing, if the rule about that was run."""
    ran = [rule for rule, _ in judged.verdicts]
    rule = next((rule for rule in ran if rule.event == "unused-suppression"), None)
    if rule is None:
        return []
    findings = unused_suppressions(suppressions, found, ran, known, judged.report.document.source)
    return [rule.diagnostic(finding, judged.name) for finding in findings]


def _in_force(laws: tuple[Law, ...], judged: Judged) -> tuple[Law, ...]:
    """Returns what a rule cites, with the notice on the report's form in place of that on another year's."""
    own = judged.report.form.law[:1]
    others = {form.law[0].document for form in judged.rule_set.forms if form.law} - {law.document for law in own}
    if not own or not any(law.document in others for law in laws):
        return laws
    return tuple(dict.fromkeys(own[0]._replace(text="") if law.document in others else law for law in laws))


def _written(
    left: list[Diagnostic], suppressed: list[Suppressed], ledger: tuple[RuleOutcome, ...], judged: Judged
) -> FileResult:
    report = judged.report
    left = [one._replace(law=_in_force(one.law, judged)) for one in left]
    if not report.document.is_text:
        # The text is only a rendition, so that no fix can be written.
        places = Places(report)
        left = [one._replace(fix=None, location=places.located(one.span.start, one.location)) for one in left]
    left.sort(key=lambda diagnostic: (diagnostic.span, diagnostic.code))
    suppressed.sort(key=lambda one: (one.diagnostic.span, one.diagnostic.code))
    quiet = tuple(suppressed)
    return FileResult(judged.name, "linted", tuple(left), ledger, report.document.source, report, suppressed=quiet)


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
