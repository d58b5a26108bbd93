"""What is not loaded while a report is linted: a commit hook and an editor wait for it."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import disclosure_lint
from tests.command_line import GOOD

_REPORT = """
import json, sys
from disclosure_lint.cli.main import main
status = main(["check", "-q", *sys.argv[1:]])
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""
NEVER = {
    "jsonschema",
    "pyparsing",
    "importlib.metadata",
    "asyncio",
    "difflib",
    "email",
    "http",
    "logging",
    "multiprocessing",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "tomli",
    "unittest",
    "urllib.request",
    "xml",
    "zipfile",
    "disclosure_lint.annotate",
    "disclosure_lint.cli.together",
    "disclosure_lint.drafting",
    "disclosure_lint.many",
    "ctypes",
    "pypdfium2_raw",
    "disclosure_lint.readers.docx.reading",
    "disclosure_lint.readers.html.reading",
    "disclosure_lint.readers.libre_office",
    "disclosure_lint.readers.pdf.process",
    "disclosure_lint.localize",
    "fractions",
}


def loaded(cache: Path, *arguments: str) -> set[str]:
    """What is loaded when a run of `check` ends, but not yet by an empty Python."""
    environment = {**os.environ, "DISCLOSURE_LINT_CACHE_DIR": str(cache)}
    environment.pop("COVERAGE_PROCESS_START", None)
    ended = subprocess.run(
        [sys.executable, "-c", _REPORT, *arguments], cwd=cache, env=environment, capture_output=True, text=True
    )
    status, modules = json.loads(ended.stderr.splitlines()[-1])
    assert status == 0, ended.stderr
    empty = subprocess.run([sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True)
    return set(modules) - set(empty.stdout.split())


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report where no configuration file is near, since reading one takes a TOML reader."""
    path = tmp_path / "1.md"
    path.write_bytes(GOOD.read_bytes())
    return path


def test_a_cold_run_validates_the_rules(cache: Path, report: Path) -> None:
    loaded(cache, str(report))
    assert {"jsonschema", "pyparsing", "tomli"} <= loaded(cache, "--no-cache", str(report))


def test_a_warm_run_loads_nothing_heavy(cache: Path, report: Path) -> None:
    loaded(cache, str(report))
    modules = loaded(cache, str(report))
    assert modules & NEVER == set()
    assert {module.partition(".")[0] for module in modules} & {"hypothesis", "pytest"} == set()


def test_what_is_wrong_or_silenced_loads_nothing_heavy(cache: Path, report: Path) -> None:
    wrong = report.read_text(encoding="utf-8").replace("| 0 |", "| 3 |", 1)
    report.write_text("<!-- disclosure-lint: ignore-file[DL] -->\n" + wrong, encoding="utf-8")
    loaded(cache, str(report))
    assert loaded(cache, str(report)) & (NEVER - {"difflib"}) == set()


def test_no_expression_is_compiled_when_a_module_is_imported() -> None:
    """It is by `lazy_re_compile`, at its first use: a run needs half of them."""
    source = Path(disclosure_lint.__file__).parent
    eager = [
        f"{path.relative_to(source)}:{call.lineno}"
        for path in source.rglob("*.py")
        for call in _calls_at_import(ast.parse(path.read_text(encoding="utf-8")))
        if ast.unparse(call.func) == "re.compile"
    ]
    assert eager == []


def _calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, (ast.FunctionDef, ast.Lambda)):
            yield from _calls_at_import(child)
