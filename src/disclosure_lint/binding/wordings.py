"""The wordings of labels, and how alike two are."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from disclosure_lint.binding.numbers import ordinal_at
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.lazy_re import lazy_re_compile

ALIKE, SURELY_ALIKE = 0.6, 0.75
"""So like each other (0 to 1) are two wordings of one label; the second holds if they have different ordinals."""
SHORT = 2
"""A label of so few letters, like 其他, is in many others: likeness does not tell it, and its ordinal decides."""
_BEGINNING = 5
"""So many letters at the beginning of a label tell it from all others of a form."""
NUMERALS = "一二三四五六七八九十"
NUMBER_AT_START = lazy_re_compile(rf"\d{{1,2}}(?=\D)|[{NUMERALS}](?=[^{NUMERALS}])")
MOST_LABELS = 4096


def _is_letter(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


@lru_cache(maxsize=MOST_LABELS)  # labels come again in every report
def letters(folded: str) -> str:
    """Returns the Chinese letters of a folded text."""
    # No expression: one for so many characters takes longer to compile than a report to read.
    return "".join([char for char in folded if "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"])


@lru_cache(maxsize=MOST_LABELS)
def lettered(folded: str) -> str:
    """Returns the Chinese letters of a folded text and the digits, which are its ordinal: `1属于国家秘密`."""
    return "".join([char for char in folded if "0" <= char <= "9" or _is_letter(char)])


def without_ordinal(label: str) -> str:
    """Returns a label folded, without white space and its ordinal: `1.属于国家秘密` gives `属于国家秘密`."""
    text = squeeze(label)
    ordinal = ordinal_at(text, 0, len(text))
    return text[ordinal.end :] if ordinal else text


class Wording(NamedTuple):
    """One way to write a row's label."""

    stem: str
    """Its letters without the ordinal."""
    ordinal: str
    """The ordinal's letters and digits: `1`, `七`; empty if it has none."""


def wordings_of(label: str, aliases: Iterable[str]) -> Iterable[Wording]:
    own = _ordinal_of(label)
    for text in (label, *aliases):
        yield Wording(letters(without_ordinal(text)), _ordinal_of(text) or own)


def _ordinal_of(label: str) -> str:
    text = squeeze(label)
    ordinal = ordinal_at(text, 0, len(text))
    return lettered(text[: ordinal.end]) if ordinal else ""


def similarity(text: str, last: str, stem: str) -> float:
    """How like a wording a label is, from 0 to 1, if it does not end with it."""
    if len(stem) <= SHORT:
        return 0.0
    begins = len(stem) >= _BEGINNING and stem[:_BEGINNING] in text
    if begins and (stem in text or stem.startswith(text[text.rfind(stem[:_BEGINNING]) :])):
        return 0.75
    bare = NUMBER_AT_START.sub("", last, count=1) if NUMBER_AT_START.match(last) else last
    candidates = {text[-len(stem) - 2 :], bare[: 2 * len(stem)]}
    return max(alike(candidate, stem) for candidate in candidates)


def alike(text: str, stem: str) -> float:
    """Returns how alike two texts are, from 0 to 1; 0 for any that cannot be `ALIKE`."""
    in_stem = frozenset(stem)
    if 2 * sum(char in in_stem for char in text) < ALIKE * (len(text) + len(stem)):
        return 0.0
    # Only altered labels need it, and most reports have none.
    from difflib import SequenceMatcher

    return SequenceMatcher(None, text, stem, autojunk=False).ratio()
