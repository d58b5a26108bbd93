"""Reports are judged once: with what lies beside them anew only where that finds something, and the same is said."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import pytest

from disclosure_lint.engine.comparing import Settling
from disclosure_lint.many import records
from disclosure_lint.many.records import Records, Spool
from tests.command_line import GOOD, Ended, own_place, run
from tests.generation import Place, report
from tests.judged_files import judged

__all__ = ["judged", "own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
TEXT = GOOD.read_text(encoding="utf-8")


def series(count: int, change: Callable[[int, str], str] = lambda _, text: text) -> None:
    """Writes reports of agencies over five years each."""
    for number in range(count):
        text = report(f"settling/{number}", "pipes", "township", place=Place(number)).text
        Path(f"{number:03}.md").write_text(change(number, text), encoding="utf-8")


def check(*arguments: str, jobs: int = 1, stdin: bytes = b"") -> Ended:
    return run(["check", "--no-cache", "--format", "json", "-v", "--jobs", str(jobs), *(arguments or ["."])], stdin)


def test_what_follows_from_each_other_is_judged_once(judged: list[str]) -> None:
    series(30)
    said = json.loads(check().stdout)
    assert judged == [f"{number:03}.md" for number in range(30)]
    ended = {one["code"]: one["verdict"] for one in said["files"][1]["ledger"]}
    assert {ended[code] for code in ("DL901", "DL902", "DL903", "DL906")} == {"passed"}


def test_one_that_does_not_is_judged_again(judged: list[str]) -> None:
    def wrong(number: int, text: str) -> str:
        row = next(line for line in text.splitlines() if "上年结转政府信息公开申请数量" in line)
        label, *numbers = [cell for cell in row.split("|") if cell.strip()]
        changed = "|".join(["", label, *[f" {int(one) + 7} " for one in numbers], ""])
        return text.replace(row, changed) if number == 13 else text

    series(30, wrong)
    said = json.loads(check("--select", "DL9").stdout)
    assert [(one["path"], one["code"]) for one in said["diagnostics"]] == [("013.md", "DL901")]
    assert sorted(judged) == sorted([*(f"{number:03}.md" for number in range(30)), "013.md"])


def disturbed(random: Random) -> Callable[[int, str], str]:
    """Changes some reports in what others say of them, now and then."""

    def change(number: int, text: str) -> str:
        if random.random() < 0.3:
            lines = text.splitlines()
            rows = [at for at, line in enumerate(lines) if line.count("|") > 5 and any(map(str.isdigit, line))]
            for at in random.sample(rows, 3):
                old = random.choice([cell for cell in lines[at].split("|") if cell.strip().isdigit()] or ["|"])
                lines[at] = lines[at].replace(old, random.choice([" 4 ", "  ", " 若干 "]), 1)
            text = "\n".join(lines)
        if random.random() < 0.15:
            text = text.replace("二、主动公开", "全年收到政府信息公开申请同比增长12.5%。\n\n二、主动公开", 1)
        if random.random() < 0.1:
            text = text.replace(f"{Place(number).year}年", f"{Place(number + 1).year}年")
        if random.random() < 0.1:
            text = text.replace("年度报告", "年度报告（更正）", 1)
        if random.random() < 0.1:
            text = f"<!-- disclosure-lint: ignore-file[DL901] 测试 -->\n\n{text}"
        return text

    return change


@pytest.mark.parametrize("seed", range(4))
def test_the_same_is_said_as_if_all_were_judged_again(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    series(25, disturbed(random))
    Path("县.md").write_text(TEXT.replace("杏花坞镇", ""), encoding="utf-8")
    sums = f'[sums]\n"{Place(0).agency}" = ["{Place(5).agency}", "{Place(10).agency}"]\n'
    Path("disclosure-lint.toml").write_text(sums, encoding="utf-8")
    trust = ["--trust", "previous"] if seed % 2 else []
    one = check(*trust, ".")
    ended = {(entry["code"], entry["verdict"]) for file in json.loads(one.stdout)["files"] for entry in file["ledger"]}
    assert {("DL901", "passed"), ("DL905", "failed"), ("DL906", "passed")} <= ended
    assert check(*trust, ".", jobs=2) == one
    monkeypatch.setattr(Settling, "settled", lambda *_: None)
    assert check(*trust, ".") == one


def test_standard_input_is_compared_too() -> None:
    series(24)
    last = Path("014.md").read_bytes()
    Path("014.md").unlink()
    row = next(line for line in last.decode().splitlines() if "上年结转" in line and line.count("|") > 5)
    changed = last.replace(row.encode(), row.replace(" 0 |", " 9 |").encode())
    said = [check("--stdin-filename", "014.md", "-", ".", jobs=jobs, stdin=changed) for jobs in (1, 2)]
    assert said[0] == said[1]
    found = json.loads(said[0].stdout)["diagnostics"]
    assert ("014.md", "DL901") in [(one["path"], one["code"]) for one in found]


def test_two_files_of_one_name_in_an_archive() -> None:
    series(24)
    with zipfile.ZipFile("all.zip", "w") as archive:
        archive.writestr("a.md", TEXT)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.md", TEXT.replace("杏花坞", "桃花坞"))
    said = [check(jobs=jobs) for jobs in (1, 2)]
    assert said[0] == said[1]
    files = [one for one in json.loads(said[0].stdout)["files"] if one["path"] == "all.zip/a.md"]
    assert len({one["agency"] for one in files}) == len(files)


def test_very_many_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is compared with few of the others."""
    for number in range(120):
        Path(f"{number:03}.md").write_text(TEXT, encoding="utf-8")
    asked = 0
    entry = Records.entry

    def counting(self: Records, path: str) -> object:
        nonlocal asked
        asked += 1
        return entry(self, path)

    monkeypatch.setattr(Records, "entry", counting)
    assert check("--select", "DL9", ".").status == 0
    assert asked < 120 * 12


def test_a_place_for_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "_IN_MEMORY", 1000)
    pieces = [bytes([number]) * 100 for number in range(50)]
    aside = Spool()
    places = [aside.put(piece) for piece in pieces]
    assert not isinstance(aside._file, BytesIO)
    assert [aside.get(place, 100) for place in places] == pieces
    aside.close()


class _Full(BytesIO):
    """A disk with room for 2000 bytes."""

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > 2000:
            raise OSError(28, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("room", [True, False])
def test_where_the_disk_is_full_memory_is_taken(room: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(*, buffering: int) -> BytesIO:
        assert buffering == 0
        if room:
            return _Full()
        raise FileNotFoundError

    monkeypatch.setattr(records, "_IN_MEMORY", 1000)
    monkeypatch.setattr(records, "TemporaryFile", opened)
    pieces = [bytes([number]) * 100 for number in range(50)]
    aside = Spool()
    places = [aside.put(piece) for piece in pieces]
    assert [aside.get(place, 100) for place in places] == pieces
