"""The language server and the other reports of the workspace: last year's is known, and costs no keystroke anything."""

from pathlib import Path
from typing import Any

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import read_file
from disclosure_lint.lsp import nearby
from disclosure_lint.lsp.nearby import Workspace
from disclosure_lint.settings import Settings
from tests.command_line import own_place
from tests.editor import editing
from tests.test_other_reports import report, write

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
BEFORE = report(year=2023, carried_out="5 0 0 0 0 0 5")
ROW = "二、上年结转政府信息公开申请数量 | | |"


@pytest.mark.asyncio
async def test_last_year_s_report_in_the_workspace_is_known() -> None:
    write("旧/2023.md", BEFORE)
    text = report(year=2024, carried_in="4 0 0 0 0 0 4")
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("新/2024.md"), text)
        found = [one for one in await editor.diagnostics(uri) if one.code == "DL901"]
        assert len(found) == 1
        assert f"（{Path('旧/2023.md').absolute()}:" in found[0].message
        editor.swap(uri, f"{ROW} 4 | 0 | 0 | 0 | 0 | 0 | 4 |", f"{ROW} 5 | 0 | 0 | 0 | 0 | 0 | 5 |")
        assert "DL901" not in await editor.codes(uri)
        editor.swap(uri, f"{ROW} 5 | 0 | 0 | 0 | 0 | 0 | 5 |", f"{ROW} 4 | 0 | 0 | 0 | 0 | 0 | 4 |")
        assert "DL901" in await editor.codes(uri)


@pytest.mark.asyncio
async def test_a_report_that_is_saved_is_read_again() -> None:
    write("2023.md", BEFORE)
    async with editing(Path.cwd()) as editor:
        uri = editor.write(Path("2024.md"), report(year=2024, carried_in="4 0 0 0 0 0 4"))
        assert "DL901" in await editor.codes(uri)
        editor.saved(Path("2023.md"), report(year=2023, carried_out="4 0 0 0 0 0 4"))
        await editor.until(lambda: all(one.code != "DL901" for one in editor.client.diagnostics[uri]))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, as they are."""
    names: list[str] = []

    def noted(path: Path, *arguments: Any) -> bytes:
        names.append(path.name)
        return read_file(path, *arguments)

    monkeypatch.setattr(nearby, "read_file", noted)
    return names


def test_files_are_read_once_and_not_for_keystrokes(read: list[str]) -> None:
    linter, settings, workspace = Linter.default(), Settings(), Workspace()
    for year in (2021, 2022, 2023):
        write(f"{year}.md", report(year=year))
    own = Path("2024.md").absolute()

    def looked(look: int) -> int:
        bound = linter.bind(linter.read("2024.md", report(year=2024).encode()))
        assert bound is not None
        beside = workspace.nearby(own, [own.parent], look, linter, settings)
        assert beside.compared(str(own), bound).previous is not None
        return len(read)

    assert [looked(1), looked(1), looked(1)] == [3, 3, 3]
    assert looked(2) == 3
    write("2023.md", report(year=2023, carried_out="1 0 0 0 0 0 1") + "\n")
    assert looked(2) == 3
    assert looked(3) == 4


def test_only_so_much_is_read_the_nearest_first(read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "_MOST_FILES", 5)
    for folder in ("a/新", "a/旧", "b", ".git", "node_modules"):
        for number in range(4):
            write(f"{folder}/{folder[-1]}{number}.md", "# 说明\n")
    Path("a/新/大.md").write_bytes(b" " * 1_000_001)
    Path("a/新/环").symlink_to(Path.cwd())
    own, root = Path("a/新/2024.md").absolute(), Path.cwd()
    Workspace().nearby(own, [root], 1, Linter.default(), Settings())
    assert len(read) == 5
    assert read[:4] == ["新0.md", "新1.md", "新2.md", "新3.md"]
    read.clear()
    Workspace().nearby(own, [root], 1, Linter.default(), Settings(exclude=("a/新/*",), root=str(root)))
    assert not any(name.startswith("新") for name in read)


def test_what_cannot_be_read_is_passed_over() -> None:
    write("好.md", BEFORE)
    Path("坏.docx").write_bytes(b"PK\x03\x04")
    Path("空.md").write_bytes(b"")
    linter = Linter.default()
    own = Path("2024.md").absolute()
    bound = linter.bind(linter.read("2024.md", report(year=2024).encode()))
    assert bound is not None
    beside = Workspace().nearby(own, [], 1, linter, Settings())
    other = beside.compared(str(own), bound).previous
    assert other is not None
    assert other.year == 2023
    assert beside.statements(bound)
