"""Baselines: mistakes that are known are not reported, those that are new are."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.broken_reports import broken, grown_above, with_number
from tests.command_line import Ended, own_place, run
from tests.generation import Rendered, report
from tests.generation.page import Edit
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_FEW = settings(max_examples=some(25), deadline=None, suppress_health_check=list(HealthCheck))
_KEYS = ["path", "code", "address", "count"]


def _write(path: str, rendered: Rendered) -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_text(rendered.text, encoding="utf-8")


def _entries(path: str = "known.json") -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(Path(path).read_text(encoding="utf-8"))["entries"]
    return entries


def _json(*args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(["check", "--format", "json", *args]).stdout)
    return found


def _codes(*args: str) -> list[str]:
    return [f"{one['path']} {one['code']}" for one in _json("--ignore", "DL403", *args)["diagnostics"]]


def _good() -> Rendered:
    rendered = report("clean 0", "pipes", "county")
    _write("a.md", rendered)
    return rendered


def _wrong(rendered: Rendered, *cells: str) -> Rendered:
    """The report with each of the cells one too large."""
    for cell in cells:
        rendered = with_number(rendered, cell, int(rendered.cell(cell)) + 1)
    return rendered


@_FEW
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 6)), min_size=1, max_size=3))
def test_what_is_written_is_all_hidden_and_stays_so_when_lines_above_change(found: list[tuple[int, int]]) -> None:
    for old in Path().glob("**/*.*"):
        old.unlink()
    reports = {
        f"报告/{seed} {index}{(it := broken(seed, count)).suffix}": it for index, (seed, count) in enumerate(found)
    }
    for path, rendered in reports.items():
        _write(path, rendered)
    before = _json("报告")
    assert run(["check", "-q", "报告", "--write-baseline", "known.json"]).status == 0
    after = _json("报告", "--baseline", "known.json", "--fail-on", "info")
    assert after["diagnostics"] == []
    assert after["summary"]["baselined"] == len(before["diagnostics"])
    assert run(["check", "-q", "报告", "--baseline", "known.json", "--fail-on", "info"]) == Ended(0, "", "")
    for path, rendered in reports.items():
        _write(path, grown_above(rendered, 3))
    assert _json("报告", "--baseline", "known.json")["diagnostics"] == []


@_FEW
@given(st.integers(0, 10_000), st.integers(0, 5))
def test_pruning_right_away_changes_nothing(seed: int, mistakes: int) -> None:
    _write("a.md", broken(seed, mistakes))
    run(["check", "-q", "a.md", "--write-baseline", "known.json"])
    written = Path("known.json").read_bytes()
    run(["check", "-q", "a.md", "--baseline", "known.json", "--prune-baseline"])
    assert Path("known.json").read_bytes() == written


def test_one_more_mistake_of_the_same_kind_elsewhere_is_reported() -> None:
    good = _good()
    wrong = _wrong(good, "review[direct,total]")
    _write("a.md", wrong)
    run(["check", "a.md", "--write-baseline", "known.json"])
    assert _codes("a.md", "--baseline", "known.json") == []
    _write("a.md", _wrong(wrong, "review[reconsideration,total]"))
    found = _json("a.md", "--baseline", "known.json", "--select", "DL304")
    assert [one["cells"][0] for one in found["diagnostics"]] == ["review[reconsideration,total]"]
    _write("b.md", wrong)
    assert _codes("a.md", "b.md", "--baseline", "known.json", "--select", "DL304") == ["a.md DL304", "b.md DL304"]


def test_of_more_mistakes_than_are_known_the_last_ones_are_reported() -> None:
    good = _good()
    heading = good.text.index("\n", good.text.index("一、总体情况")) + 1
    for count in (1, 3):
        text = good.text[:heading] + "\n由XX镇负责。\n" * count + good.text[heading:]
        Path("a.md").write_text(text, encoding="utf-8")
        if count == 1:
            run(["check", "a.md", "--write-baseline", "known.json"])
    found = _json("a.md", "--baseline", "known.json", "--select", "DL112")
    lines = [one["range"]["start"]["line"] for one in found["diagnostics"]]
    assert len(lines) == 2
    (hidden,) = found["suppressed"]
    assert hidden["range"]["start"]["line"] < min(lines)
    assert hidden["suppression"] == {"kind": "external", "by": "baseline", "reason": None}


def test_another_empty_cell_in_a_known_row_is_new_and_one_less_is_not() -> None:
    good = _good()

    def with_blanks(*columns: str) -> None:
        rendered = good
        for column in columns:
            start, end = rendered.cells[f"requests[granted,{column}]"]
            rendered = rendered.edited([Edit(start, end, "")])
        _write("a.md", rendered)

    with_blanks("research", "welfare")
    run(["check", "a.md", "--select", "DL203", "--write-baseline", "known.json"])
    assert [entry["address"] for entry in _entries()] == ["requests[granted,research+welfare]"]
    with_blanks("welfare")
    assert _codes("a.md", "--select", "DL203", "--baseline", "known.json") == []
    with_blanks("research", "welfare", "legal")
    assert _codes("a.md", "--select", "DL203", "--baseline", "known.json") == ["a.md DL203"]
    with_blanks("welfare")
    run(["check", "a.md", "--select", "DL203", "--baseline", "known.json", "--prune-baseline"])
    assert [entry["address"] for entry in _entries()] == ["requests[granted,welfare]"]


def test_the_file_is_sorted_and_has_a_line_for_each_entry() -> None:
    for name in ("b.md", "甲/a.md", "a b.md"):
        _write(name, broken(len(name), 5))
    Path("state").mkdir()
    run(["check", ".", "--write-baseline", "state/known.json"])
    first, second, *lines, last = Path("state/known.json").read_text(encoding="utf-8").splitlines()
    assert (first, second, last) == ('{"version": 1,', '"entries": [', "]}")
    entries = [json.loads(line.rstrip(",")) for line in lines]
    assert entries == sorted(entries, key=lambda entry: [entry[key] for key in _KEYS])
    assert {entry["path"] for entry in entries} == {"../b.md", "../甲/a.md", "../a b.md"}
    assert all(list(entry) == _KEYS for entry in entries)


def test_it_is_found_from_any_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    _write("reports/a.md", broken(3, 4))
    Path("disclosure-lint.toml").write_text('baseline = "state/known.json"\n', encoding="utf-8")
    Path("state").mkdir()
    assert run(["check", "reports", "--write-baseline", "state/known.json"]).status == 0
    assert run(["check", "-q"]) == Ended(0, "", "")
    monkeypatch.chdir("reports")
    assert run(["check", "-q", "a.md"]) == Ended(0, "", "")
    piped = Path("a.md").read_bytes()
    assert run(["check", "-q", "-", "--stdin-filename", "a.md"], stdin=piped) == Ended(0, "", "")
    assert run(["check", "-q", "--isolated", "a.md"]).status == 1


def test_what_is_mended_is_told_and_pruned() -> None:
    good = _good()
    _write("a.md", _wrong(good, "review[direct,total]"))
    _write("b.md", _wrong(good, "review[direct,total]", "review[reconsideration,total]"))
    run(["check", "--select", "DL3", "--write-baseline", "known.json", "."])
    whole = _entries()
    _write("b.md", good)
    ended = run(["check", "--lang", "en", "--baseline", "known.json", "b.md"])
    assert (ended.status, ended.stderr.count("\n")) == (0, 1)
    assert "2 mistakes in known.json are there no more" in ended.stderr
    listed = run(["check", "--lang", "en", "-v", "--baseline", "known.json", "b.md"]).stderr
    assert (
        "known.json: b.md DL304 review[direct,upheld+corrected" in listed or "b.md DL304 review[direct,total" in listed
    )
    assert "mended" in listed
    assert _entries() == whole
    assert run(["check", "-q", "--baseline", "known.json", "b.md"]).stderr == ""
    ended = run(["check", "--lang", "en", "--baseline", "known.json", "--prune-baseline", "b.md"])
    assert ended.stderr == "took 2 out of known.json\n"
    assert _entries() == [entry for entry in whole if entry["path"] == "a.md"]
    ended = run(["check", "--lang", "en", "--baseline", "known.json", "--prune-baseline", "b.md"])
    assert ended.stderr == "nothing to take out of known.json\n"


def test_pruning_never_adds() -> None:
    good = _good()
    _write("a.md", _wrong(good, "review[direct,total]"))
    run(["check", "a.md", "--write-baseline", "known.json"])
    _write("a.md", _wrong(good, "review[reconsideration,total]"))
    ended = run(["check", "-q", "a.md", "--baseline", "known.json", "--prune-baseline", "--select", "DL304"])
    assert (ended.status, _entries()) == (1, [entry for entry in _entries() if entry["code"] != "DL304"])


def test_a_file_that_is_gone_is_stale_in_every_run() -> None:
    good = _good()
    for name in ("a.md", "b.md"):
        _write(name, _wrong(good, "review[direct,total]"))
    run(["check", ".", "--write-baseline", "known.json"])
    Path("b.md").unlink()
    assert "文件已经没有了" in run(["check", "-v", "a.md", "--baseline", "known.json"]).stderr
    run(["check", "a.md", "--baseline", "known.json", "--prune-baseline"])
    assert {entry["path"] for entry in _entries()} == {"a.md"}


def test_what_was_not_judged_is_not_stale() -> None:
    good = _good()
    _write("a.md", _wrong(good, "review[direct,total]"))
    run(["check", "a.md", "--write-baseline", "known.json"])
    written = Path("known.json").read_bytes()
    for spoil in ("--select DL1", "blank", "bytes"):
        if spoil == "blank":
            total = good.cells["review[direct,total]"]
            Path("a.md").write_text(good.text[: total.start] + "?" + good.text[total.end :], encoding="utf-8")
        elif spoil == "bytes":
            Path("a.md").write_bytes(b"\xff\xff\xff\x00")
        args = ["--select", "DL1"] if spoil.startswith("--") else []
        ended = run(["check", "a.md", "--baseline", "known.json", "--prune-baseline", "--lang", "en", *args])
        assert "nothing to take out" in ended.stderr
        assert Path("known.json").read_bytes() == written


def test_writing_again_keeps_what_this_run_did_not_look_at() -> None:
    good = _good()
    for name in ("a.md", "b.md", "c.md"):
        _write(name, _wrong(good, "review[direct,total]"))
    run(["check", ".", "--write-baseline", "known.json"])
    entries = _entries()
    text = Path("known.json").read_text(encoding="utf-8")
    Path("known.json").write_text(text.replace('"count": 1', '"count": 1, "reason": "纸质件如此"', 1), encoding="utf-8")
    Path("c.md").unlink()
    _write("b.md", good)
    ended = run(["check", "b.md", "--write-baseline", "known.json", "--lang", "en"])
    kept = [entry for entry in entries if entry["path"] == "a.md"]
    assert [{key: entry[key] for key in _KEYS} for entry in _entries() if entry["path"] == "a.md"] == kept
    assert f"; {len(kept)} of 1 file that this run did not check stay" in ended.stderr
    assert not [entry for entry in _entries() if entry["path"] == "c.md"]
    reasons = [one["suppression"]["reason"] for one in _json("a.md", "--baseline", "known.json")["suppressed"]]
    assert reasons == ["纸质件如此"]
    run(["check", "a.md", "--write-baseline", "known.json"])
    assert [entry["reason"] for entry in _entries() if "reason" in entry] == ["纸质件如此"]


def test_what_was_written_is_said() -> None:
    _write("a.md", _wrong(_good(), "review[direct,total]"))
    ended = run(["check", "a.md", "--select", "DL304", "--write-baseline", "known.json"])
    assert ended.stderr == "已把 1 个文件的 1 个问题记进 known.json\n"
    assert "错误 0，警告 0，提示 0；基线中 1" in ended.stdout


def test_comments_go_before_the_baseline() -> None:
    good = _good()
    text = "<!-- disclosure-lint: ignore-file[DL304] x -->\n" + _wrong(good, "review[direct,total]").text
    Path("a.md").write_text(text, encoding="utf-8")
    run(["check", "a.md", "--select", "DL304", "--write-baseline", "known.json"])
    assert _entries() == []


_ENTRY = '{"path": "a.md", "code": "DL1", "address": "x", "count": 1}'


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", ":1:1", "JSON"),
        ('{"version": 1,\n"entries": [\n<<<<<<< ours\n' + _ENTRY, ":3:1", "合并冲突"),
        ("[]", ":1", "不是基线文件"),
        ('{"entries": []}', ":1", "version"),
        ('{"version": 2, "entries": []}', ":1", "更新的版本"),
        ('{"version": 1,\n"entries": [\n' + _ENTRY + ",\n3]}", ":4", "应是 {…}"),
        ('{"version": 1,\n"entries": [\n' + _ENTRY + ',\n{"path": "a"}]}', ":4", "code"),
        ('{"version": 1,\n"entries": [\n' + _ENTRY.replace("1}", "0}") + "]}", ":3", "count"),
        ('{"version": 1,\n"entries": [\n' + _ENTRY.replace("1}", "true}") + "]}", ":3", "count"),
        ('{"version": 1,\n"entries": [\n\n' + _ENTRY.replace("1}", '1, "line": 3}') + "]}", ":4", "line"),
        ('{"version": 1,\n"entries": [\n' + _ENTRY.replace("1}", '1, "reason": 3}') + "]}", ":3", "reason"),
    ],
)
def test_a_broken_baseline(text: str, place: str, words: str) -> None:
    _good()
    Path("known.json").write_text(text, encoding="utf-8")
    for option in ("--baseline", "--write-baseline"):
        ended = run(["check", "a.md", option, "known.json"])
        assert (ended.status, ended.stdout) == (2, "")
        assert f"known.json{place}: " in ended.stderr
        assert words in ended.stderr
        assert Path("known.json").read_text(encoding="utf-8") == text


def test_a_baseline_that_is_no_text_or_not_there() -> None:
    _good()
    Path("known.json").write_bytes(b'{\n"\xff')
    assert "known.json:2: " in run(["check", "a.md", "--baseline", "known.json"]).stderr
    ended = run(["check", "a.md", "--baseline", "gone.json"])
    assert (ended.status, "--write-baseline" in ended.stderr) == (2, True)
    Path("disclosure-lint.toml").write_text('baseline = "gone.json"\n', encoding="utf-8")
    assert run(["check", "a.md"]).status == 2
    assert run(["check", "a.md", "--write-baseline", "gone.json"]).status == 0
    assert run(["check", "a.md"]).status == 0


@pytest.mark.parametrize(
    "args",
    [
        ["--baseline", "a.json", "--write-baseline", "b.json"],
        ["--prune-baseline", "--write-baseline", "b.json"],
        ["--prune-baseline"],
    ],
)
def test_options_that_do_not_go_together(args: list[str]) -> None:
    _good()
    ended = run(["check", "a.md", *args])
    assert (ended.status, ended.stdout) == (2, "")
    assert not Path("b.json").exists()


def test_two_entries_for_one_place_are_one() -> None:
    good = _good()
    _write("a.md", _wrong(good, "review[direct,total]"))
    run(["check", "a.md", "--write-baseline", "known.json"])
    text = Path("known.json").read_text(encoding="utf-8")
    line = text.splitlines()[2].rstrip(",")
    Path("known.json").write_text(text.replace(line, f"{line},\n{line}"), encoding="utf-8")
    assert "没有了" not in run(["check", "a.md", "--baseline", "known.json"]).stderr


def test_a_baseline_that_cannot_be_written() -> None:
    good = _good()
    _write("a.md", _wrong(good, "review[direct,total]"))
    for name in ("no/such/folder/known.json", "x" * 5000, "a.md/known.json"):
        ended = run(["check", "a.md", "--write-baseline", name])
        assert ended.status == 2
        assert name in ended.stderr


def test_json_tells_what_is_known() -> None:
    _write("a.md", _wrong(_good(), "review[direct,total]"))
    run(["check", "a.md", "--select", "DL304", "--write-baseline", "known.json"])
    found = _json("a.md", "--select", "DL304", "--baseline", "known.json")
    assert found["summary"] == {"files": 1, "error": 0, "warning": 0, "info": 0, "suppressed": 0, "baselined": 1}
    assert [one["code"] for one in found["suppressed"]] == ["DL304"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="such names cannot be there")
def test_names_that_no_encoding_knows() -> None:
    name = os.fsdecode(b"\xff.md")
    _write(name, _wrong(_good(), "review[direct,total]"))
    assert run(["check", "-q", name, "--write-baseline", "known.json"]).status == 0
    assert run(["check", "-q", name, "--baseline", "known.json"]) == Ended(0, "", "")


def test_fixes_leave_alone_what_is_known() -> None:
    good = _good()
    Path("a.md").write_text(good.text.replace("一、总体情况", "一、总体工作情况", 1), encoding="utf-8")
    run(["check", "a.md", "--write-baseline", "known.json"])
    (entry,) = _entries()
    known = Path("a.md").read_text(encoding="utf-8")
    assert run(["check", "-q", "a.md", "--fix", "--baseline", "known.json"]) == Ended(0, "", "")
    assert Path("a.md").read_text(encoding="utf-8") == known
    text = known.replace("五、存在的主要问题及改进情况", "五、主要问题及改进情况", 1)
    assert text != known
    Path("a.md").write_text(text, encoding="utf-8")
    run(["check", "a.md", "--fix", "--baseline", "known.json", "--prune-baseline"])
    assert Path("a.md").read_text(encoding="utf-8") == known
    assert _entries() == [entry]
    run(["check", "a.md", "--fix"])
    assert Path("a.md").read_text(encoding="utf-8") == good.text
