"""Plugins of strangers: found by their entry points, loaded one by one, named when they are broken."""

import importlib
import sys
from pathlib import Path

import pytest

from disclosure_lint.linter import Linter
from disclosure_lint.model.errors import UserError

PACK = """
[pack]
id = "our-city"
title = "本市规则"
version = "1"
licence = "Apache-2.0"
"""
RULE = """
[[rule]]
code = "ZZ001"
name = "rumour"
severity = "warning"
summary = { zh = "不写据说", en = "no rumours" }
message = { zh = "不要写“{text}”", en = "do not write {text}" }
why = "报告写事实。"
how = "删去或查实。"
law = [{ document = "custom", clause = "本市做法" }]
[rule.pattern]
forbid = ["据说"]
[[rule.example]]
ok = true
text = "全年公开信息 3 条。"
[[rule.example]]
finds = ["ZZ001"]
text = "⟦据说⟧全年公开信息 3 条。"
"""
GOOD = """
from pathlib import Path
import pluggy

hookimpl = pluggy.HookimplMarker("disclosure_lint")

@hookimpl
def rule_packs():
    return [Path(__file__).parent / "our_rules"]
"""

KINDS = """
@hookimpl
def check_kinds():
    from disclosure_lint.checks.section import SectionCheck
    return [SectionCheck()]
"""


def install(folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts a plugin where installed distributions are found."""
    (folder / "our_plugin.py").write_text(code, encoding="utf-8")
    (folder / "our_rules").mkdir()
    (folder / "our_rules" / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "our_rules" / "rumour.toml").write_text(RULE, encoding="utf-8")
    about = folder / "our_plugin-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: our-plugin\nVersion: 1.0\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[disclosure_lint]\nour-city = our_plugin\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "our_plugin", raising=False)
    importlib.invalidate_caches()


def test_a_pack_of_a_plugin_is_loaded_after_the_national_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, GOOD, monkeypatch)
    linter = Linter.default(use_cache=False)
    assert [pack.id for pack in linter.packs] == ["national", "our-city"]
    report = "# 云川县石桥镇人民政府2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n据说公开了 3 条。\n"
    found = linter.lint("a.md", report.encode())
    assert [d.span for d in found.diagnostics if d.code == "ZZ001"] == [(report.index("据说"), report.index("公开了"))]


def test_without_plugins_pluggy_is_not_needed() -> None:
    packs = Linter.default().packs
    assert [pack.id for pack in packs] == ["national"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise RuntimeError('no luck')", "no luck"),
        ("import there_is_no_such_module", "there_is_no_such_module"),
        (GOOD.replace("rule_packs", "rule_pack"), "rule_pack"),
        (GOOD.replace("def rule_packs():", "def rule_packs(folder):"), "folder"),
        (GOOD.replace("return [", "return 1 / 0, ["), "ZeroDivisionError"),
        (GOOD.replace("our_rules", "no_rules"), "no_rules"),
    ],
    ids=["raises", "import", "misspelt", "argument", "hook raises", "no folder"],
)
def test_a_broken_plugin_is_named(code: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, code, monkeypatch)
    with pytest.raises(UserError) as caught:
        Linter.default(use_cache=False)
    assert says in str(caught.value)
    assert "our-city" in str(caught.value) or "no_rules" in str(caught.value)


def test_two_packs_may_not_have_one_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, GOOD, monkeypatch)
    path = tmp_path / "our_rules" / "rumour.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("ZZ001", "DL112"), encoding="utf-8")
    with pytest.raises(UserError, match="DL112"):
        Linter.default(use_cache=False)


def test_two_plugins_may_not_offer_one_kind_of_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, GOOD + KINDS, monkeypatch)
    with pytest.raises(UserError, match="section"):
        Linter.default(use_cache=False)
