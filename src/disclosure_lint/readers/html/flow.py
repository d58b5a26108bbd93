"""A page from top to bottom: its lines and the rows of its tables, with the elements that they stand in."""

from collections.abc import Iterator
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.html.elements import (
    BLOCKS,
    FURNITURE,
    attributes,
    is_list_mark,
    is_raised,
    number,
    outline_level,
)
from disclosure_lint.readers.html.grid import GridCell, rows
from disclosure_lint.readers.html.lines import Line, Writer, joined
from disclosure_lint.readers.html.tokens import OURS
from disclosure_lint.readers.html.tree import Element, Text
from disclosure_lint.readers.number_formats import written

_STYLE = lazy_re_compile(r"(?i)list-style(?:-type)?\s*:\s*(?:(?:inside|outside)\s+)?([\w-]+)")
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


class Written(NamedTuple):
    """A line outside tables."""

    line: Line
    element: Element
    """Which block it is in."""
    start: int
    """Where it begins in the file."""
    level: int | None
    """Of a heading."""
    furniture: Element | None
    """The outermost element around it that may hold what is around the report."""
    remarks: tuple[Text, ...] = ()
    """Comments within it."""


class TableRow(NamedTuple):
    """A row of a table that is drawn as one."""

    element: Element
    """Its table."""
    row: Element
    number: int
    """From 1."""
    cells: tuple[GridCell, ...]
    furniture: Element | None
    remarks: tuple[Text, ...] = ()
    """Comments within it."""


Item = Written | TableRow | Text
"""Text is a comment between lines or rows."""


class CellText(NamedTuple):
    """What stands in a cell."""

    line: Line
    start: int
    """Where its text begins, or would begin."""


class Flow:
    """Reads the lines of a page or of a cell."""

    def __init__(self, text: str):
        """Takes the text of the file."""
        self._text = text
        self._numbers = Numbers()
        self._writer = Writer(text)

    def cell(self, element: Element) -> CellText:
        """Returns the text of a cell on one line."""
        line = self._plain(element)
        if line is None:
            items = _Walk(self._text, self._numbers, flat=True).items(element)
            line = joined([item.line for item in items if isinstance(item, Written)])
        if line.runs:
            return CellText(line, line.runs[0].origin)
        return CellText(line, _first_text(element))

    def _plain(self, element: Element) -> Line | None:
        """Returns the text of a cell with nothing but text in it, or in its only paragraph: most cells are so."""
        for _ in range(2):
            children = element.children
            if len(children) == 1 and isinstance(first := children[0], Element) and first.tag == "p":
                element = first
        if element.hidden or not all(isinstance(child, Text) and not child.comment for child in element.children):
            return None
        for child in element.children:
            self._writer.write(child.start, child.end)
        return self._writer.finish() or joined(())

    def page(self, root: Element) -> list[Item]:
        """Returns everything on a page in reading order."""
        return list(_Walk(self._text, self._numbers, flat=False).items(root))


def _first_text(element: Element) -> int:
    """Returns where the text of an element begins, be it blank; where its content would if there is none."""
    while True:
        children = [child for child in element.children if isinstance(child, Element) or not child.comment]
        if not children:
            return element.start
        if isinstance(children[0], Text):
            return children[0].start
        element = children[0]


class _Walk:
    """Goes through an element and all in it, without recursion."""

    def __init__(self, text: str, numbers: Numbers, *, flat: bool):
        """Rows of tables are no rows where it is `flat`: in a cell."""
        self._writer = Writer(text)
        self._numbers = numbers
        self._flat = flat
        self._commented = not flat and OURS in text
        self._blocks: list[Element] = []
        self._links = self._raised = 0
        self._furniture: list[Element] = []
        self._rows: dict[int, tuple[int, tuple[GridCell, ...]]] = {}
        self._remarks: list[Text] = []
        self._items: list[Item] = []

    def items(self, root: Element) -> list[Item]:
        """Returns lines, rows and comments."""
        self._blocks.append(root)
        stack = [(root, iter(root.children))]
        while stack:
            element, children = stack[-1]
            for child in children:
                if isinstance(child, Text):
                    self._write(child)
                elif child.tag in ("br", "hr"):
                    self._end_line()
                elif not child.hidden:
                    self._enter(child)
                    if (row := self._rows.get(id(child))) is None:
                        stack.append((child, iter(child.children)))
                        break
                    self._row(child, *row)
            else:
                stack.pop()
                self._leave(element)
        return self._items

    def _write(self, text: Text) -> None:
        if text.comment:
            self._remarks.append(text)
        else:
            self._writer.write(text.start, text.end, linked=self._links > 0, above=self._raised > 0)

    def _enter(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._end_line()
            self._blocks.append(element)
            if tag in FURNITURE:
                self._furniture.append(element)
            elif tag == "li":
                self._writer.label(self._numbers.label(element))
            elif tag == "table" and not self._flat:
                self._plan(element)
        elif tag == "a" and _leads_elsewhere(element):
            self._links += 1
            self._writer.link()
        elif is_raised(tag, element.attributes):
            self._raised += 1

    def _leave(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self._end_line()
            self._blocks.pop()
            if tag in FURNITURE:
                self._furniture.pop()
            elif tag == "li":
                self._writer.label("")
        elif tag == "a" and _leads_elsewhere(element):
            self._links -= 1
        elif is_raised(tag, element.attributes):
            self._raised -= 1
        elif is_list_mark(element.attributes):
            self._writer.end_mark(element.end)

    def _plan(self, table: Element) -> None:
        """Finds which rows are rows: a table of one column, and rows with tables in them, only frame what they hold."""
        found = rows(table)
        if all(len(cells) <= 1 for _, cells in found):
            return
        for place, (row, cells) in enumerate(found, 1):
            if not row.tables:
                self._rows[id(row)] = (place, cells)

    def _row(self, element: Element, number: int, cells: tuple[GridCell, ...]) -> None:
        self._blocks.pop()
        table = next(block for block in reversed(self._blocks) if block.tag == "table")
        furniture = self._furniture[0] if self._furniture else None
        remarks = tuple(_remarks(element)) if self._commented else ()
        self._items.append(TableRow(table, element, number, cells, furniture, remarks))

    def _end_line(self) -> None:
        line = self._writer.finish()
        if line is not None:
            element = self._blocks[-1]
            level = outline_level(element.tag, element.attributes)
            if level is None and len(self._blocks) > 1:
                level = outline_level(self._blocks[-2].tag, self._blocks[-2].attributes)
            furniture = self._furniture[0] if self._furniture else None
            self._items.append(Written(line, element, line.runs[0].origin, level, furniture, tuple(self._remarks)))
        elif self._remarks:
            self._items += self._remarks
        else:
            return
        self._remarks.clear()


def _remarks(element: Element) -> Iterator[Text]:
    """Yields the comments in an element, in order."""
    stack: list[Element | Text] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, Element):
            stack += reversed(one.children)
        elif one.comment:
            yield one


def _leads_elsewhere(element: Element) -> bool:
    """Says whether an anchor is a link to another page: Word puts anchors without one around headings."""
    return "href" in element.attributes.lower() and '="#' not in element.attributes.replace(" ", "")
