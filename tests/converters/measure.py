"""Counts how reports are read after other programs had them: `python -m tests.converters.measure [--reports N]`.

What a program made is kept in a folder outside the repository, so that measuring another version of the code takes
seconds. For each program: cells that are right, left open and wrong, and findings that are false.
"""

import argparse
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import disclosure_lint
from disclosure_lint.engine.linter import Linter
from tests.converters import pdf, web, word
from tests.converters.sources import Source, source
from tests.converters.tools import ConversionError, Tool
from tests.generation.judging import Verdict, judge

CACHE = Path(tempfile.gettempdir()) / "disclosure-lint-converters"
CONVERTERS: tuple[Tool, ...] = (*word.TOOLS, *web.TOOLS)
TOOLS: tuple[Tool, ...] = (*CONVERTERS, *pdf.PRINTERS, *pdf.TOOLS)
"""All programs: those for Word files and pages, those that print, those for what was printed."""
START, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_UNSAFE = re.compile(r"[^\w.+-]+")


class Made(NamedTuple):
    """A file that a program made, or several one after the other."""

    source: Source
    tools: tuple[Tool, ...]
    path: Path

    @property
    def name(self) -> str:
        """What it went through."""
        return " > ".join(tool.name for tool in self.tools)

    def judged(self, linter: Linter) -> Verdict:
        """Returns how it is read."""
        source = self.source
        name = f"report.{self.tools[-1].gives}"
        return judge(linter, name, self.path.read_bytes(), source.values, source.unknown, source.codes)


