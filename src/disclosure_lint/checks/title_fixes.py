"""Fixes of section titles: the statutory wording instead of another one."""

from disclosure_lint.checks.wording import numeral
from disclosure_lint.model.characters import Squeezed, squeeze
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.report import Report, Section
from disclosure_lint.model.source import Span


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
