"""Digits that stand close on a line: of one number, or of two cells between which nothing is drawn.

Within a number digits are as far apart as in all others of the page: they touch, or there is the space by which all
text is spaced out. Where two digits are otherwise apart, two numbers begin and end, though the columns be ever so
narrow. Where a page has too few numbers to tell, UNKNOWN stands between them.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf.characters import UNKNOWN, Characters, space_of
from disclosure_lint.readers.pdf.geometry import Run, new
from disclosure_lint.readers.pdf.lines import Line, text_of_runs

_POINTS = ".,，"
_SEVERAL = lazy_re_compile(r"\d *\d")
"""Figures that stand beside each other."""
_FIGURE = lazy_re_compile(r"\d")
_THOUSANDS = lazy_re_compile(r"\d{1,3}(?: \d{3})+")
_CLOSE = 0.25
"""Of the height of a digit: what is further off is not of the number for any reader."""
_SAME, _SAME_OF_HEIGHT = 0.3, 0.03
"""Points, and part of the height: gaps differ by no more by chance."""
_OTHER = 0.08
"""Of the height: gaps that differ by more are certainly not the same."""
_KERNED = 0.1
"""Of the height: some fonts draw `11` so much closer."""
_RAISED, _SMALL = 0.12, 0.7
"""Of the height: the mark of a note stands as much higher or lower than the number, or it is smaller in both ways."""
_UPON = 0.5
"""Of the width: a figure that stands further in another is printed upon it, and nobody knows which one is meant."""
_FEWEST, _MOST = 3, 0.9
"""So many gaps, and times as many as others, show how digits stand on a page; so many of all, how."""
_BESIDE, _SAMPLES = 8, 30
"""Lines above and below numbers whose words show whether all is spaced out; pairs of digits that show how one command
draws them.
"""
_CHINESE = "\u2fff"


class Habit(NamedTuple):
    """How numbers are drawn on a page."""

    gap: float
    """Points between two digits of one."""
    is_sure: bool
    """Whether enough digits show it."""
    is_whole: bool
    """Whether one command draws all digits of a number: then what two commands draw may be two numbers."""


def with_numbers(lines: Sequence[Line], page: Characters) -> list[Line]:
    """Returns the lines of a page, from top to bottom, whose runs begin anew with each number and hold all of it."""
    figures = {at: [*_characters(line.runs, page)] for at, line in enumerate(lines) if _SEVERAL.search(line.text)}
    if not figures:
        return [*lines]
    habit = _habit(lines, figures, page)
    return [
        line._replace(runs=_parted(figures[at], page, habit)) if at in figures else line
        for at, line in enumerate(lines)
    ]


def _habit(lines: Sequence[Line], figures: Mapping[int, Sequence[Run]], page: Characters) -> Habit:
    """Returns how numbers are drawn that stand apart from words on some of the lines of a page."""
    tables = [at for at in figures if "。" not in lines[at].text]
    near = {at + step for at in tables for step in range(-_BESIDE, _BESIDE + 1)}
    beside = (line for at, line in enumerate(lines) if at in near and "。" not in line.text)
    space = space_of(page, chain.from_iterable(line.runs for line in beside))
    pairs = [*chain.from_iterable(_close_digits(figures[at], space) for at in tables)]
    gaps = [page.left[after] - page.right[before] for before, after in pairs]
    touching, spaced = (sum(abs(gap - usual) < _SAME for gap in gaps) for usual in (0.0, space))
    is_spaced = bool(space) and spaced >= touching
    most, least = (spaced, touching) if is_spaced else (touching, spaced if space else 0)
    samples = pairs[:_SAMPLES]
    whole = sum(page.owner(before) == page.owner(after) for before, after in samples)
    is_whole = whole >= max(_FEWEST, _MOST * len(samples))
    return Habit(space if is_spaced else 0.0, most >= max(_FEWEST, _FEWEST * least), is_whole)


def _close_digits(figures: Sequence[Run], space: float) -> list[tuple[int, int]]:
    """Returns the digits of a line that stand close to each other; none of running text, where words follow them."""
    found: list[tuple[int, int]] = []
    for before, after in pairwise(figures):
        if after.left - before.right < max(_CLOSE * _height(after), space) + _SAME:
            first, last = before.text[-1], after.text[0]
            if first.isdigit() and last.isdigit() and before.first >= 0 <= after.first:
                found.append((before.first, after.first))
            elif (first.isdigit() and last > _CHINESE) or (first > _CHINESE and last.isdigit()):
                return []
    return found


def _parted(figures: Sequence[Run], page: Characters, habit: Habit) -> tuple[Run, ...]:
    """Returns the runs of a line with the figures of each number in one."""
    found: list[Run] = []
    for last, run, following in zip([None, *figures], figures, [*figures[1:], None], strict=False):
        between = None
        if last is not None and _ends_figure(last.text) and _begins_figure(run.text, following):
            between = _between(last, run, page, habit)
        if between is None:
            found.append(run)
        else:
            found[-1] = found[-1]._replace(right=run.right, text=found[-1].text + between + run.text)
    return tuple(found)


def _ends_figure(text: str) -> bool:
    return text[-1].isdecimal() or text in _POINTS


def _begins_figure(text: str, following: Run | None) -> bool:
    """Says whether a figure of a number begins a text: a point is one if a digit follows."""
    is_point = text in _POINTS and following is not None and following.text[0].isdecimal()
    return text[0].isdecimal() or is_point


def of_cell(line: Line, page: Characters, space: float) -> Line:
    """Returns a line of a cell, a space or UNKNOWN where two numbers stand in it.

    In a cell that lines are drawn around, digits are of one number if they are equally far apart; beside other numbers
    only if they touch, or if there is the space between them by which the table is spaced out.
    """
    if not _SEVERAL.search(line.text):
        return line
    runs = [*_characters(line.runs, page)]
    pairs = [*pairwise(run for run in runs if run.text[0].isdecimal())]
    close = [(one, other) for one, other in pairs if other.left - one.right < _CLOSE * _height(other)]
    if all(_is_plain(one, other, page) for one, other in close):
        return line
    usual = space if len(close) < len(pairs) else min(other.left - one.right for one, other in close)
    parted = _parted(runs, page, Habit(usual, is_sure=True, is_whole=False))
    text = text_of_runs(parted, are_parted=True)
    return line if _THOUSANDS.fullmatch(text) else line._replace(runs=parted, text=text)


def _between(before: Run, after: Run, page: Characters, habit: Habit) -> str | None:
    """Returns what stands between two figures of one number: nothing, or UNKNOWN; None if they are of two."""
    high = _height(after)
    gap = after.left - before.right
    if gap >= max(_CLOSE * high, habit.gap + _SAME):
        return None
    if not _is_beside(before, after, page):
        return UNKNOWN
    off = gap - habit.gap
    is_kerned = before.text == after.text == "1" and -_KERNED * high < off < 0
    if abs(off) <= max(_SAME, _SAME_OF_HEIGHT * high) or is_kerned:
        if _is_one_command(before, after, page):
            return ""
        # A figure that a font lacks is drawn by another one, and so by another command.
        is_parted = habit.is_whole and (before.top, before.bottom) == (after.top, after.bottom)
        return UNKNOWN if is_parted or not _is_alike(before, after, page) else ""
    return None if habit.is_sure and abs(off) > _OTHER * high else UNKNOWN


def _is_beside(before: Run, after: Run, page: Characters) -> bool:
    """Says whether a figure stands upright beside another at its height: no mark of a note, and none upon the other."""
    wide, other = after.right - after.left, before.right - before.left
    if wide > _height(after) or before.right - after.left >= _UPON * min(wide, other):
        return False
    if before.bottom == after.bottom and before.top == after.top:
        return True
    low, high = sorted((_height(before), _height(after)))
    is_small = low < _SMALL * high and min(wide, other) < _SMALL * max(wide, other)
    return not is_small and page.step(before.first, after.first) < _RAISED * high


def _is_plain(before: Run, after: Run, page: Characters) -> bool:
    """Says whether a figure touches another, and nothing tells that it is of another number."""
    touches = abs(after.left - before.right) < _SAME and _is_beside(before, after, page)
    return touches and (_is_one_command(before, after, page) or _is_alike(before, after, page))


def _is_one_command(before: Run, after: Run, page: Characters) -> bool:
    """Says whether one command draws a figure and the one behind it, from left to right."""
    return before.first < after.first and page.owner(before.first) == page.owner(after.first)


def _is_alike(before: Run, after: Run, page: Characters) -> bool:
    """Says whether a figure is drawn after another, as in text that stands upright, and in the same colour.

    What is white or clear is not seen.
    """
    if before.first < 0 or after.first < 0:
        return True
    return before.first < after.first and page.colour(before.first) == page.colour(after.first)


def _characters(runs: Sequence[Run], page: Characters) -> Iterator[Run]:
    """Yields the figures of runs one by one, and what is between them as it is."""
    for run in runs:
        if run.first < 0 or not _FIGURE.search(run.text):
            yield run
            continue
        done = 0
        for at, char in enumerate(run.text):
            if not (char.isdecimal() or char in _POINTS):
                continue
            if at > done:
                yield _part(run, page, done, at)
            yield _part(run, page, at, at + 1)
            done = at + 1
        if done < len(run.text):
            yield _part(run, page, done, len(run.text))


def _part(run: Run, page: Characters, start: int, end: int) -> Run:
    _, top, _, bottom, text, begin = run
    first, last = begin + start, begin + end - 1
    if page.top[first] != page.top[begin] or page.bottom[first] != page.bottom[begin]:
        top, bottom = page.height - page.top[first], page.height - page.bottom[first]
    return new(Run, (page.left[first], top, page.right[last], bottom, text[start:end], first))


def _height(run: Run) -> float:
    return run.bottom - run.top
