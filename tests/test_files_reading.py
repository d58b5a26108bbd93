"""Only ordinary files are read, up to a size, and never for ever: links, pipes, devices and huge files everywhere.

Nobody writes to the pipes, so that a test would never end if one were waited for.
"""

import os
import shutil
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from disclosure_lint.files.reading import LARGEST_SETTINGS, RefusedError, read_file
from disclosure_lint.suppress.baseline import _is_of_brackets
from tests.command_line import BAD, GOOD, Ended, own_place, run

__all__ = ["own_place"]
pytestmark = [
    pytest.mark.usefixtures("own_place"),
    pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes"),
]
ODD = "不是普通文件"


def pipe(name: str) -> None:
    os.mkfifo(name)


def endless(name: str) -> None:
    Path(name).symlink_to("/dev/zero")


def terminal(name: str) -> None:
    Path(name).symlink_to("/dev/tty")


def huge(name: str) -> None:
    with Path(name).open("wb") as file:
        file.truncate(1 << 40)


PLANTS = pytest.mark.parametrize("plant", [pipe, endless, terminal, huge], ids=lambda plant: plant.__name__)
Plant = Callable[[str], None]


def refused(ended: Ended, name: str) -> None:
    """A mistake of the user's, told in a line that names the file."""
    assert (ended.status, ended.stdout) == (2, "")
    assert ended.stderr.count("\n") == 1
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr


@PLANTS
def test_documents_in_a_folder(plant: Plant) -> None:
    Path("there").mkdir()
    plant("there/odd")
    Path("reports").mkdir()
    Path("reports/1.md").symlink_to("../there/odd")
    shutil.copy(GOOD, "reports/2.md")
    ended = run(["check", "-q", "reports"])
    first, second = ended.stdout.splitlines()
    assert first.startswith("reports/1.md:1:1: error DL001 ")
    assert second.startswith("reports/2.md:1:3: info DL403 ")
    assert run(["facts", "reports"]).status == 1


@PLANTS
def test_a_baseline_that_a_configuration_names(plant: Plant) -> None:
    plant("odd.json")
    Path("disclosure-lint.toml").write_text('baseline = "odd.json"\n')
    refused(run(["check", str(GOOD), "--config", "disclosure-lint.toml"]), "odd.json")


@PLANTS
def test_a_pack(plant: Plant) -> None:
    Path("pack").mkdir()
    plant("pack/pack.toml")
    Path("disclosure-lint.toml").write_text('packs = ["pack"]\n')
    shutil.copy(GOOD, "1.md")
    refused(run(["check", "1.md"]), "pack")
    Path("disclosure-lint.toml").write_text('packs = ["pack/pack.toml"]\n')
    refused(run(["check", "1.md"]), "pack")


@PLANTS
def test_a_configuration(plant: Plant) -> None:
    shutil.copy(GOOD, "1.md")
    plant("disclosure-lint.toml")
    ended = run(["check", "-q", "1.md"])
    assert ended.status == (2 if plant is huge else 0)  # what is no file is no configuration
    if plant is not pipe:
        refused(run(["check", "--config", "disclosure-lint.toml", "1.md"]), "disclosure-lint.toml")


