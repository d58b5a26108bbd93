"""Numbers of a row that stand one column beside their own are one finding that says so, and never said for certain."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Diagnostic, Severity
from tests.generation import SIZES, make, render
from tests.generation.forms import APPLICANT_COLUMNS, outcome_items
from tests.scale import some

COLUMNS = [column for column, _ in APPLICANT_COLUMNS]
ROWS = ("new", "carried_in", *outcome_items("2021"))
Row = Sequence[int | None]
SAID = ("移了一列", "填错了一列")


def _one(right: list[int], rng: Random) -> Row | None:
    spots = [(at, to) for at in range(6) for to in (at - 1, at + 1) if 0 <= to < 6 and right[at] and not right[to]]
    if not spots:
        return None
    at, to = rng.choice(spots)
    row = list(right)
    row[at], row[to] = 0, right[at]
    return row


SHIFTS: dict[str, Callable[[list[int], Random], Row | None]] = {
    "one number": _one,
    "all to the right": lambda right, _: [0, *right[:-1]],
    "all to the right, first cell blank": lambda right, _: [None, *right[:-1]],
    "all to the left": lambda right, _: [*right[1:], 0],
    "all but the total": lambda right, _: None if right[5] else [0, *right[:5], right[6]],
}


def shifted(kind: str, count: int) -> Iterator[tuple[dict[str, int], list[Diagnostic]]]:
    """Yields what cells of a shifted row should hold, and what is said of tables."""
    for seed in range(count):
        rng = Random(f"{kind}/{seed}")
        content = make(rng, SIZES[seed % 3])
        row = rng.choice(ROWS)
        names = [f"requests[{row},{column}]" for column in COLUMNS]
        right = [int(content.numbers[name] or 0) for name in names]
        wrong = SHIFTS[kind](right, rng) if any(right) else None
        if wrong is None or [number or 0 for number in wrong] == right:
            continue
        page = render(content.with_numbers(dict(zip(names, wrong, strict=True))), "pipes", Random(1))
        wanted = {name: new for name, new, old in zip(names, right, wrong, strict=True) if new != (old or 0)}
        yield wanted, said(page.text)


def said(text: str) -> list[Diagnostic]:
    found = Linter.default().lint("a.md", text.encode()).diagnostics
    return [one for one in found if one.code[:3] in ("DL2", "DL3") and one.severity > Severity.info]


@pytest.mark.parametrize("kind", SHIFTS)
def test_a_shifted_row_is_one_finding_that_says_so(kind: str) -> None:
    named = tried = 0
    for wanted, found in shifted(kind, some(60)):
        tried += 1
        told = [one for one in found if any(words in one.message.zh for words in SAID)]
        if not told:
            continue
        named += 1
        assert found == told, [one.message.zh for one in found]
        assert {one.cell: one.value for one in told[0].suggestions} == wanted
        assert {one.confidence for one in told[0].suggestions} == {"likely"}
        assert told[0].fix is None
    assert tried > 0
    assert named >= 0.7 * tried - 1, (named, tried)  # of a few, one more may be hard to tell


def test_what_is_said_names_the_row_and_both_columns() -> None:
    page = render(make(Random(0), "city"), "pipes", Random(1))
    row = next(one for one in page.text.splitlines() if "（一）予以公开" in one)
    cells = row.split("|")
    first = next(index for index, cell in enumerate(cells) if cell.strip().isdecimal())
    wrong = "|".join([*cells[:first], " 0 ", *cells[first:-2], cells[-1]])
    (one,) = said(page.text.replace(row, wrong))
    assert one.message.zh.startswith("表三「（一）予以公开」一行的数似乎整体右移了一列；「自然人」由 0 改为 ")
    assert one.message.zh.endswith("改后横向、纵向都对得上，请对照原始台账核对")
    assert one.message.en.startswith(
        "the numbers of table 3, “（一）予以公开” (granted) all seem to stand one column too far"
    )


def test_random_mistakes_are_hardly_ever_taken_for_a_shift() -> None:
    taken = 0
    count = some(60)
    for seed in range(count):
        rng = Random(f"random/{seed}")
        content = make(rng, SIZES[seed % 3])
        names = [f"requests[{rng.choice(ROWS)},{column}]" for column in rng.sample(COLUMNS, 3)]
        wrong = {name: max(0, int(content.numbers[name] or 0) + rng.choice((-3, -1, 1, 2, 10))) for name in names}
        page = render(content.with_numbers(wrong), "pipes", Random(1))
        taken += any(words in one.message.zh for one in said(page.text) for words in SAID)
    assert taken <= 0.02 * count, taken
