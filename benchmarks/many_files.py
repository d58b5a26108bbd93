"""What very many files cost: processor time each, memory, processes, the cache, and the overview.

python -m benchmarks.many_files [--counts 1000 10000] [--overview 3000] [--jobs 1 2]
"""

import argparse
import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from benchmarks.measuring import forget_results, linter, own_cache, write_reports


class Run(NamedTuple):
    """What a run and its processes took."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of processor of all its processes."""
    peak: float
    """Megabytes of all its processes together at the most, as far as could be seen (Linux)."""
    printed: str
    """A digest of what it printed."""


def main() -> None:
    """Prints a table: the same reports without and with processes, without cache, with an empty and with a full one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many_files", description=main.__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--overview", type=int, default=3000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    with own_cache() as folder:
        print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors, five years of reports of each agency")
        head = ("command", "reports", "jobs", "cache", "wall s", "cpu s", "cpu ms each", "MB")
        print("{:9} {:>8} {:>5} {:>6} {:>8} {:>8} {:>12} {:>7}".format(*head))
        for command, count in [*(("check", count) for count in options.counts), ("overview", options.overview)]:
            place = folder / f"{command}{count}"
            write_reports(place, count, "--series")
            _print(command, place, count, options.jobs)
            shutil.rmtree(place)


def _print(command: str, place: Path, count: int, jobs: list[int]) -> None:
    run([*linter(), command, "--isolated", str(next(place.iterdir()))])  # compiles the rules
    printed = set()
    for number in jobs:
        forget_results()
        for cache in ("new", "full"):
            one = run([*linter(), command, "--isolated", "--jobs", str(number), str(place)])
            printed.add(one.printed)
            each, took = one.cpu / count * 1000, f"{one.wall:8.2f} {one.cpu:8.2f}"
            print(f"{command:9} {count:8} {number:5} {cache:>6} {took} {each:12.2f} {one.peak:7.0f}", flush=True)
    if len(printed) > 1:
        raise SystemExit("these runs did not print the same")


def run(command: list[str]) -> Run:
    """Returns what a command took, with all its processes. Raises SystemExit if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as output:
        start = perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output)
        watch = _Watch(process.pid)
        watch.start()
        status = process.wait()
        wall = perf_counter() - start
        watch.ended.set()
        watch.join()
        if status not in (0, 1):
            raise SystemExit(f"{' '.join(command)} ended with {status}")
        output.seek(0)
        printed = hashlib.sha256(output.read()).hexdigest()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(wall, cpu, watch.peak, printed)


class _Watch(threading.Thread):
    """Looks now and then how much memory a process and those that it started have."""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self._pid = pid
        self.ended = threading.Event()
        self.peak = 0.0

    def run(self) -> None:
        while not self.ended.wait(0.2):
            self.peak = max(self.peak, sum(map(_memory, _family(self._pid))))


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        found = [int(word) for word in children.read_text(encoding="ascii").split()]
    except OSError:
        return [pid]
    threads = [int(path.name) for path in Path(f"/proc/{pid}/task").iterdir() if int(path.name) != pid]
    for thread in threads:
        try:
            found += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return [pid, *found]


def _memory(pid: int) -> float:
    """Returns the megabytes that a process has, none if it is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6
    except (OSError, IndexError):
        return 0.0


if __name__ == "__main__":
    main()
