"""What a configuration accepts, beside the document."""

from disclosure_lint.model.accepted import AcceptedFinding
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.report import Report
from disclosure_lint.suppress.addresses import section_of
from disclosure_lint.suppress.comments import words_for


def names(waiver: AcceptedFinding, diagnostic: Diagnostic) -> bool:
    """Returns whether a waiver is about the rule of a diagnostic."""
    words = words_for(diagnostic)
    return any(code.lower() in words for code in waiver.codes)


def covers(waiver: AcceptedFinding, diagnostic: Diagnostic, report: Report | None) -> bool:
    """Returns whether a waiver that is for the file accepts a diagnostic: by code, and by cell or section if named."""
    if not names(waiver, diagnostic):
        return False
    if waiver.cell is not None and waiver.cell != next(iter(diagnostic.cells), None):
        return False
    return waiver.section is None or waiver.section == section_of(diagnostic, report)
