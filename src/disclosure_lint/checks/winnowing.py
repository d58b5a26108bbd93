"""Fingerprints of texts, by which a passage that two of them share is found wherever it stands.

Of all runs of `GRAM` characters those are taken whose hash is the least of `WINDOW` in a row (winnowing: Schleimer,
Wilkerson and Aiken 2003): every shared run of `GRAM + WINDOW - 1` characters leaves a fingerprint in both texts, and as
neighbours are no farther apart than a gram is long, fingerprints that follow each other in both cover what is between.
"""

from array import array
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from disclosure_lint.model.lazy_re import lazy_re_compile

GRAM = 12
WINDOW = 12
GAP = "\0"
"""Stands in a text for what does not count; no fingerprint reaches over it."""
_MOST = 0xFFFF
"""Characters of a text that are looked at: positions are kept in two bytes."""
_BYTES = 2
_PLAIN = "latin-1"
"""By which each byte is a character."""
_AT_ONCE = 500_000
"""Fingerprints that are sorted together, so that memory does not grow with their number."""
_MOST_PLACES = 16
"""At which one fingerprint of a text is looked for: more have only texts that say one thing over and over."""
_GAP = 24
"""Characters between two runs of one passage: a changed word, and the grams that it spoils."""
_RARE = lazy_re_compile("[\U00010000-\U0010ffff]")
"""Characters that take more than two bytes."""


class Prints(NamedTuple):
    """The fingerprints of a text in their order: plain data, six bytes for each, as text so that JSON can hold it."""

    hashes: str
    positions: str

    def each(self) -> Iterator[tuple[int, int]]:
        """Yields hashes with the positions at which their grams begin."""
        return zip(hashes_of(self), array("H", self.positions.encode(_PLAIN)), strict=True)


class Run(NamedTuple):
    """A passage that two texts share."""

    start: int
    end: int
    other: int
    """Where it begins in the other text."""


def hashes_of(prints: Prints) -> "array[int]":
    """Returns the hashes as numbers of four bytes."""
    return array("I", prints.hashes.encode(_PLAIN))


