"""Whole reports as Word files: the same numbers and the same findings as of the same report as Markdown."""

import io
import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from disclosure_lint import FileResult, Linter, Location
from disclosure_lint.cli.main import main
from tests.generation import SIZES, Size, make
from tests.generation.forms import SECTIONS, row_of
from tests.generation.official import Block, Grid, Words, columns_of, markdown, official
from tests.generation.official_changes import changed, torn
from tests.office.docx import Cell, paragraph, table, text_box, word_file
from tests.office.examples import EXAMPLES, examples
from tests.office.official import as_docx, block_xml, rows, with_automatic_numbers, with_changes
from tests.office.printers import truth as numbers
from tests.scale import some

FORMS = ("2021", "2019")
LINTER = Linter.default()
_LINE = re.compile(r"第 \d+ 行")


def report(seed: object, size: Size = "county", form: str = "2021") -> list[Block]:
    rng = Random(f"{seed}")
    return official(make(rng, size, form), rng)


def read(result: FileResult) -> dict[str, str]:
    assert result.report is not None
    return {str(address): fact.raw for address, fact in result.report.facts.items()}


def said(result: FileResult) -> tuple[object, ...]:
    """What is known and said of a report, without lines and without what only formats with headings know."""
    facts = {} if result.report is None else result.report.facts
    return (
        result.status,
        {address: (fact.state, fact.value, fact.raw) for address, fact in facts.items()},
        [
            (one.code, one.severity, one.cells, _LINE.sub("", one.message.zh))
            for one in result.diagnostics
            if one.code != "DL109"
        ],
        [(entry.code, entry.verdict) for entry in result.ledger if entry.code != "DL109"],
    )


@pytest.mark.parametrize(("size", "form"), list(product(SIZES, FORMS)))
def test_every_number_of_the_official_layout_is_read(size: Size, form: str) -> None:
    for seed in range(some(3)):
        blocks = report(seed, size, form)
        result = LINTER.lint("年报.docx", as_docx(blocks))
        assert read(result) == numbers(blocks)
        assert [one.code for one in result.diagnostics if one.code != "DL403"] == []
        assert said(result) == said(LINTER.lint("年报.md", markdown(blocks).encode()))


@settings(max_examples=some(40), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(SIZES), st.sampled_from(FORMS), st.integers(1, 5))
@example(879589, "township", "2019", 2)
@example(109082, "county", "2021", 4)
def test_whatever_happens_to_it_the_same_is_said_as_of_markdown(seed: int, size: Size, form: str, times: int) -> None:
    blocks = changed(report(seed, size, form), Random(seed), times)
    word, text = LINTER.lint("年报.docx", as_docx(blocks)), LINTER.lint("年报.md", markdown(blocks).encode())
    assert said(word) == said(text)
    assert all(one.location is not None and one.fix is None for one in word.diagnostics)


@settings(max_examples=some(40), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(SIZES), st.sampled_from(FORMS))
def test_cells_merged_wrongly_spoil_no_other_row(seed: int, size: Size, form: str) -> None:
    whole = report(seed, size, form)
    blocks, row = torn(whole, Random(seed))
    result = LINTER.lint("年报.docx", as_docx(blocks))
    found, true = read(result), numbers(whole)
    others = {name for name in true if row_of(name) != row and not (row[:6] == name[:6] == "review")}
    assert {name: found.get(name) for name in others} == {name: true[name] for name in others}
    # Of the row itself, a number may be lacking or blank, but none stands in another's place.
    wrong = {name for name in found if name not in others and found[name] not in ("", true[name])}
    assert {name for name in wrong if " " not in found[name]} == set()
    assert not any(one.code.startswith("DL30") for one in result.diagnostics if row_of((*one.cells, "")[0]) == row)


def by_another_writer(blocks: Sequence[Block]) -> bytes:
    """The report as python-docx writes it."""
    document: Any = docx.Document()
    for block in blocks:
        if isinstance(block, Words):
            document.add_heading(block.text, block.level) if block.level else document.add_paragraph(block.text)
            continue
        grid = document.add_table(len(block.rows), block.width)
        for number, row in enumerate(columns_of(block)):
            for column, piece, begins in row:
                if begins:
                    last = grid.cell(number + piece.rows - 1, column + piece.columns - 1)
                    grid.cell(number, column).merge(last).text = piece.text
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_files_of_another_writer(form: str) -> None:
    blocks = changed(report("another", "city", form), Random(form), 2)
    result = LINTER.lint("年报.docx", by_another_writer(blocks))
    assert said(result) == said(LINTER.lint("年报.md", markdown(blocks).encode()))


def assert_places(blocks: Sequence[Block], result: FileResult) -> None:
    """Checks that every number and every section is said to be where it stands in the file."""
    bound = result.report
    assert bound is not None
    tables = [block for block in blocks if isinstance(block, Grid)]
    for fact in bound.facts.values():
        place = fact.location or Location()
        assert place.paragraph is None
        row = columns_of(tables[(place.table or 0) - 1])[(place.row or 0) - 1]
        assert [piece.name for at, piece, _ in row if at + 1 == place.column] == [str(fact.address)]
    paragraphs = [block.text for block in blocks if isinstance(block, Words)]
    for section in bound.sections.values():
        place = bound.document.location_at(section.span.start) or Location()
        assert paragraphs[(place.paragraph or 0) - 1] == bound.document.source.slice(section.span)


