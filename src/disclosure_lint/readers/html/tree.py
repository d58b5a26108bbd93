"""The elements of a web page, whatever tags are missing: only those that begin lines, hide text, or are links."""

from collections import Counter
from collections.abc import Callable, Container
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.html.elements import (
    BLOCKS,
    CELLS,
    GUIDES,
    HEADINGS,
    INLINE,
    LISTS,
    PREFORMATTED,
    SCOPES,
    SECTIONS,
    STRAY,
    TABLE_PARTS,
    VOID,
    is_hidden,
    is_ignored,
    is_list_mark,
    is_raised,
)
from disclosure_lint.readers.html.tokens import MAX_TAGS, Token, tokens, too_deep, too_many_tags

_MAX_DEPTH = 250
_LINE = lazy_re_compile(r"[^\n]+|\n")
_INNER = TABLE_PARTS - CELLS


class Text(NamedTuple):
    """A stretch of the file that is text or, with our name in it, a comment."""

    start: int
    end: int
    comment: bool = False


class Element:
    """An element with what is in it."""

    __slots__ = ("attributes", "children", "end", "hidden", "parent", "start", "tables", "tag")

    def __init__(self, tag: str, attributes: str, parent: "Element | None", start: int, *, hidden: bool = False):
        self.tag = tag
        self.attributes = attributes
        """As they stand in the tag."""
        self.parent = parent
        self.start = start
        """Where its content begins, behind the tag."""
        self.end = start
        """Where its content ends."""
        self.children: list[Element | Text] = []
        self.hidden = hidden
        self.tables = 0
        """How many tables are in it, at any depth."""


def parse(text: str) -> Element:
    """Returns what is on a page; raises UnreadableError for what is too deep or too large."""
    return _Builder(text).build()


