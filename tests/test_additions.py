"""How many files know of a kind of check, an output format, a command, a reader: so many does a new one touch by hand.

Files of the code and of what is installed with it are counted, its own file or folder as one. Besides, a page says what
it is, in both languages, and tests try it.
"""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from disclosure_lint.outputs.formats import BUILT_IN
from tests.command_line import run

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "disclosure_lint"
HOOKS = ".pre-commit-hooks.yaml"
KINDS = {
    found[1]: path
    for path in sorted((SOURCE / "checks").glob("*.py"))
    if (found := re.search(r'^    kind = "(\w+)"$', path.read_text(encoding="utf-8"), re.MULTILINE))
}
FORMATS = [one.name for one in BUILT_IN if one.name not in ("text", "json", "html")]
"""The three that are left out are words for other things too."""
COMMANDS = re.findall(r"^  (\w+) {2,}\S", run(["--help", "--lang", "en"]).stdout, re.MULTILINE)
READERS = {"html": ".html", "pdf": ".pdf", "docx": ".docm"}
"""Rooms of readers with an ending that only the reader is about: `.docx` is also written and converted to."""


@cache
def _mentions() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Returns which files import a module of ours or from it, and in which a text is a word and nothing else."""
    importing, naming = defaultdict(set), defaultdict(set)
    for path in SOURCE.rglob("*.py"):
        file = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                    importing[name.removeprefix("disclosure_lint.")].add(file)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                naming[node.value].add(file)
    return importing, naming


def importing(module: str) -> set[str]:
    """Returns the files that import a module of ours, or from it."""
    return _mentions()[0].get(module, set())


def naming(word: str) -> set[str]:
    """Returns the files in which a text is that word and nothing else."""
    return _mentions()[1].get(word, set())


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_check_is_known_in_three_files(kind: str) -> None:
    own = KINDS[kind]
    template = SOURCE / "proof" / "templates" / f"{kind}.toml"
    assert template.is_file()
    assert len({own.name, template.name} | importing(f"checks.{own.stem}")) <= 3


@pytest.mark.parametrize("name", FORMATS)
def test_an_output_format_is_known_in_two_files(name: str) -> None:
    (module,) = (made._module for made in BUILT_IN if made.name == name)
    # `facts` has formats of its own, and a reader tells a user of files with that ending what to check instead.
    others = {f"outputs/{name}.py", "cli/facts.py", "readers/unsupported.py"}
    assert len({f"outputs/{module}.py"} | naming(name) - others) <= 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_known_in_three_files(command: str) -> None:
    known = {file for file in naming(command) if file.startswith("cli/")} | importing(f"cli.{command}")
    assert len({f"cli/{command}.py"} | known) <= 3


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_known_in_five_files(reader: str) -> None:
    # Pages are written as well.
    known = naming(READERS[reader]) - {"outputs/html/writer.py"} | importing(f"readers.{reader}")
    assert READERS[reader][1:] in (ROOT / HOOKS).read_text(encoding="utf-8")
    assert len({reader, HOOKS} | {file for file in known if not file.startswith(f"readers/{reader}/")}) <= 5


def test_there_are_some_of_each() -> None:
    assert {"equation", "pattern", "division"} <= KINDS.keys()
    assert {"check", "explain", "server"} <= set(COMMANDS)
    assert len(FORMATS) > 5
