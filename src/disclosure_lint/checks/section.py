"""Kind `section`: whether the form's sections are there, once, in order, with their titles and something in them."""

from collections.abc import Callable
from typing import Any, ClassVar, Literal, TypedDict, get_args

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.fixes import section_fix, title_fix
from disclosure_lint.checks.options import PATTERNS, known_sections
from disclosure_lint.checks.wording import judged, lacking, not_applicable, numeral, section_words, top
from disclosure_lint.model.diagnostic import Finding, Fix, LocalizedText, Related, Verdict
from disclosure_lint.model.form import SectionForm
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import Report, Section
from disclosure_lint.model.rule import Rule

_Find = Literal["missing", "title", "order", "duplicate", "empty", "extra", "length"]


class _Options(TypedDict, total=False):
    sections: list[str]
    max: int
    nothing: Patterns
    skeleton: str


class _Compiled(_Options):
    find: _Find


class SectionCheck:
    """Options: `find`, what is wrong; `sections`, which ones (all if absent); `max` characters; `nothing`, patterns
    of a whole text that says nothing (any section may be `empty`, only `sections` may not say so); `skeleton`, the
    text to be filled in that a fix puts below the heading of a `missing` section."""

    kind = "section"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "六个部分：缺少、标题、顺序、重复、没有内容、多余、长短",
        "type": "object",
        "required": ["find"],
        "additionalProperties": False,
        "properties": {
            "find": {"description": "查什么错", "enum": list(get_args(_Find))},
            "sections": {
                "description": "只查这些部分；不写就都查",
                "type": "array",
                "items": {"type": "string", "format": "section-id"},
                "minItems": 1,
            },
            "max": {"description": "最多多少字", "type": "integer", "minimum": 1},
            "nothing": {"description": "整个部分只写这些，等于没有内容", **PATTERNS},
            "skeleton": {"description": "补上标题时，下面放什么待填的文字", "type": "string", "minLength": 1},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options; raises UserError for a section that no form of the rule has."""
        known_sections(options.get("sections", ()), context)
        return {**options, "nothing": prepared(options["nothing"])} if "nothing" in options else options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict of one rule of this kind."""
        return _FIND[rule.options["find"]](rule.options, report)


def _wanted(options: dict[str, Any], report: Report) -> list[Section]:
    ids = options.get("sections")
    return [section for key, section in report.sections.items() if ids is None or key in ids]


def _missing(options: dict[str, Any], report: Report) -> Verdict:
    findings = []
    place = top(report)
    for form in report.form.sections:
        if options.get("sections") is not None and form.id not in options["sections"]:
            continue
        found = report.sections.get(form.id)
        if found is not None:
            place = found.span
        else:
            fix = _skeleton(options, report, form)
            values: dict[str, str | LocalizedText] = {"section": section_words(form), "number": numeral(form.number)}
            findings.append(Finding(place, values, _without_heading(report, form), fix=fix, subject=(form.id,)))
    return lacking(findings, report)


def _without_heading(report: Report, form: SectionForm) -> str | None:
    """Returns the variant for a section whose table is there, so that only its heading is missing."""
    return "heading" if any(table.form.section == form.id for table in report.tables.values()) else None


def _skeleton(options: dict[str, Any], report: Report, form: SectionForm) -> Fix | None:
    if "skeleton" not in options:
        return None
    return section_fix(report, form, options["skeleton"])


def _title(options: dict[str, Any], report: Report) -> Verdict:
    findings = [
        Finding(
            section.span,
            {"found": section.title, "expected": section.form.title, "number": numeral(section.form.number)},
            "long" if section.wording == "long" else None,
            fix=title_fix(report, section),
        )
        for section in _wanted(options, report)
        if section.wording != "statutory"
    ]
    return judged(findings) if report.sections else _no_sections()


def _order(options: dict[str, Any], report: Report) -> Verdict:
    """A section is out of order if one with a higher number stands before it: the fewest that must move."""
    sections = _wanted(options, report)
    kept = _longest_ascending([section.form.number for section in sections])
    findings = []
    for index, section in enumerate(sections):
        if index not in kept:
            before = [other for other in sections if other.form.number < section.form.number]
            after = section_words(before[-1].form) if before else LocalizedText("报告标题", "the title")
            values: dict[str, str | LocalizedText] = {"section": section_words(section.form), "expected": after}
            findings.append(Finding(section.span, values | {"number": numeral(section.form.number)}))
    return judged(findings) if len(sections) > 1 else _no_sections()


def _longest_ascending(numbers: list[int]) -> set[int]:
    best: list[list[int]] = []
    for index, number in enumerate(numbers):
        shorter = [chain for chain in best if numbers[chain[-1]] < number]
        best.append([*_longest(shorter), index])
    return set(_longest(best))


def _longest(chains: list[list[int]]) -> list[int]:
    return max(chains, key=len) if chains else []


def _duplicate(options: dict[str, Any], report: Report) -> Verdict:
    findings = []
    if report.is_double:
        count = len({section.form.id for section in report.repeated})
        return judged([Finding(report.repeated[0].span, {"count": str(count)}, "reports")])
    for section in report.repeated:
        first = report.sections[section.form.id]
        line = report.document.source.position(first.span.start).line
        related = (Related(first.span, LocalizedText("第一次出现在这里", "first here")),)
        values: dict[str, str | LocalizedText] = {"section": section_words(section.form), "line": str(line)}
        findings.append(Finding(section.span, values, related=related))
    return judged(findings) if report.sections else _no_sections()


def _empty(options: dict[str, Any], report: Report) -> Verdict:
    """A section with nothing under its heading; among `sections`, also one that only says `nothing`.

    Where a table of the form should stand instead, its being missing is another rule's finding.
    """
    nothing = expressions(options.get("nothing", ()))
    wanted = _wanted(options, report)
    findings = []
    tables = {table.section for table in report.form.tables if table.id not in report.tables}
    for section in report.sections.values():
        if section.form.id in tables:
            continue
        text = report.prose(section.form.id).text if section in wanted else ""
        if not section.content or (text and any(one.fullmatch(text) for one in nothing)):
            findings.append(Finding(section.span, {"section": section_words(section.form), "found": text}))
    return lacking(findings, report) if report.sections else _no_sections()


def _extra(options: dict[str, Any], report: Report) -> Verdict:
    values = [{"found": section.title, "number": numeral(section.form.number)} for section in report.extra]
    return judged([Finding(s.span, {**v}) for s, v in zip(report.extra, values, strict=True)])


def _length(options: dict[str, Any], report: Report) -> Verdict:
    sections = _wanted(options, report)
    findings = []
    for section in sections:
        count = len(report.prose(section.form.id).text)
        if count > options["max"]:
            values: dict[str, str | LocalizedText] = {"count": str(count), "max": str(options["max"])}
            findings.append(Finding(section.span, values | {"section": section_words(section.form)}))
    return judged(findings) if sections else _no_sections()


def _no_sections() -> Verdict:
    return not_applicable("报告中没有找到有关的部分", "the sections in question were not found")


_FIND: dict[str, Callable[[dict[str, Any], Report], Verdict]] = {
    "missing": _missing,
    "title": _title,
    "order": _order,
    "duplicate": _duplicate,
    "empty": _empty,
    "extra": _extra,
    "length": _length,
}
