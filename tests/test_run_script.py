"""`run.py` and what Windows runs: for people who have Python and nothing else."""

import importlib.util
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Calls(list[tuple[list[str], object]]):
    """What was started, with the folder in which it was; the first says what `check` does."""

    def __init__(self, status: int = 0):
        super().__init__()
        self.status = status

    def __call__(self, command: list[object], cwd: object = None) -> int:
        words = [str(word) for word in command]
        self.append((words, cwd))
        if "--output-file" in words:
            Path(words[words.index("--output-file") + 1]).write_text("没有发现问题\n", encoding="utf-8")
        return self.status


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`run.py` with an environment elsewhere."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / "installed.txt")
    monkeypatch.setattr(module.venv, "create", lambda *_, **__: None)
    return module


def started(script: ModuleType, monkeypatch: pytest.MonkeyPatch, *jobs: str, status: int = 0) -> tuple[int, Calls]:
    calls = Calls(status)
    monkeypatch.setattr(subprocess, "call", calls)
    ended = 0
    for job in jobs:
        ended = script.main(job.split())
    return ended, calls


def installed(calls: Calls) -> list[str]:
    return [words[-1].removeprefix(str(ROOT)) for words, _ in calls if "--editable" in words]


def test_only_what_a_job_needs_is_installed_and_only_once(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = ("lint rules list", "examples", "tests", "tests -k x", "checks", "tests --all", "tests", "lint --version")
    _, calls = started(script, monkeypatch, *jobs)
    assert installed(calls) == ["", "[test]", "[dev]"]


def test_another_version_of_the_project_is_installed_anew(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    script.STAMP.write_text("older\ndev\n")
    _, calls = started(script, monkeypatch, "lint rules list")
    # Who had what developers need keeps it.
    assert installed(calls) == ["[dev]"]


def test_what_could_not_be_installed_is_tried_again(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        started(script, monkeypatch, "lint rules list", status=1)
    assert "第一次要能上网" in capsys.readouterr().err
    assert not script.STAMP.exists()


def test_lint_runs_where_the_caller_is_and_examples_where_they_are(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, calls = started(script, monkeypatch, "lint check 年报.docx", "examples")
    (lint, here), (examples, there) = [call for call in calls if "check" in call[0]]
    assert (Path(lint[0]).stem, lint[1:], here) == ("disclosure-lint", ["check", "年报.docx"], None)
    assert (examples[-1], there) == ("examples", ROOT)


@pytest.mark.parametrize(("status", "ends"), [(0, 0), (1, 0), (2, 2)])
def test_open_checks_files_and_shows_what_was_found(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, status: int, ends: int
) -> None:
    monkeypatch.setattr(script, "set_up", lambda _: None)
    shown: list[str] = []
    monkeypatch.setattr(script, "show", lambda path: shown.append(path.read_text(encoding="utf-8")))
    ended, calls = started(script, monkeypatch, "open 甲.docx 乙.docx", status=status)
    assert (ended, shown) == (ends, ["没有发现问题\n"])
    assert calls[0][0][-3:] == ["--", "甲.docx", "乙.docx"]


def test_open_asks_where_nothing_is_named(script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script, "set_up", lambda _: None)
    monkeypatch.setattr(script, "ask_for_files", lambda: ["甲.docx"])
    monkeypatch.setattr(script, "show", lambda _: None)
    assert started(script, monkeypatch, "open")[1][0][0][-1] == "甲.docx"
    monkeypatch.setattr(script, "ask_for_files", list)
    assert started(script, monkeypatch, "open") == (0, [])


def test_help_is_in_both_languages(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main([]) == 2
    said = capsys.readouterr().err
    assert "检查文件，打开检查结果" in said
    assert "check files and show the result" in said


@pytest.mark.parametrize("path", sorted((ROOT / "windows").glob("*.bat")), ids=lambda path: path.stem)
def test_what_windows_runs_is_written_as_it_wants_it(path: Path) -> None:
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 5
    lines = data.decode().splitlines()
    assert lines[0] == "@echo off"
    # What is not ASCII stands behind the line that says how it is written.
    said = lines.index("chcp 65001 >nul")
    assert all(line.isascii() for line in lines[:said])


def test_what_windows_runs_leads_to_jobs_and_files_that_are_there() -> None:
    check, menu = (ROOT / "windows" / name for name in ("检查年报.bat", "加到右键菜单.bat"))
    assert r'"%~dp0..\run.py" open %*' in check.read_text(encoding="utf-8")
    assert f"%~dp0{check.name}" in menu.read_text(encoding="utf-8")
    page = (ROOT / "docs" / "windows.zh-CN.md").read_text(encoding="utf-8")
    assert check.name in page
    assert menu.name in page
