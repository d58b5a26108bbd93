"""Words without which a rule has nothing to judge: for kind `claim`, a number that agrees with the table."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.checks.expressions import expressions
from disclosure_lint.drafting.draft import Draft
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Address
from disclosure_lint.model.rule import Rule

KIND = "claim"
NAME = "年报.md"
_UNITS = {"万": 4, "亿": 8}


class Said(NamedTuple):
    """A number in the words of a draft."""

    section: str
    """Empty for the words before all sections."""
    paragraph: int
    start: int
    """Offset in the paragraph without white space."""
    end: int
    unit: Decimal
    """What 1 stands for."""


def said(draft: Draft, rule: Rule) -> list[Said]:
    """Returns where a rule reads a number in the words, the last place first."""
    wanted = rule.options.get("section")
    sections = [wanted] if wanted else ["", *(part.section for part in draft.parts)]
    return sorted({place for section in sections for place in _said(draft, section, rule)}, reverse=True)


def _said(draft: Draft, section: str, rule: Rule) -> Iterator[Said]:
    for number, text in enumerate(draft.words(section)):
        for expression in expressions(rule.options["statement"]):
            for match in expression.finditer(squeeze(text)):
                if match.groupdict().get("number") is not None:
                    unit = Decimal(10) ** _UNITS.get(match.groupdict().get("unit") or "", 0)
                    yield Said(section, number, *match.span("number"), unit)


def renumbered(draft: Draft, place: Said, number: Decimal) -> Draft:
    """Returns the draft with another number at a place, given in the unit of the place."""
    words = list(draft.words(place.section))
    text = squeeze(words[place.paragraph])
    words[place.paragraph] = f"{text[: place.start]}{number.normalize():f}{text[place.end :]}"
    return draft.with_words(place.section, *words)


def in_table(draft: Draft, rule: Rule, place: Said) -> Decimal | None:
    """Returns what the text should say at a place; None if the table has no such number."""
    value = draft.values().get(Address(*rule.options["cell"]))
    if value is None:
        return None
    return Decimal(value.numerator) / value.denominator * int(rule.options.get("per", 1)) / place.unit


def agreeing(linter: Linter, draft: Draft, rule: Rule, paragraphs: Iterable[tuple[str, str]]) -> Draft:
    """Returns the draft with words that the rule can read and finds right, taken from `paragraphs` if it has none.

    The draft stays as it is where none of them will do.
    """
    trials = (draft.with_words(section, *draft.words(section), text) for section, text in _plain(draft, paragraphs))
    for trial in (draft, *trials):
        if passes(linter, trial, rule):
            return trial
        for place in said(trial, rule):
            number = in_table(trial, rule, place)
            if number is not None and passes(linter, changed := renumbered(trial, place, number), rule):
                return changed
    return draft


def speaking(linter: Linter, draft: Draft, rule: Rule, paragraphs: Iterable[tuple[str, str]]) -> Draft:
    """Returns the draft with words about the matter of a rule, beside or in place of what the section says.

    The draft stays as it is where the rule has something to judge already, or other rules would find fault with them.
    """
    if passes(linter, draft, rule):
        return draft
    before = _found(linter, draft)
    for section, text in _plain(draft, paragraphs):
        for kept in (draft.words(section), ()):
            trial = draft.with_words(section, *kept, text)
            if passes(linter, trial, rule) and _found(linter, trial) <= before:
                return trial
    return draft


def _found(linter: Linter, draft: Draft) -> set[str]:
    return {diagnostic.code for diagnostic in linter.lint(NAME, draft.text().encode()).diagnostics}


def passes(linter: Linter, draft: Draft, rule: Rule) -> bool:
    """Says whether a rule finds the draft right."""
    report = linter.bind(linter.read(NAME, draft.text().encode()), draft.form.id)
    return report is not None and linter.judge(rule, report).outcome == "passed"


def _plain(draft: Draft, paragraphs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yields paragraphs for which there is a section, without a number in front, which would repeat another's."""
    known = {"", *(part.section for part in draft.parts)}
    for section, text in paragraphs:
        if section in known:
            yield section, re.sub(r"^（[一二三四五六七八九十]+）", "", text)
