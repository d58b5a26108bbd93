"""Tables as they are written: every cell of the rectangle once, whatever the form."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint.drafting.draft import pipe_tables
from disclosure_lint.model.form import Column, FormRow, TableForm
from disclosure_lint.model.sheet import Grid, Line, sheet_of
from tests.scale import some

GROUPS = st.lists(st.sampled_from(("甲", "乙", "丙")), max_size=3).map(tuple)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """A table of any shape, its cells named by row and column."""
    columns = [
        Column(f"c{at}", f"列{at}", (), groups)
        for at, groups in enumerate(draw(st.lists(GROUPS, min_size=1, max_size=6)))
    ]
    ids = [column.id for column in columns]
    rows = []
    for at in range(draw(st.integers(1, 8))):
        own = draw(st.one_of(st.just(ids), st.lists(st.sampled_from(ids), min_size=1, unique=True).map(sorted)))
        rows.append(FormRow(f"r{at}", f"行{at}", tuple(own), (), draw(GROUPS)))
    form = TableForm("t", "表", "s", tuple(rows), tuple(columns), {}, {}, side_by_side=draw(st.booleans()), corner="角")
    lines = (Line(row.id, row.label, tuple(f"{row.id}/{column}" for column in row.columns)) for row in rows)
    return Grid(form, tuple(lines))


def numbers(grid: Grid) -> list[str]:
    """Returns what stands in the cells, in the form's order."""
    return [cell for line in grid.lines for cell in line.cells]


@settings(max_examples=some(150), deadline=None)
@given(grids())
def test_the_cells_of_a_sheet_fill_it_without_gaps_or_overlaps(grid: Grid) -> None:
    sheet = sheet_of(grid)
    covered = [
        place
        for cell in sheet.cells
        for place in product(range(cell.row, cell.row + cell.rows), range(cell.column, cell.column + cell.columns))
    ]
    assert sorted(covered) == list(product(range(sheet.rows), range(sheet.columns)))
    assert [cell.text for cell in sheet.cells if cell.kind == "number"] == numbers(grid)


@settings(max_examples=some(150), deadline=None)
@given(grids())
def test_the_rows_of_a_pipe_table_are_of_one_width(grid: Grid) -> None:
    written = []
    for table in pipe_tables(grid):
        rows = [line.split("|")[1:-1] for line in table.split("\n")]
        assert len({len(row) for row in rows}) == 1
        written += [cell.strip() for row in rows for cell in row if "/" in cell]
    assert written == numbers(grid)
