"""Runs editors without a screen, each with a script that writes down what it sees: `tests/editors`."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.editor import units

ROOT = Path(__file__).resolve().parents[1]
EDITORS = ROOT / "editors"
SCRIPTS = ROOT / "tests" / "editors"
_HANGS = 90
"""Seconds after which an editor is stopped; the scripts themselves give up earlier."""


class Finding(NamedTuple):
    """What an editor shows at a place."""

    code: str
    line: int
    column: int
    """From 0, in the editor's units."""
    text: str
    """What stands at the place."""
    message: str


_GOOD = (ROOT / "examples" / "good" / "township-pipes.md").read_text(encoding="utf-8")
_TITLE, _ROW, _NEXT = "## 一、总体情况", "| 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 |", "## 六"
_WRONG_TITLE = "## 一、总体工作情况"
MENDED = _GOOD.replace(_ROW, _ROW.replace("0 | 1", "0 | 2")).replace(_NEXT, f"𬭁河口发布信息____条。\n\n{_NEXT}")
"""The report after the fix that is safe."""
REPORT = MENDED.replace(_TITLE, _WRONG_TITLE)
"""Its first heading can be mended, a total is wrong, and a gap comes after a character beyond the BMP."""
_PLACES = {
    "DL103": ("## ", "一、总体工作情况", "the title of section 一 is “总体工作情况”"),
    "DL304": ("| 1 | 0 | 0 | 0 | ", "2", "table 4, block “行政复议” (reconsideration): the total is 2,"),
    "DL112": ("𬭁河口发布信息", "____条", "“____条” looks like an unfilled part of a template"),
}
"""For each finding: what stands before it on the line, what it is about, and how its message begins."""


def expected(encoding: str, *codes: str) -> set[Finding]:
    """Returns what an editor has to show that counts columns in units of this encoding; all findings without codes."""
    found = set()
    for code in codes or _PLACES:
        before, text, message = _PLACES[code]
        line = REPORT[: REPORT.index(before + text)].count("\n") + 1
        found.add(Finding(code, line, units(before, encoding), text, message))
    return found


def shown(findings: list[dict[str, Any]]) -> set[Finding]:
    """Returns what an editor showed, with messages as far as they are expected."""
    return {
        Finding(one["code"], one["line"], one["column"], one["text"], one["message"][: len(_PLACES[one["code"]][2])])
        for one in findings
    }


def write_report(name: str = "2024 年报.md", encoding: str = "utf-8") -> Path:
    """Writes the report into the working directory."""
    path = Path(name).absolute()
    path.write_bytes(REPORT.encode(encoding))
    return path


def program() -> Path:
    """Returns the command `disclosure-lint` of this checkout, in a folder of its own."""
    path = Path("bin/disclosure-lint").absolute()
    if not path.exists():
        path.parent.mkdir()
        path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m disclosure_lint "$@"\n')
        path.chmod(0o755)
    return path


def wanted(editor: str) -> str:
    """Returns where an editor is; passes the test over if it is nowhere."""
    found = shutil.which(editor)
    if found is None or os.name == "nt":
        pytest.skip(f"{editor} is not installed")
    return found


def drive(*command: str | Path, **environment: str) -> dict[str, Any]:
    """Returns what the script of an editor wrote down."""
    result = Path("result.json").absolute()
    result.unlink(missing_ok=True)
    ended = run(*command, environment={**environment, "RESULT": str(result)})
    assert result.exists(), ended.stdout
    seen: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    assert "error" not in seen, (seen, ended.stdout)
    return seen


def run(
    *command: str | Path, environment: Mapping[str, str], folder: Path | None = None, seconds: int = _HANGS
) -> "subprocess.CompletedProcess[str]":
    """Returns how a program ended that finds our command and none of the user's wishes."""
    path = os.pathsep.join([str(program().parent), os.environ["PATH"]])
    server = json.dumps([str(program()), "server"])
    return subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env={**os.environ, "PATH": path, "SERVER": server, "LC_ALL": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
    )
