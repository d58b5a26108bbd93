"""Where something is in a report, in words by which a person finds it in the original."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Protocol

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.document import Location, Table
from disclosure_lint.model.form import Address
from disclosure_lint.model.places import Places, column_words, numeral, row_words, table_words
from disclosure_lint.model.report import BoundTable, Report
from disclosure_lint.model.result import FileResult, PlaceKey
from disclosure_lint.model.source import Span

_PARTS = (
    ("paragraph", LocalizedText("第 {} 段", "paragraph {}")),
    ("table", LocalizedText("第 {} 个表格", "table {}")),
    ("row", LocalizedText("第 {} 行", "row {}")),
    ("column", LocalizedText("第 {} 列", "column {}")),
)


_LONG = 60
"""Characters of a heading by which it is found."""


class ReportWords(Protocol):
    """Names places of one report."""

    def words(self, span: Span, location: Location | None = None, cell: str = "") -> LocalizedText:
        """Returns `表三，（一）予以公开行，总计列`, or what else names a place best; a page comes first, where known.

        `cell` is the address of the number that is meant, for several blank cells may stand at one place.
        """
        ...


def report_words(result: FileResult) -> ReportWords | None:
    """Returns what names the places of a result; None if it is of no report."""
    if result.told:
        return _ToldWords(result.told.words)
    return PlaceWords(result.report) if result.report else None


def words_told(result: FileResult) -> dict[PlaceKey, LocalizedText]:
    """Returns what the places are called that the findings of a report name, for `Told`."""
    if result.report is None:
        return {}
    rendition = result.report.document.is_rendition
    keys: dict[PlaceKey, None] = {}
    for found in result.diagnostics:
        if rendition or found.location:
            keys[found.span, found.location, next(iter(found.cells), "")] = None
        keys |= {(related.span, None, ""): None for related in found.related} if rendition else {}
    words = PlaceWords(result.report) if keys else None
    return {key: words.words(*key) for key in keys} if words else {}


class _ToldWords:
    def __init__(self, told: Mapping[PlaceKey, LocalizedText]):
        self._told = told

    def words(self, span: Span, location: Location | None = None, cell: str = "") -> LocalizedText:
        return self._told[span, location, cell]


class PlaceWords:
    """Names places of a report that is at hand."""

    def __init__(self, report: Report):
        self._report = report
        self._places = Places(report)
        self._at: dict[Span, list[Address]] = {}
        for address, fact in report.facts.items():
            self._at.setdefault(fact.span, []).append(address)

    def words(self, span: Span, location: Location | None = None, cell: str = "") -> LocalizedText:
        """Returns what `ReportWords` says."""
        found = self._places.located(span.start, location) or Location()
        page = [LocalizedText(f"第 {found.page} 页", f"page {found.page}")] if found.page else []
        parts = [*page, *(next(self._named(span, found, cell), None) or _counted(found))]
        zh, en = "，".join(one.zh for one in parts), ", ".join(one.en for one in parts)
        return LocalizedText(escape_controls(zh), escape_controls(en))

    def _named(self, span: Span, location: Location, cell: str) -> Iterator[list[LocalizedText]]:
        """Yields what the place is called, the most telling first."""
        report = self._report
        if at := self._at.get(span):
            yield _cell(report, next((address for address in at if str(address) == cell), at[0]))
        for table in report.tables.values():
            if (found := _in_table(report, table, span)) is not None:
                yield found
        if report.title is not None and report.title.span.start <= span.start < report.title.span.end:
            yield [LocalizedText("标题", "the title")]
        section = self._places.section(span.start)
        if section is None:
            return
        heading = squeeze(report.document.source.slice(section.span)[:_LONG])
        if span.start < section.span.end:
            yield [LocalizedText(f"标题“{heading}”", f"the heading “{heading}”")]
        if number := location.section_paragraph:
            yield [LocalizedText(f"“{heading}”下第 {number} 段", f"paragraph {number} under “{heading}”")]


def _cell(report: Report, address: Address) -> list[LocalizedText]:
    form = report.form.table(address.table)
    column = form.column(address.column).label
    words = LocalizedText(f"{column}列", f"column {column_words(form, address.column).en}")
    return [table_words(report.form, form), _row(report, address.table, address.row), words]


def _row(report: Report, table: str, row: str) -> LocalizedText:
    form = report.form.table(table)
    kind = LocalizedText("一栏", "block") if form.side_by_side else LocalizedText("行", "row")
    return LocalizedText(f"{form.row(row).label}{kind.zh}", f"{kind.en} {row_words(form, row).en}")


def _in_table(report: Report, table: BoundTable, span: Span) -> list[LocalizedText] | None:
    """Returns the row of a table, or that it is its header; None if the place is outside it."""
    if not table.rows or not table.span.start <= span.start <= table.span.end:
        around = _block(report, span.start)
        if around is None or not around.span.start <= span.start < table.span.start < around.span.end:
            return None
    name = table_words(report.form, table.form)
    before = [row for row, label in table.rows.items() if label.start <= span.start]
    if not before:
        return [LocalizedText(f"{name.zh}的表头", f"the header of {name.en}")]
    last = max(before, key=lambda row: table.rows[row].start)
    if table.form.side_by_side and span.start >= table.rows[last].end:
        return [name]  # What stands below the labels is of all blocks.
    row = _row(report, table.form.id, last)
    here, label = (report.document.location_at(offset) for offset in (span.start, table.rows[last].start))
    if here and label and here.row and (here.table, here.row) != (label.table, label.row):
        row = LocalizedText(f"{row.zh}下面", f"below {row.en}")
    return [name, row]


def _block(report: Report, offset: int) -> Table | None:
    blocks = report.document.blocks
    found = blocks[max(0, bisect_right(blocks, offset, key=lambda block: block.span.start) - 1)] if blocks else None
    return found if isinstance(found, Table) else None


def _counted(location: Location) -> list[LocalizedText]:
    """Returns what can be counted in the file, where nothing of the form is near."""
    section = []
    if location.section:
        section = [LocalizedText(f"第{numeral(location.section)}部分", f"section {location.section}")]
    return section + [
        LocalizedText(words.zh.format(number), words.en.format(number))
        for name, words in _PARTS
        if (number := getattr(location, name)) is not None
    ]
