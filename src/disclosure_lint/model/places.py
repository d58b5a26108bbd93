"""In which section, and which paragraph of it, something stands; and what sections, tables and cells are called."""

from bisect import bisect_right
from collections.abc import Iterable

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.document import Location, Table
from disclosure_lint.model.form import Address, Form, SectionForm, TableForm
from disclosure_lint.model.report import Report, Section


class Places:
    """Finds places of one report; made once, since a report may have thousands of them."""

    def __init__(self, report: Report):
        self._document = report.document
        sections = (*report.sections.values(), *report.repeated, *report.extra)
        self._sections = sorted(sections, key=lambda one: one.span)
        self._headings = [one.span.start for one in self._sections]
        self._paragraphs = [one.span for one in self._document.blocks if not isinstance(one, Table)]
        self._starts = [span.start for span in self._paragraphs]

    def section(self, offset: int) -> Section | None:
        """Returns the section in which an offset is, its heading included; a repeated or a further one too."""
        index = bisect_right(self._headings, offset) - 1
        return self._sections[index] if index >= 0 else None

    def paragraph(self, section: Section, offset: int) -> int | None:
        """Returns which paragraph below a section's heading an offset is in, from 1; None in the heading itself."""
        if offset < section.span.end:
            return None
        heading = bisect_right(self._starts, section.span.end - 1) - 1
        # A heading may begin the paragraph that it is above.
        runs_on = heading >= 0 and self._paragraphs[heading].end > section.span.end
        return bisect_right(self._starts, offset) - heading - (0 if runs_on else 1)

    def located(self, offset: int, location: Location | None) -> Location | None:
        """Returns where an offset is in the original, with its section; None if the format does not say."""
        location = location or self._document.location_at(offset)
        section = self.section(offset)
        if location is None or section is None:
            return location
        paragraph = None if location.table else self.paragraph(section, offset)
        return location._replace(section=section.form.number, section_paragraph=paragraph)


_NUMERALS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """Returns 一, 二, … for 1, 2, …; Arabic digits beyond 十."""
    return _NUMERALS[number - 1] if 0 < number <= len(_NUMERALS) else str(number)


def section_words(section: SectionForm) -> LocalizedText:
    """Returns `三、收到和处理政府信息公开申请情况`."""
    title = f"{numeral(section.number)}、{section.title}"
    return LocalizedText(title, f"{section.number} ({title})")


def table_words(form: Form, table: TableForm) -> LocalizedText:
    """Returns `表三`, by the section that it stands in."""
    number = form.section(table.section).number
    return LocalizedText(f"表{numeral(number)}", f"table {number}")


def row_words(table: TableForm, row: str) -> LocalizedText:
    """Returns a row's label, English readers get its name in the facts too."""
    label = table.row(row).label
    return LocalizedText(f"「{label}」", f"“{label}” ({row})")


def column_words(table: TableForm, column: str) -> LocalizedText:
    """Returns a column's label."""
    label = table.column(column).label
    return LocalizedText(f"「{label}」", f"“{label}” ({column})")


def cell_words(form: Form, address: Address) -> LocalizedText:
    """Returns `表三「一、本年新收政府信息公开申请数量」的「总计」`."""
    table = form.table(address.table)
    name = table_words(form, table)
    row, column = table.row(address.row).label, table.column(address.column).label
    return LocalizedText(f"{name.zh}「{row}」的「{column}」", f"{name.en} “{row}”, “{column}” ({address})")


def listed(words: Iterable[LocalizedText]) -> LocalizedText:
    """Returns several words as one list."""
    words = list(words)
    return LocalizedText("、".join(word.zh for word in words), ", ".join(word.en for word in words))
