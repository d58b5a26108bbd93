"""Whether each rule is on for one report, and why not."""

from collections.abc import Iterator
from typing import NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.rule_sets import RuleSetSelection
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings import Settings, selected


class State(NamedTuple):
    """A rule for one report."""

    rule: Rule
    """With the severity that it has there."""
    on: bool
    reason: LocalizedText | None = None
    """Why it is off, or otherwise severe than its pack says."""


def states(linter: Linter, report: Report, choice: RuleSetSelection, settings: Settings, name: str) -> Iterator[State]:
    """Returns the state of every loaded rule for a report; `choice` is what the linter chose for it."""
    absent = {pack.id: linter.rule_sets.why_not(pack, report, choice) for pack in linter.packs}
    there = {rule.code: rule for rule in choice.rule_set.rules}
    for rule in linter.rules:
        why = absent[rule.pack]
        if why is not None:
            reason = LocalizedText(
                f"规则包 {rule.pack} 不用于这份年报：{why.zh}", f"the pack {rule.pack} is not for it: {why.en}"
            )
            yield State(rule, False, reason)
        elif rule.code not in there:
            yield State(rule, False, choice.rule_set.changed[rule.code])
        else:
            yield _state(there[rule.code], report, choice.rule_set.changed.get(rule.code), settings, name)


def _state(rule: Rule, report: Report, changed: LocalizedText | None, settings: Settings, name: str) -> State:
    chosen = selected([rule], settings, name)
    if not chosen:
        if rule.severity is Severity.off:
            return State(rule, False, changed or LocalizedText("默认关闭", "off by default"))
        return State(rule, False, LocalizedText("设置里没有选它", "left out by the settings"))
    verdict = chosen[0].not_for(report)
    if verdict is not None and verdict.outcome == "not_applicable":
        return State(chosen[0], False, verdict.reason)
    return State(chosen[0], True, changed)
