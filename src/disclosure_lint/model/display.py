"""What may be shown as it is, and how to show the rest.

A terminal obeys some characters instead of showing them: escape sequences and the control characters of C0 and C1. The
controls of bidirectional text show a line in another order than it has. Whoever names a file or writes a rule can put
them there.
"""

import re
import unicodedata
from functools import cache

from disclosure_lint.model.lazy_re import lazy_re_compile

TAB = 4
_BREAKING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_OBEYED = lazy_re_compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]")
_MARKS = lazy_re_compile(r"([\\`*_\[\]<>#|~])")


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


def escape_controls(text: str) -> str:
    """Returns a text that can be printed within a line of a terminal."""
    return text if text.isprintable() else "".join(map(visible, text))


def disarmed(text: str, *, coloured: bool = False, pages: str | None = None) -> str:
    """Returns an output without what a terminal would obey, but for colours and links to `pages`, if there are any.

    What gets here was written by a format, which escapes in its own way, without loss: this is for what forgot to. In
    `pages`, `{code}` stands for the code of a rule; no mark-up is put in.
    """
    if not coloured:
        return _OBEYED.sub(lambda match: _picture(match.group()), text)
    ours = _ours(pages)
    return "".join(part if ours.fullmatch(part) else disarmed(part) for part in ours.split(text))


@cache
def _ours(pages: str | None) -> re.Pattern[str]:
    """Returns what may stand in an output as `OutputStyle.paint` and `OutputStyle.link` write it."""
    before, _, behind = (pages or "").partition("{code}")
    address = f"(?:{re.escape(before)}[A-Z0-9]+{re.escape(behind)})?" if pages else "(?!)"
    return re.compile(rf"(\x1b\[[0-9;]{{1,5}}m|\x1b\]8;;{address}\x1b\\)")


def _picture(char: str) -> str:
    return chr(0x2400 + ord(char)) if char < " " else "\ufffd"


def in_json(text: str) -> str:
    """Returns JSON that says the same and that can be printed on a terminal."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def in_xml(text: str) -> str:
    """Returns XML that says the same and that can be printed on a terminal; it has no character that XML forbids."""
    return _OBEYED.sub(lambda match: f"&#{ord(match.group())};", text)


def in_markdown(text: str) -> str:
    """Returns Markdown that shows a text as it is: no emphasis, link or tag comes of it."""
    return _MARKS.sub(r"\\\1", text)
