"""Places on a page, in points from its top left corner, y downwards."""

from collections.abc import Iterable
from typing import NamedTuple

new = tuple.__new__
"""`new(Box, (…))` is `Box(…)` in half the time, for what there is much of."""


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def rounded(self) -> tuple[float, float, float, float]:
        """Returns it as it is written."""
        return round(self.left, 2), round(self.top, 2), round(self.right, 2), round(self.bottom, 2)


def around(boxes: Iterable[Box]) -> Box:
    """Returns the smallest box around some boxes, at least one."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return Box(min(left), min(top), max(right), max(bottom))


class Frame(NamedTuple):
    """How the coordinates of a page's content become places on the page as it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int
    """Quarter turns to the right."""

    @property
    def width(self) -> float:
        """Of the page as it is shown."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Of the page as it is shown."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Returns where a rectangle of the content is shown."""
        if not self.quarters:
            return Box(left - self.left, self.top - top, right - self.left, self.top - bottom)
        if self.quarters == 1:
            return Box(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.quarters == 2:
            return Box(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        return Box(self.top - top, self.right - right, self.top - bottom, self.right - left)

    def content(self, box: Box) -> tuple[float, float, float, float]:
        """Returns left, bottom, right and top in the content of what is shown in a box."""
        left, top, right, bottom = box
        if not self.quarters:
            return left + self.left, self.top - bottom, right + self.left, self.top - top
        if self.quarters == 1:
            return top + self.left, left + self.bottom, bottom + self.left, right + self.bottom
        if self.quarters == 2:
            return self.right - right, top + self.bottom, self.right - left, bottom + self.bottom
        return self.right - bottom, self.top - right, self.right - top, self.top - left

    def boxes(self, corners: Iterable[tuple[float, float, float, float]]) -> list[Box]:
        """Returns where rectangles of the content are shown, each as left, bottom, right, top."""
        if self.quarters:
            return [self.box(*one) for one in corners]
        x, y = self.left, self.top
        return [new(Box, (left - x, y - top, right - x, y - bottom)) for left, bottom, right, top in corners]


class Run(NamedTuple):
    """Characters that follow one another on a line without a gap."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    first: int
    """Index of the first of them on the page."""


class Stroke(NamedTuple):
    """A straight line along an axis."""

    at: float
    """y of a horizontal one, x of a vertical one."""
    start: float
    end: float
