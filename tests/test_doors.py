"""Files of strangers are read and written, and people are spoken to, through one door each: nothing goes around it."""

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import disclosure_lint

SOURCE = Path(disclosure_lint.__file__).parent

READING = {"open", "fdopen", "read_bytes", "read_text"}
WRITING = {"write_bytes", "write_text", "mkstemp", "NamedTemporaryFile", "replace", "rename", "link", "symlink"}
SPEAKING = {"print", "print_exc", "print_exception"}

OUR_DATA = "it is a file of ours"
MAY_READ = {
    "extensions/limits.py": "a pipe from a copy of this process",
    "extensions/registry.py": "what is installed is code",
    "divisions/table.py": OUR_DATA,
    "files/reading.py": "the door",
    "files/writing.py": "the door",
    "lsp/server.py": "standard output, which is open",
    "outputs/console.py": "standard streams that are closed",
    "outputs/html/page.py": OUR_DATA,
    "cli/streams.py": "a device or a pipe that the user named as output",
    "proof/template.py": OUR_DATA,
    "files/zipped.py": "a part of a ZIP file that is open",
    "readers/libre_office.py": "a file in a folder that is made for it",
    "many/work.py": "standard input and output, which are open",
    "readers/pdf/worker.py": "standard output, which is open",
}
MAY_WRITE = {
    "files/writing.py": "the door",
    "readers/libre_office.py": "a file in a folder that is made for it",
}
MAY_CONNECT = {
    "batch/store.py": "where the user gives an address for input or output",
    "batch/cluster.py": "workers of this machine, or of the scheduler whose address the user gives",
    "readers/libre_office.py": "pipes on this machine (AF_UNIX), to remove those at which nobody listens",
}
MAY_SPEAK = {
    "outputs/console.py": "the door to standard error",
    "cli/streams.py": "the door to standard output",
}


class Call(NamedTuple):
    """Where a function is called, by which name, and what it is an attribute of."""

    file: str
    name: str
    owner: str = ""


class Import(NamedTuple):
    """Where a module is imported."""

    file: str
    name: str


@cache
def used() -> tuple[frozenset[Call], frozenset[Import]]:
    """Returns all calls and imports of the package; each file is looked through once for all tests."""
    calls: set[Call] = set()
    imports: set[Import] = set()
    for path in SOURCE.rglob("*.py"):
        file = path.relative_to(SOURCE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imports |= {Import(file, alias.name) for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imports.add(Import(file, node.module or ""))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                calls.add(Call(file, node.func.id))
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                calls.add(Call(file, node.func.attr, ast.unparse(node.func.value)))
    return frozenset(calls), frozenset(imports)


def _is_of_files(name: str, owner: str) -> bool:
    if name == "open":
        return owner not in ("baselines", "self._matching")  # methods of ours
    return name not in ("replace", "rename", "link") or owner in ("os", "shutil")


def _speaks(name: str, owner: str) -> bool:
    return name in SPEAKING or (name in ("write", "writelines") and owner.startswith(("sys.std", "sys.__std")))


def test_nothing_reads_around_the_door() -> None:
    found = {one.file for one in used()[0] if one.name in READING and _is_of_files(one.name, one.owner)}
    assert found == set(MAY_READ)


def test_nothing_writes_around_the_door() -> None:
    found = {one.file for one in used()[0] if one.name in WRITING and _is_of_files(one.name, one.owner)}
    assert found == set(MAY_WRITE)


def test_nothing_speaks_around_the_door() -> None:
    found = {one.file for one in used()[0] if _speaks(one.name, one.owner)}
    assert found == set(MAY_SPEAK)


def test_nothing_talks_to_the_network() -> None:
    """Not a module that could is imported, but for what stays on the machine."""
    able = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "requests", "httpx", "aiohttp"}
    able |= {"fsspec", "distributed"}
    found = {one.file for one in used()[1] if any(one.name == name or one.name.startswith(name + ".") for name in able)}
    assert found == set(MAY_CONNECT)
