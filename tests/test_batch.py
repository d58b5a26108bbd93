"""`batch`: the same as `check` and `facts`, in parts, on workers that may end, and nothing twice."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import psutil
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.batch.cluster import Task
from disclosure_lint.batch.plan import MOST, Item, parts
from disclosure_lint.batch.store import Store
from disclosure_lint.many.wire import decoded_entry, encoded_entry
from disclosure_lint.model.entry import Entry
from tests.command_line import own_place, run, start
from tests.test_facts_tables import EXAMPLE

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]
NAMES = ("青槐镇", "白沙乡", "黑石镇", "长桥街道", "南浦镇")
KILLER = """
import os
from disclosure_lint.batch.cluster import Task, cluster
from disclosure_lint.batch.plan import Item

def call(part, lost, *, keep):
    for item in part:
        if item.name == "bad" and item.name not in lost:
            os._exit(1)
    return [item.name for item in part if item.name not in lost], keep
"""


def report(path: str, agency: str, year: int, **changed: str) -> None:
    text = EXAMPLE.replace("陌桑县青槐镇人民政府", agency).replace("2024", str(year))
    for old, new in changed.items():
        assert old in text
        text = text.replace(old, new)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def county(years: Iterable[int] = (2022, 2023, 2024)) -> None:
    """Writes reports of some towns; one carries in what nobody carried out, one file is no report, one is damaged."""
    for year in years:
        for name in NAMES:
            report(f"in/{year}/{name}.md", f"陌桑县{name}人民政府", year)
    lines = Path("in/2024/黑石镇.md").read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines) if "二、上年结转" in line)
    lines[at] = lines[at].replace(" 0 |", " 9 |", 1)
    Path("in/2024/黑石镇.md").write_text("\n".join(lines), encoding="utf-8")
    Path("in/2024/说明.md").write_text("# 说明\n", encoding="utf-8")
    Path("in/2024/坏.docx").write_bytes(b"PK\x03\x04")


def local() -> list[dict[str, Any]]:
    """Returns what `check` finds in the files."""
    lines = map(json.loads, run(["check", "--format", "jsonl", "in"]).stdout.splitlines())
    return sorted((line for line in lines if line["type"] in ("diagnostic", "suppressed")), key=repr)


def table(name: str, folder: str = "out") -> list[dict[str, Any]]:
    """Returns the rows of a table, which are all in parts that the manifest names."""
    manifest = json.loads(Path(folder, "manifest.json").read_text(encoding="utf-8"))
    named = [part["file"] for part in manifest["parts"][name]]
    assert sorted(named) == sorted(path.relative_to(folder).as_posix() for path in Path(folder, name).iterdir())
    rows = [row for part in named for row in pq.read_table(Path(folder, part)).to_pylist()]
    assert len(rows) == sum(part["rows"] for part in manifest["parts"][name])
    return rows


def found(folder: str = "out") -> list[dict[str, Any]]:
    return sorted((json.loads(row["json"]) for row in table("diagnostics", folder)), key=repr)


class Here:
    """Stands for the workers: does each task at once, in any order."""

    def done(self, tasks: Iterable[Task]) -> Iterator[tuple[int, Any]]:
        for task in reversed(list(tasks)):
            yield task.number, task.call(task.part, (), keep=True)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No processes: what is done, not where."""
    from contextlib import nullcontext

    monkeypatch.setattr("disclosure_lint.batch.cluster.cluster", lambda *_: nullcontext(Here()))


def batch(*words: str) -> str:
    ended = run(["batch", "--output", "out", "--chunk", "3", *words])
    assert ended.status in (0, 1), ended.stderr
    return ended.stderr


def bytes_of(folder: str = "out") -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


@pytest.mark.usefixtures("here")
def test_it_finds_what_check_finds_and_writes_what_facts_writes() -> None:
    county()
    batch("--input", "in")
    assert found() == local()
    assert {"DL001", "DL901", "DL903"} <= {one["code"] for one in found()}
    for name, words in (("facts", []), ("claims", ["--claims"])):
        run(["facts", "--format", "parquet", "--output-file", "local.parquet", *words, "in"])
        assert sorted(map(repr, table(name))) == sorted(map(repr, pq.read_table("local.parquet").to_pylist()))
    files = {row["path"]: row for row in table("files")}
    assert files["in/2024/坏.docx"]["status"] == "unreadable"
    assert "in/2024/说明.md" not in files
    counts = Counter(one["severity"] for one in found() if one["type"] == "diagnostic")
    assert sum(row["errors"] for row in files.values()) == counts["error"]


