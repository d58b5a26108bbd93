"""What a user waits for, in processor time: `python -m benchmarks [--rounds 20] [--reports 60] [--write]`.

Prints how long one check takes against `python -c pass`, what each further report of a format adds, and the steps
within the process; `--write` puts the tables into docs/performance.md. The other scripts here ask further.
"""

import argparse
import json
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.measuring import ROOT, in_turn, judged, linter, own_cache, write_reports
from tests.generation import SIZES, make
from tests.generation.official import Block, official
from tests.office.html import from_a_site
from tests.office.official import as_docx
from tests.office.pdf_pages import as_pdf

PAGE = ROOT / "docs/performance.md"
_MEASURED = "## Measured\n"
_OFFICE: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "docx": as_docx,
    "html": lambda blocks: from_a_site(blocks).encode(),
    "pdf": as_pdf,
}
_LAYOUTS = {"txt": "tabs", "md": "pipes"}


def main() -> None:
    """Prints the tables, and writes them into the page if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="runs of each command, of which the least counts")
    parser.add_argument("--reports", type=int, default=60, help="reports of each format")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    asked = parser.parse_args()
    with own_cache() as folder:
        for suffix in (*_LAYOUTS, *_OFFICE):
            _write(folder / suffix, suffix, asked.reports)
        lines = [f"Python {platform.python_version()}, {asked.rounds} runs of each command.", ""]
        lines += _start(folder, asked.rounds)
        lines += ["", *_formats(folder, asked.reports)]
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.write:
        before = PAGE.read_text("utf-8").partition(_MEASURED)[0]
        PAGE.write_text(f"{before}{_MEASURED}\n{text}", encoding="utf-8")


def _write(folder: Path, suffix: str, count: int) -> None:
    if layout := _LAYOUTS.get(suffix):
        write_reports(folder, count, "--layout", layout)
        return
    folder.mkdir()
    for number in range(count):
        rng = Random(f"{suffix} {number}")
        blocks = official(make(rng, SIZES[number % len(SIZES)]), rng)
        (folder / f"{number:05}.{suffix}").write_bytes(_OFFICE[suffix](blocks))


def _start(folder: Path, rounds: int) -> Iterator[str]:
    """Yields a table of whole processes on one report, run in turn."""
    one = {suffix: str(min((folder / suffix).iterdir())) for suffix in (*_LAYOUTS, *_OFFICE)}
    commands = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`disclosure-lint --version`": [*linter(), "--version"],
    } | {f"`check` of one .{suffix}": [*linter(), "check", "--isolated", path] for suffix, path in one.items()}
    yield "| a process | least ms | median ms | times `pass` |"
    yield "| --- | ---: | ---: | ---: |"
    costs = in_turn(list(commands.values()), rounds)
    least = min(run.cpu for run in costs[0])
    for name, runs in zip(commands, costs, strict=True):
        cpus = [run.cpu for run in runs]
        yield f"| {name} | {min(cpus):.1f} | {median(cpus):.1f} | {min(cpus) / least:.1f} |"


def _formats(folder: Path, count: int) -> Iterator[str]:
    """Yields a table of what each format costs, a report: added to a run, and within the process."""
    yield "| a report | KB | added to a run, ms | read and bind, ms | all rules, ms | all, ms |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for suffix in (*_LAYOUTS, *_OFFICE):
        files = sorted((folder / suffix).iterdir())
        few, many = (min(one.cpu for one in judged(some)) for some in (files[:1], files))
        command = [sys.executable, "-m", "benchmarks.in_process", "--no-growth", str(folder / suffix)]
        found = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
        size, added = sum(path.stat().st_size for path in files) / count / 1000, (many - few) / (count - 1)
        inside = " | ".join(f"{found[step]:.1f}" for step in ("parse", "check", "lint"))
        yield f"| .{suffix} | {size:.0f} | {added:.1f} | {inside} |"


if __name__ == "__main__":
    main()
