"""Kinds `previous` and `same`: a report beside the agency's of the year before, and beside another of the same year."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, ClassVar, NamedTuple, TypedDict

from disclosure_lint.checks.expressions import Patterns, prepared
from disclosure_lint.checks.options import PATTERNS, WithoutOptions, known_cells
from disclosure_lint.checks.prose import sentences_for
from disclosure_lint.checks.wording import cell_words, judged, not_applicable, top
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Verdict
from disclosure_lint.model.entry import Numbers, OtherReport
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.kind import NOT_COMPARED, CompileContext
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

_CELL = lazy_re_compile(r"(\w+)\[(\w+),(\w+|\*)\]")
_EVERY = "*"
_ONE = {"type": "string", "pattern": r"^\w+\[\w+,(\w+|\*)\]$", "format": "cell"}
_MOST_SHOWN = 8


class _Pair(TypedDict):
    this: str
    before: list[str]
    plus: list[str]
    minus: list[str]


class _Compiled(TypedDict):
    compare: list[_Pair]
    unless: Patterns


class _Wrong(NamedTuple):
    """A cell that is not what follows from the year before; which of the two is wrong, nobody can tell here."""

    cell: Address
    number: Number
    expected: Number
    there: Address
    """The first of the cells of the year before."""


class PreviousCheck:
    """Option `compare`: cells (`*` is every column) with the sum of cells of the year before that they should be.

    To the sum are added `plus` and from it taken `minus`, cells of this year. `unless`: sentences that say why it may
    be another number.
    """

    kind = "previous"
    compares = True
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "和上一年度的年报比",
        "type": "object",
        "required": ["compare"],
        "additionalProperties": False,
        "properties": {
            "compare": {
                "description": "哪些格和上一年度的哪些格比；* 是每一列",
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["this", "before"],
                    "additionalProperties": False,
                    "properties": {
                        "this": {"description": "本年的格", **_ONE},
                        "before": {"description": "上一年度的格，相加", "type": "array", "items": _ONE},
                        "plus": {"description": "再加上的本年的格", "type": "array", "items": _ONE},
                        "minus": {"description": "再减去的本年的格", "type": "array", "items": _ONE},
                    },
                },
            },
            "unless": {"description": "正文里这样说明了原因的不算", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options with all lists; raises UserError for a cell that no form has."""
        pairs = [{"plus": [], "minus": [], **pair} for pair in options["compare"]]
        known_cells((cell for pair in pairs for cell in [pair["this"], *pair["plus"], *pair["minus"]]), context)
        return {"compare": pairs, "unless": prepared(options.get("unless", ()))}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for all cells of a row that are not what the year before says."""
        other = report.previous
        if other is None:
            return not_applicable(*NOT_COMPARED)
        rows, reason = _compared(rule, report.form, report.number, other)
        told = sentences_for(rule.options["unless"], report) if rows else ()
        if any(words.match_in(sentence.text) for sentence, words in told):
            return judged([])
        return judged([_finding(wrong, report, other) for wrong in rows], reason)

    def by_numbers(self, rule: Rule, report: Numbers) -> Verdict | None:
        """Returns the same if nothing is found."""
        if report.previous is None:
            return not_applicable(*NOT_COMPARED)
        rows, reason = _compared(rule, report.form, report.own.number, report.previous)
        return None if rows else judged([], reason)


_NumberOf = Callable[[Address], Number | None]


def _compared(
    rule: Rule, form: Form, number_of: _NumberOf, other: OtherReport
) -> tuple[list[list[_Wrong]], LocalizedText | None]:
    """Returns the cells that are wrong, row by row, and why some could not be compared."""
    rows: list[list[_Wrong]] = []
    doubtful = 0
    for pair in rule.options["compare"]:
        wrong: list[_Wrong] = []
        for cell in _columns(pair["this"], form):
            number, expected = number_of(cell), _expected(pair, cell, number_of, other)
            if number is None or expected is None:
                doubtful += 1
            elif number != expected:
                wrong.append(_Wrong(cell, number, expected, _cell(pair["before"][0], cell.column)))
        rows += [wrong] if wrong else []
    reason = LocalizedText(
        f"有 {doubtful} 格在这一年或上一年没有确定的数",
        f"{doubtful} cells have no certain number in one of the years",
    )
    return rows, reason if doubtful else None


def _columns(cell: str, form: Form) -> Iterator[Address]:
    """Yields the cells that an option names, the total first."""
    table, row, column = _parts(cell)
    columns = form.table(table).row(row).columns if column == _EVERY else (column,)
    for one in sorted(columns, key=lambda one: one != "total"):
        yield Address(table, row, one)


def _cell(cell: str, column: str) -> Address:
    """Returns the cell that an option names for a column."""
    table, row, own = _parts(cell)
    return Address(table, row, column if own == _EVERY else own)


@cache
def _parts(cell: str) -> tuple[str, str, str]:
    match = _CELL.fullmatch(cell)
    assert match is not None  # as the schema asks
    table, row, column = match.groups()
    return table, row, column


def _expected(pair: _Pair, cell: Address, number_of: _NumberOf, other: OtherReport) -> Number | None:
    """Returns what a cell should be; None if one of the numbers is not certain."""
    total: Number = 0
    for name in pair["before"]:
        number = other.number(_cell(name, cell.column))
        if number is None:
            return None
        total += number
    for sign, names in ((1, pair["plus"]), (-1, pair["minus"])):
        for name in names:
            number = number_of(_cell(name, cell.column))
            if number is None:
                return None
            total += sign * number
    return total


def _finding(wrong: Sequence[_Wrong], report: Report, other: OtherReport) -> Finding:
    first = wrong[0]
    words = [_told(one, report) for one in wrong[:_MOST_SHOWN]]
    return Finding(
        report.facts[first.cell].span,
        {
            "cells": LocalizedText("；".join(one.zh for one in words), "; ".join(one.en for one in words)),
            "year": str(other.year),
            "path": f"{other.path}:{other.line(first.there)}",
        },
        cells=tuple(str(one.cell) for one in wrong),
    )


def _told(one: _Wrong, report: Report) -> LocalizedText:
    cell = cell_words(report, one.cell)
    return LocalizedText(
        f"{cell.zh}填的是 {one.number}，按上一年度是 {one.expected}",
        f"{cell.en} is {one.number}, and {one.expected} by the year before",
    )


class SameCheck(WithoutOptions, description="和同一年度的另一份年报比，没有要写的"):
    """No option: two reports of one agency and year whose numbers differ."""

    kind = "same"
    compares = True

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding, for the first other report in which a number is another."""
        if not report.same:
            return not_applicable(*NOT_COMPARED)
        found = (finding for one in report.same if (finding := _finding_of(report, one)))
        return judged([*islice(found, 1)])

    def by_numbers(self, rule: Rule, report: Numbers) -> Verdict | None:
        """Returns the same if no number is another one."""
        if not report.same:
            return not_applicable(*NOT_COMPARED)
        cells = tuple(report.own.cells())
        return None if any(_differing(cells, report.own.number, one) for one in report.same) else judged([])


def _differing(cells: Iterable[Address], number_of: _NumberOf, other: OtherReport) -> Address | None:
    """Returns the first of some cells in which the numbers of two reports are not the same."""
    for cell in cells:
        own, number = number_of(cell), other.number(cell)
        if own is not None and number is not None and number != own:
            return cell
    return None


def _finding_of(report: Report, other: OtherReport) -> Finding | None:
    cell = _differing(report.facts, report.number, other)
    if cell is None:
        return None
    values: dict[str, str | LocalizedText] = {
        "path": f"{other.path}:{other.line(cell)}",
        "cell": cell_words(report, cell),
        "number": str(report.number(cell)),
        "other": str(other.number(cell)),
    }
    return Finding(top(report), values, cells=(str(cell),))
