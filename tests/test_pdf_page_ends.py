"""Rows at page ends: one that a page end cuts is one row, two that meet there are two."""

from collections.abc import Mapping

import pytest

from disclosure_lint.model.document import Document
from tests.office.pdf import glyphs, rule
from tests.test_pdf_text import cells, read, rows

XS = (80.0, 240.0, 300.0, 360.0)
COLUMNS = (84.0, 250.0, 310.0)
HEAD, ITEM, NEXT = ("行", "甲", "乙"), ("1.重复申请", "281", "7"), ("2.其他", "5", "0")
OPEN = pytest.mark.parametrize("is_open", [True, False], ids=["no line", "lines"])


def ruled(ys: tuple[float, ...], top: float, bottom: float, xs: tuple[float, ...] = XS) -> str:
    """Lines at these heights, and columns from the top to the bottom."""
    return "".join(rule(xs[0], y, xs[-1], y) for y in ys) + "".join(rule(x, top, x, bottom) for x in xs)


def over_a_page_end(above: tuple[str, ...], below: tuple[str, ...], *, is_open: bool) -> Document:
    """Two pages of a table; no line may be drawn where one ends and the other begins."""
    first = ruled((600, 640) if is_open else (600, 640, 700), 600, 700) + cells({610: HEAD, 650: above}, COLUMNS)
    second = ruled((140, 180) if is_open else (80, 140, 180), 80, 180) + cells({90: below, 150: NEXT}, COLUMNS)
    return read(first, second)


@OPEN
@pytest.mark.parametrize(
    ("above", "below"),
    [
        (ITEM, ("", "", "")),
        (("", "281", "7"), ("1.重复申请", "", "")),
        (("1.重复申请", "", "7"), ("", "281", "")),
        (("", "", ""), ITEM),
        (("一二三四五六七八九十一二", "281", ""), ("三四", "", "7")),
    ],
)
def test_a_row_that_a_page_end_cuts_is_one(above: tuple[str, ...], below: tuple[str, ...], is_open: bool) -> None:
    whole = [one + other for one, other in zip(above, below, strict=True)]
    assert rows(over_a_page_end(above, below, is_open=is_open)) == [list(HEAD), whole, list(NEXT)]


@OPEN
@pytest.mark.parametrize("above", [ITEM, ("1.重复申请", "", ""), ("一二三四五六七八九十一二", "4281", "20571")])
@pytest.mark.parametrize("below", [("2.要求提供", "12", "3"), ("2.要求提供", "", "3"), ("2.要求提供", "7,443", "3.60")])
def test_rows_that_meet_at_a_page_end_are_two(above: tuple[str, ...], below: tuple[str, ...], is_open: bool) -> None:
    found = rows(over_a_page_end(above, below, is_open=is_open))
    assert found == [list(HEAD), list(above), list(below), list(NEXT)]


def test_rows_of_full_cells_stay_apart() -> None:
    xs, columns = (80.0, 108.0, 124.0, 208.0, 300.0), (84.0, 110.0, 126.0, 212.0)
    lines = [
        ("208", "05", "离退休", "17,280.00"),
        ("208", "05", "养老保险缴费", "1,410,886.00"),
        ("208", "06", "职业年金缴费", "705,443.00"),
        ("208", "99", "其他支出", "13,260.00"),
    ]
    pages = [
        ruled((y, y + 16, y + 32), y, y + 32, xs) + cells({y + 2: lines[at], y + 18: lines[at + 1]}, columns)
        for y, at in ((700.0, 0), (80.0, 2))
    ]
    assert rows(read(*pages)) == [list(line) for line in lines]


def test_text_that_hangs_out_of_the_end_of_a_page_is_of_its_cell() -> None:
    label: Mapping[float, tuple[str, ...]] = {610: HEAD, 642: ("（六）其", "281", "7")}
    first = ruled((600, 640), 600, 660) + cells(label, COLUMNS) + glyphs(84, 658, "他处理", 12)
    second = ruled((140, 180), 80, 180) + cells({150: NEXT}, COLUMNS)
    assert rows(read(first, second)) == [list(HEAD), ["（六）其他处理", "281", "7"], list(NEXT)]


def test_a_column_of_one_cell_that_goes_on_over_a_page_may_not_be_drawn_there() -> None:
    xs = (40.0, *XS)
    first = ruled((600, 640, 700), 600, 700, xs) + cells({610: ("组", *HEAD), 650: ("", *ITEM)}, (44, *COLUMNS))
    second = ruled((80, 140, 180), 80, 180) + cells({90: ("2.其他", "5", "0"), 150: ("3.无", "6", "1")}, COLUMNS)
    assert rows(read(first, second))[2:] == [["2.其他", "5", "0"], ["3.无", "6", "1"]]
