"""However a table is built, as Markdown, text, a web page or a Word file, no number is given for another cell's."""

from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from tests.generation import SIZES, make
from tests.generation.judging import judge
from tests.generation.official import markdown, official
from tests.generation.official_changes import RESTRUCTURINGS
from tests.generation.variants import VARIATIONS, varied
from tests.scale import covering, some
from tests.test_same_in_every_format import WRITERS

LINTER = Linter.default()
ALL_WRITERS = {"md": lambda blocks: markdown(blocks).encode(), **WRITERS}
NOT_YET = {("turned", "column_inserted_note"), ("header again", "column_replaced")}
"""Two things at once of which some number is still wrong: see `docs/binding.md`."""
KINDS = [
    (kind, variation)
    for kind in RESTRUCTURINGS
    for variation in ("none", *VARIATIONS)
    if (kind, variation) not in NOT_YET
]


def faults(seed: object, suffix: str, kind: str, variation: str) -> list[str]:
    """What is given as certain and wrong after a table was rebuilt, perhaps with something else done to it before."""
    rng = Random(f"{seed}/{kind}/{variation}")
    form = rng.choice(("2021", "2019"))
    found = varied(make(rng, rng.choice(SIZES), form), [variation] if variation != "none" else [], rng)
    if found is None:
        return []
    blocks = official(found.content, rng)
    RESTRUCTURINGS[kind](blocks, rng, form)
    verdict = judge(
        LINTER, f"年报.{suffix}", ALL_WRITERS[suffix](blocks), found.content.numbers, found.unknown, found.codes
    )
    return [f"{seed} {suffix} {kind} {found.done}: {fault}" for fault in (*verdict.wrong, *verdict.blank)]


@pytest.mark.parametrize("suffix", ALL_WRITERS)
@pytest.mark.parametrize(("kind", "variation"), covering(KINDS))
def test_no_number_is_another_cell_s(suffix: str, kind: str, variation: str) -> None:
    assert [fault for seed in range(some(3)) for fault in faults(seed, suffix, kind, variation)] == []


@pytest.mark.parametrize("suffix", ALL_WRITERS)
@pytest.mark.parametrize("kind", RESTRUCTURINGS)
def test_nor_is_it_in_any_year_s_table(suffix: str, kind: str) -> None:
    assert [fault for seed in range(some(12)) for fault in faults(seed, suffix, kind, "none")] == []
