"""Other linters on the same reports: installed once into `.peers` beside the project, each left out where that fails.

None of them knows what an annual report must say, and some find nothing in Chinese at all: what is compared is what a
user waits for.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import ROOT

_FOLDER = ROOT / ".peers"
_PYTHON = _FOLDER / "python"
_NODE = _FOLDER / "node"
_SECONDS = 240
"""For the installation of one."""
_AUTOCORRECT = (
    "import sys, autocorrect_py\n"
    "for path in sys.argv[1:]:\n"
    "    with open(path, encoding='utf-8') as file:\n"
    "        autocorrect_py.lint_for(file.read(), path)\n"
)


class Peer(NamedTuple):
    """A linter as it is started; files come behind the words."""

    name: str
    package: str
    command: tuple[str, ...]
    suffix: str = "md"
    more: tuple[str, ...] = ()
    """What it needs besides."""

    @property
    def is_python(self) -> bool:
        """Whether pip installs it; else npm does."""
        return self.command[0].startswith(str(_PYTHON))


def _node(name: str, *words: str) -> tuple[str, ...]:
    return (str(_NODE / "node_modules" / ".bin" / name), *words)


_RULES = ("--no-color", "--rules-base-directory", str(_NODE / "node_modules"), "--rule", "no-todo")
PEERS = (
    Peer("autocorrect (Rust)", "autocorrect-py", (str(_PYTHON / "bin" / "python"), "-c", _AUTOCORRECT)),
    Peer("proselint", "proselint", (str(_PYTHON / "bin" / "proselint"), "check")),
    Peer("yamllint, on YAML", "yamllint", (str(_PYTHON / "bin" / "yamllint"),), "yaml"),
    Peer("markdownlint-cli2", "markdownlint-cli2", _node("markdownlint-cli2")),
    Peer("textlint, one rule", "textlint", _node("textlint", *_RULES), more=("textlint-rule-no-todo",)),
)


def installed(peers: Sequence[Peer] = PEERS) -> Iterator[tuple[Peer, str]]:
    """Yields the peers that are there, with their versions; says of each other one that it is left out, and why."""
    for peer in peers:
        try:
            if not Path(peer.command[0]).exists():
                _install(peer)
            yield peer, _version(peer)
        except (OSError, subprocess.SubprocessError) as error:
            said = (getattr(error, "stderr", None) or str(error)).strip().splitlines()
            print(
                f"{peer.name} is left out: it could not be installed ({said[-1] if said else error})", file=sys.stderr
            )


def _install(peer: Peer) -> None:
    """Raises OSError or SubprocessError if that fails."""
    if peer.is_python:
        if not _PYTHON.exists():
            _run([sys.executable, "-m", "venv", str(_PYTHON)])
        _run([str(_PYTHON / "bin" / "python"), "-m", "pip", "install", "-q", peer.package])
        return
    npm = shutil.which("npm")
    if npm is None:
        raise OSError("npm is not there")
    _NODE.mkdir(parents=True, exist_ok=True)
    words = ["--prefix", str(_NODE), "--silent", "--no-audit", "--no-fund"]
    _run([npm, "install", *words, peer.package, *peer.more])


def _version(peer: Peer) -> str:
    if peer.is_python:
        code = f"from importlib.metadata import version; print(version({peer.package!r}))"
        return _run([str(_PYTHON / "bin" / "python"), "-c", code]).strip()
    about = json.loads((_NODE / "node_modules" / peer.package / "package.json").read_text(encoding="utf-8"))
    return str(about["version"])


def _run(command: list[str]) -> str:
    ended = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)
    return ended.stdout
