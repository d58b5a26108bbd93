"""Mutants of a rule's own clean examples, on which it is judged by itself."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.engine.linter import Linter
from disclosure_lint.formula.instance import exact, instances_of
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import Exact
from disclosure_lint.model.report import BoundTable, Fact, Report, Section
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.sheet import Grid, Line
from disclosure_lint.model.source import Span
from disclosure_lint.packs.texts import Example
from disclosure_lint.proof.aims import Mutant, finds, is_meant, is_tolerated, is_violated
from disclosure_lint.proof.cell_mutants import claim_mutants, table_mutants
from disclosure_lint.proof.clean import Clean
from disclosure_lint.proof.examples import example_report
from disclosure_lint.proof.text_mutants import section_mutants, title_mutants, word_mutants

_LEVEL = 2


def draft_of_example(report: Report) -> Draft | None:
    """Returns the draft that says what a bound example says; None if it has what a draft cannot have."""
    if report.repeated or report.extra or not report.sections or not all(map(_is_plain, report.tables.values())):
        return None
    if not all(fact.raw.isdigit() for fact in report.facts.values()):
        return None
    part = report.document.source.slice
    first = min(section.span.start for section in report.sections.values())
    begin = report.title.span.end if report.title else 0
    before = [block.span for block in report.document.blocks if begin <= block.span.start < first]
    parts = tuple(_part(report, section) for section in report.sections.values())
    name = report.title.text if report.title else ""
    return Draft(report.form, report.agency or "", report.year or 0, name, tuple(map(part, before)), parts)


def _is_plain(table: BoundTable) -> bool:
    return table.is_whole and table.resembles is None


def _part(report: Report, section: Section) -> Part:
    part = report.document.source.slice
    grids = tuple(_grid(report, table) for table in report.tables.values() if table.form.section == section.form.id)
    return Part(section.form.id, part(section.span), section.level or _LEVEL, tuple(map(part, section.text)), grids)


def _grid(report: Report, table: BoundTable) -> Grid:
    cells: dict[str, list[str]] = {}
    for address, fact in report.facts.items():
        if address.table == table.form.id:
            cells.setdefault(address.row, []).append(fact.raw)
    return Grid(table.form, tuple(Line(row.id, row.label, tuple(cells[row.id])) for row in table.form.rows))


FAMILY = "clean-example"
_WHOLE_ONLY = frozenset(("section-dropped", "section-added", "numbering-skipped"))
"""What is a fault only in a report with all sections."""
_UNTOUCHED = 3
_EVERY = 5
"""Of the mutants that a rule should be silent about so many are left out for one that is tried."""


class Trial(NamedTuple):
    """What came of one mutant of an example."""

    mutant: Mutant
    done: LocalizedText
    """What was done, and in which example."""
    meant: bool
    found: bool


def example_trials(linter: Linter, rule: Rule, examples: Sequence[Example]) -> Iterator[Trial]:
    """Yields what a rule makes of the mutants of its clean examples; examples that it is not judged on have none."""
    for example in examples:
        if example.finds:
            continue
        report = example_report(linter, rule, example)
        if report is None or linter.judge(rule, report).outcome != "passed":
            continue
        trials = _of_numbers(linter, rule, report) if example.facts is not None else _of_text(linter, rule, report)
        for mutant, meant, found in trials:
            zh = f"第 {example.line} 行的例子里，{mutant.what}"
            en = f"{mutant.family} in the example of line {example.line}"
            yield Trial(mutant._replace(family=FAMILY), LocalizedText(zh, en), meant, found)


def _of_text(linter: Linter, rule: Rule, report: Report) -> Iterator[tuple[Mutant, bool, bool]]:
    """Yields mutants, whether they are meant for the rule, and whether it finds something."""
    draft = draft_of_example(report)
    if draft is None or not _passes(linter, rule, report, draft.text().encode()):
        return
    whole = len(draft.parts) == len(report.form.sections)
    same = draft.text().encode()
    quiet = 0
    for mutant in _mutants(linter, rule, draft):
        if mutant.data == same or (mutant.family in _WHOLE_ONLY and not whole):
            continue
        meant = is_meant(rule, mutant, report.form)
        if not meant:
            quiet += 1
            if quiet % _EVERY or is_tolerated(rule, mutant):
                continue
        yield mutant, meant, not _passes(linter, rule, report, mutant.data)


def _mutants(linter: Linter, rule: Rule, draft: Draft) -> Iterator[Mutant]:
    if draft.title:
        yield from title_mutants(draft)
    yield from section_mutants(draft, [rule])
    yield from table_mutants(draft, [rule])
    yield from claim_mutants(linter, draft, [rule])
    yield from word_mutants(Clean(draft, (), linter.unreadable("", "", "", rules=())), [rule])


def _passes(linter: Linter, rule: Rule, example: Report, data: bytes) -> bool:
    """Says whether a rule finds nothing in a text that is for the form, year and agency of an example."""
    report = linter.bind(linter.read("例.md", data), example.form.id, fragment=True)
    assert report is not None
    known = report._replace(year=report.year or example.year, agency=report.agency or example.agency)
    return not linter.judge(rule, known).findings


def _of_numbers(linter: Linter, rule: Rule, report: Report) -> Iterator[tuple[Mutant, bool, bool]]:
    for what, fact, meant in _changes(rule, report):
        changed = report._replace(facts={**report.facts, fact.address: fact})
        mutant = Mutant(FAMILY, f"{fact.address} {what}", b"")
        yield mutant, meant, bool(linter.judge(rule, changed).findings)


def _changes(rule: Rule, report: Report) -> Iterator[tuple[str, Fact, bool]]:
    """Yields cells of an example as they should not be, and whether the rule should say so."""
    given = [fact for fact in report.facts.values() if fact.value is not None]
    if rule.kind == "equation":
        yield from _unbalanced(rule, report, given)
    elif rule.kind == "cells":
        for fact in given[:: max(1, len(given) // _EVERY)]:
            meant = str(fact.address) not in rule.options.get("except", ())
            meant = meant and fact.address.table in rule.options.get("tables", [fact.address.table])
            yield "空着", _fact(fact, None, ""), meant and "blank" in finds(rule)
            yield "写“无”", _fact(fact, None, "无"), meant and "unreadable" in finds(rule)
            yield "是 -1", _fact(fact, -1, "-1"), meant and "not-count" in finds(rule)
            yield "是 1.5", _fact(fact, Decimal("1.5"), "1.5"), meant and "not-count" in finds(rule)


def _unbalanced(rule: Rule, report: Report, given: Sequence[Fact]) -> Iterator[tuple[str, Fact, bool]]:
    """Yields each cell that one instance of the equation reads, one of each other, and some that none reads."""
    values = {fact.address: exact(fact.value) for fact in given if fact.value is not None}
    read: dict[Address, None] = {}
    instances = instances_of(rule, report.form)
    for index, instance in enumerate(instances):
        cells = [cell for cell in instance.cells if cell in values]
        read.update(dict.fromkeys(cells if index == 0 else cells[index % max(1, len(cells)) :][:1]))
    touched = {cell for instance in instances for cell in instance.cells}
    silent = [address for address in values if address not in touched]
    for address in (*read, *silent[:: max(1, len(silent) // _UNTOUCHED)]):
        fact = report.facts[address]
        assert fact.value is not None
        for step in (1, -1):
            number = fact.value + step
            if number >= 0:
                changed: Mapping[Address, Exact] = {**values, address: exact(number)}
                meant = is_violated(rule, changed, report.form)
                yield f"的 {fact.raw} 改成 {number}", _fact(fact, number, str(number)), meant


def _fact(fact: Fact, value: int | Decimal | None, raw: str) -> Fact:
    state: Literal["given", "blank", "unreadable"] = "given" if value is not None else "unreadable" if raw else "blank"
    return Fact(fact.address, state, value, raw, Span(0, 0))
