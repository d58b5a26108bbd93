"""What a name in a formula stands for: a table, a row, a column, or a group of them.

A name is an id of the form, or its Chinese wording: whole or without its number, an alias, or a part of it that
no other row has. A name that fits several or none is an error that lists what may have been meant.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from disclosure_lint.formula.syntax import FormulaError, Item, Name, Range, quoted
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Form, TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile

_NUMERALS = "一二三四五六七八九十"
_ORDINAL = lazy_re_compile(rf"^(?:[{_NUMERALS}]+、|（[{_NUMERALS}\d]+）|\d+[.、])")
_TABLE_NUMBER = lazy_re_compile(rf"表(?:([{_NUMERALS}])|(\d{{1,2}}))")
_ENGLISH = {"行": "row", "列": "column", "表": "table"}
_QUOTES = str.maketrans("", "", '“”「」『』"')


def wording(text: str) -> str:
    """Returns what two spellings of one label share: no space, no quotation mark, one kind of number."""
    plain = squeeze(text).translate(_QUOTES)
    return re.sub(r"^(\d+)[、．]", r"\1.", plain)


def without_number(text: str) -> str:
    """Returns a label's wording without its number: `（三）不予公开` is `不予公开`."""
    return _ORDINAL.sub("", wording(text))


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of the form that a name may stand for."""

    id: str
    label: str
    wordings: tuple[str, ...]
    """Its label and aliases, with and without number."""
    path: str = ""
    """The labels of the groups above it and its own, joined without numbers."""

    def __str__(self) -> str:
        label = self.label if len(self.label) <= 20 else self.label[:20] + "…"
        return f"{self.id}（{label}）" if label and label != self.id else self.id


def _entry(key: str, label: str, aliases: Iterable[str] = (), groups: Iterable[str] = ()) -> Entry:
    words = [form for text in (label, *aliases) for form in (wording(text), without_number(text))]
    return Entry(key, label, tuple(dict.fromkeys(words)), "".join(map(without_number, (*groups, label))))


def fitting(name: str, entries: Iterable[Entry]) -> list[Entry]:
    """Returns the entries that a name fits best: by id, else whole, else as a part of it, else of its path."""
    entries, wanted = list(entries), wording(name)
    ways: list[Callable[[Entry], bool]] = [
        lambda entry: entry.id == name,
        lambda entry: wanted in entry.wordings,
        lambda entry: any(wanted in text for text in entry.wordings),
        lambda entry: wanted in entry.path,
    ]
    # A piece of an id would hide a slip of the pen, and one character is no name.
    if len(wanted) < 2 or wanted.isascii():
        del ways[2:]
    for way in ways:
        if found := [entry for entry in entries if way(entry)]:
            return found
    return []


def _listed(names: Iterable[str], limit: int = 6) -> str:
    known = list(dict.fromkeys(names))
    return "、".join(known[:limit]) + (f" 等 {len(known)} 个" if len(known) > limit else "")


def _unknown(name: Name, kind: str, entries: Iterable[Entry]) -> FormulaError:
    entries = list(entries)
    close = _close(wording(name.text)[:80], entries)
    shown = (entry.id if name.text.isascii() else str(entry) for entry in close)
    hint = f"是否想写 {_listed(shown)}？" if close else f"可写的有 {_listed(map(str, entries))}"
    ids = ", ".join([entry.id for entry in close or entries][:6])
    en = f"did you mean {ids}?" if close else f"known are {ids}"
    return FormulaError(
        f"没有叫 {quoted(name.text)} 的{kind}；{hint}",
        name.column,
        en=f"there is no {_ENGLISH[kind]} {quoted(name.text)}; {en}",
    )


def _close(wanted: str, entries: list[Entry]) -> list[Entry]:
    """Returns what a misspelt name may have meant, nearest first."""
    meant: dict[str, Entry] = {}
    for entry in entries:
        for word in (entry.id, *entry.wordings):
            # Authors shorten long labels, so the beginning of one is as near as the whole.
            meant.setdefault(word, entry)
            meant.setdefault(word[: len(wanted)], entry)
    close = difflib.get_close_matches(wanted, meant, n=3, cutoff=0.5 if len(wanted) < 3 else 0.6)
    return list(dict.fromkeys(meant[word] for word in close))


def _several(name: Name, kind: str, found: Iterable[Entry]) -> FormulaError:
    found = list(found)
    ids = ", ".join([entry.id for entry in found][:6])
    return FormulaError(
        f"{quoted(name.text)} 可以指几个不同的{kind}：{_listed(map(str, found))}；请写全称或英文名",
        name.column,
        en=f"{quoted(name.text)} may be several {_ENGLISH[kind]}s: {ids}; write the id",
    )


def find_table(form: Form, name: Name) -> TableForm:
    """Returns the table that a name stands for: its id, its title, or `表三` for the table of section 三."""
    entries = [_entry(table.id, table.title) for table in form.tables]
    if numbered := _TABLE_NUMBER.fullmatch(wording(name.text)):
        number = int(numbered[2]) if numbered[2] else _NUMERALS.index(numbered[1]) + 1
        sections = {section.id for section in form.sections if section.number == number}
        found = [entry for entry in entries if form.table(entry.id).section in sections]
    else:
        found = fitting(name.text, entries)
    if len(found) > 1:
        raise _several(name, "表", found)
    if not found:
        raise _unknown(name, "表", entries)
    return form.table(found[0].id)


@dataclass(frozen=True, slots=True)
class Lines:
    """The rows of a table, or its columns, as names see them."""

    table: TableForm
    kind: str
    """`行` or `列`."""
    entries: tuple[Entry, ...]
    """In the form's order."""
    groups: dict[str, tuple[str, ...]]
    """Groups by id or wording."""
    across: str
    """What the others are called: `列` or `行`."""
    others: tuple[Entry, ...]
    """The others and their groups, to say that a name is one of them."""

    def one(self, name: Name) -> str:
        """Returns the id of the row (or column) that a name stands for."""
        found = fitting(name.text, self.entries)
        group = self._group(name)
        # 不予公开 is a part of the path of eight rows, and the name of their group.
        if group and not any(self._exact(name, entry) for entry in found):
            raise FormulaError(
                f"{quoted(name.text)} 是一组{self.kind}，不是一{self.kind}；请写 sum({name.text})",
                name.column,
                en=f"{quoted(name.text)} is a group of {_ENGLISH[self.kind]}s; write sum({name.text})",
            )
        if len(found) > 1:
            raise _several(name, self.kind, found)
        if not found:
            other = fitting(name.text, self.others)
            if len(other) == 1:
                raise FormulaError(
                    f"{quoted(name.text)} 是{self.across}，这里要写{self.kind}；{self._order()}",
                    name.column,
                    en=f"{quoted(name.text)} is a {_ENGLISH[self.across]}, and a {_ENGLISH[self.kind]} stands here; "
                    "within brackets, the row comes first",
                )
            raise _unknown(name, self.kind, [*self.entries, *_group_entries(self.groups)])
        return found[0].id

    def several(self, item: Item) -> tuple[str, ...]:
        """Returns the ids that a name, a group, a range or `*` stands for, in the form's order."""
        if isinstance(item, Name):
            group = self._group(item)
            exact = any(self._exact(item, entry) for entry in fitting(item.text, self.entries))
            return group if group and not exact else (self.one(item),)
        ids = tuple(entry.id for entry in self.entries)
        return self._range(item, ids) if isinstance(item, Range) else ids

    def _range(self, item: Range, ids: tuple[str, ...]) -> tuple[str, ...]:
        # An end may be a group: 其他处理 is one row of the form of 2019 and three rows of the form of 2021.
        start = min(map(ids.index, self.several(item.first)))
        end = max(map(ids.index, self.several(item.last))) + 1
        if start >= end:
            order = f"{quoted(item.first.text)} 在表中排在 {quoted(item.last.text)} 后面"
            raise FormulaError(
                f"范围是空的：{order}；请把两头对调",
                item.first.column,
                en=f"the range is empty: {quoted(item.last.text)} comes first in the table",
            )
        return ids[start:end]

    def _group(self, name: Name) -> tuple[str, ...]:
        return self.groups.get(name.text) or self.groups.get(wording(name.text)) or ()

    def _exact(self, name: Name, entry: Entry) -> bool:
        return name.text == entry.id or wording(name.text) in entry.wordings

    def _order(self) -> str:
        if self.kind == "行":
            return "each = “表.columns” 时名称指行，方括号里先写行、后写列"
        return "each = “表.rows” 时名称指列，方括号里先写行、后写列"


def _row_entries(table: TableForm) -> tuple[Entry, ...]:
    return tuple(_entry(row.id, row.label, row.aliases, row.groups) for row in table.rows)


def _column_entries(table: TableForm) -> tuple[Entry, ...]:
    return tuple(_entry(column.id, column.label, column.aliases) for column in table.columns)


def _group_entries(groups: Iterable[str]) -> tuple[Entry, ...]:
    return tuple(Entry(group, "", (group,)) for group in groups)


def rows(table: TableForm) -> Lines:
    """Returns a table's rows, with its named groups and the groups that the form itself prints."""
    groups: dict[str, tuple[str, ...]] = {}
    for row in table.rows:
        for label in row.groups:
            for word in dict.fromkeys((wording(label), without_number(label))):
                groups[word] = (*groups.get(word, ()), row.id)
    groups.update(table.row_groups)
    others = (*_column_entries(table), *_group_entries(table.column_groups))
    return Lines(table, "行", _row_entries(table), groups, "列", others)


def columns(table: TableForm) -> Lines:
    """Returns a table's columns with its named groups."""
    others = (*_row_entries(table), *_group_entries(table.row_groups))
    return Lines(table, "列", _column_entries(table), dict(table.column_groups), "行", others)
