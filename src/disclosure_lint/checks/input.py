"""Kind `input`: what readers and the linter itself notice about a file."""

from typing import Any, ClassVar, Literal, TypedDict, get_args

from disclosure_lint.checks.wording import judged
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_Event = Literal[
    "unreadable",
    "not-a-report",
    "no-text-layer",
    "unknown-form",
    "unused-suppression",
    "unaccepted-changes",
    "rule-failed",
]


class _Compiled(TypedDict):
    event: _Event


class InputCheck:
    """Option: `event`, which of these notices carries the rule's words."""

    kind = "input"
    compiled_type: ClassVar[Any] = _Compiled
    event_option = "event"
    """Names the option by which a rule says what it tells of a file itself: see `Rule.event`."""
    schema: ClassVar[dict[str, Any]] = {
        "description": "读文件时发现的情况",
        "type": "object",
        "required": ["event"],
        "additionalProperties": False,
        "properties": {
            "event": {"description": "哪一种情况用这条规则的话来说", "enum": list(get_args(_Event))},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options as they are."""
        return options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns failed where the document bears such a notice, or no form is known for its year.

        The engine adds what else it notices: that a file is unreadable or no report, that a plugin failed, and which
        comments silence nothing.
        """
        event = rule.event
        if event == "unknown-form" and not report.known_form and report.title is not None:
            values: dict[str, str | LocalizedText] = {"year": str(report.year), "form": report.form.id}
            return judged([Finding(report.title.span, values, "older" if report.is_older_than_forms else None)])
        noticed = [notice for notice in report.document.notices if notice.event == event]
        return judged(
            [Finding(one.span, {"reason": LocalizedText(one.zh, one.en)}, location=one.location) for one in noticed]
        )
