"""Kind `deadline`: reports that are dated after the day on which they had to be public."""

import re
from typing import Any, ClassVar, TypedDict

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS
from disclosure_lint.checks.prose import signature
from disclosure_lint.checks.wording import judged, not_applicable
from disclosure_lint.divisions.table import table
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Finding, Verdict
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_MUNICIPALITIES = ("11", "12", "31", "50")
"""Beginnings of the codes of 直辖市."""
_LEVELS = ("county", "prefecture", "province")
_DAY = r"(1[0-2]|[1-9])-([12]\d|3[01]|[1-9])"
_GOVERNMENT = r"(?:人民政府|政府)?(?:办公[室厅])?$"


class _Term(TypedDict, total=False):
    agency: Patterns
    level: str
    month: int
    day: int


class _Compiled(TypedDict):
    terms: list[_Term]
    unless: Patterns


class DeadlineCheck:
    """Options: `terms`, each with `until` (`1-31`, in the year after the report's) and either `agency`, how the names
    of authorities look that it is for, or `level`, whose whole government it is for (`county`, `prefecture`,
    `province`); `unless`, authorities that have terms of their own.

    A government is looked up in the table of divisions; where a name is that of several, the latest day counts.
    """

    kind = "deadline"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "落款日期是不是在应当公布的日期以后",
        "type": "object",
        "required": ["terms"],
        "additionalProperties": False,
        "properties": {
            "terms": {
                "description": "各种机关的期限",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["until"],
                    "additionalProperties": False,
                    "properties": {
                        "until": {
                            "description": "第二年的几月几日，如 01-31",
                            "type": "string",
                            "pattern": f"^{_DAY}$",
                        },
                        "agency": {"description": "用于名称符合的机关", **PATTERNS},
                        "level": {"description": "用于哪一级的政府", "enum": list(_LEVELS)},
                    },
                    "oneOf": [{"required": ["agency"]}, {"required": ["level"]}],
                },
            },
            "unless": {"description": "名称符合的机关不查", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options with days as numbers; raises UserError for a level that is given twice."""
        levels = [term["level"] for term in options["terms"] if "level" in term]
        if len(levels) > len(set(levels)):
            raise UserError("同一个 level 写了两次", en="a level is given twice")
        return {"terms": list(map(_compiled, options["terms"])), "unless": prepared(options.get("unless", ()))}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict; a report without a date, or of an authority whose term is not known, is not judged."""
        signed = signature(report)
        if signed is None:
            return not_applicable("没有写落款日期", "the report has no date")
        if report.agency is None or report.year is None:
            return not_applicable("不知道是哪个机关哪一年度的报告", "it is not known whose report for which year it is")
        agency = squeeze(report.agency)
        limit = _limit(rule.options, agency)
        if limit is None:
            return not_applicable(
                "不知道这个机关应在哪一天以前公布", "it is not known when this authority has to publish"
            )
        if signed.date <= (report.year + 1, *limit):
            return judged([])
        year, month, day = signed.date
        last = f"{report.year + 1}年{limit[0]}月{limit[1]}日"
        return judged([Finding(signed.date_span, {"date": f"{year}年{month}月{day}日", "expected": last})])


def _compiled(term: dict[str, Any]) -> dict[str, Any]:
    month, day = map(int, term["until"].split("-"))
    named = {"agency": prepared(term["agency"])} if "agency" in term else {"level": term["level"]}
    return {**named, "month": month, "day": day}


def _limit(options: dict[str, Any], agency: str) -> tuple[int, int] | None:
    if expressions(options["unless"]).match_in(agency):
        return None
    for term in options["terms"]:
        if "agency" in term and expressions(term["agency"]).match_in(agency):
            return term["month"], term["day"]
    levels = _levels(re.sub(_GOVERNMENT, "", agency))
    days = [(term["month"], term["day"]) for term in options["terms"] if term.get("level") in levels]
    return max(days, default=None)


def _levels(name: str) -> set[str]:
    """Returns the levels of the divisions that the last name in an agency's name may be."""
    for start in range(len(name) - 1):
        if found := table().with_full_name(name[start:]):
            # Districts of 直辖市 report like prefectures.
            return {"prefecture" if one.code[:2] in _MUNICIPALITIES else one.level for one in found}
    return set()