@PLANTS
def test_a_cache_entry(plant: Plant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DISCLOSURE_LINT_CACHE_DIR", str(tmp_path / "cache"))
    assert run(["check", "-q", str(GOOD)]).status == 0
    entries = list((tmp_path / "cache" / "packs").iterdir())
    assert entries
    for entry in entries:
        entry.unlink()
        plant(str(entry))
    ended = run(["check", "-q", str(BAD)])
    assert (ended.status, ended.stderr) == (1, "")
    assert all(entry.is_file() and not entry.is_symlink() for entry in entries)  # put right in passing


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/tty"])
@pytest.mark.parametrize("option", ["--baseline", "--config", "--files-from", "--write-baseline"])
def test_devices_on_the_command_line(option: str, path: str) -> None:
    if option == "--write-baseline":
        path = "/dev/full"
    ended = run(["check", str(GOOD), option, path])
    assert ended.status == 2
    assert ended.stderr.startswith(f"错误：{path}: ")


def test_devices_as_documents() -> None:
    ended = run(["check", "-q", "/dev/zero", str(GOOD)])
    assert ended.stdout.startswith("/dev/zero:1:1: error DL001 ")
    assert ODD in ended.stdout
    assert run(["show", "/dev/zero"]).status == 1
    assert run(["rules", "list", "--for", "/dev/zero"]).status == 2


def test_nothing_at_all_is_an_empty_file() -> None:
    shutil.copy(GOOD, "1.md")
    assert run(["check", "-q", "--config", os.devnull, "1.md"]).status == 0
    assert run(["check", "--baseline", os.devnull, "1.md"]).status == 2


def written(path: str, data: bytes) -> threading.Thread:
    """Has another thread write to a named pipe, as the other side of `<(command)` does."""

    def write() -> None:
        with Path(path).open("wb") as file:
            try:
                file.write(data)
                file.flush()
            except BrokenPipeError:
                pass

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_pipes_that_are_named_are_read() -> None:
    pipe("report.md")
    pipe("config.toml")
    threads = [written("report.md", GOOD.read_bytes()), written("config.toml", b'fail-on = "info"\n')]
    ended = run(["check", "-q", "--config", "config.toml", "report.md"])
    for thread in threads:
        thread.join()
    assert (ended.status, ended.stderr) == (1, "")
    assert ended.stdout.startswith("report.md:1:3: info DL403 ")


def test_pipes_that_are_named_are_read_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe("config.toml")
    thread = written("config.toml", b"#" * (LARGEST_SETTINGS + 1))
    refused(run(["check", "--config", "config.toml", str(GOOD)]), "config.toml")
    thread.join()
    monkeypatch.setattr("disclosure_lint.cli.inputs.READ_LIMIT", 1000)
    pipe("report.md")
    thread = written("report.md", b"x" * 200_000)
    assert run(["check", "-q", "report.md"]).status == 0
    thread.join()


def test_the_shell_substitutes_processes() -> None:
    shell = shutil.which("bash")
    if shell is None:
        pytest.skip("needs bash")
    command = f'exec "{sys.executable}" -m disclosure_lint check -q <(cat "{GOOD}")'
    ended = subprocess.run([shell, "-c", command], capture_output=True, check=False)
    assert ended.returncode == 0
    assert b"DL403" in ended.stdout


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\ud800\U0010ffff"])
def test_names_that_cannot_be(name: str) -> None:
    with pytest.raises(OSError, match=r".*"):
        read_file(name, 10)
    Path("disclosure-lint.toml").write_text(f'baseline = "a\\u0000b"\npacks = []\n# {name!a}\n')
    shutil.copy(GOOD, "1.md")
    assert run(["check", "1.md"]).status == 2


def test_what_is_swapped_after_a_look_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe may be put in the place of a file between any look at the name and its opening."""
    Path("a").write_text("x")
    opening = os.open

    def swapping(path: str, flags: int, *rest: int) -> int:
        Path("a").unlink()
        os.mkfifo("a")
        return opening(path, flags, *rest)

    monkeypatch.setattr(os, "open", swapping)
    with pytest.raises(RefusedError):
        read_file("a", 10)


def test_a_list_of_files_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosure_lint.cli.inputs.LARGEST_LIST", 100)
    Path("list").write_text("x\n" * 100)
    refused(run(["check", "--files-from", "list"]), "list")
    refused(run(["check", "--files-from", "-"], stdin=b"x\n" * 100), "-")


@pytest.mark.parametrize("piece", ["{},", "[],", "[", '{"a":'])
def test_a_baseline_of_brackets_costs_no_memory(piece: str) -> None:
    text = '{"version": 1, "entries": [' + piece * (8_000_000 // len(piece))
    Path("known.json").write_text(text)
    tracemalloc.start()
    refused(run(["check", "--baseline", "known.json", str(GOOD)]), "known.json")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * len(text)


def test_a_baseline_may_have_names_of_brackets() -> None:
    name = "[" * 200 + "{" * 50 + ".md"
    shutil.copy(BAD, name)
    assert run(["check", "-q", name]).status == 1
    assert run(["check", "-q", "--write-baseline", "known.json", name]).status == 0
    assert run(["check", "-q", "--baseline", "known.json", name]).status == 0


@pytest.mark.parametrize("piece", ['"', '\\"', '"\\', "\\"])
def test_strings_without_end_take_no_time(piece: str) -> None:
    start = process_time()
    assert _is_of_brackets("[" * 300_000 + '"' + piece * 1_000_000)
    assert process_time() - start < 5


def test_a_baseline_that_could_not_be_read_again_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("disclosure_lint.cli.baselines.LARGEST_BASELINE", 100)
    refused(run(["check", "-q", str(BAD), "--write-baseline", "known.json"]), "known.json")
    assert not Path("known.json").exists()
