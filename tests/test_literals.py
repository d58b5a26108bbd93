"""Expressions are only tried on texts that hold the words they demand: that must never hide a match."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from disclosure_lint.checks.expressions import Expression, Expressions, Prepared, expressions, prepared
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.patterns import demands
from tests.scale import some

PLUGINS = Path(__file__).parents[1] / "plugins"

letters = st.sampled_from("甲乙丙丁1元aA")
texts = st.text(letters, max_size=12)
words = st.text(letters, min_size=1, max_size=3)
classes = st.builds(
    "[{}{}]".format, st.sampled_from(["", "^"]), st.sampled_from(["甲乙", "1-3", "丙", "a-c元", r"\d甲"])
)
atoms = words | classes | st.sampled_from([".", r"\d", r"\w", "^", "$", r"\b", ""])
around = ["(?:{})", "({})", "(?={})", "(?!{})", "(?i:{})", "(?:{})?", "(?:{})*", "(?:{})+", "(?:{}){{2}}", "(?:{})??"]


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=4)
    wrapped = st.builds(lambda form, pattern: form.format(pattern), st.sampled_from(around), inner)
    behind = st.builds("(?<{}{})".format, st.sampled_from("=!"), words)
    return several.map("".join) | several.map("|".join).map("(?:{})".format) | wrapped | wrapped | behind


patterns = st.recursive(atoms, _combined, max_leaves=8)


@cache
def shipped() -> list[str]:
    """Returns all expressions of the national pack and of the regional ones, but 江苏's, which has code of its own."""
    folders = sorted(path.parent for path in PLUGINS.glob("*/src/*/rules/pack.toml") if "jiangsu" not in str(path))
    found = [one for rule in Linter.default(packs=folders).rules for one in _expressions(rule.options)]
    return list(dict.fromkeys(found))


def _expressions(data: Any) -> Iterator[str]:
    if isinstance(data, Prepared):
        yield data.pattern
    elif isinstance(data, dict):
        for value in data.values():
            yield from _expressions(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _expressions(value)


def _expression(pattern: str) -> Expression:
    return Expression(pattern, *demands(pattern))


def agrees(pattern: str, text: str) -> bool:
    """Whether the expression matches; a failure if it says anything else than `re`."""
    match = re.search(pattern, text)
    expression = _expression(pattern)
    assert match is None or expression.may_match(text)
    assert expression.matches_in(text) == (match is not None)
    assert [one.span() for one in expression.finditer(text)] == [one.span() for one in re.finditer(pattern, text)]
    return match is not None


@given(st.data(), patterns)
@settings(max_examples=some(1000), deadline=None)
def test_no_match_is_hidden(data: st.DataObject, pattern: str) -> None:
    text = data.draw(texts | st.from_regex(pattern))
    event(f"match: {agrees(pattern, text)}, demands: {len(demands(pattern).words)}")


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?:甲|乙)?丙", "丙"),
        ("甲(?=乙)", "甲乙"),
        ("(?i:a)1", "A1"),
        ("(?i)a", "A"),
        ("甲$", "甲"),
        ("[甲乙]{2}元", "乙甲元"),
    ],
)
def test_a_match_stays_one(pattern: str, text: str) -> None:
    assert agrees(pattern, text)


@given(st.lists(patterns, min_size=1, max_size=3), texts)
@settings(max_examples=some(300), deadline=None)
def test_several_are_found_as_one(several: list[str], text: str) -> None:
    joined = re.compile("|".join(f"(?:{pattern})" for pattern in several))
    found = Expressions(map(_expression, several)).find(text)
    wanted = [match.span() for match in joined.finditer(text) if match.group()]  # an empty match is no finding
    assert [match.span() for match in found] == wanted


@given(st.data())
@settings(max_examples=some(400), deadline=None)
def test_no_match_of_a_shipped_expression_is_hidden(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(shipped()))
    text = data.draw(st.from_regex(pattern))
    event(f"match: {agrees(pattern, text)}")


def test_most_shipped_expressions_demand_something() -> None:
    without = [pattern for pattern in shipped() if not demands(pattern).words]
    assert len(shipped()) > 100
    assert len(without) < len(shipped()) / 20, without


@pytest.mark.parametrize(
    ("pattern", "words", "enough"),
    [
        ("收取|收缴", [["收取", "收缴"]], ["收取", "收缴"]),
        ("问题|尚[未需]|进一步.{0,2}提高", [["尚未", "尚需", "进一步", "问题"]], ["尚未", "尚需", "问题"]),
        ("(?:数字|日期)?(?:待|应)补", [["应补", "待补"]], ["应补", "待补"]),
        ("(?:未|没有)[^，。]{0,4}收[取费]", [["收取", "收费"], ["未", "没有"]], []),
        ("是否(?!有)", [["是否"]], []),
        ("零(?=元|件)", [["零"], ["件", "元"]], []),
        ("(?:本)?年度报告", [["年度报告"]], ["年度报告"]),
        ("(?:县|区)+政府", [["政府"], ["区", "县"]], []),
        ("[^。]{2}", [], []),
        ("(?i:todo)", [], []),
        ("县?", [], []),
        ("[一-龥]省", [["省"]], []),
        ("(?P<a>甲乙)(?P=a)", [["甲乙"]], []),
    ],
)
def test_what_is_demanded(pattern: str, words: list[list[str]], enough: list[str]) -> None:
    assert demands(pattern) == (words, enough)


def test_an_expression_is_not_compiled_for_a_word_that_matches_by_itself() -> None:
    (expression,) = expressions(prepared(["问题|尚[未需]|进一步.{0,2}提高"]))
    assert expression.matches_in("尚需努力")
    assert expression._compiled is None
    assert expression.matches_in("进一步再提高")
    assert expression._compiled is not None


def test_an_expression_that_cannot_match_is_not_compiled() -> None:
    (expression,) = expressions(prepared(["(?:甲|乙)丙[丁]{2}"]))
    assert not expression.matches_in("甲乙丁丁")
    assert expression._compiled is None
    assert expression.matches_in("乙丙丁丁")
