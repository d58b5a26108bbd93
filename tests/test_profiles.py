"""Profiles: what a report must fulfil while it is written, reviewed or published."""

import json
from pathlib import Path

import pytest

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.rule import Rule
from disclosure_lint.packs.sources import shipped_rules
from disclosure_lint.packs.toml_files import parse_toml
from disclosure_lint.settings import selected
from disclosure_lint.settings.files import Profiles
from tests.broken_reports import with_number
from tests.command_line import own_place, run
from tests.generation import Rendered, report
from tests.generation.page import Edit

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_GOOD = report("clean 0", "pipes", "county")
_NAMES = ("draft", "review", "publish")


def _write(rendered: Rendered, name: str = "a.md") -> None:
    Path(name).write_text(rendered.text, encoding="utf-8")


def _unfinished() -> Rendered:
    start, end = _GOOD.cells["requests[granted,welfare]"]
    at = _GOOD.text.index("\n", _GOOD.text.index("六、其他需要报告的事项"))
    edits = [Edit(start, end, ""), Edit(at, len(_GOOD.text), "\n\n（待补充）\n")]
    return _GOOD.edited(edits)


def _status(*args: str) -> int:
    return run(["check", "-q", *args]).status


def _severities(*args: str) -> dict[str, str]:
    found = json.loads(run(["check", "--format", "json", *args]).stdout)["diagnostics"]
    return {one["code"]: one["severity"] for one in found}


@pytest.mark.parametrize(("profile", "status"), [("draft", 0), ("review", 1), ("publish", 1)])
def test_what_is_unfinished_fails_except_in_a_draft(profile: str, status: int) -> None:
    _write(_unfinished())
    assert _status("--profile", profile, "a.md") == status


@pytest.mark.parametrize("profile", _NAMES)
def test_what_is_wrong_fails_everywhere_and_what_is_right_nowhere(profile: str) -> None:
    _write(_GOOD)
    assert _status("--profile", profile, "a.md") == 0
    _write(with_number(_GOOD, "review[direct,total]", 77))
    assert _status("--profile", profile, "a.md") == 1


def test_review_is_what_holds_without_a_profile() -> None:
    _write(_unfinished())
    assert _severities("--profile", "review", "a.md") == _severities("a.md")
    assert _severities("--profile", "draft", "a.md") == {"DL112": "warning", "DL203": "warning", "DL401": "warning"}
    assert _severities("--profile", "publish", "a.md")["DL203"] == "error"


def test_nothing_doubtful_is_published() -> None:
    start, _ = _GOOD.cells["requests[granted,welfare]"]
    _write(_GOOD.edited([Edit(start, start, "?")]))
    args = ["--select", "DL303", "a.md"]
    assert (_status("--profile", "review", *args), _status("--profile", "publish", *args)) == (0, 1)
    assert _status("--profile", "publish", "--max-undetermined", "9", *args) == 0
    Path("disclosure-lint.toml").write_text('profile = "publish"\nmax-undetermined = 9\n', encoding="utf-8")
    assert _status(*args) == 0


def test_warnings_are_not_published() -> None:
    text = _GOOD.text.replace("一、总体情况", "一、总体工作情况", 1)
    Path("a.md").write_text(text, encoding="utf-8")
    assert _severities("a.md") == {"DL103": "warning"}
    assert [_status("--profile", name, "a.md") for name in _NAMES] == [0, 0, 1]


@pytest.mark.parametrize(
    ("configuration", "args", "severity"),
    [
        ("", [], "warning"),
        ('profile = "publish"', [], "error"),
        ('profile = "publish"', ["--profile", "draft"], "warning"),
        ('profile = "publish"', ["--isolated"], "warning"),
        ('profile = "publish"\nseverity = { DL203 = "info" }', [], "info"),
        ('profile = "publish"\nseverity = { DL2 = "info" }', [], "info"),
        ('severity = { DL2 = "info" }', ["--profile", "publish"], "info"),
        ('severity = { DL1 = "info" }', ["--profile", "publish"], "error"),
    ],
)
def test_the_configuration_goes_over_the_profile(configuration: str, args: list[str], severity: str) -> None:
    Path("disclosure-lint.toml").write_text(configuration + "\n", encoding="utf-8")
    _write(_unfinished())
    assert _severities("--select", "DL203", *args, "a.md") == {"DL203": severity}
    if "--isolated" not in args:
        named = ["--config", "disclosure-lint.toml", *args]
        assert _severities("--select", "DL203", *named, "a.md") == {"DL203": severity}


