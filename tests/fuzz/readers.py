"""Tries damaged files of every format, and damaged files of strangers, and measures what each costs.

    python -m tests.fuzz.readers [CASES [SECONDS]] [--formats NAME …] [--seed SEED] [--from NUMBER] [--findings FOLDER]

CASES of each kind of damage (200), and for each format no more than so many SECONDS (15). A format is a module beside
this one with `DAMAGES`, which makes such files of random numbers and has the name of their suffix; what is no report (a
configuration, messages to the language server) has a `check` of its own there. They are tried in a process that may be
ended: a traceback, what is not sound, more than 2 seconds of processor time or 300 MB, a crash and a hang are each
written to the folder of findings with the reason beside it, the next case is tried, and the exit status is 1.
"""

import argparse
import json
import pkgutil
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from random import Random
from select import select
from time import monotonic
from typing import Any, NamedTuple

from tests.fuzz.usage import Measure, ended_after, refuse_more

Damages = Mapping[str, Callable[[Random], bytes]]
"""Kinds of damage by name, each with what makes a file that has it."""
Check = Callable[[str, bytes], str]
"""Tries a file of a kind of damage, and says how that ended; AssertionError if it is not sound."""
LARGEST = 300 << 20
"""Bytes that a process may hold."""
SLOWEST = 2.0
"""Seconds of processor time for a case."""
_ENDED_AFTER, _REFUSED = 20.0, 4 << 30
"""Seconds of processor time and bytes of addresses at which the system steps in."""
_HANGS = 180.0
"""Seconds by the clock without an answer, for what uses no processor time."""
_FRESH = 400
"""Cases after which a new process goes on: nobody's garbage is another's."""
_AGAIN = 10
"""Of so many reports, one is linted twice and must be judged the same."""


class Format(NamedTuple):
    """What is damaged, and how it is tried."""

    damages: Damages
    check: Check

    def case(self, seed: str, index: int) -> tuple[str, str, bytes]:
        """Returns the name, the kind and the bytes of a case."""
        number, at = divmod(index, len(self.damages))
        kind = list(self.damages)[at]
        name = f"{seed}/{number}/{kind}"
        return name, kind, self.damages[kind](Random(name))


def formats() -> dict[str, Format]:
    """Returns what is tried, by the suffixes of its files, which are the names of the modules."""
    names = [module.name for module in pkgutil.iter_modules(sys.modules["tests.fuzz"].__path__)]
    found = {name: import_module(f"tests.fuzz.{name}") for name in names if name not in ("__main__", "readers")}
    return {
        name: Format(module.DAMAGES, getattr(module, "check", None) or _reader(name))
        for name, module in found.items()
        if hasattr(module, "DAMAGES")
    }


def _reader(suffix: str) -> Check:
    """Returns what lints a report."""
    tried: list[object] = []

    def check(_: str, data: bytes) -> str:
        # Imported late: the process that only counts what the others do is small.
        from tests.fuzz.soundness import default_linter, lint, sound

        tried.append(None)
        lints = sound if len(tried) % _AGAIN else lint
        return lints(default_linter(), data, f"a.{suffix}").status

    return check


def work(name: str, seed: str, first: int, last: int) -> None:
    """Tries the cases of a format and prints a line for each; ends early after one that failed."""
    output_format = formats()[name]
    refuse_more(_REFUSED)
    for index in range(first, last):
        case, kind, data = output_format.case(seed, index)
        ended, error = "", ""
        seconds, memory = 0.0, 0
        try:
            with ended_after(_ENDED_AFTER), Measure() as usage:
                ended = output_format.check(kind, data)
            seconds, memory = usage.seconds, usage.memory
        except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
            error = traceback.format_exc()
        if seconds > SLOWEST:
            error = f"{seconds:.2f} s of processor time"
        elif memory > LARGEST:
            error = f"{memory / (1 << 20):.0f} MB"
        print(json.dumps([case, ended, seconds, memory, error]), flush=True)
        if error:
            return


