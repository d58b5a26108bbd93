"""What a user waits for, in processor time: `python -m benchmarks [--rounds 10] [--reports 60] [--write]`.

Prints what a process takes on one report and what each further one adds, by format and beside other linters in the same
run; then the steps within the process, many files, wrong numbers, and keystrokes. `--write` puts the tables and a plot
into docs/performance.md. The other scripts here ask further.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from benchmarks.language_server import Server, Typist, report_text
from benchmarks.many_files import run
from benchmarks.measuring import ROOT, Cost, forget_results, in_turn, linter, own_cache, write_reports
from benchmarks.peers import PEERS, installed
from benchmarks.plot import Bar, Panel, svg

PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "pictures" / "performance.svg"
_MEASURED = "## Measured\n"
_FORMATS = ("txt", "md", "docx", "html", "pdf")
_MANY, _FEW = 300, 100
_TABLES, _EDITS = 60, 300


class Section(NamedTuple):
    """What was measured, for the page and for the plot."""

    lines: Sequence[str]
    panels: Sequence[Panel]


class Tool(NamedTuple):
    """A linter and the files that it is given."""

    name: str
    command: Sequence[str]
    files: Sequence[str]
    is_ours: bool = False


def main() -> None:
    """Prints the tables, and writes them into the page if that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10, help="runs of each command, of which the least counts")
    parser.add_argument("--reports", type=int, default=60, help="reports of each format")
    parser.add_argument("--write", action="store_true", help="put tables and plot into docs/performance.md")
    asked = parser.parse_args()
    about = f"Python {platform.python_version()}, {os.cpu_count()} processors, {asked.rounds} runs of each command."
    parts: list[str] = []
    panels: list[Panel] = []
    with own_cache() as folder:
        # In a process of its own: what this one has in memory, those that it starts are said to have had.
        command = [sys.executable, "-m", "benchmarks.reports", str(folder), str(asked.reports)]
        subprocess.run(command, cwd=ROOT, check=True)
        tools = list(_tools(folder))
        for section in (
            _processes(tools, asked.rounds),
            _further(tools, max(2, asked.rounds // 3)),
            _inside(folder),
            _many_files(folder),
            _wrong_numbers(),
            _keystrokes(),
        ):
            print("\n".join(section.lines), end="\n\n", flush=True)
            parts.append("\n".join(section.lines))
            panels += section.panels
    if asked.write:
        before = PAGE.read_text("utf-8").partition(_MEASURED)[0]
        shown = f"![The same as bars](pictures/{PICTURE.name})"
        text = "\n\n".join([about, shown, *parts])
        PAGE.write_text(f"{before}{_MEASURED}\n{text}\n", encoding="utf-8")
        PICTURE.write_text(svg("What disclosure-lint costs", panels), encoding="utf-8")


def _tools(folder: Path) -> Iterator[Tool]:
    files = {suffix: sorted(map(str, (folder / suffix).iterdir())) for suffix in (*_FORMATS, "yaml")}
    for suffix in _FORMATS:
        yield Tool(
            f"disclosure-lint, .{suffix}", [*linter(), "check", "--isolated", "--jobs", "1"], files[suffix], True
        )
    for peer, version in installed(PEERS):
        yield Tool(f"{peer.name} {version}", peer.command, files[peer.suffix])


def _processes(tools: Sequence[Tool], rounds: int) -> Section:
    """Returns what whole processes take on one report, run in turn."""
    commands: dict[str, Sequence[str]] = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`disclosure-lint --version`": [*linter(), "--version"],
    }
    commands |= {tool.name: [*tool.command, tool.files[0]] for tool in tools}
    costs = in_turn(list(commands.values()), rounds)
    floor = _least(costs[0])
    lines = [
        "| a process on one report | least ms | median ms | times `pass` | MB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, runs in zip(commands, costs, strict=True):
        cpus = [one.cpu for one in runs]
        lines.append(f"| {name} | {min(cpus):.1f} | {median(cpus):.1f} | {min(cpus) / floor:.1f} | {_peak(runs)} |")
    bars = [Bar("python -c pass", floor, False)]
    bars += [Bar(tool.name, _least(runs), tool.is_ours) for tool, runs in zip(tools, costs[2:], strict=True)]
    return Section(lines, [Panel("A process that looks at one report", "milliseconds of processor time", bars)])


def _further(tools: Sequence[Tool], rounds: int) -> Section:
    """Returns what each further report adds to a run, and the most memory of the run on all."""
    few = [[*tool.command, tool.files[0]] for tool in tools]
    many = [[*tool.command, *tool.files] for tool in tools]
    costs = in_turn([*few, *many], rounds)
    added = [
        (_least(all_) - _least(one)) / (len(tool.files) - 1)
        for tool, one, all_ in zip(tools, costs[: len(tools)], costs[len(tools) :], strict=True)
    ]
    ours = next(each for tool, each in zip(tools, added, strict=True) if tool.name.endswith(".md"))
    lines = [
        "| a further report | KB | added, ms | times ours as .md | MB, all |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for tool, each, runs in zip(tools, added, costs[len(tools) :], strict=True):
        size = sum(Path(path).stat().st_size for path in tool.files) / len(tool.files) / 1000
        lines.append(f"| {tool.name} | {size:.0f} | {each:.1f} | {each / ours:.2f} | {_peak(runs)} |")
    bars = [Bar(tool.name, each, tool.is_ours) for tool, each in zip(tools, added, strict=True)]
    return Section(lines, [Panel("A further report of a run", "milliseconds of processor time", bars)])


def _least(runs: Sequence[Cost]) -> float:
    return min(one.cpu for one in runs)


def _peak(runs: Sequence[Cost]) -> str:
    """Returns the most memory of some runs; the system counts that of this process in, from which they started."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    peak = max(one.peak for one in runs)
    return f"≤ {own:.0f}" if peak <= own else f"{peak:.0f}"


def _inside(folder: Path) -> Section:
    """Returns the steps within the process by format, and how the time grows with a report's length."""
    lines = ["| within the process | read and bind, ms | all rules, ms | all, ms |", "| --- | ---: | ---: | ---: |"]
    growth: dict[str, float] = {}
    for suffix in _FORMATS:
        more = [] if suffix == "txt" else ["--no-growth"]
        command = [sys.executable, "-m", "benchmarks.in_process", *more, str(folder / suffix)]
        found = json.loads(subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)
        lines.append(f"| .{suffix} | " + " | ".join(f"{found[step]:.1f}" for step in ("parse", "check", "lint")) + " |")
        growth |= found["growth"]
    lines += ["", "| a report so many times as long | ms for its length once |", "| --- | ---: |"]
    lines += [f"| {times} | {each:.1f} |" for times, each in growth.items()]
    bars = [Bar(f"{times} times as long", each) for times, each in growth.items()]
    return Section(lines, [Panel("A longer report, for its length once", "milliseconds of processor time", bars)])


def _many_files(folder: Path) -> Section:
    """Returns what processes, the cache and other commands make of many files; an error if outputs differ."""
    for count in (_FEW, _MANY):
        write_reports(folder / str(count), count)
    few, many = str(folder / str(_FEW)), str(folder / str(_MANY))
    runs = (
        (f"`check`, {_FEW} reports, one process", ["check", "--jobs", "1", few], False),
        (f"`check`, {_MANY}, one process", ["check", "--jobs", "1", many], False),
        (f"`check`, {_MANY}, two processes", ["check", "--jobs", "2", many], False),
        (f"`check`, {_MANY}, once more", ["check", "--jobs", "1", many], True),
        (f"`overview`, {_MANY}, two processes", ["overview", "--jobs", "2", many], False),
        (f"`facts`, {_MANY}, two processes", ["facts", "--jobs", "2", "--format", "csv", many], False),
    )
    lines = ["| many files | s by the clock | s of processor | ms each | MB, all processes |"]
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    bars, printed = [], set()
    for name, words, has_results in runs:
        if not has_results:
            forget_results()
        one = run([*linter(), words[0], "--isolated", *words[1:]])
        count = _FEW if words[-1] == few else _MANY
        each = one.cpu / count * 1000
        lines.append(f"| {name} | {one.wall:.2f} | {one.cpu:.2f} | {each:.1f} | {one.peak:.0f} |")
        bars.append(Bar(name.replace("`", ""), one.wall))
        printed.add(one.printed if words[0] == "check" and count == _MANY else None)
    if len(printed - {None}) > 1:
        raise SystemExit("runs on the same files did not print the same")
    return Section(lines, [Panel("Many files", "seconds by the clock", bars)])


def _wrong_numbers() -> Section:
    """Returns how often wrong cells of table 三 are named, and how long that takes."""
    lines = [
        f"| wrong cells, {_TABLES} tables each | right | among several | said to be uncertain | wrong | median ms |"
    ]
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    # Not before: see above.
    from benchmarks.localize import KINDS, slipped, tried
    from disclosure_lint.engine.linter import Linter

    judge = Linter.default()
    bars = []
    for size in KINDS:
        for count in (1, 2, 3):
            found = tried(judge, size, slipped, count, _TABLES)
            ends = [found.ends[end] / _TABLES for end in ("right", "listed", "ambiguous")]
            ends.append((found.ends["wrong"] + found.ends["only"]) / _TABLES)
            shares, middle = " | ".join(f"{share:.0%}" for share in ends), median(found.times)
            lines.append(f"| {size}, {count} | {shares} | {middle:.1f} |")
            bars.append(Bar(f"{size}, {count} wrong", middle))
    return Section(lines, [Panel("To find which numbers are wrong", "milliseconds of processor time", bars)])


def _keystrokes() -> Section:
    """Returns how long an editor waits, and the memory of the language server."""
    typist = Typist(Server(), report_text())
    typist.open()
    for _ in range(10):  # the first ones load rules
        typist.type()
    waits = [typist.type() for _ in range(_EDITS)]
    memory = typist.server.memory() if Path("/proc/self/statm").exists() else 0
    typist.server.stop()
    times = {
        "to its diagnostics": [wait.diagnostics for wait in waits],
        "to an answer (hover)": [wait.answer for wait in waits],
    }
    lines = [f"| a keystroke, {_EDITS} of them | median ms | 95 % ms |", "| --- | ---: | ---: |"]
    lines += [f"| {name} | {median(each):.1f} | {quantiles(each, n=20)[18]:.1f} |" for name, each in times.items()]
    lines += ["", f"The language server has {memory:.0f} MB then."]
    bars = [Bar(f"{name}, median", median(each)) for name, each in times.items()]
    bars += [Bar(f"{name}, 95 %", quantiles(each, n=20)[18]) for name, each in times.items()]
    return Section(lines, [Panel("A keystroke in an editor", "milliseconds by the clock", bars)])


if __name__ == "__main__":
    main()
