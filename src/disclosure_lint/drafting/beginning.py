"""The empty report of an authority and year: what its form and rules ask for, with marks where words are to be."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from disclosure_lint.checks.wording import numeral
from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.rule_sets import RuleSetSelection
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Form, SectionForm, TableForm
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.sheet import Grid, Line
from disclosure_lint.readers.lines import LineReader
from disclosure_lint.settings import Settings, selected

TO_FILL_IN = "【填写本年度的情况】。"
"""Stands where the form asks for words; DL112 finds what is left of it."""
LEVEL = 2
"""Of the headings of the sections."""
_NAME = "new.md"


class Begun(NamedTuple):
    """An empty report, and how its form and rules were chosen."""

    draft: Draft
    report: Report
    """The draft, read and bound: authority and year are those that a reader sees."""
    choice: RuleSetSelection

    def is_of(self, agency: str) -> bool:
        """Says whether a reader takes the title for that of the authority, and of the year."""
        return (self.report.agency, self.report.year) == (squeeze(agency), self.draft.year)


def begin(linter: Linter, agency: str, year: int, settings: Settings) -> Begun:
    """Returns the empty report, by the form and the packs that a check with these settings would choose for it."""
    binder = linter.rule_sets.base.binder
    bare = _draft(binder.forms[-1], agency, year, ())
    document = LineReader().read(_NAME, bare.text().encode())
    assert document is not None, "what was just written is text"
    bound = binder.bind(document, settings.form, fragment=True)
    assert bound is not None, "a fragment is always bound"
    report, choice = linter.choose(bound, settings)
    rules = [rule for rule in selected(choice.rule_set.rules, settings, _NAME) if rule.not_for(report) is None]
    return Begun(_draft(report.form, agency, year, rules), report, choice)


def heading_of(section: SectionForm) -> str:
    """Returns the statutory heading of a section."""
    return f"{numeral(section.number)}、{section.title}"


def title_of(agency: str, year: int) -> str:
    """Returns the title of a report."""
    return f"{agency}{year}年政府信息公开工作年度报告"


def _draft(form: Form, agency: str, year: int, rules: Iterable[Rule]) -> Draft:
    rules = tuple(rules)
    preface = tuple(_sentences(rules, None, year))
    parts = tuple(_part(form, section, rules, year) for section in form.sections)
    return Draft(form, agency, year, title_of(agency, year), preface, parts)


def _part(form: Form, section: SectionForm, rules: Iterable[Rule], year: int) -> Part:
    grids = tuple(_blank(table) for table in form.tables if table.section == section.id)
    words = [*_aspects(rules, section.id), *_sentences(rules, section.id, year)]
    return Part(section.id, heading_of(section), LEVEL, tuple(words or ([] if grids else [TO_FILL_IN])), grids)


def _blank(table: TableForm) -> Grid:
    return Grid(table, tuple(Line(row.id, row.label, ("",) * len(row.columns)) for row in table.rows))


def _aspects(rules: Iterable[Rule], section: str) -> Iterator[str]:
    """Yields a paragraph to be written for each thing that a section must speak of."""
    names = dict.fromkeys(
        aspect["name"]["zh"]
        for rule in rules
        if rule.kind == "statement" and rule.options["section"] == section
        for aspect in rule.options.get("aspects", ())
    )
    for number, name in enumerate(names, 1):
        yield f"（{numeral(number)}）{name}。{TO_FILL_IN}"


def _sentences(rules: Iterable[Rule], section: str | None, year: int) -> Iterator[str]:
    """Yields the sentences that rules offer for what must be said in a section, or before all of them."""
    for rule in rules:
        if rule.kind in ("statement", "pattern") and rule.options.get("section") == section:
            sentence = rule.options.get("sentence")
            if sentence is not None:
                yield sentence.replace("{year}", str(year))
