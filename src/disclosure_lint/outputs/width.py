"""How wide text stands in a terminal, and how to show characters that must not reach one."""

import unicodedata

TAB = 4
_WIDE = frozenset("WF")
_BREAKING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


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


def visible(char: str, column: int = 0) -> str:
    """Returns what to print for a character of a document at a terminal column.

    Tabs become spaces, control characters their pictures, and invisible ones, which could hide text, their number.
    """
    if char == "\t":
        return " " * (TAB - column % TAB)
    if " " <= char <= "~" or unicodedata.category(char) not in _BREAKING:
        return char
    if char < " ":
        return chr(0x2400 + ord(char))
    return f"<U+{ord(char):04X}>"


def harmless(text: str) -> str:
    """Returns a text that can be printed within a line of a terminal."""
    return text if text.isprintable() else "".join(map(visible, text))
