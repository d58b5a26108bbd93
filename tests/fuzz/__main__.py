"""Prints how the time to lint grows when hostile texts grow to twice and four times the length.

    python -m tests.fuzz [LENGTH] [WORDS …]

LENGTH is the longest, in characters (100000); WORDS choose the pieces that have them. Only what takes long is shown.
"""

import sys
from time import perf_counter

from disclosure_lint.engine.linter import Linter
from tests.fuzz.pieces import PIECES, SLOTS, around

_LONG = 0.25
_TOO_LONG = 10.0


def main(arguments: list[str]) -> None:
    """Runs every chosen piece in every section, as Markdown and as plain text."""
    length = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 100_000
    linter = Linter.default()
    for piece in PIECES:
        if arguments and not any(word in piece for word in arguments):
            continue
        for slot in SLOTS:
            for name in ("a.md", "a.txt"):
                times = _times(linter, piece, slot, name, length)
                if times[-1] > _LONG:
                    print(f"{piece!r:40} {slot:10} {name:6}", *(f"{time:6.2f}" for time in times), flush=True)


def _times(linter: Linter, piece: str, slot: str, name: str, length: int) -> list[float]:
    times: list[float] = []
    for part in (4, 2, 1):
        data = around(piece, length // part, slot).encode()
        start = perf_counter()
        linter.lint(name, data)
        times.append(perf_counter() - start)
        if times[-1] > _TOO_LONG:
            break
    return times


if __name__ == "__main__":
    main(sys.argv[1:])
