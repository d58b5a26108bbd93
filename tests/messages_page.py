"""The page of all messages: each template of each rule, and what it says with real values in the examples and cases."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.rule import Rule
from disclosure_lint.outputs.wording import SEVERITIES
from disclosure_lint.packs import shipped_rules
from disclosure_lint.packs.texts import Example, rule_texts
from disclosure_lint.proof.cases import read_case
from disclosure_lint.proof.examples import example_report
from tests.case_files import all_cases

PAGE = Path(__file__).resolve().parents[1] / "docs" / "messages.md"
_HEAD = """# What is said · 说什么

Every message of every rule, with examples as they come out of the rules' own examples and cases. Checks fill in `{…}`.
Written by `DISCLOSURE_LINT_UPDATE=1 python3 run.py tests -k messages`; what stands here is never changed by hand.

每条规则说的每句话，和规则自己的例子、用例里实际说出来的话。`{…}` 由检查填入。本页由上面的命令写成，不用手改。
"""
_MOST = 3
_PLACEHOLDER = re.compile(r"\\\{[\w-]+\\\}")


def page() -> str:
    """Returns the page."""
    linter = Linter.default()
    said = _said(linter)
    parts = [_HEAD]
    for rule in sorted(linter.rules, key=lambda one: one.code):
        name = SEVERITIES[rule.severity].zh if rule.severity is not Severity.off else "默认不查"
        parts.append(f"## {rule.code} {rule.name}\n\n{rule.summary.zh}（{name}）\n")
        templates = {"": rule.message, **{key: one.message for key, one in rule.variants.items()}}
        parts += _blocks(templates, said.get(rule.code, ()))
    sums = [one for code, found in said.items() if code.startswith("DL3") for one in found]
    parts.append("## Which number is wrong · 哪个数填错了\n\nSee [localize.md](localize.md).\n")
    parts += _blocks(linter.packs[0].localization.messages, sums)
    return "\n".join(parts)


def examples_of(template: LocalizedText, said: Iterable[LocalizedText]) -> list[LocalizedText]:
    """Returns the first few different messages that a template has given."""
    shape = re.compile(_PLACEHOLDER.sub("(?:.*?)", re.escape(template.zh)), re.DOTALL)
    found = [one for one in said if shape.fullmatch(one.zh)]
    # What differs only in digits says the same to a reader.
    return list({re.sub(r"\d+", "0", one.zh): one for one in found}.values())[:_MOST]


def _blocks(templates: Mapping[str, LocalizedText], said: Iterable[LocalizedText]) -> Iterator[str]:
    said = list(said)
    for key, template in templates.items():
        lines = [f"**{key}** " if key else "", template.zh, "  \n", template.en, "\n"]
        lines += [f"- {one.zh}\n  {one.en}\n" for one in examples_of(template, said)] if "{" in template.zh else []
        yield "".join(lines)


@cache
def _said(linter: Linter) -> dict[str, list[LocalizedText]]:
    """Returns what is said of the examples of each rule, by itself, and of the cases of all, by the rules' codes."""
    rules, texts = {rule.code: rule for rule in linter.rules}, rule_texts(shipped_rules())
    found: dict[str, list[LocalizedText]] = {code: [] for code in rules}
    for code, rule in rules.items():
        for example in texts[code].examples:
            found[code] += _of_example(linter, rule, example)
    for path in all_cases():
        case = read_case(path)
        for one in linter.lint(case.name, case.data, case.settings).diagnostics:
            found[one.code].append(one.brief or one.message)
    return found


def _of_example(linter: Linter, rule: Rule, example: Example) -> Iterator[LocalizedText]:
    report = example_report(linter, rule, example)
    if report is not None and example.text is not None:
        for finding in linter.judge(rule, report).findings:
            yield rule.diagnostic(finding, "").message
