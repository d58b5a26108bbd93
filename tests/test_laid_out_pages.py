"""Pages laid out in characters: a number is in the column in which it stands, or cannot be told; none is in another."""

from collections.abc import Callable, Iterable, Sequence
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from tests.generation import SIZES, Content, make
from tests.generation.judging import Verdict, judge
from tests.generation.laid_out import laid_out, typed, unspaced
from tests.generation.official import Block, official
from tests.generation.variants import varied
from tests.scale import some

LINTER = Linter.default()


def _with_blank_columns(content: Content, rng: Random) -> Content:
    columns = sorted({name.partition(",")[2] for name in content.numbers if name.startswith("requests")})
    gone = rng.sample(columns, rng.choice((0, 0, 1, 2, 3)))
    names = [name for name in content.numbers if name.startswith("requests") and name.partition(",")[2] in gone]
    return content.with_numbers(dict.fromkeys(names, None)).with_written(dict.fromkeys(names, ""))


def _judged(seed: int, kinds: Iterable[str], printed: Callable[[Iterable[Block], Random], str]) -> Verdict:
    rng = Random(f"laid out {seed}")
    found = varied(make(rng, rng.choice(SIZES), rng.choice(("2021", "2019"))), kinds, rng)
    if found is None:
        return Verdict()
    content = _with_blank_columns(found.content, rng)
    text = printed(official(content, rng), rng)
    return judge(LINTER, "report.txt", text.encode(), content.numbers, found.unknown, found.codes)


COLUMNS = (
    *("column_moved", "column_twice", "column_inserted_number", "column_dropped", "column_replaced"),
    *("column_as_another", "column_renamed"),
)


@pytest.mark.parametrize("printed", [laid_out, typed, unspaced])
@pytest.mark.parametrize(
    "kinds", [(), ("cells_blank",), ("cells_thousands",), *((kind,) for kind in COLUMNS)], ids=" ".join
)
def test_no_number_of_a_page_is_read_as_another_column_s(
    kinds: tuple[str, ...], printed: Callable[[Iterable[Block], Random], str]
) -> None:
    # Without places, the lines of a header do not always show that a label broken over them was moved.
    kinds = () if printed is unspaced and "column_moved" in kinds else kinds
    faults = [f"{seed}: {fault}" for seed in range(some(24)) for fault in _judged(seed, kinds, printed).faults]
    assert faults == []


def _line(label: str, places: Iterable[int], texts: Iterable[str]) -> str:
    for place, text in zip(places, texts, strict=True):
        label = label.ljust(place) + text if text else label
    return f"{label}\n"


def test_each_page_has_its_own_places() -> None:
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    first, second = (24, 30, 37, 44, 53, 62, 67), (20, 26, 33, 40, 49, 58, 63)
    text = "云川县石桥镇人民政府2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
    text += _line("", first, heads)
    text += _line("一、本年新收政府信息公开申请数量", first, ("3", "0", "", "", "2", "1", "6"))
    text += _line("（一）予以公开", first, ("2", "", "", "0", "", "1", "3"))
    text += "\f" + _line("（七）总计", second, ("3", "0", "0", "0", "0", "1", "4"))
    text += _line("四、结转下年度继续办理", second, ("", "", "", "", "2", "", "2"))
    report = LINTER.lint("report.txt", text.encode()).report
    assert report is not None
    facts = {str(address): fact.value for address, fact in report.facts.items()}
    columns = ("natural", "commercial", "research", "welfare", "legal", "other_org", "total")
    assert [facts[f"requests[new,{column}]"] for column in columns] == [3, 0, None, None, 2, 1, 6]
    assert [facts[f"requests[carried_out,{column}]"] for column in columns] == [None, None, None, None, 2, None, 2]


HEADS = (
    ("自然人",),
    ("商业", "企业"),
    ("科研", "机构"),
    ("社会公", "益组织"),
    ("法律服", "务机构"),
    ("其他",),
    ("总计",),
)
COLUMNS_OF_FORM = ("natural", "commercial", "research", "welfare", "legal", "other_org", "total")
ROWS = {
    "new": "一、本年新收政府信息公开申请数量",
    "carried_in": "二、上年结转政府信息公开申请数量",
    "granted": "（一）予以公开",
    "partial": "（二）部分公开",
}
PLACES = (24, 29, 34, 39, 44, 49, 54, 59)


