"""Kind `parts`: a list that is said to have another number of members than it names."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, TypedDict

from disclosure_lint.checks.expressions import Expressions, Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS, demand_groups
from disclosure_lint.checks.prose import Sentence, sentences_for
from disclosure_lint.checks.wording import judged
from disclosure_lint.claims.quantities import number
from disclosure_lint.model.diagnostic import Finding, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_SEPARATORS = "、"
_LAST = "以及|[和及与]"
"""What may stand before the last member, or within one."""
_AND_SO_ON = "等"
_REMARK = r"（[^（）]*）"


class _Compiled(TypedDict):
    list: Patterns
    joined: Patterns


class PartsCheck:
    """Options: `list`, what says how many, with groups `parts` and `count`; `joined`, members that hold a separator.

    A list that ends with 等 may name fewer than it has, unless it names as many as the form has sections.
    """

    kind = "parts"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "说的个数和列出的个数",
        "type": "object",
        "required": ["list"],
        "additionalProperties": False,
        "properties": {
            "list": {"description": "怎样列出，用 parts、count 标出", **PATTERNS},
            "joined": {"description": "虽有顿号也算一项的字样", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options, patterns prepared; raises UserError for a list without its groups."""
        for pattern in options["list"]:
            demand_groups(pattern, "parts", "count")
        return {"list": prepared(options["list"]), "joined": prepared(options.get("joined", ()))}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding at each number that is not that of the members."""
        joined, sections = expressions(rule.options["joined"]), len(report.form.sections)
        named = sentences_for(rule.options["list"], report)
        return judged([one for each, lists in named for one in _findings(each, lists, joined, sections)])


def _findings(sentence: Sentence, lists: Expressions, joined: Expressions, sections: int) -> Iterator[Finding]:
    for match in lists.find(sentence.text):
        said, parts = number(match["count"]), match["parts"]
        parts = re.sub(_REMARK, "", parts)
        least, most = _members(parts.removesuffix(_AND_SO_ON), joined)
        may_be_more = parts.endswith(_AND_SO_ON) and most != sections
        if said is None or least < 2 or said in range(least, most + 1) or (said > most and may_be_more):
            continue
        values = {"text": match.group(), "said": str(said), "count": str(least)}
        yield Finding(sentence.span(*match.span("count")), dict(values))


def _members(parts: str, joined: Expressions) -> tuple[int, int]:
    """Returns how many members a list has at least and at most: 和 joins two, or stands within one."""
    for one in joined:
        spans = [match.span() for match in one.finditer(parts)]
        for start, end in reversed(spans):
            parts = f"{parts[:start]}一{parts[end:]}"
    least = len(re.split(_SEPARATORS, parts))
    return least, least + len(re.findall(_LAST, re.split(_SEPARATORS, parts)[-1]))
