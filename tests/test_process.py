"""The command as a process: consoles, pipes, interruptions, output files, our own bugs, and what is imported."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disclosure_lint import __main__
from disclosure_lint.cli import main as cli_main
from tests.command_line import BAD, GOOD, own_place, run, start

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-16", "latin-1"])
def test_consoles_that_are_not_utf8(encoding: str) -> None:
    process = start(["check", str(BAD), "nowhere"], PYTHONIOENCODING=encoding)
    stdout, stderr = process.communicate()
    assert (process.returncode, stdout.removeprefix(b"\xff\xfe")) == (2, b"")
    assert "nowhere" in stderr.decode(encoding)
    process = start(["check", str(BAD)], PYTHONIOENCODING=encoding)
    stdout, stderr = process.communicate()
    assert (process.returncode, stderr.removeprefix(b"\xff\xfe")) == (1, b"")
    shown = stdout.decode(encoding)
    assert "DL302" in shown
    if encoding in ("gbk", "utf-16"):
        assert "应为 0" in shown


def test_json_is_json_on_every_console() -> None:
    for encoding in ("gbk", "ascii", "utf-8"):
        process = start(["check", "--format", "json", str(BAD)], PYTHONIOENCODING=encoding)
        message = json.loads(process.communicate()[0].decode("utf-8"))["diagnostics"][0]["message"]
        assert "应为 0" in message


def test_a_pipe_that_closes() -> None:
    for number in range(300):
        shutil.copy(BAD, f"{number}.txt")
    process = start(["check"])
    assert process.stdout is not None
    assert process.stderr is not None
    assert b"DL302" in process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1
    process.stderr.close()


def test_a_pipe_that_is_closed_from_the_start() -> None:
    for args in (["rules", "list"], ["explain", "DL303"], ["check", "-h"], ["--version"], ["facts", str(GOOD)]):
        reading, writing = os.pipe()
        os.close(reading)
        ended = subprocess.run(
            [sys.executable, "-m", "disclosure_lint", *args], stdout=writing, stderr=subprocess.PIPE, check=False
        )
        os.close(writing)
        assert ended.stderr == b"", args
        assert ended.returncode == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe to know when the command waits")
def test_an_interruption() -> None:
    # A shell that runs the tests in the background ignores interruptions, and a child would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    os.mkfifo("list")
    process = start(["check", "--files-from", "list", "--output-file", "out.txt"])
    signal.signal(signal.SIGINT, before)
    writing = _joined("list", process)
    process.send_signal(signal.SIGINT)
    os.close(writing)  # a process that had not begun to read yet must not wait for us
    stdout, stderr = process.communicate()
    assert process.returncode == 130
    assert stdout == b""
    assert b"Traceback" not in stderr
    assert os.listdir() == ["list"]  # noqa: PTH208


def _joined(pipe: str, process: "subprocess.Popen[bytes]") -> int:
    """Returns the other end of a named pipe, as soon as the process waits at its own."""
    while True:
        assert process.poll() is None
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)


def test_a_bug_of_ours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> int:
        raise ZeroDivisionError("so it goes")

    monkeypatch.setattr(cli_main, "main", broken)
    monkeypatch.setattr(sys, "argv", ["disclosure-lint", "check", "a b.md"])
    assert __main__.run() == 3
    shown = capsys.readouterr().err
    assert "issue" in shown
    assert "$ disclosure-lint check 'a b.md'" in shown
    assert "Python 3." in shown
    assert "ZeroDivisionError: so it goes" in shown


@pytest.mark.parametrize(("error", "status"), [(KeyboardInterrupt(), 130), (BrokenPipeError(), 0)])
def test_other_ends(monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int) -> None:
    def ending() -> int:
        raise error

    monkeypatch.setattr(cli_main, "main", ending)
    monkeypatch.setattr("disclosure_lint.outputs.console.silence", lambda: None)
    assert __main__.run() == status


def test_an_output_file_is_utf8_whatever_the_console() -> None:
    ended = run(["check", str(BAD), "--output-file", "out.txt"], encoding="ascii")
    assert (ended.status, ended.stdout, ended.stderr) == (1, "", "")
    shown = Path("out.txt").read_text(encoding="utf-8")
    assert "共检查 1 个文件" in shown
    assert "\033" not in shown
    assert sorted(os.listdir()) == ["out.txt"]  # noqa: PTH208
    run(["facts", str(GOOD), "--format", "csv", "--output-file", "out.txt"])
    assert Path("out.txt").read_bytes().startswith(b"path,agency,year,")


def test_an_output_file_stays_if_the_run_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out.txt").write_text("before")

    def broken(*_: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("disclosure_lint.engine.linter.Linter.lint", broken)
    with pytest.raises(ZeroDivisionError):
        run(["check", str(GOOD), "--output-file", "out.txt"])
    assert Path("out.txt").read_text() == "before"
    assert os.listdir() == ["out.txt"]  # noqa: PTH208


def test_output_files_that_cannot_be() -> None:
    ended = run(["check", str(GOOD), "--output-file", "nowhere/out.txt"])
    assert ended.status == 2
    assert ended.stderr.startswith("错误：nowhere/out.txt: 结果写不进这个文件")
    assert run(["check", str(GOOD), "--output-file", "."]).status == 2
    assert run(["check", str(GOOD), "--output-file", os.devnull]).status == 0
    assert not Path(os.devnull).is_file()


def test_an_output_file_behind_a_link() -> None:
    Path("real.txt").write_text("before")
    Path("out.txt").symlink_to("real.txt")
    run(["check", str(GOOD), "--output-file", "out.txt"])
    assert Path("out.txt").is_symlink()
    assert Path("real.txt").read_text(encoding="utf-8") != "before"


def test_facts_of_one_file_and_of_several() -> None:
    one = json.loads(run(["facts", str(GOOD)]).stdout)
    assert (one["path"], one["form"], len(one["facts"])) == (str(GOOD), "2021", 200)
    shutil.copy(GOOD, "a.md")
    Path("b.md").write_text("说明")
    assert [file["path"] for file in json.loads(run(["facts"]).stdout)] == ["a.md"]
    several = json.loads(run(["facts", "a.md", "b.md"]).stdout)
    assert [len(file["facts"]) for file in several] == [200, 0]


def test_what_a_check_imports() -> None:
    """Start-up is a feature: with a compiled pack in the cache, only what linting needs is imported."""
    code = (
        "import sys\n"
        "from disclosure_lint.cli.main import main\n"
        "main(['check', '-q', sys.argv[1]])\n"
        "print(*sorted(sys.modules))\n"
    )
    shutil.copy(GOOD, "a.md")
    for _ in range(2):
        output = subprocess.run([sys.executable, "-c", code, "a.md"], capture_output=True, check=True).stdout
    imported = set(output.decode().splitlines()[-1].split())
    slow = {
        "jsonschema",
        "pyparsing",
        "importlib.metadata",
        "tomli",
        "csv",
        "shutil",
        "tempfile",
        "unittest",
    }
    assert sorted(imported & slow) == []
    ours = {name for name in imported if name.startswith("disclosure_lint.cli.")}
    assert not ours & {f"disclosure_lint.cli.{name}" for name in ("facts", "show", "explain", "rules", "bug")}
