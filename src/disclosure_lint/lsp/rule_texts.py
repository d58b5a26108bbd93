"""Rules in a few lines, for hovers and completion."""

from collections.abc import Iterable

from disclosure_lint.model.characters import fold
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.wording import cited

_CODE = lazy_re_compile(r"\b[A-Za-z]{2}\d{3}\b")


def code_at(text: str, offset: int) -> tuple[str, Span] | None:
    """Returns the code of a rule that stands at an offset of a text, full-width or not."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = fold(text[start : end if end >= 0 else len(text)])
    for match in _CODE.finditer(line):
        if match.start() <= offset - start <= match.end():
            return match.group().upper(), Span(start + match.start(), start + match.end())
    return None


def rule_named(code: str, rules: Iterable[Rule]) -> Rule | None:
    """Returns the rule with that code."""
    return next((rule for rule in rules if rule.code == code), None)


def rule_text(rule: Rule, lang: str) -> str:
    """Returns what a rule asks and under which law, as Markdown."""
    severity = (
        LocalizedText("默认关闭", "off by default").text(lang) if rule.severity is Severity.off else rule.severity.name
    )
    lines = [f"**{rule.code}** `{rule.name}` — {severity}", rule.summary.text(lang)]
    for law in rule.law:
        lines.append(f"{LocalizedText('依据：', 'Law: ').text(lang)}{cited(law, lang)}")
        if law.text:
            lines.append(f"> {law.text}")
    return "\n\n".join(lines)
