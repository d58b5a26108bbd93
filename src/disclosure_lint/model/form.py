"""What the law prescribes: sections, tables and the name of every number in them."""

from functools import cache
from typing import NamedTuple


class Address(NamedTuple):
    """The name of a number: `requests[new,total]`."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}[{self.row},{self.column}]"


@cache
def address(name: str) -> Address:
    """Returns the address that a cell's name is: only for names in packs, for each is kept."""
    table, rest = name.rstrip("]").split("[")
    return Address(table, *rest.split(","))


class Column(NamedTuple):
    """A column of a statutory table."""

    id: str
    label: str
    """The form's wording."""
    aliases: tuple[str, ...] = ()
    """Other wordings for the same column, in documents and formulas."""
    groups: tuple[str, ...] = ()
    """Labels of the groups it stands under, outermost first: `申请人情况`, `法人或其他组织`."""
    unit: str | None = None
    """The unit that the form names: 万元; None where it names none, for money in 元 and things counted one by one."""
    wrong_names: tuple[str, ...] = ()
    """What authors call it by mistake: a header that says so means it, and is to be corrected (DL202)."""


class FormRow(NamedTuple):
    """A row of a statutory table that holds numbers."""

    id: str
    label: str
    """The form's wording, with its number: `1.属于国家秘密`."""
    columns: tuple[str, ...]
    """Ids of the columns that this row has, in order."""
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    """Labels of the groups it stands under, outermost first: `三、本年度办理结果`, `（三）不予公开`."""


class TableForm(NamedTuple):
    """A statutory table."""

    id: str
    title: str
    section: str
    """Id of the section it stands in."""
    rows: tuple[FormRow, ...]
    columns: tuple[Column, ...]
    """All columns of all rows, in the form's order."""
    row_groups: dict[str, tuple[str, ...]]
    """Names for `sum(group)` in formulas, to row ids."""
    column_groups: dict[str, tuple[str, ...]]
    headers: tuple[str, ...] = ()
    """Further words of the header that are no row or column: `信息内容`."""
    side_by_side: bool = False
    """True where the rows stand beside each other as blocks of one line (表四)."""
    corner: str = ""
    """What stands above the labels of the rows: `信息内容`; empty where the form has nothing there."""

    def row(self, key: str) -> FormRow:
        """Returns the row with that id; KeyError if the form has none."""
        for row in self.rows:
            if row.id == key:
                return row
        raise KeyError(key)

    def column(self, key: str) -> Column:
        """Returns the column with that id; KeyError if the form has none."""
        for column in self.columns:
            if column.id == key:
                return column
        raise KeyError(key)

    def addresses(self) -> list[Address]:
        """Returns the names of all its numbers, in the form's order."""
        return [Address(self.id, row.id, column) for row in self.rows for column in row.columns]


class SectionForm(NamedTuple):
    """A section of the report."""

    id: str
    number: int
    """From 1: 一、二、…"""
    title: str
    """The statutory wording, without the number."""
    long_titles: tuple[str, ...] = ()
    """Long names that the notice itself uses: accepted, said as info."""
    aliases: tuple[str, ...] = ()
    """Other wordings by which the section is recognised, though they are not the statutory title."""


class Law(NamedTuple):
    """A legal source."""

    document: str
    """Document number or title; `custom` where no law says it."""
    clause: str = ""
    text: str = ""
    """The verified wording."""


class CarriedRow(NamedTuple):
    """A row of a table that the report of the next year begins with, column by column."""

    table: str
    row: str
    next_table: str
    next_row: str
    """Where the same numbers stand in the next year's report."""


class Form(NamedTuple):
    """The statutory form for the reports of some years."""

    id: str
    title: str
    first_year: int
    """First report year it is for."""
    last_year: int | None
    """Last report year it is for; None while in force."""
    law: tuple[Law, ...]
    sections: tuple[SectionForm, ...]
    tables: tuple[TableForm, ...]
    carried: tuple[CarriedRow, ...] = ()
    """What a report carries over into that of the next year."""

    def table(self, key: str) -> TableForm:
        """Returns the table with that id; KeyError if the form has none."""
        for table in self.tables:
            if table.id == key:
                return table
        raise KeyError(key)

    def section(self, key: str) -> SectionForm:
        """Returns the section with that id; KeyError if the form has none."""
        for section in self.sections:
            if section.id == key:
                return section
        raise KeyError(key)
