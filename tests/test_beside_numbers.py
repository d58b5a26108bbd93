"""What stands beside the digits of a cell and is no digit of its number: it never becomes one, in any format.

Each way to write it is put before and behind a number of a report; the cell then is that number, or no number at all,
and no other cell changes.
"""

from html import escape
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint import FileResult, Linter
from disclosure_lint.model.characters import fold
from tests.generation import SIZES, make
from tests.generation.official import Block, Grid, markdown, official
from tests.office.docx import AUTHOR, Cell, deleted, paragraph, run, styles, table, word_file
from tests.office.html import plain
from tests.office.official import block_xml, rows
from tests.scale import some

LINTER = Linter.default()
UNSEEN = "\u200b\u200e\u200f\u202c\u2060\u2066\u2069\ufeff\u00ad"
MATH = "<m:oMath>{}</m:oMath>".format
IN_WORD = {
    "struck": run("9", "<w:strike/>"),
    "struck twice": run("9", "<w:dstrike/>"),
    "hidden": run("9", "<w:vanish/>"),
    "deleted": deleted("9"),
    "deleted in a formula": MATH(f"<w:del {AUTHOR}><m:r><m:t>9</m:t></m:r></w:del>"),
    "raised": run("9", '<w:vertAlign w:val="superscript"/>'),
    "lowered": run("9", '<w:vertAlign w:val="subscript"/>'),
    "raised in a formula": MATH("<m:sSup><m:e/><m:sup><m:r><m:t>9</m:t></m:r></m:sup></m:sSup>"),
    "raised by style": run("9", '<w:rStyle w:val="mark"/>'),
    "mark of a note": '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>9</w:t></w:r>',
    "phonetic": "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>9</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>",
}
ON_A_PAGE = {
    "s": "<s>9</s>",
    "strike": "<strike>9</strike>",
    "del": "<del>9<del>9</del>9</del>",
    "by style": '<span style="color: red; text-decoration: underline line-through">9</span>',
    "hidden": '<span style="display:none">9</span>',
    "sup": "<sup>9</sup>",
    "sub": '<sub><a href="#n9">9</a></sub>',
    "raised by style": "<span style='font-size:8px; vertical-align: super'>9</span>",
    "ruby": "<ruby><rp>（</rp><rt>9<rt>9</ruby>",
}
MARK = '<w:style w:type="character" w:styleId="mark"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
PLACES = ("before", "behind")


def report(seed: int) -> list[Block]:
    rng = Random(seed)
    return official(make(rng, SIZES[0], "2021"), rng)


def facts(result: FileResult) -> dict[str, object]:
    assert result.report is not None
    return {str(address): fact.value for address, fact in result.report.facts.items()}


def in_word(blocks: list[Block], extra: str, at: str) -> tuple[bytes, str]:
    """The report with something beside the first number of table 3, and that number."""
    found = []
    number = ""
    for block in blocks:
        if isinstance(block, Grid) and block.table == "requests":
            cells = rows(block)
            row = next(row for row in cells if row[0].content.startswith("一、"))
            number = row[-7].content
            pieces = [run(number), extra]
            row[-7] = Cell(paragraph("".join(pieces if at == "behind" else reversed(pieces))))
            found.append(table(cells))
        else:
            found.append(block_xml(block))
    return word_file(*found, styles=styles(MARK)), number


def on_a_page(blocks: list[Block], extra: str, at: str) -> tuple[bytes, str]:
    """The same as a web page."""
    page = plain(blocks)
    start = page.index("<td>", page.index("<td", page.index(">一、本年新收") + 1))
    start += len("<td>")
    number = page[start : page.index("<", start)]
    beside = number + extra if at == "behind" else extra + number
    return (page[:start] + beside + page[start + len(number) :]).encode(), number


def assert_never_joined(blocks: list[Block], data: bytes, number: str, suffix: str) -> None:
    as_it_is, _ = (on_a_page if suffix == "html" else in_word)(blocks, "", "")
    there = facts(LINTER.lint(f"a.{suffix}", as_it_is))
    result = LINTER.lint(f"a.{suffix}", data)
    here = facts(result)
    assert here["requests[new,natural]"] in (int(number), None)
    assert {key for key in there if here.get(key) != there[key]} <= {"requests[new,natural]"}
    assert not [one for one in result.diagnostics if one.code.startswith("DL3")]


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("way", IN_WORD)
def test_digits_beside_a_number_of_a_word_file(way: str, at: str) -> None:
    blocks = report(3)
    assert_never_joined(blocks, *in_word(blocks, IN_WORD[way], at), "docx")


