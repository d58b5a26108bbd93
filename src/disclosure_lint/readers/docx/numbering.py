"""Automatic numbering: what stands before the paragraphs of lists, counted as Word counts."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.docx.names import LEVEL, flag, number, value, w
from disclosure_lint.readers.docx.styles import ListPlace, Styles
from disclosure_lint.readers.number_formats import written

_ABSTRACT, _ABSTRACT_ID, _NUM, _NUM_ID = (w(name) for name in ("abstractNum", "abstractNumId", "num", "numId"))
_OVERRIDE, _START_OVERRIDE, _STYLE_LINK = (w(name) for name in ("lvlOverride", "startOverride", "numStyleLink"))
_LVL, _START, _FORMAT, _TEXT = (w(name) for name in ("lvl", "start", "numFmt", "lvlText"))
_RESTART, _LEGAL, _SUFFIX, _P_STYLE = (w(name) for name in ("lvlRestart", "isLgl", "suff", "pStyle"))
_PLACEHOLDER = lazy_re_compile(r"%([1-9])")
_LEVELS = 9
_MOST_HOPS = 5


class _Level(NamedTuple):
    start: int
    format: str
    text: str
    restart: int | None
    """The level, from 1, after which it begins anew; None for every level above it."""
    legal: bool
    suffix: str
    style: str | None


class _List(NamedTuple):
    """What a number id of paragraphs stands for."""

    counted_as: str
    """Lists of one pattern go on counting from one another."""
    levels: dict[int, _Level]
    starts: dict[int, int]
    """Levels that begin anew when this list first uses them, and at which number."""


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Element | None, styles: Styles):
        """Takes the part with the numbering, which a document may lack."""
        self._styles = styles
        found = root.findall(_ABSTRACT) if root is not None else []
        self._patterns = {element.get(_ABSTRACT_ID, ""): element for element in reversed(found)}
        found = root.findall(_NUM) if root is not None else []
        self._nums = {number(element.get(_NUM_ID)): element for element in reversed(found)}
        self._lists: dict[int, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, place: ListPlace) -> str:
        """Returns what stands before the text of the next paragraph at a place, with what parts the two."""
        known = self._list(place.number_id)
        if known is None:
            return ""
        at = place.level if place.level is not None else _level_of(known, place.style)
        level = known.levels.get(at)
        if level is None:
            return ""
        counts = self._count(place.number_id, known, at, level)
        if level.format == "bullet":
            return ""
        text = _PLACEHOLDER.sub(lambda match: _shown(known, counts, int(match.group(1)) - 1, level.legal), level.text)
        return text + _gap(text, level.suffix)

    def _count(self, number_id: int, known: _List, at: int, level: _Level) -> dict[int, int]:
        counts = self._counts.setdefault(known.counted_as, {})
        start = level.start
        if at in known.starts and (number_id, at) not in self._begun:
            start = known.starts[at]
            counts.pop(at, None)
        self._begun.add((number_id, at))
        counts[at] = counts[at] + 1 if at in counts else start
        for deeper in [other for other in counts if other > at]:
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or at < restart:
                del counts[deeper]
        return counts

    def _list(self, number_id: int) -> _List | None:
        if number_id not in self._lists:
            self._lists[number_id] = self._made(number_id)
        return self._lists[number_id]

    def _made(self, number_id: int) -> _List | None:
        num = self._nums.get(number_id)
        if num is None:
            return None
        key, pattern = self._pattern(num)
        levels = _levels(pattern) if pattern is not None else {}
        starts: dict[int, int] = {}
        for override in num.findall(_OVERRIDE):
            at = number(override.get(LEVEL))
            if at is not None:
                levels.update(_levels(override, at))
                start = number(value(override, _START_OVERRIDE))
                starts.update({at: start} if start is not None else {})
        return _List(key, levels, starts)

    def _pattern(self, num: Element) -> tuple[str, Element | None]:
        """Returns the pattern of a list, perhaps by way of a style of lists."""
        key = value(num, _ABSTRACT_ID) or ""
        for _ in range(_MOST_HOPS):
            pattern = self._patterns.get(key)
            link = value(pattern, _STYLE_LINK)
            linked = self._nums.get(self._styles.list_of(link)) if link else None
            if linked is None:
                return key, pattern
            key = value(linked, _ABSTRACT_ID) or ""
        return key, None


def _levels(element: Element, only: int | None = None) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for lvl in element.findall(_LVL):
        at = number(lvl.get(LEVEL)) if only is None else only
        if at is not None and 0 <= at < _LEVELS:
            start = number(value(lvl, _START))
            levels[at] = _Level(
                start=0 if start is None else start,
                format=value(lvl, _FORMAT) or "decimal",
                text=value(lvl, _TEXT) or "",
                restart=number(value(lvl, _RESTART)),
                legal=flag(lvl, _LEGAL) or False,
                suffix=value(lvl, _SUFFIX) or "tab",
                style=value(lvl, _P_STYLE),
            )
    return levels


def _level_of(known: _List, style: str | None) -> int:
    """Returns the level that is for a style, else the first."""
    return next((at for at, level in sorted(known.levels.items()) if style and level.style == style), 0)


def _shown(known: _List, counts: dict[int, int], at: int, legal: bool) -> str:
    level = known.levels.get(at)
    if level is None:
        return ""
    count = counts.get(at, max(0, level.start - 1))
    return written(count, "decimal" if legal else level.format)


def _gap(label: str, suffix: str) -> str:
    """Returns what parts a label from the text; a tab after a wide mark like 、 is only there for the looks."""
    if not label or suffix == "nothing" or (suffix == "tab" and not label[-1].isascii()):
        return ""
    return " "