@pytest.mark.parametrize(
    ("configuration", "args", "status"),
    [
        ("", ["--profile", "publish"], 1),
        ('fail-on = "error"', ["--profile", "publish"], 0),
        ('profile = "publish"\nfail-on = "error"', [], 0),
        ('profile = "publish"', ["--fail-on", "error"], 0),
        ('profile = "draft"', ["--fail-on", "warning"], 1),
    ],
)
def test_the_limit_of_a_profile_is_the_weakest_word(configuration: str, args: list[str], status: int) -> None:
    Path("disclosure-lint.toml").write_text(configuration + "\n", encoding="utf-8")
    Path("a.md").write_text(_GOOD.text.replace("一、总体情况", "一、总体工作情况", 1), encoding="utf-8")
    assert _status(*args, "a.md") == status


def test_a_profile_that_does_not_exist() -> None:
    _write(_GOOD)
    ended = run(["check", "--profile", "drat", "a.md"])
    assert (ended.status, ended.stderr) == (2, "错误：--profile：没有“drat”这个方案；可写 draft、review、publish\n")
    Path("disclosure-lint.toml").write_text('lang = "en"\nprofile = "drat"\n', encoding="utf-8")
    ended = run(["check", "--lang", "en", "a.md"])
    place = "disclosure-lint.toml:2:1: there is no profile “drat”; write one of draft, review, publish"
    assert (ended.status, ended.stderr) == (2, f"error: {place}\n")


def test_the_rules_of_a_profile_are_listed() -> None:
    lines = run(["rules", "list", "--profile", "draft"]).stdout.splitlines()
    assert lines[0].startswith("draft：")
    assert lines[1] == "fail-on = error"
    (line,) = [line for line in lines if line.startswith("DL112 ")]
    assert line.split()[1] == "warning"
    assert line.endswith("（模板里留着待填的字样）")
    assert "fail-on = warning, max-undetermined = 0" in run(["rules", "list", "--profile", "publish"]).stdout
    rules = json.loads(run(["rules", "list", "--profile", "publish", "--format", "json"]).stdout)
    reasons = {rule["code"]: rule["profile_reason"] for rule in rules}
    assert set(reasons["DL203"]) == {"zh", "en"}
    assert reasons["DL301"] is None
    assert run(["rules", "list", "--profile", "drat"]).status == 2


def test_rules_for_a_report_under_a_profile() -> None:
    _write(_unfinished())
    lines = run(["rules", "list", "--profile", "draft", "--for", "a.md"]).stdout.splitlines()
    assert [line.split()[2] for line in lines if " DL112 " in line] == ["warning"]


@pytest.mark.parametrize("name", _NAMES)
def test_the_shipped_profiles_are_sound(name: str) -> None:
    profile = Profiles(shipped_rules() / "profiles", parse_toml).of(name)
    assert profile.id == name
    assert all(text for words in (profile.summary, *(one.reason for one in profile.grades.values())) for text in words)


def test_a_prefix_holds_for_rules_that_are_yet_to_come() -> None:
    nothing = LocalizedText("", "")
    rules = [Rule(f"DL70{n}", f"r{n}", Severity.warning, nothing, nothing, (), "pattern", {}) for n in (1, 2)]
    settings = Profiles(shipped_rules() / "profiles", parse_toml).of("publish").settings()
    assert [rule.severity for rule in selected(rules, settings, "a.md")] == [Severity.error, Severity.error]


_HEAD = '[profile]\nsummary = { zh = "x", en = "x" }\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", ":1:1"),
        ("[profile]\n", ":1:2"),
        (_HEAD + 'fail-on = "off"', ":3:1"),
        (_HEAD + "max-undetermined = -1", ":3:1"),
        (_HEAD + "[severty]", ":3:2"),
        (_HEAD + '[[severity]]\ncode = "D"', ":4:1"),
        (_HEAD + '[[severity]]\ncode = "DL1"\nseverity = "bad"', ":5:1"),
        (_HEAD + '[[severity]]\ncode = "DL1"\nseverity = "info"', ":3:1"),
        (_HEAD + '[[severity]]\ncode = "DL1"\nseverity = "info"\nwhy = "x"', ":6:1"),
        (_HEAD + ('[[severity]]\ncode = "DL1"\nseverity = "info"\nreason = { zh = "x", en = "x" }\n' * 2), ":8:1"),
    ],
)
def test_mistakes_in_a_profile_are_told_at_their_place(tmp_path: Path, text: str, place: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        Profiles(tmp_path, parse_toml).of("mine")
    assert f"mine.toml{place}: " in str(caught.value)
