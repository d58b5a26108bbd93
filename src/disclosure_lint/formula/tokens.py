"""How a formula is spelt: its plain text, the patterns of its words, and the words one after another."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure_lint.model.characters import fold
from disclosure_lint.model.lazy_re import lazy_re_compile

_ORDINAL = r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|[0-9]+[.、])"
_QUOTED = r"“(?:[^“”]|“[^“”]*”)*”|「[^「」]*」|『[^『』]*』|\"[^\"]*\""

FUNCTION = r"(?:[Ss][Uu][Mm]|合计|求和)(?=\s*\()"
"""The word before the parenthesis of a sum; without the parenthesis it is a name."""
NAME = rf"(?:{_ORDINAL}?[^\W\d]\w*(?:“[^“”]*”\w*)*|{_QUOTED})"
"""A form's label may stand with its number and its quotation marks: `1.属于国家秘密`, `危及“三安全一稳定”`."""
NUMBER = r"[0-9]+(?:\.[0-9]+)?"
RELATION = r"[=<>!≠≤≥]+"
DOTS = r"\.{2,3}|…+|~"
OPERATOR = r"[+\-*]"
SIGNS = r"[+\-](?:\s*[+\-])*"
COMMA = r"[,，、]"

RELATIONS = {"=": "=", "==": "=", "≠": "≠", "!=": "≠", "<>": "≠", "<": "<", "≤": "≤", "<=": "≤"} | {
    ">": ">", "≥": "≥", ">=": "≥",
}  # fmt: skip
"""Every spelling of a comparison sign, and its sign."""

# `fold` makes punctuation full-width, as Chinese text has it; the marks of a formula become ASCII. One character stays
# one character, so a column in the plain text is the column that the author sees.
_MARKS = str.maketrans(
    {
        "（": "(",
        "）": ")",
        "，": ",",
        "！": "!",
        "【": "[",
        "】": "]",
        "〔": "[",
        "〕": "]",
        "×": "*",
        "✕": "*",
        "∗": "*",
    }
    | {
        "﹢": "+",
        "﹦": "=",
        "﹤": "<",
        "﹥": ">",
        "≦": "≤",
        "≧": "≥",
        "⩽": "≤",
        "⩾": "≥",
        "\t": " ",
        "\n": " ",
        "\r": " ",
    }
)

_TOKEN = lazy_re_compile(
    rf"(?P<function>{FUNCTION})|(?P<name>{NAME})|(?P<number>{NUMBER})|(?P<relation>{RELATION})|(?P<dots>{DOTS})"
    rf"|(?P<operator>{OPERATOR})|(?P<comma>{COMMA})|(?P<open>[(\[])|(?P<close>[)\]])|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """A word or mark of a formula."""

    kind: str
    """`function`, `name`, `number`, `relation`, `dots`, `operator`, `comma`, `open`, `close` or `other`."""
    text: str
    column: int
    """From 1."""


def plain(text: str) -> str:
    """Returns the formula with one spelling for each mark and the same length."""
    return fold(text).translate(_MARKS)


def tokens(plain_text: str) -> Iterator[Token]:
    """Yields the words and marks of a plain formula in order; what belongs to no word is `other`."""
    for match in _TOKEN.finditer(plain_text):
        kind = match.lastgroup or "other"
        if kind != "space":
            yield Token(kind, match.group(), match.start() + 1)


def unquoted(text: str) -> str:
    """Returns a name without the quotation marks around it."""
    return text[1:-1].strip() if text[0] in '“「『"' else text