class Trial:
    """The cases of a format, from some number on."""

    def __init__(self, name: str, output_format: Format, seed: str, findings: Path):
        """Takes the format, what its random numbers begin with, and where to put what fails."""
        self._name, self._format, self._seed, self._findings = name, output_format, seed, findings
        self._ends: Counter[str] = Counter()
        self._slowest, self._largest = (0.0, ""), (0, "")
        self.command = [sys.executable, "-m", "tests.fuzz.readers", "--work"]
        """What tries cases, given the format, the seed, and the numbers of the first and after the last."""
        self.failed = 0
        """Cases that failed."""

    def run(self, first: int, last: int, seconds: float) -> None:
        """Tries the cases as far as the seconds go, and prints how they ended."""
        end, index = monotonic() + seconds, first
        while index < last and monotonic() < end:
            index = self._some(index, min(last, index + _FRESH), end)
        said = ", ".join(f"{how} {times}" for how, times in sorted(self._ends.items()))
        print(
            f"{self._name}: {index - first} cases, {self.failed} failed; the slowest {self._slowest[0]:.2f} s "
            f"({self._slowest[1]}), the largest {self._largest[0] / (1 << 20):.0f} MB ({self._largest[1]}); {said}",
            flush=True,
        )

    def _some(self, first: int, last: int, end: float) -> int:
        """Tries cases in a process of their own; returns the number of the next one."""
        command = [*self.command, self._name, self._seed, str(first), str(last)]
        index = first
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            try:
                for case, ended, seconds, memory, error in self._answers(process):
                    self._slowest = max(self._slowest, (seconds, case))
                    self._largest = max(self._largest, (memory, case))
                    self._ends[f"{case.split('/')[-1]} {'failed' if error else ended}"] += 1
                    if error:
                        self._found(index, error)
                    index += 1
                    if monotonic() > end:
                        return index
            except TimeoutError:
                self._found(index, f"no answer for {_HANGS:.0f} s")
                return index + 1
            finally:
                process.kill()
        if index < last and process.returncode:
            self._found(index, f"the process ended: {process.returncode}")
            index += 1
        return index

    def _answers(self, process: "subprocess.Popen[bytes]") -> Iterator[Any]:
        """Yields what the process says; TimeoutError if it says nothing."""
        assert process.stdout
        while select([process.stdout], [], [], _HANGS)[0]:
            line = process.stdout.readline()
            if not line:
                process.wait()
                return
            yield json.loads(line)
        raise TimeoutError

    def _found(self, index: int, why: str) -> None:
        self.failed += 1
        name, _, data = self._format.case(self._seed, index)
        self._findings.mkdir(parents=True, exist_ok=True)
        path = self._findings / f"{self._name}-{name.replace('/', '-')}"
        path.with_suffix(f".{self._name}").write_bytes(data)
        path.with_suffix(".txt" if self._name != "txt" else ".why").write_text(f"{name}\n{why}\n", "utf-8")
        print(f"{path}: {why.strip().splitlines()[-1]}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """Returns 1 if a case failed."""
    if arguments[:1] == ["--work"]:
        name, seed, first, last = arguments[1:]
        work(name, seed, int(first), int(last))
        return 0
    known = formats()
    parser = argparse.ArgumentParser(prog="run.py fuzz", description="Tries damaged files and measures what they cost.")
    parser.add_argument("cases", nargs="?", type=int, default=200, help="of each kind of damage")
    parser.add_argument("seconds", nargs="?", type=float, default=15.0, help="by the clock, for each format")
    parser.add_argument("--formats", nargs="+", choices=known, default=list(known), metavar="NAME")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--from", dest="first", type=int, default=0, help="number of the first case of each kind")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"), help="where to put what fails")
    options = parser.parse_args(arguments)
    failed = 0
    for name in options.formats:
        trial = Trial(name, known[name], options.seed, options.findings)
        kinds = len(known[name].damages)
        trial.run(options.first * kinds, options.cases * kinds, options.seconds)
        failed += trial.failed
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
