"""The clean example of a rule as a draft, so that the same is done to it as to a full report."""

from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.drafting.grid import Grid, Line
from disclosure_lint.model.report import BoundTable, Report, Section

_LEVEL = 2


def draft_of_example(report: Report) -> Draft | None:
    """Returns the draft that says what a bound example says; None if it has what a draft cannot have."""
    if report.repeated or report.extra or not report.sections or not all(map(_is_plain, report.tables.values())):
        return None
    if not all(fact.raw.isdigit() for fact in report.facts.values()):
        return None
    slice = report.document.source.slice
    first = min(section.span.start for section in report.sections.values())
    begin = report.title.span.end if report.title else 0
    before = [block.span for block in report.document.blocks if begin <= block.span.start < first]
    parts = tuple(_part(report, section) for section in report.sections.values())
    name = report.title.text if report.title else ""
    return Draft(report.form, report.agency or "", report.year or 0, name, tuple(map(slice, before)), parts)


def _is_plain(table: BoundTable) -> bool:
    return table.is_whole and table.resembles is None


def _part(report: Report, section: Section) -> Part:
    slice = report.document.source.slice
    grids = tuple(_grid(report, table) for table in report.tables.values() if table.form.section == section.form.id)
    return Part(section.form.id, slice(section.span), section.level or _LEVEL, tuple(map(slice, section.text)), grids)


def _grid(report: Report, table: BoundTable) -> Grid:
    cells: dict[str, list[str]] = {}
    for address, fact in report.facts.items():
        if address.table == table.form.id:
            cells.setdefault(address.row, []).append(fact.raw)
    return Grid(table.form, tuple(Line(row.id, row.label, tuple(cells[row.id])) for row in table.form.rows))
