"""Whole reports as web pages: the same numbers and the same findings as of the same report as Markdown."""

import csv
import io
import json
import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint import Linter
from disclosure_lint.cli.main import main
from tests.generation import SIZES, Size
from tests.generation.official import Block, Grid, markdown
from tests.generation.official_changes import changed, torn
from tests.office.html import DIALECTS, by_word, from_a_site, plain
from tests.office.printers import truth as numbers
from tests.scale import some
from tests.test_docx_reports import FORMS, assert_places, read, report, said

LINTER = Linter.default()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("size", "form"), list(product(SIZES, FORMS)))
def test_every_number_is_read_however_the_page_is_written(dialect: str, size: Size, form: str) -> None:
    for seed in range(some(2)):
        blocks = report(seed, size, form)
        result = LINTER.lint("年报.html", DIALECTS[dialect](blocks))
        assert read(result) == numbers(blocks)
        assert [one.code for one in result.diagnostics if one.code != "DL403"] == []
        assert said(result) == said(LINTER.lint("年报.md", markdown(blocks).encode()))


@settings(max_examples=some(40), deadline=None)
@given(
    st.integers(0, 2**32),
    st.sampled_from(SIZES),
    st.sampled_from(FORMS),
    st.integers(1, 5),
    st.sampled_from([*DIALECTS]),
)
def test_whatever_happens_to_it_the_same_is_said_as_of_markdown(
    seed: int, size: Size, form: str, times: int, dialect: str
) -> None:
    blocks = changed(report(seed, size, form), Random(seed), times)
    result = LINTER.lint("年报.html", DIALECTS[dialect](blocks))
    assert said(result) == said(LINTER.lint("年报.md", markdown(blocks).encode()))
    assert all(one.location is not None and one.fix is None for one in result.diagnostics)


@settings(max_examples=some(20), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(SIZES), st.sampled_from(FORMS))
def test_cells_merged_wrongly_are_read_as_in_a_word_file(seed: int, size: Size, form: str) -> None:
    from tests.office.official import as_docx

    blocks, _ = torn(report(seed, size, form), Random(seed))
    assert said(LINTER.lint("年报.html", plain(blocks).encode())) == said(LINTER.lint("年报.docx", as_docx(blocks)))


@settings(max_examples=some(20), deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 4), st.sampled_from([*DIALECTS]))
def test_all_dialects_show_the_same_text(seed: int, times: int, dialect: str) -> None:
    blocks = changed(report(seed), Random(seed), times)
    pages = [LINTER.read("年报.html", DIALECTS[one](blocks)) for one in ("plain", dialect)]
    assert pages[0].source.text == pages[1].source.text
    assert [block.span for block in pages[0].blocks] == [block.span for block in pages[1].blocks]


def joined(html: str) -> str:
    """What a stretch of a page shows, all spaces left out."""
    from html import unescape

    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>", "", html)))


@pytest.mark.parametrize("write", [plain, from_a_site, by_word])
def test_places_are_those_of_the_file(write: Any) -> None:
    blocks = report("places", "city")
    text = write(blocks)
    result = LINTER.lint("年报.html", text.encode())
    bound = result.report
    assert bound is not None
    source = bound.document.source
    for fact in bound.facts.values():
        file, span = source.in_file(fact.span)
        assert file.text == text
        assert joined(file.slice(span)) == fact.raw
        assert source.position(fact.span.start) == file.position(span.start)
        assert "<" not in file.slice(span)[:1] + file.slice(span)[-1:]
    for block in bound.document.blocks:
        file, span = source.in_file(block.span)
        if not hasattr(block, "rows"):
            assert joined(file.slice(span)) == re.sub(r"\s", "", source.slice(block.span))


def test_every_number_and_sentence_has_its_place_on_the_page() -> None:
    blocks = report("places")
    result = LINTER.lint("年报.html", from_a_site(blocks).encode())
    assert_places(blocks, result)


