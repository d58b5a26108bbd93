"""The statutory tables as the form prescribes them, with the numbers that the report has."""

from collections.abc import Iterator

from disclosure_lint.model.form import TableForm
from disclosure_lint.model.places import section_words, table_words
from disclosure_lint.model.report import Report
from disclosure_lint.model.sheet import Cell, Grid, Line, sheet_of
from disclosure_lint.outputs.html.cells import Cells
from disclosure_lint.outputs.html.words import both, escaped, say


def tables(report: Report, cells: Cells) -> Iterator[str]:
    """Yields each table of the form; one that the report lacks is named."""
    for form in report.form.tables:
        name, title = table_words(report.form, form), section_words(report.form.section(form.section))
        heading = f"<h3 id=t-{escaped(form.id)}>{both(name)}　{escaped(title.zh.partition('、')[2])}</h3>\n"
        if form.id not in report.tables:
            lost = say(
                "没有找到这张表，里面的数都没有查。", "This table was not found; none of its numbers was checked."
            )
            yield f"{heading}<p class=lost>{lost}</p>\n"
            continue
        label = f'role=region tabindex=0 aria-labelledby="t-{escaped(form.id)}"'
        yield f"{heading}<div class=scroll {label}>{_table(form, cells)}</div>\n"


def _table(form: TableForm, cells: Cells) -> str:
    lines = tuple(
        Line(row.id, row.label, tuple(f"{form.id}[{row.id},{column}]" for column in row.columns)) for row in form.rows
    )
    sheet = sheet_of(Grid(form, lines))
    rows: list[list[Cell]] = [[] for _ in range(sheet.rows)]
    for cell in sheet.cells:
        rows[cell.row].append(cell)
    drawn = ("".join(_cell(cell, cells) for cell in sorted(row, key=lambda one: one.column)) for row in rows)
    return f'<table class=form aria-labelledby="t-{escaped(form.id)}">{"".join(f"<tr>{row}" for row in drawn)}</table>'


def _cell(cell: Cell, cells: Cells) -> str:
    wide = f" colspan={cell.columns}" if cell.columns > 1 else ""
    span = wide + (f" rowspan={cell.rows}" if cell.rows > 1 else "")
    if cell.kind == "number":
        return cells.html(cell.text, span)
    if not cell.text:
        return f"<td{span} class=corner>"
    scope = ("row" if cell.rows == 1 else "rowgroup") if cell.kind == "label" else "col" if not wide else "colgroup"
    return f"<th{span} scope={scope}>{escaped(cell.text)}"
