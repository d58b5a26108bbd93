"""Fixes of numbering, where only one number can be meant."""

import re
from collections.abc import Sequence

from disclosure_lint.checks.wording import numeral
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.report import NumberedLine, Report, Section
from disclosure_lint.model.source import Source, Span

_NUMERALS = "[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(rf"{_NUMERALS}|[0-9]{{1,2}}|[０-９]{{1,2}}")
_SECTION_MARK = re.compile(rf"(第?){_NUMERALS}(部分)?[ \t]*[、.．：:]?")
_FULL_WIDTH = {ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)}


def section_number_fix(report: Report, section: Section) -> Fix | None:
    """Returns the fix that gives a section its own number, where all sections are there, once and in order."""
    if not _is_complete(report) or section.wording == "other":
        return None
    start = section.span.start
    match = _SECTION_MARK.match(report.document.source.text, start, section.span.end)
    return _renumbered(report.document.source, Span(start, match.end()), section.form.number) if match else None


def run_fix(report: Report, run: Sequence[NumberedLine], index: int) -> Fix | None:
    """Returns the fix of one number of a run, if with it the run counts from 1 without a gap or a repetition.

    The last number of a run may be too high because an item is missing, so that one is left.
    """
    wrong = run[index]
    numbers = [line.number for line in run]
    is_gap_at_end = index == len(run) - 1 and wrong.number > index + 1
    if is_gap_at_end or [*numbers[:index], index + 1, *numbers[index + 1 :]] != list(range(1, len(run) + 1)):
        return None
    return _renumbered(report.document.source, wrong.span, index + 1)


def sub_heading_fix(report: Report, section: str) -> Fix | None:
    """Returns the fix that writes （一）, （二） … for 一、, 二、 … inside a section.

    None unless they count from 1, （一） is free there, and all sections of the form are there, so that none of
    them can be one of those.
    """
    inside = [line for line in report.numbered if line.section == section]
    lines = [line for line in inside if line.style == "一、"]
    free = all(line.style != "（一）" for line in inside)
    if not (free and _is_complete(report) and [line.number for line in lines] == list(range(1, len(lines) + 1))):
        return None
    titles = {
        squeeze(title) for form in report.form.sections for title in (form.title, *form.long_titles, *form.aliases)
    }
    if any(squeeze(line.text) in titles for line in lines):
        return None
    text = report.document.source.text
    marks = [_SECTION_MARK.match(text, *line.span) for line in lines]
    edits = tuple(
        Edit(Span(*mark.span()), f"（{numeral(line.number)}）") for line, mark in zip(lines, marks, strict=True) if mark
    )
    words = LocalizedText("把“一、二、”改为“（一）（二）”", "number them （一）, （二） …")
    return Fix("safe", edits, words) if len(edits) == len(lines) else None


def _is_complete(report: Report) -> bool:
    """Says whether every section of the form is there, once and in order."""
    found = [section.form.id for section in report.sections.values()]
    return not report.repeated and found == [section.id for section in report.form.sections]


def _renumbered(source: Source, mark: Span, number: int) -> Fix | None:
    match = _NUMBER.search(source.text, *mark)
    if match is None:
        return None
    old = match.group()
    new = str(number) if old[0].isdigit() else numeral(number)
    if old[0] in _FULL_WIDTH.values():
        new = new.translate(_FULL_WIDTH)
    words = LocalizedText(f"把序号“{old}”改为“{new}”", f"change the number “{old}” to “{new}”")
    return Fix("safe", (Edit(Span(*match.span()), new),), words)
