"""Kind `claim`: a number that the text states in words must be the one in the table."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, TypedDict

from disclosure_lint.checks.expressions import Patterns, Stretches, expressions, prepared
from disclosure_lint.checks.options import known_sections
from disclosure_lint.checks.wording import cell_words, judged, not_applicable, section_words, top
from disclosure_lint.claims.numerals import DIGITS, NUMERALS, number, power
from disclosure_lint.model.characters import Squeezed
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict, Violation
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Address
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.patterns import PatternError, compile_pattern
from disclosure_lint.model.relation import Relation, Statement
from disclosure_lint.model.report import Fact, Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_PATTERNS = {"type": "array", "items": {"$ref": "#/$defs/pattern"}, "minItems": 1}
_ADDRESS = r"([a-z][a-z0-9_]*)\[([a-z][a-z0-9_]*),([a-z][a-z0-9_]*)\]"
_SHORT = "{number}"
_BY_NUMBER = r"\\[^1-9]|(\\[1-9]|\(\?\(\d+\))"
"""What names a group by its number."""
_MEANING = rf"(?P<number>{DIGITS}|{NUMERALS}(?=[件条份部个项处家次宗起例人篇元])|零)(?![\d年月日%]|\.\d)"


class _Said(TypedDict):
    statement: Patterns
    unless: Patterns
    cell: tuple[str, str, str]


class _Compiled(_Said, total=False):
    section: str
    required: bool
    per: int


class ClaimCheck:
    """Options: `statement`, expressions for what is said; `cell`, the number that it must be; `section`, where
    (everywhere if absent); `unless`, stretches that are not read; `required`, whether silence is a finding; `per`,
    what 1 stands for in the cell (10000 in a column of 万元).

    A statement holds `{number}` (or a group of that name), or a group `none` of words that mean 0; one with neither
    only tells that it is said. A group `unit` may hold 万 or 亿 (2764.2万): such a number is compared as exactly as it
    is written. One statement that agrees is enough; else the first is shown.
    """

    kind = "claim"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "文字里说的数要和表里的一格相同",
        "type": "object",
        "required": ["statement", "cell"],
        "additionalProperties": False,
        "properties": {
            "section": {"description": "在哪一部分里找；不写就是全文", "type": "string", "format": "section-id"},
            "statement": {"description": "怎样说到这个数：{number} 是数，none 组是表示没有的字样", **_PATTERNS},
            "unless": {"description": "这些文字不读", **_PATTERNS},
            "cell": {"description": "应和哪一格相同", "type": "string", "format": "cell"},
            "required": {"description": "true：没有说也要查出", "type": "boolean"},
            "per": {"description": "格里的 1 是多少，如以万元为单位的写 10000", "type": "integer", "minimum": 1},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options with the cell's names apart; raises UserError for what is unknown or wrong."""
        known_sections([options["section"]] if "section" in options else [], context)
        prepared(options["statement"])  # as it stands: that is where a mistake is shown
        return {
            **options,
            "unless": prepared(options.get("unless", ())),
            "cell": _known_cell(options["cell"], context),
            "statement": prepared(_written_out(options["statement"])),
        }

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: `absent` where a required statement is not made, `different` where none agrees."""
        section = rule.options.get("section")
        if section is not None and section not in report.sections:
            return not_applicable("报告中没有找到这一部分", "the report does not have the section")
        prose = report.prose(section)
        address = Address(*rule.options["cell"])
        claims = list(_claims(rule.options, prose))
        if not claims:
            return _silent(rule, report, address)
        fact = report.facts.get(address)
        if fact is None or fact.state == "unreadable":
            name = cell_words(report, address)
            return judged([], LocalizedText(f"{name.zh}没有能确定的数字", f"{name.en} holds no certain number"))
        return _compared(claims, fact, report, rule.options.get("per", 1))


class _Claim(NamedTuple):
    """One statement: the place of its number, its words, its value (None if it cannot be told)."""

    span: Span
    text: str
    value: Decimal | None
    precision: Decimal
    """By how much a number may differ that is written like that."""


def _claims(options: dict[str, Any], prose: Squeezed) -> Iterator[_Claim]:
    matches = [match for one in expressions(options["statement"]) for match in one.finditer(prose.text)]
    skipped = Stretches(expressions(options["unless"]) if matches else (), prose.text)
    for match in sorted(matches, key=lambda match: match.span()):
        start, end = match.span()
        if end > start and not skipped.hold(start, end):
            value, precision = _value(match)
            yield _Claim(Span(*prose.span(*_place(match))), match.group(), value, precision)


def _place(match: re.Match[str]) -> tuple[int, int]:
    """Returns where the number stands; the whole statement if it says none."""
    return match.span("number" if match.groupdict().get("number") else 0)


def _value(match: re.Match[str]) -> tuple[Decimal | None, Decimal]:
    groups = match.groupdict()
    text = groups.get("number")
    if text is None:
        return (Decimal(0) if groups.get("none") is not None else None), Decimal(0)
    value, unit = number(text), power(groups.get("unit"))
    if value is None:
        return None, Decimal(0)
    return value * unit, (_last_place(value) * unit if unit > 1 else Decimal(0))


def _last_place(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _silent(rule: Rule, report: Report, address: Address) -> Verdict:
    if not rule.options.get("required"):
        return not_applicable("文字里没有说这个数", "the text does not state this number")
    section = report.sections.get(rule.options.get("section", ""))
    values: dict[str, str | LocalizedText] = {
        "cell": cell_words(report, address),
        "section": section_words(section.form) if section else LocalizedText("报告", "the report"),
        "text": "",
        "stated": "",
        "value": "",
    }
    return judged([Finding(section.span if section else top(report), values, "absent")])


def _compared(claims: list[_Claim], fact: Fact, report: Report, per: int) -> Verdict:
    """A blank cell counts as 0 if everything then holds."""
    cell = Decimal(fact.value or 0)
    rounded = _last_place(cell) * per if per > 1 else Decimal(0)
    told = [claim for claim in claims if claim.value is not None]
    agreeing = [claim for claim in told if _agrees(claim, cell * per, rounded)]
    said = _statements([*agreeing, *told][:1], fact.address) if per == 1 else ()
    if agreeing:
        return judged([])._replace(statements=said)
    name = cell_words(report, fact.address)
    if fact.state == "blank":
        return judged([], LocalizedText(f"{name.zh}空着", f"{name.en} is blank"))
    if len(told) < len(claims):
        return judged(
            [], LocalizedText(f"文字的说法不能和{name.zh}相比", f"the statement cannot be compared with {name.en}")
        )
    first = told[0]
    values: dict[str, str | LocalizedText] = {
        "cell": name,
        "section": "",
        "text": first.text,
        "stated": f"{first.value:f}",
        "value": f"{cell * per:f}",
    }
    related = (Related(fact.span, LocalizedText(f"{name.zh}：{fact.raw}", f"{name.en}: {fact.raw}")),)
    finding = Finding(first.span, values, "different", related, (str(fact.address),))
    return judged([finding._replace(violation=_violation(said, name, fact))])._replace(statements=said)


def _statements(claims: list[_Claim], address: Address) -> tuple[Statement, ...]:
    """Returns what claims say exactly, of a count."""
    exact = ((claim.value, claim.span) for claim in claims if claim.value is not None and not claim.precision)
    return tuple(Statement(address, int(value), span) for value, span in exact if value == value.to_integral_value())


def _violation(said: tuple[Statement, ...], name: LocalizedText, fact: Fact) -> Violation | None:
    if not said:
        return None
    cell, value = said[0].cell, said[0].value
    numbers = LocalizedText(f"文字里是 {value}，表里是 {fact.raw}", f"{value} in the text, {fact.raw} in the table")
    return Violation(Relation({cell: 1}, "=", -value), name, numbers)


def _agrees(claim: _Claim, value: Decimal, rounded: Decimal) -> bool:
    """Returns whether the two may be one number, rounded or cut off as either is written."""
    if claim.value is None:
        return False
    return claim.value == value or abs(claim.value - value) < max(claim.precision, rounded)


def _written_out(patterns: list[str]) -> list[str]:
    """Returns the expressions with `{number}` as what it stands for; raises UserError if none takes a number."""
    full = [pattern.replace(_SHORT, _MEANING, 1) for pattern in patterns]
    for pattern, written in zip(full, patterns, strict=True):
        if pattern.count("(?P<number>") > 1 or _SHORT in pattern:
            raise UserError(
                f"statement “{written}” 里有两个数字；一条正则表达式只能标一个 {_SHORT}",
                en=f"the statement “{written}” marks two numbers; a pattern can mark one {_SHORT}",
            )
        if _SHORT in written:
            _check_place(written, pattern)
    if not any("number" in re.compile(pattern).groupindex for pattern in full):
        raise UserError(
            f"statement 里至少要有一条正则表达式用 {_SHORT} 标出数字", en=f"no statement marks a number by {_SHORT}"
        )
    return full


def _check_place(written: str, pattern: str) -> None:
    """Raises PatternError where `{number}` does not stand for a group, or would change what is meant around it."""
    column = written.index(_SHORT) + 1
    try:
        compiled = compile_pattern(pattern)
    except PatternError as error:
        raise PatternError(
            f"{_SHORT} 在这里不能代表数字：{error.message}",
            written,
            column,
            en=f"{_SHORT} cannot stand for a number here: {error.english}",
        ) from None
    if "number" not in compiled.groupindex:
        raise PatternError(
            f"正则表达式里的 {_SHORT} 在方括号里，不能代表数字",
            written,
            column,
            en=f"{_SHORT} stands in brackets, where it is no number",
        )
    for match in re.finditer(_BY_NUMBER, written):
        if match.group(1):
            words = f"{_SHORT} 也是一组，{match.group()} 说的就不一定是原来那一组；请给组起名，写成 (?P=名称)"
            en = f"{_SHORT} is a group too, so {match.group()} may mean another; name the group: (?P=name)"
            raise PatternError(words, written, match.start() + 1, en=en)


def _known_cell(text: str, context: CompileContext) -> list[str]:
    """Returns table, row and column of a cell that every form of the rule has; raises UserError."""
    for form in context.forms_of_rule():
        known = [str(address) for table in form.tables for address in table.addresses()]
        if text not in known:
            # Only for a mistake in a rule file.
            from difflib import get_close_matches

            near = get_close_matches(text, known, 1)
            hint = f"，是否想写 “{near[0]}”？" if near else "；应写成 “disclosed[permits,decisions]” 这样"
            raise UserError(
                f"{form.id} 年格式没有叫 “{text}” 的格（cell）{hint}", en=f"the form {form.id} has no cell “{text}”"
            )
    match = re.fullmatch(_ADDRESS, text)
    if match is None:
        raise UserError(
            f"“{text}” 不是一个格（cell）的名称；应写成 “disclosed[permits,decisions]” 这样",
            en=f"“{text}” is no name of a cell, like “disclosed[permits,decisions]”",
        )
    return list(match.groups())
