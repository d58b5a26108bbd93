"""Rule packs of strangers: groups that patterns share, what takes long, what is nested or large without end."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import process_time

import pytest

from disclosure_lint import Linter
from disclosure_lint.extensions.limits import Budget
from disclosure_lint.model.errors import UserError
from tests.command_line import GOOD, own_place, run
from tests.own_pack import rule, write_own

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]
EXAMPLES = "[[rule.example]]\ntext = '{}'\nfinds = [{}]\n[[rule.example]]\ntext = '无。'\nok = true\n"
SLOW = "[rule.pattern]\nforbid = ['甲', '件.*件.*件.*乙']\n"
LIMIT = 3.0
"""Seconds of processor time, two of which a pack may take."""


def report(words: str) -> bytes:
    return GOOD.read_text("utf-8").replace("二、", f"{words}\n\n二、", 1).encode()


@pytest.mark.parametrize(
    ("patterns", "words", "found"),
    [
        (["(丙)丁", r"(信)\1"], "信信", ["信信"]),
        (["(?i)abc", "DEF"], "ABC，def", ["ABC"]),
        (["(?P<x>甲)乙", "(?P<x>丙)丁"], "丙丁甲乙", ["丙丁", "甲乙"]),
        (["(甲)?", "(乙)?(?(1)丙|丁)"], "乙丙", ["乙丙"]),
        (["甲", "(?s)乙.丙"], "乙丙甲", ["甲"]),
        (["甲乙", "乙丙丁", "丁"], "甲乙丙丁", ["甲乙", "丁"]),
        (["甲", "甲乙"], "甲乙", ["甲"]),
    ],
)
def test_patterns_mean_what_they_mean_alone(patterns: list[str], words: str, found: list[str]) -> None:
    text = "".join(f"⟦{word}⟧" if word in found else word for word in _parts(words, found))
    finds = ", ".join(["'ZZ001'"] * len(found))
    options = f"[rule.pattern]\nforbid = {json.dumps(patterns, ensure_ascii=False)}\n"
    pack = write_own(Path("own"), rule(options, EXAMPLES.format(text, finds)))
    linted = Linter.default(packs=[Path(pack)]).lint("a.md", report(words))
    said = [linted.source.slice(one.span) for one in linted.diagnostics if one.code == "ZZ001"] if linted.source else []
    assert said == found


def _parts(words: str, found: list[str]) -> list[str]:
    for word in found:
        words = words.replace(word, f"\0{word}\0")
    return words.split("\0")


def pack_of(*options: str) -> str:
    """The path of a pack of rules with such options, which the configuration names."""
    rules = (rule(one, EXAMPLES.format("甲", f"'ZZ{at:03}'"), code=f"ZZ{at:03}") for at, one in enumerate(options))
    Path("disclosure-lint.toml").write_text("packs = ['own']", "utf-8")
    return write_own(Path("own"), *rules)


@pytest.mark.parametrize(
    ("options", "column", "words"),
    [
        ("[rule.pattern]\nforbid = ['" + "(" * 900 + ")" * 900 + "']\n", 62, "套得太深"),
        ("[rule.pattern]\nforbid = ['" + "甲|" * 1500 + "']\n", None, "最多 2000 个"),
        ("[rule.pattern]\nforbid = ['甲{" + "9" * 1500 + "}']\n", None, "写错了"),
        ("[rule.equation]\nformula = '" + "(" * 3000 + "1" + ")" * 3000 + " = 1'\n", None, ""),
        ("[rule.equation]\nformula = '" + "-" * 5000 + "1 = 1'\n", None, ""),
        ("[rule.equation]\nformula = '" + "9" * 5000 + " = 1'\n", None, ""),
        ("[rule.equation]\nformula = '" + "1 + " * 5000 + "1 = 1'\n", None, ""),
        ("[rule.section]\nfind = 'length'\nmax = " + "9" * 5000 + "\n", None, "整数太大"),
        ("[rule.section]\nfind = 'length'\nmax = 0x" + "F" * 5000 + "\n", None, "整数太大"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(options: str, column: int | None, words: str) -> None:
    pack = pack_of(options)
    Path("a.md").write_bytes(GOOD.read_bytes())
    for arguments in (["check", "a.md"], ["rules", "test", pack]):
        start = process_time()
        ended = run(arguments)
        assert process_time() - start < LIMIT
        assert ended.status == 2, ended
        assert "own.toml:" in ended.stderr
        assert column is None or f":{column}: " in ended.stderr
        assert words in ended.stderr
        assert len(ended.stderr) < 3000


def test_a_pack_that_is_too_large_is_refused() -> None:
    pack = Path(pack_of("[rule.pattern]\nforbid = ['甲']\n"))
    Path("a.md").write_bytes(GOOD.read_bytes())
    for number in range(6):
        (pack / f"more{number}.toml").write_text("#" * 950_000, "utf-8")
    assert "合起来超过 5 MB" in run(["check", "a.md"]).stderr


@pytest.mark.long
def test_all_rules_of_a_pack_share_a_budget() -> None:
    linter = Linter.default(packs=[Path(pack_of(*[SLOW] * 30))])
    data = report("乙" + "件" * 4000)
    start = process_time()
    first = linter.lint("a.md", data)
    assert process_time() - start < 4.0
    assert [one.code for one in first.diagnostics if one.code == "DL007"]
    start = process_time()
    assert linter.lint("b.md", GOOD.read_bytes()).status == "linted"
    assert process_time() - start < 1.0


@pytest.mark.long
def test_it_holds_in_other_threads_too() -> None:
    linter = Linter.default(packs=[Path(pack_of(*[SLOW] * 3))])
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: linter.lint(name, report("乙" + "件" * 4000)), ("a.md", "b.md")))
    assert all("DL007" in [one.code for one in result.diagnostics] for result in results)
    escape_controls = Linter.default(packs=[Path(pack_of("[rule.pattern]\nforbid = ['甲']\n"))])
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda name: escape_controls.lint(name, report("甲乙")), ("a.md", "b.md"))
    assert [d.code for d in one.diagnostics] == [d.code for d in other.diagnostics]
    assert "ZZ000" in [d.code for d in one.diagnostics]


def test_a_mistake_comes_back_from_the_copy_of_the_process_as_it_was() -> None:
    def load() -> None:
        Linter.default(packs=[Path(pack)], use_cache=False)

    pack = pack_of("[rule.pattern]\nforbid = ['(甲']\n")
    with pytest.raises(UserError) as here:
        load()
    with ThreadPoolExecutor(1) as pool, pytest.raises(UserError) as there:
        pool.submit(load).result()
    assert str(there.value) == str(here.value)
    assert (there.value.path, there.value.line) == (here.value.path, here.value.line)


def test_the_clock_does_not_count() -> None:
    from time import sleep

    def wait() -> str:
        sleep(0.2)
        return "done"

    budget = Budget(0.1)
    assert budget.spend(wait) == "done"
    with pytest.raises(TimeoutError):
        budget.spend(lambda: re.search("(?:a?){60}b", "a" * 60))
    assert budget.left <= 0
