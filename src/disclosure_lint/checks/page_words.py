"""What the page has where the form has a number or a label, for the kind `cells`.

Rows whose numbers cannot be told apart, and why; a text where a number should be; the name of a renamed column.
"""

import re
from typing import Any

from disclosure_lint.checks.wording import column_words, row_words, table_words
from disclosure_lint.claims.quantities import number
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related
from disclosure_lint.model.form import TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import BoundTable, Report, Unclear
from disclosure_lint.model.source import Source, Span

LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands in a cell for what a reader could not read."""
_VALUE = lazy_re_compile(r"[^\s|]+")
_NUMBER = lazy_re_compile(r"\d+")
_BARS, _CELL = lazy_re_compile(r"[|\t]"), lazy_re_compile(r"[^|\t\n]+")
_MOST_VALUES, _MOST_COLUMNS = 15, 3
_LONG_VALUE, _LONG_LINE = 15, 30
"""Characters that are shown of one value, and of a line."""
_ABOUT = lazy_re_compile(
    r"(?:约|大约|大概|近|超过?|不足|将近|至少)[0-9.，]{1,12}|[0-9.，]{1,12}[多余几]|[0-9.，]{1,12}[^0-9]{0,3}(?:左右|上下|以上|以下)"
)
_SIGNED = lazy_re_compile(r"(?P<less>减少?|下降|↓)(?P<number>[0-9]{1,9})|(?:增加?|上升|↑)(?P<more>[0-9]{1,9})")
_LETTERS = str.maketrans("OolI", "0011")
_LONGEST_LABEL = 12
_NO_LABEL = lazy_re_compile(r"[，。：；\d#*<>-]")


def unclear_rows(report: Report, table: BoundTable) -> list[Finding]:
    """Returns one finding for each row or line in doubt, or one for a table of which most rows are."""
    if table.resembles:
        return []
    if len(table.unclear) > len(table.form.rows) / 2:
        run_together = all(map(_is_miscounted, table.unclear))
        twice = all(row.reason == "rival" for row in table.unclear)
        variant = "table" if run_together else "table-twice" if twice else "table-apart"
        return [_finding(report, table, list(table.unclear), variant)]
    groups: dict[Span | str | None, list[Unclear]] = {}
    for row in table.unclear:
        # A line that may be either of two rows is one thing wrong.
        groups.setdefault(row.rival if row.other_row else row.row, []).append(row)
    return [_finding(report, table, rows, _variant(rows[0], table)) for rows in groups.values()]


def _is_miscounted(row: Unclear) -> bool:
    return row.reason == "count" and row.found != row.expected


def _variant(row: Unclear, table: BoundTable) -> str | None:
    if row.reason == "columns" and not table.missing_columns:
        # The header is the form's: it is the numbers that do not stand under it.
        return "unaligned"
    if row.reason == "count":
        return None if _is_miscounted(row) else "unaligned"
    return "order" if row.reason == "row" and row.other_row is None else row.reason


def _finding(report: Report, table: BoundTable, rows: list[Unclear], variant: str | None) -> Finding:
    row, source = rows[0], report.document.source
    cells = tuple(f"{table.form.id}[{one.row},{column}]" for one in rows for column in table.form.row(one.row).columns)
    places = sorted([row.span, row.rival or row.span])
    values: dict[str, Any] = {
        "table": table_words(report.form, table.form),
        "row": row_words(table.form, row.row),
        "other": row_words(table.form, row.other_row or row.row),
        "count": str(len(rows)),
        "found": str(row.found),
        "expected": str(row.expected),
        "seen": _seen(source, row.span),
        "near": _near(source, row),
        "text": _quoted(source, row.rival or table.rows.get(row.row, row.span)),
        "texts": LocalizedText(
            "和".join(f"“{_quoted(source, _line(source, place))}”" for place in places),
            " and ".join(f"“{_quoted(source, _line(source, place))}”" for place in places),
        ),
        "differ": _differ(table.form, row),
    }
    related = (
        (Related(row.rival, LocalizedText("也可能是这里", "or here")),) if variant == "rival" and row.rival else ()
    )
    return Finding(row.span, values, variant, related, cells)


def _seen(source: Source, span: Span) -> LocalizedText:
    """Returns the values that stand there, in order."""
    text = source.slice(span)
    found = [part.strip() for part in _CELL.findall(text) if part.strip()] if _BARS.search(text) else text.split()
    shown = [_value(value) for value in found[:_MOST_VALUES]] + (["…"] if len(found) > _MOST_VALUES else [])
    return LocalizedText("、".join(shown), ", ".join(shown))


def _value(text: str) -> str:
    """Returns a value that is not long; of a number that runs on in words, the number."""
    number = _NUMBER.match(text) if len(text) > _LONG_VALUE else None
    return f"{number.group()}…" if number and number.end() <= _LONG_VALUE else _cut(text, _LONG_VALUE)


def _near(source: Source, row: Unclear) -> LocalizedText:
    """Returns in brackets the values that may be the row's, if there are any."""
    if not row.found:
        return LocalizedText("", "")
    seen = _seen(source, row.span)
    return LocalizedText(f"（附近的数是 {seen.zh}）", f" (near it stand {seen.en})")


