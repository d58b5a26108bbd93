"""Kind `input`: what the linter itself notices about a file before any rule is judged."""

from typing import Any, ClassVar

from disclosure_lint.checks.wording import judged
from disclosure_lint.model.diagnostic import Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule


class InputCheck:
    """Option: `event`, which of these notices carries the rule's words."""

    kind = "input"
    schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["event"],
        "additionalProperties": False,
        "properties": {
            "event": {
                "enum": [
                    "unreadable",
                    "not-a-report",
                    "no-text-layer",
                    "unknown-form",
                    "unused-suppression",
                    "rule-failed",
                ]
            }
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options as they are."""
        return options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns passed: a document that was bound has none of these; the linter adds what it noticed."""
        return judged([])