WRONG = """<html><body>
<h1>云川县石桥镇人民政府2023年政府信息公开工作年度报告</h1>
<p>一、总体
   工作&nbsp;情况</p>
</body></html>
"""


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A page with a heading whose name is wrong, over two lines."""
    path = tmp_path / "年报.html"
    path.write_bytes(WRONG.encode())
    return str(path)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    main([*arguments])
    return capsys.readouterr().out


def test_all_outputs_tell_lines_and_columns_of_the_file(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    check = ("check", "--select", "DL103", "--lang", "en", "--format")
    (found,) = json.loads(printed(capsys, *check, "json", wrong))["diagnostics"]
    assert found["range"] == {"start": {"line": 3, "column": 4}, "end": {"line": 4, "column": 14}}
    place = {key: value for key, value in found["location"].items() if value is not None}
    assert place == {"paragraph": 2, "section": 1}
    (sarif,) = json.loads(printed(capsys, *check, "sarif", wrong))["runs"][0]["results"][:1]
    region = sarif["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"], region["endColumn"]) == (3, 4, 8)
    (rdjson,) = json.loads(printed(capsys, *check, "rdjson", wrong))["diagnostics"]
    assert rdjson["location"]["range"] == {"start": {"line": 3, "column": 4}, "end": {"line": 3, "column": 16}}
    assert ":3:4:" in printed(capsys, *check, "text", wrong)
    assert ",line=3,endLine=3,col=4,endColumn=8::" in printed(capsys, *check, "github", wrong)


def test_an_excerpt_shows_the_line_that_is_read(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = printed(capsys, "check", "--select", "DL103", "--lang", "en", "--color", "never", wrong)
    assert "     3 | 一、总体工作\xa0情况\n       | ^^^^^^^^^^^^^^^^^\n" in shown
    assert "  in the file: the heading “一、总体工作情况”\n" in shown


def test_show_numbers_lines_as_the_file_does(wrong: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "show", wrong) == (
        "   2 | 云川县石桥镇人民政府2023年政府信息公开工作年度报告\n     |\n   3 | 一、总体工作\xa0情况\n"
    )
    assert "一、总体情况 — 第 3–4 行" in printed(capsys, "show", "--outline", "--lang", "zh", wrong)


def test_facts_have_places_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = from_a_site(report("facts"))
    path = tmp_path / "年报.htm"
    path.write_bytes(text.encode())
    lines = text.split("\n")
    for row in csv.DictReader(io.StringIO(printed(capsys, "facts", "--format", "csv", str(path)))):
        line = lines[int(row["line"]) - 1]
        assert row["line"] == row["end_line"]
        assert joined(line[int(row["column"]) - 1 : int(row["end_column"]) - 1]) == row["raw"]


@pytest.mark.parametrize("name", ["年报.html", "年报.HTM", "年报.doc", "年报.wps", "年报.txt", "年报"])
@pytest.mark.parametrize("dialect", ["plain", "word", "gbk", "utf-16", "careless"])
def test_the_content_says_what_it_is_not_the_name(name: str, dialect: str) -> None:
    blocks = report("name")
    assert read(LINTER.lint(name, DIALECTS[dialect](blocks))) == numbers(blocks)


def test_a_web_page_is_never_written_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "年报.html"
    path.write_bytes(WRONG.encode())
    assert main(["check", "--fix", "--unsafe-fixes", str(path)]) == 1
    assert path.read_bytes() == WRONG.encode()
    capsys.readouterr()


def test_in_text_files_a_tag_is_text() -> None:
    data = b"a < b <p>c</p>"
    assert LINTER.read("a.txt", data).format == "text"
    assert LINTER.read("a.md", b"<p align=center>\n\n# a\n\n| a | b |").format == "markdown"
    assert LINTER.read("a.txt", b"<!-- a -->\n\n<!DOCTYPE html><p>c</p>").format == "html"


def blanked(blocks: Sequence[Block]) -> list[Block]:
    return [
        block._replace(
            rows=tuple(tuple(piece._replace(text="") if piece.name else piece for piece in row) for row in block.rows)
        )
        if isinstance(block, Grid)
        else block
        for block in blocks
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_blank_cells_are_blank_and_have_a_place(dialect: str) -> None:
    blocks = blanked(report("blank"))
    result = LINTER.lint("年报.html", DIALECTS[dialect](blocks))
    assert result.report is not None
    assert {fact.state for fact in result.report.facts.values()} == {"blank"}
    assert len(result.report.facts) == len(numbers(blocks))
    places = [result.report.document.source.position(fact.span.start) for fact in result.report.facts.values()]
    assert len(set(places)) == len(places)


@pytest.mark.parametrize("seed", range(12))
def test_rows_without_cells_make_no_number_another_columns(seed: int) -> None:
    """A `<tr>` too many counts for merged cells, as in browsers: a header that so moves says nothing of columns."""
    blocks = report(seed, "county", "2021")
    truth, rng = numbers(blocks), Random(seed)
    page = re.sub("</tr>", lambda end: end.group() + ("<tr></tr>" if rng.random() < 0.3 else ""), plain(blocks))
    found = read(LINTER.lint("年报.html", page.encode()))
    assert {name: value for name, value in found.items() if value is not None and value != truth[name]} == {}


def disturbed(blocks: Sequence[Block], rng: Random) -> list[Block]:
    """A report in one of whose tables a cell says wrongly how far it goes, or cells and rows are too many or few."""
    found = list(blocks)
    at = rng.choice([number for number, block in enumerate(found) if isinstance(block, Grid)])
    grid = found[at]
    assert isinstance(grid, Grid)
    rows = [list(row) for row in grid.rows]
    for _ in range(rng.choice((1, 1, 2, 4))):
        number = rng.randrange(len(rows))
        row = rows[number]
        if not row:
            continue
        place = rng.randrange(len(row))
        piece = row[place]
        match rng.choice(("wider", "narrower", "higher", "lower", "blank", "left out", "row")):
            case "wider":
                row[place] = piece._replace(columns=piece.columns + 1)
            case "narrower":
                row[place] = piece._replace(columns=max(1, piece.columns - 1))
            case "higher":
                row[place] = piece._replace(rows=piece.rows + 1)
            case "lower":
                row[place] = piece._replace(rows=max(1, piece.rows - 1))
            case "blank":
                row.insert(place, piece._replace(text="", rows=1, columns=1))
            case "left out" if not piece.text:
                del row[place]
            case "row":
                rows.insert(number, [])
    found[at] = grid._replace(rows=tuple(map(tuple, rows)))
    return found


@settings(max_examples=some(60), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(SIZES), st.sampled_from(FORMS))
def test_cells_that_reach_too_far_make_no_number_another_columns(seed: int, size: Size, form: str) -> None:
    blocks = report(seed, size, form)
    truth = numbers(blocks)
    result = LINTER.lint("年报.html", plain(disturbed(blocks, Random(seed))).encode())
    assert result.report is not None
    facts = {str(address): fact for address, fact in result.report.facts.items()}
    assert {name: fact.raw for name, fact in facts.items() if fact.value is not None and fact.raw != truth[name]} == {}


MOVED = {
    "narrow group": (' colspan="5">法人', ' colspan="4">法人'),
    "high group": ('>法人或其他组织<', ' rowspan="2">法人或其他组织<'),
    "high head": ('>申请人情况<', ' rowspan="2">申请人情况<'),
    "blank cell": ("<td>社会公益组织", "<td></td><td>社会公益组织"),
}  # fmt: skip
"""Cells of a header that say wrongly how far they go, so that others stand above the numbers of their neighbours."""


@pytest.mark.parametrize("way", MOVED)
def test_headers_that_moved_say_nothing_of_columns(way: str) -> None:
    blocks = report(3, "county", "2021")
    page = plain(blocks).replace(*MOVED[way])
    assert page != plain(blocks)
    truth = numbers(blocks)
    result = LINTER.lint("年报.html", page.encode())
    assert {name: raw for name, raw in read(result).items() if raw != truth[name]} == {}
    assert {one.code for one in result.diagnostics} <= {"DL403", "DL205", "DL202"}
