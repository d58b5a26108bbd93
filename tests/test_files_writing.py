"""Files are written whole or not at all: nobody's link is followed, no signal and no full disk leaves anything."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from disclosure_lint.cli.rewriting import RewriteError, rewrite
from disclosure_lint.files import writing
from disclosure_lint.files.writing import Replacement, put, sweep
from tests.command_line import GOOD, own_place, run
from tests.killing import killed, moments
from tests.scale import some
from tests.test_fixes import draft

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
REPORT = draft(("## 四、", "## 五、"))
MENDED = draft()
TIMES = some(100)


@pytest.fixture(autouse=True)
def _not_swept() -> Iterator[None]:
    """Each test stands for a run of its own."""
    writing._swept.clear()
    yield
    assert writing._unfinished == set()
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def names() -> list[str]:
    return sorted(os.listdir())  # noqa: PTH208


def left_behind(folder: str = ".") -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith("-new")]  # noqa: PTH208


# What a command writes, killed at any moment


def _prepare_fix() -> None:
    Path("1.md").write_text(REPORT)


def _prepare_baseline() -> None:
    Path("1.md").write_text(REPORT)
    Path("known.json").write_text('{"version": 1,\n"entries": []}\n')


def _prepare_output() -> None:
    Path("1.md").write_text(REPORT)
    Path("out.txt").write_text("before\n")


COMMANDS: dict[str, tuple[Callable[[], None], str, list[str]]] = {
    "fix": (_prepare_fix, "1.md", ["check", "-q", "--fix", "--select", "DL110", "1.md"]),
    "baseline": (_prepare_baseline, "known.json", ["check", "-q", "--write-baseline", "known.json", "1.md"]),
    "output": (_prepare_output, "out.txt", ["check", "--output-file", "out.txt", "1.md"]),
}


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
@pytest.mark.parametrize("name", COMMANDS)
def test_killed_a_hundred_times(name: str) -> None:
    prepare, file, command = COMMANDS[name]
    target, rng = Path(file), Random(name)
    prepare()
    old = target.read_bytes()
    run(command)  # imports, and a compiled pack in the cache
    prepare()
    writing._swept.clear()
    calls, first = moments(lambda: run(command))
    new = target.read_bytes()
    assert old != new
    hit = 0
    for number in range(TIMES):
        prepare()
        # Half of them while it writes, which is a small part of a run.
        moment = rng.randrange(first if number % 2 else 1, calls)
        hit += killed(lambda: run(command), moment)
        assert target.read_bytes() in (old, new), moment
        writing._swept.clear()
        run(command)
        assert target.read_bytes() == new
        assert left_behind() == []
    assert hit > TIMES * 0.9


# Planted links, random names


def test_a_planted_link_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even one who could guess the name cannot have the bytes written elsewhere."""
    Path("victim").write_text("precious")
    monkeypatch.setattr(os, "urandom", lambda size: b"\0" * size)
    planted = Path(f".out.txt.{'00' * 8}.disclosure-lint-new")
    planted.symlink_to("victim")
    ended = run(["check", str(GOOD), "--output-file", "out.txt"])
    assert ended.status == 2
    assert ended.stderr.startswith("错误：out.txt: 结果写不进这个文件")
    assert Path("victim").read_text() == "precious"
    assert planted.is_symlink()
    assert not Path("out.txt").exists()


def test_names_are_never_the_same() -> None:
    seen = set()
    for _ in range(5):
        with Replacement("out.txt"):
            seen.update(left_behind())
        assert left_behind() == []
    assert len(seen) == 5


def test_long_names_of_any_script() -> None:
    for name in ("x" * 255, "报" * 85, "😀" * 63, os.fsdecode(b"\xff" * 255)):
        put(name, b"data")
        assert Path(name).read_bytes() == b"data"


# Signals


