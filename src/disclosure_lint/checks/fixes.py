"""The corrections that findings about titles, headings and digits carry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disclosure_lint.checks.wording import numeral
from disclosure_lint.model.characters import Squeezed, squeeze
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.document import Heading, Table
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Fact, NumberedLine, Report, Section
from disclosure_lint.model.source import Source, Span

if TYPE_CHECKING:
    from disclosure_lint.checks.insertions import HeadingLine

_HALF_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


def half_width(text: str) -> str:
    """Returns the text with ASCII digits for full-width ones."""
    return text.translate(_HALF_WIDTH)


def digits_fix(report: Report, fact: Fact) -> Fix | None:
    """Returns the fix that writes a number with ASCII digits; columns that spaces draw stay where they are."""
    source = report.document.source
    if source.slice(fact.span) != fact.raw:
        return None
    new = half_width(fact.raw)
    narrower = sum(char != other for char, other in zip(fact.raw, new, strict=True))
    line = source.slice(source.line_span(source.line_of(fact.span.start))).strip()
    padding = " " * narrower if "  " in line and not _is_in_table(report, fact) else ""
    words = LocalizedText(f"改为“{new}”", f"write “{new}”")
    return Fix("safe", (Edit(fact.span, padding + new),), words)


def _is_in_table(report: Report, fact: Fact) -> bool:
    return any(
        isinstance(block, Table) and block.span.start <= fact.span.start < block.span.end
        for block in report.document.blocks
    )


_MARK = lazy_re_compile("#{1,6}")
_INDENT = lazy_re_compile(r"[ \t\u3000]*")


def level_fix(report: Report, sections: Sequence[Section]) -> Fix | None:
    """Returns the fix that puts all sections on the level that more than half of them have.

    None if there is no such level, or if a section cannot be moved: then the draft is not as simple as it looks.
    """
    if report.document.format != "markdown":
        return None
    (level, count), *_ = Counter(section.level for section in sections).most_common()
    if level is None or 2 * count <= len(sections):
        return None
    edits = [_moved(report, section, level) for section in sections if section.level != level]
    if any(edit is None for edit in edits):
        return None
    words = LocalizedText(f"把各部分的标题都设为 {'#' * level}", f"put all sections at {'#' * level}")
    return Fix("safe", tuple(edit for edit in edits if edit), words)


def _moved(report: Report, section: Section, level: int) -> Edit | None:
    # Only for a heading on another level than the others.
    from disclosure_lint.checks.insertions import heading_line

    line = heading_line(report, section)
    if line is None or (section.level is not None and level > section.level and _holds(report, section, level)):
        return None
    if section.level is None:
        return _marked(line, level)
    mark = _MARK.search(line.before)
    if mark is None:
        return None
    return Edit(Span(line.start + mark.start(), line.start + mark.end()), "#" * level)


def _marked(line: HeadingLine, level: int) -> Edit | None:
    if line.broken:
        return None
    indent = _INDENT.match(line.before)
    return Edit(Span(line.start, line.start + (indent.end() if indent else 0)), "#" * level + " ")


def _holds(report: Report, section: Section, level: int) -> bool:
    """Says whether a section has sub-headings that would no longer be below its heading."""
    return any(
        isinstance(block, Heading)
        and block.level <= level
        and section.body.start <= block.span.start < section.body.end
        for block in report.document.blocks
    )


_NUMERALS = "[一二三四五六七八九十]{1,3}"
_NUMBER = lazy_re_compile(rf"{_NUMERALS}|[0-9]{{1,2}}|[０-９]{{1,2}}")
_SECTION_MARK = lazy_re_compile(rf"(第?){_NUMERALS}(部分)?[ \t]*[、.．：:]?")
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


def title_fix(report: Report, section: Section) -> Fix | None:
    """Returns the fix that writes the statutory title and leaves number and markup; None where the place is not plain.

    It is safe for a wording that the form itself lists for the section, behind the section's own number; a title
    that is merely like one may say something that would be lost.
    """
    place = _title_span(report, section)
    if place is None or section.number != section.form.number or section.wording != "other":
        return None
    known = section.title in map(squeeze, section.form.aliases)
    title = section.form.title
    words = LocalizedText(f"把标题改为“{title}”", f"change the title to “{title}”")
    return Fix("safe" if known else "unsafe", (Edit(place, title),), words)


def _title_span(report: Report, section: Section) -> Span | None:
    """Returns where the title stands behind a number like 三、 or 第三部分, if no markup stands within it."""
    source = report.document.source
    heading = Squeezed(source.folded, [section.span])
    at = heading.text.rfind(section.title)
    number = numeral(section.form.number)
    if at <= 0 or not heading.text[:at].startswith((number, f"第{number}")):
        return None
    span = Span(*heading.span(at, at + len(section.title)))
    return span if squeeze(source.slice(span)) == section.title else None
