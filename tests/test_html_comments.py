"""Comments to us in a web page, and web pages in an editor."""

from pathlib import Path

import pytest
from lsprotocol import types

from disclosure_lint import FileResult, Linter
from disclosure_lint.lsp.analysis import Analysis, Task
from disclosure_lint.lsp.answers import completions
from disclosure_lint.lsp.buffers import Buffer
from disclosure_lint.lsp.client_settings import ClientSettings
from disclosure_lint.lsp.diagnostics import code_actions
from disclosure_lint.lsp.examiner import Examiner
from disclosure_lint.lsp.hover import hover, inlay_hints
from disclosure_lint.lsp.symbols import document_symbols
from disclosure_lint.model.source import Span
from tests.command_line import own_place
from tests.office.html import plain
from tests.office.printers import truth as numbers
from tests.test_docx_reports import report

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

LINTER = Linter.default()
PAGE = (
    plain(report("comments"))
    .replace("一、总体情况", "一、总体工作情况")
    .replace("二、主动公开政府信息情况", "二、主动公开信息情况")
)


def lint(text: str) -> FileResult:
    return LINTER.lint("年报.html", text.encode())


def codes(text: str) -> list[str]:
    return [one.code for one in lint(text).diagnostics if one.code in ("DL103", "DL005", "DL203")]


def comment(codes: str, verb: str = "ignore") -> str:
    return f"<!-- disclosure-lint: {verb}[{codes}] 理由 -->"


def test_a_comment_silences_the_block_after_it_or_around_it() -> None:
    assert codes(PAGE) == ["DL103", "DL103"]
    assert codes(PAGE.replace("<h2>一", comment("DL103") + "\n<h2>一")) == ["DL103"]
    assert codes(PAGE.replace("工作情况</h2>", comment("DL103") + "工作情况</h2>", 1)) == ["DL103"]
    assert codes(PAGE.replace("<h2>一", comment("DL103") + "<p>隔开。</p><h2>一")) == ["DL005", "DL103", "DL103"]


@pytest.mark.parametrize("place", ["<!DOCTYPE", "<head>", "<body>", "</body>", "<h2>四", "</html>"])
def test_a_comment_for_the_file_may_stand_anywhere(place: str) -> None:
    assert codes(PAGE.replace(place, comment("DL103", "ignore-file") + place, 1)) == []


def test_in_a_table_a_comment_is_about_its_row_or_the_one_that_follows() -> None:
    row = "<tr><td>规章</td>"
    start = PAGE.index(row)
    end = PAGE.index("</tr>", start)
    blank = PAGE[:start] + row + "<td></td><td></td><td></td>" + PAGE[end:]
    assert codes(blank) == ["DL103", "DL103", "DL203"]
    for before in (row, "<td></td>"):
        assert codes(blank.replace(before, comment("DL203") + before, 1)) == ["DL103", "DL103"]
    assert codes(blank.replace("</tr>", "</tr>" + comment("DL203"), 1)) == ["DL103", "DL103", "DL005", "DL203"]


def test_an_unused_comment_is_said_to_be_so_where_it_stands() -> None:
    text = PAGE.replace("<h2>四", f"\n{comment('DL402')}\n<h2>四")
    (found,) = [one for one in lint(text).diagnostics if one.code == "DL005"]
    source = lint(text).source
    assert source is not None
    file, span = source.in_file(found.span)
    assert file.text[: span.start].count("\n") == text[: text.index("<!-- disc")].count("\n")
    assert "DL402" in file.slice(span)
    assert found.fix is None


def analysis(text: str, name: str = "年报.html") -> Analysis:
    buffer = Buffer((Path.cwd() / name).as_uri(), "html", 1, text)
    found = (
        Examiner(None)
        .examine(Task(buffer, ClientSettings(), Path.cwd(), {}, 0, types.PositionEncodingKind.Utf16))
        .analysis
    )
    assert found is not None
    return found


def at(text: str, stretch: types.Range) -> str:
    """What stands in a range on one line."""
    assert stretch.start.line == stretch.end.line
    return text.split("\n")[stretch.start.line][stretch.start.character : stretch.end.character]


def test_an_editor_is_told_places_of_the_page() -> None:
    found = analysis(PAGE)
    ranges = [found.ruler.range(one.span) for one in found.diagnostics if one.code == "DL103"]
    assert [at(PAGE, stretch) for stretch in ranges] == ["一、总体工作情况", "二、主动公开信息情况"]
    symbols = document_symbols(found)
    assert [at(PAGE, symbol.selection_range) for symbol in symbols[:2]] == [
        PAGE[PAGE.index("<h1>") + 4 : PAGE.index("</h1>")],
        "一、总体工作情况",
    ]
    assert symbols[1].name == "一、总体工作情况"
    assert code_actions(found, Span(0, 10_000), None) == []
    assert (
        [at(PAGE, found.ruler.range(fact.span)) for fact in found.report.facts.values() if fact.raw]
        == [text for text in numbers(report("comments")).values() if text]
        if found.report
        else False
    )


def test_an_editor_asks_about_places_of_the_page() -> None:
    text = PAGE.replace("<h2>四", f"{comment('DL402')}\n<h2>四")
    found = analysis(text)
    for words, said in (("DL402", "DL402"), ("主动公开信息情况", "section"), ("<td>规章", "规章")):
        offset = text.index(words) + len(words) - 1
        position = found.file_ruler.position(offset)
        shown = hover(found, found.ruler.offset(position))
        assert shown is not None
        assert said in shown.markdown or said == "section"
        assert words.removeprefix("<td>") in at(text, found.ruler.range(shown.span))
    inside = text.index("DL402")
    assert completions(found, inside)
    assert not completions(found, inside - 30)


def test_hints_stand_behind_the_number() -> None:
    text = PAGE
    name, value = next(
        (name, value) for name, value in numbers(report("comments")).items() if name == "requests[new,total]"
    )
    found = analysis(text)
    assert found.report is not None
    fact = next(fact for address, fact in found.report.facts.items() if str(address) == name)
    _, span = found.report.document.source.in_file(fact.span)
    wrong = analysis(f"{text[: span.start]}{int(value) + 1}{text[span.end :]}")
    hints = inlay_hints(wrong, Span(0, 100_000))
    assert wrong.file_ruler.position(span.start + len(str(int(value) + 1))) in [hint.position for hint in hints]
