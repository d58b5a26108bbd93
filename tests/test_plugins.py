"""Plugins of strangers: found by their entry points, loaded one by one, named when they are broken."""

from pathlib import Path

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.errors import UserError
from tests.installed import CODE, FILES, REPORT, install

KINDS = """

@hookimpl
def check_kinds():
    from disclosure_lint.checks.section import SectionCheck
    return [SectionCheck()]
"""


def test_a_pack_of_a_plugin_is_loaded_after_the_national_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch)
    linter = Linter.default(use_cache=False)
    assert [pack.id for pack in linter.packs] == ["national", "our-city"]
    found = linter.lint("a.md", REPORT.encode())
    assert [d.span for d in found.diagnostics if d.code == "ZZ001"] == [(REPORT.index("据说"), REPORT.index("公开了"))]


def test_without_plugins_there_is_the_national_pack() -> None:
    packs = Linter.default().packs
    assert [pack.id for pack in packs] == ["national"]


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("raise RuntimeError('no luck')", "no luck"),
        ("import there_is_no_such_module", "there_is_no_such_module"),
        (CODE.replace("rule_packs", "rule_pack"), "rule_pack"),
        (CODE.replace("def rule_packs():", "def rule_packs(folder):"), "folder"),
        (CODE.replace("return [", "return 1 / 0, ["), "ZeroDivisionError"),
        (CODE.replace("our_rules", "no_rules"), "no_rules"),
    ],
    ids=["raises", "import", "misspelt", "argument", "hook raises", "no folder"],
)
def test_a_broken_plugin_is_named(code: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, {**FILES, "our_plugin.py": code})
    with pytest.raises(UserError) as caught:
        Linter.default(use_cache=False)
    assert says in str(caught.value)
    assert "our-city" in str(caught.value) or "no_rules" in str(caught.value)


def test_two_packs_may_not_have_one_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch)
    path = tmp_path / "our_rules" / "rumour.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("ZZ001", "DL112"), encoding="utf-8")
    with pytest.raises(UserError, match="DL112"):
        Linter.default(use_cache=False)


def test_two_plugins_may_not_offer_one_kind_of_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, {**FILES, "our_plugin.py": CODE + KINDS})
    with pytest.raises(UserError, match="section"):
        Linter.default(use_cache=False)