@pytest.mark.usefixtures("here")
def test_nothing_is_done_twice() -> None:
    county()
    assert "原来已有 0 个" in batch("--input", "in")
    before = bytes_of()
    assert "做了 0 个" in batch("--input", "in")
    assert bytes_of() == before


@pytest.mark.usefixtures("here")
def test_what_changed_is_done_again_and_nothing_old_is_left() -> None:
    county()
    first = batch("--input", "in")
    report("in/2023/黑石镇.md", "陌桑县黑石镇人民政府", 2023)
    Path("in/2022/白沙乡.md").unlink()
    again = batch("--input", "in")
    assert first != again
    assert "原来已有 0 个" not in again
    assert found() == local()
    Path("out/facts/mine.txt").write_text("mine")
    Path("disclosure-lint.toml").write_text('ignore = ["DL901"]\n')
    assert "原来已有 0 个" in batch("--input", "in")
    assert "DL901" not in {one["code"] for one in found_beside_mine()}


def found_beside_mine() -> list[dict[str, Any]]:
    """What is not ours is left alone."""
    Path("out/facts/mine.txt").unlink()
    return found()


@pytest.mark.usefixtures("here")
def test_a_damaged_mark_is_work_to_be_done() -> None:
    county()
    batch("--input", "in")
    before = bytes_of()
    for path in Path("out/work").iterdir():
        path.write_bytes(b"half")
    assert "原来已有 0 个" in batch("--input", "in")
    assert bytes_of() == before


@pytest.mark.usefixtures("here")
def test_globs_lists_and_archives() -> None:
    county()
    Path("list.txt").write_text("in/2022/青槐镇.md\nin/2023/青槐镇.md\n", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "zipfile", "-c", "a.zip", "in/2024"], check=True)
    batch("--input", "in/**/白沙*.md", "--input", "list.txt", "--input", "a.zip")
    paths = {row["path"] for row in table("files")}
    assert {path for path in paths if path.startswith("in/")} == {
        *(f"in/{year}/白沙乡.md" for year in (2022, 2023, 2024)),
        *(f"in/{year}/青槐镇.md" for year in (2022, 2023)),
    }
    assert "a.zip/2024/南浦镇.md" in paths


@pytest.mark.usefixtures("here")
def test_object_stores() -> None:
    county()
    memory = fsspec.filesystem("memory")
    memory.put("in", "/reports", recursive=True)
    try:
        ended = run(["batch", "--input", "memory://reports/**/*", "--output", "memory://results", "--chunk", "3"])
        assert ended.status == 1, ended.stderr
        again = run(["batch", "--input", "memory://reports", "--output", "memory://results", "--chunk", "3"])
        assert "做了 0 个" in again.stderr
        memory.get("/results", "out", recursive=True)
    finally:
        memory.rm("/reports", recursive=True)
        memory.rm("/results", recursive=True)

    def without_place(said: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
        return sorted((one["code"], one["path"].rpartition("/")[2], one["range"]["start"]["line"]) for one in said)

    assert without_place(found()) == without_place(local())


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("page", ["batch.md", "batch.zh-CN.md"])
def test_what_the_pages_show_runs(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    county()
    Path("in").rename("reports")
    Path("more.txt").write_text("reports/2022/青槐镇.md\n", encoding="utf-8")
    text = (Path(__file__).parents[1] / "docs" / page).read_text(encoding="utf-8")
    commands = [shlex.split(line) for line in text.splitlines() if line.startswith("disclosure-lint batch ")]
    for words in commands[:2]:
        assert run(words[1:]).status == 1
    monkeypatch.setattr("disclosure_lint.batch.store.found", lambda *_: [])  # nobody has that address here
    assert "--input 里没有要检查的文件" in run(commands[2][1:]).stderr
    (query,) = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    run(commands[0][1:])
    assert ("DL901", 1) in [row[1:] for row in duckdb.execute(query).fetchall()]


def test_what_must_be_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "disclosure_lint.batch.cluster")
    monkeypatch.delattr("disclosure_lint.batch.cluster")
    monkeypatch.setitem(sys.modules, "dask", None)
    ended = run(["batch", "--input", ".", "--output", "out"])
    assert (ended.status, "pip install '.[dask]'" in ended.stderr) == (2, True)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--output", "out"], "要写 --input 和 --output"),
        (["--input", ".", "--output", "out"], "--input 里没有要检查的文件"),
        (["--input", "none", "--output", "out"], "没有这个文件或文件夹"),
        (["--input", "nobody://x/*.md", "--output", "out"], "--input：读不了"),
        (["--input", ".", "--output", "out", "a.md"], "文件用 --input 写：a.md"),
    ],
)
def test_what_is_wrong_is_said(words: list[str], said: str) -> None:
    ended = run(["batch", *words])
    assert (ended.status, said in ended.stderr) == (2, True), ended.stderr


