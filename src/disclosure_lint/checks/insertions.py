"""Fixes that put something in: the skeleton of a missing section, a sentence that a section lacks.

All are unsafe: what they put in must be filled in by somebody who knows.
"""

from typing import NamedTuple

from disclosure_lint.checks.wording import numeral
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.document import Table
from disclosure_lint.model.form import SectionForm
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.report import Report, Section
from disclosure_lint.model.source import Span

_BEFORE = lazy_re_compile(r"[ \t\u3000]*(?:#{1,6}[ \t\u3000]*)?(?:(?:\*\*|__)[ \t\u3000]*)?")
_AFTER = lazy_re_compile(r"[ \t\u3000]*(?:(?:\*\*|__|#)[ \t#]*)?")
_INDENT = lazy_re_compile(r"[ \t\u3000]*")
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
