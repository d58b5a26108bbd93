"""Kind `measure`: the numbers of the text against the tables, and against each other."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Literal, TypedDict

from disclosure_lint.checks.options import known_sections
from disclosure_lint.checks.wording import cell_words, judged, not_applicable, section_words, top
from disclosure_lint.model.claim import Compared, Misfit, Sum
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict, Violation
from disclosure_lint.model.form import address
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.numbers import Relation, Statement
from disclosure_lint.model.places import listed
from disclosure_lint.model.report import Fact, Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_OF_MEASURES, _OF_TEXT = ("number", "absent"), ("parts", "share", "repeated")
_MOST_RELATED = 8


class _Needed(TypedDict):
    find: Literal["number", "absent", "parts", "share", "repeated"]


class _Compiled(_Needed, total=False):
    measures: list[str]
    section: str


class MeasureCheck:
    """Options: `measures`, ids as `claims/*.toml` have them, or beginnings of ids that end with a point; `section`,
    where (everywhere if it is not named); `find`, `number` if it is not named.

    `number` finds numbers that contradict the tables; what is not surely understood contradicts nothing. `absent` finds
    that the text states none of the measures. `parts`, `share` and `repeated` find numbers that do not fit others of
    the text, whatever they count.
    """

    kind = "measure"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "文字里的数和表格里的数",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "find": {"description": "查什么错", "enum": [*_OF_MEASURES, *_OF_TEXT]},
            "measures": {
                "description": "文字里的哪些数，见 claims 文件夹；以点结尾的是开头相同的全部",
                "type": "array",
                "items": {"type": "string", "minLength": 1},
                "minItems": 1,
            },
            "section": {"description": "只看哪一部分", "type": "string", "format": "section-id"},
        },
        "if": {"required": ["find"], "properties": {"find": {"enum": list(_OF_TEXT)}}},
        "then": {"properties": {"measures": False}},
        "else": {"required": ["measures"]},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options; raises UserError for a section that is not known."""
        known_sections([options["section"]] if "section" in options else [], context)
        return {"find": "number", **options}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict; undetermined where all that the text says surely is of cells without certain numbers."""
        key = rule.options.get("section")
        if key is not None and key not in report.sections:
            return not_applicable("报告中没有找到这一部分", "the report does not have the section")
        within = report.sections[key].body if key is not None else Span(0, len(report.document.source.text))
        if rule.options["find"] in _OF_TEXT:
            return _misfitting(rule, report, within)
        meant = _Meant(rule.options["measures"])
        numbers = [one for one in report.claims.numbers if one.measure and within.start <= one.span.start < within.end]
        mine = [one for one in numbers if one.measure in meant]
        if rule.options["find"] == "absent":
            return judged([] if mine else [_silent(rule, report)])
        return _compared(mine, report)


class _Meant:
    """The measures that a rule names."""

    def __init__(self, names: Sequence[str]):
        self._names = frozenset(names)
        self._beginnings = tuple(name for name in names if name.endswith("."))

    def __contains__(self, measure: object) -> bool:
        names = str(measure).split("+")
        return any(name in self._names or name.startswith(self._beginnings) for name in names)


def _silent(rule: Rule, report: Report) -> Finding:
    section = report.sections.get(rule.options.get("section", ""))
    name = section_words(section.form) if section else LocalizedText("报告", "the report")
    return Finding(section.span if section else top(report), {"section": name})


def _compared(numbers: Sequence[Compared], report: Report) -> Verdict:
    groups = (cells for one in numbers for cells in (one.cells, *(each.cells for each in one.sums)))
    named = {cell: address(cell) for cells in groups for cell in cells}
    facts = {cell: report.facts[address] for cell, address in named.items() if address in report.facts}
    said = tuple(statement for one in numbers for statement in _statements(one, facts))
    found = [_finding(one, report, facts) for one in numbers if one.status == "contradicts"]
    if found or any(one.status in ("agrees", "approximate") for one in numbers):
        return judged(found)._replace(statements=said)
    if numbers and all(one.status == "not_understood" and one.expected is None and one.sure for one in numbers):
        reason = LocalizedText("表里没有能确定的数字", "the tables hold no certain number")
        return judged([], reason)
    return judged([])


def _finding(one: Compared, report: Report, facts: dict[str, Fact]) -> Finding:
    sums = one.sums or tuple(Sum((cell,), facts[cell].value) for cell in one.cells if cell in facts)
    places = [facts[cell] for cell in dict.fromkeys(cell for each in sums for cell in each.cells) if cell in facts]
    values: dict[str, str | LocalizedText] = {
        "text": one.text,
        "stated": _plain(one.value),
        "sums": _said(sums, report, facts),
    }
    related = tuple(
        Related(fact.span, LocalizedText(f"{name.zh}：{fact.raw}", f"{name.en}: {fact.raw}"))
        for fact in places[:_MOST_RELATED]
        for name in [cell_words(report, fact.address)]
    )
    cells = tuple(dict.fromkeys(cell for each in sums for cell in each.cells))
    return Finding(one.span, values, None, related, cells, violation=_violation(one, sums, report, facts))


def _said(sums: Sequence[Sum], report: Report, facts: dict[str, Fact]) -> LocalizedText:
    """Returns what a number may be: 表三「…」的「总计」是 40，或者…合计 43; of sums that come to the same the first."""
    totals = {one.total: one for one in reversed(sums)}
    told = [_sum_words(one, report, facts) for one in dict.fromkeys(sums) if totals[one.total] is one]
    return LocalizedText("，或者".join(one.zh for one in told), ", or ".join(one.en for one in told))


def _sum_words(one: Sum, report: Report, facts: dict[str, Fact]) -> LocalizedText:
    names = listed(cell_words(report, facts[cell].address) for cell in one.cells if cell in facts)
    total = _held(one, facts)
    if len(one.cells) == 1:
        return LocalizedText(f"{names.zh}是 {total}", f"{names.en} holds {total}")
    return LocalizedText(f"{names.zh}合计 {total}", f"{names.en} make {total}")


def _held(one: Sum, facts: dict[str, Fact]) -> str:
    """Returns what the cells come to as the table counts: in 万元 where its column does, unlike the sum."""
    certain = one.total is not None
    return _plain(sum(facts[cell].value or 0 for cell in one.cells if cell in facts)) if certain else ""


def _plain(value: int | Decimal | None) -> str:
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _statements(one: Compared, facts: dict[str, Fact]) -> Iterator[Statement]:
    """Yields what the text says exactly of cells, or may say of one where it may mean several sums."""
    if not one.exact or not isinstance(one.value, int) or one.status not in ("agrees", "contradicts"):
        return
    sums = [each for each in one.sums if each.cells == one.cells] if one.status == "agrees" else one.sums
    for each in sums:
        # In a column of 万元, the number of the text is not that of the cell.
        if each.total == sum(facts[cell].value or 0 for cell in each.cells):
            cells = tuple(facts[cell].address for cell in each.cells)
            yield Statement(cells, one.value, one.span, possible=len(sums) > 1)


def _violation(one: Compared, sums: Sequence[Sum], report: Report, facts: dict[str, Fact]) -> Violation | None:
    if not one.exact or not one.sums or not isinstance(one.value, int):
        return None
    value = one.value
    relations = [Relation(dict.fromkeys(map(address, each.cells), 1), "=", -value) for each in sums if each.cells]
    name = listed(cell_words(report, facts[cell].address) for cell in sums[0].cells if cell in facts)
    held = _held(sums[0], facts)
    numbers = LocalizedText(f"文字里是 {value}，表里是 {held}", f"{value} in the text, {held} in the table")
    return Violation(relations[0], name, numbers, tuple(relations[1:]))


def _misfitting(rule: Rule, report: Report, within: Span) -> Verdict:
    mine = [one for one in report.claims.misfits if one.kind == rule.options["find"]]
    return judged([_misfit(one) for one in mine if within.start <= one.span.start < within.end])


def _misfit(one: Misfit) -> Finding:
    values: dict[str, str | LocalizedText] = {"text": one.text, "other": one.other_text, "expected": one.expected}
    return Finding(one.span, values, related=(Related(one.other, LocalizedText(one.other_text, one.other_text)),))
