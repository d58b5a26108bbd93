"""What each further report costs, how much memory a run takes, and how the cost grows with a report's length.

python -m benchmarks.throughput [--counts 100 1000] [--rounds 3]
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.measuring import ROOT, judged, own_cache, write_reports


def main() -> None:
    """Prints processor time added for each report over a run with one, peak memory, and times within the process."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.throughput", description=main.__doc__)
    parser.add_argument("--counts", type=int, nargs="+", default=[100, 1000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with own_cache() as folder:
        print(f"Python {sys.version.split()[0]}, different synthetic reports, minimum of {options.rounds} rounds")
        print(f"{'reports':>8} {'KB each':>8} {'processor ms':>13} {'added ms/report':>16} {'peak MB':>8}")
        for count in sorted({1, *options.counts}):
            place = folder / str(count)
            write_reports(place, count)
            _print_run(place, count, options.rounds)
        _print_inside(folder / str(max(1, min(options.counts))))


_ONE: dict[str, float] = {}


def _print_run(folder: Path, count: int, rounds: int) -> None:
    costs = judged([folder], rounds)
    cpu, peak = min(one.cpu for one in costs), min(one.peak for one in costs)
    size = sum(path.stat().st_size for path in folder.iterdir()) / count / 1000
    added = ""
    if count == 1:
        _ONE["cpu"] = cpu
    else:
        added = f"{(cpu - _ONE['cpu']) / (count - 1):.2f}"
    print(f"{count:8} {size:8.1f} {cpu:13.1f} {added:>16} {peak:8.1f}")


def _print_inside(folder: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.in_process", str(folder)]
    found: dict[str, Any] = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
    print("\nWithin the process, median over the reports, ms each:")
    print(f"  read and bind {found['parse']:.2f}, rules {found['check']:.2f}, whole lint {found['lint']:.2f}")
    print("One report repeated, ms for its length once (longest / shortest is what grows):")
    for times, value in found["growth"].items():
        print(f"  {times:>4}x {value:.2f}")
    values = list(found["growth"].values())
    print(f"  ratio {values[-1] / values[0]:.2f}")


if __name__ == "__main__":
    main()
