"""Runs a command as a process of its own and says what it cost."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]


class Cost(NamedTuple):
    """What one run of a command took."""

    wall: float
    """Milliseconds from start to end."""
    cpu: float
    """Milliseconds of processor, user and system."""
    peak: float
    """Megabytes of memory at the most; never less than this process has itself."""


def linter() -> list[str]:
    """Returns the command as users start it: the installed script if there is one, else `python -m`."""
    script = shutil.which("disclosure-lint", path=str(Path(sys.executable).parent))
    return [script] if script else [sys.executable, "-m", "disclosure_lint"]


def cost(command: Sequence[str], allowed: Sequence[int] = (0, 1)) -> Cost:
    """Returns what a run cost. Raises SystemExit with its error output if it ends with another status."""
    # What is installed is compiled; some shells forbid that for the sake of their checkouts.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if not hasattr(os, "wait4"):
        raise SystemExit("These measurements need Linux or macOS (os.wait4).")
    with tempfile.TemporaryFile() as errors:
        start = perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            errors.seek(0)
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{errors.read().decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss * unit / 1e6)


def judged(paths: Sequence[Path], rounds: int = 3) -> list[Cost]:
    """Returns what runs of `check` on files cost, which know compiled rules, but no results of other runs."""
    costs = []
    for _ in range(rounds + 1):
        forget_results()
        costs.append(cost([*linter(), "check", "--isolated", "--jobs", "1", *map(str, paths)]))
    return costs[1:]


def forget_results() -> None:
    """Takes away what earlier runs kept of their results, in the folder of `own_cache`."""
    shutil.rmtree(Path(os.environ["DISCLOSURE_LINT_CACHE_DIR"], "results"), ignore_errors=True)


def in_turn(commands: Sequence[Sequence[str]], rounds: int) -> list[list[Cost]]:
    """Returns the costs of each command; they are run in turn, so that a busy moment falls on all alike.

    They know compiled rules, but no results of other runs.
    """
    costs: list[list[Cost]] = [[] for _ in commands]
    for number in range(rounds + 1):
        for command, found in zip(commands, costs, strict=True):
            forget_results()
            one = cost(command)
            if number:  # the first round fills caches
                found.append(one)
    return costs


def least_time(work: Callable[[bytes], None], data: bytes, rounds: int = 30) -> float:
    """Returns the least processor time, in milliseconds, that work on some data takes within this process."""
    times = []
    for _ in range(rounds):
        start = process_time()
        work(data)
        times.append(process_time() - start)
    return min(times) * 1000


def least(values: Sequence[float]) -> str:
    """Returns the minimum and the median for a table."""
    return f"{min(values):8.1f} {median(values):8.1f}"


@contextmanager
def own_cache() -> Iterator[Path]:
    """Gives an empty folder for reports; the cache of compiled rules is in another one, not the user's."""
    before = os.environ.get("DISCLOSURE_LINT_CACHE_DIR")
    with tempfile.TemporaryDirectory(prefix="disclosure-lint-") as folder:
        os.environ["DISCLOSURE_LINT_CACHE_DIR"] = f"{folder}/cache"
        reports = Path(folder, "reports")
        reports.mkdir()
        try:
            yield reports
        finally:
            if before is None:
                del os.environ["DISCLOSURE_LINT_CACHE_DIR"]
            else:
                os.environ["DISCLOSURE_LINT_CACHE_DIR"] = before


def write_reports(folder: Path, count: int, *options: str) -> None:
    """Writes different synthetic reports in all layouts, in a process of its own to keep this one small."""
    command = [sys.executable, "-m", "tests.generation", "--count", str(count), "--out", str(folder), *options]
    subprocess.run(command, cwd=ROOT, check=True)
