"""Which cells the names, ranges and addresses of a formula are.

A cell is `[table, row, column]`; the row or column that changes from instance to instance is None.
"""

from dataclasses import dataclass
from typing import Any

from disclosure_lint.formula.names import Lines, columns, find_table, rows
from disclosure_lint.formula.syntax import Every, FormulaError, Item, Name, Range, Reference, Sum, quoted
from disclosure_lint.model.form import Form, TableForm

CellData = list[Any]

_AXES = {"columns": "column", "列": "column", "rows": "row", "行": "row"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula is applied to."""

    form: Form
    axis: str
    """`column`: once for each column, so a bare name is a row; `row`: the reverse; `` (empty): once."""
    table: TableForm | None
    """The table whose columns or rows are taken in turn."""
    lines: Lines | None
    """What bare names are."""

    def bare(self, name: Name | Range) -> list[CellData]:
        """Returns the cells of a bare name, range or group, with None for what changes."""
        if self.table is None or self.lines is None:
            first = name.first if isinstance(name, Range) else name
            raise FormulaError(
                f"不知道 {quoted(first.text)} 是哪张表的：没有写 each 时，每一格都要写成 表[行,列]",
                first.column,
                en=f"no table is known for {quoted(first.text)}: without each, write every cell as table[row,column]",
            )
        table = self.table.id
        return [[table, key, None] if self.axis == "column" else [table, None, key] for key in self.lines.several(name)]

    def single(self, name: Name) -> CellData:
        """Returns the one cell of a bare name."""
        if self.lines is None or self.table is None:
            return self.bare(name)[0]
        key = self.lines.one(name)
        return [self.table.id, key, None] if self.axis == "column" else [self.table.id, None, key]

    def address(self, reference: Reference) -> CellData:
        """Returns the one cell of `表[行,列]`."""
        table = find_table(self.form, reference.table)
        row = rows(table).one(_only(reference.row))
        column = columns(table).one(_only(reference.column))
        if column not in table.row(row).columns:
            raise _no_cell(table, row, column, reference.table)
        return [table.id, row, column]

    def addresses(self, reference: Reference) -> list[CellData]:
        """Returns all cells of `表[行,列]` inside a sum; `*` takes those that exist, a name must exist."""
        table = find_table(self.form, reference.table)
        cells: list[CellData] = []
        for row in rows(table).several(reference.row):
            for column in columns(table).several(reference.column):
                if column in table.row(row).columns:
                    cells.append([table.id, row, column])
                elif not isinstance(reference.row, Every) and not isinstance(reference.column, Every):
                    raise _no_cell(table, row, column, reference.table)
        if not cells:
            raise FormulaError(
                "方括号里的范围没有任何一格", reference.table.column, en="no cell is in the range within the brackets"
            )
        return cells

    def summed(self, total: Sum) -> list[CellData]:
        """Returns the cells of `sum(…)`; a cell that would count twice is an error."""
        cells: list[CellData] = []
        for part in total.parts:
            for cell in self.addresses(part) if isinstance(part, Reference) else self.bare(part):
                if cell in cells:
                    twice = "、".join(key for key in cell[1:] if key)
                    raise FormulaError(
                        f"sum(…) 里 {quoted(twice)} 算了两次", total.column, en=f"sum(…) counts {quoted(twice)} twice"
                    )
                cells.append(cell)
        return cells


def scope(form: Form, each: str | None) -> Scope:
    """Returns what a rule's `each` says: `表.columns`, `表.rows` or nothing."""
    if each is None:
        return Scope(form, "", None, None)
    name, _, word = each.strip().rpartition(".")
    if not name or word.strip() not in _AXES:
        raise FormulaError(
            f"each = {quoted(each)} 看不懂；请写成 表.columns（逐列）或 表.rows（逐行），例如 requests.columns",
            en=f"each = {quoted(each)} is not understood; write table.columns or table.rows, like requests.columns",
        )
    try:
        table = find_table(form, Name(name.strip(), 1))
    except FormulaError as error:
        raise FormulaError(
            f"each = {quoted(each)}：{error.message}", en=f"each = {quoted(each)}: {error.english}"
        ) from None
    axis = _AXES[word.strip()]
    return Scope(form, axis, table, rows(table) if axis == "column" else columns(table))


def _only(item: Item) -> Name:
    if isinstance(item, Name):
        return item
    column = item.first.column if isinstance(item, Range) else item.column
    what, en = ("范围", "a range") if isinstance(item, Range) else ("“*”（全部）", "“*” (all)")
    raise FormulaError(
        f"{what}只能写在 sum(…) 里；逐列、逐行的规则要指“这一列”“这一行”时，直接写名称",
        column,
        en=f"{en} can stand in sum(…) only; for this column or this row, write the name alone",
    )


def _no_cell(table: TableForm, row: str, column: str, name: Name) -> FormulaError:
    return FormulaError(
        f"{table.title}的 {quoted(table.row(row).label)} 没有 {quoted(table.column(column).label)} 这一格",
        name.column,
        en=f"{table.id} has no cell {quoted(row)} × {quoted(column)}",
    )
