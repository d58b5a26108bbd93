"""The harness that tries damaged files notices what it is for, puts it aside, and goes on."""

import sys
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.readers import Format, Trial, formats

DAMAGE = """
from time import process_time
import os
def check(kind, data):
    if data == b"2":
        held = bytearray(320 << 20)
    if data == b"4":
        os.abort()
    if data == b"5":
        raise ValueError("a bug")
    if data == b"7":
        end = process_time() + 2.2
        while process_time() < end:
            pass
    return "fine"
"""


@pytest.mark.long
def test_what_is_too_much_or_ends_the_process_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tried.py").write_text(DAMAGE + "DAMAGES = {'any': bytes}\n", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    (tmp_path / "run.py").write_text(
        "import sys, tried\n"
        "from tests.fuzz import readers\n"
        "class Numbered(readers.Format):\n"
        "    def case(self, seed, index):\n"
        "        return f'{seed}/{index}/any', 'any', str(index).encode()\n"
        "readers.formats = lambda: {'tried': Numbered(tried.DAMAGES, tried.check)}\n"
        "readers.work('tried', *sys.argv[3:4], *map(int, sys.argv[4:]))\n",
        "utf-8",
    )

    class Numbered(Format):
        def case(self, seed: str, index: int) -> tuple[str, str, bytes]:
            return f"{seed}/{index}/any", "any", str(index).encode()

    trial = Trial("tried", Numbered({"any": lambda _: b""}, lambda _kind, _data: ""), "1", tmp_path / "found")
    trial.command = [sys.executable, str(tmp_path / "run.py"), "--work"]
    trial.run(0, 10, 60.0)
    said = {
        path.stem.removeprefix("tried-"): path.read_text("utf-8").split("\n", 1)[1]
        for path in (tmp_path / "found").glob("*.txt")
    }
    assert set(said) == {"1-2-any", "1-4-any", "1-5-any", "1-7-any"}
    assert "MB" in said["1-2-any"]
    assert "the process ended" in said["1-4-any"]
    assert "ValueError: a bug" in said["1-5-any"]
    assert "s of processor time" in said["1-7-any"]
    assert (tmp_path / "found" / "tried-1-4-any.tried").read_bytes() == b"4"


@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        # A heading that was like a section's, but not chosen for it.
        ("pdf", "sec-1129/1013/content"),
        # A row of cells with a gap, and a number below it that may be the page's.
        ("pdf", "sec-1129/4824/content"),
    ],
)
def test_what_was_found_is_mended(suffix: str, name: str) -> None:
    damages, check = formats()[suffix]
    kind = name.rpartition("/")[2]
    assert check(kind, damages[kind](Random(name))) in ("linted", "not_a_report", "unreadable")
