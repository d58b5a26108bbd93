"""Tables without ruled lines: text that stands in columns over several lines."""

import re
from collections.abc import Sequence
from itertools import pairwise

from disclosure_lint.readers.pdf.geometry import Box, Run, around
from disclosure_lint.readers.pdf.lines import Line, read_lines
from disclosure_lint.readers.pdf.pieces import Element, Piece, PieceCell

_GAP = 1.2
"""Characters between two columns, at the least."""
_GAP_OF_NUMBERS = 0.4
"""The same between two numbers."""
_FEWEST_LINES = 3
_GAP_IN_ROWS = 0.2
"""The same before a number in a row of a table: as wide as a space."""
_FEWEST_NUMBERS = 4
_MOST_COLUMNS = 40
_NUMBER = re.compile(r"[-\u2212\uff0d]?[0-9][0-9,.]*")
_HEADING = re.compile("[一二三四五六]、")
_ITEM = re.compile(r"[一二三四五六七八九十]、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、]")


def with_aligned_tables(found: Sequence[Element]) -> list[Element]:
    """Returns what stands on a page, lines that form columns as a table."""
    result: list[Element] = []
    block: list[tuple[Line, list[Line]]] = []
    for element in found:
        parts = _parts(element) if isinstance(element, Line) and len(element.runs) > 1 else []
        if isinstance(element, Line) and (len(parts) > 1 or (block and _is_within(element, block))):
            block.append((element, parts if len(parts) > 1 else [element]))
            continue
        result += [*_table_or_lines(block), element]
        block = []
    return [*result, *_table_or_lines(block)]


def _parts(line: Line) -> list[Line]:
    """Returns what stands in a line with wide gaps between."""
    groups: list[list[Run]] = [[line.runs[0]]]
    row = _is_row(line)
    for before, after in pairwise(line.runs):
        least = _GAP
        if before.text[-1].isdigit() and after.text[0].isdigit():
            least = _GAP_IN_ROWS if row else _GAP_OF_NUMBERS
        elif row and after.text.isdigit():
            least = _GAP_IN_ROWS
        if after.left - before.right > least * line.em:
            groups.append([])
        groups[-1].append(after)
    return [one for group in groups for one in read_lines(group, line.page)] if len(groups) > 1 else []


def _is_row(line: Line) -> bool:
    """Says whether a line ends with so many numbers that it is a row of a table, be they ever so near to each other."""
    words = line.text.split()
    return len(words) >= _FEWEST_NUMBERS and all(word.isdigit() for word in words[-_FEWEST_NUMBERS:])


def _is_within(line: Line, block: Sequence[tuple[Line, list[Line]]]) -> bool:
    """Says whether a line stands where a column does: a label that goes over two lines."""
    _, parts = block[-1]
    if line.box.top - parts[0].box.bottom >= line.em or _HEADING.match(line.text):
        return False
    ends = [part.box.left for part in parts[1:]] + [parts[-1].box.right + 1]
    return any(
        part.box.left - 1 <= line.box.left and line.box.right <= max(end, part.box.right + 1)
        for part, end in zip(parts, ends, strict=True)
    )


def _table_or_lines(block: list[tuple[Line, list[Line]]]) -> list[Element]:
    tail: list[Element] = []
    while block and len(block[-1][1]) < 2:
        tail.insert(0, block.pop()[0])
    lines: list[Element] = [line for line, _ in block]
    whole = [parts for _, parts in block if len(parts) > 1]
    if len(whole) < _FEWEST_LINES:
        return [*lines, *tail]
    columns = _columns(whole)
    if not 2 <= len(columns) < _MOST_COLUMNS or not _are_all(columns, [parts for _, parts in block]):
        return [*lines, *tail]
    edges = [columns[0][0], *((before[1] + after[0]) / 2 for before, after in pairwise(columns)), columns[-1][1]]
    rows = _with_whole_labels([_row(parts, edges) for _, parts in block])
    return [Piece(block[0][0].page, around(line.box for line, _ in block), rows), *tail]


