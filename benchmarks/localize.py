"""How often the wrong numbers of table 三 are named, and how long that takes.

python -m benchmarks.localize [--tables 400]
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from time import process_time
from typing import NamedTuple

from disclosure_lint.engine.linter import Linter
from disclosure_lint.localize import Evidence, merged
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.form import Address
from disclosure_lint.model.report import Report
from tests.generation import Size, report

KINDS: tuple[Size, ...] = ("township", "city")
_COUNTS = (1, 2, 3)
Slip = Callable[[Random, int, Sequence[int]], int]
"""Makes another number of one, given those in its row and column."""
_TABLE = "requests"


class Figures(NamedTuple):
    """What became of the tables with so many wrong cells."""

    ends: Counter[str]
    times: list[float]
    """Milliseconds from the findings of each equation to what is told."""


def main() -> None:
    """Prints how often the wrong numbers were the only suggestion, were listed, or were said to be beyond telling."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.localize", description=main.__doc__)
    parser.add_argument("--tables", type=int, default=400)
    options = parser.parse_args()
    linter = Linter.default()
    print(f"Python {sys.version.split()[0]}, {options.tables} balanced tables each, wrong cells anywhere in 三")
    print(
        "right: the only suggestion, with the right number; listed: among several; ambiguous: said to be beyond telling"
    )
    print(f"{'tables':>9} {'mistakes':>9} {'cells':>5} {'right':>7} {'listed':>7} {'ambiguous':>10}", end="")
    print(f" {'wrong':>6} {'wrong, “only”':>14} {'median ms':>10} {'worst ms':>9}")
    for size in KINDS:
        for name, slip in (("slips", slipped), ("random", scattered)):
            for count in _COUNTS:
                _print(size, name, count, tried(linter, size, slip, count, options.tables))


def _print(size: str, name: str, count: int, found: Figures) -> None:
    total = found.ends.total()
    shares = {end: f"{100 * found.ends[end] / total:.1f}%" for end in ("right", "listed", "ambiguous", "wrong", "only")}
    print(
        f"{size:>9} {name:>9} {count:>5} {shares['right']:>7} {shares['listed']:>7} {shares['ambiguous']:>10}"
        f" {shares['wrong']:>6} {shares['only']:>14} {median(found.times):>10.2f} {max(found.times):>9.2f}"
    )


def tried(
    linter: Linter, size: Size, slip: Callable[[Random, int, Sequence[int]], int], count: int, tables: int
) -> Figures:
    """Returns what becomes of tables with so many wrong cells."""
    rng = Random(f"{size}/{slip.__name__}/{count}")
    figures = Figures(Counter(), [])
    bound = linter.bind(linter.read("a.md", report(size, "pipes", size).text.encode()))
    assert bound is not None
    for number in range(tables):
        right = _numbers(number, size)
        wrong = dict(right)
        for cell in rng.sample(sorted(right), count):
            wrong[cell] = _other(rng, slip, right, cell)
        told, took = _told(linter, _with(bound, wrong))
        truth = {str(cell): right[cell] for cell in right if wrong[cell] != right[cell]}
        figures.ends[_end(told, truth)] += 1
        figures.times.append(took)
    return figures


def _numbers(seed: int, size: Size) -> dict[Address, int]:
    """Returns a balanced table."""
    content = report(seed, "pipes", size).content
    numbers: dict[Address, int] = {}
    for name, value in content.numbers.items():
        table, _, rest = name.partition("[")
        if table == _TABLE and isinstance(value, int):
            row, _, column = rest.removesuffix("]").partition(",")
            numbers[Address(table, row, column)] = value
    return numbers


def _with(bound: Report, numbers: dict[Address, int]) -> Report:
    facts = {
        address: fact._replace(value=numbers[address], raw=str(numbers[address])) if address in numbers else fact
        for address, fact in bound.facts.items()
    }
    return bound._replace(facts=facts)


def _told(linter: Linter, bound: Report) -> tuple[list[Diagnostic], float]:
    rules = [rule for rule in linter.rules if rule.kind == "equation" and rule.not_for(bound) is None]
    verdicts = [(rule, linter.judge(rule, bound)) for rule in rules]
    found = [rule.diagnostic(finding, "a.md") for rule, verdict in verdicts for finding in verdict.findings]
    evidence = Evidence(bound, rules, linter.packs[0].localization)
    start = process_time()
    told = merged(found, evidence)
    return [one for one in told if one.code < "DL304"], (process_time() - start) * 1000


def _end(told: Sequence[Diagnostic], truth: dict[str, int]) -> str:
    suggested = [one for diagnostic in told for one in diagnostic.suggestions]
    sure = {one.cell: one.value for one in suggested if one.confidence == "only"}
    if any(truth.get(cell) != value for cell, value in sure.items()):
        return "only"
    named = {(one.cell, one.value) for one in suggested}
    if named == set(truth.items()):
        return "right"
    if named >= set(truth.items()):
        return "listed"
    return "wrong" if suggested and len(sure) == len(suggested) else "ambiguous"


def _other(rng: Random, slip: Slip, right: dict[Address, int], cell: Address) -> int:
    beside = [right[other] for other in right if (other.row == cell.row) != (other.column == cell.column)]
    while True:
        new = slip(rng, right[cell], beside)
        if new != right[cell]:
            return new


def scattered(rng: Random, value: int, beside: Sequence[int]) -> int:
    """Returns any number of about the size of those beside it."""
    return rng.randint(0, 2 * max(value, *beside) + 9)


def slipped(rng: Random, value: int, beside: Sequence[int]) -> int:
    """Returns a number that a tired clerk may write."""
    digits = str(value)
    place = rng.randrange(len(digits))
    kind = rng.choice(("transposed", "mistyped", "dropped", "doubled", "beside", "one"))
    if kind == "transposed" and place:
        digits = digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :]
    elif kind == "mistyped":
        digits = digits[:place] + rng.choice("0123456789") + digits[place + 1 :]
    elif kind == "dropped":
        digits = digits[:place] + digits[place + 1 :]
    elif kind == "doubled":
        digits = digits[:place] + digits[place] + digits[place:]
    elif kind == "beside":
        digits = str(rng.choice(beside))
    else:
        digits = str(max(0, value + rng.choice((-1, 1))))
    return int(digits or "0")


if __name__ == "__main__":
    main()
