"""The cache of results: it changes no byte, is never stale, and may be damaged, locked or full."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_lint.many import cache as result_cache
from disclosure_lint.many.cache import ResultCache, digest
from tests.command_line import BAD, GOOD, Ended, own_place, run, start
from tests.installed import FILES, install
from tests.judged_files import judged
from tests.own_pack import rule, write_own

__all__ = ["judged", "own_place"]
COUNT = 24
TEXT = GOOD.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def own_cache(own_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of its own, and reports enough to be kept."""
    monkeypatch.setenv("DISCLOSURE_LINT_CACHE_DIR", str(tmp_path / "cache"))
    for number in range(COUNT):
        Path(own_place, f"{number:02}.md").write_text(TEXT.replace("杏花坞", f"杏花{number}坞"), encoding="utf-8")
    Path(own_place, "bad.txt").write_bytes(BAD.read_bytes())
    return tmp_path / "cache"


@pytest.fixture
def linted(judged: list[str]) -> Callable[[], list[str]]:
    """The files that were looked at since it was asked last."""

    def taken() -> list[str]:
        now = judged.copy()
        judged.clear()
        return now

    return taken


def check(*arguments: str) -> Ended:
    return run(["check", "--jobs", "1", "--ignore", "DL903", *arguments, "."])  # each is a copy of the others


def database(cache: Path) -> Path:
    return cache / "results" / "results.sqlite"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "gitlab"])
@pytest.mark.long
def test_it_changes_no_byte(form: str, linted: Callable[[], list[str]]) -> None:
    arguments = ["--format", form, "-v", "--statistics"]
    without = check("--no-cache", *arguments)
    assert len(set(linted())) == COUNT + 1
    assert check(*arguments) == without
    assert len(set(linted())) == COUNT + 1
    assert check(*arguments) == without
    assert linted() == []
    assert run(["check", "--jobs", "2", "--ignore", "DL903", *arguments, "."]) == without


@pytest.mark.long
def test_other_formats_and_the_overview_come_of_it_too(linted: Callable[[], list[str]]) -> None:
    check()
    linted()
    check("--format", "json", "--statistics")
    assert linted() == []
    overview = run(["overview", "--no-cache", "."])
    run(["check", "."])  # with the settings of the overview
    linted()
    assert run(["overview", "."]) == run(["overview", "."]) == overview
    assert linted() == []


def test_few_files_are_not_kept(own_cache: Path) -> None:
    run(["check", str(GOOD)])
    assert not database(own_cache).exists()


def test_what_changed_is_looked_at(linted: Callable[[], list[str]]) -> None:
    check()
    linted()
    Path("07.md").write_text(TEXT, encoding="utf-8")
    Path("08.md").rename("renamed.md")
    check()
    assert set(linted()) == {"07.md", "renamed.md"}
    check("--ignore", "DL302")
    assert len(set(linted())) == COUNT + 1
    Path("disclosure-lint.toml").write_text('severity = { DL302 = "info" }\n', encoding="utf-8")
    changed = check()
    assert len(set(linted())) == COUNT + 1
    assert changed == check("--no-cache")


def test_a_rule_that_changed(tmp_path: Path) -> None:
    example = '[[rule.example]]\nok = true\ntext = "好。"\n[[rule.example]]\nfinds = ["ZZ001"]\ntext = "⟦{}⟧。"\n'
    options = '[rule.pattern]\nforbid = ["{}"]\n'
    Path("disclosure-lint.toml").write_text(f'packs = ["{tmp_path / "own"}"]\n', encoding="utf-8")
    found = []
    for word in ("杏花", "桃花源", "杏花"):
        write_own(tmp_path / "own", rule(options.format(word), example.format(word)))
        found.append(check("--statistics", "-q").stdout.count("ZZ001"))
    assert found[0] > COUNT
    assert found[1] == 0
    assert found[2] == found[0]


def test_another_report_that_changed() -> None:
    """What is said of one report depends on that of the year before."""
    row = "四、结转下年度继续办理 |"
    assert row in TEXT
    before = TEXT.replace("2024", "2023")
    for number in ("0", "3"):
        line = next(line for line in before.splitlines() if row in line)
        changed = before.replace(line, f"| {row}" + f" {number} |" * 7 if line.startswith("|") else line)
        Path("before.md").write_text(changed, encoding="utf-8")
        Path("now.md").write_text(TEXT, encoding="utf-8")
        assert check("--select", "DL9") == check("--select", "DL9") == check("--select", "DL9", "--no-cache")


