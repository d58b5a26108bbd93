"""Kind `heading`: the title, the levels of the sections' headings, and the numbering of headings."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, ClassVar, Literal, TypedDict, get_args

from disclosure_lint.checks.fixes import level_fix, run_fix, section_number_fix, sub_heading_fix
from disclosure_lint.checks.wording import judged, lacking, listed, not_applicable, numeral, section_words, top
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.form import Form
from disclosure_lint.model.kind import CompileContext
from disclosure_lint.model.report import NumberedLine, Report, Section
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_VALUES = "0123456789.，|-/ "
_BEGINNING = 5
"""Characters of a label that was broken over lines, its number among them."""
_MOST_FORMS = 20
_ORDER = ("一、", "（一）", "1.", "（1）")


_Find = Literal["title", "level", "numbering"]


class _Compiled(TypedDict):
    find: _Find


class HeadingCheck:
    """Option: `find`, what is wrong: `title`, `level` or `numbering`."""

    kind = "heading"
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "标题：报告的标题、标题级别、序号",
        "type": "object",
        "required": ["find"],
        "additionalProperties": False,
        "properties": {"find": {"description": "查什么错", "enum": list(get_args(_Find))}},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options as they are."""
        return options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict of one rule of this kind."""
        return _FIND[rule.options["find"]](report)


def _title(report: Report) -> Verdict:
    title = report.title
    own: dict[str, str | LocalizedText] = {
        "agency": report.agency or "某某机关",
        "year": "某某" if report.year is None else str(report.year),
    }
    if title is None:
        return lacking([Finding(top(report), own, "absent")], report)
    missing: list[LocalizedText] = []
    if title.agency is None:
        missing.append(LocalizedText("机关名称", "the agency's name"))
    if title.year is None:
        missing.append(LocalizedText("年份", "the year"))
    if missing:
        return judged([Finding(top(report), own | {"missing": listed(missing)})])
    return judged([] if title.statutory else [Finding(top(report), variant="name")])


def _level(report: Report) -> Verdict:
    """Which headings differ from the level of the first; in one finding, since one slip of a draft moves them all."""
    sections = sorted(report.sections.values(), key=lambda section: section.span.start)
    levels = [section for section in sections if section.level is not None]
    if not levels:
        return not_applicable("这种格式没有标题级别，或各部分标题未标级别", "the headings carry no levels")
    differing = [section for section in sections if section.level != sections[0].level]
    if not differing:
        return judged([])
    first, *others = differing
    return judged(
        [
            Finding(
                first.span,
                {
                    "section": section_words(first.form),
                    "level": _level_words(first),
                    "expected": _level_words(sections[0]),
                },
                related=tuple(
                    Related(
                        section.span,
                        LocalizedText(f"这里是{_level_words(section).zh}", f"here: {_level_words(section).en}"),
                    )
                    for section in others
                ),
                fix=level_fix(report, sections),
            )
        ]
    )


def _level_words(section: Section) -> LocalizedText:
    if section.level is None:
        return LocalizedText("普通段落", "no heading")
    return LocalizedText(f"{numeral(section.level)}级标题", f"level {section.level}")


def _numbering(report: Report) -> Verdict:
    lines = _lines(report)
    return judged([*_misnumbered(report), *_reused(report, lines), *_sequences(report, lines)])


def _misnumbered(report: Report) -> list[Finding]:
    """Sections that carry another number than the form gives them.

    Where sections have changed places, one that is numbered by its place is a finding of the rule on their order.
    """
    sections = list(report.sections.values())
    in_order = all(one.form.number < other.form.number for one, other in pairwise(sections))
    wrong = [
        (section, section.number)
        for place, section in enumerate(sections, 1)
        if section.number is not None
        and section.number != section.form.number
        and (in_order or section.number != place)
    ]
    if not wrong:
        return []
    return [
        Finding(
            section.span,
            {"text": numeral(number), "expected": numeral(section.form.number)},
            "skipped",
            fix=section_number_fix(report, section),
        )
        for section, number in wrong
    ]


def _reused(report: Report, numbered: Sequence[NumberedLine]) -> list[Finding]:
    """Top-level numbers inside a section: one finding a section, at the first of them."""
    findings = []
    numbers = {section.number for section in report.sections.values()}
    top = [line for line in numbered if line.style == "一、" and line.number in numbers]
    for section in report.sections:
        lines = [line for line in top if line.section == section]
        if lines:
            again = LocalizedText("这里也是", "here too")
            related = tuple(Related(_whole(report, line), again) for line in lines[1:])
            values: dict[str, str | LocalizedText] = {"text": _mark(report, lines[0])}
            fix = sub_heading_fix(report, section)
            findings.append(Finding(_whole(report, lines[0]), values, "reused", related, fix=fix))
    return findings


def _sequences(report: Report, numbered: Sequence[NumberedLine]) -> list[Finding]:
    """Numbers that are skipped or come twice."""
    findings: list[Finding] = []
    for run in _runs(numbered) if _is_plain(report) else []:
        for index, (before, line) in enumerate(pairwise(run), 1):
            if line.number == before.number + 1 or _is_in_text(report, before, line):
                continue
            variant = "repeated" if line.number == before.number else "skipped"
            expected = _number(line.style, before.number + 1)
            values: dict[str, str | LocalizedText] = {"text": _mark(report, line), "expected": expected}
            findings.append(Finding(line.span, values, variant, fix=run_fix(report, run, index)))
    return sorted(findings, key=lambda finding: finding.span)


def _runs(numbered: Sequence[NumberedLine]) -> list[list[NumberedLine]]:
    """Returns the lines that count on from each other: a lower style begins anew under each number of a higher one."""
    runs: list[list[NumberedLine]] = []
    undecided: dict[str, list[list[NumberedLine]]] = {}
    section: str | None = None
    for line in numbered:
        if line.section != section:
            section, undecided = line.section, {}
        if line.style == "一、":
            undecided = {}
            continue
        stack = undecided.get(line.style, [])
        undecided = {style: runs for style, runs in undecided.items() if _ORDER.index(style) < _ORDER.index(line.style)}
        # A list within an item of a list in the same style: when it ends, the outer one goes on.
        outer = next((at for at in reversed(range(len(stack))) if line.number == stack[at][-1].number + 1), None)
        if outer is not None:
            stack = stack[: outer + 1]
        elif not stack or line.number == 1 or line.number < stack[-1][-1].number:
            stack = [*stack, []]
            runs.append(stack[-1])
        stack[-1].append(line)
        undecided[line.style] = stack
    return runs


def _lines(report: Report) -> list[NumberedLine]:
    """Returns the numbered lines that are not labels of a table: one that is empty may not have been bound."""
    labels = _table_labels(report.form)
    texts = (squeeze(_mark(report, line) + line.text).rstrip(_VALUES) for line in report.numbered)
    return [line for line, text in zip(report.numbered, texts, strict=True) if text not in labels]


# Forms live as long as the linter; holding them here keeps their ids theirs. Hashing a form takes long.
_known: dict[int, tuple[Form, frozenset[str]]] = {}


def _table_labels(form: Form) -> frozenset[str]:
    """Returns the labels of rows, and the beginnings of those that may have been broken."""
    if id(form) not in _known:
        rows = [row for table in form.tables for row in table.rows]
        labels = [squeeze(label) for row in rows for label in (row.label, *row.aliases, *row.groups)]
        beginnings = (label[:end] for label in labels for end in range(_BEGINNING, len(label)))
        if len(_known) >= _MOST_FORMS:
            _known.clear()
        _known[id(form)] = form, frozenset((*labels, *beginnings))
    return _known[id(form)][1]


def _is_in_text(report: Report, before: NumberedLine, line: NumberedLine) -> bool:
    """Says whether the numbers between two, or from 1 to the second, are there after all, within the text between."""
    first = before.number + 1 if line.number > before.number else 1
    at, end = before.span.end, line.span.start
    for number in range(first, line.number):
        mark = _number(line.style, number)
        forms = (mark, mark.removeprefix("（"), f"{mark[:-1]}、")
        places = [report.document.source.folded.find(form, at, end) for form in forms]
        if max(places) < 0:
            return False
        at = min(place for place in places if place >= 0)
    return True


def _is_plain(report: Report) -> bool:
    """Says whether ordinals are few enough to be those of headings, not of a list run through a broken layout."""
    return max(Counter((line.section, line.style) for line in report.numbered).values(), default=0) <= 30


def _number(style: str, number: int) -> str:
    digits = numeral(number) if "一" in style else str(number)
    return f"（{digits}）" if style.startswith("（") else f"{digits}{style[-1]}"


def _mark(report: Report, line: NumberedLine) -> str:
    return report.document.source.slice(line.span).strip()


def _whole(report: Report, line: NumberedLine) -> Span:
    """Returns a short heading whole, of a long paragraph only its ordinal."""
    end = line.span.end + len(line.text)
    return Span(line.span.start, end) if len(line.text) <= 40 else line.span


_FIND: dict[str, Callable[[Report], Verdict]] = {"title": _title, "level": _level, "numbering": _numbering}
