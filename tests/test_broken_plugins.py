"""Twelve ways to break a plugin, and those of the other hooks: each is told once, in full, and hides nothing else."""

import json
import signal
from collections.abc import Mapping
from pathlib import Path
from threading import Thread
from time import sleep
from typing import NamedTuple

import pytest

from disclosure_lint import FileResult, Linter, __version__
from disclosure_lint.checks.section import SectionCheck
from tests.command_line import own_place, run
from tests.installed import CODE, PACK, REPORT, RULE, install

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]

PLUGIN, ABOUT, RULES = "broken_plugin.py", "rules/pack.toml", "rules/gossip.toml"
_CODE = CODE.replace("our_rules", "rules")
_PACK = PACK.replace("our-city", "broken")
_RULE = RULE.replace("ZZ001", "ZB001").replace("rumour", "gossip")
_PATTERN = '[rule.pattern]\nforbid = ["据说"]\n'
_SHAKY = f"""{_CODE}

@hookimpl
def check_kinds():
    return [Shaky()]


class Shaky:
    kind = "shaky"
    schema = {{"type": "object"}}

    def compile(self, options, context):
        return options

    def judge(self, rule, report):
        raise ValueError("运气不好")
"""
_FROM = "（规则包 {folder}/rules 是插件 broken 带来的；请修好它，或者卸载这个插件）"
_GOOD = "a.md:5:1: warning ZZ001 不要写“据说”\n"
_FAILED = "a.md:1:1: error DL007 插件或规则包出错，这份年报没有查全："
_ENDLESS = "规则 ZB001（规则包 broken）的正则表达式用了 1 秒处理器时间还没有匹配完；请改写，或关掉这条规则"


class Way(NamedTuple):
    """A way to break a plugin."""

    changes: Mapping[str, str | None]
    """Files that differ from those of a plugin that works; None for one that is not there."""
    said: str
    """What stands on standard error after `错误：`."""
    found: str = ""
    """What stands on standard output: nothing if the run does not begin."""


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


WAYS = {
    "missing file": Way({ABOUT: None}, "{folder}/rules: 这里没有规则包：缺少 pack.toml\n" + _FROM),
    "wrong key": Way(
        {RULES: changed(_RULE, "[rule.pattern]", "[rule.patern]")},
        "{folder}/rules/gossip.toml:10:7: 规则 ZB001 有不认识的键 “patern”，是否想写 “pattern”？\n" + _FROM,
    ),
    "wrong code": Way(
        {RULES: changed(_RULE, 'code = "ZB001"', 'code = "B1"')},
        "{folder}/rules/gossip.toml:2:1: 规则 B1 的 code 写成了 “B1”，不合规定："
        "规则代码：两个大写字母加三位数字，如 DL301\n" + _FROM,
    ),
    "misspelt hook": Way(
        {PLUGIN: changed(_CODE, "rule_packs", "rule_pack")}, "插件 broken 的 rule_pack 不是钩子，是否想写 rule_packs？"
    ),
    "exception at import": Way(
        {PLUGIN: f"{_CODE}\n1 / 0\n"},
        "插件 broken 出错（import broken_plugin）：ZeroDivisionError: division by zero (broken/broken_plugin.py:10)",
    ),
    "exception in a check": Way(
        {PLUGIN: _SHAKY, RULES: changed(_RULE, _PATTERN, "[rule.shaky]\n")},
        "规则 ZB001（规则包 broken）没有查成：插件 broken 出错（check_kinds shaky）："
        "ValueError: 运气不好 (broken/broken_plugin.py:24)",
        _FAILED
        + "规则 ZB001（规则包 broken）没有查成：插件 broken 出错（check_kinds shaky）："
        + "ValueError: 运气不好 (broken/broken_plugin.py:24)\n"
        + _GOOD,
    ),
    "endless regular expression": Way(
        {RULES: changed(_RULE, "据说", "(?:.|..)+(?!)")}, _ENDLESS, _FAILED + _ENDLESS + "\n" + _GOOD
    ),
    "duplicate code": Way(
        {RULES: changed(_RULE, "ZB001", "DL301")},
        "{folder}/rules/gossip.toml:2:1: 规则代码 DL301 在规则包 national 和 broken 里都有；每个代码只能用一次\n"
        + _FROM,
    ),
    "formula with an unknown name": Way(
        {RULES: changed(_RULE, _PATTERN, '[rule.equation]\neach = "requests.columns"\nformula = "nwe = carried_in"\n')},
        "{folder}/rules/gossip.toml:12:12: 规则 ZB001：没有叫 “nwe” 的行；是否想写 new？\n" + _FROM,
    ),
    "no examples": Way(
        {RULES: _RULE.partition("[[rule.example]]")[0]},
        "{folder}/rules/gossip.toml:1:1: 规则 ZB001 缺少 example"
        "（例子，也就是测试：至少一个应当通过的，一个应当查出的）\n" + _FROM,
    ),
    "wrong version": Way(
        {ABOUT: _PACK + 'requires = ">=2"\n'},
        "{folder}/rules/pack.toml:6:1: 规则包要求 disclosure-lint >=2，装的是 "
        + __version__
        + "；请换一个版本\n"
        + _FROM,
    ),
    "schema of a later version": Way(
        {ABOUT: _PACK + "schema = 2\nunheard-of = true\n"},
        "{folder}/rules/pack.toml:6:1: 规则包按第 2 版写法写成，disclosure-lint "
        + __version__
        + " 只认到第 1 版；请升级它\n"
        + _FROM,
    ),
}


