"""What is wrong, where, and what was judged."""

from enum import IntEnum
from typing import Literal, NamedTuple

from disclosure_lint.model.document import Location
from disclosure_lint.model.form import Law
from disclosure_lint.model.numbers import Relation, Statement
from disclosure_lint.model.personal import masked
from disclosure_lint.model.source import Span


class Severity(IntEnum):
    """How bad it is; comparable, `off` lowest."""

    off = 0
    info = 1
    warning = 2
    error = 3


class LocalizedText(NamedTuple):
    """A text in the languages that the tool speaks."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """Returns the text in `zh` or `en`."""
        return self.en if lang == "en" else self.zh


class Related(NamedTuple):
    """Another place that belongs to a finding."""

    span: Span
    message: LocalizedText


class Edit(NamedTuple):
    """A stretch of the source and what is to stand there instead."""

    span: Span
    """Empty where something is inserted."""
    text: str
    """Lines end with `\\n`; whoever applies it writes the line ends of the file."""


class Fix(NamedTuple):
    """How a finding can be mended, all of its edits together or none."""

    applicability: Literal["safe", "unsafe"]
    """`safe` changes no number and no statement; the other may, and somebody must look at it."""
    edits: tuple[Edit, ...]
    """In order; they do not overlap."""
    title: LocalizedText
    """What it does, as a command: 把标题改为“一、总体情况”."""


class Violation(NamedTuple):
    """An equation that does not hold."""

    relation: Relation
    where: LocalizedText
    """Which one: 表三「总计」列."""
    numbers: LocalizedText
    """Both sides as they are: 3 + 1 ≠ 3 + 0."""
    others: tuple[Relation, ...] = ()
    """Equations one of which may hold in its stead."""


class Suggestion(NamedTuple):
    """A number that would make equations hold."""

    cell: str
    """Address of the cell that should hold it."""
    value: int
    confidence: Literal["only", "likely", "possible"]
    """`only`: nothing else makes them hold with as few changes; `likely`: nothing else is nearly as plausible."""
    alternative: int = 1
    """Those with one number, from 1 in the order of plausibility, belong together."""


class Finding(NamedTuple):
    """What a check found: a place and the words for the rule's message. The rule adds code, severity and law."""

    span: Span
    values: dict[str, str | LocalizedText] = {}
    """What the placeholders of the message stand for."""
    variant: str | None = None
    """Which of the rule's variants of message and severity it is."""
    related: tuple[Related, ...] = ()
    cells: tuple[str, ...] = ()
    """Addresses of the numbers involved, the primary one first."""
    location: Location | None = None
    fix: Fix | None = None
    """How to mend it, where that is certain enough to be offered."""
    subject: tuple[str, ...] = ()
    """Ids of what is missing at the place, where those are no numbers."""
    violation: Violation | None = None
    """The equation that does not hold, where that is what was found."""
    without_number: bool = False
    """Whether there is no number in the cells, so that sums may say which ones belong there."""


class Verdict(NamedTuple):
    """How a rule ended for a report."""

    outcome: Literal["passed", "failed", "not_applicable", "undetermined"]
    findings: tuple[Finding, ...] = ()
    reason: LocalizedText | None = None
    """Why it was not (wholly) judged. A failed rule may carry one too: what else could not be checked."""
    statements: tuple[Statement, ...] = ()
    """What the rule has found the text to say of numbers, right or wrong."""


def not_applicable(zh: str, en: str) -> Verdict:
    """Returns that a report has nothing that a rule is about, or is not meant by it."""
    return Verdict("not_applicable", (), LocalizedText(zh, en))


class Diagnostic(NamedTuple):
    """One thing that is wrong, at one place."""

    path: str
    code: str
    name: str
    severity: Severity
    message: LocalizedText
    span: Span
    law: tuple[Law, ...] = ()
    related: tuple[Related, ...] = ()
    cells: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Codes of other rules that the same mistake breaks."""
    location: Location | None = None
    fix: Fix | None = None
    """How to mend it."""
    subject: tuple[str, ...] = ()
    """Ids of what is missing at the place, where those are no numbers."""
    violation: Violation | None = None
    """The equation that does not hold; None too where the mistake breaks several."""
    suggestions: tuple[Suggestion, ...] = ()
    """Which numbers would make the equations hold, the most plausible first."""
    brief: LocalizedText | None = None
    """The message without what stands in `related` too, for who shows both; None where that is all of it."""

    def masked(self) -> "Diagnostic":
        """Returns the same in words that show no person's number."""
        return self._replace(
            message=_masked(self.message),
            related=tuple([one._replace(message=_masked(one.message)) for one in self.related]),
            fix=self.fix and self.fix._replace(title=_masked(self.fix.title)),
            brief=self.brief and _masked(self.brief),
        )


def _masked(words: LocalizedText) -> LocalizedText:
    return LocalizedText(masked(words.zh), masked(words.en))
