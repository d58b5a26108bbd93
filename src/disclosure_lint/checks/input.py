"""Kind `input`: what readers and the linter itself notice about a file."""

from typing import Any, ClassVar

from disclosure_lint.checks.wording import judged
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule


class InputCheck:
    """Option: `event`, which of these notices carries the rule's words."""

    kind = "input"
    event_option = "event"
    """Names the option by which a rule says what it tells of a file itself: see `Rule.event`."""
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
                    "unaccepted-changes",
                    "rule-failed",
                ]
            }
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options as they are."""
        return options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns failed where the document bears such a notice; the linter adds what else it noticed."""
        noticed = [notice for notice in report.document.notices if notice.event == rule.event]
        return judged(
            [Finding(one.span, {"reason": LocalizedText(one.zh, one.en)}, location=one.location) for one in noticed]
        )
