"""Starting with 300 old reports: the way that `docs/adoption.md` describes, step by step."""

import json
from pathlib import Path

import pytest

from tests.broken_reports import broken, with_number
from tests.command_line import Ended, own_place, run
from tests.generation import LAYOUTS, report
from tests.generation.page import Edit
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_COUNT = some(300)
_GOOD = report("clean 0", "pipes", "county")


def _old(number: int) -> str:
    """Every third of the old reports is sound."""
    if number % 3 == 0:
        return report(f"sound {number}", LAYOUTS[number % len(LAYOUTS)], "township").text
    return broken(number, number % 5).text


def _found(*args: str) -> list[tuple[str, str]]:
    data = json.loads(run(["check", "--format", "json", *args]).stdout)
    return [(one["path"], one["code"]) for one in data["diagnostics"]]


def _entries() -> list[dict[str, object]]:
    entries: list[dict[str, object]] = json.loads(Path("known.json").read_text(encoding="utf-8"))["entries"]
    return entries


@pytest.mark.long
def test_the_way_of_an_archive_of_300_reports() -> None:
    names = [f"档案/{2021 + number % 4}/第{number:03}号 年报.md" for number in range(_COUNT)]
    for number, name in enumerate(names):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(_old(number), encoding="utf-8")

    # As they are, nobody could begin.
    before = _found(".")
    assert len({path for path, _ in before}) > _COUNT // 3

    # The baseline is written, named in the configuration, and all is quiet.
    ended = run(["check", "--lang", "en", "--write-baseline", "known.json", "."])
    assert ended.status == 0
    assert ended.stderr.startswith(f"listed {len(before)} mistakes of ")
    Path("disclosure-lint.toml").write_text('baseline = "known.json"\nfail-on = "info"\n', encoding="utf-8")
    assert run(["check", "-q", "."]) == Ended(0, "", "")
    written = Path("known.json").read_bytes()

    # A new report has to be right.
    new = Path("档案/2025 新年报.md")
    new.write_text(with_number(_GOOD, "review[direct,total]", 77).text, encoding="utf-8")
    assert _found(".") == [(new.as_posix(), "DL304")]
    assert run(["check", "-q", str(new)]).status == 1
    new.write_text(_GOOD.text, encoding="utf-8")
    assert run(["check", "-q", str(new)]).status == 0

    # An old report may be edited, but not get one mistake more.
    victim, text = next((name, text) for name in names if (text := Path(name).read_text(encoding="utf-8")))
    head = text.index("\n", text.index("一、总体情况"))
    Path(victim).write_text("\n\n" + text[:head] + "\n\n各项工作有序推进。\n" + text[head:], encoding="utf-8")
    assert run(["check", "-q", victim]).status == 0
    Path(victim).write_text(text[:head] + "\n\n由XX镇负责。\n" + text[head:], encoding="utf-8")
    assert _found(victim) == [(victim, "DL112")]
    Path(victim).write_text(text, encoding="utf-8")

    # What is mended is told; pruning after a run on that file leaves the others alone.
    mended = before[0][0]
    others = [entry for entry in _entries() if entry["path"] != mended]
    Path(mended).write_text(_GOOD.text, encoding="utf-8")
    assert "--prune-baseline" in run(["check", mended]).stderr
    assert Path("known.json").read_bytes() == written
    assert run(["check", "-q", "--prune-baseline", mended]).status == 0
    assert _entries() == others

    # The mistake of another report does not come back either.
    gone = next(path for path, _ in before if path != mended)
    Path(gone).unlink()
    assert run(["check", "-q", "--prune-baseline", mended]).status == 0
    assert _entries() == [entry for entry in others if entry["path"] != gone]


def test_the_baselines_of_two_branches_merge_line_by_line() -> None:
    for number in range(6):
        Path(f"{number}.md").write_text(_wrong_total(), encoding="utf-8")
    run(["check", ".", "--select", "DL3", "--write-baseline", "known.json"])
    lines = Path("known.json").read_text(encoding="utf-8").splitlines()
    Path("2.md").write_text(_GOOD.text, encoding="utf-8")
    run(["check", ".", "--select", "DL3", "--baseline", "known.json", "--prune-baseline"])
    after = Path("known.json").read_text(encoding="utf-8").splitlines()
    assert after == [line for line in lines if '"2.md"' not in line]
    Path("4 new.md").write_text(_wrong_total(), encoding="utf-8")
    run(["check", ".", "--select", "DL3", "--write-baseline", "known.json"])
    added = Path("known.json").read_text(encoding="utf-8").splitlines()
    assert [line for line in added if '"4 new.md"' not in line] == after


def _wrong_total() -> str:
    start, end = _GOOD.cells["review[direct,total]"]
    return _GOOD.edited([Edit(start, end, "77")]).text
