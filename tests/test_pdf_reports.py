"""Whole reports as PDF: the same numbers and the same findings as of the same report as Markdown."""

import io
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint import FileResult, Linter, Location
from disclosure_lint.model.document import Table
from disclosure_lint.readers.pdf.reading import read_pdf
from tests.command_line import run
from tests.generation import SIZES, Size, make
from tests.generation.official import Block, Grid, Words, columns_of, markdown, official
from tests.generation.official_changes import changed
from tests.office.pdf import pdf_file, picture
from tests.office.pdf_pages import SHEETS, Sheet, as_pdf, pages_of, sheet_of
from tests.office.printed import CHROMIUM, LIBRE_OFFICE, printed
from tests.office.printers import truth as numbers
from tests.scale import some
from tests.test_docx_reports import read, report, said

FORMS = ("2021", "2019")
LINTER = Linter.default()


def lint(data: bytes) -> FileResult:
    return LINTER.lint("年报.pdf", data)


def as_markdown(blocks: Sequence[Block]) -> FileResult:
    return LINTER.lint("年报.md", markdown(blocks).encode())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sheet", SHEETS, ids=range(len(SHEETS)))
def test_every_number_of_the_official_layout_is_read(sheet: Sheet, form: str) -> None:
    for size in SIZES:
        blocks = report(f"sheet {form}", size, form)
        result = lint(as_pdf(blocks, sheet))
        assert read(result) == numbers(blocks)
        assert [one.code for one in result.diagnostics if one.code != "DL403"] == []
        assert said(result) == said(as_markdown(blocks))


@settings(max_examples=some(30), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(SIZES), st.sampled_from(FORMS), st.integers(0, 3))
def test_whatever_happens_to_it_the_same_is_said_as_of_markdown(seed: int, size: Size, form: str, times: int) -> None:
    blocks = changed(report(seed, size, form), Random(seed), times)
    result = lint(as_pdf(blocks, sheet_of(Random(seed))))
    assert said(result) == said(as_markdown(blocks))
    assert all(one.location is not None and one.fix is None for one in result.diagnostics)


@pytest.mark.parametrize("path", [CHROMIUM, LIBRE_OFFICE], ids=["Chromium", "LibreOffice"])
def test_what_other_programs_print(path: Path) -> None:
    result = lint(path.read_bytes())
    assert said(result) == said(as_markdown(printed()))
    assert {code for one in result.diagnostics for code in (one.code, *one.also)} >= {"DL303"}
    assert result.source is not None
    # The browser's own header and footer, with the date, the file's name and the number of the page.
    assert not any(word in result.source.text for word in ("file://", "年报.html", "1/3", "AM", "PM"))


@pytest.mark.long
def test_every_number_has_its_place_on_a_page() -> None:
    import pdfplumber

    blocks = report("places", "city")
    sheet = SHEETS[3]
    result = lint(as_pdf(blocks, sheet))
    bound = result.report
    assert bound is not None
    grids = [block for block in blocks if isinstance(block, Grid)]
    with pdfplumber.open(io.BytesIO(as_pdf(blocks, sheet))) as file:
        for fact in bound.facts.values():
            place = fact.location or Location()
            assert place.paragraph is None
            row = columns_of(grids[(place.table or 0) - 1])[(place.row or 0) - 1]
            assert [piece.name for column, piece, _ in row if column + 1 == place.column] == [str(fact.address)]
            assert place.box is not None
            assert place.page is not None
            found = file.pages[place.page - 1].within_bbox(place.box, strict=False).extract_text()
            assert found.replace("\n", "") == fact.raw


def test_places_in_the_outputs(tmp_path: Path) -> None:
    path = tmp_path / "年报.pdf"
    blocks = report("outputs")
    path.write_bytes(as_pdf([block for block in blocks if block != Words("六、其他需要报告的事项", 2)]))
    ended = run(["check", "--format", "json", "--select", "DL102", str(path)])
    (found,) = json.loads(ended.stdout)["diagnostics"]
    place = found["location"]
    assert (place["page"], place["table"]) == (place["page"], None)
    left, top, right, bottom = place["box"]
    assert 0 < left < right < 595
    assert 0 < top < bottom < 842
    shown = run(["check", "--lang", "en", "--select", "DL102", str(path)]).stdout
    assert f"年报.pdf: page {place['page']}, the heading “五、存在的主要问题及改进情况” (" in shown


def rows_by_plumber(data: bytes) -> list[list[str]]:
    """Returns the rows of tables as another library sees them, each page by itself."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as file:
        rows = [row for page in file.pages for table in page.extract_tables() for row in table]
    return [cells for row in rows if (cells := [cell.replace("\n", "") for cell in row if cell])]


@pytest.mark.long
@pytest.mark.parametrize("path", [CHROMIUM, LIBRE_OFFICE, *SHEETS[:3]])
def test_another_library_sees_the_same_rows(path: Path | Sheet) -> None:
    """All but those at page ends, since the other library joins nothing."""
    plain = path._replace(repeats_header=False) if isinstance(path, Sheet) else None
    data = path.read_bytes() if isinstance(path, Path) else as_pdf(report("plumber"), plain or path)
    document = read_pdf("", data)
    text = document.source.text
    mine = [
        cells
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        if (
            cells := [
                text[cell.span.start : cell.span.end].replace(" ", "")
                for cell in row.cells
                if cell.span.end > cell.span.start
            ]
        )
    ]
    theirs = [[cell.replace(" ", "") for cell in row] for row in rows_by_plumber(data)]
    rows = [row for row in theirs if row in mine]
    assert len(rows) >= 0.9 * len(mine)
    assert [row for row in mine if row in theirs] == rows


@pytest.mark.parametrize("gone", [[0], [1], [0, 1], [2, 3]])
def test_scanned_pages_are_named_and_nothing_is_said_to_be_missing(gone: list[int]) -> None:
    pages = pages_of(report("scanned"), SHEETS[0])
    result = lint(pdf_file([picture() if number in gone else page for number, page in enumerate(pages)]))
    (found,) = [one for one in result.diagnostics if one.code == "DL003"]
    numbers = {(0,): "第 1 页", (1,): "第 2 页", (0, 1): "第 1–2 页", (2, 3): "第 3–4 页"}[tuple(gone)]
    assert f"{numbers}是扫描图片" in found.message.zh
    assert found.location is None or found.location.page == gone[0] + 1
    assert {one.code for one in result.diagnostics} <= {"DL003", "DL002", "DL403"}
    assert {entry.verdict for entry in result.ledger if entry.code == "DL003"} == {"failed"}


def test_a_file_of_scanned_pages_is_not_checked() -> None:
    result = lint(pdf_file([picture(), picture(), picture()]))
    assert [one.code for one in result.diagnostics] == ["DL003"]
    assert "第 1–3 页是扫描图片" in result.diagnostics[0].message.zh
    assert result.status == "unreadable"
    assert {entry.verdict for entry in result.ledger} == {"failed", "undetermined"}


@pytest.mark.parametrize("name", ["年报.pdf", "年报.docx", "年报.txt", "年报"])
def test_the_content_says_what_it_is_not_the_name(name: str) -> None:
    blocks = report("name")
    assert read(LINTER.lint(name, as_pdf(blocks))) == numbers(blocks)
    assert read(LINTER.lint(name, b"\r\n\r\n" + as_pdf(blocks))) == numbers(blocks)


def test_generated_reports_differ() -> None:
    rng = Random("differ")
    assert len({as_pdf(official(make(rng, "county"), rng), sheet) for sheet in SHEETS}) == len(SHEETS)
