"""One reading for the many ways to write a character.

`fold` maps each character to exactly one character, so that offsets in both texts are the same.
Punctuation folds to the full-width marks of Chinese text, digits and letters to ASCII, every kind of space to a space,
Kangxi and CJK-supplement radicals (⾏ ⺠), which PDF readers return for ordinary characters, to those characters.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

from disclosure_lint.model.lazy_re import lazy_re_compile

UNSEEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""What joins, parts and turns text, and is not to be seen itself."""
_SPACES = "\u00a0\u1680\u3000\u202f\u205f\u2028\u2029\x0b\x0c\x85" + UNSEEN + "".join(map(chr, range(0x2000, 0x200B)))
SPACES = " \t" + _SPACES
"""Every kind of space within a line, and what is not to be seen at all."""
_DASHES = "‐‑‒–—―−─━－﹣"
_PUNCTUATION = {"(": "（", ")": "）", ",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "﹙": "（", "﹚": "）"} | {
    "﹐": "，", "﹑": "、", "､": "、", "｡": "。", "﹕": "：", "﹔": "；", "﹖": "？", "﹗": "！", "∶": "：",
    "〈": "《", "〉": "》",
}  # fmt: skip

# NFKC knows the 214 Kangxi radicals but only two of the CJK Radicals Supplement: here, in pairs, those that stand
# for a character of simplified Chinese text in real PDF text layers.
_RADICALS = (
    "⺁厂⺅亻⺆冂⺇几⺉刂⺊卜⺌小⺍小⺎兀⺏尢⺒巳⺓幺⺔彐⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歹⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺨犭⺩王⺫目⺬示⺭礻"
    "⺮竹⺯糸⺰纟⺱网⺲罒⺳网⺶羊⺷羊⺸羊⺹老⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衣⻃西⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑长"
    "⻒长⻓长⻔门⻕阜⻖阜⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟⻳龟"
)


# Every character that `_PLAIN` has, and those that NFKC knows. Ranges hold some that stay as they are, but none that
# is frequent: a text is searched for what has to be replaced, which is far quicker than `str.translate`.
_FOLDED = lazy_re_compile(
    "[(),:;?!\x0b\x0c\x85\xa0\xad\u061c\u1680\u2000-\u2015\u2028-\u202f\u205f\u2060\u2066-\u2069\u2212\u2236\u2500\u2501\u2e80-\u2fd5\u3000"
    "\u3008\u3009\uf900-\ufa6d\ufe50-\ufe63\ufeff\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff64]"
)
_PLAIN = (
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "（），：；？！"}
    | dict.fromkeys(_SPACES, " ")
    | _PUNCTUATION
    | dict.fromkeys(_DASHES, "-")
    | dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
)
_NOT_SPACE = lazy_re_compile(r"[^ \t\r\n]+")


def fold(text: str) -> str:
    """Returns the text with every character replaced by its plain form; the length never changes."""
    return _FOLDED.sub(_plain, text)


def _plain(match: re.Match[str]) -> str:
    char = match.group()
    if char in _PLAIN:
        return _PLAIN[char]
    is_variant = "\u2f00" <= char <= "\u2fd5" or "\uf900" <= char <= "\ufa6d"
    return unicodedata.normalize("NFKC", char) if is_variant else char


_RAISED = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)


def raised(text: str) -> str:
    """Returns text that stands above or below its line, its digits so that none is taken for one of the line."""
    return text.translate(_RAISED)


def squeeze(text: str) -> str:
    """Returns the folded text without any white space: what two labels must share to be the same label."""
    return _without_space(fold(text))


def _without_space(folded: str) -> str:
    return folded.replace(" ", "").replace("\n", "").replace("\t", "").replace("\r", "")


class Squeezed:
    """Folded text of some stretches of a source without white space, and the way back to source offsets."""

    __slots__ = ("_folded", "_pieces", "_stretches", "text")

    def __init__(self, folded: str, stretches: Iterable[tuple[int, int]]):
        """Takes the folded source and the half-open offset pairs to read, in order."""
        self._folded = folded
        self._stretches = tuple(stretches)
        self._pieces: tuple[list[int], list[int]] | None = None
        self.text = _without_space("".join([folded[start:end] for start, end in self._stretches]))
        """The stretches joined, so that a sentence broken over lines is whole again."""

    def source(self, offset: int) -> int:
        """Returns the source offset of a character of `text`."""
        if self._pieces is None:
            self._pieces = self._located()
        starts, sources = self._pieces
        index = bisect_right(starts, offset) - 1
        return sources[index] + offset - starts[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Returns the half-open source offsets of `text[start:end]`, which must not be empty."""
        return self.source(start), self.source(end - 1) + 1

    def _located(self) -> tuple[list[int], list[int]]:
        """Returns where pieces without white space begin in `text`, and where in the source; few texts are asked."""
        starts: list[int] = []
        sources: list[int] = []
        length = 0
        for start, end in self._stretches:
            for match in _NOT_SPACE.finditer(self._folded, start, end):
                starts.append(length)
                sources.append(match.start())
                length += match.end() - match.start()
        return starts, sources
