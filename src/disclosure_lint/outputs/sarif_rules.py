"""The rules of a run as SARIF describes them."""

import re
from collections.abc import Iterable
from typing import Any

from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.rule import Rule
from disclosure_lint.outputs.citation import cited

LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.info: "note", Severity.off: "none"}
_PROBLEMS = {"error": "error", "warning": "warning", "note": "recommendation", "none": "recommendation"}
_LONGEST = 1024
_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")


class RuleIndex:
    """Numbers the rules that ran, as they come; what they say is told at the end, when all packs are known."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._numbers: dict[str, int] = {}

    def number(self, code: str, name: str = "") -> int:
        """Returns the place of a rule in the list."""
        if name:
            self._names.setdefault(code, name)
        return self._numbers.setdefault(code, len(self._numbers))

    def described(self, rules: Iterable[Rule], style: OutputStyle) -> list[dict[str, Any]]:
        """Returns the list of those that were numbered."""
        loaded = {rule.code: rule for rule in rules}
        return [
            _descriptor(loaded[code], style) if code in loaded else _unknown(code, self._names.get(code, code))
            for code in self._numbers
        ]


def _descriptor(rule: Rule, style: OutputStyle) -> dict[str, Any]:
    summary = rule.summary.text(style.lang).strip() or rule.name
    sources = [cited(law, style.lang) for law in rule.law]
    law = style.say("依据：", "Law: ") + style.say("；", "; ").join(sources) if sources else ""
    command = f"disclosure-lint explain {rule.code}"
    level = LEVELS[rule.severity]
    off = rule.severity is Severity.off
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": _cut(summary)},
        "fullDescription": {"text": _cut("\n".join(filter(None, (summary, law))))},
        "help": {
            "text": "\n".join([summary, *_plain_law(rule, style), command]),
            "markdown": "\n\n".join([_plain(summary), *_law(rule, style), f"`{command}`"]),
        },
        "defaultConfiguration": {"enabled": not off, "level": "note" if off else level},
        "properties": {
            "tags": [rule.kind, rule.pack],
            "law": sources,
            "precision": "very-high" if rule.exact else "high",
            "problem.severity": _PROBLEMS[level],
        },
    }


def _plain_law(rule: Rule, style: OutputStyle) -> list[str]:
    return [f"{cited(law, style.lang)}{f'「{law.text}」' if law.text else ''}" for law in rule.law]


def _law(rule: Rule, style: OutputStyle) -> list[str]:
    """Returns for each source its name and its words as a quotation."""
    parts = []
    for law in rule.law:
        parts.append(f"**{_plain(cited(law, style.lang))}**")
        if law.text:
            parts.append("\n".join(f"> {_plain(line)}" for line in law.text.splitlines()))
    return parts


def _plain(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _unknown(code: str, name: str) -> dict[str, Any]:
    said = {"text": name}
    return {"id": code, "name": name, "shortDescription": said, "fullDescription": said, "help": said}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
