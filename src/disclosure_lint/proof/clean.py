"""A full report without a fault, made from the form: the ground on which mutants are made."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from disclosure_lint.drafting.draft import LEVEL, Draft, Part, heading_of, title_of
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.form import Address, Form, SectionForm, TableForm
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.sheet import Grid, Line
from disclosure_lint.packs.texts import Example, unmark
from disclosure_lint.proof.aims import KNOWN_KINDS
from disclosure_lint.proof.claims import NAME, agreeing, is_of_numbers, speaking
from disclosure_lint.proof.equations import balanced
from disclosure_lint.settings import Settings

TOWN = "云川县石桥镇人民政府"
"""A place that does not exist."""
PERIOD = "本报告所列数据的统计期限为{year}年1月1日至12月31日。"
OVERVIEW = (
    "（一）主动公开。惠民补贴、工程招标和村级财务按季上墙，让群众随手看得到。",
    "（二）依申请公开。专人登记、专人答复，每件附办理台账。",
    "（三）政府信息管理。公文印发前标明公开属性，发布前逐级审核。",
    "（四）平台建设。办好网站上的栏目，过期的内容及时撤下。",
    "（五）监督保障。公开工作列入站所年度考核，年中组织业务培训。",
)
PROBLEMS = (
    "存在的主要问题：政策解读形式单一，村级栏目更新不及时。",
    "改进情况：已增加图解，每季度检查一次村级栏目。",
)
OTHER = ("{year}年度未收取信息处理费。",)
ORDINARY = ("本部分工作按计划完成，台账齐全。",)
_PROSE: Mapping[str, tuple[str, ...]] = {"overview": OVERVIEW, "problems": PROBLEMS, "other": OTHER}


class Ground(NamedTuple):
    """For what a clean report is made."""

    form: Form
    year: int
    agency: str


class Clean(NamedTuple):
    """A clean report, and what the rules say to it."""

    draft: Draft
    adopted: tuple[tuple[str, str, str], ...]
    """Paragraphs taken over from an example of a rule that asks for them: code, section (empty: before all), text."""
    result: FileResult

    def verdict(self, code: str) -> str:
        """Returns how a rule ended; `not_applicable` if it did not run."""
        return next((entry.verdict for entry in self.result.ledger if entry.code == code), "not_applicable")


def usual_year(form: Form) -> int:
    """Returns a year for which reports follow the form: not the first if it is still in force."""
    return form.first_year if form.last_year is not None else form.first_year + 2


def every_rule(rules: Iterable[Rule]) -> Settings:
    """Returns the settings under which all rules run, those too that are off by default."""
    return Settings(extend_select=tuple(rule.code for rule in rules))


def clean_report(linter: Linter, ground: Ground, examples: Mapping[str, Sequence[Example]]) -> Clean:
    """Returns the report of a ground; a rule that asks for words of its own gets them from its passing examples."""
    applying = _applying(linter, ground)
    draft = draft_of(ground, balanced(ground.form, applying))
    draft = _stating(linter, draft, ground, examples)
    first = _linted(linter, draft)
    adopted: list[tuple[str, str, str]] = []
    for code in dict.fromkeys(diagnostic.code for diagnostic in first.diagnostics):
        for example in examples.get(code, ()):
            if example.text is not None and not example.finds:
                found = _paragraphs(linter, example, ground)
                adopted += [(code, section, text) for section, text in found if text not in draft.words(section)]
                draft = _with(draft, found)
                break
    return Clean(draft, tuple(adopted), _linted(linter, draft) if adopted else first)


def _stating(linter: Linter, draft: Draft, ground: Ground, examples: Mapping[str, Sequence[Example]]) -> Draft:
    """Returns the draft with what it must say for rules that judge certain words, if there are any."""
    for rule in linter.rules:
        if rule.kind in KNOWN_KINDS:
            continue
        own = examples.get(rule.code, ())
        good = [example for example in own if example.text is not None and not example.finds]
        found = (paragraph for example in good for paragraph in _paragraphs(linter, example, ground))
        draft = (agreeing if is_of_numbers(rule) else speaking)(linter, draft, rule, found)
    return draft


def draft_of(ground: Ground, values: Mapping[Address, int]) -> Draft:
    """Returns the plain report of a ground with these numbers."""
    form = ground.form
    parts = tuple(_part(form, section, values, ground.year) for section in form.sections)
    title = title_of(ground.agency, ground.year)
    return Draft(form, ground.agency, ground.year, title, (PERIOD.format(year=ground.year),), parts)


def grid_of(table: TableForm, values: Mapping[Address, int]) -> Grid:
    """Returns a table with its numbers."""
    return Grid(
        table,
        tuple(
            Line(row.id, row.label, tuple(str(values[Address(table.id, row.id, column)]) for column in row.columns))
            for row in table.rows
        ),
    )


def _part(form: Form, section: SectionForm, values: Mapping[Address, int], year: int) -> Part:
    grids = tuple(grid_of(table, values) for table in form.tables if table.section == section.id)
    prose = _PROSE.get(section.id, () if grids else ORDINARY)
    return Part(section.id, heading_of(section), LEVEL, tuple(text.format(year=year) for text in prose), grids)


def _applying(linter: Linter, ground: Ground) -> list[Rule]:
    """Returns the rules that are for reports of that ground."""
    blank = draft_of(ground, {a: 0 for table in ground.form.tables for a in table.addresses()})
    idle = {entry.code for entry in _linted(linter, blank).ledger if entry.verdict == "not_applicable"}
    return [rule for rule in linter.rules if rule.code not in idle]


def _linted(linter: Linter, draft: Draft) -> FileResult:
    return linter.lint(NAME, draft.text().encode(), every_rule(linter.rules))


def _paragraphs(linter: Linter, example: Example, ground: Ground) -> list[tuple[str, str]]:
    """Returns the paragraphs of an example, each with the section that it stands in."""
    document = linter.read(NAME, unmark(example.text or "").text.encode())
    report = linter.bind(document, ground.form.id, fragment=True)
    assert report is not None
    first = min((section.span.start for section in report.sections.values()), default=len(document.source.text))
    title = report.title.span if report.title else None
    found = [("", block.span) for block in document.blocks if block.span.end <= first and block.span != title]
    found += [(key, span) for key, section in report.sections.items() for span in section.text]
    year = str(example.year or report.year or ground.year)
    return [(key, document.source.slice(span).replace(year, str(ground.year))) for key, span in found]


def _with(draft: Draft, found: Iterable[tuple[str, str]]) -> Draft:
    for section, text in found:
        words = draft.words(section)
        draft = draft if text in words else draft.with_words(section, *words, text)
    return draft
