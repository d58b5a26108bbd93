"""What authors leave as it is: comments in the document, and what the configuration accepts."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import GOOD, Ended, own_place, run

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")


def _write(name: str, *changes: tuple[str, str]) -> None:
    text = GOOD.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def _without_fee(name: str, comment: str = "") -> None:
    text = GOOD.read_text(encoding="utf-8")
    head, _, _ = text.partition("## 六")
    heading = next(line for line in text.splitlines() if line.startswith("## 六"))
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(f"{head}{heading}\n\n{comment}\n无。\n", encoding="utf-8")


def _json(*args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(["check", "--format", "json", "--ignore", "DL403", *args]).stdout)
    return found


def _check(*args: str, stdin: bytes = b"") -> Ended:
    return run(["check", "-q", "--ignore", "DL403", *args], stdin=stdin)


def _codes(ended: Ended) -> list[str]:
    return [line.split()[2] for line in ended.stdout.splitlines()]


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("<!-- disclosure-lint: ignore[DL401] 镇里没有收费 -->", "镇里没有收费"),
        ("<!-- disclosure-lint：ignore【DL401】：镇里没有收费 -->", "镇里没有收费"),
        ("<!-- disclosure-lint: ignore[fee-statement, DL402] -- asked -->", "asked"),
        ("<!-- disclosure-lint: ignore-file[DL4]\n两行的\n理由 -->", "两行的\n理由"),
        ("<!-- disclosure-lint: ignore[DL401] -->", None),
    ],
)
def test_the_reason_is_told(comment: str, reason: str | None) -> None:
    _without_fee("a.md", comment)
    found = _json("a.md")
    (suppressed,) = found["suppressed"]
    assert found["diagnostics"] == []
    assert suppressed["code"] == "DL401"
    assert suppressed["suppression"] == {"kind": "inSource", "by": "comment", "reason": reason}
    assert (found["summary"]["suppressed"], found["summary"]["baselined"]) == (1, 0)
    assert {"code": "DL401", "verdict": "failed"} in found["files"][0]["ledger"]


def test_what_is_suppressed_is_listed_when_asked_for() -> None:
    _without_fee("a.md", "<!-- disclosure-lint: ignore[DL401] 镇里没有收费 -->")
    assert "DL401 注释：镇里没有收费" in run(["check", "-v", "a.md"]).stdout
    assert "；忽略 1\n" in run(["check", "a.md"]).stdout
    assert "DL401 comment: 镇里没有收费" in run(["check", "-v", "--lang", "en", "a.md"]).stdout


@pytest.mark.parametrize(
    ("comment", "message", "marked"),
    [
        ("ignore[DL401, DL499] x", "DL499 不是已装入规则的代码、前缀或名称", "DL499"),
        ("ignore[DL401, fee-statment]", "是不是 fee-statement？", "fee-statment"),
        ("ignore[DL401, ZZ]", "ZZ 不是已装入", "ZZ"),
    ],
)
def test_a_code_that_nobody_knows_is_told_at_its_place(comment: str, message: str, marked: str) -> None:
    line = f"<!-- disclosure-lint: {comment} -->"
    _without_fee("a.md", line)
    (found,) = _json("a.md")["diagnostics"]
    assert found["code"] == "DL005"
    assert message in found["message"]
    start, end = (found["range"][side]["column"] - 1 for side in ("start", "end"))
    assert line[start:end] == marked


def test_a_comment_of_unknown_codes_only_is_one_finding() -> None:
    _without_fee("a.md", "<!-- disclosure-lint: ignore[DL498, DL499] -->")
    found = [one for one in _json("a.md")["diagnostics"] if one["code"] == "DL005"]
    assert ["DL498、DL499" in one["message"] for one in found] == [True]


@pytest.mark.parametrize("comment", ["disable[DL401]", "ignore", "ignore[", "ignore[]", "ignore-line[DL401]"])
def test_a_comment_that_is_not_understood_says_how_to_write_it(comment: str) -> None:
    _without_fee("a.md", f"<!-- disclosure-lint: {comment} -->")
    (found,) = [one for one in _json("a.md")["diagnostics"] if one["code"] == "DL005"]
    assert "看不懂" in found["message"]
    assert "ignore[代码] 理由" in found["message"]


def test_a_comment_may_silence_the_notice_of_another_but_not_of_itself() -> None:
    idle = "<!-- disclosure-lint: ignore[DL402] 待核 -->"
    _without_fee("a.md", f"<!-- disclosure-lint: ignore[DL401] -->\n{idle}")
    assert [one["code"] for one in _json("a.md")["diagnostics"]] == ["DL005"]
    _without_fee("a.md", f"<!-- disclosure-lint: ignore-file[DL401, DL005] 都不用说 -->\n{idle}")
    found = _json("a.md")
    assert found["diagnostics"] == []
    assert [one["code"] for one in found["suppressed"]] == ["DL005", "DL401"]
    _write("b.md", ("## 六", "<!-- disclosure-lint: ignore-file[DL005] -->\n\n## 六"))
    assert [one["code"] for one in _json("b.md")["diagnostics"]] == ["DL005"]


def test_the_notice_that_a_file_is_no_report_can_be_silenced() -> None:
    Path("notes.md").write_text("<!-- disclosure-lint: ignore-file[DL002] 会议通知 -->\n# 通知\n", encoding="utf-8")
    found = _json("notes.md")
    assert found["diagnostics"] == []
    assert [one["suppression"]["reason"] for one in found["suppressed"]] == ["会议通知"]


def test_per_file_ignores_hold_wherever_the_command_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("disclosure-lint.toml").write_text(
        '[per-file-ignores]\n"历年/**/2019*.md" = ["fee-statement"]\n"*.bad" = ["DL0"]\n', encoding="utf-8"
    )
    _without_fee("历年/石桥镇/2019 年报.md")
    _without_fee("历年/石桥镇/2023.md")
    Path("scan.bad").write_bytes(b"\xff\xfe\x00")
    assert _codes(_check("历年")) == ["DL401"]
    assert _check("scan.bad") == Ended(0, "", "")
    piped = Path("历年/石桥镇/2019 年报.md").read_bytes()
    assert _check("-", "--stdin-filename", "历年/石桥镇/2019.md", stdin=piped).status == 0
    monkeypatch.chdir("历年/石桥镇")
    assert _codes(_check("2019 年报.md", "2023.md")) == ["DL401"]


_ACCEPT = """\
[[accept]]
path = "reports/a.txt"
codes = ["DL401"]
section = "other"
reason = "纸质件已补充说明"
"""


def _configured(text: str) -> None:
    Path("disclosure-lint.toml").write_text(text, encoding="utf-8")


def test_the_configuration_accepts_what_the_document_cannot_say() -> None:
    _configured(_ACCEPT)
    _without_fee("reports/a.txt")
    _without_fee("reports/b.txt")
    found = _json("reports")
    assert [one["path"] for one in found["diagnostics"]] == ["reports/b.txt"]
    (suppressed,) = found["suppressed"]
    assert suppressed["suppression"] == {"kind": "external", "by": "configuration", "reason": "纸质件已补充说明"}


@pytest.mark.parametrize(
    ("place", "accepted"),
    [
        ('cell = "requests[new,total]"', True),
        ('cell = "requests[carried_in,total]"', False),
        ('section = "requests"', True),
        ('section = "review"', False),
        ("", True),
    ],
)
def test_what_is_accepted_may_be_one_place(place: str, accepted: bool) -> None:
    _configured(f'[[accept]]\npath = "*.md"\ncodes = ["applicants-total"]\nreason = "x"\n{place}\n')
    text = GOOD.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("| 一、本年新收"))
    cells = row.rstrip(" |").split("|")
    _write("a.md", (row, "|".join([*cells[:-1], f" {int(cells[-1]) + 7} |"])))
    left = [one["code"] for one in _json("a.md", "--select", "DL303")["diagnostics"]]
    assert left == ([] if accepted else ["DL303"])


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("accept = 3", "1:1", "[[accept]]"),
        ('[[accept]]\ncodes = ["DL401"]\nreason = "x"', "1:1", "缺少 path"),
        ('[[accept]]\npath = "a.md"\nreason = "x"', "1:1", "缺少 codes"),
        ('[[accept]]\npath = "a.md"\ncodes = ["DL401"]', "1:1", "缺少 reason"),
        ('[[accept]]\npath = "a.md"\ncodes = ["DL401"]\nreason = " "', "4:1", "为什么接受"),
        ('[[accept]]\npath = "a.md"\ncodes = []\nreason = "x"', "3:1", "至少要写一个"),
        ('[[accept]]\npath = "a.md"\ncodes = ["DL499"]\nreason = "x"', "3:10", "DL499"),
        ('[[accept]]\npath = ""\ncodes = ["DL401"]\nreason = "x"', "2:1", "不能是空的"),
        ('[[accept]]\npath = "a.md"\ncodes = ["DL401"]\nreson = "x"', "4:1", "是不是“reason”？"),
        (_ACCEPT + 'cell = "requests[new,totl]"', "6:1", "是不是“requests[new,total]”？"),
        (_ACCEPT + '[[accept]]\npath = "b"\ncodes = ["DL1"]\nreason = "x"\nsection = "othr"', "10:1", "“other”？"),
    ],
)
def test_mistakes_in_what_is_accepted(text: str, where: str, words: str) -> None:
    _configured(text)
    _without_fee("a.md")
    ended = run(["check", "a.md"])
    assert (ended.status, ended.stdout) == (2, "")
    assert f"disclosure-lint.toml:{where}: " in ended.stderr
    assert words in ended.stderr


def test_what_is_accepted_and_is_mended_is_told_at_its_place() -> None:
    _configured('select = ["DL0", "DL4"]\n\n' + _ACCEPT)
    _write("reports/a.txt")
    for args in (["reports/a.txt"], ["."]):
        found = _json(*args)
        (notice,) = found["diagnostics"]
        assert (notice["path"], notice["code"], notice["severity"]) == ("disclosure-lint.toml", "DL005", "info")
        assert notice["range"]["start"] == {"line": 3, "column": 1}
        assert "reports/a.txt DL401 other" in notice["message"]
        assert [one["path"] for one in found["files"]] == ["reports/a.txt"]
        assert found["summary"]["files"] == 1
    assert _check().status == 0
    assert _check("--fail-on", "info").status == 1
    assert _check("--ignore", "DL005") == Ended(0, "", "")


def test_what_is_accepted_in_pyproject_is_told_there() -> None:
    text = "[project]\n\n[tool.disclosure-lint]\n\n" + _ACCEPT.replace("[[accept]]", "[[tool.disclosure-lint.accept]]")
    Path("pyproject.toml").write_text(text, encoding="utf-8")
    _write("reports/a.txt")
    assert _check(".").stdout.startswith("pyproject.toml:5:1: info DL005 ")


@pytest.mark.parametrize(
    ("path", "args", "told"),
    [
        ("*.txt", ["reports/b.txt"], False),
        ("*.txt", ["reports"], False),
        ("*.txt", ["."], True),
        ("reports/gone.txt", ["."], True),
        ("reports/gone.txt", ["reports/b.txt"], False),
        ("reports/b.txt", [".", "--select", "DL0,DL1"], False),
        ("*.txt", [".", "--select", "DL0,DL1"], False),
    ],
)
def test_nothing_is_called_unused_that_may_be_of_use_elsewhere(path: str, args: list[str], told: bool) -> None:
    _configured(_ACCEPT.replace("reports/a.txt", path))
    _write("reports/b.txt")
    assert [one["path"] for one in _json(*args)["diagnostics"]] == ["disclosure-lint.toml"] * told


def test_a_file_that_cannot_be_read_can_be_accepted() -> None:
    _configured('[[accept]]\npath = "old/*"\ncodes = ["DL001"]\nreason = "只有扫描件"\n')
    Path("old").mkdir()
    Path("old/2009.txt").write_bytes(b"\xff\xff\xff\x00")
    found = _json("old/2009.txt")
    assert found["diagnostics"] == []
    assert [one["suppression"]["reason"] for one in found["suppressed"]] == ["只有扫描件"]
