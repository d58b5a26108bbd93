"""Kind `aggregate`: a report that adds up those of other agencies."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar, NamedTuple, TypedDict

from disclosure_lint.checks.expressions import Patterns, expressions, prepared
from disclosure_lint.checks.options import PATTERNS
from disclosure_lint.checks.prose import is_quoted, sentences_for
from disclosure_lint.checks.wording import cell_words, judged, not_applicable
from disclosure_lint.model.diagnostic import Finding, LocalizedText, Related, Verdict
from disclosure_lint.model.entry import Numbers, Units, added
from disclosure_lint.model.form import Address
from disclosure_lint.model.kind import NOT_COMPARED, CompileContext
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.model.source import Span

_MOST_SHOWN = 8
_MOST_PATHS = 3
_HERE = LocalizedText("这里说是合计", "here it says that it is the sum")


class _Compiled(TypedDict):
    says: Patterns
    unless: Patterns


class _Wrong(NamedTuple):
    cell: Address
    number: Number
    total: Number


class AggregateCheck:
    """Options: `says`, how a sentence says that the numbers of the report are the sum of its units'; `unless`, what
    such a sentence does not have.

    Where the configuration names the units and there is a report of each, every number must be their sum. Where only
    the text says it, or a report is lacking, others may belong to it: then a number must not be less than the sum.
    """

    kind = "aggregate"
    compares = True
    compiled_type: ClassVar[Any] = _Compiled
    schema: ClassVar[dict[str, Any]] = {
        "description": "汇总的年报和各单位年报的合计比",
        "type": "object",
        "required": ["says"],
        "additionalProperties": False,
        "properties": {
            "says": {"description": "句子怎样说这份年报的数是各单位的合计", **PATTERNS},
            "unless": {"description": "句子里有这些就不算", **PATTERNS},
        },
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options, patterns prepared."""
        return {key: prepared(options.get(key, ())) for key in ("says", "unless")}

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns the verdict: one finding for all cells; undetermined where units may be lacking."""
        units = report.units
        if units is None:
            return not_applicable(*NOT_COMPARED)
        said = None if units.configured else _said(rule.options, report)
        if not units.configured and said is None:
            return not_applicable(
                "配置和文字都没有说它是各单位的合计", "neither configuration nor text says that it is the sum of others"
            )
        wrong, reason = _compared(report.facts, report.number, units)
        return judged([_finding(wrong, report, units, said)] if wrong else [], reason)

    def by_numbers(self, rule: Rule, report: Numbers) -> Verdict | None:
        """Returns the same if no number is wrong, and it need not be known what the text says."""
        units = report.units
        if units is None:
            return not_applicable(*NOT_COMPARED)
        if not units.configured:
            return None
        wrong, reason = _compared(report.own.cells(), report.own.number, units)
        return None if wrong else judged([], reason)


def _compared(
    cells: Iterable[Address], number_of: Callable[[Address], Number | None], units: Units
) -> tuple[list[_Wrong], LocalizedText | None]:
    """Returns those of some cells that are wrong, and why others could not be compared."""
    is_whole = units.configured and not units.lacking
    wrong: list[_Wrong] = []
    doubtful = more = 0
    for cell in cells:
        number, total = number_of(cell), added(units.reports, cell)
        if number is None or total is None:
            doubtful += 1
        elif number < total or (is_whole and number != total):
            wrong.append(_Wrong(cell, number, total))
        else:
            more += number > total
    return wrong, _reason(units, doubtful, more)


def _said(options: dict[str, Any], report: Report) -> Span | None:
    """Returns where the text says that the numbers are the sum of others."""
    unless = expressions(options["unless"])
    for sentence, says in sentences_for(options["says"], report):
        match = next(says.find(sentence.text), None)
        if match is None or is_quoted(sentence.text, match.start()):
            continue
        if not unless.match_in(sentence.text):
            return sentence.span(*match.span())
    return None


def _reason(units: Units, doubtful: int, more: int) -> LocalizedText | None:
    if doubtful:
        zh = f"有 {doubtful} 格在这份或某个单位的年报里没有确定的数"
        return LocalizedText(zh, f"{doubtful} cells have no certain number here or in a unit's report")
    if not more:
        return None
    if units.lacking:
        names = units.lacking[:_MOST_SHOWN]
        return LocalizedText(f"没有{'、'.join(names)}的年报", f"there is no report of {', '.join(names)}")
    zh = "数多于各单位的合计，可能还有单位的年报不在一起检查的文件里"
    return LocalizedText(zh, "the numbers are more than the sum: reports of other units may lack")


def _finding(wrong: list[_Wrong], report: Report, units: Units, said: Span | None) -> Finding:
    words = [_told(one, report) for one in wrong[:_MOST_SHOWN]]
    paths = [f"{one.path}:{one.line(wrong[0].cell)}" for one in units.reports if one.number(wrong[0].cell)]
    shown = "、".join(paths[:_MOST_PATHS]) + (" …" if len(paths) > _MOST_PATHS else "")
    return Finding(
        report.facts[wrong[0].cell].span,
        {
            "cells": LocalizedText("；".join(one.zh for one in words), "; ".join(one.en for one in words)),
            "count": str(len(units.reports)),
            "paths": LocalizedText(f"（{shown}）" if shown else "", f" ({shown.replace('、', ', ')})" if shown else ""),
        },
        related=(Related(said, _HERE),) if said else (),
        cells=tuple(str(one.cell) for one in wrong),
    )


def _told(one: _Wrong, report: Report) -> LocalizedText:
    cell = cell_words(report, one.cell)
    return LocalizedText(
        f"{cell.zh}填的是 {one.number}，合计 {one.total}", f"{cell.en} is {one.number}, the sum {one.total}"
    )
