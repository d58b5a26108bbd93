"""Rules as lines: code, severity, name, pack and what each asks."""

from collections.abc import Iterator, Sequence
from typing import Any

from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rule_states import State
from disclosure_lint.model.rule import Rule


def state_lines(states: Sequence[State], say: Translator) -> Iterator[str]:
    """Returns a line for each rule: whether it is on for a report, and why not."""
    for state, line in zip(states, lines([state.rule for state in states], say), strict=True):
        reason = f"{say('（', ' (')}{state.reason.text(say.lang)}{say('）', ')')}" if state.reason else ""
        yield f"{'on ' if state.on else 'off'}  {line}{reason}"


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