@given(st.lists(st.text(min_size=1), unique=True), st.integers(1, 9), st.data())
def test_a_new_file_changes_one_part(names: list[str], size: int, data: st.DataObject) -> None:
    items = [Item(name, name, 0) for name in sorted(names)]
    made = list(parts(items, size))
    assert [item for part in made for item in part] == items
    assert all(0 < len(part) <= MOST * size for part in made)
    if items:
        # Without the first file of a part that did not end because it was full, the others are as they were.
        gone = data.draw(st.sampled_from(made))
        if all(len(part) < MOST * size for part in made) and len(gone) > 1:
            rest = list(parts([item for item in items if item != gone[0]], size))
            assert [part for part in rest if part not in made] == [gone[1:]]


_PLAIN = st.recursive(
    st.none() | st.text() | st.integers() | st.binary(), lambda inner: st.lists(inner, max_size=3).map(tuple)
)


@given(st.lists(st.none() | st.integers(), max_size=3).map(tuple), st.lists(st.tuples(st.text(), _PLAIN)).map(tuple))
def test_entries_come_back_as_they_were(numbers: tuple[int | None, ...], kept: tuple[tuple[str, Any], ...]) -> None:
    entry = Entry("a.md", "青槐镇人民政府", 2024, False, "2021", (*numbers, "0.1"), (1, 2), kept)
    assert decoded_entry(encoded_entry(entry), "a.md") == entry


def test_what_is_put_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store("memory://t")
    store.put("a/b", b"old")
    monkeypatch.setattr(type(fsspec.filesystem("memory")), "mv", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.put("a/b", b"new")
    assert store.read("a/b") == b"old"
    store.remove("a/b")
    assert store.read("a/b") is None
    assert store.names("nowhere") == []


@pytest.mark.long
def test_a_worker_that_is_killed_midway_changes_nothing() -> None:
    county(range(2010, 2025))
    process = start(["batch", "--input", "in", "--output", "out", "--chunk", "2", "--workers", "2"])
    try:
        killed = None
        while process.poll() is None:
            if killed is None and Path("out/facts").exists() and any(Path("out/facts").iterdir()):
                killed = _kill_a_worker(process.pid)
            time.sleep(0.02)
        stderr = process.communicate()[1].decode()
    finally:
        process.kill()
        process.wait()
    assert killed is not None
    assert process.returncode == 1, stderr
    assert "Traceback" not in stderr
    assert found() == local()
    before = bytes_of()
    again = start(["batch", "--input", "in", "--output", "out", "--chunk", "2", "--workers", "2"])
    stderr = again.communicate()[1].decode()
    assert "做了 0 个" in stderr, stderr
    assert bytes_of() == before


def _kill_a_worker(pid: int) -> int | None:
    for child in psutil.Process(pid).children(recursive=True):
        if "spawn_main" in " ".join(child.cmdline()):
            child.kill()
            return int(child.pid)
    return None


@pytest.mark.long
def test_a_file_that_ends_workers_costs_that_file_only(own_place: Path) -> None:
    Path("killer.py").write_text(KILLER, encoding="utf-8")
    Path("main.py").write_text(
        "from killer import *\n"
        "if __name__ == '__main__':\n"
        "    names = [[f'{n}-{m}' for m in range(3)] for n in range(4)]\n"
        "    names[2][1] = 'bad'\n"
        "    with cluster(None, 2) as workers:\n"
        "        tasks = [Task(n, [Item(one, one, 0) for one in some], call) for n, some in enumerate(names)]\n"
        "        print(sorted(workers.done(tasks)))\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(own_place), os.environ.get("PYTHONPATH", "")])
    ended = subprocess.run(
        [sys.executable, "main.py"], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, timeout=300
    )
    assert ended.returncode == 0, ended.stderr
    whole = [(n, ([f"{n}-{m}" for m in range(3)], True)) for n in range(4)]
    whole[2] = (2, (["2-0", "2-2"], True))
    assert ended.stdout.strip() == repr(whole)
