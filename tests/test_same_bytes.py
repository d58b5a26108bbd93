"""What is said of hostile files depends on nothing but the files: not on their order, nor on how Python hashes."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

from tests.broken_reports import broken
from tests.command_line import own_place, run
from tests.fuzz.readers import formats
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")


def corpus(*left_out: str) -> list[str]:
    """Writes damaged files of every format, and reports with mistakes, into a folder; returns their names."""
    Path("all").mkdir()
    for suffix, output_format in formats().items():
        for kind, damage in output_format.damages.items() if suffix not in left_out else ():
            for number in range(some(2)):
                Path("all", f"{kind}{number}.{suffix}").write_bytes(damage(Random(f"same {number} {kind}")))
    for number in range(some(4)):
        rendered = broken(number, 6)
        Path("all", f"broken{number}{rendered.suffix}").write_text(rendered.text, encoding="utf-8")
    return [f"all/{path.name}" for path in sorted(Path("all").iterdir())]


def output(seed: int, *command: str) -> bytes:
    """Returns what a command writes, with the given seed for hashes."""
    return subprocess.run(
        [sys.executable, "-m", "disclosure_lint", *command],
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        check=False,
    ).stdout


@pytest.mark.long
@pytest.mark.parametrize(
    "command",
    [["check", "-v", "--format", "json:out.json"], ["check", "--diff", "--unsafe-fixes"], ["facts"]],
    ids=" ".join,
)
def test_any_hash_seed(command: list[str]) -> None:
    corpus()
    written = set()
    for seed in (0, 1, 2026):
        shown = output(seed, *command, *(["--format", "text"] if "-v" in command else []), "all")
        beside = Path("out.json").read_bytes() if "-v" in command else b""
        written.add((shown, beside))
    assert len(written) == 1
    assert len(next(iter(written))[0]) > 1000


def by_file(lines: str) -> dict[str, list[str]]:
    """Returns the lines about each file."""
    found = defaultdict(list)
    for line in lines.splitlines():
        data = json.loads(line)
        found[data.get("path", "")].append(line)
    return found


def test_any_order_of_files() -> None:
    names = corpus()
    first = by_file(run(["check", "--format", "jsonl", *names]).stdout)
    assert set(first) >= set(names)
    for number in range(3):
        shuffled = Random(number).sample(names, len(names))
        assert by_file(run(["check", "--format", "jsonl", *shuffled]).stdout) == first
    # Rules across reports need the others.
    alone = ["check", "--format", "jsonl", "--ignore", "DL9"]
    together = by_file(run([*alone, *names]).stdout)
    for name in Random(9).sample(names, 8):
        assert by_file(run([*alone, name]).stdout)[name] == together[name]


def test_any_order_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system lists a folder in any order."""
    corpus("pdf")
    first, listing = run(["check", "all"]).stdout, os.scandir

    class Turned:
        def __init__(self, path: str):
            self._scan = listing(path)

        def __enter__(self) -> list[os.DirEntry[str]]:
            with self._scan as entries:
                return sorted(entries, key=lambda entry: entry.name, reverse=True)

        def __exit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr(os, "scandir", Turned)
    assert run(["check", "all"]).stdout == first
