"""Tables written in HTML within a text of another format, such as Markdown."""

import re
from collections.abc import Iterator, Sequence

from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Run, Span
from disclosure_lint.readers.html.flow import Flow, Item, TableRow, Written
from disclosure_lint.readers.html.tree import Text, parse
from disclosure_lint.readers.redrawn import Line, Piece, Redrawn

_MARK = lazy_re_compile(r"<!--.*?(?:-->|\Z)|<(/?)table(?![\w-])|^#{1,6} ", re.DOTALL | re.IGNORECASE | re.MULTILINE)


def tables_inside(text: str) -> tuple[list[Redrawn], bool]:
    """Returns the tables in a text, and whether some could not be read."""
    found: list[Redrawn] = []
    unread = False
    for start, end in _stretches(text):
        try:
            tables = tuple(_tables(text[start:end], start))
        except UnreadableError:
            unread = True
            continue
        if tables:
            found.append(Redrawn(start, end, tables))
    return found, unread or not found


def _stretches(text: str) -> Iterator[Span]:
    """Yields where outermost tables are; one without an end ends before the next heading."""
    depth = start = 0
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark.startswith("<!--") or (mark[0] == "#" and not depth):
            continue
        if mark[0] == "#":
            depth = 0
            yield Span(start, match.start())
        elif not match.group(1):
            start = start if depth else match.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield Span(start, text.find(">", match.end()) + 1 or len(text))
    if depth:
        yield Span(start, len(text))


def _tables(text: str, at: int) -> Iterator[tuple[Line, ...]]:
    """Yields the tables and paragraphs in a stretch of HTML that begins at an offset of the file."""
    flow = Flow(text)
    rows: list[Line] = []
    table = None
    remarks: list[Text] = []
    for item in flow.page(parse(text)):
        if isinstance(item, Text):
            remarks.append(item)
            continue
        behind = tuple(Span(one.start + at, one.end + at) for one in (*remarks, *item.remarks))
        element = item.element if isinstance(item, TableRow) else None
        if rows and (element is None or element is not table):
            yield tuple(rows)
            rows = []
        table = element
        pieces = tuple(_pieces(flow, item, at))
        if pieces:
            remarks.clear()
            rows.append(Line(pieces, behind))
    if rows:
        yield tuple(rows)


def _pieces(flow: Flow, item: Item, at: int) -> Iterator[Piece]:
    if isinstance(item, Written):
        yield Piece(item.line.text, _moved(item.line.runs, at))
    elif isinstance(item, TableRow):
        texts = [flow.cell(cell.element) for cell in item.cells]
        for text, cell in zip(texts, item.cells, strict=True):
            runs = _moved(text.line.runs, at) or (Run(0, 0, text.start + at, 0),)
            yield Piece(text.line.text, runs, cell.column, cell.columns)


def _moved(runs: Sequence[Run], at: int) -> tuple[Run, ...]:
    return tuple(run._replace(origin=run.origin + at) for run in runs)
