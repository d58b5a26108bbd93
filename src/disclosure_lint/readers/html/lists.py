"""The numbers that a browser puts before the items of ordered lists, as far as the tags themselves say which."""

import re

from disclosure_lint.readers.html.elements import attributes, number
from disclosure_lint.readers.html.tree import Element
from disclosure_lint.readers.number_formats import written

_STYLE = re.compile(r"(?i)list-style(?:-type)?\s*:\s*(?:(?:inside|outside)\s+)?([\w-]+)")
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_CHINESE = ("chineseCountingThousand", "{}、")
_WRITTEN = {
    **dict.fromkeys(("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "cn"), _CHINESE),
    # The last ones are of a Chinese editor for web pages, which shows them as pictures.
    "cn1": ("chineseCountingThousand", "{}）"),
    "cn2": ("chineseCountingThousand", "（{}）"),
    "num": ("decimal", "{}、"),
    "num1": ("decimal", "{}）"),
    "num2": ("decimal", "（{}）"),
    "decimal": ("decimal", "{}. "),
    "decimal-leading-zero": ("decimalZero", "{}. "),
    **dict.fromkeys(("lower-alpha", "lower-latin"), ("lowerLetter", "{}. ")),
    **dict.fromkeys(("upper-alpha", "upper-latin"), ("upperLetter", "{}. ")),
    "lower-roman": ("lowerRoman", "{}. "),
    "upper-roman": ("upperRoman", "{}. "),
    "cjk-heavenly-stem": ("ideographTraditional", "{}、"),
}
_MOST = 99_999


class Numbers:
    """Counts the items of all lists of a page."""

    def __init__(self) -> None:
        self._next: dict[int, int] = {}

    def label(self, item: Element) -> str:
        """Returns what stands before an item, empty if nothing does."""
        around = item.parent
        if around is None or around.tag != "ol":
            return ""
        own, lists = attributes(item.attributes), attributes(around.attributes)
        first = number(lists.get("start"), 0, _MOST)
        count = number(own.get("value"), 0, _MOST)
        if count is None:
            count = self._next.get(id(around), 1 if first is None else first)
        self._next[id(around)] = count + 1
        style = _style(own) or _style(lists) or "decimal"
        form, pattern = _WRITTEN.get(style, ("none", ""))
        return pattern.format(written(count, form))


def _style(found: dict[str, str]) -> str | None:
    match = _STYLE.search(found.get("style", ""))
    return match.group(1).lower() if match else _TYPES.get(found.get("type", ""))
