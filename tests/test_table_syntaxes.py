"""A table is the same cells in the same columns, however it is written as text."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint import FileResult, Linter
from disclosure_lint.model.document import Document, Table
from disclosure_lint.readers.lines import LineReader
from tests.generation import SIZES, Size, make
from tests.generation.official import Block, official
from tests.generation.syntaxes import SYNTAXES, TABS, Syntax, report
from tests.scale import some

FORMS = ("2021", "2019")
LINTER = Linter.default()
_RUNS = settings(max_examples=some(5), deadline=None)
_SEEDS, _SIZES, _FORMS = st.integers(0, 2**32), st.sampled_from(SIZES), st.sampled_from(FORMS)
_BLANKS = st.sampled_from((0, 0.2, 0.6))


def made(seed: int, size: Size, form: str, blanks: float) -> list[Block]:
    """A report in which such a share of the numbers is left out."""
    rng = Random(seed)
    content = make(rng, size, form)
    return official(content.with_numbers({name: None for name in content.numbers if rng.random() < blanks}), rng)


def document(text: str, name: str = "年报.md") -> Document:
    """What the reader of lines makes of a text."""
    found = LineReader().read(name, text.encode())
    assert found is not None
    return found


def grids(found: Document) -> list[list[dict[int, str]]]:
    """The texts of all tables by row and column, without blank ones."""
    source = found.source
    return [
        [
            {cell.column: text for cell in row.cells if (text := "".join(source.slice(cell.span).split()))}
            for row in block.rows
        ]
        for block in found.blocks
        if isinstance(block, Table)
    ]


def facts(result: FileResult) -> dict[str, tuple[str, object]]:
    """What is known of every number."""
    assert result.report is not None
    return {str(address): (fact.state, fact.value) for address, fact in result.report.facts.items()}


def places(result: FileResult) -> dict[str, str]:
    """What stands in the file where a number was found."""
    assert result.report is not None
    source = result.report.document.source
    found = {str(address): source.in_file(fact.span) for address, fact in result.report.facts.items() if fact.raw}
    return {address: file.slice(span) for address, (file, span) in found.items()}


@pytest.mark.parametrize("syntax", SYNTAXES.values(), ids=SYNTAXES)
@_RUNS
@given(_SEEDS, _SIZES, _FORMS, _BLANKS)
def test_the_cells_are_those_of_the_pipe_table(syntax: Syntax, seed: int, size: Size, form: str, blanks: float) -> None:
    blocks = made(seed, size, form, blanks)
    assert grids(document(report(blocks, syntax))) == grids(document(report(blocks, SYNTAXES["pipes"])))


@pytest.mark.parametrize("syntax", [*SYNTAXES.values(), *TABS.values()], ids=[*SYNTAXES, *TABS])
@_RUNS
@given(_SEEDS, _SIZES, _FORMS, _BLANKS)
def test_the_numbers_are_those_of_the_pipe_table(
    syntax: Syntax, seed: int, size: Size, form: str, blanks: float
) -> None:
    blocks = made(seed, size, form, blanks)
    here, there = (LINTER.lint("年报.md", report(blocks, one).encode()) for one in (syntax, SYNTAXES["pipes"]))
    assert facts(here) == facts(there)
    assert places(here) == places(there)
