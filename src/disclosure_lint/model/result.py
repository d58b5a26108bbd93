"""What linting a file gave: the diagnostics, and for every rule how it ended."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText
from disclosure_lint.model.document import Location
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.report import Outline, Report
from disclosure_lint.model.source import Source, Span


class RuleOutcome(NamedTuple):
    """How one selected rule ended for one file."""

    code: str
    verdict: Literal["passed", "failed", "not_applicable", "undetermined"]
    reason: LocalizedText | None = None
    """Why it was not, or not wholly, judged."""


class AcceptedFinding(NamedTuple):
    """A finding that is left as it is in some files, for a reason: where the document itself cannot say so."""

    path: str
    """Glob of the files, relative to the configuration."""
    codes: tuple[str, ...]
    """Codes, prefixes of codes or names of rules."""
    reason: str
    cell: str | None = None
    """Name of the number that the finding is about; None for any place."""
    section: str | None = None
    """Id of the section that it is in; None for any place."""
    number: int = 0
    """Which of the configuration's list it is, from 0."""


class Suppressed(NamedTuple):
    """A diagnostic that was found and is not reported."""

    diagnostic: Diagnostic
    kind: Literal["inSource", "external"]
    """Whether the document itself asks for silence, or something beside it."""
    by: Literal["comment", "configuration", "baseline"]
    reason: str | None = None
    """Why, in the words of who asked for it."""


class PluginFailure(NamedTuple):
    """What a plugin or a rule pack should have done for a file and did not, because it failed."""

    owner: str
    """The plugin by the name of its entry point, or the pack by its id."""
    reason: LocalizedText
    """What failed and how."""
    code: str | None = None
    """The rule that was not judged therefore; None if it was no rule."""


PlaceKey = tuple[Span, Location | None, str]
"""What a place is named by: where it is, where in the original, and the address of the cell that is meant."""


class RowShown(NamedTuple):
    """A row of a statutory table as outputs show it."""

    label: str
    cells: tuple[str, ...]
    """Names of its numbers."""
    headings: tuple[str, ...]
    """Labels of their columns."""
    numbers: tuple[str, ...]
    """What stands in them."""


class Told(NamedTuple):
    """What is said of a report that is in another process, or was read in another run."""

    outline: Outline
    words: Mapping[PlaceKey, LocalizedText]
    """What the places are called that findings name."""
    rows: Mapping[str, RowShown]
    """Those in which something is wrong, by the name of the number that a finding names first."""


class Brief(NamedTuple):
    """What of a result is needed to count; the fields are those of `FileResult`."""

    path: str
    status: str
    agency: str | None
    year: int | None
    ledger: tuple[RuleOutcome, ...]
    diagnostics: tuple[tuple[str, str, str], ...]
    """Code, name and severity of each."""
    suppressed: int
    """How many."""
    failures: tuple[PluginFailure, ...]


class FileResult(NamedTuple):
    """Everything that is said about one file."""

    path: str
    status: Literal["linted", "unreadable", "not_a_report", "configuration"]
    """`configuration` for a configuration file of which something is to be said; it is no report and counts as none."""
    diagnostics: tuple[Diagnostic, ...]
    """In the order of their places."""
    ledger: tuple[RuleOutcome, ...]
    """One entry for every rule that was selected."""
    source: Source | None = None
    """The text rendition that the spans refer to; None if the file could not be decoded."""
    report: Report | None = None
    """None if the file is unreadable or no report."""
    region: str | None = None
    """Id of the regional pack that applied, the most local one; None if none did."""
    region_reason: LocalizedText | None = None
    """Why that one, or why none; None if no regional pack is loaded."""
    fixed: int = 0
    """How many findings were mended before this result."""
    suppressed: tuple[Suppressed, ...] = ()
    """What was found and is not reported, in the order of their places."""
    failures: tuple[PluginFailure, ...] = ()
    """What plugins and packs failed to do; each is a finding (DL007) too, and the exit status is 2."""
    told: Told | None = None
    """What stands for the report where that is not at hand: it was read by another process, or in another run."""

    @property
    def outline(self) -> Outline | None:
        """What outputs say of the report; None if there is none."""
        if self.told:
            return self.told.outline
        return self.report.outline if self.report else None

    @property
    def brief(self) -> Brief:
        """What is needed to count."""
        outline = self.outline
        return Brief(
            self.path,
            self.status,
            outline.agency if outline else None,
            outline.year if outline else None,
            self.ledger,
            tuple((one.code, one.name, one.severity.name) for one in self.diagnostics),
            len(self.suppressed),
            self.failures,
        )


class Difference(NamedTuple):
    """A cell of a government's report beside the sum over its units."""

    cell: Address
    name: LocalizedText
    """The cell in words."""
    own: Number
    sum: Number


class Scope(NamedTuple):
    """Whose numbers a government reports, as far as the reports of its units tell."""

    agency: str
    year: int
    path: str
    fits: Literal["units", "more", "alone", "unclear", "unknown"]
    """Those of all its units, or of all but one; these and more; its own alone; neither; unknown where all are 0."""
    units: int
    """How many units there are."""
    lacking: tuple[str, ...]
    """Those of which there is no report, or two that differ."""
    left_out: tuple[str, ...]
    """Those without one of which the sum fits, where it does not with all."""
    cells: int
    """How many cells could be compared."""
    equal: int
    """How many of these are the sum."""
    differences: tuple[Difference, ...]
    """The greatest ones."""
