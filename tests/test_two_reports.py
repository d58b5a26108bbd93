"""Two reports in one document: it is said, and no number of one is given as the other's."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import zip_longest
from random import Random

import hypothesis
import pytest
from hypothesis import strategies as st

from disclosure_lint import FileResult, Linter
from tests.generation import make
from tests.generation import report as rendered
from tests.generation.official import Block, Words, markdown, official, tabbed
from tests.office.docx import Cell, table, word_file
from tests.office.html import plain
from tests.office.official import as_docx, block_xml
from tests.office.printers import truth
from tests.scale import some

LINTER = Linter.default()
TITLES = [section.title for section in LINTER.forms[-1].sections]
WRITERS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "txt": lambda blocks: tabbed(blocks).encode(),
    "md": lambda blocks: markdown(blocks).encode(),
    "docx": as_docx,
    "html": lambda blocks: plain(blocks).encode(),
}


def report(seed: str, form: str = "2021") -> list[Block]:
    rng = Random(seed)
    return official(make(rng, "city", form), rng)


def said(result: FileResult) -> list[str]:
    return [one.message.zh for one in result.diagnostics if one.code == "DL105"]


def given(result: FileResult) -> dict[str, str]:
    assert result.report is not None
    return {str(address): fact.raw for address, fact in result.report.facts.items()}


def uncertain(result: FileResult) -> set[str]:
    assert result.report is not None
    tables = result.report.tables.values()
    return {f"{table.form.id}[{one.row}" for table in tables for one in table.unclear}


def assert_nothing_is_mixed(result: FileResult, first: dict[str, str], second: dict[str, str]) -> None:
    facts = given(result)
    assert {name: raw for name, raw in facts.items() if first[name] != raw or second.get(name, raw) != raw} == {}
    assert {name.partition(",")[0] for name in first if name not in facts} <= uncertain(result)
    assert not any(one.code in ("DL201", "DL202", "DL106") or one.code.startswith("DL3") for one in result.diagnostics)


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_one_behind_the_other(suffix: str, form: str) -> None:
    first, second = report("一", form), report("二", form)
    result = LINTER.lint(f"年报.{suffix}", WRITERS[suffix]([*first, *second]))
    (message,) = said(result)
    assert "两份年报" in message
    assert_nothing_is_mixed(result, truth(first), truth(second))


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_report_twice_has_its_numbers(suffix: str) -> None:
    blocks = report("一")
    result = LINTER.lint(f"年报.{suffix}", WRITERS[suffix]([*blocks, *blocks]))
    assert len(said(result)) == 1
    assert given(result) == truth(blocks)


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_the_first_lacks_is_not_taken_from_the_second(suffix: str) -> None:
    first, second = report("一"), report("二")
    start, end = (
        next(at for at, block in enumerate(first) if isinstance(block, Words) and block.text.startswith(number))
        for number in ("三、", "四、")
    )
    result = LINTER.lint(f"年报.{suffix}", WRITERS[suffix]([*first[:start], *first[end:], *second]))
    assert len(said(result)) == 1
    assert result.report is not None
    assert "requests" not in result.report.tables
    assert [one.code for one in result.diagnostics if one.code in ("DL102", "DL201")] == ["DL102"]


@pytest.mark.parametrize("layout", ["aligned_left", "aligned_right", "flow", "tabs"])
@pytest.mark.parametrize("same_words", [True, False])
def test_text_beside_each_other(layout: str, *, same_words: bool) -> None:
    first = rendered("一", layout, "city")
    second = rendered("二", layout, "city").text
    if same_words:
        second = re.sub(r"\d{2,}(?!年)", lambda number: str(int(number[0]) + 1), first.text)
    result = LINTER.lint("年报.txt", beside(first.text, second).encode())
    assert len(said(result)) == 1
    assert given(result) == {}


def beside(left: str, right: str) -> str:
    width = max(map(_width, left.splitlines())) + 6
    lines = zip_longest(left.splitlines(), right.splitlines(), fillvalue="")
    return "\n".join((one + " " * (width - _width(one)) + other).rstrip() for one, other in lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _page(left: Sequence[Block], right: Sequence[Block]) -> bytes:
    page = plain(left)
    begin, end = page.index("<body>") + 6, page.index("</body>")
    other = plain(right)
    cells = "".join(f"<td>{one[one.index('<body>') + 6 : one.index('</body>')]}</td>" for one in (page, other))
    return f"{page[:begin]}<table><tr>{cells}</tr></table>{page[end:]}".encode()


def _word(left: Sequence[Block], right: Sequence[Block]) -> bytes:
    return word_file(table([[Cell("".join(map(block_xml, blocks))) for blocks in (left, right)]]))


@pytest.mark.parametrize(("suffix", "write"), [("html", _page), ("docx", _word)])
def test_cells_beside_each_other(suffix: str, write: Callable[[Sequence[Block], Sequence[Block]], bytes]) -> None:
    first, second = report("一"), report("二")
    result = LINTER.lint(f"年报.{suffix}", write(first, second))
    assert len(said(result)) == 1
    assert_nothing_is_mixed(result, truth(first), truth(second))


@hypothesis.given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 20)), min_size=1, max_size=9))
@hypothesis.settings(max_examples=some(300), deadline=None)
def test_headings_in_any_order_and_with_any_slip(drawn: list[tuple[int, int, int]]) -> None:
    """One that is like a section's, but was not chosen for it, is no second heading of that section."""
    lines = ["# 白石镇2025年政府信息公开工作年度报告"]
    for numeral, section, slip in drawn:
        title = TITLES[section]
        if slip < len(title):
            title = f"{title[:slip]}某{title[slip + 1 :]}"
        lines += ["", f"{'一二三四五六'[numeral]}、{title}", "", "文字。"]
    assert LINTER.lint("a.md", "\n".join(lines).encode()).status in ("linted", "not_a_report")
