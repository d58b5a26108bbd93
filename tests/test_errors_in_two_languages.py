"""Mistakes of users are told in Chinese, and under `--lang en` in English, but for what they wrote themselves."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests import test_broken_plugins, test_formula, test_packs
from tests.command_line import own_place, run
from tests.own_pack import rule, write_own
from tests.small_pack import PackFolder
from tests.test_packs import pack

__all__ = ["own_place", "pack"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]

_OF_A_STRANGER = "没有叫 的行 的格"
"""What the kinds of check in tests/test_packs.py say, which know one language."""
_CHINESE = re.compile("[一-鿿]+")


def foreign(text: str, own: str = "") -> list[str]:
    """Returns the Chinese in a text that is neither quoted in it nor stands in what its reader wrote."""
    return [run for run in _CHINESE.findall(re.sub("“[^”]*”", "", text)) if run not in own]


def _changes(name: str, table: dict[str, dict[str, str]]) -> list[Any]:
    return [pytest.param(name, old, new, id=new) for old, mistakes in table.items() for new in mistakes]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        *_changes("rules.toml", test_packs.RULE_MISTAKES),
        *_changes("rules.toml", test_packs.SYNTAX_MISTAKES),
        *_changes("forms/2021.toml", test_packs.FORM_MISTAKES),
    ],
)
def test_mistakes_in_packs(pack: PackFolder, file: str, old: str, new: str) -> None:
    pack.change(file, old, new)
    error = pack.error()
    assert _CHINESE.search(error.text("zh"))
    assert foreign(error.text("en"), new + _OF_A_STRANGER) == []
    assert error.text("en").partition(": ")[0] == error.text("zh").partition(": ")[0]


@pytest.mark.parametrize(("text", "each"), [(text, each) for text, each, *_ in test_formula.MISTAKES])
def test_mistakes_in_formulas(text: str, each: str | None) -> None:
    error = test_formula.mistake(text, each)
    assert foreign(error.text("zh"))
    assert foreign(error.text("en"), text) == []
    assert error.text("en").startswith("formula, column ")


@pytest.mark.parametrize("way", test_broken_plugins.WAYS)
def test_broken_plugins_and_packs(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changes = test_broken_plugins.WAYS[way].changes
    test_broken_plugins.broken(tmp_path, monkeypatch, changes)
    own = "".join(text or "" for text in changes.values())
    told = {lang: run([*test_broken_plugins.CHECK, "--lang", lang]).stderr for lang in ("zh", "en")}
    assert foreign(told["zh"], own)
    assert foreign(told["en"], own) == []


@pytest.mark.parametrize(
    "words",
    [
        ["chekc"],
        ["check", "--formt"],
        ["check", "--select"],
        ["check", "--select", "DL999"],
        ["check", "--region", "nowhere"],
        ["check", "--form", "1999"],
        ["check", "--profile", "strict"],
        ["check", "--trust", "me"],
        ["check", "--format", "pdf"],
        ["check", "--max-undetermined", "many"],
        ["check", "--config", "missing.toml"],
        ["check", "--config", "x", "--isolated"],
        ["check", "missing.md"],
        ["check", "--prune-baseline"],
        ["check", "--write-baseline", "a", "--prune-baseline"],
        ["check", "-qv"],
        ["facts", "--format", "xml"],
        ["claims"],
        ["show", "--outline", "--trace", "a"],
        ["explain", "DL3000"],
        ["rules"],
        ["rules", "test", "nowhere"],
        ["rules", "schema", "x"],
        ["rules", "new", "--kind", "x", "--code", "XX001", "--name", "a"],
        ["rules", "new", "--kind", "pattern", "--code", "x", "--name", "a"],
        ["rules", "new", "--kind", "pattern", "--code", "XX001", "--name", "A B"],
        ["rules", "new", "pack", "new", "--id", "A", "--title", "a"],
        ["rules", "new", "pack", "new", "--id", "a", "--title", '"'],
        ["rules", "new", "pack", "new", "--id", "a", "--title", "a", "--region", "x"],
        ["rules", "new", "pack", "new", "--id", "a", "--title", "a", "--agency", "("],
        ["rules", "new", "pack", "new", "--id", "a", "--title", "a", "--code", "DL999"],
        ["new"],
        ["new", "--agency", "a", "--year", "1"],
        ["server", "x"],
    ],
    ids=" ".join,
)
def test_command_lines(words: list[str]) -> None:
    told = {
        lang: run(["--lang", lang, *words] if words[0] != "chekc" else [*words, "--lang", lang])
        for lang in ("zh", "en")
    }
    assert told["zh"].status == told["en"].status != 0
    zh, en = (told[lang].stdout + told[lang].stderr for lang in ("zh", "en"))
    assert foreign(zh)
    assert foreign(en) == []


def test_examples_of_rules_that_fail() -> None:
    right = '[[rule.example]]\nok = true\ntext = "青槐"\n'
    examples = right + '[[rule.example]]\nfinds = ["ZZ001"]\ntext = "青槐⟦树⟧"\nnote = "树"\n'
    folder = write_own(Path("own"), rule('[rule.pattern]\nforbid = ["青槐"]', examples))
    told = {lang: run(["rules", "test", folder, "--lang", lang]) for lang in ("zh", "en")}
    assert told["zh"].status == told["en"].status == 1
    assert foreign(told["zh"].stdout, examples)
    assert foreign(told["en"].stdout, examples) == []
    assert "should find nothing, and does find ZZ001" in told["en"].stdout


@pytest.mark.long
def test_what_is_doubtful_in_rules_and_what_they_do_not_catch() -> None:
    examples = '[[rule.example]]\nok = true\ntext = "青槐"\n' * 2
    examples += '[[rule.example]]\nfinds = ["ZZ001"]\ntext = "⟦惠民补贴⟧"\n'
    text = rule('[rule.pattern]\nforbid = ["惠民补贴", "从不出现"]', examples)
    folder = write_own(Path("own"), text)
    for command in ("test", "lint"):
        told = {lang: run(["rules", command, folder, "--lang", lang]) for lang in ("zh", "en")}
        assert told["zh"].status == told["en"].status == 1
        assert len(told["zh"].stdout.splitlines()) == len(told["en"].stdout.splitlines()) > 1
        assert foreign(told["zh"].stdout, text)
        assert foreign(told["en"].stdout, text + "云川县石桥镇人民政府年") == []
