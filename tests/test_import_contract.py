"""Who may import whom: the contracts of `pyproject.toml`, and for files that there is no circle and no arrow upward."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import tomli

ROOT = Path(__file__).parent.parent
PACKAGE = "disclosure_lint"
LATE = {
    "binding.renamed_sections": 1.1,
    "cli.annotating": 13.4,
    "cli.fixing": 2.5,
    "cli.rule_tests": 13.8,
    "cli.together": 14.0,
    "drafting.word": 9.3,
    "extensions.limits": 1.0,
    "files.writing": 1.1,
    "files.zipped": 9.4,
    "formula.compiler": 56,
    "localize": 4.2,
    "localize.filling": 5.0,
    "lsp.server": 450,
    "outputs.trace": 2.0,
    "packs.compiling": 59,
    "packs.toml_files": 5.1,
    "pytest_plugin.collection": 108,
    "readers.docx.reading": 11.6,
    "readers.drawn": 1.4,
    "readers.html.inside": 5.3,
    "readers.html.reading": 7.7,
    "readers.libre_office": 9.9,
    "readers.pdf.process": 5.0,
    "readers.pdf.reading": 26,
    "readers.redrawn": 1.0,
    "suppress.baseline": 1.2,
}
"""What is imported within functions, with the milliseconds of processor time that a run of `check` on a good report
saves by it (Python 3.11, the least of eight runs on a busy machine). What saves less than one stands at the top."""
LATE_STILL = {
    "annotate.sheets",
    "annotate.word",
    "batch.cluster",
    "batch.plan",
    "batch.running",
    "batch.store",
    "claims.comparing",
    "cli.comparing",
    "divisions.region",
    "engine.comparing",
    "model.patterns",
    "outputs.html.writer",
    "outputs.parquet",
    "outputs.workbook",
    "readers.pdf.marking",
}
"""What saves less: few ask for it, or only other commands than `check` do without it."""


class Import(NamedTuple):
    """A file imports another."""

    importer: str
    imported: str
    is_late: bool
    """Whether within a function."""


@cache
def imports() -> list[Import]:
    """Returns all imports between files of the package, those for type checkers too; names are without the package."""
    source = ROOT / "src" / PACKAGE
    files = {
        path.relative_to(source).with_suffix("").as_posix().replace("/", "."): path for path in source.rglob("*.py")
    }
    modules = {name.removesuffix("__init__").rstrip("."): path for name, path in files.items()}
    found = []
    for name, path in modules.items():
        for target, is_late in _imported(ast.parse(path.read_text(encoding="utf-8")), is_late=False):
            if target.partition(".")[0] == PACKAGE:
                target = target.partition(".")[2]
                found.append(Import(name, target if target in modules else target.rpartition(".")[0], is_late))
    return found


def _imported(node: ast.AST, *, is_late: bool) -> Iterator[tuple[str, bool]]:
    if isinstance(node, ast.Import):
        yield from ((alias.name, is_late) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from ((f"{node.module}.{alias.name}", is_late) for alias in node.names)
    for child in ast.iter_child_nodes(node):
        yield from _imported(child, is_late=is_late or isinstance(node, ast.FunctionDef))


def contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]]
    found = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    return found


def house() -> dict[str, Any]:
    return next(contract for contract in contracts() if contract["containers"] == [PACKAGE])


def test_contracts_are_kept() -> None:
    command = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    ended = subprocess.run([sys.executable, "-c", command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 broken" in ended.stdout


def test_every_room_is_named() -> None:
    assert house()["exhaustive"]
    named = {room.strip() for layer in house()["layers"] for room in layer.split("|")}
    package = ROOT / "src" / PACKAGE
    rooms = {path.stem for path in package.glob("*.py")} - {"__init__"}
    rooms |= {path.parent.name for path in package.glob("*/__init__.py")}
    assert rooms == named | set(house()["exhaustive_ignores"])


def test_no_file_imports_upward_or_from_the_room_beside() -> None:
    floors = {room.strip(): floor for floor, layer in enumerate(house()["layers"]) for room in layer.split("|")}
    wrong = []
    for one in imports():
        room, other = one.importer.partition(".")[0], one.imported.partition(".")[0]
        # The front door names what is public; `__main__` is on top of all.
        if room not in ("", "__main__", other) and floors.get(other, -1) <= floors[room]:
            wrong.append(one)
    assert wrong == []


def test_no_circle_of_files() -> None:
    """Neither through imports within functions, nor through those for type checkers."""
    below: dict[str, set[str]] = {}
    for one in imports():
        below.setdefault(one.importer, set()).add(one.imported)
    reached = {name: _reached(name, below) for name in below}
    circles = {tuple(sorted(other for other in far if name in reached.get(other, ()))) for name, far in reached.items()}
    assert sorted(map(list, circles - {()})) == []


def _reached(name: str, below: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = below.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def test_what_is_imported_late_saves_time() -> None:
    # `__main__` imports nothing before it can tell of a bug.
    late = {one.imported for one in imports() if one.is_late and one.importer != "__main__"}
    assert late == LATE.keys() | LATE_STILL
    assert min(LATE.values()) >= 1
