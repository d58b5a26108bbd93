"""What happens to a report in the official layout, whatever format it is then written in."""

from collections.abc import Callable, Sequence
from itertools import takewhile
from random import Random

from tests.generation.content import SIZES, make
from tests.generation.forms import SECTIONS, row_of
from tests.generation.official import Block, Grid, Piece, Words, columns_of, official

Change = Callable[[list[Block], Random], None]
"""Changes the blocks in place."""


def changed(blocks: Sequence[Block], rng: Random, times: int) -> list[Block]:
    """Returns the blocks after so many things have happened to them."""
    result = list(blocks)
    for _ in range(times):
        rng.choice(CHANGES)(result, rng)
    return result


def torn(blocks: Sequence[Block], rng: Random) -> tuple[list[Block], str]:
    """Returns the blocks with one row torn: a cell lost, or merged with its neighbour; and the name of the row.

    Only formats whose cells have a width can show this.
    """
    touched: list[str] = []

    def change(cells: list[Piece], numbers: list[int]) -> None:
        place = rng.choice(numbers[:-1] or numbers)
        touched.append(row_of(cells[place].name))
        lost = cells.pop(place)
        if len(numbers) > 1 and rng.random() < 0.7:
            after = cells[place]
            text = rng.choice((lost.text, after.text, "", f"{lost.text}\n{after.text}"))
            cells[place] = after._replace(text=text, columns=lost.columns + after.columns)

    result = list(blocks)
    _in_row(result, rng, change)
    return result, touched[0]


def _grids(blocks: Sequence[Block]) -> list[int]:
    return [at for at, block in enumerate(blocks) if isinstance(block, Grid)]


def _words(blocks: Sequence[Block], *, headings: bool) -> list[int]:
    return [at for at, block in enumerate(blocks) if isinstance(block, Words) and (block.level > 0) == headings]


def _in_row(blocks: list[Block], rng: Random, change: Callable[[list[Piece], list[int]], None]) -> None:
    """Changes a row that holds numbers; the change is given its cells and where the numbers are."""
    if not (grids := _grids(blocks)):
        return
    at = rng.choice(grids)
    grid = blocks[at]
    assert isinstance(grid, Grid)
    row = rng.choice([number for number, cells in enumerate(grid.rows) if any(cell.name for cell in cells)])
    cells = list(grid.rows[row])
    change(cells, [place for place, cell in enumerate(cells) if cell.name])
    blocks[at] = grid._replace(rows=(*grid.rows[:row], tuple(cells), *grid.rows[row + 1 :]))


def _rewrite(blocks: list[Block], rng: Random, write: Callable[[str], str], count: int = 1) -> None:
    def change(cells: list[Piece], numbers: list[int]) -> None:
        for place in rng.sample(numbers, min(count, len(numbers))):
            cells[place] = cells[place]._replace(text=write(cells[place].text))

    _in_row(blocks, rng, change)


def _wrong_number(blocks: list[Block], rng: Random) -> None:
    _rewrite(blocks, rng, lambda text: str(int(text) + rng.choice((1, 2, 10))) if text.isdigit() else "7")


def _blanks(blocks: list[Block], rng: Random) -> None:
    _rewrite(blocks, rng, lambda _: "", rng.randint(1, 7))


def _no_numbers(blocks: list[Block], rng: Random) -> None:
    _rewrite(blocks, rng, lambda _: rng.choice(("无", "/", "—", "1O", "三", "-1", "1.5")))


def _other_writing(blocks: list[Block], rng: Random) -> None:
    _rewrite(blocks, rng, lambda text: rng.choice((f"{text}件", f" {text} ", f"{text}（其中线上1件）", f"0{text}")))


def _shifted(blocks: list[Block], rng: Random) -> None:
    _in_row(blocks, rng, lambda cells, numbers: cells.insert(numbers[0], Piece("")))


def _label_changed(blocks: list[Block], rng: Random) -> None:
    def change(cells: list[Piece], numbers: list[int]) -> None:
        if numbers[0]:
            label = cells[numbers[0] - 1]
            cells[numbers[0] - 1] = label._replace(text=rng.choice(("", label.text[:3], label.text + "情况", "其他")))

    _in_row(blocks, rng, change)


def _table_lost(blocks: list[Block], rng: Random) -> None:
    if grids := _grids(blocks):
        del blocks[rng.choice(grids)]


def _words_lost(blocks: list[Block], rng: Random) -> None:
    if words := _words(blocks, headings=rng.random() < 0.5):
        del blocks[rng.choice(words)]


def _words_again(blocks: list[Block], rng: Random) -> None:
    if words := _words(blocks, headings=rng.random() < 0.5):
        blocks.insert(rng.randrange(len(blocks) + 1), blocks[rng.choice(words)])


def _words_changed(blocks: list[Block], rng: Random) -> None:
    if words := _words(blocks, headings=rng.random() < 0.5):
        at = rng.choice(words)
        block = blocks[at]
        assert isinstance(block, Words)
        new = rng.choice(("无。", "XX镇", "七、附件", "（二）又一条", f"{block.text}2022年", rng.choice(SECTIONS)))
        blocks[at] = block._replace(text=new)


