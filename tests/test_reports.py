"""Several outputs of one run."""

import json
from pathlib import Path

import pytest

from tests.command_line import GOOD, run

_TWICE = "两种输出格式不能写到同一个地方"


def test_a_run_is_written_in_several_formats(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(GOOD.read_bytes())
    ended = run(["check", "a.md", "--format", "text", "--format", "json:a.json"])
    assert "共检查 1 个文件" in ended.stdout
    assert json.loads(Path("a.json").read_text(encoding="utf-8"))["summary"]["files"] == 1


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "text", "--format", "json"],
        ["--format", "text:a", "--format", "json:./a"],
    ],
)
def test_two_formats_do_not_go_to_one_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(["check", *options])
    assert (ended.status, list(tmp_path.iterdir())) == (2, [])
    assert _TWICE in ended.stderr


def test_an_output_file_belongs_to_the_format_without_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_bytes(GOOD.read_bytes())
    assert run(["check", "a.md", "--format", "json:a.json", "--format", "text", "--output-file", "a.txt"]).stdout == ""
    assert "共检查" in Path("a.txt").read_text(encoding="utf-8")
    assert Path("a.json").is_file()
    ended = run(["check", "a.md", "--format", "json:a.json", "--output-file", "a.txt"])
    assert (ended.status, "--output-file" in ended.stderr) == (2, True)
