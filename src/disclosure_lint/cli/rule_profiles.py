"""Rules as a profile has them: how severe, and why otherwise than by themselves."""

import json
from collections.abc import Iterator, Sequence

from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rule_list import lines, rule_data
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.display import in_json
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings.model import length
from disclosure_lint.settings.profiles import Grade, Profile


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