def broken(folder: Path, patch: pytest.MonkeyPatch, changes: Mapping[str, str | None]) -> Path:
    """Installs a plugin that is broken beside one that works."""
    install(folder / "good", patch)
    files = {PLUGIN: _CODE, ABOUT: _PACK, RULES: _RULE, **changes}
    whole = {name: text for name, text in files.items() if text is not None}
    Path("a.md").write_text(REPORT, encoding="utf-8")
    return install(folder / "broken", patch, whole, "broken", "broken_plugin")


CHECK = ["check", "-q", "--select", "ZZ,ZB,DL0", "a.md"]


@pytest.mark.parametrize("way", WAYS)
def test_twelve_ways(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes, said, found = WAYS[way]
    folder = broken(tmp_path, monkeypatch, changes)
    ended = run(CHECK)
    assert ended.stderr == f"错误：{said.replace('{folder}', str(folder))}\n"
    assert ended.stdout == found
    assert ended.status == 2


def test_a_plugin_that_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, {})
    ended = run(CHECK)
    assert (ended.status, ended.stderr) == (0, "")
    assert ended.stdout == _GOOD.replace("ZZ", "ZB") + _GOOD


@pytest.mark.parametrize("command", ["test", "lint"])
def test_a_rule_without_examples_is_an_error_for_its_author(command: str, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / ABOUT).write_text(_PACK, encoding="utf-8")
    (tmp_path / RULES).write_text(_RULE.partition("[[rule.example]]")[0], encoding="utf-8")
    ended = run(["rules", command, str(tmp_path / "rules")])
    assert (ended.status, ended.stdout) == (2, "")
    assert "规则 ZB001 缺少 example（例子" in ended.stderr


def test_an_endless_rule_holds_up_a_run_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, WAYS["endless regular expression"].changes)
    for name in "bcdefghijk":
        Path(f"{name}.md").write_text(REPORT, encoding="utf-8")
    ended = run(["check", "-q", "--select", "ZZ,ZB,DL0", "--format", "json", "."])
    assert ended.status == 2
    assert ended.stderr == f"错误：{_ENDLESS}（另有 10 次）\n"
    assert ended.stdout.count('"code": "ZZ001", "name"') == 11
    assert ended.stdout.count('{"code": "ZB001", "verdict": "undetermined", "reason": "' + _ENDLESS) == 11


def test_all_that_are_broken_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, WAYS["wrong code"].changes)
    install(tmp_path / "third", monkeypatch, {"third.py": _CODE}, "third", "third")
    ended = run(CHECK)
    assert ended.status == 2
    assert "是插件 broken 带来的" in ended.stderr
    assert "是插件 third 带来的" in ended.stderr
    install(tmp_path / "fourth", monkeypatch, {"fourth.py": "1 /"}, "fourth", "fourth")
    install(tmp_path / "fifth", monkeypatch, {"fifth.py": ""}, "fifth", "fifth")
    english = run([*CHECK, "--lang", "en"])
    assert english.stderr == (
        "error: the plugin fifth has no hook: mark its functions with @hookimpl; hooks are rule_packs, check_kinds, "
        "document_readers, output_formats, regions, report_bound, diagnostics_ready\n"
        "the plugin fourth failed (import fourth): SyntaxError: invalid syntax (fourth/fourth.py:1)\n"
    )


