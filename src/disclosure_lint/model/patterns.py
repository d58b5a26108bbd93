"""Regular expressions that strangers write: checked before they are run on anybody's report."""

import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

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
