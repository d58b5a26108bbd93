"""Web pages that are broken or made to do harm: a finding each, soon, and without much memory.

`python3 run.py fuzz 10000 3600 --formats html` tries thousands of damaged pages.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time

import pytest

from disclosure_lint import FileResult, Linter
from tests.costs import cost_of_linting
from tests.fuzz.html import DAMAGES
from tests.fuzz.soundness import lint
from tests.scale import part, some

pytestmark = pytest.mark.long

LINTER = Linter.default()
LIMIT = 5.0
"""Seconds of the processor for what takes at most one or two."""
TITLE = "<p>云川县石桥镇人民政府2023年政府信息公开工作年度报告</p>"


def linted(html: str | bytes) -> FileResult:
    data = html if isinstance(html, bytes) else (TITLE + html).encode()
    start = process_time()
    result = LINTER.lint("年报.html", data)
    assert process_time() - start < LIMIT
    return result


def refused(html: str | bytes) -> str:
    result = linted(html)
    assert result.status == "unreadable"
    (found,) = result.diagnostics
    assert found.code == "DL001"
    return found.message.zh


@pytest.mark.parametrize(
    ("html", "words"),
    part(
        [
            ("<" * 16_000_000, "标记"),
            ("<p>" * 29_900 + "</p>" * 200, "标记"),
            ("< " * 1_000_000, "标记"),
            ("<a b='\">" * 1_000_000, "标记"),
            ("<table>" + "<tr><td colspan=9>1" * 30_000, "标记"),
            ("&" * 999_000, "万字"),
            ("&amp" * 240_000, "万字"),
            ("x" * 1_100_000, "万字"),
            ("x" + " " * 15_000_000 + "x", "万字"),
            ("(" * 900_000, "万字"),
            ("<p>一二三四五六七八九十" * 20_000, "万字"),
            ("<div>" * 300, "嵌套"),
            ("<table><tr><td>1<td>" * 300, "嵌套"),
            ("<ul><li>" * 300, "嵌套"),
            ("<span hidden>" * 300, "嵌套"),
            ("<table><tr>" + "<td rowspan=65534>1" * 1000 + "<tr><td>2" * 14_000, "表格太大"),
            ("<!-- disclosure-lint -->" * 600, "注释"),
            ("x" + "\n" * 400_000, "万行"),
            ("x" * (17 << 20), "超过 16 MB"),
        ]
    ),
    ids=lambda value: str(value)[:20],
)
def test_what_has_no_end_is_refused(html: str, words: str) -> None:
    assert words in refused(html)


@pytest.mark.parametrize(
    "html",
    part(
        [
            "<!--" * 4_000_000,
            "<!--" + "-" * 15_000_000,
            "<!" * 7_000_000,
            "<a " * 5_000_000,
            "<" + "a" * 15_000_000,
            "<" + "a=" * 7_000_000,
            "<p" + " " * 15_000_000 + "=>一",
            "<p" + " a = " * 190_000 + "hidden>一",
            "<a b" + "=" * 15_000_000,
            '<a b="' * 2_000_000,
            "<p " + " ".join(f"a{at}" for at in range(1_500_000)) + ">",
            ("<td colspan " + " ".join(f"a{at}=1" for at in range(250)) + ">") * 5000,
            "<p style='" + "display:" * 1_000_000 + "'>一",
            "<script>" * 1_900_000,
            "<script></scrip" * 1_000_000,
            "<template>" * 29_000 + "</template",
            "<svg></sv" * 29_000,
            "<title>" * 29_000,
            "&#" + "9" * 190_000,
            "&#1" * 300_000,
            "&nosuchentity" * 14_000,
            " " * 15_000_000,
            "<p>一" + "\n" * 190_000,
            '<img src="data:image/png;base64,' + "A" * 15_000_000 + '">' + "<p>一、总体情况" * 60,
            "</div>" * 29_000,
            "<p>" + "</table></td></p>" * 9_500,
            "<div>" * 240 + "<p>一" * 29_000,
            "<table>" + "一<tr>" * 14_000,
            "<table>" + "<tr><td>1<td>2" * 9_500,
            "<table><tr>" + "<td colspan=1000000 rowspan=65534>1" * 9_500,
            ("<table><tr><td>1<td>一" * 20 + "</table>" * 20) * 280,
            "一<br>" * 29_000,
            "<a href=x>一</a>" * 14_000,
            "<p><a href=x>" * 14_000,
            "<nav>一</nav><p>一、总体情况" * 9_000,
            "<p>2023年政府信息公开工作年度报告" * 9_000,
            "<ol>" + "<li>一" * 15_000,
            "<!-- disclosure-lint: ignore[DL1] -->" * 499,
            "<table>" + "<tr><!-- disclosure-lint: ignore[DL1] --><td>1<td>2" * 499,
        ]
    ),
    ids=lambda value: value[:20],
)
def test_what_takes_others_quadratic_time_is_read(html: str) -> None:
    assert linted(html).status == "linted"


@pytest.mark.parametrize("kept", [10, 60, 200, 500, -10])
def test_cut_pages_are_read_as_far_as_they_go(kept: int) -> None:
    page = f"<html><body>{TITLE}<table border='1'><tr><td>一</td><td>2</td></tr></table><p>完</p></body></html>"
    assert linted(page[:kept].encode()).status in ("linted", "not_a_report")


def test_broken_characters_are_said_to_be_there() -> None:
    page = f"<html>{TITLE * 20}</html>".encode()
    assert "已损坏" in refused(page[:200] + b"\xff" + page[200:])
    assert "不是文本文件" in refused(b"<html>\0\0\0\0\xff\xfe\xfd" * 50)


HEAVY: dict[str, Callable[[], str]] = {
    "cells": lambda: "<table>" + "<tr><td>1<td>2" * 9_500,
    "lines": lambda: "一<br>" * 29_000,
    "attributes": lambda: ("<p " + "a" * 350 + ">一") * 29_000,
    "picture": lambda: '<p>𬭎<img src="data:' + "A" * 15_000_000 + '">',
    "spaces": lambda: "<p>𬭎" + "\n" * 200_000 + " " * 15_000_000,
    "script": lambda: "<script>" + "(" * 15_000_000,
    "deep": lambda: ("<table><tr><td>1<td>一" * 20 + "</table>" * 20) * 280,
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell how much memory was used")
@pytest.mark.parametrize("name", HEAVY)
def test_memory_is_bounded(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes((TITLE + HEAVY[name]()).encode())
    assert cost_of_linting(path).megabytes < 350


@pytest.mark.parametrize("seed", range(some(40)))
def test_damaged_pages(seed: int) -> None:
    for damage in DAMAGES.values():
        assert lint(LINTER, damage(Random(seed)), "年报.html").ledger
