"""`rules lint`: dead patterns, needless or contradicting equations, unfilled placeholders, doubled examples."""

from pathlib import Path

import pytest

from tests.command_line import Ended, own_place, run
from tests.own_pack import rule, write_own

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

GOOD = '[[rule.example]]\nok = true\ntext = "按月公开。"\n'
BAD = '[[rule.example]]\nfinds = ["ZZ001"]\ntext = "这是⟦草稿⟧。"\n'
FACTS = '[[rule.example]]\nok = true\nfacts = { "requests[new,natural]" = 0 }\n'


def equation(formula: str, bad: str, code: str = "ZZ001") -> str:
    options = f'[rule.equation]\neach = "requests.columns"\nformula = "{formula}"'
    return rule(options, f'{FACTS}[[rule.example]]\nfinds = ["{code}"]\nfacts = {{ {bad} }}\n', code=code)


def asked(folder: Path, *rules: str) -> Ended:
    return run(["rules", "lint", write_own(folder / "own", *rules)])


def line_of(folder: Path, text: str) -> int:
    lines = (folder / "own" / "own.toml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_national_pack_gives_only_hints() -> None:
    ended = run(["rules", "lint"])
    assert ended.status == 0, ended.stdout
    assert ended.stdout.count("：DL303 「（七）总计」行的等式可由 DL302 的 7 个等式、DL303 的") == 2
    assert ended.stdout.count("年格式：DL303") == 4
    assert "警告" not in ended.stdout.rpartition("规则包")[0]


def test_a_good_pack_gives_nothing(tmp_path: Path) -> None:
    ended = asked(tmp_path, rule("[rule.pattern]\nforbid = ['草稿']", GOOD + BAD))
    assert (ended.status, ended.stdout) == (0, "规则包 own：警告 0 处，提示 0 处\n")


def test_a_list_of_which_no_pattern_matches_is_a_warning(tmp_path: Path) -> None:
    ended = asked(
        tmp_path,
        rule("[rule.pattern]\nforbid = [\n'草稿',\n'送审 稿',\n]", GOOD + BAD),
        rule(
            "[rule.pattern]\nrequire = ['统计期限|数据']",
            GOOD.replace("ok = true", 'finds = ["ZZ002"]') + '[[rule.example]]\nok = true\ntext = "数据。"\n',
            code="ZZ002",
        ),
    )
    assert ended.status == 0
    assert f":{line_of(tmp_path, '送审 稿')}: 提示: ZZ001 的正则 “送审 稿” 在例子里从来没有匹配过" in ended.stdout


def test_a_rule_that_others_imply_is_a_warning(tmp_path: Path) -> None:
    ended = asked(
        tmp_path,
        equation("2 * new + 2 * carried_in = 2 * outcome_total + 2 * carried_out", '"requests[new,natural]" = 1'),
    )
    assert ended.status == 1
    place = line_of(tmp_path, "formula")
    assert f":{place}: 警告: 2021 年格式：ZZ001 「自然人」列的等式可由 DL301 「自然人」列的等式推出" in ended.stdout


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("new + carried_in = outcome_total + carried_out + 1", "矛盾，不可能同时成立"),
        ("granted + partial + 1 <= 0", "对不小于 0 的数不可能成立"),
        ("new + carried_in >= outcome_total + carried_out", "总是成立，没有增加要求"),
        ("new + carried_in > outcome_total + carried_out", "不可能成立"),
    ],
)
@pytest.mark.long
def test_equations_that_cannot_be_meant_are_warnings(tmp_path: Path, formula: str, said: str) -> None:
    ended = asked(tmp_path, equation(formula, '"requests[carried_out,natural]" = 5'))
    assert ended.status == 1
    assert said in ended.stdout


def test_two_comparisons_that_leave_nothing_between_them(tmp_path: Path) -> None:
    ended = asked(
        tmp_path,
        equation("granted <= partial + 1", '"requests[granted,natural]" = 5'),
        equation("granted >= partial + 3", '"requests[granted,natural]" = 5', code="ZZ002"),
    )
    assert ended.status == 1
    assert "ZZ001 「自然人」列的等式与ZZ002 「自然人」列的等式矛盾" in ended.stdout


def test_a_placeholder_that_is_never_filled(tmp_path: Path) -> None:
    ended = asked(tmp_path, rule("[rule.pattern]\nforbid = ['草稿']", GOOD + BAD, message="“{txet}”不该有"))
    assert ended.status == 1
    assert "ZZ001 的说法里有 {txet}，检查不填它；会填的有 {text}" in ended.stdout


def test_an_example_that_stands_twice(tmp_path: Path) -> None:
    ended = asked(tmp_path, rule("[rule.pattern]\nforbid = ['草稿']", GOOD + BAD + GOOD))
    assert ended.status == 1
    assert "的一样" in ended.stdout


def test_a_vocabulary_that_nobody_uses(tmp_path: Path) -> None:
    words = '[[vocabulary]]\nid = "fax"\nabout = ["传真"]\n'
    ended = asked(tmp_path, rule("[rule.pattern]\nforbid = ['草稿']", GOOD + BAD), words)
    assert ended.status == 1
    assert f":{line_of(tmp_path, 'fax')}: 警告: 没有规则用词表 fax" in ended.stdout
