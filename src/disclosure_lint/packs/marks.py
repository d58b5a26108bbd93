"""Marked places in the text of an example: ⟦here⟧."""

from typing import NamedTuple

from disclosure_lint.model.errors import UserError
from disclosure_lint.model.lazy_re import lazy_re_compile

_MARK = lazy_re_compile("[⟦⟧]")


class Unmarked(NamedTuple):
    """A text without its marks."""

    text: str
    places: list[tuple[int, int]]
    """The marked stretches: half-open offsets in the text, in order."""


class MarkError(UserError):
    """Marks that do not pair, or enclose nothing."""

    def __init__(self, message: str, offset: int, *, en: str):
        super().__init__(message, en=en)
        self.offset = offset
        """Offset of the mark in the marked text."""


def unmark(marked: str) -> Unmarked:
    """Returns the text without ⟦ and ⟧ and what stood between them; MarkError if they are nested, empty or single."""
    clean: list[str] = []
    places: list[tuple[int, int]] = []
    start: int | None = None
    length = end = 0
    for mark in _MARK.finditer(marked):
        clean.append(marked[end : mark.start()])
        length += mark.start() - end
        end = mark.end()
        if (mark.group() == "⟦") != (start is None):
            if mark.group() == "⟦":
                raise MarkError("⟦ 里面不能再有 ⟦", mark.start(), en="a ⟦ within ⟦ ⟧")
            raise MarkError("⟧ 前面没有 ⟦", mark.start(), en="a ⟧ without a ⟦ before it")
        if start is None:
            start = length
        elif start == length:
            raise MarkError("⟦⟧ 里面没有文字", mark.start(), en="no text within ⟦⟧")
        else:
            places.append((start, length))
            start = None
    if start is not None:
        raise MarkError("⟦ 后面没有 ⟧", marked.rindex("⟦"), en="a ⟦ without a ⟧ after it")
    return Unmarked("".join([*clean, marked[end:]]), places)
