"""Streams that are closed, full or a pipe that closes: a status and a message, and never a traceback."""

import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from tests.command_line import BAD, GOOD, own_place

__all__ = ["own_place"]
pytestmark = [
    pytest.mark.usefixtures("own_place"),
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a shell and /dev/full"),
]

COMMANDS: dict[str, tuple[str, int]] = {
    "check": (f"check '{GOOD}'", 0),
    "check bad": (f"check '{BAD}'", 1),
    "check json": (f"check --format json '{GOOD}'", 0),
    "check stdin": ("check -", 0),
    "fix stdin": ("check --fix -", 0),
    "diff": (f"check --diff --select DL103 '{BAD}'", 0),
    "facts": (f"facts '{GOOD}'", 0),
    "show": (f"show '{GOOD}'", 0),
    "explain": ("explain DL303", 0),
    "rules": ("rules list", 0),
    "schema": ("rules schema", 0),
    "new": ("new --agency 某县青山镇人民政府 --year 2024 -", 0),
    "version": ("--version", 0),
    "help": ("--help", 0),
    "help of a command": ("check -h", 0),
    "no such command": ("nonsense", 2),
    "server": ("server", 1),
}
SOME = ("check", "fix stdin", "help of a command", "server")
"""On these all is tried."""
NOTHING_TO_WRITE = {"diff", "no such command", "server"}


def ended(command: str, redirection: str) -> tuple[int, str]:
    """Returns the status and standard error of a command; standard input is a report unless it is redirected."""
    line = f'exec "$0" -m disclosure_lint {command} {redirection}'
    given = b"" if command == "server" else GOOD.read_bytes()
    found = subprocess.run(["/bin/sh", "-c", line, sys.executable], input=given, capture_output=True, check=False)
    return found.returncode, found.stderr.decode()


@pytest.mark.parametrize(("name", "where"), [*product(COMMANDS, (">&-",)), *product(SOME, (">/dev/full",))])
@pytest.mark.long
def test_standard_output(name: str, where: str) -> None:
    command, usual = COMMANDS[name]
    status, said = ended(command, where)
    assert "Traceback" not in said
    if name in NOTHING_TO_WRITE:
        assert status == usual
        return
    reason = "Bad file descriptor" if where == ">&-" else "No space left on device"
    assert (status, said.splitlines()[-1]) == (2, f"错误：输出写不出去：{reason}")


@pytest.mark.parametrize(("name", "where"), [*product(COMMANDS, ("2>/dev/full",)), *product(SOME, ("2>&-",))])
@pytest.mark.long
def test_standard_error(name: str, where: str) -> None:
    """What cannot be said there is not said; standard output and the status are as ever."""
    command, usual = COMMANDS[name]
    status, said = ended(command, where)
    # With --fix on standard input, what is found is written to standard error, and so is lost.
    assert status == (2 if (name, where) == ("fix stdin", "2>/dev/full") else usual)
    assert said == ""


@pytest.mark.parametrize("name", [*SOME, "check stdin"])
def test_standard_input(name: str) -> None:
    command, usual = COMMANDS[name]
    status, said = ended(command, "<&-")
    assert "Traceback" not in said
    assert status == (1 if "stdin" in name else usual)


def test_all_closed() -> None:
    for command, _ in map(COMMANDS.__getitem__, SOME):
        status, said = ended(command, "<&- >&- 2>&-")
        assert status in (0, 1, 2), command
        assert said == ""


def test_the_number_of_a_closed_stream_goes_to_no_file_of_ours() -> None:
    """Else what is meant for a console would be written into the file."""
    status, said = ended(f"check --select DL103 --format json:out.json --format text '{GOOD}'", ">&-")
    assert status == 2
    assert "Bad file descriptor" in said
    status, _ = ended(f"check --format json:out.json --format text '{BAD}'", "2>&-")
    assert status == 1
    assert Path("out.json").read_text(encoding="utf-8").startswith('{"version": 1')


def test_a_list_of_files_on_a_closed_standard_input() -> None:
    status, said = ended("check --files-from -", "<&-")
    assert (status, said.count("\n")) == (2, 1)
    assert "文件清单读不了" in said