def test_every_number_and_sentence_has_its_place_in_the_file() -> None:
    blocks = report("places")
    result = LINTER.lint("年报.docx", as_docx(blocks))
    assert_places(blocks, result)


def test_numbers_of_headings_may_be_automatic() -> None:
    blocks = report("automatic")
    result = LINTER.lint("年报.docx", with_automatic_numbers(blocks))
    assert said(result) == said(LINTER.lint("年报.md", markdown(blocks).encode()))
    assert result.source is not None
    assert all(f"\n{section}\n" in result.source.text for section in SECTIONS)


def test_tracked_changes_are_accepted_and_said_to_be_there() -> None:
    blocks = report("tracked", "city")
    result = LINTER.lint("年报.docx", with_changes(blocks, "requests", 3, 1))
    assert read(result) == numbers(blocks)
    (found,) = [one for one in result.diagnostics if one.code == "DL006"]
    assert found.location == Location(table=2, row=4, column=4, section=3)
    assert "还有 2 处没有接受的修订、1 条批注" in found.message.zh
    assert [entry.verdict for entry in result.ledger if entry.code == "DL006"] == ["failed"]


def test_a_title_in_a_text_box_and_tables_in_a_frame() -> None:
    title, *others = report("framed")
    assert isinstance(title, Words)
    body = "".join(map(block_xml, others))
    framed = word_file(paragraph(text_box(paragraph(title.text))), table([[body]]))
    result = LINTER.lint("年报.docx", framed)
    assert said(result) == said(LINTER.lint("年报.md", markdown([title, *others]).encode()))


def test_headings_without_styles_are_headings_too() -> None:
    blocks = [Words(block.text) if isinstance(block, Words) else block for block in report("plain")]
    result = LINTER.lint("年报.docx", as_docx(blocks))
    assert read(result) == numbers(blocks)
    assert {one.code for one in result.diagnostics} <= {"DL403"}


@pytest.mark.parametrize("name", ["年报.docx", "年报.doc", "年报.wps", "年报.txt", "年报"])
def test_the_content_says_what_it_is_not_the_name(name: str) -> None:
    assert read(LINTER.lint(name, as_docx(report("name")))) == numbers(report("name"))


def entries(data: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_files_among_the_examples_are_what_their_writer_writes() -> None:
    for name, data in examples().items():
        read = entries if name.endswith(".docx") else bytes
        assert read((EXAMPLES / name).read_bytes()) == read(data), f"python -m tests.office.examples writes {name}"


def test_a_word_file_is_never_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "年报.docx"
    data = as_docx(
        [Words("一、总体工作情况", 3) if block == Words(SECTIONS[0], 2) else block for block in report("fix")]
    )
    path.write_bytes(data)
    assert main(["check", "--fix", "--unsafe-fixes", "--lang", "en", "--fail-on", "warning", str(path)]) == 1
    assert path.read_bytes() == data
    assert "年报.docx: the heading “一、总体工作情况” (" in capsys.readouterr().out
    assert main(["check", "--diff", "--unsafe-fixes", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_another_reader_sees_the_same_cells() -> None:
    blocks = report("opened")
    document: Any = docx.Document(io.BytesIO(as_docx(blocks)))
    grids = [block for block in blocks if isinstance(block, Grid)]
    for grid, seen in zip(grids, document.tables, strict=True):
        for number, row in enumerate(columns_of(grid)):
            for column, piece, _ in row:
                assert seen.cell(number, column).text == piece.text
    styles = [(one.style.name, one.text) for one in document.paragraphs]
    assert styles == [
        (f"Heading {block.level}" if block.level else "Normal", block.text)
        for block in blocks
        if isinstance(block, Words)
    ]


@pytest.mark.parametrize("row", [7, 12, 20])
def test_numbers_merged_below_each_other_or_with_the_label_are_not_guessed(row: int) -> None:
    blocks = report("below", "city")
    for kind in ("below", "label"):
        edited = []
        for block in blocks:
            if isinstance(block, Grid) and block.table == "requests":
                cells = rows(block)
                if kind == "below":
                    cells[row][-3] = cells[row][-3]._replace(below="restart")
                    cells[row + 1][-3] = Cell(below="continue")
                else:
                    label = cells[row + 1].pop(-8)
                    cells[row + 1][-7] = label._replace(columns=label.columns + 1)
                edited.append(table(cells))
            else:
                edited.append(block_xml(block))
        found, true = read(LINTER.lint("年报.docx", word_file(*edited))), numbers(blocks)
        lost = {name for name in true if name not in found}
        assert len({row_of(name) for name in lost}) == 1
        assert found == {name: text for name, text in true.items() if name not in lost}
