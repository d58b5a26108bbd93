"""What sections, tables, rows and cells are called in messages."""

from collections.abc import Iterable

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address, Form, SectionForm, TableForm

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