# What fails while documents are looked at

_BAD_HOOKS = {
    "report_bound": "@hookimpl\ndef report_bound(report):\n    raise LookupError(report.agency)\n",
    "diagnostics_ready": "@hookimpl\ndef diagnostics_ready(result):\n    return result.diagnostics\n",
    "document_readers": """
class Reader:
    suffixes = (".md",)

    def read(self, name, data):
        return data.index(b"%PDF")


@hookimpl
def document_readers():
    return [Reader()]
""",
    "regions": """
@hookimpl
def regions():
    return [lambda agency, year, text: {}["nowhere"]]
""",
}
_SAID = {
    "report_bound": "LookupError: 云川县石桥镇人民政府 (broken/broken_plugin.py:13)",
    "diagnostics_ready": "TypeError: FileResult or None expected, not tuple",
    "document_readers": "ValueError: subsection not found (broken/broken_plugin.py:16)",
    "regions": "KeyError: 'nowhere' (broken/broken_plugin.py:14)",
}


@pytest.mark.parametrize("hook", _BAD_HOOKS)
def test_a_hook_that_fails_is_told_and_the_rest_goes_on(
    hook: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = _PACK + 'region = "41"\n' if hook == "regions" else _PACK
    broken(tmp_path, monkeypatch, {PLUGIN: f"{_CODE}\n\n{_BAD_HOOKS[hook]}", ABOUT: about})
    Path("b.md").write_text(REPORT, encoding="utf-8")
    ended = run([*CHECK, "b.md"])
    said = f"插件 broken 出错（{hook}）：{_SAID[hook]}"
    assert ended.status == 2
    assert ended.stderr == f"错误：{said}（另有 1 次）\n"
    for name in ("a.md", "b.md"):
        assert f"{name}:1:1: error DL007 插件或规则包出错，这份年报没有查全：{said}" in ended.stdout
        assert f"{name}:5:1: warning ZZ001" in ended.stdout


def test_other_commands_name_a_reader_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, {PLUGIN: f"{_CODE}\n\n{_BAD_HOOKS['document_readers']}"})
    said = f"插件 broken 出错（document_readers）：{_SAID['document_readers']}"
    for command in (["facts", "a.md"], ["show", "a.md"], ["rules", "list", "--for", "a.md"]):
        ended = run(command)
        assert ended.status == 2
        assert ended.stderr.endswith(f"错误：{said}\n")


def test_a_failure_cannot_be_silenced_in_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, WAYS["exception in a check"].changes)
    Path("a.md").write_text("<!-- disclosure-lint: ignore-file[DL007] -->\n" + REPORT, encoding="utf-8")
    ended = run(["check", "-q", "--select", "ZB", "a.md"])
    assert ended.status == 2
    assert ended.stdout.startswith(_FAILED)


_FORMAT = """
class Writer:
    def start(self):
        return "begun\\n"

    def add(self, result):
        raise OSError("no paper")

    def finish(self):
        return "ended\\n"


class Format:
    name = "paper"

    def writer(self, style):
        return Writer()


@hookimpl
def output_formats():
    return [Format()]
"""


