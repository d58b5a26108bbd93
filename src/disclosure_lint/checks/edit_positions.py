"""Where a line of its own can be put into a document, and how such lines look there."""

import re
from typing import NamedTuple

from disclosure_lint.model.report import Report, Section

_BEFORE = re.compile(r"[ \t\u3000]*(?:#{1,6}[ \t\u3000]*)?(?:(?:\*\*|__)[ \t\u3000]*)?")
_AFTER = re.compile(r"[ \t\u3000]*(?:(?:\*\*|__|#)[ \t#]*)?")
_INDENT = re.compile(r"[ \t\u3000]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")


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
