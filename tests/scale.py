"""How much the tests try: a tenth by default, all with `run.py tests --all`, and more with DISCLOSURE_LINT_TEST_SCALE.

Numbers stand in the tests as they are for all; a scale of 10 tries ten times as many reports, examples and seeds.
"""

import os
from collections.abc import Iterable
from random import Random
from typing import Any, TypeVar

SCALE = float(os.environ.get("DISCLOSURE_LINT_TEST_SCALE", "0.1"))
_Any = TypeVar("_Any")
_Case = TypeVar("_Case", bound=tuple[Any, ...])


def some(count: int) -> int:
    """Returns how many are to be tried where `count` are all; at least one."""
    return max(1, round(count * SCALE))


def part(cases: Iterable[_Any]) -> list[_Any]:
    """Returns all cases; in a part of the tests every tenth or so, the first among them."""
    every = list(cases)
    return every[:: max(1, len(every) // some(len(every)))]


def covering(cases: Iterable[_Case]) -> list[_Case]:
    """Returns all cases; in a part of the tests so few that each value of theirs occurs, always the same ones."""
    every = list(cases)
    if SCALE >= 1:
        return every
    kept, seen = set[int](), set[tuple[int, str]]()
    for number in Random(0).sample(range(len(every)), len(every)):
        values = set(enumerate(map(repr, every[number])))
        if not values <= seen:
            seen |= values
            kept.add(number)
    return [every[number] for number in sorted(kept)]