@pytest.mark.parametrize("at", PLACES)
@pytest.mark.parametrize("way", ON_A_PAGE)
def test_digits_beside_a_number_of_a_page(way: str, at: str) -> None:
    blocks = report(3)
    assert_never_joined(blocks, *on_a_page(blocks, ON_A_PAGE[way], at), "html")


@settings(max_examples=some(20), deadline=None)
@given(st.integers(0, 2**32), st.text(UNSEEN, min_size=1, max_size=3), st.sampled_from(PLACES))
def test_what_is_not_to_be_seen_changes_nothing(seed: int, unseen: str, at: str) -> None:
    blocks = report(seed)
    for write, suffix in ((in_word, "docx"), (on_a_page, "html")):
        extra = run(unseen) if suffix == "docx" else escape(unseen)
        data, number = write(blocks, extra, at)
        assert facts(LINTER.lint(f"a.{suffix}", data))["requests[new,natural]"] == int(number)


@pytest.mark.parametrize("unseen", ["&#8203;", "&zwnj;", "&shy;", "&lrm;", "\u200b", "<wbr>"])
def test_what_a_page_does_not_show_parts_no_number(unseen: str) -> None:
    document = LINTER.read("a.html", f"<table><tr><td>会议</td><td>1{unseen}2</td></tr></table>".encode())
    assert document.source.text == "| 会议 | 12 |\n"
    _, span = document.source.in_file(document.blocks[0].rows[0].cells[1].span)  # type: ignore[union-attr]
    assert span.end - span.start == len(unseen) + 2


def test_a_cell_that_is_raised_as_a_whole_holds_its_number() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    word = LINTER.read("a.docx", word_file(table([["会议", paragraph(run("1", raised) + run("2", raised))]])))
    page = LINTER.read("a.html", "<table><tr><td>会议</td><td><sup>1</sup><sup>2</sup></td></tr></table>".encode())
    assert word.source.text == page.source.text == "| 会议 | 12 |\n"


def test_signs_above_the_line_stay_signs() -> None:
    square = run("200m") + run("2", '<w:vertAlign w:val="superscript"/>')
    assert LINTER.read("a.docx", word_file(paragraph(square))).source.text == "200m²\n"
    assert LINTER.read("a.html", b"<p>200m<sup>2</sup>").source.text == "200m²\n"
    half = "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    assert LINTER.read("a.docx", word_file(paragraph(MATH(half)))).source.text == "1/2\n"


def test_struck_text_is_left_out_and_said_to_be() -> None:
    blocks = report(3)
    for data, name in ((in_word(blocks, IN_WORD["struck"], "before")[0], "a.docx"),
                       (on_a_page(blocks, ON_A_PAGE["s"], "before")[0], "a.html")):  # fmt: skip
        result = LINTER.lint(name, data)
        (one,) = [one for one in result.diagnostics if one.code == "DL112"]
        assert one.severity.name == "info"
        assert one.message.zh.startswith("“9”划了删除线（这样的共 1 处）")
        assert one.location is not None
        assert one.location.row is not None


IN_MARKDOWN = {
    "emphasis": "*{}*",
    "strong": "**{}**",
    "code": "`{}`",
    "link": "[{}](https://www.boyu.example/a)",
    "underlined": "<u>{}</u>",
    "span": '<span style="color:red">{}</span>',
    "note": "{}[^1]",
    "struck": "~~9~~{}",
    "deleted": "<del>9</del>{}",
}


@pytest.mark.parametrize("quote", ["", "> "])
@pytest.mark.parametrize("way", IN_MARKDOWN)
def test_marks_around_a_number_of_markdown(way: str, quote: str) -> None:
    blocks = report(3)
    text = markdown(blocks)
    there = facts(LINTER.lint("a.md", text.encode()))
    number = str(there["requests[new,natural]"])
    start = text.index(f"| {number} |", text.index("| 一、本年新收")) + 2
    marked = text[:start] + IN_MARKDOWN[way].format(number) + text[start + len(number) :]
    result = LINTER.lint("a.md", "".join(quote + line for line in marked.splitlines(keepends=True)).encode())
    assert facts(result) == there
    assert {one.code for one in result.diagnostics} - {"DL403"} == ({"DL112"} if "9" in IN_MARKDOWN[way] else set())


@pytest.mark.parametrize(
    "text", ["4*8米和7*24小时", "12*", "1~~2件和3~~4件", "12<sup>3</sup>", "[表一](a b)", "`", "![a](b)"]
)
def test_what_only_looks_like_marks_stays(text: str) -> None:
    assert LINTER.read("a.md", text.encode()).source.folded == fold(text)
