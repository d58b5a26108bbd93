"""Statutory tables as pipe tables: every number right of its label, so that each blank is one to be filled in."""

from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint.model.sheet import Grid, Piece, Run, block_paths, depth_of, nested, runs

_STUB = "项目"
"""Above the labels where the form has nothing there, since a header that begins with a blank is hard to read."""


def pipe_tables(grid: Grid) -> Iterator[str]:
    """Yields a table for each run of rows with the same columns, or one for blocks that stand side by side."""
    if grid.form.side_by_side:
        if grid.lines:
            yield _piped(_side_by_side(grid))
        return
    for run in runs(grid):
        yield _piped(_below_each_other(run, grid.form.corner or _STUB))


def _below_each_other(run: Run, corner: str) -> Iterator[Sequence[str]]:
    """Yields a run's rows; a group that is no run of its own is a line without numbers."""
    width = 1 + len(run.columns)
    if run.title:
        yield [run.title, *[""] * (width - 1)]
    paths = [(*column.groups, column.label) for column in run.columns]
    for level, texts in enumerate(_levels(nested(paths, depth_of(paths)), len(paths), depth_of(paths))):
        yield ["" if level else corner, *texts]
    before: Sequence[str] = ()
    for line, groups in zip(run.lines, run.groups, strict=True):
        for level, group in enumerate(groups):
            if groups[: level + 1] != before[: level + 1]:
                yield [group, *[""] * (width - 1)]
        before = groups
        yield [line.label, *line.cells]


def _levels(pieces: Iterable[Piece], width: int, depth: int) -> list[list[str]]:
    """Returns the rows of a header, blank where a label covers more than one cell."""
    rows = [[""] * width for _ in range(depth)]
    for piece in pieces:
        rows[piece.level][piece.at] = piece.text
    return rows


def _side_by_side(grid: Grid) -> Iterator[Sequence[str]]:
    paths = block_paths(grid)
    yield from _levels(nested(paths, depth_of(paths)), len(paths), depth_of(paths))
    yield [cell for line in grid.lines for cell in line.cells]


def _piped(rows: Iterable[Sequence[str]]) -> str:
    first, *rest = rows
    return "\n".join(map(_line, (first, ["---"] * len(first), *rest)))


def _line(cells: Sequence[str]) -> str:
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"
