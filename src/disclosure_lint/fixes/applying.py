"""Fixes applied to a text, all edits of a fix or none."""

import re
from bisect import insort
from collections.abc import Iterable

from disclosure_lint.model.diagnostic import Edit, Fix

_LINE_END = re.compile(r"\r\n|\n|\r")
_ENOUGH = 200
"""So many lines tell which line ends a text has."""


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """Returns the text with those of the fixes applied that `accepted` takes; new lines end as the text's do."""
    line_end = line_end_of(text)
    edits = {edit for fix in accepted(text, fixes) for edit in fix.edits}
    for start_end, new in sorted(edits, reverse=True):
        text = text[: start_end.start] + _LINE_END.sub(line_end, new) + text[start_end.end :]
    return text


def accepted(text: str, fixes: Iterable[Fix]) -> list[Fix]:
    """Returns the fixes that can be applied together, in the order of their places.

    The order in which they are given does not matter: safe ones come before unsafe ones, then the first in the text.
    A fix of which an edit overlaps that of an accepted one is left out whole; equal edits are one.
    """
    taken: list[Edit] = []
    chosen: list[Fix] = []
    for fix in sorted(fixes, key=_rank):
        new = [edit for edit in dict.fromkeys(fix.edits) if edit not in taken]
        if _is_sound(text, fix) and not any(_collide(edit, other) for edit in new for other in taken):
            chosen.append(fix)
            for edit in new:
                insort(taken, edit)
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
    alone = not any(
        _collide(edit, other) for index, edit in enumerate(edits) for other in edits[:index] if edit != other
    )
    return within and changes and alone


def _collide(edit: Edit, other: Edit) -> bool:
    """Says whether two edits have text in common, or begin at one place, so that their order would be a guess."""
    one, two = edit.span, other.span
    return one.start == two.start or (one.start < two.end and two.start < one.end)
