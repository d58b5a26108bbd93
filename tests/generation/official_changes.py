"""What happens to a report in the official layout, whatever format it is then written in."""

from collections.abc import Callable, Sequence
from random import Random

from tests.generation.forms import SECTIONS, row_of
from tests.generation.official import Block, Grid, Piece, Words

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
