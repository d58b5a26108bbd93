"""Regular expressions of rule files: what is refused before it can run on a report, and what must not be."""

import re
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from time import process_time
from timeit import repeat
from typing import NamedTuple

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from disclosure_lint.model.patterns import LONGEST_PATTERN, PatternError, compile_pattern
from tests.scale import some

EXPLODING = [
    "(a+)+",
    "(a*)*b",
    "(?:a+)+?b",
    "(a+?)+b",
    r"(?:\d+，?)+元",
    r"(?:\d{1,3}，?)*元",
    r"(?:第?\d+、?)+",
    "(?:x|a+)*c",
    "((a+))+",
    "(?:(?:a+)?)+",
    "(?:|a+)+",
    "(?:a+){1,20}b",
    "(?=(a+)+b)",
    "x(?P<y>a)(?(y)(a+)+|b)",
    "(?i:(a+)*)",
    "(?:.*)*",
    "(?:(?:a+)+b){2}",
]

HARMLESS = [
    "(?:a+b)+",
    r"(?:第\d+条、?)+",
    r"\d{1,3}(?:，\d{3})*",
    r"(\d{2})+",
    "(a?)+",
    r"(?:\b\w+)+",
    "(?:(?=a)a+)+",
    "(?:a+){1,3}",
    "a*b*c*",
    "[^。；]*(?:未|没有)[^。；]{0,10}(?:收取)+",
]


@pytest.mark.parametrize("pattern", EXPLODING)
def test_a_repeat_of_nothing_but_a_repeat_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match="在重复里又套着重复"):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", HARMLESS)
def test_other_repeats_are_not(pattern: str) -> None:
    assert compile_pattern(pattern) == re.compile(pattern)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="possessive repeats came with Python 3.11")
@pytest.mark.parametrize("pattern", ["(?>a+)+", "(?:a++)+", "(?:a+)++"])
def test_a_repeat_that_never_gives_back_is_not(pattern: str) -> None:
    compile_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "column", "sentence"),
    [
        ("青(山", 2, "正则表达式 “青(山” 写错了：少一个 )"),
        ("青)山", 2, "正则表达式 “青)山” 写错了：多一个 )"),
        ("x[a", 2, "正则表达式 “x[a” 写错了：少一个 ]"),
        ("*a", 1, "正则表达式 “*a” 写错了：重复号前面没有可重复的内容"),
        ("a**", 3, "正则表达式 “a**” 写错了：两个重复号连在一起"),
        (r"a\k", 2, r"正则表达式 “a\k” 写错了：bad escape \k"),
        ("[[a]", None, "正则表达式 “[[a]” 写错了：Possible nested set at position 1"),
    ],
)
def test_what_is_no_pattern(pattern: str, column: int | None, sentence: str) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert (caught.value.message, caught.value.column, caught.value.pattern) == (sentence, column, pattern)


def test_limits() -> None:
    compile_pattern("a" * LONGEST_PATTERN)
    with pytest.raises(PatternError, match="有 2001 个字符，最多 2000 个"):
        compile_pattern("a" * (LONGEST_PATTERN + 1))
    with pytest.raises(PatternError, match="套得太深"):
        compile_pattern("(" * 900 + ")" * 900)
    compile_pattern(r"[((]\(" * 60)
    with pytest.raises(PatternError, match="重复里又套着重复"):
        compile_pattern("(?:" * 49 + "a+" + ")+" * 49)
    with pytest.raises(PatternError, match="写错了"):
        compile_pattern("a{1,99999999999999}")


Ways = Callable[[int, int], Counter[int]]
"""From a place in a text of that many letters a: how many ways a pattern can match up to which other places."""


class Sample(NamedTuple):
    """A pattern and, beside it, the ways in which it matches."""

    pattern: str
    ways: Ways


def _letter(at: int, length: int) -> Counter[int]:
    return Counter({at + 1: 1}) if at < length else Counter()


def _sequence(parts: list[Sample]) -> Sample:
    def ways(at: int, length: int) -> Counter[int]:
        reached = Counter({at: 1})
        for part in parts:
            reached = _after(part, reached, length)
        return reached

    return Sample("".join(part.pattern for part in parts), ways)


def _choice(parts: list[Sample]) -> Sample:
    def ways(at: int, length: int) -> Counter[int]:
        return sum((part.ways(at, length) for part in parts), Counter[int]())

    return Sample(f"(?:{'|'.join(part.pattern for part in parts)})", ways)


def _repeat(part: Sample, sign: str, least: int, most: int) -> Sample:
    def ways(at: int, length: int) -> Counter[int]:
        reached, total = Counter({at: 1}), Counter[int]()
        for number in range(min(most, length + 2) + 1):
            total += reached if number >= least else Counter()
            # Beyond the necessary rounds, one that matches nothing would be no other reading.
            reached = _after(part, reached, length, moving=number >= least)
        return total

    return Sample(f"(?:{part.pattern}){sign}", ways)


def _after(part: Sample, places: Counter[int], length: int, moving: bool = False) -> Counter[int]:
    reached: Counter[int] = Counter()
    for place, count in places.items():
        for end, more in part.ways(place, length).items():
            if end > place or not moving:
                reached[end] += count * more
    return reached


def _combined(inner: st.SearchStrategy[Sample]) -> st.SearchStrategy[Sample]:
    signs = st.sampled_from([("?", 0, 1), ("*", 0, 99), ("+", 1, 99), ("{1,2}", 1, 2), ("{2}", 2, 2)])
    several = st.lists(inner, min_size=1, max_size=3)
    repeats = st.builds(lambda part, sign: _repeat(part, *sign), inner, signs)
    return several.map(_sequence) | several.map(_choice) | repeats | repeats


@given(st.recursive(st.just(Sample("a", _letter)), _combined, max_leaves=5))
@settings(max_examples=some(300), deadline=None)
def test_what_is_refused_has_exponentially_many_readings(part: Sample) -> None:
    whole = _repeat(part, "+", 1, 99)
    try:
        compile_pattern(whole.pattern)
    except PatternError:
        short, long = (sum(whole.ways(0, length).values()) for length in (8, 16))
        # Twice the length squares an exponential number, and would only multiply a polynomial one.
        assert long > short**1.5
        event("refused")


def test_a_refused_pattern_is_slow() -> None:
    slow = re.compile("(?:a+)+c")
    short, long = (min(repeat(partial(slow.match, "a" * n), timer=process_time, number=1, repeat=5)) for n in (12, 20))
    assert long > 20 * short
