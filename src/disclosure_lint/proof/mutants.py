"""All mutants of a clean report."""

from collections.abc import Iterator, Mapping, Sequence

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.rule import Rule
from disclosure_lint.packs.texts import Example
from disclosure_lint.proof.aims import Mutant
from disclosure_lint.proof.cell_mutants import claim_mutants, table_mutants
from disclosure_lint.proof.clean import Clean, usual_year
from disclosure_lint.proof.section_mutants import section_mutants, title_mutants
from disclosure_lint.proof.word_mutants import example_mutants, file_mutants, other_form_mutant, word_mutants


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