class _Builder:
    def __init__(self, text: str):
        self._text = text
        self._root = Element("#root", "", None, 0)
        self._stack = [self._root]
        self._open: Counter[str] = Counter()
        self._before: dict[int, Element] = {}
        self._lines = 0
        """Of preformatted text: so many elements."""
        self._at = 0
        """By table, what takes up text that stands between its rows."""
        self._starts: dict[str, Callable[[], object]] = {
            "table": self._end_table_without_end,
            "tr": self._begin_row,
            **dict.fromkeys(SECTIONS, lambda: self._to_table_part(("table",))),
            **dict.fromkeys(CELLS, self._begin_cell),
            "li": lambda: self._leave(("li",), LISTS | SCOPES),
            **dict.fromkeys(("dt", "dd"), lambda: self._leave(("dt", "dd"), {"dl"} | SCOPES)),
            **dict.fromkeys(HEADINGS, self._end_heading),
        }

    def build(self) -> Element:
        """Goes through the page once."""
        for token in tokens(self._text):
            self._at = token.start
            if token.kind == "text":
                self._write(token)
            elif token.kind == "start":
                self._start(token)
            elif token.kind == "end":
                self._end(token.name)
            else:
                self._stack[-1].children.append(Text(token.start, token.end, comment=True))
        self._at = len(self._text)
        self._close(0)
        self._root.end = self._at
        return self._root

    def _write(self, token: Token) -> None:
        if self._stack[-1].tag in _INNER:
            if self._text[token.start : token.end].isspace():
                return
            self._push_stray()
        if not any(map(self._open.__getitem__, PREFORMATTED)):
            self._stack[-1].children.append(Text(token.start, token.end))
            return
        inside = self._stack[-1]
        self._lines += self._text.count("\n", token.start, token.end)
        if self._lines > MAX_TAGS:
            raise too_many_tags(MAX_TAGS)
        for match in _LINE.finditer(self._text, token.start, token.end):
            is_end = match.group() == "\n"
            inside.children.append(Element("br", "", inside, match.end()) if is_end else Text(*match.span()))

    def _start(self, token: Token) -> None:
        tag, attributes = token.name, token.attributes
        if tag in VOID:
            if tag in ("br", "hr"):
                self._stack[-1].children.append(Element(tag, "", self._stack[-1], token.start))
            return
        if is_ignored(tag) or (tag in SECTIONS and not self._open["table"]):
            return
        hidden = is_hidden(tag, attributes)
        if tag in BLOCKS:
            self._leave(("p",), SCOPES)
            if begin := self._starts.get(tag):
                begin()
        elif tag == "a":
            self._leave(("a",), BLOCKS)
        elif tag in GUIDES:
            self._leave(GUIDES, BLOCKS | {"ruby"})
        elif not (hidden or tag in INLINE or self._open[tag] or is_raised(tag, attributes) or is_list_mark(attributes)):
            return
        if self._stack[-1].tag in _INNER and tag not in TABLE_PARTS - {"table"}:
            self._push_stray()
        if tag == "table":
            self._push_table(attributes, token.end, hidden)
        elif not attributes.endswith("/") or tag in BLOCKS:
            self._push(tag, attributes, token.end, hidden=hidden)

    def _end(self, tag: str) -> None:
        if tag == "br":
            self._stack[-1].children.append(Element(tag, "", self._stack[-1], self._at))
        elif tag in HEADINGS:
            self._leave(HEADINGS, SCOPES)
        elif tag == "table":
            self._leave(("table",), ())
        elif tag in TABLE_PARTS:
            self._leave((tag,), ("table",))
        elif tag in BLOCKS:
            self._leave((tag,), SCOPES)
        elif self._open[tag]:
            self._leave((tag,), BLOCKS)

    def _push_table(self, attributes: str, start: int, hidden: bool) -> None:
        before = Element(STRAY, "", self._stack[-1], start)
        self._stack[-1].children.append(before)
        self._push("table", attributes, start, hidden=hidden)
        self._before[id(self._stack[-1])] = before
        for element in self._stack[:-1]:
            element.tables += 1

    def _begin_row(self) -> None:
        if not self._to_table_part(("table", *SECTIONS)):
            self._push_table("", self._at, hidden=False)
        self._hoist()

    def _begin_cell(self) -> None:
        if not self._to_table_part(("tr", "table", *SECTIONS)):
            self._push_table("", self._at, hidden=False)
        self._hoist()
        if self._stack[-1].tag != "tr":
            self._push("tr", "", self._at)

    def _push_stray(self) -> None:
        """Begins what stands in a table but in no cell: below its rows, unless more of them follow."""
        table = self._table()
        stray = table.children[-1] if table.children else None
        if not isinstance(stray, Element) or stray.tag != STRAY:
            stray = Element(STRAY, "", table, self._at)
            table.children.append(stray)
        self._stack.append(stray)
        self._open[STRAY] += 1

    def _hoist(self) -> None:
        """Puts text that stands between rows or cells before the table, where browsers show it."""
        table = self._table()
        stray = table.children[-1] if table.children else None
        if isinstance(stray, Element) and stray.tag == STRAY:
            table.children.pop()
            before = self._before[id(table)]
            for child in stray.children:
                if isinstance(child, Element):
                    child.parent = before
            before.children += stray.children
            before.end = self._at

    def _table(self) -> Element:
        return next(element for element in reversed(self._stack) if element.tag == "table")

    def _end_table_without_end(self) -> None:
        """A table begins between the rows of another one, which so has ended."""
        for element in reversed(self._stack):
            if element.tag in _INNER or element.tag == STRAY:
                self._leave(("table",), ())
                return
            if element.tag in BLOCKS:
                return

    def _to_table_part(self, tags: Container[str]) -> bool:
        """Ends all that is open within the nearest of some parts of a table."""
        for index in range(len(self._stack) - 1, 0, -1):
            if self._stack[index].tag in tags:
                self._close(index)
                return True
        return False

    def _end_heading(self) -> None:
        if self._stack[-1].tag in HEADINGS:
            self._close(len(self._stack) - 2)

    def _leave(self, tags: Container[str], scope: Container[str]) -> None:
        """Ends the nearest open element of some, and all in it, unless the scope ends before."""
        for index in range(len(self._stack) - 1, 0, -1):
            tag = self._stack[index].tag
            if tag in tags:
                self._close(index - 1)
                return
            if tag in scope:
                return

    def _push(self, tag: str, attributes: str, start: int, *, hidden: bool = False) -> None:
        if len(self._stack) > _MAX_DEPTH:
            raise too_deep()
        element = Element(tag, attributes, self._stack[-1], start, hidden=hidden)
        self._stack[-1].children.append(element)
        self._stack.append(element)
        self._open[tag] += 1

    def _close(self, index: int) -> None:
        """Ends all elements within the one at that place."""
        while len(self._stack) > index + 1:
            element = self._stack.pop()
            element.end = self._at
            self._open[element.tag] -= 1
