"""One wrong number, one diagnostic at it, with the value that it should have; where that cannot be told, it is said."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from disclosure_lint.engine.linter import Linter
from disclosure_lint.localize.messages import TEMPLATES
from disclosure_lint.localize.ranking import KINDS
from disclosure_lint.model.diagnostic import Diagnostic, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import FileResult
from disclosure_lint.settings import Settings
from tests.command_line import run
from tests.generation import SIZES, Content, Rendered, Size, make, render
from tests.generation.forms import APPLICANT_COLUMNS, REQUESTS, addresses, outcome_items
from tests.own_pack import write_own
from tests.scale import some

COLUMNS = [column for column, _ in APPLICANT_COLUMNS]
CELLS = addresses("2021", REQUESTS)
ITEMS = outcome_items("2021")
ROWS = ("new", "carried_in", *ITEMS, "outcome_total", "carried_out")
FEW = settings(max_examples=some(40), deadline=None)
seeds, sizes = st.integers(0, 10**6), st.sampled_from(SIZES)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def content(seed: int, size: Size) -> Content:
    return make(Random(seed), size)


def written(of: Content, numbers: Mapping[str, int | None]) -> Rendered:
    return render(of.with_numbers(numbers), "pipes", Random(1))


def said(linter: Linter, page: Rendered, settings: Settings = Settings()) -> list[Diagnostic]:  # noqa: B008
    """Returns what is said of sums."""
    return [one for one in lint(linter, page, settings).diagnostics if one.code.startswith("DL3")]


def lint(linter: Linter, page: Rendered, settings: Settings = Settings()) -> FileResult:  # noqa: B008
    result = linter.lint("a.md", page.text.encode(), settings)
    assert result.report is not None
    read = {str(address): fact.value for address, fact in result.report.facts.items()}
    assert {name: read[name] for name in page.values} == page.values
    return result


def name(row: str, column: str) -> str:
    return f"requests[{row},{column}]"


def violated(numbers: Mapping[str, int | Decimal | None]) -> set[tuple[str, str]]:
    """Returns the rules and the columns or rows of 三 that do not hold, reckoned by hand."""

    def value(row: str, column: str) -> int | Decimal:
        return numbers[name(row, column)] or 0

    broken = set()
    for column in COLUMNS:
        if value("new", column) + value("carried_in", column) != value("outcome_total", column) + value(
            "carried_out", column
        ):
            broken.add(("DL301", column))
        if sum(value(row, column) for row in ITEMS) != value("outcome_total", column):
            broken.add(("DL302", column))
    broken |= {("DL303", row) for row in ROWS if sum(value(row, one) for one in COLUMNS[:-1]) != value(row, "total")}
    return broken


@FEW
@given(seeds, sizes, st.sampled_from(CELLS), st.integers(0, 30) | st.integers(0, 10**6))
def test_one_wrong_number_is_named_with_its_value(seed: int, size: Size, cell: str, wrong: int) -> None:
    of = content(seed, size)
    right = of.numbers[cell]
    assert isinstance(right, int)
    assume(wrong != right)
    page = written(of, {cell: wrong})
    (one,) = said(Linter.default(), page)
    assert one.cells[0] == cell
    assert page.text[slice(*one.span)] == str(wrong)
    assert [(each.cell, each.value, each.confidence) for each in one.suggestions] == [(cell, right, "only")]
    assert {one.code, *one.also} == {code for code, _ in violated(page.values)}
    assert one.code == min({code for code, _ in violated(page.values)})
    assert len(one.related) == len(violated(page.values))
    assert f"填的是 {wrong}，应为 {right}" in one.message.zh
    assert one.fix is not None
    assert (one.fix.applicability, [edit.text for edit in one.fix.edits]) == ("unsafe", [str(right)])


@FEW
@given(seeds, sizes, st.sampled_from(["pipes", "tabs"]))
def test_a_balanced_table_gets_no_suggestion(seed: int, size: Size, layout: str) -> None:
    rng = Random(seed)
    page = render(make(rng, size), layout, rng)
    assert [one for one in Linter.default().lint("a.md", page.text.encode()).diagnostics if one.suggestions] == []


@FEW
@given(seeds, sizes, st.booleans(), st.data())
def test_numbers_that_cancel_are_never_called_certain(seed: int, size: Size, in_row: bool, data: st.DataObject) -> None:
    """Two cells of one line are wrong by as much: the same two of every other line explain it as well."""
    of = content(seed, size)
    lines, places = (ITEMS, COLUMNS[:-1]) if in_row else (COLUMNS, list(ITEMS))
    line = data.draw(st.sampled_from(lines if in_row else lines[:-1]))
    more, less = data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True))
    by = data.draw(st.integers(1, 5))

    def cell(line: str, place: str) -> str:
        return name(line, place) if in_row else name(place, line)

    truth = {cell(line, place): int(of.numbers[cell(line, place)] or 0) for place in (more, less)}
    assume(truth[cell(line, less)] >= by)
    page = written(of, {cell(line, more): truth[cell(line, more)] + by, cell(line, less): truth[cell(line, less)] - by})
    found = said(Linter.default(), page)
    # What must become less may not be less than nothing; a total counts on the other side.
    lowered = {other: cell(other, less if other == "total" else more) for other in lines}
    explanations = [other for other in lines if int(page.values[lowered[other]] or 0) >= by]
    assert len(found) == (1 if len(explanations) > 1 else 2)
    for one in found:
        if "似乎填错了一列" in one.message.zh:
            # A lone number beside an empty cell says more than the others, yet not for certain.
            assert "也可能错在别处" in one.message.zh
            assert one.fix is None
            continue
        assert {each.confidence for each in one.suggestions} <= {"likely", "possible"}
        assert one.fix is None
        alternatives: dict[int, dict[str, int]] = {}
        for each in one.suggestions:
            alternatives.setdefault(each.alternative, {})[each.cell] = each.value
        assert truth in alternatives.values()
        assert len(alternatives) == len(explanations)


@FEW
@given(seeds, sizes, st.data())
def test_no_violated_equation_is_lost(seed: int, size: Size, data: st.DataObject) -> None:
    of = content(seed, size)
    wrong = data.draw(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 60), min_size=1, max_size=7))
    page = written(of, wrong)
    found = said(Linter.default(), page)
    broken = violated(page.values)
    # What the text says of a cell (DL5) is joined to what the sums say of it.
    codes = {code for one in found for code in (one.code, *one.also) if code.startswith("DL3")}
    assert codes == {code for code, _ in broken}
    spoken = " ".join(text for one in found for text in (one.message.en, *(each.message.en for each in one.related)))
    labels = {code: "row" if code == "DL303" else "column" for code in ("DL301", "DL302", "DL303")}
    for code, key in broken:
        assert f"{labels[code]} “" in spoken
        assert f"({key})" in spoken
    if {cell for cell in wrong if of.numbers[cell] != wrong[cell]} and broken:
        assert found


@FEW
@given(seeds, sizes, st.data())
def test_what_is_suggested_makes_everything_hold(seed: int, size: Size, data: st.DataObject) -> None:
    of = content(seed, size)
    wrong = data.draw(st.dictionaries(st.sampled_from(CELLS), st.integers(0, 60), min_size=1, max_size=3))
    page = written(of, wrong)
    found = said(Linter.default(), page)
    first = {each.cell: each.value for one in found for each in one.suggestions if each.alternative == 1}
    assert all(value >= 0 for value in first.values())
    if all(one.suggestions for one in found):
        assert violated({**page.values, **first}) == set()
        assert len(first) <= len(wrong)


def town() -> Content:
    return content(4, "county")


def test_two_independent_mistakes_are_two(linter: Linter) -> None:
    of = town()
    first, second = name("new", "natural"), name("granted", "total")
    page = written(of, {first: int(of.numbers[first] or 0) + 3, second: int(of.numbers[second] or 0) + 7})
    found = said(linter, page)
    assert [(one.code, one.also, one.cells[0]) for one in found] == [
        ("DL301", ("DL303",), first),
        ("DL302", ("DL303",), second),
    ]
    assert [[each.value for each in one.suggestions] for one in found] == [[of.numbers[first]], [of.numbers[second]]]


def test_two_mistakes_in_one_row_are_told_together(linter: Linter) -> None:
    of = town()
    first, second = name("granted", "natural"), name("granted", "commercial")
    page = written(of, {first: int(of.numbers[first] or 0) + 3, second: int(of.numbers[second] or 0) + 7})
    found = said(linter, page)
    assert [one.cells[0] for one in found] == [first, second]
    for one in found:
        assert {each.cell: each.value for each in one.suggestions} == {
            cell: of.numbers[cell] for cell in (first, second)
        }
        assert one.fix is not None
        assert len(one.fix.edits) == 2
        assert "同时把" in one.message.zh


def review(linter: Linter, *numbers: int, settings: Settings = Settings()) -> list[Diagnostic]:  # noqa: B008
    names = ("upheld", "corrected", "other", "pending", "total")
    block = {f"review[direct,{column}]": number for column, number in zip(names, numbers, strict=True)}
    return said(linter, written(town(), block), settings)


def test_a_block_with_one_equation_lists_its_candidates_at_the_total(linter: Linter) -> None:
    (one,) = review(linter, 1, 0, 0, 3, 7)
    assert (one.code, one.cells[0]) == ("DL304", "review[direct,total]")
    assert {(each.cell, each.value) for each in one.suggestions} == {
        ("review[direct,total]", 4),
        ("review[direct,upheld]", 4),
        ("review[direct,corrected]", 3),
        ("review[direct,other]", 3),
        ("review[direct,pending]", 6),
    }
    assert {each.confidence for each in one.suggestions} == {"possible"}
    assert sorted({each.alternative for each in one.suggestions}) == [1, 2, 3, 4, 5]
    assert "分不清是哪一格填错，5 种改法" in one.message.zh
    assert one.fix is None


def test_a_plausible_slip_comes_first_and_is_named(linter: Linter) -> None:
    (one,) = review(linter, 9, 0, 0, 3, 21)
    first = one.suggestions[0]
    assert (first.cell, first.value, first.confidence) == ("review[direct,total]", 12, "likely")
    assert "改法① 「未经复议直接起诉」的「总计」由 21 改为 12，像是把数字写颠倒了（最可能）" in one.message.zh


def test_numbers_below_zero_are_not_suggested(linter: Linter) -> None:
    (one,) = review(linter, 5, 0, 0, 0, 2)
    assert {(each.cell, each.value) for each in one.suggestions} == {
        ("review[direct,total]", 5),
        ("review[direct,upheld]", 2),
    }


def test_a_fraction_is_mended_to_a_count(linter: Linter) -> None:
    of = town()
    cell = name("granted", "natural")
    page = render(of.with_numbers({cell: Decimal("1.5")}), "pipes", Random(1))
    (one,) = said(linter, page)
    assert [(each.cell, each.value) for each in one.suggestions] == [(cell, of.numbers[cell])]
    assert one.fix is None, "a number with a point may be more than a slip"


def test_too_many_mistakes_are_left_as_they_are(linter: Linter) -> None:
    of = town()
    wrong = {
        name(row, column): 900 + index
        for index, (row, column) in enumerate(zip(ITEMS[:8], 4 * COLUMNS[:2], strict=True))
    }
    found = said(linter, written(of, wrong))
    assert len(found) == len(violated({**of.numbers, **wrong}))
    assert all("推断不出是哪几格" in one.message.zh and not one.suggestions for one in found)


def test_a_rule_about_what_may_not_be_there_is_not_evidence(linter: Linter) -> None:
    of = make(Random(5), "township")
    page = written(of, {"disclosed[regulations,in_force]": 6})
    (one,) = [one for one in said(linter, page) if one.code == "DL306"]
    assert one.suggestions == ()
    assert one.fix is None


def test_the_rules_end_as_they_would_alone(linter: Linter) -> None:
    of = town()
    cell = name("outcome_total", "natural")
    result = lint(linter, written(of, {cell: int(of.numbers[cell] or 0) + 1}))
    failed = [entry.code for entry in result.ledger if entry.verdict == "failed"]
    assert failed == ["DL301", "DL302", "DL303"]
    (one,) = [one for one in result.diagnostics if one.code.startswith("DL3")]
    assert (one.code, one.also) == ("DL301", ("DL302", "DL303"))
    assert len({law.clause for law in one.law}) == 3


def test_only_selected_rules_are_mentioned_but_all_are_evidence(linter: Linter) -> None:
    of = town()
    cell = name("granted", "natural")
    page = written(of, {cell: int(of.numbers[cell] or 0) + 1})
    (one,) = said(linter, page, Settings(select=("DL302",)))
    assert (one.code, one.also, one.cells[0]) == ("DL302", (), cell)
    assert one.suggestions[0].confidence == "only"


def test_ignored_rules_are_no_evidence(linter: Linter) -> None:
    of = town()
    cell = name("outcome_total", "natural")
    page = written(of, {cell: int(of.numbers[cell] or 0) + 1})
    (one,) = said(linter, page, Settings(ignore=("DL301",)))
    assert (one.code, one.also, one.cells[0]) == ("DL302", ("DL303",), cell)


def test_the_greatest_severity_holds(linter: Linter) -> None:
    of = town()
    cell = name("granted", "natural")
    page = written(of, {cell: int(of.numbers[cell] or 0) + 1})
    (one,) = said(linter, page, Settings(severity={"DL302": Severity.info}))
    assert (one.code, one.severity) == ("DL302", Severity.error)


def test_trusted_cells_are_not_blamed(linter: Linter) -> None:
    (one,) = review(linter, 1, 0, 0, 3, 7, settings=Settings(trusted=("review[*,total]", "review[direct,upheld]")))
    assert {each.cell for each in one.suggestions} == {
        f"review[direct,{one}]" for one in ("corrected", "other", "pending")
    }
    (one,) = review(linter, 1, 0, 0, 3, 7, settings=Settings(trusted=("review[*,*]",)))
    assert one.suggestions == ()
    assert "不改动设定为“不会错”的数，就怎么也对不上" in one.message.zh


def test_a_blank_leaves_doubt_where_it_must_be_filled(linter: Linter) -> None:
    of = town()
    total, part = name("new", "total"), name("new", "other_org")
    natural = name("new", "natural")
    numbers = {part: None, natural: int(of.numbers[natural] or 0) + 5}
    found = said(linter, written(of, numbers))
    for one in found:
        assert total not in one.message.zh
        confident = {each.confidence for each in one.suggestions}
        assert confident == ({"only"} if not of.numbers[part] else {"likely"})


def test_the_same_is_said_every_time(linter: Linter) -> None:
    of = town()
    wrong = {name(row, column): 7 for row, column in zip(ITEMS, 4 * COLUMNS, strict=False)}
    page = written(of, wrong)
    assert said(linter, page) == said(Linter.default(), page)


def test_unsafe_fixes_put_the_number_in(tmp_path: Path) -> None:
    of = town()
    cell = name("outcome_total", "natural")
    right, page = written(of, {}).text, written(of, {cell: int(of.numbers[cell] or 0) + 1}).text
    place = tmp_path / "a.md"
    place.write_text(page, encoding="utf-8")
    run(["check", "--isolated", "--select", "DL3", "--fix", str(place)])
    assert place.read_text(encoding="utf-8") == page
    run(["check", "--isolated", "--select", "DL3", "--fix", "--unsafe-fixes", str(place)])
    assert place.read_text(encoding="utf-8") == right


def test_the_templates_and_slips_of_the_national_pack_are_those_of_the_code(linter: Linter) -> None:
    data = linter.packs[0].localization
    assert set(data.messages) == TEMPLATES
    assert {slip.kind for slip in data.slips} == set(KINDS)
    assert len(data.slips) == len(KINDS)


def test_other_packs_do_not_say_how_numbers_are_looked_for(tmp_path: Path) -> None:
    place = write_own(tmp_path, '[[slip]]\nkind = "zero"\nweight = 3\nwords = { zh = "零", en = "zero" }\n')
    with pytest.raises(UserError, match=r"own\.toml:1:.*只有全国通用规则"):
        Linter.default(packs=[Path(place)])
