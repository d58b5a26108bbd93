"""What somebody meant who wrote something else than a number into a cell."""

import re

from disclosure_lint.claims.numerals import number
from disclosure_lint.model.lazy_re import lazy_re_compile

LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands in a cell for what a reader could not read."""
_ABOUT = lazy_re_compile(
    r"(?:约|大约|大概|近|超过?|不足|将近|至少)[0-9.，]{1,12}|[0-9.，]{1,12}[多余几]|[0-9.，]{1,12}[^0-9]{0,3}(?:左右|上下|以上|以下)"
)
_SIGNED = lazy_re_compile(r"(?P<less>减少?|下降|↓)(?P<number>[0-9]{1,9})|(?:增加?|上升|↑)(?P<more>[0-9]{1,9})")
_LETTERS = str.maketrans("OolI", "0011")


def written(raw: str) -> tuple[str | None, str]:
    """Returns the variant of the message for a cell's text, and how its number is written, empty if that is unknown.

    `lost` for what could not be read, `about` for what is no exact number, `sign` for a change in words, `digits` for
    a number in other characters.
    """
    if LOST in raw:
        return "lost", ""
    if _ABOUT.match(raw):
        return "about", ""
    if match := _SIGNED.fullmatch(raw):
        return "sign", f"-{match['number']}" if match["less"] else match["more"]
    if re.fullmatch("[0-9OolI]{1,9}", raw) and re.search("[0-9]", raw):
        return "digits", raw.translate(_LETTERS)
    value = number(raw)
    return ("digits", str(value)) if value is not None and value else (None, "")
