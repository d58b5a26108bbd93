"""Fixes of heading levels in Markdown."""

import re
from collections import Counter
from collections.abc import Sequence

from disclosure_lint.checks.edit_positions import HeadingLine, heading_line
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.document import Heading
from disclosure_lint.model.report import Report, Section
from disclosure_lint.model.source import Span

_MARK = re.compile("#{1,6}")
_INDENT = re.compile(r"[ \t\u3000]*")


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
