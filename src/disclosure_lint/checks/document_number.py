"""Kind `document_number`: document numbers that are not written as 机关代字〔年份〕序号号."""

import re
from collections.abc import Iterator
from typing import Any, ClassVar, TypedDict

from disclosure_lint.checks.expressions import Expression, Expressions, Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS
from disclosure_lint.checks.prose import Sentence, sentences
from disclosure_lint.checks.spelling import distance
from disclosure_lint.checks.wording import judged
from disclosure_lint.model.diagnostic import Finding, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_NUMBER = Expression(
    r"(?P<code>[\u4e00-\u9fff]{1,14})(?P<open>[〔\[（【〖]?)(?P<year>20\d\d)(?P<in_full>年?)(?P<close>[〕\]）】〗]?)"
    r"(?P<ordinal>第?)(?P<serial>[1-9]\d{0,3})号(?![楼院线机地井仓馆厅门桌窗库]|\.[a-z])",
    [["号"], ["20"]],
)
_MOST_WRONG = 2
_LEAST = 5
"""Characters of a code that may be taken for another one, slightly wrong."""


class _Compiled(TypedDict):
    codes: list[str]
    issued: Patterns
    unless: Patterns


class DocumentNumberCheck:
    """Options: `issued`, how the code of an office ends (`[发函字]$`); `unless`, codes of other papers, for which other
    rules hold; `codes`, codes that are known in full, in which a lost or doubled character is seen.

    Both are asked of the Chinese characters right before the year. Cells of tables are not looked at.
    """

    kind = "document_number"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "发文字号写得对不对",
        "type": "object",
        "required": ["issued"],
        "additionalProperties": False,
        "properties": {
            "codes": {
                "description": "写全了的机关代字，用来看漏字、重字",
                "type": "array",
                "items": {"type": "string", "minLength": _LEAST},
            },
            "issued": {"description": "年份前面的机关代字怎样结尾", **PATTERNS},
            "unless": {"description": "年份前面是这些字样的不算", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options, patterns prepared."""
        return {
            "codes": options.get("codes", []),
            "issued": prepared(options["issued"]),
            "unless": prepared(options.get("unless", ())),
        }

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: a finding for each number, `code` where its code is misspelt."""
        reading = _Reading(rule.options)
        found = (sentence for sentence in sentences(report, "号") if not sentence.in_table)
        return judged([finding for sentence in found for finding in reading.findings(sentence)])


class _Reading:
    """Tells how a number should be written."""

    def __init__(self, options: dict[str, Any]):
        self._codes: list[str] = options["codes"]
        self._issued: Expressions = expressions(options["issued"])
        self._unless: Expressions = expressions(options["unless"])

    def findings(self, sentence: Sentence) -> Iterator[Finding]:
        """Yields the numbers of a sentence that are wrong."""
        for match in _NUMBER.finditer(sentence.text) if "号" in sentence.text else ():
            before = match["code"]
            if self._unless.match_in(before):
                continue
            number = f"〔{match['year']}〕{match['serial']}号"
            written = sentence.text[match.end("code") : match.end()]
            wrong, right = self._misspelt(before)
            if not right and not self._is_number(match):
                continue
            if right or written != number:
                start = match.end("code") - len(wrong)
                values = {"text": wrong + written, "expected": right + number}
                yield Finding(sentence.span(start, match.end()), dict(values), "code" if right else None)

    def _is_number(self, match: re.Match[str]) -> bool:
        """Says whether the year is one of a document number: in a bracket, or behind a code that is known."""
        code = match["code"]
        if not (match["open"] or match["close"]):
            return code.endswith(tuple(self._codes)) and not match["ordinal"]
        return self._issued.match_in(code)

    def _misspelt(self, before: str) -> tuple[str, str]:
        """Returns a code that is nearly a known one, with that; two empty texts if there is none."""
        for code in self._codes:
            start = before.rfind(code[0])
            said = before[start:] if start >= 0 else ""
            if (
                said != code
                and len(said) >= _LEAST
                and said[-1] == code[-1]
                and distance(said, code, _MOST_WRONG) <= _MOST_WRONG
            ):
                return said, code
        return "", ""