def test_plugins_with_code_are_asked_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linted: Callable[[], list[str]], own_cache: Path
) -> None:
    install(tmp_path / "plugin", monkeypatch)
    check()
    assert database(own_cache).exists()
    linted()
    check()
    assert linted() == []
    code = FILES["our_plugin.py"] + "\n\n@hookimpl\ndef diagnostics_ready(result):\n    return None\n"
    install(
        tmp_path / "other",
        monkeypatch,
        {"other_plugin.py": code.split("@hookimpl")[0] + "@hookimpl" + code.split("@hookimpl")[2]},
        "other",
        "other_plugin",
    )
    for _ in range(2):
        check()
        assert len(set(linted())) == COUNT + 1


def damaged(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "no database":
        path.write_bytes(b"nothing" * 1000)
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "bits":
        spoilt = bytearray(data)
        for at in range(5000, len(spoilt), 97):
            spoilt[at] ^= 1
        path.write_bytes(spoilt)
    else:
        with sqlite3.connect(path) as file:
            if how == "values":
                file.execute("UPDATE kept SET value = substr(value, 1, 20) || X'5B5D'")
            elif how == "text":
                file.execute("UPDATE kept SET value = 'text', used = 'long ago'")
            elif how == "exchanged":
                file.execute("UPDATE kept SET value = (SELECT value FROM kept ORDER BY length(value) LIMIT 1)")
            else:
                file.execute("CREATE TRIGGER t AFTER INSERT ON kept BEGIN DELETE FROM kept; END")
        file.close()


@pytest.mark.parametrize("how", ["no database", "cut", "empty", "bits", "values", "text", "exchanged", "trigger"])
@pytest.mark.long
def test_a_damaged_one_is_harmless(how: str, own_cache: Path, linted: Callable[[], list[str]]) -> None:
    expected = check("--format", "json")
    damaged(database(own_cache), how)
    for _ in range(3):
        assert check("--format", "json") == expected
    linted()
    check("--format", "json")
    assert linted() == []


@pytest.mark.long
def test_a_locked_one_is_harmless(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = check()
    monkeypatch.setattr(result_cache, "_SECONDS", 0.01)
    file = sqlite3.connect(database(own_cache), isolation_level=None)
    file.execute("BEGIN EXCLUSIVE")
    assert check() == expected
    Path("00.md").write_text(TEXT, encoding="utf-8")
    assert check().status == expected.status
    file.close()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs modes of files")
def test_one_that_others_may_write_is_not_read(own_cache: Path, linted: Callable[[], list[str]]) -> None:
    check()
    (own_cache / "results").chmod(0o777)
    linted()
    check()
    assert len(set(linted())) == COUNT + 1


@pytest.mark.long
def test_two_runs_at_once() -> None:
    expected = check("--no-cache", "--format", "json").stdout
    processes = [start(["check", "--jobs", "1", "--ignore", "DL903", "--format", "json", "."]) for _ in range(3)]
    assert [process.communicate()[0].decode() for process in processes] == [expected] * 3


def test_it_does_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_cache, "MOST_BYTES", 1_000_000)
    folder = tmp_path / "small"
    keys = [digest(str(number).encode()) for number in range(3000)]
    for some in range(0, 3000, 250):
        with ResultCache(folder) as cache:
            assert cache.get(keys[0]) == (None if some == 0 else b"of use")
            if some == 0:
                cache.put(keys[0], b"of use")
            for key in keys[max(some, 1) : some + 250]:
                cache.put(key, key * 50)
            cache._used.append(keys[0])  # as after many runs
    assert database(folder).stat().st_size < 2_500_000
    with ResultCache(folder) as cache:
        assert cache.get(keys[1]) is None
        assert cache.get(keys[2999]) == keys[2999] * 50


def test_a_killed_run_and_the_next(own_cache: Path) -> None:
    """Killed while it writes: the next run says what it would have said."""
    code = (
        "import os, signal, sys\n"
        "from disclosure_lint.many import cache\n"
        "cache._TOGETHER = 5\n"
        "written = cache.ResultCache._prune\n"
        "def killing(self, file):\n"
        "    killing.left -= 1\n"
        "    killing.left or os._exit(9)\n"
        "    written(self, file)\n"
        "killing.left = 4\n"
        "cache.ResultCache._prune = killing\n"
        "from disclosure_lint.cli.main import main\n"
        "main(['check', '--jobs', '1', '.'])\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 9
    assert database(own_cache).stat().st_size > 0
    said = check("--format", "json")
    assert said == check("--format", "json", "--no-cache")
    assert len(json.loads(said.stdout)["files"]) == COUNT + 1
