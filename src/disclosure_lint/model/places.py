"""In which section, and which paragraph of it, something stands."""

from bisect import bisect_right

from disclosure_lint.model.document import Location, Table
from disclosure_lint.model.report import Report, Section


class Places:
    """Finds places of one report; made once, since a report may have thousands of them."""

    def __init__(self, report: Report):
        self._document = report.document
        sections = (*report.sections.values(), *report.repeated, *report.extra)
        self._sections = sorted(sections, key=lambda one: one.span)
        self._headings = [one.span.start for one in self._sections]
        self._paragraphs = [one.span for one in self._document.blocks if not isinstance(one, Table)]
        self._starts = [span.start for span in self._paragraphs]

    def section(self, offset: int) -> Section | None:
        """Returns the section in which an offset is, its heading included; a repeated or a further one too."""
        index = bisect_right(self._headings, offset) - 1
        return self._sections[index] if index >= 0 else None

    def paragraph(self, section: Section, offset: int) -> int | None:
        """Returns which paragraph below a section's heading an offset is in, from 1; None in the heading itself."""
        if offset < section.span.end:
            return None
        heading = bisect_right(self._starts, section.span.end - 1) - 1
        # A heading may begin the paragraph that it is above.
        runs_on = heading >= 0 and self._paragraphs[heading].end > section.span.end
        return bisect_right(self._starts, offset) - heading - (0 if runs_on else 1)

    def located(self, offset: int, location: Location | None) -> Location | None:
        """Returns where an offset is in the original, with its section; None if the format does not say."""
        location = location or self._document.location_at(offset)
        section = self.section(offset)
        if location is None or section is None:
            return location
        paragraph = None if location.table else self.paragraph(section, offset)
        return location._replace(section=section.form.number, section_paragraph=paragraph)
