"""Regular expressions that strangers write: checked before they are run on anybody's report.

And the words without which they cannot match: a text without them need not be searched. These are read off the
expression when a pack is compiled; where anything is unclear, nothing is demanded.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from disclosure_lint.model.errors import UserError

LONGEST_PATTERN = 2_000
DEEPEST = 50
_MANY = 10
_PARENTHESIS = r"\\.|\[\^?\]?[^\]\\]*(?:\\.[^\]\\]*)*\\?(?:\]|\Z)|[()]"
"""One that is none for being escaped, or in a class, goes with what makes it so."""
# `re` keeps its parser under two names: until Python 3.10 and after.
parser: Any = getattr(re, "_parser", None) or vars(re)["sre_parse"]
"""The parser of `re`, to ask what stands in an expression."""
_REPEATS = (parser.MAX_REPEAT, parser.MIN_REPEAT)
_CONDITIONS = (parser.AT, parser.ASSERT, parser.ASSERT_NOT)
_SAYINGS = {
    "missing ), unterminated subpattern": "少一个 )",
    "unbalanced parenthesis": "多一个 )",
    "unterminated character set": "少一个 ]",
    "nothing to repeat": "重复号前面没有可重复的内容",
    "multiple repeat": "两个重复号连在一起",
}

_Item = tuple[Any, Any]


class PatternError(UserError):
    """A regular expression that cannot be used."""

    def __init__(self, message: str, pattern: str, column: int | None = None, *, en: str):
        super().__init__(message, column=column, en=en)
        self.pattern = pattern
        """Its text; `column` counts in it."""


def compile_pattern(text: str) -> re.Pattern[str]:
    """Returns the compiled expression; PatternError if it is wrong, too long or can take exponential time."""
    short = text if len(text) <= 60 else text[:60] + "…"
    shown, en = f"正则表达式 “{short}” ", f"the regular expression “{short}” "
    if len(text) > LONGEST_PATTERN:
        raise PatternError(
            f"{shown}有 {len(text)} 个字符，最多 {LONGEST_PATTERN} 个，请拆成几条",
            text,
            en=f"{en}has {len(text)} characters; {LONGEST_PATTERN} at most, split it",
        )
    if (deep := _too_deep(text)) is not None:
        raise PatternError(
            f"{shown}的括号套得太深，最多 {DEEPEST} 层",
            text,
            deep + 1,
            en=f"{en}nests its parentheses more than {DEEPEST} deep",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            pattern = re.compile(text)
            parsed = parser.parse(text)
    except re.error as error:
        column = None if error.pos is None else error.pos + 1
        raise PatternError(
            f"{shown}写错了：{_SAYINGS.get(error.msg, error.msg)}", text, column, en=f"{en}is wrong: {error.msg}"
        ) from None
    except (Warning, OverflowError, RecursionError) as error:
        raise PatternError(f"{shown}写错了：{error}", text, en=f"{en}is wrong: {error}") from None
    if _explodes(parsed):
        raise PatternError(
            f"{shown}在重复里又套着重复，如 (a+)+，遇到不匹配的文字时要试的次数成倍增长；请去掉一层",
            text,
            en=f"{en}repeats a repeat, like (a+)+, which may take exponential time; drop one",
        )
    return pattern


def _too_deep(text: str) -> int | None:
    """Returns where the parentheses of an expression are nested too deeply, whose parser and ours go down with them."""
    depth = 0
    for match in re.finditer(_PARENTHESIS, text, re.DOTALL):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if depth > DEEPEST:
            return match.start()
    return None


def _explodes(parsed: Iterable[_Item]) -> bool:
    """Returns True if some repeat can share a text among its rounds in exponentially many ways.

    It only says so where it is certain; other expressions may still be slow.
    """
    for operator, argument in parsed:
        if operator in _REPEATS and argument[1] >= _MANY and _splits(list(argument[2])):
            return True
        if any(_explodes(part) for part in _parts(operator, argument)):
            return True
    return False


def _splits(sequence: list[_Item]) -> bool:
    """Returns True if a round may consist of nothing but a part that matches a text in one piece or in several."""
    for index, (operator, argument) in enumerate(sequence):
        others = sequence[:index] + sequence[index + 1 :]
        if not all(_can_be_empty(*other) for other in others):
            continue
        if operator in _REPEATS and argument[1] > max(argument[0], 1):
            return True
        if (operator in _REPEATS or operator in (parser.SUBPATTERN, parser.BRANCH)) and any(
            _splits(list(part)) for part in _parts(operator, argument)
        ):
            return True
    return False


def _can_be_empty(operator: Any, argument: Any) -> bool:
    """Returns True if that part of an expression can match nothing, wherever it is tried."""
    if operator in _CONDITIONS:
        return False
    if operator in _REPEATS and argument[0] == 0:
        return True
    ways = [all(_can_be_empty(*item) for item in part) for part in _parts(operator, argument)]
    return any(ways)


def _parts(operator: Any, argument: Any) -> Iterator[Iterable[_Item]]:
    """Yields the expressions inside one part of an expression."""
    if operator is parser.BRANCH:
        yield from argument[1]
    elif operator is parser.GROUPREF_EXISTS:
        yield from (part for part in argument[1:] if part is not None)
    elif isinstance(argument, tuple) and isinstance(argument[-1], parser.SubPattern):
        yield argument[-1]
    elif isinstance(argument, parser.SubPattern):
        yield argument


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


def quickest(demanded: Iterable[Sequence[str]]) -> list[list[str]]:
    """Returns demands with those of single characters that follow from them, what a text is soonest asked for first."""
    found = {tuple(words) for words in demanded}
    for words in [words for words in found if min(map(len, words)) > 1]:
        shared = set.intersection(*map(set, words))
        found |= {tuple(sorted({word[0] for word in words})), *((char,) for char in shared)}
    return [list(words) for words in sorted(found, key=lambda words: (max(map(len, words)) > 1, len(words), words))]


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
