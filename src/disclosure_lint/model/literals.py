"""Words without which a regular expression cannot match: a text without them need not be searched.

They are read off the expression when a pack is compiled. Where anything is unclear, nothing is demanded.
"""

import re
from collections.abc import Iterable
from itertools import product
from typing import Any, NamedTuple

from disclosure_lint.model.patterns import parser

_MOST_WORDS = 32
"""In one demand: more take longer to look for than they save."""
_MOST_JOINED = 12
"""Ways to write a word out of parts."""
_MOST_DEMANDS = 3
_ATOMIC, _POSSESSIVE = (getattr(parser, name, None) for name in ("ATOMIC_GROUP", "POSSESSIVE_REPEAT"))

_Words = frozenset[str]


class Demands(NamedTuple):
    """What a text must hold for an expression to match in it."""

    words: list[list[str]]
    """One of each list, anywhere in the text."""
    enough: list[str]
    """Each of these is a match by itself, wherever it stands."""


class _Part(NamedTuple):
    """What is known of a part of an expression."""

    texts: _Words | None
    """All that it can match; None if that is not known or too much."""
    besides: tuple[_Words, ...] = ()
    """Further words of which one must stand in the text."""
    plain: bool = True
    """Whether it matches each of `texts` wherever it stands."""

    def words(self) -> tuple[_Words, ...]:
        """Returns all that is demanded: lists of words of which one must stand in the text."""
        return self.besides if self.texts is None or "" in self.texts else (*self.besides, self.texts)


_UNKNOWN = _Part(None, plain=False)
_NOTHING = frozenset(("",))


def demands(pattern: str) -> Demands:
    """Returns what a valid expression demands of a text."""
    parsed = parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return Demands([], [])
    found = sorted({_shortest(words) for words in _sequence(parsed).words()}, key=_worth, reverse=True)[:_MOST_DEMANDS]
    return Demands([sorted(words) for words in found], sorted(_enough(parsed)))


def _enough(parsed: Any) -> _Words:
    """Returns what is a match by itself: what some branch of an expression matches and nothing else."""
    is_choice = len(parsed) == 1 and parsed[0][0] is parser.BRANCH
    parts = map(_sequence, parsed[0][1][1] if is_choice else [parsed])
    texts = (part.texts for part in parts if part.plain and part.texts is not None and "" not in part.texts)
    return _shortest(_Words().union(*texts))


def _worth(words: _Words) -> tuple[int, int, list[str]]:
    """Returns how telling a demand is: by the length of its shortest word, then the fewer the better."""
    return min(map(len, words)), -len(words), sorted(words)


def _shortest(words: _Words) -> _Words:
    """Returns the words without those that hold another one."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def _sequence(items: Iterable[Any]) -> _Part:
    """Returns what is known of parts that follow each other, written as one word as far as that can be done."""
    texts = _NOTHING
    besides: list[_Words] = []
    plain = whole = True
    for part in (_part(*item) for item in items):
        besides += part.besides
        plain = plain and part.plain
        if part.texts is not None and len(texts) * len(part.texts) <= max(_MOST_JOINED, len(texts), len(part.texts)):
            texts = frozenset(map("".join, product(texts, part.texts)))
            continue
        whole = False
        besides += _Part(texts).words()
        texts = _NOTHING if part.texts is None else part.texts
    return _Part(texts, tuple(besides), plain) if whole else _Part(None, (*besides, *_Part(texts).words()), plain=False)


def _part(operator: Any, argument: Any) -> _Part:
    if operator is parser.LITERAL:
        return _Part(frozenset((chr(argument),)))
    if operator is parser.IN:
        return _class(argument)
    if operator is parser.BRANCH:
        return _branches([_sequence(branch) for branch in argument[1]])
    if operator is parser.SUBPATTERN:
        return _UNKNOWN if argument[1] & re.IGNORECASE else _sequence(argument[3])
    if operator in (parser.MAX_REPEAT, parser.MIN_REPEAT, _POSSESSIVE):
        part = _repeat(*argument)
        return part._replace(plain=False) if operator is _POSSESSIVE else part
    if operator is _ATOMIC:
        return _sequence(argument)._replace(plain=False)
    if operator is parser.ASSERT:
        # What stands beside a match stands in the text all the same.
        return _Part(_NOTHING, _sequence(argument[1]).words(), plain=False)
    return _Part(_NOTHING, plain=False) if operator in (parser.AT, parser.ASSERT_NOT) else _UNKNOWN


def _class(members: Iterable[Any]) -> _Part:
    texts: set[str] = set()
    for operator, argument in members:
        if operator is parser.LITERAL:
            texts.add(chr(argument))
        elif operator is parser.RANGE and argument[1] - argument[0] < _MOST_WORDS:
            texts.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return _UNKNOWN
    return _Part(frozenset(texts)) if len(texts) <= _MOST_WORDS else _UNKNOWN


def _branches(parts: list[_Part]) -> _Part:
    known = [part.texts for part in parts if part.texts is not None and not part.besides]
    texts = frozenset[str]().union(*known)
    if len(known) == len(parts) and len(texts) <= _MOST_WORDS:
        return _Part(texts, (), all(part.plain for part in parts))
    most_telling = [max(part.words(), key=_worth, default=_NOTHING) for part in parts]
    words = frozenset[str]().union(*most_telling)
    return _Part(None, _Part(words).words() if len(words) <= _MOST_WORDS else (), plain=False)


def _repeat(least: int, most: int, inner: Iterable[Any]) -> _Part:
    part = _sequence(inner)
    if least == most == 1:
        return part
    if least:
        return _Part(None, part.words(), plain=False)
    # What it demands, it demands only where it matches.
    optional = most == 1 and part.texts is not None and not part.besides
    return _Part((part.texts or _NOTHING) | _NOTHING, (), part.plain) if optional else _UNKNOWN