def _with_whole_labels(rows: Sequence[list[PieceCell]]) -> list[list[PieceCell]]:
    """Returns rows joined to which the lines below them go on: labels that begin on the line of their numbers."""
    found: list[list[PieceCell]] = []
    for row in rows:
        if found and _goes_on(found[-1], row):
            found[-1] = [_joined(above, below) for above, below in zip(found[-1], row, strict=True)]
        else:
            found.append(row)
    return found


def _goes_on(row: Sequence[PieceCell], line: Sequence[PieceCell]) -> bool:
    """Says whether a line has nothing but the ends of labels, or of numbers that were too long for their columns."""
    if [cell.box.left for cell in line] != [cell.box.left for cell in row]:
        return False
    pairs = [(above, below.text) for above, below in zip(row, line, strict=True) if below.text]
    numbers = [len(cell.text) for cell in row if cell.text.isdigit()]
    ends = [text for _, text in pairs if text.isdigit()]
    if len(numbers) <= len(ends):
        return False
    return all(
        above.text.isdigit() and len(above.text) == max(numbers) >= len(text)
        if text.isdigit()
        else not above.text.isdigit() and not _ITEM.match(text) and above.may_go_on(text)
        for above, text in pairs
    )


def _joined(above: PieceCell, below: PieceCell) -> PieceCell:
    return above._replace(
        box=around((above.box, below.box)), text=above.text + below.text, lines=(*above.lines, *below.lines)
    )


_Column = tuple[float, float]
"""Where its text begins and ends."""


def _columns(whole: Sequence[list[Line]]) -> list[_Column]:
    """Returns columns, which are apart in all lines that end with numbers.

    If there are none, in all lines. Words of narrow headers stand too close to be told apart.
    """
    whole = [parts for parts in whole if _is_of_numbers(parts)] or whole
    columns: list[_Column] = []
    for left, right in sorted((part.box.left, part.box.right) for parts in whole for part in parts):
        if columns and left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns


def _are_all(columns: Sequence[_Column], rows: Sequence[Sequence[Line]]) -> bool:
    """Says whether a table has no other columns than those that were found.

    One that is blank in all rows of numbers is not seen, and its neighbours would be taken for it. So some row must
    have text in each column; and what stands on a line of headers must be above columns, each above its own.
    """
    places = [[(part, _places(part, columns)) for part in parts] for parts in rows]
    if not any({at[0] for _, at in row if len(at) == 1} == set(range(len(columns))) for row in places):
        return False
    of_numbers = {number for row in places for part, at in row if _is_number(part.text) for number in at}
    first = min(of_numbers, default=0)
    labels_end = columns[first - 1][1] if first else columns[0][0]
    for row in places:
        taken: set[int] = set()
        for part, at in row:
            mine = of_numbers.intersection(at)
            if mine & taken or (not at and part.box.right > labels_end):
                return False
            taken |= mine
    return True


def _places(part: Line, columns: Sequence[_Column]) -> list[int]:
    """Returns the numbers of the columns in which a part of a line stands."""
    return [number for number, (left, right) in enumerate(columns) if part.box.left <= right and left <= part.box.right]


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None


def _is_of_numbers(parts: Sequence[Line]) -> bool:
    """Says whether a line has numbers, and labels only before them."""
    numbers = [_is_number(part.text) for part in parts]
    return numbers[-1] and numbers == sorted(numbers)


def _row(parts: Sequence[Line], edges: Sequence[float]) -> list[PieceCell]:
    """Returns a cell for each column, or for several where text reaches over them."""
    top, bottom = min(part.box.top for part in parts), max(part.box.bottom for part in parts)
    cells: list[PieceCell] = []
    waiting = list(parts)
    column = 0
    while column < len(edges) - 1:
        left, right = edges[column], edges[column + 1]
        end = column + 1
        mine: list[Line] = []
        while waiting and (waiting[0].box.left < right or end == len(edges) - 1):
            mine.append(waiting.pop(0))
            while end < len(edges) - 1 and mine[-1].box.right > edges[end]:
                end += 1
            right = edges[end]
        text = " ".join(line.text for line in mine)
        cells.append(PieceCell(Box(left, top, right, bottom), parts[0].page, text, tuple(mine)))
        column = end
    return cells
