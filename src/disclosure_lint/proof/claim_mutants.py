"""Mutants of the words that state a number of the tables."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from disclosure_lint.drafting.draft import Draft
from disclosure_lint.model.rule import Rule
from disclosure_lint.proof.aims import Aim, Mutant
from disclosure_lint.proof.claims import KIND, in_table, renumbered, said
from disclosure_lint.proof.clean import ORDINARY
from disclosure_lint.proof.section_mutants import made


def claim_mutants(draft: Draft, rules: Sequence[Rule]) -> Iterator[Mutant]:
    """Yields the report with another number in the words than in the table, and without words that are asked for."""
    for rule in rules:
        places = said(draft, rule) if rule.kind == KIND else []
        if not places:
            continue
        aims = [Aim("", code=rule.code)]
        changed = draft
        for place in places:
            text = draft.words(place.section)[place.paragraph]
            changed = renumbered(changed, place, (in_table(draft, rule, place) or 0) + Decimal(7))
        yield made(changed, "claim-changed", f"“{text}”里的数改成另一个", aims, [Aim("statement"), Aim("pattern")])
        if rule.options.get("required"):
            less = draft
            for section in {place.section for place in places}:
                gone = {place.paragraph for place in places if place.section == section}
                rest = [text for number, text in enumerate(draft.words(section)) if number not in gone]
                less = less.with_words(section, *(rest or ORDINARY))
            yield made(less, "claim-dropped", f"删去“{text}”", aims, [Aim("statement"), Aim("pattern")])
