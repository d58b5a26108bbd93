"""Lints damaged files of every format, and under damaged files of strangers, and looks at what is said about them.

    python -m tests.fuzz.readers [CASES [SECONDS]]

CASES of each kind of damage (200), and for each format no more than so many SECONDS (15). A format is a module beside
this one with `DAMAGES`, which makes such files of random numbers: `python -m tests.fuzz.docx [CASES [SEED]]` tries one.
What is no report (a configuration, messages to the language server) has a `check` of its own there.
Prints what took longest, and stops at the first case that is not sound.
"""

import pkgutil
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from importlib import import_module
from random import Random
from time import perf_counter, process_time

from disclosure_lint.linter import Linter
from tests.fuzz.soundness import lint

Damages = Mapping[str, Callable[[Random], bytes]]
"""Kinds of damage by name, each with what makes a file that has it."""
Check = Callable[[str, bytes], str]
"""Tries a file of a kind of damage, and says how that ended."""
_TOO_LONG, _HANGS = 4.0, 45.0
"""Seconds of processor time for a file that is linted twice, 2 each; and by the clock, on a machine that has others to
do, since the process in which PDFium runs counts its processor time itself."""


def formats() -> dict[str, tuple[Damages, Check | None]]:
    """Returns the damages of all formats by the suffixes of their files, which are the names of their modules."""
    names = [module.name for module in pkgutil.iter_modules(sys.modules["tests.fuzz"].__path__)]
    found = {name: import_module(f"tests.fuzz.{name}") for name in names if name not in ("__main__", "readers")}
    return {
        name: (module.DAMAGES, getattr(module, "check", None))
        for name, module in found.items()
        if hasattr(module, "DAMAGES")
    }


def attempt(
    suffix: str, damages: Damages, count: int, seed: str, seconds: float = float("inf"), check: Check | None = None
) -> None:
    """Lints so many files of each kind, as far as the seconds go; AssertionError at the first that is not sound."""
    linter = Linter.default()
    ends: Counter[str] = Counter()
    slowest = (0.0, "")
    begin = perf_counter()
    for number in range(count):
        for kind, damage in damages.items():
            if perf_counter() - begin > seconds:
                break
            case = f"{seed}/{number}/{kind}"
            data = damage(Random(case))
            start, clock = process_time(), perf_counter()
            try:
                ended = check(kind, data) if check else lint(linter, data, f"a.{suffix}").status
                ends[f"{kind} {ended}"] += 1
            except BaseException:
                print(f"{suffix}: case {case}", file=sys.stderr)
                raise
            slowest = max(slowest, (perf_counter() - clock, case))
            assert process_time() - start < _TOO_LONG, case
            assert slowest[0] < _HANGS, slowest
    said = ", ".join(f"{end} {times}" for end, times in sorted(ends.items()))
    print(f"{suffix}: {ends.total()} files, the slowest twice in {slowest[0]:.2f} s ({slowest[1]}); {said}", flush=True)


def main(suffix: str, damages: Damages, arguments: list[str], check: Check | None = None) -> None:
    """Lints so many files of one format."""
    count, seed = (*arguments, *("10000", "1")[len(arguments) :])
    attempt(suffix, damages, int(count), seed, check=check)


if __name__ == "__main__":
    given = list(map(int, sys.argv[1:]))
    cases, most = (*given, *(200, 15)[len(given) :])
    for format_, (kinds, own) in formats().items():
        attempt(format_, kinds, cases, "1", most, own)
