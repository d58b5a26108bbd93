"""Runs commands for tests: in this process on a console of any encoding, or as a process of its own."""

import io
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from disclosure_lint.cli.main import main

COMMANDS = Path(__file__).parent / "commands"
TOWN = COMMANDS / "town.in"
GOOD = TOWN / "杏花坞镇.md"
BAD = TOWN / "柳叶湾镇" / "2024年报.txt"


_OF_SEVERAL_RULES = re.compile(r"^(?:规则 (?:[2-9]|\d\d+) 条|\d+ rules|变异：|mutants: ).*$", re.MULTILINE)
_GROWING = re.compile(r"(?:规则|判定|[：，]通过|不适用|年报改出|mutants:) \d+|\d+ (?:rules|verdicts|passed|not)\b")


def settled(text: str) -> str:
    """Returns output without the numbers that grow with the rules that there are: a new rule changes no page."""
    return _OF_SEVERAL_RULES.sub(lambda line: _GROWING.sub("N", line[0]), text)


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    stdout: str
    stderr: str


def run(args: list[str], stdin: bytes = b"", encoding: str = "utf-8") -> Ended:
    """Returns how a command ended that ran within this process on a console of that encoding."""
    buffers = {"stdout": io.BytesIO(), "stderr": io.BytesIO()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        for name, buffer in buffers.items():
            patch.setattr(sys, name, io.TextIOWrapper(buffer, encoding=encoding, newline="\n", write_through=True))
        status = main(args)
        return Ended(status, *(buffer.getvalue().decode(encoding) for buffer in buffers.values()))


def start(args: list[str], **environment: str) -> "subprocess.Popen[bytes]":
    """Returns the running process of a command."""
    return subprocess.Popen(
        [sys.executable, "-m", "disclosure_lint", *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def start_server() -> "subprocess.Popen[bytes]":
    """Returns the running process of a language server, whose standard input is a pipe."""
    command = [sys.executable, "-m", "disclosure_lint", "server"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@pytest.fixture
def own_place(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, a cache of the test run, and none of the user's wishes."""
    monkeypatch.setenv("DISCLOSURE_LINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
    for name in ("DISCLOSURE_LINT_LANG", "NO_COLOR", "PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.delenv(name, raising=False)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here
