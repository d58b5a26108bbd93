"""Numbers that lead to a person: how they look, whether they are real ones, and how to name one without showing it.

Whatever is shown of a document goes through `masked`: a finding must not publish again what it warns of.
"""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from disclosure_lint.model.characters import fold

Personal = Literal["mobile", "identity", "bank-card"]
_KINDS: tuple[Personal, ...] = ("mobile", "identity", "bank-card")

# Digits as `fold` leaves them; people write 138 1234 5678, 138-1234-5678, 6222 0212 3456 7890.
_MOBILE = (
    r"(?<!\d)(?:\+?(?:00)?86[ -]|(?:\+|00)86)?"
    r"(?P<number>1(?:3\d|4\d|5[0-35-9]|6[2567]|7[0-8]|8\d|9[0-35-9])[ -]?\d{4}[ -]?\d{4})(?!\d)"
)
_IDENTITY = (
    r"(?<!\d)(?P<number>[1-9]\d{5}[ -]?(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx])(?!\d)"
)
_CARD = r"(?<!\d)(?P<number>(?:62|60|4\d|5[1-5])\d\d(?:[ -]?\d{4}){2}[ -]?\d{4}(?:[ -]?\d{1,3})?)(?!\d)"
_WITHIN = r"(?:[0-9A-Za-z_./=#%&?@]|[0-9][-,])$"
"""What stands before a part of a longer number, of a web or mail address."""
_GOES_ON = r"[0-9A-Za-z_/=@%&#]|[-.][0-9]"
_PROVINCES = frozenset(
    (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66), 71, 81, 82, 83, 91)
)
LONGEST_PERSONAL = 30
"""Characters of the longest one, with what stands between its digits."""
_KEPT_BEFORE, _KEPT_BEHIND = 3, 4


class PersonalNumber(NamedTuple):
    """Such a number in a text."""

    kind: Personal
    start: int
    end: int
    first: int
    """Where it begins with the number of the country, if that stands before it."""


def find_personal(kind: Personal, folded: str) -> Iterator[PersonalNumber]:
    """Yields the real ones of a kind that stand by themselves in a folded text, in order."""
    for one in _real(kind, folded):
        before = folded[max(0, one.first - 2) : one.first]
        if not re.search(_WITHIN, before) and not re.match(_GOES_ON, folded[one.end : one.end + 2]):
            yield one


def _real(kind: Personal, folded: str) -> Iterator[PersonalNumber]:
    expression = _MOBILE if kind == "mobile" else _IDENTITY if kind == "identity" else _CARD
    for match in re.finditer(expression, folded):
        if is_real(kind, match["number"]):
            yield PersonalNumber(kind, *match.span("number"), match.start())


def is_real(kind: Personal, number: str) -> bool:
    """Returns whether a number of that shape passes what its kind must: check digit, date of birth, province."""
    validate = _VALIDATORS.get(kind)
    return validate is None or validate(re.sub("[ -]", "", number))


def may_hold(text: str) -> bool:
    """Returns whether a text has as many digits as any such number; `\\d` matches full-width ones too."""
    return re.search(r"\d(?:\W?\d){9}", text) is not None


def masked(text: str) -> str:
    """Returns a text of the same length in which all such numbers have stars; only their ends are left."""
    if not may_hold(text):
        return text
    folded = fold(text)
    characters = list(text)
    for kind in _KINDS:
        for one in _real(kind, folded):
            places = [place for place in range(one.start, one.end) if folded[place] not in " -"]
            for place in places[_KEPT_BEFORE:-_KEPT_BEHIND]:
                characters[place] = "*"
    return "".join(characters)


def _has_check_character(number: str) -> bool:
    """GB 11643: ISO 7064 MOD 11-2 over 17 digits, in a province and born on a day that there was."""
    # Few reports hold a number that looks like one of these, and the module costs a millisecond.
    from datetime import date

    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number[:17]))
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return int(number[:2]) in _PROVINCES and "10X98765432"[total % 11] == number[17].upper()


def _passes_luhn(number: str) -> bool:
    """ISO/IEC 7812: the sum with every second digit doubled, from the right, is a multiple of ten."""
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2] + [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]) % 10 == 0


_VALIDATORS: dict[Personal, Callable[[str], bool]] = {
    "identity": _has_check_character,
    "bank-card": _passes_luhn,
}
