"""How much processor time `disclosure-lint check` takes for one report, against `python -c pass`.

python -m benchmarks.start_up [--rounds 20] [REPORT]
"""

import argparse
import sys
from pathlib import Path
from statistics import median

from benchmarks.measuring import in_turn, least, linter, own_cache, write_reports


def main() -> None:
    """Prints minimum and median of both commands, run in turn with a warm cache, and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.start_up", description=main.__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("report", nargs="?", type=Path, help="by default a synthetic one with tabs")
    options = parser.parse_args()
    _note_on_scripts()
    with own_cache() as folder:
        if options.report is None:
            write_reports(folder, 1, "--layout", "tabs")
        report = options.report or next(folder.iterdir())
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "disclosure-lint --version": [*linter(), "--version"],
            "disclosure-lint check": [*linter(), "check", "--isolated", str(report)],
        }
        costs = in_turn(list(commands.values()), options.rounds)
    print(f"Python {sys.version.split()[0]}, {options.rounds} rounds, cache warm; ms: minimum and median")
    print(f"{'':28}{'wall':^17} {'processor':^17} {'peak MB':>8} {'x pass':>7}")
    floor = min(one.cpu for one in costs[0])
    for name, found in zip(commands, costs, strict=True):
        walls, cpus = [one.wall for one in found], [one.cpu for one in found]
        peak = median(one.peak for one in found)
        print(f"{name:28}{least(walls)} {least(cpus)} {peak:8.1f} {min(cpus) / floor:7.1f}")


def _note_on_scripts() -> None:
    with Path(linter()[0]).open("rb") as file:
        if file.read(2) == b"#!" and file.readline().rstrip().endswith(b"sh"):
            print("note: the command starts with a shell script, whose own time is counted in")


if __name__ == "__main__":
    main()
