"""Headings of sections as hurried people write them: other words, other numbers, another order, slips of the pen."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.generation.forms import SECTIONS

OTHER_TITLES = (
    ("工作概况", "全年工作总体情况", "政务公开总体情况", "工作开展情况", "概况"),
    ("主动公开工作情况", "政府信息公开情况", "主动公开情况统计", "本单位主动公开政府信息数量", "公开内容"),
    ("依申请公开办理情况", "依申请公开政府信息情况", "政府信息公开申请情况统计表", "收到申请和处理情况", "依申请公开"),
    ("复议诉讼情况", "行政复议和诉讼", "被申请复议、提起诉讼情况", "因信息公开引起的行政争议情况", "复议、应诉"),
    ("工作中存在的问题", "存在问题及改进措施", "主要不足和下一步打算", "问题与整改", "面临的困难和对策"),
    ("下一步工作计划", "其他事项", "需要说明的其他情况", "其他应报告的内容", "有关说明"),
)
_NUMERALS = "一二三四五六"
_STRAY = "及的总工在和事公改项"


class Changed(NamedTuple):
    """A report whose headings were changed."""

    text: str
    lines: tuple[str, ...]
    """The headings that are not the form's any more."""
    codes: frozenset[str]
    """What may be said of them; one of these must be."""


def renamed(text: str, rng: Random, count: int = 1) -> Changed:
    """Gives neighbouring sections titles in other words."""
    first = rng.randrange(len(SECTIONS) - count + 1)
    lines = [f"{_NUMERALS[number]}、{rng.choice(OTHER_TITLES[number])}" for number in range(first, first + count)]
    for number, line in enumerate(lines, first):
        text = _replaced(text, number, line)
    return Changed(text, tuple(lines), frozenset(["DL103"]))


def renamed_neighbours(text: str, rng: Random) -> Changed:
    """Gives two neighbouring sections titles in other words."""
    return renamed(text, rng, 2)


def misnumbered(text: str, rng: Random) -> Changed:
    """Gives a section with its own title another number."""
    number = rng.randrange(len(SECTIONS))
    other = rng.choice([numeral for numeral in _NUMERALS if numeral != _NUMERALS[number]])
    line = other + SECTIONS[number][1:]
    return Changed(_replaced(text, number, line), (line,), frozenset(["DL110"]))


def misnumbered_in_other_words(text: str, rng: Random) -> Changed:
    """Gives a section with a table another number and another title."""
    number = rng.randrange(1, 4)
    other = rng.choice([numeral for numeral in _NUMERALS if numeral != _NUMERALS[number]])
    line = f"{other}、{rng.choice(OTHER_TITLES[number])}"
    return Changed(_replaced(text, number, line), (line,), frozenset(["DL103", "DL110"]))


def mistyped(text: str, rng: Random) -> Changed:
    """Changes, drops, doubles or turns round characters of a title."""
    number = rng.randrange(len(SECTIONS))
    title = SECTIONS[number][2:]
    at = rng.randrange(len(title) - 1)
    wrong = rng.choice(
        (
            title[:at] + rng.choice(_STRAY) + title[at + 1 :],
            title[:at] + title[at + 1 :],
            title[:at] + title[at] + title[at:],
            title[:at] + title[at + 1] + title[at] + title[at + 2 :],
        )
    )
    line = f"{_NUMERALS[number]}、{wrong}"
    return Changed(_replaced(text, number, line), (line,) if wrong != title else (), frozenset(["DL103"]))


def swapped(text: str, rng: Random) -> Changed:
    """Lets two neighbouring sections change places, numbered by their places or by what they are."""
    first = rng.randrange(len(SECTIONS) - 1)
    begin, middle, end = (_place(text, number) for number in (first, first + 1, first + 2))
    one, other = text[begin:middle], text[middle:end]
    lines = [SECTIONS[first], SECTIONS[first + 1]]
    if rng.random() < 0.5:
        lines = [_NUMERALS[first + 1] + lines[0][1:], _NUMERALS[first] + lines[1][1:]]
        one, other = one.replace(SECTIONS[first], lines[0], 1), other.replace(SECTIONS[first + 1], lines[1], 1)
    return Changed(text[:begin] + other + one + text[end:], tuple(lines), frozenset(["DL104"]))


CHANGES: dict[str, Callable[[str, Random], Changed]] = {
    one.__name__: one
    for one in (renamed, renamed_neighbours, misnumbered, misnumbered_in_other_words, mistyped, swapped)
}


def _place(text: str, number: int) -> int:
    """Returns where the line with the heading of a section begins; after the last one, where the text ends."""
    if number == len(SECTIONS):
        return len(text)
    at = text.rindex(f"{SECTIONS[number]}\n")
    return text.rfind("\n", 0, at) + 1


def _replaced(text: str, number: int, line: str) -> str:
    at = text.rindex(f"{SECTIONS[number]}\n")
    return text[:at] + line + text[at + len(SECTIONS[number]) :]