def fingerprints(text: str) -> Prints:
    """Returns the fingerprints of a text; of a shorter one than a gram, none."""
    data = _RARE.sub("\ufffd", text[:_MOST]).encode("utf-16-le", "replace")
    last = len(data) - _BYTES * (GRAM - 1)
    # The position makes each number another one, and of equal hashes the first is the least.
    grams = [crc32(data[at : at + _BYTES * GRAM]) << 16 | at // _BYTES for at in range(0, last, _BYTES)]
    least, width = grams, 1
    while width < WINDOW and len(least) > width:
        step = min(width, WINDOW - width)
        least, width = list(map(min, least, least[step:])), width + step
    chosen: list[int] = []
    # The first and the last are taken too, so that what begins or ends both texts is not cut.
    for one in dict.fromkeys((*grams[:1], *least, *grams[-1:])):
        at = one & _MOST
        # Of a row of equal ones, as in a text of one character, one a window will do.
        is_again = bool(chosen) and one >> 16 == chosen[-1] >> 16 and at - (chosen[-1] & _MOST) < WINDOW
        if not is_again and GAP not in text[at : at + GRAM]:
            chosen.append(one)
    hashes, positions = array("I", [one >> 16 for one in chosen]), array("H", [one & _MOST for one in chosen])
    return Prints(hashes.tobytes().decode(_PLAIN), positions.tobytes().decode(_PLAIN))


class Passage(NamedTuple):
    """What two texts share in one stretch, but for small changes."""

    runs: tuple[Run, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.runs[-1].end


def passages(own: Prints, other: Prints, ignored: Container[int], least: int) -> list[Passage]:
    """Returns the passages of a text that stand in another one too, of so many characters at least, in order.

    A word that was changed within does not end a passage.
    """
    places: dict[int, list[int]] = {}
    for value, at in other.each():
        if value not in ignored and len(found := places.setdefault(value, [])) < _MOST_PLACES:
            found.append(at)
    joined: list[list[Run]] = []
    for run in _runs(own, places):
        if joined and _goes_on(joined[-1][-1], run):
            joined[-1].append(run)
        else:
            joined.append([run])
    return [Passage(tuple(some)) for some in joined if some[-1].end - some[0].start >= least]


def _goes_on(run: Run, after: Run) -> bool:
    """Says whether between two runs there is little, and about as much in both texts."""
    here, there = after.start - run.end, after.other - run.other - (run.end - run.start)
    return here <= _GAP and -GRAM <= there <= _GAP


def _runs(own: Prints, places: Mapping[int, Sequence[int]]) -> Iterator[Run]:
    run: Run | None = None
    for value, at in own.each():
        found = places.get(value)
        if found is None:
            continue
        if run is not None:
            shift = run.other - run.start
            if at <= run.end and at + shift in found:
                run = run._replace(end=at + GRAM)
                continue
            yield run
        run = Run(at, at + GRAM, found[0])
    if run is not None:
        yield run


class Origins:
    """In which of many texts each fingerprint stands, the first ones."""

    def __init__(self, texts: Sequence[Prints], owners: Sequence[str], common: int):
        """Takes the texts in their order and whose each is; what more than `common` owners have is nobody's.

        What a third of the owners have, if these are five, is `stock`: it may come from some pattern.
        """
        self._texts = texts
        self._first: dict[int, tuple[int, ...]] = {}
        self.common: set[int] = set()
        """The hashes that too many have."""
        self.stock: set[int] = set()
        """Those that many have."""
        self._most = max(_LEAST_LIKELY, min(_MOST_LIKELY, _MOST_LOOKS // max(1, len(texts))))
        several = min(common, max(_FEW, len(set(owners)) // 3))
        parts = 1 + sum(len(one.hashes) for one in texts) // 4 // _AT_ONCE
        for part in range(parts):
            keys = [
                value << 32 | number
                for number, text in enumerate(texts)
                for value in hashes_of(text)
                if value % parts == part
            ]
            keys.sort()
            self._take(keys, owners, common, several)

    def _take(self, keys: Sequence[int], owners: Sequence[str], common: int, several: int) -> None:
        at, end = 0, len(keys)
        while at < end:
            value, start = keys[at] >> 32, at
            at += 1
            while at < end and keys[at] >> 32 == value:
                at += 1
            if at - start > 1 and keys[start] != keys[at - 1]:
                count = at - start
                if count > several:
                    count = len({owners[key & 0xFFFFFFFF] for key in keys[start:at]})
                if count > common:
                    self.common.add(value)
                else:
                    if count > several:
                        self.stock.add(value)
                    self._first[value] = tuple(key & 0xFFFFFFFF for key in keys[start : min(at, start + _MOST_FIRST)])

    def likely(self, number: int) -> list[int]:
        """Returns the earlier texts in which the rarest fingerprints of a text stand first, the likeliest first."""
        votes: Counter[int] = Counter()
        for value in hashes_of(self._texts[number]):
            first = self._first.get(value, ())
            for one in first:
                if one < number:
                    votes[one] += _PAIR // len(first)
        return [one for one, count in votes.most_common(self._most) if count >= _PAIR]


_FEW = 4
_LEAST_LIKELY, _MOST_LIKELY, _MOST_LOOKS = 3, 20, 300_000
"""With so many texts each is compared; there are fewer for each where there are very many."""
_MOST_FIRST = 12
_PAIR = 120
"""What a fingerprint says, shared by the texts that have it: the fewer these are, the more for each."""


def covered(found: Iterable[Run]) -> int:
    """Returns how many characters some passages hold; where they overlap, once."""
    total = end = 0
    for run in sorted(found):
        total += max(0, run.end - max(run.start, end))
        end = max(end, run.end)
    return total


def grams_of(own: Prints, hashes: set[int]) -> list[Run]:
    """Returns the grams of a text that are among some."""
    return [Run(at, at + GRAM, at) for value, at in own.each() if value in hashes]
