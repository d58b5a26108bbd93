"""Words without which a rule has nothing to judge: for kind `measure`, a number that agrees with the table."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from disclosure_lint.drafting.draft import Draft
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.claim import Compared
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

KIND = "measure"
NAME = "年报.md"
_MOST_NUMBERS = 12


def is_of_numbers(rule: Rule) -> bool:
    """Says whether a rule is about what the text says of the numbers of the tables."""
    return rule.kind == KIND and "measures" in rule.options


def said(linter: Linter, draft: Draft, rule: Rule) -> list[Compared]:
    """Returns the numbers in the words that a rule finds right, the last one first."""
    report = _bound(linter, draft)
    if report is None:
        return []
    names = tuple(rule.options["measures"])
    section = report.sections.get(rule.options.get("section", ""))
    return [
        one
        for one in reversed(report.claims.numbers)
        if one.status == "agrees" and one.sure and one.exact and (one.measure or "").startswith(names)
        if section is None or section.body.start <= one.span.start < section.body.end
    ]


def renumbered(draft: Draft, claim: Compared, number: int | Decimal) -> Draft:
    """Returns the draft with another number in the place of one of its words."""
    text = draft.text()
    for section in ("", *(part.section for part in draft.parts)):
        words = list(draft.words(section))
        for index, paragraph in enumerate(words):
            start = claim.span.start - text.find(paragraph)
            if 0 <= start < len(paragraph) and paragraph in text:
                end = start + claim.span.end - claim.span.start
                words[index] = f"{paragraph[:start]}{number:f}{claim.unit or ''}{paragraph[end:]}"
                return draft.with_words(section, *words)
    return draft


def without(draft: Draft, claim: Compared, instead: Iterable[str]) -> Draft:
    """Returns the draft without the paragraph of a number; a section that loses all its words gets others."""
    text = draft.text()
    for section in ("", *(part.section for part in draft.parts)):
        words = draft.words(section)
        rest = [one for one in words if not 0 <= claim.span.start - text.find(one) < len(one)]
        if len(rest) < len(words):
            return draft.with_words(section, *(rest or instead))
    return draft


def agreeing(linter: Linter, draft: Draft, rule: Rule, paragraphs: Iterable[tuple[str, str]]) -> Draft:
    """Returns the draft with words that the rule can read and finds right, taken from `paragraphs` if it has none.

    The draft stays as it is where none of them will do.
    """
    trials = (draft.with_words(section, *draft.words(section), text) for section, text in _plain(draft, paragraphs))
    for trial in (draft, *trials):
        if agreed := _agreed(linter, trial, rule):
            return agreed
    return draft


def _agreed(linter: Linter, draft: Draft, rule: Rule) -> Draft | None:
    """Returns the draft with all its numbers made those of the tables; None if the rule has nothing to judge then."""
    for _ in range(_MOST_NUMBERS):
        report = _bound(linter, draft)
        found = report.claims.numbers if report else ()
        wrong = next(
            (one for one in found if one.status == "contradicts" and one.unit and one.expected is not None), None
        )
        if wrong is None or wrong.expected is None:
            break
        draft = renumbered(draft, wrong, wrong.expected)
    return draft if said(linter, draft, rule) and passes(linter, draft, rule) else None


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
    report = _bound(linter, draft)
    return report is not None and linter.judge(rule, report).outcome == "passed"


def _bound(linter: Linter, draft: Draft) -> Report | None:
    return linter.bind(linter.read(NAME, draft.text().encode()), draft.form.id)


def _plain(draft: Draft, paragraphs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yields paragraphs for which there is a section, without a number in front, which would repeat another's."""
    known = {"", *(part.section for part in draft.parts)}
    for section, text in paragraphs:
        if section in known:
            yield section, re.sub(r"^（[一二三四五六七八九十]+）", "", text)
