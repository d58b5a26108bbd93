"""What the engine itself notices about a file: that it cannot be read, is no report, or that a plugin failed.

The words are those of the rules of kind `input`, which name the event that they are about; what readers notice in a
document is found by that kind of check.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from disclosure_lint.model.diagnostic import Diagnostic, Finding, LocalizedText, Verdict
from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import PluginError
from disclosure_lint.model.personal import masked
from disclosure_lint.model.result import FileResult, PluginFailure, RuleOutcome
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Source, Span
from disclosure_lint.settings import Settings, accepted, selected
from disclosure_lint.suppress.suppressions import SuppressionSet, apply_suppressions

_FAILED = "rule-failed"
_FATAL = ("unreadable", "no-text-layer", "not-a-report", _FAILED)
"""What is said even where a selection of rules leaves it out, lest nothing found be taken for nothing wrong."""
_Result = TypeVar("_Result")


class Failures:
    """What plugins and packs failed to do for a file."""

    def __init__(self) -> None:
        self.found: list[PluginFailure] = []

    def add(self, *errors: PluginError) -> None:
        """Adds what these say."""
        self.found += [_failure(error) for error in errors]

    def trying(self, call: Callable[[], _Result]) -> _Result | None:
        """Returns what the call returns; None, with the failure added, if it raises PluginError."""
        try:
            return call()
        except PluginError as error:
            self.add(error)
            return None

    def of_rule(self, rule: Rule, error: PluginError) -> Verdict:
        """Adds that a rule failed; returns how it ended."""
        failure = _failure(error)._replace(code=rule.code)
        # Of a pack that ran out of time it is enough to say so once.
        if failure.reason not in [one.reason for one in self.found]:
            self.found.append(failure)
        return Verdict("undetermined", (), failure.reason)


class Notices:
    """Results of files that come to no report, and findings about failures."""

    def __init__(self, rules: Sequence[Rule]):
        """Takes the rules that hold for every report."""
        self._rules = rules
        self._events = {rule.event: rule for rule in rules if rule.event}

    def unreadable(
        self, name: str, reason: LocalizedText, event: str, settings: Settings, rules: Sequence[Rule] | None = None
    ) -> FileResult:
        """Returns the result for a file that cannot be read; `rules` are those that would be run."""
        rules = selected(self._rules, settings, name) if rules is None else rules
        notices = self._notice(event, name, Finding(Span(0, 0), {"reason": reason}), rules, settings)
        why = Verdict("undetermined", (), LocalizedText("文件无法读取", "the file cannot be read"))
        left, suppressed = apply_suppressions(notices, SuppressionSet((), accepted(settings, name)))
        ledger = _unjudged(rules, notices, why)
        return FileResult(name, "unreadable", tuple(left), ledger, suppressed=tuple(suppressed))

    def not_a_report(
        self, name: str, settings: Settings, document: Document | None = None, headings: Sequence[str] = ()
    ) -> FileResult:
        """Returns the result for a file that is no report, though it may have some statutory headings."""
        document = document or Document(Source(name, ""), "text", ())
        rules = selected(self._rules, settings, name)
        first = document.blocks[0].span if document.blocks else Span(0, 0)
        found = LocalizedText(*("、".join(f"“{heading}”" for heading in headings),) * 2)
        finding = Finding(first, {"headings": found}, "some") if headings else Finding(first)
        notices = self._notice("not-a-report", name, finding, rules, settings)
        if document.unread_pages:
            pictures = Finding(first, {"reason": LocalizedText(*document.unread_pages)})
            notices += self._notice("no-text-layer", name, pictures, rules, settings)
        why = Verdict("not_applicable", (), LocalizedText("不是年度报告", "not an annual report"))
        left, suppressed = apply_suppressions(notices, SuppressionSet.of(document, accepted(settings, name)))
        ledger = _unjudged(rules, notices, why)
        return FileResult(name, "not_a_report", tuple(left), ledger, document.source, suppressed=tuple(suppressed))

    def with_failures(self, result: FileResult, failures: Failures, settings: Settings) -> FileResult:
        """Returns the result with a finding for each failure; neither a comment nor a plugin can take it away."""
        rules = selected(self._rules, settings, result.path)
        notices = [
            diagnostic
            for failure in failures.found
            for diagnostic in self._notice(
                _FAILED, result.path, Finding(Span(0, 0), {"reason": failure.reason}), rules, settings
            )
        ]
        codes = {diagnostic.code for diagnostic in notices}
        ledger = tuple(RuleOutcome(one.code, "failed") if one.code in codes else one for one in result.ledger)
        return result._replace(
            diagnostics=(*notices, *result.diagnostics), ledger=ledger, failures=tuple(failures.found)
        )

    def _notice(
        self, event: str, name: str, finding: Finding, rules: Sequence[Rule], settings: Settings
    ) -> tuple[Diagnostic, ...]:
        """Returns the diagnostic of an event, unless it was asked not to say it."""
        known = self._events.get(event)
        if known is None:
            return ()
        rule = next((rule for rule in rules if rule.code == known.code), None)
        if rule is None and event in _FATAL and selected([known], settings._replace(select=()), name):
            rule = known
        return (rule.diagnostic(finding, name),) if rule else ()


def _failure(error: PluginError) -> PluginFailure:
    return PluginFailure(error.owner, LocalizedText(masked(error.zh), masked(error.en)))


def _unjudged(rules: Sequence[Rule], notices: Sequence[Diagnostic], why: Verdict) -> tuple[RuleOutcome, ...]:
    """Returns the ledger of a file on which no rule was run, but for what the engine noticed itself."""
    failed = {notice.code for notice in notices}
    return tuple(
        RuleOutcome(rule.code, "failed") if rule.code in failed else RuleOutcome(rule.code, why.outcome, why.reason)
        for rule in rules
    )
