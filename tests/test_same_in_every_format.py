"""One report as Markdown, text with tabs, HTML, Word and PDF: the same numbers, and the same is said of it.

PDF is made by LibreOffice of the Word files, all at once; where it is not installed, these tests are passed over.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint import FileResult, Linter
from tests.generation import SIZES, Size, make
from tests.generation.official import Block, markdown, official, tabbed
from tests.generation.official_changes import changed
from tests.office.html import plain
from tests.office.libre_office import converted
from tests.office.official import as_docx, to_print
from tests.scale import some

FORMS = ("2021", "2019")
LINTER = Linter.default()
WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "txt": lambda blocks: tabbed(blocks).encode(),
    "docx": as_docx,
    "html": lambda blocks: plain(blocks).encode(),
}
"""What writes a report in a format, by the suffix; all are held against Markdown."""
_LINE = re.compile(r"第 \d+ 行")


def report(seed: int, size: Size, form: str, times: int) -> list[Block]:
    """Returns a report to which so many things have happened."""
    rng = Random(seed)
    return changed(official(make(rng, size, form), rng), rng, times)


def said(result: FileResult) -> Iterator[str]:
    """What is known and said of a report, a line each, without places and what only formats with headings know."""
    yield result.status
    for address, fact in result.report.facts.items() if result.report else ():
        # A number may be broken over the lines of a narrow cell.
        yield f"{address} {fact.state} {fact.value} {''.join(fact.raw.split())}"
    for one in result.diagnostics:
        if one.code != "DL109":
            message = "".join(_LINE.sub("", one.message.zh).split())
            yield f"{one.code} {one.severity.name} {' '.join(one.cells)} {one.subject} {message}"
    for entry in result.ledger:
        if entry.code != "DL109":
            yield f"{entry.code} {entry.verdict}"


def assert_same(blocks: Sequence[Block], suffix: str, data: bytes) -> None:
    """Holds what is said of a report in a format against what is said of it as Markdown."""
    here, there = LINTER.lint(f"年报.{suffix}", data), LINTER.lint("年报.md", markdown(blocks).encode())
    assert sorted(said(here)) == sorted(said(there))


@pytest.mark.parametrize("suffix", WRITERS)
@settings(max_examples=some(60), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(SIZES), st.sampled_from(FORMS), st.integers(0, 3))
def test_the_same_is_said_as_of_markdown(suffix: str, seed: int, size: Size, form: str, times: int) -> None:
    blocks = report(seed, size, form, times)
    assert_same(blocks, suffix, WRITERS[suffix](blocks))


PRINTED = {
    f"{size}-{form}-{number}": report(number, size, form, min(number, 1))
    for size in SIZES
    for form in FORMS
    for number in range(some(4))
}
"""Reports that are printed: of each size and form one as it should be, and others to which something has happened."""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The PDF of each of these reports."""
    files = {f"{name}.docx": to_print(blocks) for name, blocks in PRINTED.items()}
    return converted(files, "pdf", tmp_path_factory.mktemp("printed"))


@pytest.mark.long
@pytest.mark.parametrize("name", PRINTED)
def test_the_same_is_said_of_what_is_printed(name: str, printed: dict[str, bytes]) -> None:
    """Or less, where a row is shifted: the drawn grid shows that its cells are not under their headers."""
    data = printed[f"{name}.pdf"]
    here, there = LINTER.lint("年报.pdf", data), LINTER.lint("年报.md", markdown(PRINTED[name]).encode())
    open_here = [one for one in here.diagnostics if one.code == "DL205"]
    if name.endswith("-0") or not open_here:
        assert sorted(said(here)) == sorted(said(there))
        return
    assert here.report is not None
    assert there.report is not None
    cells = {cell for one in open_here for cell in one.cells}
    known = {str(address): fact.value for address, fact in there.report.facts.items()}
    assert {str(address): fact.value for address, fact in here.report.facts.items()} == {
        name: value for name, value in known.items() if name not in cells
    }
    codes = {one.code for one in there.diagnostics}
    assert {one.code for one in here.diagnostics} <= {*codes, "DL205"}
