"""The generator of synthetic reports keeps its own word."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from disclosure_lint.model.characters import squeeze
from tests.generation import ENCODINGS, LAYOUTS, SIZES, Rendered, Size, report
from tests.generation.disturbances import DISTURBANCES, TABLES, Case, all_single
from tests.generation.forms import (
    APPLICANT_COLUMNS,
    DISCLOSED,
    REQUESTS,
    REVIEW,
    REVIEW_BLOCKS,
    REVIEW_COLUMNS,
    SECTIONS,
    address,
    addresses,
    blocks,
    lines,
    outcome_items,
    row_key,
)

FORMS = ("2021", "2019")
REPEATS = 3
ROOT = Path(__file__).parents[1]


def every_report(layout: str) -> list[Rendered]:
    return [report(seed, layout, size, form) for seed in range(REPEATS) for size in SIZES for form in FORMS]


def number(rendered: Rendered, row: str, column: str, table: str = REQUESTS) -> int:
    value = rendered.values[address(table, row, column)]
    assert isinstance(value, int)
    assert value >= 0
    return value


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_number_of_the_form_stands_where_the_report_says(layout: str) -> None:
    for rendered in every_report(layout):
        names = [name for table in TABLES for name in addresses(rendered.content.form, table)]
        assert sorted(rendered.cells) == sorted(names) == sorted(rendered.values)
        for name, (start, end) in rendered.cells.items():
            assert rendered.text[start:end] == str(rendered.values[name])
            assert not rendered.text[start - 1].isdigit()
            assert not rendered.text[end : end + 1].isdigit()
            row = rendered.rows[name.partition(",")[0] + "]"]
            assert row.start <= start <= end <= row.end


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_label_of_the_form_is_there(layout: str) -> None:
    for rendered in every_report(layout):
        form = rendered.content.form
        labels = {row_key(REQUESTS, line.id): line.label for line in lines(form)}
        labels |= {row_key(DISCLOSED, row): label for block in blocks(form) for row, label in block.rows}
        labels |= {row_key(REVIEW, block): label for block, label in REVIEW_BLOCKS}
        assert sorted(labels) == sorted(rendered.labels) == sorted(rendered.rows)
        for row, label in labels.items():
            written = squeeze("".join(rendered.text[slice(*piece)] for piece in rendered.labels[row]))
            assert written in (squeeze(label), squeeze(label)[2:], squeeze(label)[3:], f"行政诉讼（{label}）")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_column_group_and_section_is_there(layout: str) -> None:
    for rendered in every_report(layout):
        form = rendered.content.form
        text = squeeze(rendered.text)
        names = [label for _, label in (*APPLICANT_COLUMNS, *REVIEW_COLUMNS)]
        names += [label for block in blocks(form) for label in (block.article, *(text for _, text in block.columns))]
        names += [group for line in lines(form) for group in line.groups]
        assert [name for name in (*names, *SECTIONS, rendered.content.title) if squeeze(name) not in text] == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", SIZES)
def test_every_sum_holds(size: Size, form: str) -> None:
    for seed in range(20):
        rendered = report(seed, "tabs", size, form)
        columns = [column for column, _ in APPLICANT_COLUMNS]
        for column in columns:
            done = number(rendered, "outcome_total", column)
            assert sum(number(rendered, item, column) for item in outcome_items(form)) == done
            received = number(rendered, "new", column) + number(rendered, "carried_in", column)
            assert received == done + number(rendered, "carried_out", column)
        for line in lines(form):
            *parts, total = (number(rendered, line.id, column) for column in columns)
            assert sum(parts) == total
        for block, _ in REVIEW_BLOCKS:
            *parts, total = (number(rendered, block, column, REVIEW) for column, _ in REVIEW_COLUMNS)
            assert sum(parts) == total


def test_sizes_differ() -> None:
    largest = {
        size: max(value for value in report(1, "tabs", size).values.values() if isinstance(value, int))
        for size in SIZES
    }
    assert largest["township"] < largest["county"] < largest["city"]
    assert any(isinstance(value, Decimal) for value in report(0, "tabs", "city").values.values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_seed_gives_one_report(layout: str) -> None:
    again = report(7, layout)
    assert report(7, layout) == again
    assert report(8, layout).text != again.text
    cases = [[case.rendered.text for case in all_single(again, Random(3), limit=2)] for _ in range(2)]
    assert cases[0] == cases[1]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_places_move_with_the_line_ends(layout: str) -> None:
    rendered = report(1, layout)
    windows = rendered.with_newline("\r\n")
    assert windows.text == rendered.text.replace("\n", "\r\n")
    assert [windows.cell(name) for name in rendered.cells] == [rendered.cell(name) for name in rendered.cells]
    assert windows.row_lines("requests[new]") == rendered.row_lines("requests[new]")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings_keep_the_text(encoding: str) -> None:
    rendered = report(1, "flow")
    decoder = "utf-16" if encoding.startswith("utf-16") else encoding
    assert rendered.encoded(encoding).decode(decoder) == rendered.text


def check(case: Case, before: Rendered) -> None:
    after = case.rendered
    assert after.text != before.text, case
    for name, span in after.cells.items():
        row = name.partition(",")[0] + "]"
        text = after.text[slice(*span)]
        if text != before.cell(name):
            assert row in case.touched, case
        elif case.expected[name] is not None:
            assert text == str(case.expected[name]), case
        assert (case.expected[name] == before.values[name]) or (case.expected[name] is None and row in case.touched), (
            case
        )


@pytest.mark.parametrize("kind", DISTURBANCES)
@pytest.mark.long
def test_a_disturbance_says_what_it_does(kind: str) -> None:
    known = 0
    for layout in LAYOUTS:
        for form in FORMS:
            before = report(4, layout, "city", form)
            for case in all_single(before, Random(5), TABLES, [kind], limit=8):
                check(case, before)
                known += 1
    assert known > 20


def test_disturbances_reach_every_cell_row_and_line() -> None:
    rendered = report(1, "flow", "city")
    cases = list(all_single(rendered, Random(1), kinds=("hyphen", "page_header", "last_below")))
    assert len({case.place for case in cases if case.kind == "hyphen"}) == 175
    assert len({case.place for case in cases if case.kind == "last_below"}) == 25
    table = rendered.text[slice(*rendered.tables[REQUESTS])]
    assert len({case.place for case in cases if case.kind == "page_header"}) == table.count("\n")


def test_the_command_writes_reports_and_their_truth(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.generation",
        "--count",
        "13",
        "--out",
        str(tmp_path),
        "--seed",
        "5",
        "--truth",
    ]
    subprocess.run(command, check=True, cwd=ROOT)
    reports = [path for path in sorted(tmp_path.iterdir()) if not path.name.endswith(".json")]
    assert len(reports) == 13
    assert reports[0].read_text(encoding="utf-8") == report("5/0", LAYOUTS[0], SIZES[0]).text
    assert len(list(tmp_path.glob("*.truth.json"))) == 13