def _line(source: Source, span: Span) -> Span:
    """Returns the whole line on which a span begins."""
    return source.line_span(source.line_of(span.start))


def _quoted(source: Source, span: Span) -> str:
    """Returns the beginning of a text as a person finds it again: cells and words apart, nothing of the markup."""
    return _cut(" ".join(squeeze(part) for part in _VALUE.findall(source.slice(span))), _LONG_LINE)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"


def _differ(form: TableForm, row: Unclear) -> LocalizedText:
    """Returns in brackets in which columns two places have which numbers."""
    columns = form.row(row.row).columns
    found = [(column, texts) for column, texts in zip(columns, row.readings, strict=False) if len(texts) > 1]
    if not found:
        return LocalizedText("", "")
    zh = [f"{column_words(form, column).zh}是 {' 还是 '.join(texts)}" for column, texts in found[:_MOST_COLUMNS]]
    en = [f"{column_words(form, column).en}: {' or '.join(texts)}" for column, texts in found[:_MOST_COLUMNS]]
    more = len(found) > _MOST_COLUMNS
    return LocalizedText(f"（{'，'.join(zh)}{'……' if more else ''}）", f" ({'; '.join(en)}{'; …' if more else ''})")


def written(raw: str) -> tuple[str | None, str]:
    """Returns the variant of the message for a cell's text, and how its number is written, empty if that is unknown.

    `lost` for what could not be read, `about` for what is no exact number, `sign` for a change in words, `digits` for
    a number in other characters.
    """
    if LOST in raw:
        return "lost", ""
    if _ABOUT.match(raw):
        return "about", ""
    if match := _SIGNED.fullmatch(raw):
        return "sign", f"-{match['number']}" if match["less"] else match["more"]
    if re.fullmatch("[0-9OolI]{1,9}", raw) and re.search("[0-9]", raw):
        return "digits", raw.translate(_LETTERS)
    value = number(raw)
    return ("digits", str(value)) if value is not None and value else (None, "")


def renamed_column(report: Report, table: BoundTable, column: str) -> Span | None:
    """Returns the one label of the header that the form does not have, if it stands where the column should."""
    pieces = _header(report, table)
    known = _labels(table.form)
    strange = [
        (text, span)
        for text, span in pieces
        if text not in known and len(text) <= _LONGEST_LABEL and not _NO_LABEL.search(text)
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
    return [(match.group(), Span(*match.span())) for match in _VALUE.finditer(folded, begin, end)]


def _labels(form: TableForm) -> frozenset[str]:
    columns = [word for one in form.columns for word in (one.label, *one.aliases, *one.groups)]
    rows = [word for one in form.rows for word in (one.label, *one.aliases, *one.groups)]
    return frozenset(map(squeeze, (*columns, *rows, *form.headers, form.corner, form.title, "项目", "序号")))
