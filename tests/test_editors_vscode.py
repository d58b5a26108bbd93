"""The extension for VS Code: what its manifest says, and, where npm is, its types, its package and how it runs.

It runs in a stand-in for VS Code (tests/editors/vscode.js), with the real client library and the real server.
"""

import json
import os
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disclosure_lint.lsp.client_settings import parsed_settings
from tests.command_line import own_place
from tests.command_line import run as lint
from tests.editor_place import EDITORS, ROOT, drive, expected, program, shown, wanted, write_report

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

FOLDER = EDITORS / "vscode"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
SETTINGS: dict[str, dict[str, Any]] = {
    name.removeprefix("disclosure-lint."): setting
    for name, setting in MANIFEST["contributes"]["configuration"]["properties"].items()
}
DEFAULTS = {name: setting["default"] for name, setting in SETTINGS.items()}
_OFFLINE = re.compile(r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the built and packaged extension; made once, also by several processes of a run."""
    npm, node = wanted("npm"), wanted("node")
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    if int(version[1:].partition(".")[0] or 0) < 20:
        pytest.skip(f"building needs Node.js 20, and here is {version.strip()}")
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, outcome = shared / "vscode", shared / "vscode.txt"
    try:
        folder.mkdir()
    except FileExistsError:
        # Another process of the run, or an earlier test, is at it; it gives up in time.
        while not outcome.exists():
            time.sleep(0.2)
    else:
        draft = outcome.with_suffix(".draft")
        draft.write_text(_package(npm, folder), encoding="utf-8")
        draft.rename(outcome)
    said = outcome.read_text(encoding="utf-8")
    if _OFFLINE.search(said):
        pytest.skip("npm cannot reach its registry")
    assert said == ""
    return folder


def _package(npm: str, folder: Path) -> str:
    """Checks the types, builds and packages; returns what went wrong."""
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("node_modules", "dist"), dirs_exist_ok=True)
    try:
        for words in (["ci", "--ignore-scripts"], ["run", "package"]):
            try:
                ended = subprocess.run(
                    [npm, *words],
                    cwd=folder,
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    text=True,
                    encoding="utf-8",
                    timeout=300,
                )
            except subprocess.TimeoutExpired:
                return f"npm {words[0]} takes too long"
            if ended.returncode:
                return ended.stdout + ended.stderr
        return ""
    finally:
        shutil.rmtree(folder / "node_modules", ignore_errors=True)


def texts(value: Any) -> Iterator[str]:
    """Yields all texts within a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_the_settings_are_those_of_the_server() -> None:
    page = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    section = page.partition("## Settings")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section, re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert set(SETTINGS) == documented | {"path", "trace.server"}
    sent = {name: value for name, value in DEFAULTS.items() if name != "trace.server"}
    assert parsed_settings(sent) == (parsed_settings({})[0], [])


def test_what_the_manifest_says_is_there_in_both_languages() -> None:
    used = {text[1:-1] for text in texts(MANIFEST) if re.fullmatch(r"%[\w.]+%", text)}
    for name in ("package.nls.json", "package.nls.zh-cn.json"):
        assert set(json.loads((FOLDER / name).read_text(encoding="utf-8"))) == used
    source = "".join(path.read_text(encoding="utf-8") for path in (FOLDER / "src").glob("*.ts"))
    said = set(re.findall(r'l10n\.t\("(.+?)"', source))
    assert set(json.loads((FOLDER / "l10n" / "bundle.l10n.zh-cn.json").read_text(encoding="utf-8"))) == said


def test_the_problem_matcher_reads_every_line() -> None:
    (matcher,) = MANIFEST["contributes"]["problemMatchers"]
    pattern = matcher["pattern"]
    for lang in ("zh", "en"):
        lines = lint(["check", "-q", "--lang", lang, str(ROOT / "examples" / "bad")]).stdout.splitlines()
        whole = json.loads(lint(["check", "--format", "json", "--lang", lang, str(ROOT / "examples" / "bad")]).stdout)
        assert len(lines) == len(whole["diagnostics"]) > 10
        assert any("[*]" in line for line in lines)
        for line, one in zip(lines, whole["diagnostics"], strict=True):
            found = re.search(pattern["regexp"], line)
            assert found, line
            read = {key: found[number] for key, number in pattern.items() if key != "regexp"}
            start = one["range"]["start"]
            assert read == {
                "file": one["path"],
                "line": str(start["line"]),
                "column": str(start["column"]),
                **{key: one[key] for key in ("severity", "code", "message")},
            }


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_licence_is_that_of_the_project() -> None:
    assert (FOLDER / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


@pytest.mark.long
def test_what_the_package_holds(built: Path) -> None:
    names = set(zipfile.ZipFile(built / "dist" / "disclosure-lint.vsix").namelist())
    assert {name.removeprefix("extension/") for name in names if name.startswith("extension/")} == {
        *("package.json", "package.nls.json", "package.nls.zh-cn.json", "l10n/bundle.l10n.zh-cn.json"),
        *("readme.md", "README.zh-CN.md", "LICENSE.txt", "dist/extension.js", "dist/LICENSES.txt"),
    }
    licences = (built / "dist" / "LICENSES.txt").read_text(encoding="utf-8")
    assert re.search(r"^vscode-languageclient \d", licences, re.MULTILINE)


@pytest.mark.long
def test_the_extension_shows_what_is_wrong(built: Path) -> None:
    seen = _run(built, str(program()))
    assert shown(seen["before"]) == expected("utf-16-le")
    assert {one["severity"] for one in seen["before"] if one["code"] == "DL304"} == {0}
    assert seen["again"] == len(seen["before"])
    assert seen["complaints"] == []
    assert set(seen["commands"]) == {command["command"] for command in MANIFEST["contributes"]["commands"]}


@pytest.mark.long
def test_a_program_that_is_missing_is_complained_of_once(built: Path) -> None:
    (complaint,) = _run(built, str(Path("nowhere").absolute()), MISSING="1")["complaints"]
    assert complaint.startswith(f"Cannot start “{Path('nowhere').absolute()}”: ")


def _run(built: Path, command: str, **environment: str) -> dict[str, Any]:
    return drive(
        wanted("node"),
        ROOT / "tests" / "editors" / "vscode.js",
        REPORT=str(write_report()),
        PROGRAM=command,
        DEFAULTS=json.dumps(DEFAULTS),
        EXTENSION=str(built / "dist" / "extension.js"),
        **environment,
    )
