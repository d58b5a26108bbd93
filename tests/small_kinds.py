"""Fake kinds of check. Without pytest, so that a process of its own may load them."""

from typing import Any, ClassVar

from disclosure_lint.model.diagnostic import Verdict
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CheckKind, CompileContext
from disclosure_lint.model.patterns import compile_pattern
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule


class Equation:
    """A kind that refuses the word `wrong` in its formula, at its column."""

    kind = "equation"
    schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["formula"],
        "additionalProperties": False,
        "properties": {"formula": {"type": "string"}, "each": {"type": "string"}, "at": {"type": "string"}},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        at = options["formula"].find("wrong")
        if at >= 0:
            raise UserError("没有叫 “wrong” 的行", column=at + 1)
        if options.get("at") == "nowhere":
            raise UserError("没有叫 “nowhere” 的格")
        return {"formula": options["formula"], "forms": context.rule_forms}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        raise NotImplementedError


class Words:
    """A kind with patterns; its schema does not say that other keys are refused."""

    kind = "words"
    schema: ClassVar[dict[str, Any]] = {
        "properties": {"any": {"$ref": "#/$defs/patterns"}, "vocabulary": {"type": "string"}},
        "oneOf": [{"required": ["any"]}, {"required": ["vocabulary"]}],
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        patterns = context.vocabularies[options["vocabulary"]]["about"] if "vocabulary" in options else options["any"]
        return {"any": [compile_pattern(pattern).pattern for pattern in patterns]}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        raise NotImplementedError


CHECKS: dict[str, CheckKind] = {"equation": Equation(), "words": Words()}
