"""Bad input: one clear message each, no traceback, and the other files are still linted."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.command_line import GOOD, Ended, own_place, run

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_ZIP = b"PK\x03\x04" + bytes(range(256)) * 8
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8
_TITLE = "某县青山镇人民政府2023年政府信息公开工作年度报告\n"


def _check(*paths: str) -> Ended:
    """Returns how the good report and the paths fared together; the good report was linted whatever else there is."""
    shutil.copy(GOOD, "0.md")
    ended = run(["check", "-q", "0.md", *paths])
    assert ended.stdout.startswith("0.md:1:3: info DL403 ")
    assert "Traceback" not in ended.stderr
    return Ended(ended.status, ended.stdout.partition("\n")[2], ended.stderr)


def _one(ended: Ended, start: str) -> None:
    assert ended.stdout.startswith(start), ended.stdout
    assert ended.stdout.count("\n") == 1
    assert ended.stderr == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "warning DL002"),
        (b"\n \n\t\r\n", "warning DL002"),
        (b"\xef\xbb\xbf", "warning DL002"),
        (b"\x00" * 5000, "error DL001"),
        (_ZIP, "error DL001"),
        (_PNG, "error DL001"),
        (os.urandom(4096) + b"\x00\xff\xfe\x00", "error DL001"),
        ((_TITLE * 9).encode("utf-16")[:-1], "error DL001"),
    ],
)
def test_files_that_are_no_text(data: bytes, code: str) -> None:
    Path("1.txt").write_bytes(data)
    _one(_check("1.txt"), f"1.txt:1:1: {code} ")


def test_truncated_utf8() -> None:
    Path("1.md").write_bytes((_TITLE * 50).encode()[:-2])
    ended = _check("1.md")
    assert ended.stdout.startswith("1.md:1:1: error DL")
    assert ended.status == 1


def _long_line() -> Iterator[str]:
    yield _TITLE
    yield "三、收到和处理政府信息公开申请情况 0 " * 200_000


def _many_lines() -> Iterator[str]:
    yield _TITLE
    yield "一、总体情况\n二、主动公开政府信息情况\n行政许可\t0\n" * 700_000


def _quotes() -> Iterator[str]:
    yield _TITLE
    yield ">" * 200_000 + " 一、总体情况\n" + "> " * 100_000 + "\n" + "- " * 100_000 + "\n" + "[" * 100_000


@pytest.mark.parametrize("text", [_long_line, _many_lines, _quotes], ids=["one-line", "50-MB", "quotes"])
def test_big_and_deep_files(text: Callable[[], Iterator[str]]) -> None:
    with Path("1.md").open("w", encoding="utf-8") as file:
        file.writelines(text())
    ended = _check("1.md")
    assert ended.stdout.startswith("1.md:")
    assert len(ended.stdout) < 200_000


def test_a_file_beyond_the_limit() -> None:
    with Path("1.md").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    _one(_check("1.md"), "1.md:1:1: error DL001 ")


def test_a_broken_link() -> None:
    Path("1.md").symlink_to("nowhere.md")
    Path("sub").mkdir()
    Path("sub/2.md").symlink_to("nowhere.md")
    ended = _check("1.md", "sub")
    assert [line.partition(" DL001 ")[0] for line in ended.stdout.splitlines()] == [
        "1.md:1:1: error",
        "sub/2.md:1:1: error",
    ]
    assert "链接指向的文件可能已被删除" in ended.stdout


def test_links_in_a_circle() -> None:
    Path("sub").mkdir()
    Path("sub/1.md").symlink_to("2.md")
    Path("sub/2.md").symlink_to("1.md")
    Path("sub/up").symlink_to("../sub")
    ended = _check("sub")
    assert ended.stdout.count("\n") == 2
    assert ended.stdout.count("链接绕成了圈") == 2


def test_a_file_that_comes_twice_is_linted_once() -> None:
    Path("sub").mkdir()
    shutil.copy(GOOD, "sub/1.md")
    Path("sub/2.md").symlink_to("1.md")
    Path("also").symlink_to("sub")
    ended = _check("sub", "also", "sub/1.md")
    assert ended.stdout.splitlines() == [line for line in ended.stdout.splitlines() if line.startswith("sub/1.md:")]
    assert len(ended.stdout.splitlines()) == 1


def test_a_folder_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as root, to whom nothing is forbidden.
    Path("sub/closed").mkdir(parents=True)
    scandir = os.scandir

    def forbidden(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    ended = _check("sub")
    assert ended.stdout.startswith("sub/closed:1:1: error DL001 ")
    assert "没有读取权限" in ended.stdout
    assert ended.status == 1


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(GOOD, "1.md")
    opening = os.open

    def forbidden(path: str, *args: int) -> int:
        if str(path).endswith("1.md"):
            raise PermissionError(13, "Permission denied", path)
        return opening(path, *args)

    monkeypatch.setattr(os, "open", forbidden)
    ended = _check("1.md")
    assert ended.stdout.startswith("1.md:1:1: error DL001 ")
    assert "没有读取权限" in ended.stdout
    facts = run(["facts", "1.md"])
    assert (facts.status, facts.stderr) == (1, "1.md：读不了：没有读取权限，请检查文件权限\n")
    shown = run(["show", "1.md"])
    assert (shown.status, shown.stdout) == (1, "")


def test_folders_deeper_than_the_stack() -> None:
    depth = 1_100
    start = Path.cwd()
    try:
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("1.md").write_text("x")
        os.chdir(start)
        ended = run(["check", "-v", "d"])
        assert (ended.status, ended.stderr.count("1.md")) == (0, 1)
    finally:
        # What cleans up after the tests may stop at the depth of the stack.
        for _ in range(depth):
            os.chdir("d")
        Path("1.md").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()


def test_paths_that_cannot_be() -> None:
    for name in ("", "a\0b", "x" * 5000, "0.md/below"):
        ended = run(["check", name])
        assert ended.status in (1, 2), name
        assert "Traceback" not in ended.stderr


def test_names_that_no_encoding_knows() -> None:
    name = os.fsdecode(b"\xff\xfe.md")
    Path(name).write_text("x")
    ended = run(["check", "--format", "json", name])
    assert ended.status == 0
    assert "\\udcff\\udcfe.md" in ended.stdout
    assert "\\udcff" in run(["check", "-q", name]).stdout or "<U+DCFF>" in run(["check", "-q", name]).stdout
