"""Whatever is wrong with the rows and columns of a table, no number is given for a cell that is not its own.

`python -m tests.generation.measure` counts the same over more reports and shows the text of one.
"""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_lint.engine.linter import Linter
from tests.generation import CONVERTED_LAYOUTS, LAYOUTS, Value, report
from tests.generation.judging import Verdict, judge
from tests.generation.measure import KINDS, sample
from tests.generation.variants import VARIATIONS
from tests.scale import covering, some

LINTER = Linter.default()


def faults(seed: object, layout: str, kind: str) -> list[str]:
    """What is read wrong, or found without being there."""
    found = sample(seed, layout, kind)
    return [f"{seed} {layout} {kind}: {found.done}: {fault}" for fault in found.judged(LINTER).faults] if found else []


def test_what_is_read_wrong_is_counted() -> None:
    rendered = report(1, "pipes", "city")
    data, name = rendered.encoded(), "requests[new,total]"
    given = {name: rendered.values[name]}

    def judged(truth: Value, unknown: tuple[str, ...] = ()) -> Verdict:
        return judge(LINTER, "report.md", data, rendered.values | {name: truth}, unknown)

    assert (judged(given[name]).right, judged(given[name]).faults) == (len(rendered.values), [])
    assert [len(judged(truth).wrong) for truth in (None, 0)] == [1, 1]
    assert (judged(given[name], (name,)).cells, len(judged(given[name], (name,)).wrong)) == (
        len(rendered.values) - 1,
        1,
    )
    unbalanced = data.replace(f"| {given[name]} |".encode(), b"| 0 |", 1)
    assert judge(LINTER, "report.md", unbalanced, rendered.values | {name: 0}).false
    assert not judge(LINTER, "report.md", unbalanced, rendered.values | {name: 0}, codes=("DL301",)).false


@pytest.mark.parametrize(("layout", "kind"), covering(product((*LAYOUTS, *CONVERTED_LAYOUTS), VARIATIONS)))
def test_a_row_or_column_that_is_not_the_form_s_makes_no_number_wrong(layout: str, kind: str) -> None:
    assert [fault for seed in range(some(1)) for fault in faults(seed, layout, kind)] == []


@pytest.mark.parametrize("layout", ["pipes", "pipes_blank_head", "bar_lines", "tabs", "tabs_padded", "html_tables"])
def test_rows_with_each_other_s_words_behind_their_own_numbers_are_not_certain(layout: str) -> None:
    assert [fault for seed in range(some(6)) for fault in faults(seed, layout, "row_words_swapped")] == []


@pytest.mark.parametrize(
    ("seed", "layout", "kind"),
    [
        (9, "flow_broken", "row_words_swapped"),  # both rows have the number 二, and their labels are broken over lines
        (14, "flow_rows", "row_words_swapped"),  # the label of a group stands before the number
        (8, "flow_broken", "column_moved"),  # the label of the column is broken over lines of its own
        (10, "flow_broken", "column_twice"),
        (6, "tabs_cut", "header_repeated"),  # between a label's pieces stands the whole header, which ends with 总计
        (10, "aligned_right", "column_inserted_note"),  # a remark stands behind 3.其他
        (9006, "tabs", "cells_counted"),  # 计30359 stands in the first cell, and 计 is in 总计
        (9003, "commas", "cells_counted"),  # a full stop behind a number makes the row a sentence
        (9023, "flow_broken", "cells_noted"),  # all numbers of a row have notes that are none of a number's
        (9005, "commas", "cells_spaced"),  # spaces within numbers, and commas between them: 2 33,3 0
        (9008, "flow_broken", "cells_spaced"),  # one number in two, and the last alone on a line, like a page's
        (9005, "tabs_cut", "rows_with_groups"),  # the page ends within the group before the label
        (343579, "tabs", "row_words_swapped+thousands"),  # an alias is the end of the label, and leaves no ordinal
        (411731, "flow_rows", "row_sum+row_moved"),  # the row that moved is not the one with the unknown label
        (506480, "pipes", "column_dropped+column_inserted_note+row_twice_same"),  # as many columns, not the same
        (580578, "pipes_repeated", "column_inserted_year+cells_counted"),  # the number is taken for a remark
        (13087, "pipes", "blank+rows_numbered+column_moved"),  # as many numbers, with that of the row
        (365026, "pipes_indexed", "cells_full_width+column_inserted_year+column_dropped"),
        (414521, "bar_lines", "cells_blank+row_label_number"),  # a number behind the label, and a blank cell
        (602763, "flow", "cells_blank+page_number+spaces"),  # a page's number, and a blank cell
    ],
)
def test_what_few_reports_show_is_not_read_wrong(seed: int, layout: str, kind: str) -> None:
    assert faults(seed, layout, kind) == []


@pytest.mark.parametrize("mark", "²⑵①٣")
def test_figures_that_are_not_plain_are_no_trouble(mark: str) -> None:
    """Python calls some of them digits and makes no number of them."""
    for layout in ("flow", "flow_cells", "pipes", "tabs"):
        rendered = report(1, layout, "city")
        text = rendered.text.replace(rendered.cell("requests[new,total]"), mark)
        found = LINTER.lint(f"report{rendered.suffix}", text.encode())
        assert found.report is not None
        assert not [one for one in found.diagnostics if one.code == "DL007"]


@pytest.mark.parametrize("layout", CONVERTED_LAYOUTS)
def test_every_number_is_read_from_the_text_of_a_converter(layout: str) -> None:
    for seed in range(some(4)):
        found = sample(seed, layout, "none")
        assert found is not None
        verdict = found.judged(LINTER)
        assert (verdict.faults, verdict.right, verdict.doubts) == ([], verdict.cells, 0), f"seed {seed}"


@settings(max_examples=some(60), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10**6), st.sampled_from(LAYOUTS), st.lists(st.sampled_from(KINDS[1:]), min_size=2, max_size=3))
def test_neither_do_several_things_at_once(seed: int, layout: str, kinds: list[str]) -> None:
    assert faults(seed, layout, "+".join(kinds)) == []


@pytest.mark.parametrize("kind", ["row_renamed", "row_dropped", "column_dropped"])
def test_a_label_that_is_not_the_form_s_does_not_go_unsaid(kind: str) -> None:
    """Not too often, at least: some renamed labels are as good as the form's."""
    found = [done for layout in LAYOUTS for seed in range(some(4)) if (done := sample(seed, layout, kind))]
    read = [LINTER.lint(f"report{one.rendered.suffix}", one.rendered.encoded("utf-8-sig")) for one in found]
    said = [any(finding.code in ("DL202", "DL205") for finding in result.diagnostics) for result in read]
    assert sum(said) >= len(said) // 4, [one.done for one, spoken in zip(found, said, strict=True) if not spoken]
