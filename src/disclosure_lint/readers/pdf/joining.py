"""Tables over several pages: pieces that are one table, rows that a page end cuts, header rows that come again."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf.geometry import Box
from disclosure_lint.readers.pdf.lines import Line
from disclosure_lint.readers.pdf.pieces import Element, Piece, PieceCell

_SAME_EDGE = 3.0
_FEWEST_CELLS = 4
"""A table with fewer is a box around some text."""
_NUMBER = lazy_re_compile(r"[\d.,，%-]+")
_ONE_NUMBER = lazy_re_compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:[,，]\d{3})+)(?:\.\d+)?%?")
_ITEM = lazy_re_compile(r"[（第]?[一二三四五六七八九十\d]+[、.）．条]|[①-⑳]|其中：")


class Table:
    """A table, over as many pages as it takes."""

    def __init__(self, pieces: list[Piece], rows: list[list[PieceCell]]):
        self.pieces = pieces
        self.rows = rows
        """For each row the cells that begin in it."""
        self.xs = _edges(rows)
        """Where columns begin and end."""

    def columns(self) -> dict[float, int]:
        """Returns for each place where a cell begins or ends the number of the edge, from 0."""
        return {x: max(0, bisect_right(self.xs, x + _SAME_EDGE / 2) - 1) for x in _places(self.rows)}


def _places(rows: Sequence[list[PieceCell]]) -> set[float]:
    boxes = [cell.box for row in rows for cell in row]
    return {*[box.left for box in boxes], *[box.right for box in boxes]}


def _edges(rows: Sequence[list[PieceCell]]) -> list[float]:
    found: list[float] = []
    for place in sorted(_places(rows)):
        if not found or place - found[-1] > _SAME_EDGE:
            found.append(place)
    return found


def joined_tables(pages: Sequence[Sequence[Element]]) -> list[Line | Table]:
    """Returns all that stands on the pages in order, pieces of one table as one, boxes around text as that text."""
    found: list[Line | Table] = []
    for page in pages:
        for element in page:
            if not isinstance(element, Piece):
                found.append(element)
                continue
            at, table = _last_table(found)
            if table and _goes_on(table, element):
                found[at] = _with(table, element)
            else:
                found.append(Table([element], element.rows))
    return [one for element in found for one in ([element] if isinstance(element, Line) else _or_text(element))]


def _last_table(found: Sequence[Line | Table]) -> tuple[int, Table | None]:
    """Returns the table that comes last, but for lines that stand beside it, and where it is; None if text does."""
    for at in range(len(found) - 1, -1, -1):
        one = found[at]
        if isinstance(one, Table):
            beside, box = found[at + 1 :], one.pieces[-1].box
            return at, one if all(isinstance(line, Line) and _is_beside(line.box, box) for line in beside) else None
    return 0, None


def _is_beside(line: Box, table: Box) -> bool:
    middle = (line.top + line.bottom) / 2
    return table.top < middle < table.bottom and (line.right < table.left + _SAME_EDGE or line.left > table.right)


def _or_text(table: Table) -> list[Line | Table]:
    """Returns a table, or what is in it if it only frames text."""
    if sum(map(len, table.rows)) >= _FEWEST_CELLS and not all(len(row) <= 1 for row in table.rows):
        return [table]
    cells = [cell for row in table.rows for cell in row if cell.text]
    return [line for cell in cells for line in cell.lines]


def _goes_on(table: Table, piece: Piece) -> bool:
    """Says whether a piece is of the table that the page before ended with: their edges are the same.

    An outer column that is one cell all down the page may lack there: nothing closes it above or below.
    """
    last = table.pieces[-1]
    if piece.page != last.page + 1:
        return False
    if min(abs(last.box.left - piece.box.left), abs(last.box.right - piece.box.right)) > _SAME_EDGE:
        return False
    old, new = table.xs, _edges(piece.rows)
    shared = sum(any(abs(x - other) <= _SAME_EDGE for other in old) for x in new)
    return shared >= min(len(old), len(new)) * 0.8


def _with(table: Table, piece: Piece) -> Table:
    """Returns the table with the rows of one more piece."""
    rows = piece.rows[_repeated(table.pieces[0].rows, piece.rows) :]
    before = [row for row in table.rows if row]
    if not rows or not before:
        return Table([*table.pieces, piece], [*before, *rows])
    bottom = _bottom(before)
    top = rows[0]
    pairs = _pairs(bottom, top)
    if _is_alike(bottom, top, pairs) and _is_one_row(pairs, table.pieces[-1].open_below + piece.open_above):
        for above, below in pairs:
            _replace(before, above, _both(above, below, above.rows + below.rows - 1))
        rest = [cell for cell in top if all(cell is not below for _, below in pairs)]
        before[-1] = sorted([*before[-1], *rest], key=lambda cell: cell.box.left)
    else:
        gone = []
        for above, below in pairs:
            if above.text and _continues(above, below) and (below.rows > 1 or _is_group(below, top)):
                _replace(before, above, _both(above, below, above.rows + below.rows))
                gone.append(below)
        before.append([cell for cell in top if all(cell is not one for one in gone)])
    return Table([*table.pieces, piece], [*before, *rows[1:]])


def _repeated(first: Sequence[list[PieceCell]], rows: Sequence[list[PieceCell]]) -> int:
    """Returns how many rows at the top of a piece say again what the table began with."""
    count = 0
    for old, new in zip(first, rows, strict=False):
        texts = [squeeze(cell.text) for cell in new]
        if texts != [squeeze(cell.text) for cell in old] or not any(texts) or any(map(_NUMBER.fullmatch, texts)):
            break
        count += 1
    # A row of which a cell reaches down into rows that are not the same is no header.
    while count and any(at + cell.rows > count for at in range(count) for cell in rows[at]):
        count -= 1
    return count


def _bottom(rows: Sequence[list[PieceCell]]) -> list[PieceCell]:
    """Returns the cells that the last row has or is covered by, from left to right."""
    found: list[PieceCell] = []
    for back, row in enumerate(reversed(rows)):
        found += [cell for cell in row if cell.rows > back]
        if back > 60:
            break
    return sorted(found, key=lambda cell: cell.box.left)


def _pairs(bottom: Iterable[PieceCell], top: Sequence[PieceCell]) -> list[tuple[PieceCell, PieceCell]]:
    """Returns the cells of the row above and below a page end that lie below each other."""
    return [
        (above, below)
        for above in bottom
        for below in top
        if abs(above.box.left - below.box.left) <= _SAME_EDGE and abs(above.box.right - below.box.right) <= _SAME_EDGE
    ]


def _is_alike(
    bottom: Sequence[PieceCell], top: Sequence[PieceCell], pairs: Sequence[tuple[PieceCell, PieceCell]]
) -> bool:
    """Says whether rows have the same cells, besides blank ones and those that reach over several rows."""
    above, below = [one for one, _ in pairs], [one for _, one in pairs]
    return all(
        cell.rows > _height(cells) or not cell.text or any(cell is one for one in paired)
        for cells, paired in ((bottom, above), (top, below))
        for cell in cells
    )


def _height(row: Iterable[PieceCell]) -> int:
    """Returns how many rows of the lattice a row of a table is high: lines that end differently make it more than 1."""
    return min((cell.rows for cell in row), default=1)


def _is_one_row(pairs: Sequence[tuple[PieceCell, PieceCell]], open_sides: int) -> bool:
    """Says whether the rows above and below a page end are one that it cuts; at 2 open sides, no line is between."""
    heights = [_height(side) for side in zip(*pairs, strict=True)]
    single = [pair for pair in pairs if [cell.rows for cell in pair] == heights]
    both = [(above, below) for above, below in single if above.text and below.text]
    if not single or not all(_continues(*pair) or _number_continues(*pair) for pair in both):
        return False
    # Of two rows, both have a label at least; of one, no page end cuts all numbers.
    return open_sides == 2 or len(both) < len(single) or not any(_is_number(above) for above, _ in both)


def _number_continues(above: PieceCell, below: PieceCell) -> bool:
    """Says whether a page end cuts a number that was too long for its cell."""
    return (
        _is_number(above)
        and _is_number(below)
        and _ONE_NUMBER.fullmatch(above.text + below.text) is not None
        and above.may_go_on(below.text)
    )


def _is_number(cell: PieceCell) -> bool:
    return _NUMBER.fullmatch(squeeze(cell.text)) is not None


def _is_group(cell: PieceCell, row: Sequence[PieceCell]) -> bool:
    """Says whether a cell with text is left of the label of a row; an empty one may be a number left blank."""
    return bool(cell.text) and any(
        other.box.left >= cell.box.right - _SAME_EDGE and _ITEM.match(squeeze(other.text)) for other in row
    )


def _continues(above: PieceCell, below: PieceCell) -> bool:
    """Says whether the text of a cell goes on after a page end."""
    if not below.text or _begins_item(below):
        return not below.text
    return not above.text or (not (_is_number(above) or _is_number(below)) and above.may_go_on(below.text))


def _begins_item(cell: PieceCell) -> bool:
    return not _is_number(cell) and _ITEM.match(squeeze(cell.text)) is not None


def _both(above: PieceCell, below: PieceCell, rows: int) -> PieceCell:
    """Returns the cell that two pieces of it are, over so many rows."""
    return above._replace(text=above.text + below.text, lines=above.lines + below.lines, rows=rows)


def _replace(rows: Sequence[list[PieceCell]], old: PieceCell, new: PieceCell) -> None:
    for row in reversed(rows):
        for at, cell in enumerate(row):
            if cell is old:
                row[at] = new
                return