class Cache:
    """Files that programs made, kept by what was given to which version of them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.failures: dict[str, str] = {}
        """What a program said that made nothing, by its name."""

    def made(self, source: Source, tools: Sequence[Tool], data: bytes) -> Made | None:
        """Returns what the last of the programs makes of a file; None if it makes nothing, or is not installed."""
        tool = tools[-1]
        if tool.missing:
            return None
        path = self.path(source, tools, data)
        if not path.is_file():
            try:
                found = tool.run(data)
            except ConversionError as failure:
                self.failures.setdefault(" > ".join(one.name for one in tools), str(failure))
                return None
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(found)
            part.replace(path)
        return Made(source, tuple(tools), path)

    def path(self, source: Source, tools: Sequence[Tool], data: bytes) -> Path:
        """Returns where the file is kept."""
        key = sha256(f"{tools[-1].name}\0{tools[-1].version}\0".encode() + data).hexdigest()[:12]
        folder = _UNSAFE.sub("-", tools[-1].name).strip("-")
        before = "".join(f"{_UNSAFE.sub('-', tool.name)}-" for tool in tools[:-1])
        return self.folder / folder / f"{source.name}-{before}{key}.{tools[-1].gives}"


def made(cache: Cache, sources: Iterable[Source], wanted: Iterable[str] = ()) -> Iterator[Made]:
    """Yields all files that programs make of some reports; with `wanted`, those of the programs so named only."""
    names = set(wanted) or {tool.name for tool in TOOLS}
    for each in sources:
        given = {"docx": each.docx, "html": each.html}
        for tool in CONVERTERS:
            if tool.name in names and (found := cache.made(each, [tool], given[tool.takes])):
                yield found
        later = [tool for tool in pdf.TOOLS if tool.name in names]
        for printer in pdf.PRINTERS:
            if not later and printer.name not in names:
                continue
            printed = cache.made(each, [printer], given[printer.takes])
            if printed is None:
                continue
            if printer.name in names:
                yield printed
            data = printed.path.read_bytes()
            yield from filter(None, (cache.made(each, [printer, tool], data) for tool in later))


def sources(count: int, kinds: Sequence[str] = ()) -> list[Source]:
    """Returns so many reports, fewer where what is to be done to them cannot be done."""
    return [found for number in range(count) if (found := source(number, kinds))]


def main() -> int:
    """Prints a line for each program; 1 if there was a fault."""
    options = _parser().parse_args()
    print(f"# {Path(disclosure_lint.__file__).parent}; files in {options.cache}", file=sys.stderr)
    linter, cache = Linter.default(), Cache(options.cache)
    sums: dict[str, Verdict] = {tool.name: Verdict() for tool in TOOLS}
    files: dict[str, int] = defaultdict(int)
    kinds = options.disturbance.split("+") if options.disturbance else []
    for found in made(cache, sources(options.reports, kinds), options.tools):
        if options.convert_only:
            continue
        verdict = found.judged(linter)
        for name in (found.tools[-1].name, *([found.name] if options.chains and len(found.tools) > 1 else [])):
            sums.setdefault(name, Verdict()).add(verdict)
            files[name] += 1
        if options.show and verdict.faults:
            print(f"{found.path}", *verdict.faults[: options.show], sep="\n    ")
    _print(sums, files)
    for name, failure in cache.failures.items():
        print(f"# {name} made nothing: {' '.join(failure.split())[:200]}")
    for tool in TOOLS:
        if tool.missing:
            print(f"# {tool.name} is not installed: {tool.missing}")
    if options.table:
        _write_table(options.table, sums, files, options.reports)
    return int(any(verdict.faults for verdict in sums.values()))


def _print(sums: dict[str, Verdict], files: dict[str, int]) -> None:
    heads = ("files", "unread", "cells", "right", "open", "WRONG", "blank", "false", "doubt")
    print(f"{'':34} {' '.join(f'{head:>6}' for head in heads)}  right %")
    total = Verdict()
    for name, found in sums.items():
        if files[name]:
            _print_line(name, files[name], found)
            if " > " not in name:
                total.add(found)
    _print_line("ALL", sum(count for name, count in files.items() if " > " not in name), total)


def _print_line(name: str, count: int, found: Verdict) -> None:
    keeps = next(("*" for tool in TOOLS if tool.name == name and tool.columns), " ")
    counts = (
        count, found.unread, found.cells, found.right, found.open,
        len(found.wrong), len(found.blank), len(found.false), found.doubts,
    )  # fmt: skip
    share = 100 * found.right / max(1, found.cells)
    print(f"{keeps} {name:32} {' '.join(f'{number:6}' for number in counts)}  {share:6.2f}")


def _write_table(path: Path, sums: dict[str, Verdict], files: dict[str, int], reports: int) -> None:
    """Puts the table between its marks in a document."""
    lines = [
        f"Measured over {reports} reports.",
        "",
        "| made of | by | its table shows columns | files | cells | read right | said to be unclear | read wrong |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for tool in TOOLS:
        found = sums[tool.name]
        if not files[tool.name]:
            continue
        right, wrong = 100 * found.right / found.cells, len(found.wrong) + len(found.blank)
        columns = "yes" if tool.columns else "no"
        shares = f"{right:.1f} % | {100 * found.open / found.cells:.1f} % | {wrong}"
        lines.append(f"| {tool.takes} | {tool.name} | {columns} | {files[tool.name]} | {found.cells} | {shares} |")
    before, _, rest = path.read_text(encoding="utf-8").partition(START)
    after = rest.partition(END)[2]
    path.write_text(f"{before}{START}\n" + "\n".join(lines) + f"\n{END}{after}", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    names = [tool.name for tool in TOOLS]
    parser = argparse.ArgumentParser(prog="python -m tests.converters.measure", description=__doc__)
    parser.add_argument("--reports", type=int, default=6, help="how many reports (default 6; 30 give all combinations)")
    parser.add_argument("--tools", nargs="+", choices=names, default=(), metavar="TOOL", help="; ".join(names))
    parser.add_argument("--disturbance", metavar="KIND", help="do this to the tables first (kinds with + between them)")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="FOLDER", help=f"default {CACHE}")
    parser.add_argument("--chains", action="store_true", help="a line for each printer with each extractor, too")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the first N faults of each file")
    parser.add_argument("--convert-only", action="store_true", help="fill the folder and judge nothing")
    parser.add_argument("--table", type=Path, metavar="FILE", help="put the table into this document")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
