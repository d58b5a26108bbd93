"""Which of several divisions of one name a report's text speaks of."""

from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.divisions.boundaries import begins_after, ends_before
from disclosure_lint.divisions.division import Division
from disclosure_lint.divisions.table import Divisions

_Path = tuple[Division, ...]


class Evidence(NamedTuple):
    """What a text says."""

    paths: tuple[_Path, ...]
    """Those that the text speaks for; empty if it says nothing."""
    proof: str
    """The words that say it."""


def by_text(divisions: Divisions, paths: Sequence[_Path], text: str, *, in_full: bool) -> Evidence:
    """Returns those that the squeezed text speaks for, each given as its path; the strongest words that occur decide.

    From strong to weak: the name right after that of its province or prefecture (徐州市鼓楼区), or the full name if
    only a short one is known; the name of the division above it or of its province; that of a neighbour.
    """
    named = _supported(paths, [_joined(path, text) or ("" if in_full else _mention(path[-1:], text)) for path in paths])
    if named.paths:
        return named
    above = _supported(paths, [_mention(path[-2:-1], text) for path in paths])
    within = _supported(paths, [_mention(path[:-1][:1], text) for path in paths])
    provinces = {path[0].code for path in above.paths}
    if above.paths and all(path[0].code in provinces for path in within.paths):
        return above
    # One place by its prefecture and another by its province: the text does not tell.
    either = dict.fromkeys((*above.paths, *within.paths))
    if either:
        return Evidence(tuple(path for path in paths if path in either), above.proof or within.proof)
    return _supported(paths, [_neighbour(divisions, path[-1], text) for path in paths])


def _supported(paths: Sequence[_Path], words: Sequence[str]) -> Evidence:
    found = [(path, word) for path, word in zip(paths, words, strict=True) if word]
    return Evidence(tuple(path for path, _ in found), found[0][1] if found else "")


def _joined(path: _Path, text: str) -> str:
    *above, division = path
    for one in above:
        for words in (one.name + division.name, one.short + division.name, one.short + division.short):
            if words in text:
                return words
    return ""


def _mention(above: _Path, text: str) -> str:
    """Returns the name of the first division if the text has it as a name."""
    for one in above[:1]:
        start = text.find(one.name)
        while start >= 0:
            if ends_before(text, start + len(one.name)):
                return one.name
            start = text.find(one.name, start + 1)
    return ""


def _neighbour(divisions: Divisions, division: Division, text: str) -> str:
    """Returns the name of a county under the same prefecture if the text has it and no other prefecture does."""
    for one in divisions.siblings(division):
        if len(one.name) < 3 or len({row.code[:4] for row in divisions.with_full_name(one.name)}) > 1:
            continue
        start = text.find(one.name)
        if start >= 0 and begins_after(text, start) and ends_before(text, start + len(one.name)):
            return one.name
    return ""
