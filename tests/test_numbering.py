"""Numbers within a section: lists in order are in order, however they are nested, written and broken."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic

WHOLE = re.sub("=== .*\n", "", (Path(__file__).parent / "cases" / "whole.txt").read_text(encoding="utf-8"))
PROBLEMS = "公开内容还不够细。下一步将加强培训，每季度检查一次。"
NUMERALS = "一二三四五六七八九十"
MARKS = (lambda n: f"（{NUMERALS[n]}）", lambda n: f"{n + 1}.", lambda n: f"（{n + 1}）")


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def numbering(linter: Linter, text: str) -> list[Diagnostic]:
    report = WHOLE.replace(PROBLEMS, f"{PROBLEMS}\n\n{text}")
    assert report != WHOLE
    return [one for one in linter.lint("石桥镇.txt", report.encode()).diagnostics if one.code == "DL110"]


def own_list() -> list[str]:
    """Returns a list in the style of the one that it stands in."""
    return [f"{MARKS[0](number)}栏目更新不够及时。" for number in range(2)]


def lists(rng: Random, level: int = 0) -> Iterator[str]:
    """Yields the lines of a list, each item perhaps with a list of a deeper level, or of its own, below it."""
    joined = rng.random() < 0.25
    stop = "。" if rng.random() < 0.6 else ""
    items: list[str] = []
    for number in range(rng.randint(2, 5)):
        items.append(f"{MARKS[level](number)}{'栏目更新不够及时，公开内容不够具体' * rng.randint(1, 3)}{stop}")
        if not joined and level < 2 and rng.random() < 0.5:
            items += lists(rng, level + 1) if level or not stop or rng.random() < 0.8 else own_list()
    yield from [" ".join(items[:2]), *items[2:]] if joined else items


def test_lists_in_order_are_in_order(linter: Linter) -> None:
    wrong = {}
    for seed in range(150):
        text = "\n".join(lists(Random(f"lists/{seed}")))
        if found := numbering(linter, text):
            wrong[seed] = (text, [one.message.zh for one in found])
    assert wrong == {}


@pytest.mark.parametrize("level", range(3))
def test_a_number_left_out_is_found(linter: Linter, level: int) -> None:
    for gone in (1, 2):
        lines = [f"{MARKS[level](number)}栏目更新不够及时。" for number in range(4) if number != gone]
        (one,) = numbering(linter, "\n\n".join(lines))
        assert f"按顺序应是“{MARKS[level](gone)}”" in one.message.zh


def test_a_full_stop_left_out_hides_no_number(linter: Linter) -> None:
    lines = (
        "（一）主动公开情况。全年公开32条。",
        "（二）收到申请0件，行政复议0件，行政诉讼0件，没有其他",
        "（三）严格审核。",
        "（四）加强领导。",
    )
    assert numbering(linter, "\n".join(lines)) == []


def test_labels_of_a_table_without_numbers_are_no_list(linter: Linter) -> None:
    labels = (
        "三、本年度办理结果",
        "（一）予以公开",
        "（三）不予公开",
        "1.属于国家秘密",
        "5.属于三类内部事务信息",
        "四、结转下年度继续办理",
    )
    assert numbering(linter, "\n".join(labels)) == []
    assert numbering(linter, "\n\n".join(f"{label}\t\t\t" for label in labels)) == []
