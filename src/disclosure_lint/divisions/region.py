"""Where an agency is: the province, prefecture and county that its name tells, if need be with the report's text.

What cannot be told is said so, with what it may be. Nothing is guessed.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.divisions.table import LONGEST_NAME, Division, Divisions, begins_after, ends_before, table
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import LocalizedText

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


# What may stand before the division in the name of an organ.
_ORGAN = r"(?:中共|中国共产党|国家[^省市县区]{1,8}?[局会院]|中华人民共和国|《|“)"
# A name that these follow is a township's: 城区街道办事处, 黄山镇.
_TOWNSHIP = r"街道|地区办事处|社区|[镇乡村]"
_ZONE = (
    r"[^街镇乡村]{0,8}?"
    r"(?:高新技术|高新区|经济技术|经开区|开发区|工业园区|保税|自贸|自由贸易|综合实验区|示范区|新区|航空港|合作区)"
)
# Short names that zones elsewhere have too: only together with the text.
_LOOSE = frozenset(("海东", "海西", "海南", "海北", "黄南", "中山", "黄山", "泰山", "东方", "安康", "白山"))
_LONGEST_SHORT = 5
_NEXT_YEAR = 1


class Region(NamedTuple):
    """Where an agency is, as far as that can be told."""

    code: str | None
    """Code of the last division of `path`; None if not even the province can be told."""
    path: tuple[Division, ...]
    """Province, prefecture, county, as far down as they are certain."""
    reason: LocalizedText
    """Why these, or why not."""
    candidates: tuple[Division, ...] = ()
    """What it may be where that is not certain."""

    @property
    def name(self) -> str:
        """The names of the path: 河南省洛阳市孟津区."""
        return "".join(division.name for division in self.path)


class _Named(NamedTuple):
    """What the agency's name says."""

    divisions: tuple[Division, ...]
    text: str
    """The words that say it."""
    in_full: bool
    """False if they say it by a short name only."""
    sure: bool
    """Whether one division alone needs no further proof."""


def region_of(agency: str | None, year: int | None, text: str, divisions: Divisions | None = None) -> Region:
    """Returns where an agency is, by its name in a report of that year and, if need be, by the report's squeezed text.

    A division's name counts as it is in that year or the next, in which the report was published; an older name if no
    other place has it now. `divisions` is the table if absent.
    """
    if agency is None:
        return Region(None, (), LocalizedText("不知道是哪个机关的报告", "it is not known whose report it is"))
    divisions = table() if divisions is None else divisions
    name = squeeze(agency)
    name = name[match.end() :] if (match := re.match(_ORGAN, name)) else name
    reading = _Reading(divisions, year)
    named = reading.chain(name) or reading.zone(name)
    if named is None:
        return Region(
            None,
            (),
            LocalizedText(
                f"机关名称“{agency}”里没有县级以上区划的名称", f"{agency} does not name a county or anything above it"
            ),
        )
    if len(named.divisions) == 1 and named.sure:
        return _certain(divisions, named.divisions[0], year, named.text, None)
    return _weighed(divisions, named, year, text)


class _Reading:
    """Reads the names of divisions at the beginning of an agency's name, as they are in a year."""

    def __init__(self, divisions: Divisions, year: int | None):
        self._divisions = divisions
        self._year = year

    def chain(self, text: str, above: Sequence[Division] = ()) -> _Named | None:
        """Returns what the longest names at the beginning say, each below the one before."""
        for length in range(min(LONGEST_NAME, len(text)), 1, -1):
            piece, rest = text[:length], text[length:]
            full = self._below(self._divisions.with_full_name(piece), above)
            found = full or self._below(self._short(piece), above)
            if found and (deeper := self.chain(rest, found)):
                return deeper._replace(text=piece + deeper.text)
            if full and not re.match(_TOWNSHIP, rest):
                return _Named(tuple(full), piece, in_full=True, sure=True)
        return None

    def zone(self, text: str) -> _Named | None:
        """Returns what a zone is called after: 平顶山高新技术产业开发区."""
        for length in range(min(_LONGEST_SHORT, len(text)), 1, -1):
            piece = text[:length]
            found = self._valid(self._divisions.with_short_name(piece))
            if found and re.match(_ZONE, text[length:]):
                found = _without_lower(found)
                sure = piece not in _LOOSE and all(division.level != "county" for division in found)
                return _Named(tuple(found), piece, in_full=False, sure=sure)
        return None

    def _short(self, name: str) -> list[Division]:
        """Returns the provinces and prefectures with that short name: a county's is too often another word."""
        found = self._divisions.with_short_name(name) if len(name) <= _LONGEST_SHORT else []
        return [division for division in found if division.level != "county"]

    def _below(self, found: Sequence[Division], above: Sequence[Division]) -> list[Division]:
        found = self._valid(found)
        return [one for one in found if any(_is_below(one, parent) for parent in above)] if above else list(found)

    def _valid(self, found: Sequence[Division]) -> list[Division]:
        if self._year is None:
            now = [one for one in found if one.last_year is None]
        else:
            years = (self._year, self._year + _NEXT_YEAR)
            now = [one for one in found if any(one.is_valid(year) for year in years)]
        # A code may change in between: the same place twice.
        return list({(one.code[:4], one.name): one for one in now or found}.values())


def _is_below(one: Division, parent: Division) -> bool:
    if parent.level == "county":
        return False
    digits = 2 if parent.level == "province" else 4
    return one.code != parent.code and one.code[:digits] == parent.code[:digits]


def _without_lower(found: Sequence[Division]) -> list[Division]:
    """Leaves out what lies in another one: 长沙县 beside 长沙市."""
    return [one for one in found if not any(_is_below(one, other) for other in found)]


def _certain(divisions: Divisions, division: Division, year: int | None, said: str, proof: str | None) -> Region:
    path = divisions.path(division, year)
    where = "".join(one.name for one in path)
    zh = f"机关名称里的“{said}”是{where}"
    en = f"{said} in the agency's name is {where}"
    if proof:
        zh, en = f"{zh}（正文里有“{proof}”）", f"{en} (the text has {proof})"
    return Region(division.code, path, LocalizedText(zh, en))


def _weighed(divisions: Divisions, named: _Named, year: int | None, text: str) -> Region:
    paths = [divisions.path(one, year) for one in named.divisions]
    evidence = by_text(divisions, paths, text, in_full=named.in_full)
    left = [path[-1] for path in evidence.paths]
    if len(left) == 1:
        return _certain(divisions, left[0], year, named.text, evidence.proof)
    return _undetermined(divisions, left or named.divisions, named.text, year)


def _undetermined(divisions: Divisions, left: Sequence[Division], said: str, year: int | None) -> Region:
    paths = [divisions.path(one, year) for one in left]
    shared = tuple(
        level[0]
        for level in zip(*paths, strict=False)
        if all(one.code == level[0].code for one in level) and len(left) > 1
    )
    names = ["".join(one.name for one in path) for path in paths]
    zh = f"机关名称里的“{said}”可能是{'、'.join(names)}，从正文看不出{'是哪一个' if len(left) > 1 else '是不是'}"
    en = f"{said} in the agency's name may be {', '.join(names)}; the text does not tell"
    return Region(shared[-1].code if shared else None, shared, LocalizedText(zh, en), tuple(left))
