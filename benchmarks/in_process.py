"""Times of the pipeline's steps within one process, as JSON; run by throughput.py."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from disclosure_lint.engine.linter import Linter

_ROUNDS = 5
_LENGTHS = (1, 10, 100)


def main(folder: Path) -> None:
    """Prints milliseconds of each step for the reports of a folder, and for one report repeated."""
    linter = Linter.default()
    reports = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    steps = [_steps(linter, name, data) for name, data in reports]
    name, data = reports[len(reports) // 2]
    growth = {times: _least(partial(linter.lint, name, data * times)) / times for times in _LENGTHS}
    parse, check, lint = (median(values) for values in zip(*steps, strict=True))
    print(json.dumps({"parse": parse, "check": check, "lint": lint, "growth": growth}))


def _steps(linter: Linter, name: str, data: bytes) -> tuple[float, float, float]:
    report = linter.bind(linter.read(name, data))
    assert report is not None

    def judge() -> None:
        # A report keeps the texts that rules asked it for, so each round needs a new one; binding is taken out below.
        fresh = linter.bind(linter.read(name, data))
        assert fresh is not None
        for rule in linter.rules:
            linter.judge(rule, fresh)

    parse = _least(lambda: linter.bind(linter.read(name, data)))
    return parse, max(_least(judge) - parse, 0.0), _least(lambda: linter.lint(name, data))


def _least(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
