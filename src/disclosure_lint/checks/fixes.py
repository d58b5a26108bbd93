"""The corrections that findings about sections, titles, headings and digits carry.

What puts something in, a missing section or a sentence, is unsafe: it must be filled in by somebody who knows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from disclosure_lint.checks.wording import numeral
from disclosure_lint.model.characters import Squeezed, squeeze
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.document import Heading, Table
from disclosure_lint.model.form import SectionForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Fact, NumberedLine, Report, Section
from disclosure_lint.model.source import Source, Span

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


_BEFORE = lazy_re_compile(r"[ \t\u3000]*(?:#{1,6}[ \t\u3000]*)?(?:(?:\*\*|__)[ \t\u3000]*)?")
_AFTER = lazy_re_compile(r"[ \t\u3000]*(?:(?:\*\*|__|#)[ \t#]*)?")
_UNDERLINE = lazy_re_compile(r" {0,3}(?:=+|-+)[ \t]*")


class HeadingLine(NamedTuple):
    """The line, or lines, of a heading that has them for itself."""

    start: int
    """Offset of the beginning of its line."""
    end: int
    """Offset of the end of its line."""
    before: str
    """What stands before the number: indent, hashes, the mark of bold text."""
    after: str
    """What stands behind the title."""
    broken: bool
    """Whether it goes over several lines."""
    spaced: bool
    """Whether a blank line follows it, as one should in Markdown."""
    last: bool
    """Whether no line follows it."""


def heading_line(report: Report, section: Section) -> HeadingLine | None:
    """Returns the line of a section's heading; None if other text shares it, or dashes below make it a heading."""
    source = report.document.source
    first, last = (source.line_of(offset) for offset in section.span)
    start, end = source.line_span(first).start, source.line_span(last).end
    before, after = source.text[start : section.span.start], source.text[section.span.end : end]
    if not (_BEFORE.fullmatch(before) and _AFTER.fullmatch(after)):
        return None
    following = source.slice(source.line_span(last + 1)) if last < source.line_count else ""
    if _UNDERLINE.fullmatch(following):
        return None
    return HeadingLine(start, end, before, after, last > first, not following.strip(), last == source.line_count)


def line_gap(report: Report, line: HeadingLine) -> str:
    """Returns what parts two paragraphs of a document: one line end, or two where blank lines are the custom."""
    return "\n\n" if report.document.format == "markdown" or line.spaced else "\n"


def indent_of(report: Report, section: Section) -> str:
    """Returns the white space that the first paragraph of a section begins with."""
    if not section.text:
        return ""
    source = report.document.source
    match = _INDENT.match(source.slice(source.line_span(source.line_of(section.text[0].start))))
    return match.group() if match else ""


def section_fix(report: Report, form: SectionForm, text: str) -> Fix | None:
    """Returns the fix that puts in a missing section, a heading like its neighbours' and `text` below it.

    None where its place is not clear: the others are out of order, a line with its number is there, or its
    neighbour's heading does not stand alone on its line.
    """
    sections = list(report.sections.values())
    numbers = [section.form.number for section in sections]
    if not sections or numbers != sorted(numbers) or _is_numbered(report, form):
        return None
    before = [section for section in sections if section.form.number < form.number]
    after = [section for section in sections if section.form.number > form.number]
    model = before[-1] if before else after[0]
    line = heading_line(report, model)
    if line is None or line.broken:
        return None
    gap = line_gap(report, line)
    title = f"{numeral(form.number)}、{form.title}"
    skeleton = f"{line.before}{title}{line.after}{gap}{indent_of(report, model)}{text}"
    edit = _placed(report, form, after, skeleton, gap)
    words = LocalizedText(f"插入“{title}”，内容待填", f"put in “{title}”, to be filled in")
    return Fix("unsafe", (edit,), words) if edit else None


def _is_numbered(report: Report, form: SectionForm) -> bool:
    return any(line.style == "一、" and line.number == form.number for line in report.numbered)


def _placed(report: Report, form: SectionForm, after: list[Section], skeleton: str, gap: str) -> Edit | None:
    """Returns the insertion before the section's table, if it is there, or the next section, or at the end."""
    source = report.document.source
    if any(table.form.section == form.id for table in report.tables.values()):
        at = _before_table(report, form)
    elif after:
        line = heading_line(report, after[0])
        at = line.start if line else None
    else:
        end = len(source.text.rstrip())
        return Edit(Span(end, end), gap + skeleton)
    return Edit(Span(at, at), skeleton + gap) if at is not None else None


def _before_table(report: Report, form: SectionForm) -> int | None:
    """Returns where the line of a section's table begins, if nothing else of the form stands in the same rows."""
    source = report.document.source
    start = min(table.span.start for table in report.tables.values() if table.form.section == form.id)
    ends = [table.span.end for table in report.tables.values() if table.span.end <= start]
    ends += [section.span.end for section in report.sections.values() if section.span.end <= start]
    for block in report.document.blocks:
        if isinstance(block, Table) and block.span.start <= start < block.span.end:
            return (
                source.line_span(source.line_of(block.span.start)).start
                if block.span.start > max(ends, default=-1)
                else None
            )
    return None


def sentence_fix(report: Report, section: Section, sentence: str) -> Fix | None:
    """Returns the fix that puts a sentence below a section's heading, where no signature can be in its way.

    None if the heading shares its line with other text, or if the sentence is there already.
    """
    line = heading_line(report, section)
    if line is None or squeeze(sentence) in report.prose(section.form.id).text:
        return None
    gap = line_gap(report, line)
    below = "\n" if len(gap) > 1 and not line.spaced and not line.last else ""
    edit = Edit(Span(line.end, line.end), f"{gap}{indent_of(report, section)}{sentence}{below}")
    return Fix("unsafe", (edit,), LocalizedText(f"插入“{sentence}”，请填写", f"put in “{sentence}”, to be filled in"))
