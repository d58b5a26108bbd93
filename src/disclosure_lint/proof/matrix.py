"""The matrix: which mutants each rule catches, and whom it barks at without cause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from types import MappingProxyType
from typing import Literal, NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.formula.instance import locating, relation
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Exact
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule
from disclosure_lint.packs.texts import Example
from disclosure_lint.proof.aims import Mutant, is_meant, is_tolerated
from disclosure_lint.proof.cell_mutants import claim_mutants, table_mutants
from disclosure_lint.proof.claims import NAME
from disclosure_lint.proof.clean import TOWN, Clean, Ground, clean_report, usual_year
from disclosure_lint.proof.example_mutants import FAMILY, example_trials
from disclosure_lint.proof.text_mutants import (
    example_mutants,
    file_mutants,
    other_form_mutant,
    section_mutants,
    title_mutants,
    word_mutants,
)
from disclosure_lint.settings import Settings

Hit = Literal["named", "listed", "missed"]
_SHORT = 20
"""Characters of what may be meant to be found."""
_NOWHERE = LocalizedText(
    "找不到一份适用这条规则的完整年报来试；请在例子里写明适用的机关、年份或格式",
    "there is no full report to try it on; name an agency, a year or a form that it is for in an example",
)


class Caught(NamedTuple):
    """How many mutants of a family were meant for a rule, and which of them it did not find."""

    meant: int
    missed: tuple[LocalizedText, ...]
    """What was done to those; in English, of which family that is."""
    pointed: int = 0
    """In how many of them one number was made wrong that equations can tell."""
    named: int = 0
    """In how many of these that number, and what it was, was the only suggestion."""
    listed: int = 0
    """In how many of these it was one of several."""


class Matrix(NamedTuple):
    """What all mutants showed."""

    rules: tuple[Rule, ...]
    cells: Mapping[str, Mapping[str, Caught]]
    """By code and family of mutants."""
    grounds: int
    """How many clean reports there were."""
    mutants: int
    """How many were made of them."""
    trials: int
    """How many mutants were made of the clean examples of rules."""
    failures: tuple[tuple[str, LocalizedText], ...]
    """Code of a rule and what is wrong with it."""

    def caught(self, code: str) -> tuple[int, int]:
        """Returns how many mutants a rule found, and how many were meant for it."""
        row = self.cells.get(code, {}).values()
        meant = sum(cell.meant for cell in row)
        return meant - sum(len(cell.missed) for cell in row), meant

    def pointed(self) -> tuple[int, int, int]:
        """Returns how many equations one number violated, and how often it was named, and listed."""
        cells = [cell for row in self.cells.values() for cell in row.values()]
        return sum(one.pointed for one in cells), sum(one.named for one in cells), sum(one.listed for one in cells)


class _Tally:
    """What is known so far."""

    def __init__(self) -> None:
        self.cells: dict[str, dict[str, Caught]] = {}
        self.failures: dict[tuple[str, LocalizedText], None] = {}
        self.barks: dict[str, list[LocalizedText]] = {}
        self.mutants = self.trials = 0

    def meant(self, code: str, family: str, done: LocalizedText, *, found: bool) -> None:
        row = self.cells.setdefault(code, {})
        before = row.get(family, Caught(0, ()))
        missed = before.missed if found else (*before.missed, done)
        row[family] = before._replace(meant=before.meant + 1, missed=missed)

    def pointed(self, code: str, mutant: Mutant, hit: Hit) -> None:
        before = self.cells[code][mutant.family]
        self.cells[code][mutant.family] = before._replace(
            pointed=before.pointed + 1,
            named=before.named + (hit == "named"),
            listed=before.listed + (hit == "listed"),
        )


def matrix(
    linter: Linter,
    rules: Sequence[Rule],
    examples: Mapping[str, Sequence[Example]],
    expected: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Matrix:
    """Returns how rules of a linter do on mutants of clean reports of every form.

    `examples` by code are the pack's; `expected` by code are words in which a rule finds something though the reports
    are clean, since what it forbids happens to be in them.
    """
    tally = _Tally()
    # What compares reports has nothing to say of one alone: its examples are its proof.
    tested = {rule.code for rule in rules if getattr(linter.checks[rule.kind], "compares", False)}
    grounds = 0
    for ground in _grounds(linter, rules, examples):
        if not _is_usual(ground) and len(tested) == len(rules):
            break
        clean = clean_report(linter, ground, examples)
        here = [rule for rule in rules if clean.verdict(rule.code) != "not_applicable"]
        new = [rule for rule in here if rule.code not in tested] if not _is_usual(ground) else here
        if not new:
            continue
        grounds += 1
        tested.update(rule.code for rule in new)
        _look(tally, clean, rules, expected)
        _run(tally, linter, clean, new, examples)
    for rule in rules:
        _try(tally, linter, rule, examples.get(rule.code, ()))
    _conclude(tally, rules, tested)
    return Matrix(tuple(rules), tally.cells, grounds, tally.mutants, tally.trials, tuple(tally.failures))


def mutants(
    linter: Linter, clean: Clean, rules: Sequence[Rule], examples: Mapping[str, Sequence[Example]]
) -> Iterator[Mutant]:
    """Yields every mutant of a clean report that the rules of a pack ask for."""
    draft = clean.draft
    yield from title_mutants(draft)
    yield from section_mutants(draft, rules)
    yield from table_mutants(draft, rules)
    yield from word_mutants(clean, rules)
    yield from claim_mutants(linter, draft, rules)
    yield from example_mutants(linter, draft, rules, examples)
    first = min(form.first_year for form in linter.forms)
    yield from file_mutants(draft, rules, oldest=draft.form.first_year == first)
    for form in linter.forms:
        if form.id != draft.form.id:
            yield other_form_mutant(draft, usual_year(form))


def tells_numbers(rule: Rule, form: Form) -> bool:
    """Returns whether numbers can be told from the equations of a rule."""
    found = [relation(one) for one in locating(rule, form)]
    return any(one is not None and one.op == "=" for one in found)


def wrong_number(right: Mapping[Address, Exact], values: Mapping[Address, Exact]) -> tuple[str, Exact] | None:
    """Returns the one cell that holds another number than it did, and what it did; None if there is no such one."""
    wrong = [address for address in right if values.get(address) != right[address]]
    if len(wrong) != 1 or wrong[0] not in values:
        return None
    return str(wrong[0]), right[wrong[0]]


def pointed_at(wrong: tuple[str, Exact], said: Iterable[Diagnostic]) -> Hit:
    """Returns whether that cell with its number is the only suggestion, one of several, or none."""
    suggested = [(one.cell, one.value) for diagnostic in said for one in diagnostic.suggestions]
    return "missed" if wrong not in suggested else "named" if len(suggested) == 1 else "listed"


def _is_usual(ground: Ground) -> bool:
    return ground.agency == TOWN and ground.year == usual_year(ground.form)


def _grounds(linter: Linter, rules: Sequence[Rule], examples: Mapping[str, Sequence[Example]]) -> Iterator[Ground]:
    """Yields a usual report of each form, then those that only some rules are for: other years, other agencies."""
    for form in linter.forms:
        yield Ground(form, usual_year(form), TOWN)
    agencies = dict.fromkeys([TOWN, *_agencies(linter, rules, examples)])
    bounds = {year for rule in rules for year in (rule.condition.first_year, rule.condition.last_year) if year}
    for form, agency in product(linter.forms, agencies):
        own = {year for year in bounds if form.first_year <= year <= (form.last_year or year)}
        for year in sorted({usual_year(form), *own}):
            ground = Ground(form, year, agency)
            if not _is_usual(ground):
                yield ground


def _agencies(linter: Linter, rules: Sequence[Rule], examples: Mapping[str, Sequence[Example]]) -> Iterator[str]:
    """Yields the agencies in the examples of rules that are only for some: there those rules can be tried."""
    for rule in rules:
        for example in examples.get(rule.code, ()):
            if example.agency:
                yield example.agency
            elif example.text is not None and example.finds:
                text = example.text.replace("⟦", "").replace("⟧", "")
                report = linter.bind(linter.read(NAME, text.encode()), fragment=True)
                if report is not None and report.agency:
                    yield report.agency


def _look(tally: _Tally, clean: Clean, rules: Sequence[Rule], expected: Mapping[str, Sequence[str]]) -> None:
    """Notes what is said to a report in which nothing is wrong."""
    ground = f"{clean.draft.agency}{clean.draft.year}年"
    source = clean.result.source
    for diagnostic in clean.result.diagnostics:
        words = squeeze(source.slice(diagnostic.span)) if source else ""
        if not any(squeeze(text) in words for text in expected.get(diagnostic.code, ())):
            zh, en = diagnostic.message
            zh, en = f"在没有错的年报（{ground}）上也报：{zh}", f"finds in a report without a fault ({ground}): {en}"
            if len(words) <= _SHORT:
                key = f"finds_in_sample = ['{words}']"
                zh += f"；如果这些字本来就该报，在规则里写 {key}"
                en += f"; if it should, write {key} into the rule"
            tally.failures[diagnostic.code, LocalizedText(zh, en)] = None
    for rule in rules:
        if clean.verdict(rule.code) == "undetermined":
            zh, en = f"在没有错的年报（{ground}）上无法判定", f"undetermined in a report without a fault ({ground})"
            tally.failures[rule.code, LocalizedText(zh, en)] = None


def _run(
    tally: _Tally, linter: Linter, clean: Clean, rules: Sequence[Rule], examples: Mapping[str, Sequence[Example]]
) -> None:
    settings = Settings(select=tuple(rule.code for rule in rules))
    barking = {diagnostic.code for diagnostic in clean.result.diagnostics}
    for mutant in mutants(linter, clean, rules, examples):
        tally.mutants += 1
        said = _linted(linter, mutant, rules, settings).diagnostics
        found = {code for diagnostic in said for code in (diagnostic.code, *diagnostic.also)}
        wrong = wrong_number(clean.draft.values(), mutant.values)
        for rule in rules:
            if is_meant(rule, mutant, clean.draft.form):
                tally.meant(rule.code, mutant.family, _done(mutant), found=rule.code in found)
                if wrong and tells_numbers(rule, clean.draft.form):
                    tally.pointed(rule.code, mutant, pointed_at(wrong, said))
            elif rule.code in found - barking and not is_tolerated(rule, mutant):
                tally.barks.setdefault(rule.code, []).append(_done(mutant))


def _try(tally: _Tally, linter: Linter, rule: Rule, examples: Sequence[Example]) -> None:
    """Notes what a rule makes of the mutants of its own clean examples."""
    for trial in example_trials(linter, rule, examples):
        tally.trials += 1
        if trial.meant:
            tally.meant(rule.code, FAMILY, trial.done, found=trial.found)
            if rule.exact and not trial.found:
                zh, en = f"没有抓到：{trial.done.zh}", f"not caught: {trial.done.en}"
                tally.failures[rule.code, LocalizedText(zh, en)] = None
        elif trial.found:
            tally.barks.setdefault(rule.code, []).append(trial.done)


def _linted(linter: Linter, mutant: Mutant, rules: Sequence[Rule], settings: Settings) -> FileResult:
    if mutant.event:
        return linter.unreadable(NAME, "", "", event=mutant.event, rules=rules)
    return linter.lint(NAME, mutant.data, settings)


def _conclude(tally: _Tally, rules: Sequence[Rule], tested: set[str]) -> None:
    for rule in rules:
        row = tally.cells.get(rule.code, {})
        full = [cell for family, cell in row.items() if family != FAMILY]
        if rule.code not in tested:
            tally.failures[rule.code, _NOWHERE] = None
        for cells in (full, [row[FAMILY]] if FAMILY in row else []):
            meant = sum(cell.meant for cell in cells)
            missed = [what for cell in cells for what in cell.missed]
            if meant and len(missed) == meant:
                zh = f"该抓的 {meant} 个错一个也没有抓到，如：{missed[0].zh}"
                en = f"catches none of the {meant} faults meant for it, such as {missed[0].en}"
                tally.failures[rule.code, LocalizedText(zh, en)] = None
        if barks := tally.barks.get(rule.code):
            zh, en = f"对不相干的 {len(barks)} 处改动也报，如：{barks[0].zh}", f"finds {len(barks)} changes that are no"
            tally.failures[rule.code, LocalizedText(zh, f"{en} business of its, such as {barks[0].en}")] = None


def _done(mutant: Mutant) -> LocalizedText:
    return LocalizedText(mutant.what, mutant.family)
