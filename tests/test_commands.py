"""The command line: each file of `commands/` is a command, what it prints, and how it ends.

`X.toml` holds `args` and, where needed, `folder` (a folder `NAME.in` beside it, copied), `stdin`, `env`, `encoding`
of the console, and `[files]`. `[expect]` stands last; `[..]` in it stands for any text within a line. With the
environment variable DISCLOSURE_LINT_UPDATE=1 the expectations that do not hold are written anew.
"""

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import tomli

from tests.command_line import COMMANDS, Ended, own_place, run, settled

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_UPDATE = os.environ.get("DISCLOSURE_LINT_UPDATE") == "1"
_EXPECT = "\n[expect]\n"


@pytest.mark.parametrize("case", sorted(COMMANDS.glob("*.toml")), ids=lambda case: case.stem)
def test_command(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = case.read_text(encoding="utf-8")
    data = tomli.loads(text)
    _lay_out(data)
    for name, value in data.get("env", {}).items():
        monkeypatch.setenv(name, value)
    ended = run(data["args"], data.get("stdin", "").encode(), data.get("encoding", "utf-8"))
    expected = Ended(**data["expect"])
    if _UPDATE and not _agree(expected, ended):
        case.write_text(text.partition(_EXPECT)[0] + _EXPECT + _written(ended), encoding="utf-8")
        return
    assert ended.stderr == _wild(expected.stderr, ended.stderr)
    assert ended.stdout == _wild(expected.stdout, ended.stdout)
    assert ended.status == expected.status


def _lay_out(data: dict[str, Any]) -> None:
    if folder := data.get("folder"):
        shutil.copytree(COMMANDS / f"{folder}.in", ".", dirs_exist_ok=True)
    for name, content in data.get("files", {}).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(content, encoding="utf-8")


def _agree(expected: Ended, ended: Ended) -> bool:
    pairs = ((expected.stdout, ended.stdout), (expected.stderr, ended.stderr))
    return expected.status == ended.status and all(_wild(wanted, found) == found for wanted, found in pairs)


def _wild(expected: str, found: str) -> str:
    """Returns what was found if it fits what was expected, so that a comparison shows only real differences."""
    pattern = "[^\n]*".join(map(re.escape, settled(expected).split("[..]")))
    return found if re.fullmatch(pattern, settled(found)) else expected


def _written(ended: Ended) -> str:
    return f"status = {ended.status}\nstdout = {_toml(ended.stdout)}\nstderr = {_toml(ended.stderr)}\n"


def _toml(text: str) -> str:
    plain = text.replace("\n", "").replace("\t", "")
    if not text or "'''" in text or not plain.isprintable():
        return json.dumps(text, ensure_ascii=False)
    return f"'''\n{text}'''"
