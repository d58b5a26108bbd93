"""The ways in which the numbers of a statutory table may stand in lines.

A table is read through a view of its form: which labels begin its lines, which name its columns, and whose number
stands where they cross. 表二 and 表三 have one view, the form itself. 表四's blocks stand beside each other in one
line, or below each other, or are the columns, with a line for each result: three views of one form, read by one
mechanism.
"""

from typing import NamedTuple

from disclosure_lint.binding.labels import Labels
from disclosure_lint.model.form import Address, Column, FormRow, TableForm


class View(NamedTuple):
    """A table's form, with its numbers arranged in lines."""

    form: TableForm
    """The form of the table."""
    labels: Labels
    """Labels of the lines and columns of this arrangement."""
    addresses: list[tuple[Address, ...]]
    """For each line the names of its numbers, in the order of its columns."""
    all_addresses: tuple[Address, ...]
    """The names of all numbers in the form's order."""
    rows_of: list[list[str]]
    """For each line the ids of the form's rows that have numbers in it."""

    @property
    def is_line_of_blocks(self) -> bool:
        """Whether all rows of the form stand beside each other in one line."""
        return len(self.addresses) == 1 and len(self.form.rows) > 1

    @property
    def is_turned(self) -> bool:
        """Whether the form's columns are its lines."""
        return len(self.addresses) > 1 and self.labels.form is not self.form


def views_of(form: TableForm) -> list[View]:
    """Returns the views of a form, the usual one first."""
    rows = _view(form, form, [_addresses(form, row) for row in form.rows])
    return [_in_one_line(form), rows, _turned(form)] if form.side_by_side else [rows]


def _view(form: TableForm, arranged: TableForm, addresses: list[tuple[Address, ...]]) -> View:
    rows_of = [list(dict.fromkeys(address.row for address in line)) for line in addresses]
    return View(form, Labels(arranged), addresses, tuple(form.addresses()), rows_of)


def _addresses(form: TableForm, row: FormRow) -> tuple[Address, ...]:
    return tuple(Address(form.id, row.id, column) for column in row.columns)


def _in_one_line(form: TableForm) -> View:
    """All blocks beside each other: a line without a label of its own."""
    names = tuple(address for row in form.rows for address in _addresses(form, row))
    columns = tuple(
        Column(f"{row.id},{column.id}", column.label, column.aliases, (*row.groups, row.label))
        for row in form.rows
        for column in form.columns
    )
    line = FormRow("*", "", tuple(column.id for column in columns))
    arranged = form._replace(rows=(line,), columns=columns, headers=_headers(form))
    return _view(form, arranged, [names])


def _turned(form: TableForm) -> View:
    """Results below each other, with a column for each block."""
    rows = tuple(
        FormRow(column.id, column.label, tuple(row.id for row in form.rows), column.aliases) for column in form.columns
    )
    columns = tuple(Column(row.id, row.label, row.aliases, row.groups) for row in form.rows)
    names = [tuple(Address(form.id, row.id, column.id) for row in form.rows) for column in form.columns]
    return _view(form, form._replace(rows=rows, columns=columns), names)


def _headers(form: TableForm) -> tuple[str, ...]:
    groups = (group for row in form.rows for group in (*row.groups, row.label, *row.aliases))
    return tuple(dict.fromkeys((*form.headers, *groups)))
