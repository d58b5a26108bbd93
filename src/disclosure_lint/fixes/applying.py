"""Fixes applied to a text, all edits of a fix or none."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import pairwise

from disclosure_lint.model.diagnostic import Edit, Fix

_LINE_END = re.compile(r"\r\n|\n|\r")
_ENOUGH = 200
"""So many lines tell which line ends a text has."""


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """Returns the text with those of the fixes applied that `accepted` takes; new lines end as the text's do."""
    line_end = line_end_of(text)
    edits = {edit for fix in accepted(text, fixes) for edit in fix.edits}
    parts: list[str] = []
    done = 0
    for (start, end), new in sorted(edits):
        parts += [text[done:start], _LINE_END.sub(line_end, new)]
        done = end
    return "".join([*parts, text[done:]])


def accepted(text: str, fixes: Iterable[Fix]) -> list[Fix]:
    """Returns the fixes that can be applied together, in the order of their places.

    The order in which they are given does not matter: safe ones come before unsafe ones, then the first in the text.
    A fix of which an edit overlaps that of an accepted one is left out whole; equal edits are one.
    """
    taken: list[Edit] = []
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=_rank):
        if _is_sound(text, fix) and all(_fits(edit, taken) for edit in fix.edits):
            chosen.append(fix)
            for edit in set(fix.edits):
                at = bisect_left(taken, edit)
                if taken[at : at + 1] != [edit]:
                    taken.insert(at, edit)
    return sorted(chosen, key=lambda fix: fix.edits)


def line_end_of(text: str) -> str:
    r"""Returns the line end that most of the first lines of a text have; `\n` if it has none."""
    counts: dict[str, int] = {}
    for number, match in enumerate(_LINE_END.finditer(text)):
        if number == _ENOUGH:
            break
        counts[match.group()] = counts.get(match.group(), 0) + 1
    return max(counts, key=lambda end: counts[end], default="\n")


def _rank(fix: Fix) -> tuple[bool, tuple[Edit, ...], str]:
    return fix.applicability != "safe", fix.edits, fix.title.zh


def _is_sound(text: str, fix: Fix) -> bool:
    """Says whether a fix, perhaps a plugin's, changes something, lies within the text and does not overlap itself."""
    edits = fix.edits
    within = all(0 <= edit.span.start <= edit.span.end <= len(text) for edit in edits)
    changes = any(text[edit.span.start : edit.span.end] != edit.text for edit in edits)
    # Of those in order, a pair that collides has neighbours between that do.
    alone = not any(_collide(*pair) for pair in pairwise(sorted(set(edits))))
    return within and changes and alone


def _fits(edit: Edit, taken: list[Edit]) -> bool:
    """Says whether an edit is one of those that are taken, or collides with none; those do not collide, in order."""
    at = bisect_left(taken, edit)
    if taken[at : at + 1] == [edit]:
        return True
    return not any(_collide(edit, other) for other in taken[max(0, at - 1) : at + 1])


def _collide(edit: Edit, other: Edit) -> bool:
    """Says whether two edits have text in common, or begin at one place, so that their order would be a guess."""
    one, two = edit.span, other.span
    return one.start == two.start or (one.start < two.end and two.start < one.end)
