"""Which words of a table's header stand in the place of a column that was renamed."""

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import BoundTable, Report
from disclosure_lint.model.source import Span

_PIECE = lazy_re_compile(r"[^\s|]+")
_LONGEST = 12
_NO_LABEL = lazy_re_compile(r"[，。：；\d#*<>-]")


def renamed_column(report: Report, table: BoundTable, column: str) -> Span | None:
    """Returns the one label of the header that the form does not have, if it stands where the column should."""
    pieces = _header(report, table)
    known = _labels(table.form)
    strange = [
        (text, span)
        for text, span in pieces
        if text not in known and len(text) <= _LONGEST and not _NO_LABEL.search(text)
    ]
    # A label over merged cells may be repeated in each.
    if len({text for text, _ in strange}) != 1:
        return None
    ids = [one.id for one in table.form.columns]
    place = ids.index(column)
    labels = [squeeze(one.label) for one in table.form.columns]
    span = strange[0][1]
    before = [at.start for text, at in pieces if place and text == labels[place - 1]]
    after = [at.start for text, at in pieces if place + 1 < len(ids) and text == labels[place + 1]]
    fits = all(at < span.start for at in before) and all(at > span.start for at in after)
    return span if (before or after) and fits else None


def _header(report: Report, table: BoundTable) -> list[tuple[str, Span]]:
    """Returns the words between the beginning of a table's section and the first row of the table."""
    section = report.sections.get(table.form.section)
    end = min(span.start for span in table.rows.values()) if table.rows else table.span.start
    begin = section.body.start if section and section.body.start < end else table.span.start
    folded = report.document.source.folded
    return [(match.group(), Span(*match.span())) for match in _PIECE.finditer(folded, begin, end)]


def _labels(form: TableForm) -> frozenset[str]:
    columns = [word for one in form.columns for word in (one.label, *one.aliases, *one.groups)]
    rows = [word for one in form.rows for word in (one.label, *one.aliases, *one.groups)]
    return frozenset(map(squeeze, (*columns, *rows, *form.headers, form.corner, form.title, "项目", "序号")))
