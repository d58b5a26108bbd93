"""Times of the pipeline's steps within one process, as JSON; run by throughput.py."""

import argparse
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from disclosure_lint.engine.linter import Linter

_ROUNDS = 5
_LENGTHS = (1, 10, 100)


def main(folder: Path, *, growth: bool) -> None:
    """Prints milliseconds of each step for the reports of a folder, and, for its growth, of one report repeated."""
    linter = Linter.default()
    reports = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]
    steps = [_steps(linter, name, data) for name, data in reports]
    name, data = reports[len(reports) // 2]
    lengths = _LENGTHS if growth else ()
    grown = {times: _least(partial(linter.lint, name, data * times)) / times for times in lengths}
    parse, check, lint = (median(values) for values in zip(*steps, strict=True))
    print(json.dumps({"parse": parse, "check": check, "lint": lint, "growth": grown}))


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
        start = process_time()
        work()
        times.append(process_time() - start)
    return min(times) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--no-growth", action="store_false", dest="growth")
    main(**vars(parser.parse_args()))