def _page(
    numbers: Iterable[str],
    heads: Sequence[Sequence[str]] = HEADS,
    places: Iterable[Sequence[int]] = (PLACES,) * 4,
    between: str = "",
) -> str:
    """Returns a page with rows of 表三: a figure for each number, a dot for a blank; labels broken over two lines."""
    text = "云川县石桥镇人民政府2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
    for level in (0, 1):
        text += _line("", PLACES[: len(heads)], [head[level] if level < len(head) else "" for head in heads])
    text += between
    for label, row, at in zip(ROWS.values(), numbers, places, strict=True):
        text += _line(label, at[: len(row)], [char.strip(".") for char in row])
    return text + "\f"


def _read(text: str) -> list[str]:
    """Returns the rows as they are read: a dot for a blank, a question mark for what is not certain."""
    report = LINTER.lint("report.txt", text.encode()).report
    assert report is not None
    facts = {str(address): fact.raw.strip() or "." for address, fact in report.facts.items()}
    return ["".join(facts.get(f"requests[{row},{column}]", "?") for column in COLUMNS_OF_FORM) for row in ROWS]


NO_ROW_FULL = ["3.21..6", "2..1..3", ".4..1.5", ".41..27"]
UNCLEAR = ["???????"] * 4


def test_numbers_far_from_each_other_are_in_different_columns_though_no_row_is_full() -> None:
    assert _read(_page(NO_ROW_FULL)) == NO_ROW_FULL


def test_where_a_column_is_blank_labels_tell_which_if_they_are_on_the_page() -> None:
    blank = [row[:4] + "." + row[5:] for row in NO_ROW_FULL]
    assert _read(_page(blank)) == blank
    assert _read(_page(blank, between="\f")) == UNCLEAR


def test_spaces_before_a_number_do_not_make_a_column() -> None:
    moved = [at + 2 * (at == PLACES[1]) for at in PLACES]
    rows = ["31.1..6", "22.1..3", ".4.21.5", ".4..127"]
    assert _read(_page(rows, places=(PLACES, PLACES, PLACES, moved), between="\f")) == UNCLEAR


@pytest.mark.parametrize(("at", "to"), [(6, 1), (5, 4), (0, 2)])
def test_broken_labels_in_another_order_are_not_read_in_the_form_s(at: int, to: int) -> None:
    heads = list(HEADS)
    heads.insert(to, heads.pop(at))
    assert _read(_page(["3121117", "2111115", "1411119", "1411127"], heads)) == UNCLEAR


def test_a_label_that_the_form_has_not_may_be_a_column_s() -> None:
    rows = ["1312.117", "2211.115", "3141.119", "4141.127"]
    assert _read(_page(rows, [("序号",), *HEADS])) == UNCLEAR


FULL = ["3121117", "2111115", "1411119", "1411127"]
STRANGE = {"备注": ("备注",), "another year's": ("2023年",), "占比": ("占", "比"), "one of no table": ("数量",)}


@pytest.mark.parametrize("at", range(len(HEADS)))
@pytest.mark.parametrize("strange", STRANGE)
def test_a_strange_column_in_the_place_of_the_form_s_is_not_read_as_that(strange: str, at: int) -> None:
    heads = [*HEADS[:at], STRANGE[strange], *HEADS[at + 1 :]]
    assert _read(_page(FULL, heads)) == UNCLEAR
    assert _read(_page(FULL, heads).replace("\f", "")) == UNCLEAR


@pytest.mark.parametrize(("at", "other"), [(0, 6), (1, 2), (3, 4), (5, 6), (2, 5)])
def test_columns_that_are_swapped_or_named_twice_are_not_read_in_the_form_s_order(at: int, other: int) -> None:
    swapped, twice = list(HEADS), list(HEADS)
    swapped[at], swapped[other] = HEADS[other], HEADS[at]
    twice[at] = HEADS[other]
    assert _read(_page(FULL, swapped)) == UNCLEAR
    assert _read(_page(FULL, twice)) == UNCLEAR


def test_a_line_of_a_header_that_is_lost_leaves_its_columns_open() -> None:
    page = _page(FULL)
    assert _read(page) == FULL
    lines = page.splitlines(keepends=True)
    assert _read("".join(lines[:3] + lines[4:])) == UNCLEAR
