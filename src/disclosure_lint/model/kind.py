"""A kind of check: how rules of that kind are written, prepared and judged."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, runtime_checkable

from disclosure_lint.model.diagnostic import LocalizedText, Verdict
from disclosure_lint.model.entry import Numbers
from disclosure_lint.model.form import Form
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

NOT_COMPARED = LocalizedText(
    "一起检查的文件里没有可以对照的年报，或者说不准是哪一份",
    "no report to compare it with is among the files, or it is not certain which it is",
)
"""Why a rule that compares reports is not for one; with others it may be."""


class CompileContext(NamedTuple):
    """What the options of a rule may refer to."""

    forms: tuple[Form, ...]
    """The forms of the pack and of the one that it stands on."""
    vocabularies: dict[str, dict[str, Any]]
    """The pack's lists of patterns, by id, as written."""
    rule_forms: tuple[str, ...]
    """Ids of the forms that the rule is for: those that it names, else all."""

    def forms_of_rule(self) -> tuple[Form, ...]:
        """Returns the forms that the rule is for, in the pack's order."""
        return tuple(form for form in self.forms if form.id in self.rule_forms)


class CheckKind(Protocol):
    """What a rule names by its one table: `[rule.equation]`.

    It may have three attributes more: `version`, part of the key under which compiled packs are kept;
    `compiled_type`, what `compile` returns, best a TypedDict: the cache is believed only if it holds such data;
    `compares`, true if it looks at `report.previous`, `report.same` or `report.units`: then the files of a run are read
    beforehand. If it is a `Concluding` kind, it also keeps something of each report and looks at `report.concluded`; if
    it is one `ByNumbers`, most reports need not be looked at twice.
    """

    @property
    def kind(self) -> str:
        """The table's name."""
        ...

    @property
    def schema(self) -> dict[str, Any]:
        """JSON Schema of the options; may refer to the `$defs` of the rule schema: `{"$ref": "#/$defs/pattern"}`."""
        ...

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options prepared for `judge`, as JSON data.

        Raises UserError if they make no sense; its `column`, if set, counts in the option named `formula`.
        A PatternError is shown at the pattern it is about.
        """
        ...

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns how the rule ended for the report; `rule.options` is what `compile` returned."""
        ...


class Kept(NamedTuple):
    """What a kind of check keeps of a report that is in force."""

    path: str
    agency: str
    """The same for all names of an agency."""
    year: int
    data: Any
    """What `collect` returned: plain data, so that it can be sent and stored."""


@runtime_checkable
class Concluding(Protocol):
    """A kind of check that looks at many reports in two steps: it keeps little of each, then concludes from all."""

    def collect(self, rule: Rule, report: Report) -> Any:
        """Returns what to keep of a report, made of texts, whole numbers, bytes, tuples and None; None for nothing."""
        ...

    def conclude(self, rule: Rule, kept: Sequence[Kept]) -> Mapping[str, Any]:
        """Returns by path what `judge` is to find in `report.concluded` under the code of the rule."""
        ...


@runtime_checkable
class ByNumbers(Protocol):
    """A kind of check that compares reports and mostly tells by their numbers alone that all is well."""

    def by_numbers(self, rule: Rule, report: Numbers) -> Verdict | None:
        """Returns how the rule ends for a report that it is for; None if it must be judged by the report itself.

        That is so where something is found, for a finding has a place.
        """
        ...
