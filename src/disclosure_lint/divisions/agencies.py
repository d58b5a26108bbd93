"""Which names are one agency's: 青槐镇 and 陌桑县青槐镇人民政府, 孟津县水利局 and 孟津区水利局, 发改委 and 发改局.

Each name is first written as it would be today. Then a short name is the longer one that it ends, if there is but one.
What two agencies may be called is nobody's: nothing is guessed.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from disclosure_lint.divisions.table import LONGEST_NAME, Abolished, AbolishedNames, Division, abolished_names, table
from disclosure_lint.model.agency import Pairing
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.lazy_re import lazy_re_compile

_MARKS = "省市县区旗州盟镇乡"
_PLACES = ("镇", "乡", "街道", "县", "市", "区", "旗", "州", "盟")
_TOWNSHIPS = ("镇", "乡", "街道")
_BELOW = lazy_re_compile(rf"[{_MARKS}]|街道")
"""After such a mark the name of what is within the place may begin."""
_PLACED = lazy_re_compile(r"[^省市县区旗州盟]{1,10}[省市县区旗州盟](?=.)")
_ABOVE = lazy_re_compile("[省市州盟]|地区")
_SHORTEST = 3
_ALWAYS = 9999


class _Modern(NamedTuple):
    """A name as it would be today."""

    name: str
    before: str
    """The same with the former name of such agencies; empty if it has none."""


class Agencies:
    """The agencies of a run by all the names that their reports give them."""

    def __init__(self, words: Pairing, own: Mapping[str, tuple[str, ...]] | None = None):
        """Takes the words of the rules and what a configuration says: names, each with others of the same agency."""
        self._words = words
        self._renamed = [(other, one.name) for one in words.agencies for other in one.also]
        self._former = [(other, one.name) for one in words.agencies for other in one.formerly]
        for renamed in (self._renamed, self._former):
            renamed.sort(key=lambda pair: -len(pair[0]))
        self._own = sorted(
            ((self._core(other), self._core(name)) for name, others in (own or {}).items() for other in others),
            key=lambda pair: -len(pair[0]),
        )
        self._modern: dict[str, _Modern] = {}
        self._years: dict[str, set[int]] = {}
        self._keys: dict[str, str] | None = None
        self._shared: set[str] = set()

    def add(self, name: str, year: int | None = None) -> None:
        """Takes a name, and a year in which an agency reported by it."""
        self._keys = None
        years = self._years.setdefault(name, set())
        if year is not None:
            years.add(year)

    def key(self, name: str) -> str:
        """Returns what is the same for all names of an agency; all names of the run must have been added."""
        if self._keys is None:
            self._keys = self._paired()
        return self._keys.get(name) or self._read(name).name

    def is_shared(self, name: str) -> bool:
        """Says whether several agencies may have that name."""
        return self.key(name) in self._shared

    def may_be(self, name: str) -> bool:
        """Says whether a name may be that of an agency that was added with a year: the ending of its name will do."""
        short = self._read(name).name
        known = (self.key(one) for one, years in self._years.items() if years)
        return len(short) >= _SHORTEST - 1 and any(one.endswith(short) for one in known)

    def _paired(self) -> dict[str, str]:
        keys = dict(self._named_today())
        longer: dict[str, set[str]] = {}
        known = set(keys.values())
        for name in known:
            for mark in _BELOW.finditer(name):
                short = name[mark.end() :]
                if short in known and self._tells_whose(short):
                    longer.setdefault(short, set()).add(name)
        longest: dict[str, str] = {}
        self._shared = set()
        for short, names in longer.items():
            last = max(names, key=len)
            if all(last.endswith(name) for name in names):
                longest[short] = last
            else:
                self._shared.add(short)
        return {name: longest.get(key, key) for name, key in keys.items()}

    def _named_today(self) -> Iterator[tuple[str, str]]:
        """Yields each name with what it is today; a former name that reported beside the new one keeps to itself."""
        read = {name: self._read(name) for name in self._years}
        years: dict[str, set[int]] = {}
        for name, modern in read.items():
            if not modern.before:
                years.setdefault(modern.name, set()).update(self._years[name])
        for name, modern in read.items():
            is_beside = bool(modern.before) and not years.get(modern.name, set()).isdisjoint(self._years[name])
            yield name, modern.before if is_beside else modern.name

    def _read(self, name: str) -> _Modern:
        if name not in self._modern:
            self._modern[name] = self._today(name)
        return self._modern[name]

    def _today(self, name: str) -> _Modern:
        own = self._core(name)
        for other, meant in self._own:
            if own == other or (other.endswith(_PLACES) and own.startswith(other)):
                own = meant + own[len(other) :]
                break
        own = _replaced(place_today(own), self._renamed)
        new = _replaced(own, self._former)
        return _Modern(new, own if new != own else "")

    def _core(self, name: str) -> str:
        """Returns a name without what all of its kind are called."""
        text = squeeze(name)
        return text.removesuffix(next((ending for ending in self._words.endings if text.endswith(ending)), ""))

    def _tells_whose(self, short: str) -> bool:
        """Says whether a name has that of a place in it: 青槐镇, 柏屿县水利局; bureaus of many counties are 水利局."""
        if short.endswith(_PLACES) and len(short) >= _SHORTEST and not short.endswith(self._words.no_places):
            return True
        place = _PLACED.match(short)
        return place is not None and not place.group().endswith(self._words.no_places)


def _replaced(name: str, pairs: Iterable[tuple[str, str]]) -> str:
    """Returns a name with its ending replaced by the first of some pairs that it has."""
    for other, meant in pairs:
        if name.endswith(other) and not name.endswith(meant):
            return name[: -len(other)] + meant
    return name


@lru_cache(maxsize=4096)
def place_today(name: str) -> str:
    """Returns a name with the division at its beginning called as today, if it was only renamed."""
    names = abolished_names()
    for start in (0, *(mark.end() for mark in _ABOVE.finditer(name))):
        for length in names.lengths:
            piece = name[start : start + length]
            if len(piece) == length and piece in names and not _goes_on(name[start:], length):
                successor = _renamed(names, piece, name[:start])
                rest = name[start + length :]
                return name if successor is None else name[:start] + successor.name + rest
    return name


def _goes_on(name: str, length: int) -> bool:
    """Says whether a name begins with that of a division that is longer: 沙县区 with 沙县."""
    return any(table().with_full_name(name[:end]) for end in range(length + 1, min(LONGEST_NAME, len(name)) + 1))


def has_grown(name: str, year: int) -> bool:
    """Says whether the place of an agency took in another one in a year, so that its numbers do not go on."""
    if name.endswith(_TOWNSHIPS):
        return False
    return any(place.year == year and any(one.name in name for one in place.successors) for place in _merged_places())


def _renamed(names: AbolishedNames, piece: str, above: str) -> Division | None:
    """Returns what a division became under other names; None if it did not just get another name."""
    places = [one for one in names.of(piece, _ALWAYS) if not above or above.endswith(one.parents)]
    if len(places) != 1 or places[0].relation != "renamed" or len(places[0].successors) != 1:
        return None
    successor = places[0].successors[0]
    if successor.last_year is None:
        return successor
    later = [one for one in names.of(successor.name, _ALWAYS) if one.division.code == successor.code]
    return _renamed(names, successor.name, "") if len(later) == 1 else None


@lru_cache(maxsize=1)
def _merged_places() -> tuple[Abolished, ...]:
    names = abolished_names()
    return tuple(place for name in names for place in names.of(name, _ALWAYS) if place.relation == "merged")
