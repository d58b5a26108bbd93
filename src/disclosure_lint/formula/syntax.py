"""What a formula is made of: how its words are spelt, and the tree that they form before its names mean anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from disclosure_lint.model.characters import fold
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.lazy_re import lazy_re_compile


class FormulaError(UserError):
    """A formula, or the `each` that belongs to it, is wrong; said to a lawyer rather than a programmer."""

    def __init__(self, message: str, column: int | None = None, *, en: str):
        """Takes the sentence and the column of the mistake inside the formula, from 1; None if it is not in there."""
        super().__init__(message, column=column, en=en)

    def __str__(self) -> str:
        if self.path is None and self.column is not None:
            return f"公式第 {self.column} 列：{self.message}"
        return super().__str__()

    def text(self, lang: str) -> str:
        """Returns the whole text, with the place, in `zh` or `en`."""
        if lang == "en" and self.path is None and self.column is not None:
            return f"formula, column {self.column}: {self.english}"
        return super().text(lang)


def quoted(text: str) -> str:
    """Returns a piece of the author's text in quotation marks, cut where it is too long to read."""
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, without its quotation marks."""

    text: str
    column: int
    """Where it begins in the formula, from 1; so in all nodes."""


@dataclass(frozen=True, slots=True)
class Range:
    """`a..b`: from one name to another in the form's order, both included."""

    first: Name
    last: Name


@dataclass(frozen=True, slots=True)
class Every:
    """`*`: all rows or all columns."""

    column: int


Item = Name | Range | Every


@dataclass(frozen=True, slots=True)
class Reference:
    """`表[行,列]`."""

    table: Name
    row: Item
    column: Item


@dataclass(frozen=True, slots=True)
class Sum:
    """`sum(…)`."""

    parts: tuple[Name | Range | Reference, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Product:
    """Factors, at least two."""

    factors: tuple["Expression", ...]
    column: int


@dataclass(frozen=True, slots=True)
class Total:
    """Terms that are added or subtracted; a single one only if it is negative."""

    terms: tuple[tuple[int, "Expression"], ...]
    """Each with 1 or -1."""
    column: int


Expression = Number | Name | Reference | Sum | Product | Total


@dataclass(frozen=True, slots=True)
class Comparison:
    """A whole formula."""

    left: Expression
    operator: str
    """`=`, `≠`, `<`, `≤`, `>` or `≥`."""
    right: Expression


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
