"""Kind `personal`: numbers that lead to a person, which nobody should publish."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, TypedDict

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS
from disclosure_lint.checks.prose import passages
from disclosure_lint.checks.wording import judged
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Finding, Verdict
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.personal import Personal, find_personal, masked, may_hold
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Source, Span

_BEFORE, _BEHIND = 60, 12
"""Characters of the source around a number that tell what it is."""
_NUMBER = "#"


class _Named(TypedDict):
    number: Personal


class _Compiled(_Named, total=False):
    near: Patterns
    unless: Patterns


class PersonalCheck:
    """Options: `number`, `mobile`, `identity` (its check character must be right) or `bank-card` (by Luhn's sum).

    What stands around it is asked as one squeezed text, the number itself being `#`: some of `near` must match in it,
    and none of `unless`.
    """

    kind = "personal"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "手机号码、公民身份号码、银行卡号",
        "type": "object",
        "required": ["number"],
        "additionalProperties": False,
        "properties": {
            "number": {"description": "查哪种号码", "enum": ["mobile", "identity", "bank-card"]},
            "near": {"description": "前后有这些字样才算，号码写作 #", **PATTERNS},
            "unless": {"description": "前后是这些字样的不算，号码写作 #", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options, patterns prepared."""
        return {key: value if key == "number" else prepared(value) for key, value in options.items()}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for each number, with most of it in stars."""
        source = report.document.source
        found = [Finding(span, {"text": masked(source.slice(span))}) for span in _found(rule.options, report)]
        return judged(found)


def _found(options: dict[str, Any], report: Report) -> Iterator[Span]:
    source = report.document.source
    near, unless = expressions(options.get("near", ())), expressions(options.get("unless", ()))
    for start, end in _numbered(report):
        for one in find_personal(options["number"], source.folded[start:end]):
            span = Span(start + one.start, start + one.end)
            around = _around(source, span)
            if unless.match_in(around):
                continue
            if not near or near.match_in(around):
                yield span


def _numbered(report: Report) -> Sequence[Span]:
    """Returns the passages with as many digits as any such number has: in most reports there is none."""
    folded = report.document.source.folded
    made: Sequence[Span] = report.texts.once(
        "long numbers", lambda: [span for span in passages(report) if may_hold(folded[span.start : span.end])]
    )
    return made


def _around(source: Source, span: Span) -> str:
    before, behind = (
        source.folded[max(0, span.start - _BEFORE) : span.start],
        source.folded[span.end : span.end + _BEHIND],
    )
    return squeeze(before) + _NUMBER + squeeze(behind)
