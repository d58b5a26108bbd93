"""Rules as lines: code, severity, name, pack and what each asks; whether each is on for one report, or in a profile."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from disclosure_lint.cli.language import Translator
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.rule_sets import RuleSetSelection
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.display import in_json
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings import Settings, selected
from disclosure_lint.settings.files import Grade, Profile
from disclosure_lint.settings.model import length


def lines(rules: Sequence[Rule], say: Translator) -> Iterator[str]:
    """Returns a line for each rule, in columns."""
    names = max((len(rule.name) for rule in rules), default=0)
    packs = max((len(rule.pack) for rule in rules), default=0)
    for rule in rules:
        columns = (rule.code, f"{rule.severity.name:<7}", f"{rule.name:<{names}}", f"{rule.pack:<{packs}}")
        yield f"{'  '.join(columns)}  {rule.summary.text(say.lang)}"


def rule_data(rule: Rule) -> dict[str, Any]:
    """Returns what JSON says of a rule."""
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.name,
        "pack": rule.pack,
        "kind": rule.kind,
        "summary": rule.summary._asdict(),
        "source": list(dict.fromkeys(law.document for law in rule.law)),
    }


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


def state_lines(states: Sequence[State], say: Translator) -> Iterator[str]:
    """Returns a line for each rule: whether it is on for a report, and why not."""
    for state, line in zip(states, lines([state.rule for state in states], say), strict=True):
        reason = f"{say('（', ' (')}{state.reason.text(say.lang)}{say('）', ')')}" if state.reason else ""
        yield f"{'on ' if state.on else 'off'}  {line}{reason}"


def profile_pieces(profile: Profile, rules: Sequence[Rule], output_format: str, say: Translator) -> Iterator[str]:
    """Returns the rules with their severity in a profile, as text or as JSON."""
    graded = [(rule, _grade(profile, rule)) for rule in rules]
    if output_format == "json":
        data = [
            {**rule_data(_as_graded(rule, grade)), "profile_reason": grade and grade.reason._asdict()}
            for rule, grade in graded
        ]
        yield in_json(json.dumps(data, ensure_ascii=False, indent=2))
        return
    yield from _head(profile, say)
    for (_, grade), line in zip(graded, lines([_as_graded(*one) for one in graded], say), strict=True):
        yield line + (f"{say('（', ' (')}{grade.reason.text(say.lang)}{say('）', ')')}" if grade else "")


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


def _head(profile: Profile, say: Translator) -> Iterator[str]:
    yield f"{profile.id}{say('：', ': ')}{profile.summary.text(say.lang)}"
    limits = f"fail-on = {profile.fail_on.name}"
    if profile.max_undetermined is not None:
        limits += f", max-undetermined = {profile.max_undetermined}"
    yield limits


def _grade(profile: Profile, rule: Rule) -> Grade | None:
    code = max(profile.grades, key=lambda code: length(rule, [code]), default="")
    return profile.grades[code] if code and length(rule, [code]) >= 0 else None


def _as_graded(rule: Rule, grade: Grade | None) -> Rule:
    severity: Severity = rule.severity if grade is None else grade.severity
    return rule if severity is rule.severity else rule.graded(severity)