def _signalled(number: int) -> tuple[int, list[str]]:
    # Whoever runs the tests behind a terminal that may go away has signals ignored, and a child inherits that.
    code = (
        "import signal, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
        "signal.signal(signal.SIGTERM, signal.SIG_DFL)\n"
        "from disclosure_lint.files.writing import Replacement\n"
        "with Replacement('out.txt') as new:\n"
        "    new.write(b'half')\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(100)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert len(left_behind()) == 1
        process.send_signal(number)
    return process.returncode, names()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_nothing(name: str) -> None:
    number = getattr(signal, name)
    Path("out.txt").write_text("before")
    status, there = _signalled(number)
    assert status == -number  # whoever started it sees that the signal ended it
    assert there == ["out.txt"]
    assert Path("out.txt").read_text() == "before"


def test_an_ignored_hangup_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Replacement("out.txt"):
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


# Disks


class Failing:
    """A file whose disk is full at some point."""

    def __init__(self, file: object, method: str):
        self._file = file
        self._method = method

    def __getattr__(self, name: str) -> object:
        if name == self._method:

            def fail(*_: object) -> None:
                with suppress(AttributeError, TypeError):
                    if name == "close":
                        self._file.close()  # type: ignore[attr-defined]
                raise OSError(28, "No space left on device")

            return fail
        return getattr(self._file, name)


@pytest.mark.parametrize("method", ["write", "flush", "fileno", "close"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk(name: str, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare, file, command = COMMANDS[name]
    prepare()
    old, opening = Path(file).read_bytes(), os.fdopen
    here = names()

    def failing(descriptor: int, mode: str) -> object:
        opened = opening(descriptor, mode)
        return Failing(opened, method) if mode == "wb" else opened

    monkeypatch.setattr(os, "fdopen", failing)
    ended = run(command)
    if method == "close":
        assert ended.status in (0, 1)  # all was on the disk before
    else:
        assert ended.status == 2
        assert "No space left on device" in ended.stderr
        assert Path(file).read_bytes() == old
    assert names() == here


def test_a_disk_that_is_full_from_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    opening = os.open

    def full(path: str, flags: int, *rest: int) -> int:
        if flags & os.O_CREAT:
            raise OSError(28, "No space left on device")
        return opening(path, flags, *rest)

    monkeypatch.setattr(os, "open", full)
    ended = run(["check", str(GOOD), "--output-file", "out.txt"])
    assert (ended.status, names()) == (2, [])


# What a fix keeps


def test_a_fix_keeps_mode_and_attributes() -> None:
    _prepare_fix()
    Path("1.md").chmod(0o640)
    try:
        os.setxattr("1.md", "user.origin", "档案".encode())
        marked = True
    except (AttributeError, OSError):
        marked = False  # not every file system has them
    assert run(COMMANDS["fix"][2]).status == 0
    assert Path("1.md").read_text() == MENDED
    assert stat.S_IMODE(Path("1.md").stat().st_mode) == 0o640
    if marked:
        assert os.getxattr("1.md", "user.origin") == "档案".encode()


def test_an_output_file_keeps_its_mode() -> None:
    _prepare_output()
    Path("out.txt").chmod(0o600)
    run(COMMANDS["output"][2])
    assert stat.S_IMODE(Path("out.txt").stat().st_mode) == 0o600
    run(["check", str(GOOD), "--output-file", "other.txt"])
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(Path("other.txt").stat().st_mode) == 0o666 & ~mask


def test_what_is_written_of_a_secret_is_secret_meanwhile() -> None:
    Path("secret").write_text("x")
    Path("secret").chmod(0o644)
    with Replacement("secret"):
        (beside,) = left_behind()
        assert stat.S_IMODE(Path(beside).stat().st_mode) == 0o600


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_fix_says_that_it_breaks_a_hard_link(lang: str) -> None:
    _prepare_fix()
    Path("2.txt").hardlink_to("1.md")
    ended = run(["check", "--lang", lang, *COMMANDS["fix"][2][1:]])
    assert Path("1.md").read_text() == MENDED
    assert Path("2.txt").read_text() == REPORT
    assert ("hard link" if lang == "en" else "硬链接") in ended.stderr
    assert "1.md" in ended.stderr


@pytest.mark.parametrize("when", ["before", "late"])
def test_a_file_that_was_changed_is_not_overwritten(when: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("1.md").write_text("old")
    if when == "before":
        Path("1.md").write_text("newer")
    else:
        syncing = os.fsync

        def changing(descriptor: int) -> None:
            syncing(descriptor)
            Path("1.md").write_text("newer")

        monkeypatch.setattr(os, "fsync", changing)
    with pytest.raises(RewriteError):
        rewrite("1.md", b"old", b"mended")
    assert Path("1.md").read_text() == "newer"
    assert names() == ["1.md"]


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("1.md").write_text("old")
    syncing = os.fsync

    def swapping(descriptor: int) -> None:
        syncing(descriptor)
        Path("1.md").unlink()
        os.mkfifo("1.md")

    monkeypatch.setattr(os, "fsync", swapping)
    with pytest.raises(RewriteError):
        rewrite("1.md", b"old", b"mended")
    assert names() == ["1.md"]


# Sweeping


def _left(name: str = "1.md") -> Path:
    path = Path(f".{name}.{'ab' * 8}.disclosure-lint-new")
    path.write_text("half")
    return path


def test_what_killed_runs_left_is_swept_away_and_nothing_else() -> None:
    left = _left()
    kept = [Path(".1.md.new"), Path(".1.md.xyz.disclosure-lint-new"), Path("1.md.disclosure-lint-new")]
    for path in kept:
        path.write_text("mine")
    Path("target").write_text("precious")
    _left("link").unlink()
    Path(f".link.{'cd' * 8}.disclosure-lint-new").symlink_to("target")
    sweep(".")
    assert not left.exists()
    assert all(path.exists() for path in kept)
    assert Path("target").read_text() == "precious"


def test_a_file_that_is_being_written_is_not_swept_away() -> None:
    with Replacement("1.md") as new:
        new.write(b"new")
        code = "from disclosure_lint.files.writing import sweep; sweep('.')"
        subprocess.run([sys.executable, "-c", code], check=True)
        assert len(left_behind()) == 1
        new.complete()
        new.put()
    assert Path("1.md").read_bytes() == b"new"


def test_one_that_is_swept_between_its_making_and_its_lock_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    locking, times = writing._lock, iter([True, False, False])

    def slow(descriptor: int, *, wait: bool) -> None:
        if next(times):
            Path(left_behind()[0]).unlink()
        locking(descriptor, wait=wait)

    monkeypatch.setattr(writing, "_lock", slow)
    put("1.md", b"new")
    assert Path("1.md").read_bytes() == b"new"
    assert names() == ["1.md"]


def test_a_fix_with_nothing_to_mend_sweeps_too() -> None:
    Path("1.md").write_text(MENDED)
    _left()
    run(COMMANDS["fix"][2])
    assert left_behind() == []


def test_a_check_alone_sweeps_nothing() -> None:
    shutil.copy(GOOD, "1.md")
    left = _left()
    run(["check", "1.md"])
    assert left.exists()


# A pipe or a device as output


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_as_output_file() -> None:
    os.mkfifo("pipe")
    process = subprocess.Popen(
        [sys.executable, "-m", "disclosure_lint", "check", str(GOOD), "--output-file", "pipe"],
        stderr=subprocess.PIPE,
    )
    with process:
        assert "共检查 1 个文件" in Path("pipe").read_text(encoding="utf-8")
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
    assert names() == ["pipe"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_reader_of_a_pipe_that_has_enough() -> None:
    os.mkfifo("pipe")
    shutil.copytree(GOOD.parent, "reports")
    process = subprocess.Popen(
        [sys.executable, "-m", "disclosure_lint", "check", "reports", "--output-file", "pipe"],
        stderr=subprocess.PIPE,
    )
    with process:
        while process.poll() is None:
            try:
                os.close(os.open("pipe", os.O_RDONLY | os.O_NONBLOCK))
            except OSError:
                break
            time.sleep(0.01)
        assert process.stderr is not None
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        ["check", "--output-file", "/dev/full"],
        ["facts", "--output-file", "/dev/full"],
        ["show", "--output-file", "/dev/full"],
        ["check", "--write-baseline", "/dev/full"],
        ["check", "--format", "json:/dev/full"],
    ],
    ids=" ".join,
)
def test_a_full_device(command: list[str]) -> None:
    ended = run([*command, str(GOOD)])
    assert ended.status == 2
    assert ended.stderr == "错误：/dev/full: 结果写不进这个文件：No space left on device\n"