def test_a_format_that_fails_leaves_the_other_outputs_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, {PLUGIN: f"{_CODE}\n\n{_FORMAT}"})
    Path("paper.txt").write_text("of yesterday", encoding="utf-8")
    ended = run([*CHECK, "--format", "paper:paper.txt", "--format", "text", "--format", "json:all.json"])
    assert ended.status == 2
    assert (
        ended.stderr
        == "错误：插件 broken 出错（output_formats paper）：OSError: no paper (broken/broken_plugin.py:17)\n"
    )
    assert ended.stdout == _GOOD.replace("ZZ", "ZB") + _GOOD
    assert json.loads(Path("all.json").read_text(encoding="utf-8"))["summary"]["warning"] == 2
    assert Path("paper.txt").read_text(encoding="utf-8") == "of yesterday"
    assert sorted(path.name for path in Path().iterdir()) == ["a.md", "all.json", "paper.txt"]


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ("None", "TypeError: Verdict expected, not NoneType"),
        (
            "Verdict('failed', (Finding(Span(0, 999)),))",
            f"ValueError: Span(0, 999) is not within the text, which has {len(REPORT)} characters",
        ),
        (
            "Verdict('failed', (Finding(Span(0, 1), fix=Fix('safe', (Edit(Span(9, 1), ''),), None)),))",
            f"ValueError: Span(9, 1) is not within the text, which has {len(REPORT)} characters",
        ),
    ],
)
def test_a_check_that_returns_what_it_should_not(
    returned: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = changed(_SHAKY, 'raise ValueError("运气不好")', f"return {returned}")
    code = changed(code, "import hookimpl", "import Edit, Finding, Fix, Span, Verdict, LocalizedText, hookimpl")
    broken(tmp_path, monkeypatch, {PLUGIN: code, RULES: changed(_RULE, _PATTERN, "[rule.shaky]\n")})
    ended = run(CHECK)
    reason = f"规则 ZB001（规则包 broken）没有查成：插件 broken 出错（check_kinds shaky）：{said}"
    assert (ended.status, ended.stderr) == (2, f"错误：{reason}\n")
    assert ended.stdout == f"{_FAILED}{reason}\n{_GOOD}"


@pytest.mark.long
def test_an_endless_rule_stops_its_own_tests(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / ABOUT).write_text(_PACK, encoding="utf-8")
    (tmp_path / RULES).write_text(changed(_RULE, "据说", "(?:.|..)+！").replace("3 条", "3" * 60), encoding="utf-8")
    ended = run(["rules", "test", str(tmp_path / "rules")])
    assert (ended.status, ended.stderr) == (2, f"错误：{_ENDLESS}\n")


def test_where_no_alarm_may_be_set_there_is_no_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another thread, and where the host program waits for an alarm of its own, which it gets."""
    broken(tmp_path, monkeypatch, {})
    linter = Linter.default()
    results: list[FileResult] = []
    thread = Thread(target=lambda: results.append(linter.lint("a.md", REPORT.encode())))
    thread.start()
    thread.join()
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _: rung.append(number))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        results.append(linter.lint("a.md", REPORT.encode()))
        while not rung:
            sleep(0.01)
        results.append(linter.lint("a.md", REPORT.encode()))
        assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    finally:
        signal.signal(signal.SIGALRM, before)
    assert rung == [signal.SIGALRM]
    assert all({"ZZ001", "ZB001"} <= {one.code for one in result.diagnostics} for result in results)
    assert [result.failures for result in results] == [()] * 3


def test_a_message_with_a_placeholder_that_nobody_fills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, {RULES: changed(_RULE, "{text}", "{txet}")})
    ended = run([*CHECK, "--lang", "en"])
    said = "rule ZB001 (pack broken): its check does not fill {txet} in the message; reword it"
    assert (ended.status, ended.stderr) == (2, f"error: {said}\n")
    assert ended.stdout.startswith(
        f"a.md:1:1: error DL007 a plugin or rule pack failed, so this report was not wholly checked: {said}\n"
    )


@pytest.mark.long
def test_an_endless_pattern_for_the_agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such a pack is left out, and said to be; by a finding too."""
    broken(tmp_path, monkeypatch, {ABOUT: _PACK + "agency = '(?:.|..)+！'\n"})
    town = "云川县石桥镇人民政府" * 6
    Path("a.md").write_text(REPORT.replace("云川县石桥镇人民政府", town), encoding="utf-8")
    ended = run(CHECK)
    said = "规则包 broken 的 agency 的正则表达式用了 1 秒处理器时间还没有匹配完，这个规则包没有用"
    assert (ended.status, ended.stderr) == (2, f"错误：{said}\n")
    assert ended.stdout == f"{_FAILED}{said}\n{_GOOD}"


def test_what_ships_with_the_tool_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(*_: object) -> None:
        raise ValueError("a bug")

    Path("a.md").write_text(REPORT, encoding="utf-8")
    monkeypatch.setattr(SectionCheck, "judge", judge)
    with pytest.raises(ValueError, match="a bug"):
        run(["check", "a.md"])