CHANGES: tuple[Change, ...] = (
    _wrong_number,
    _wrong_number,
    _blanks,
    _blanks,
    _no_numbers,
    _other_writing,
    _shifted,
    _shifted,
    _label_changed,
    _table_lost,
    _words_lost,
    _words_again,
    _words_changed,
)


Restructuring = Callable[[list[Block], Random, str], None]
"""Changes how a report's tables are built, in place; given the form too."""


def _head(grid: Grid) -> tuple[tuple[Piece, ...], ...]:
    """The rows above the first that holds numbers."""
    return tuple(takewhile(lambda row: not any(piece.name for piece in row), grid.rows))


def _one(blocks: list[Block], rng: Random) -> tuple[int, Grid]:
    at = rng.choice(_grids(blocks))
    grid = blocks[at]
    assert isinstance(grid, Grid)
    return at, grid


def _header_again(blocks: list[Block], rng: Random, form: str) -> None:
    del form
    at, grid = _one(blocks, rng)
    row = rng.randrange(len(_head(grid)), len(grid.rows))
    blocks[at] = grid._replace(rows=(*grid.rows[:row], *_head(grid), *grid.rows[row:]))


def _header_moved(blocks: list[Block], rng: Random, form: str) -> None:
    del form
    at, grid = _one(blocks, rng)
    first = len(_head(grid))
    row = rng.randint(first + 1, len(grid.rows))
    blocks[at] = grid._replace(rows=(*grid.rows[first:row], *_head(grid), *grid.rows[row:]))


def _in_two(blocks: list[Block], rng: Random, form: str) -> None:
    """A page ends between two rows; the header may stand above the second part again."""
    del form
    at, grid = _one(blocks, rng)
    row = rng.randint(len(_head(grid)), len(grid.rows))
    again = rng.choice((_head(grid), ()))
    between = rng.choice(((), (Words("— 3 —"),), (Words("续表"),), (blocks[0],)))
    parts = (grid._replace(rows=grid.rows[:row]), *between, grid._replace(rows=again + grid.rows[row:]))
    blocks[at : at + 1] = [one for one in parts if not isinstance(one, Grid) or one.rows]


def _wrong_span(blocks: list[Block], rng: Random, form: str) -> None:
    """A cell covers more or fewer columns and rows than it should."""
    del form
    at, grid = _one(blocks, rng)
    row = rng.randrange(len(grid.rows))
    place = rng.randrange(len(grid.rows[row]))
    piece = grid.rows[row][place]
    columns, rows = (max(1, size + rng.choice((-1, 0, 1, 2))) for size in (piece.columns, piece.rows))
    cells = (*grid.rows[row][:place], piece._replace(columns=columns, rows=rows), *grid.rows[row][place + 1 :])
    blocks[at] = grid._replace(rows=(*grid.rows[:row], cells, *grid.rows[row + 1 :]))


def _turned(blocks: list[Block], rng: Random, form: str) -> None:
    """Rows are columns."""
    del form
    at, grid = _one(blocks, rng)
    cells = [[Piece("")] * len(grid.rows) for _ in range(grid.width)]
    for row, placed in enumerate(columns_of(grid)):
        for column, piece, begins in placed:
            if begins and column < grid.width:
                cells[column][row] = piece._replace(columns=1, rows=1)
    blocks[at] = Grid(grid.table, len(grid.rows), tuple(map(tuple, cells)))


def _other_table(blocks: list[Block], rng: Random, form: str) -> None:
    """That of another year or of another agency stands before or behind it."""
    at, grid = _one(blocks, rng)
    others = official(make(rng, rng.choice(SIZES), form), rng)
    other = next(one for one in others if isinstance(one, Grid) and one.table == grid.table)
    title = rng.choice(((), (Words("上年情况"),), (Words("附：上年度数据"),), (Words("（二）本机关下属单位"),)))
    at += rng.choice((0, 1))
    blocks[at:at] = [*title, other]


def _header_cut(blocks: list[Block], rng: Random, form: str) -> None:
    del form
    at, grid = _one(blocks, rng)
    row = rng.randrange(len(_head(grid)))
    blocks[at] = grid._replace(rows=grid.rows[:row] + grid.rows[row + 1 :])


def _note(blocks: list[Block], rng: Random, form: str) -> None:
    del form
    notes = (
        "注：1.属于国家秘密 3 件",
        "说明：本年新收政府信息公开申请数量 12",
        "总计 7",
        "单位：件",
        "（七）总计 5 件",
    )
    blocks.insert(_one(blocks, rng)[0] + rng.choice((0, 1)), Words(rng.choice(notes)))


RESTRUCTURINGS: dict[str, Restructuring] = {
    "header again": _header_again,
    "header moved": _header_moved,
    "in two": _in_two,
    "wrong span": _wrong_span,
    "turned": _turned,
    "other table": _other_table,
    "header cut": _header_cut,
    "note": _note,
}
"""What makes numbers uncertain, and none of them wrong."""
