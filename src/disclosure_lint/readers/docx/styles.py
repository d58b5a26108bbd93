"""Styles and automatic numbering: which paragraphs are headings, which text is hidden, how lists are counted."""

import re
from collections.abc import Callable
from typing import NamedTuple, TypeVar
from xml.etree.ElementTree import Element

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.docx.names import (
    LEVEL,
    NUMBER_ID,
    NUMBERING,
    OUTLINE,
    PPR,
    RPR,
    VAL,
    VANISH,
    flag,
    number,
    raised,
    unseen,
    value,
    w,
)
from disclosure_lint.readers.number_formats import written

_STYLE, _STYLE_ID, _TYPE, _DEFAULT = (w(name) for name in ("style", "styleId", "type", "default"))
_BASED_ON, _NAME, _P_STYLE = (w(name) for name in ("basedOn", "name", "pStyle"))
_HEADING_NAME = lazy_re_compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_TEXT = 9
"""The outline level of a paragraph that is no heading; those of headings count from 0."""
_LONGEST_LINE = 30
"""No style stands on more others."""
_T = TypeVar("_T")


class ListPlace(NamedTuple):
    """Where in which list a paragraph stands."""

    number_id: int
    level: int | None
    """From 0; None if the list's levels say which style each is for."""
    style: str | None = None
    """The style that puts the paragraph into the list."""


class Look(NamedTuple):
    """What is said about a paragraph, directly or by its style."""

    level: int | None
    """Of a heading, from 1."""
    place: ListPlace | None
    hidden: bool
    """Whether its style hides its text or strikes it through."""
    mark_hidden: bool = False
    """Whether its end is hidden; without any text it is then not there."""


_PLAIN = (None, False, False)


class _Style(NamedTuple):
    id: str
    based_on: str | None
    name_level: int | None
    outline: int | None
    number_id: int | None
    list_level: int | None
    hidden: bool | None
    raised: bool | None


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None):
        """Takes the part with the styles, which a document may lack."""
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        self._looks: dict[str | None, Look] = {}
        of_characters: set[str] = set()
        for element in root.findall(_STYLE) if root is not None else ():
            style = _style(element)
            self._styles.setdefault(style.id, style)
            if element.get(_TYPE) == "paragraph" and element.get(_DEFAULT) in ("1", "true", "on"):
                self._default = style.id
            elif element.get(_TYPE) == "character":
                of_characters.add(style.id)
        self.hidden = frozenset(key for key in of_characters if self._inherited(key, lambda style: style.hidden))
        """The styles of characters that are not to be seen."""
        self.raised = frozenset(key for key in of_characters if self._inherited(key, lambda style: style.raised))
        """The styles of characters above or below the line."""
        self.unusual = self.hidden | self.raised
        self.plain = frozenset(key for key in self._styles if self._look(key)[1:] == _PLAIN)
        """The styles that neither number paragraphs nor hide them; empty if the usual style does."""
        if self._look(None)[1:] != _PLAIN:
            self.plain = frozenset()

    def look(self, properties: Element | None) -> Look:
        """Returns what holds for a paragraph with these properties."""
        if properties is None:
            return self._look(None)
        look = self._look(value(properties, _P_STYLE))
        outline = number(value(properties, OUTLINE))
        if outline is not None:
            look = look._replace(level=_heading_level(outline))
        if (numbering := properties.find(NUMBERING)) is not None:
            look = look._replace(place=_placed(numbering, look.place))
        if (mark := properties.find(RPR)) is not None and (hidden := flag(mark, VANISH)) is not None:
            look = look._replace(mark_hidden=hidden)
        return look

    def list_of(self, style: str) -> int | None:
        """Returns the list that a style of lists is about."""
        return self._inherited(style, lambda style: style.number_id)

    def _look(self, key: str | None) -> Look:
        if key not in self._styles:
            key = self._default
        if key not in self._looks:
            self._looks[key] = self._made(key)
        return self._looks[key]

    def _made(self, key: str | None) -> Look:
        outline = self._inherited(key, lambda style: style.outline)
        level = self._inherited(key, lambda style: style.name_level) if outline is None else _heading_level(outline)
        number_id = self._inherited(key, lambda style: style.number_id)
        place = None
        if number_id:
            owner = self._inherited(key, lambda style: style.id if style.number_id is not None else None)
            place = ListPlace(number_id, self._inherited(key, lambda style: style.list_level), owner)
        hidden = bool(self._inherited(key, lambda style: style.hidden))
        return Look(level, place, hidden, hidden)

    def _inherited(self, key: str | None, asked: Callable[[_Style], _T | None]) -> _T | None:
        """Returns what a style says, or else the nearest of those that it stands on."""
        for _ in range(_LONGEST_LINE):
            style = self._styles.get(key) if key is not None else None
            if style is None:
                return None
            if (found := asked(style)) is not None:
                return found
            key = style.based_on
        return None


def _style(element: Element) -> _Style:
    properties, characters = element.find(PPR), element.find(RPR)
    numbering = properties.find(NUMBERING) if properties is not None else None
    named = _HEADING_NAME.fullmatch((value(element, _NAME) or "").strip())
    return _Style(
        id=element.get(_STYLE_ID, ""),
        based_on=value(element, _BASED_ON),
        name_level=int(named.group(1)) if named else None,
        outline=number(value(properties, OUTLINE)),
        number_id=number(value(numbering, NUMBER_ID)),
        list_level=number(value(numbering, LEVEL)),
        hidden=unseen(characters),
        raised=raised(characters),
    )


def _heading_level(outline: int) -> int | None:
    return outline + 1 if 0 <= outline < _BODY_TEXT else None


def _placed(numbering: Element, inherited: ListPlace | None) -> ListPlace | None:
    """Returns the place that a paragraph's own properties give it, the rest taken from its style."""
    level = number(value(numbering, LEVEL))
    key = numbering.find(NUMBER_ID)
    if key is None:
        return inherited._replace(level=level) if inherited and level is not None else inherited
    number_id = number(key.get(VAL))
    return ListPlace(number_id, level if level is not None else 0) if number_id else None


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
