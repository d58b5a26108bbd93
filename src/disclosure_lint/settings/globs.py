"""Globs on forward-slash paths: `*` and `?` stay within a name, `**` crosses folders.

A glob is a row of steps, and where it may have come to in a path is a set of them, held as bits: each character of the
path costs the same, however many stars a stranger has put into the glob.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST = 4096
"""Characters of a glob; no path is longer."""
_LONGEST_CLASS = 200
_Takes = Callable[[str], bool]


class _Step(NamedTuple):
    """What a step does with a character of the path."""

    goes_on: _Takes
    """Whether the character leads to the next step."""
    stays: _Takes
    """Whether the step may take more after the character."""
    skips: int = 0
    """How many steps further one is without any character."""


class Glob:
    """A glob that is ready to be held against paths."""

    def __init__(self, steps: Iterable[_Step], *, folders: bool = False):
        """Takes its steps, and whether it names all that is in a folder that it names."""
        self._steps = tuple(steps)
        self._folders = folders
        self._skips = [
            (length, sum(1 << number for number, step in enumerate(self._steps) if step.skips >= length))
            for length in (1, 2)
        ]
        self._taken: dict[str, tuple[int, int]] = {}

    def names(self, path: str) -> bool:
        """Returns whether the whole path is what the glob stands for."""
        end = 1 << len(self._steps)
        places = self._skipped(1)
        for character in path:
            if places & end and self._folders and character == "/":
                return True
            goes_on, stays = self._taking(character)
            places = self._skipped(((places & goes_on) << 1) | (places & stays))
        return bool(places & end)

    def _taking(self, character: str) -> tuple[int, int]:
        """Returns the steps that go on with a character, and those that stay."""
        if character not in self._taken:
            ways = ([step.goes_on for step in self._steps], [step.stays for step in self._steps])
            bits = [sum(1 << number for number, takes in enumerate(way) if takes(character)) for way in ways]
            self._taken[character] = (bits[0], bits[1])
        return self._taken[character]

    def _skipped(self, places: int) -> int:
        while (more := places | self._after(places)) != places:
            places = more
        return places

    def _after(self, places: int) -> int:
        further = 0
        for length, steps in self._skips:
            further |= (places & steps) << length
        return further


def _never(_: str) -> bool:
    return False


def _any(_: str) -> bool:
    return True


def _in_name(character: str) -> bool:
    return character != "/"


_IN_NAME = _Step(_in_name, _never)
_NAME = _Step(_never, _in_name, skips=1)
_ALL = _Step(_never, _any, skips=1)
_FOLDERS = (_Step(_never, _never, skips=2), _Step("/".__eq__, _any))
"""Any number of folders, none too: one step leads into them or past them, the other through them."""


def _literally(text: str) -> Iterator[_Step]:
    return (_Step(character.__eq__, _never) for character in text)


def starred(text: str) -> Glob:
    """Returns the glob for a text that has no folders, in which `*` stands for any part."""
    return Glob(_ALL if character == "*" else _Step(character.__eq__, _never) for character in text)


def _steps(glob: str) -> Iterator[_Step]:
    at = 0
    while at < len(glob):
        if glob[at:] == "/**":
            yield from (*_literally("/"), _Step(_any, _never), _ALL)
            return
        sign = next(one for one in ("**/", "**", "*", "?", glob[at]) if glob.startswith(one, at))
        kept = _class(glob, at) if sign == "[" else None
        if sign == "**/":
            yield from _FOLDERS
        elif kept is not None:
            sign = kept
            yield _Step(_one_of(kept), _never)
        else:
            yield {"**": _ALL, "*": _NAME, "?": _IN_NAME}.get(sign) or _Step(sign.__eq__, _never)
        at += len(sign)


def _class(glob: str, at: int) -> str | None:
    """Returns the class of characters that begins at a bracket, None if the bracket stands for itself."""
    first = at + 2 if glob.startswith("!", at + 1) else at + 1
    end = glob.find("]", first + 1, at + _LONGEST_CLASS)
    return glob[at : end + 1] if end > 0 else None


def _one_of(kept: str) -> _Takes:
    """Returns whether a character is of a class as a glob writes it; raises re.error."""
    negated = kept[1] == "!"
    content = kept[2 if negated else 1 : -1].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    found = re.compile(f"[{'^' if negated else ''}{content}]")
    return lambda character: character != "/" and found.match(character) is not None


@lru_cache(maxsize=256)
def _made(glob: str) -> Glob:
    plain = glob.removeprefix("./").rstrip("/")
    anywhere = () if "/" in plain else _FOLDERS
    try:
        return Glob((*anywhere, *_steps(plain.removeprefix("/"))), folders=True)
    except re.error:
        return Glob(_literally(plain))


def matches(path: str, globs: Iterable[str]) -> bool:
    """Returns whether a glob names the path or a folder it is in; a glob without a slash matches at any depth."""
    return any(_made(glob).names(path) for glob in globs)
