"""Brings a kind of check: `[rule.paragraph]` with `max = 800` finds paragraphs that are longer."""

from typing import Any, ClassVar

from disclosure_lint import CheckKind, CompileContext, Finding, Paragraph, Report, Rule, Verdict, hookimpl


class ParagraphCheck:
    kind = "paragraph"
    schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["max"],
        "additionalProperties": False,
        "properties": {"max": {"type": "integer", "minimum": 1}},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        return options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        findings = [
            Finding(block.span, {"length": str(block.span.end - block.span.start)})
            for block in report.document.blocks
            if isinstance(block, Paragraph) and block.span.end - block.span.start > rule.options["max"]
        ]
        return Verdict("failed", tuple(findings)) if findings else Verdict("passed")


@hookimpl
def check_kinds() -> list[CheckKind]:
    return [ParagraphCheck()]
