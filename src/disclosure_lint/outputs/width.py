"""How wide text stands in a terminal."""

import unicodedata

_WIDE = frozenset("WF")


def width(char: str) -> int:
    """Returns the terminal cells of a visible character: 2 for Chinese ones, 0 for combining marks, else 1."""
    if char < "\u0300":
        return 1
    if unicodedata.combining(char) or unicodedata.category(char) == "Mn":
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1


def total_width(text: str) -> int:
    """Returns the terminal cells of a text."""
    return len(text) if text.isascii() else sum(map(width, text))
