"""What reading the numbers of the prose costs: processor time a report, and once for the words."""

import sys
from pathlib import Path
from time import process_time

from disclosure_lint.claims.comparing import read
from disclosure_lint.claims.lexicon import Lexicon
from disclosure_lint.engine.linter import Linter
from tests.generation import report

_ROUNDS = 20


def main(paths: list[str]) -> None:
    """Prints milliseconds for some generated reports, or the files that are named."""
    linter = Linter.default()
    tables = [one for pack in linter.packs for one in pack.claims]
    start = process_time()
    lexicon = Lexicon(tables)
    print(f"words and measures, once: {(process_time() - start) * 1000:.1f} ms")
    files = [(path, Path(path).read_bytes()) for path in paths]
    files = files or [(f"{seed}.md", report(seed, "pipes").text.encode()) for seed in range(8)]
    for name, data in files:
        bound = linter.bind(linter.read(name, data))
        assert bound is not None
        size = sum(len(bound.prose(key).text) for key in bound.sections)
        times = []
        for _ in range(_ROUNDS):
            start = process_time()
            numbers = read(lexicon, bound).numbers
            times.append(process_time() - start)
        print(f"{name}: {min(times) * 1000:.2f} ms, {size} characters, {len(numbers)} numbers")


if __name__ == "__main__":
    main(sys.argv[1:])
