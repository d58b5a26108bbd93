"""The order of a report, and what every layout has to say for itself."""

import re
from random import Random

from tests.generation.content import Content
from tests.generation.forms import REQUESTS, REVIEW, SECTIONS, Block, Line, Shape, address
from tests.generation.page import Page

_NUMBERING = re.compile(r"([（(][一二三四五六七][）)]|[一二三四]、|[1-8]\.)? ?")
_NOT_FIRST = "，。；：、）》”. "
_NOT_LAST = "（《“("


class Writer:
    """Writes a report; the layouts say how a title, a heading, a paragraph and the three tables look."""

    suffix = ".txt"

    def __init__(self, page: Page, content: Content, rng: Random):
        self.page = page
        self.content = content
        self.shape = content.shape
        self.rng = rng
        self.opening = rng.choice(("：", "方面：", ""))

    def write(self) -> None:
        """Writes the whole report."""
        self.title()
        self.front()
        for number, heading in enumerate(SECTIONS):
            self.heading(heading)
            (self.overview, self.disclosed, self.requests, self.review, self.outlook, self.other)[number]()
        self.signature()

    def front(self) -> None:
        """What stands between the title and 一."""
        if self.content.preamble:
            self.paragraph(self.content.preamble)

    def overview(self) -> None:
        """一: one sub-heading and one paragraph for each topic, or both in one."""
        for number, (topic, text) in zip("一二三四五", self.content.overview, strict=True):
            if self.opening:
                self.paragraph(f"{topic}{self.opening}{text}")
            else:
                self.subheading(f"（{number}）{topic}")
                self.paragraph(text)

    def outlook(self) -> None:
        """五."""
        self.paragraph(f"存在的问题：{self.content.problems}")
        self.paragraph(f"改进情况：{self.content.improvements}")

    def other(self) -> None:
        """六."""
        self.paragraph(self.content.other)

    def signature(self) -> None:
        """Who signs, and when."""
        if self.content.signed:
            self.paragraph(self.content.agency)
            self.paragraph(self.content.signed)

    def title(self) -> None:
        """The title."""
        raise NotImplementedError

    def heading(self, text: str) -> None:
        """The heading of one of the six sections."""
        raise NotImplementedError

    def subheading(self, text: str) -> None:
        """A heading inside a section; by itself a paragraph like others."""
        self.paragraph(text)

    def paragraph(self, text: str) -> None:
        """A paragraph of prose."""
        raise NotImplementedError

    def disclosed(self) -> None:
        """表二."""
        raise NotImplementedError

    def requests(self) -> None:
        """表三."""
        raise NotImplementedError

    def review(self) -> None:
        """表四."""
        raise NotImplementedError

    def number(self, name: str) -> None:
        """Writes a number of the form, or what stands in a cell that the form does not have."""
        text = self.content.cell_text(name)
        if name in self.content.numbers:
            self.page.cell(name, text)
        else:
            self.page.write(text)


def line_cells(shape: Shape, line: Line) -> list[str]:
    """Returns the names of the numbers of a row of 表三."""
    return [address(REQUESTS, line.id, column) for column, _ in shape.applicants]


def block_cells(table: str, block: Block, row: str) -> list[str]:
    """Returns the names of the numbers of a row of 表二."""
    return [address(table, row, column) for column, _ in block.columns]


def review_cells(shape: Shape, block: str) -> list[str]:
    """Returns the names of the numbers of a block of 表四."""
    return [address(REVIEW, block, column) for column, _ in shape.review_columns]


def width(text: str) -> int:
    """Returns how many columns of a terminal a text takes: two for a Chinese character."""
    return sum(2 if char >= "\u1100" or char in "“”" else 1 for char in text)


def wrapped(text: str, columns: int) -> list[str]:
    """Returns a text cut into lines of at most so many columns, numbers and closing marks kept whole as print does."""
    result = [""]
    for index, char in enumerate(text):
        inside = char.isascii() and char.isalnum() and index > 0 and text[index - 1].isascii()
        if width(result[-1] + char) > columns and not inside and char not in _NOT_FIRST:
            result.append("")
        result[-1] += char
    return result


def pieces(rng: Random, text: str, count: int) -> list[str]:
    """Returns a text cut at random into at most so many pieces, where a line of print may end."""
    numbering = _NUMBERING.match(text)
    first = (numbering.end() if numbering else 0) + 1
    places = [at for at in range(first, len(text)) if text[at] not in _NOT_FIRST and text[at - 1] not in _NOT_LAST]
    cuts = sorted(rng.sample(places, min(count - 1, len(places))))
    return [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
