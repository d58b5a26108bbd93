"""The pipeline: read, bind, judge, postprocess.

What plugins and packs fail to do on the way is added to the failures; what plugins change in a result comes after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_lint.engine.postprocess import Judged, postprocess
from disclosure_lint.model.errors import NOT_A_REPORT, UnreadableError
from disclosure_lint.settings import Settings, selected

if TYPE_CHECKING:
    from disclosure_lint.engine.beside import Beside
    from disclosure_lint.engine.history import History
    from disclosure_lint.engine.notices import Failures
    from disclosure_lint.engine.steps import Steps
    from disclosure_lint.model.report import Report
    from disclosure_lint.model.result import FileResult


def opened(steps: Steps, name: str, data: bytes, settings: Settings, failures: Failures) -> Report | FileResult:
    """Returns the report that a file is; if it is none, what is to be said about it."""
    try:
        document = steps.read(name, data, failures)
    except UnreadableError as error:
        if error.event == NOT_A_REPORT:
            return steps.notices.not_a_report(name, settings)
        return steps.unreadable(name, error.zh, error.en, event=error.event, settings=settings)
    report = steps.bind(document, settings.form)
    return report or steps.notices.not_a_report(name, settings, document, steps.headings(document))


def judged(
    steps: Steps, name: str, report: Report, settings: Settings, history: History | Beside | None, failures: Failures
) -> FileResult:
    """Returns what is to be said about a report."""
    report, selection = steps.choose(report, settings)
    failures.add(*selection.failures)
    if history is not None:
        report = history.compared(name, report)
    for tell in steps.hooks.bound:
        failures.trying(lambda tell=tell: tell(report, name))  # type: ignore[misc]
    rules = selected(selection.rule_set.rules, settings, name)
    verdicts = tuple((rule, steps.verdict(rule, report, failures)) for rule in rules)
    result = postprocess(Judged(name, report, selection.rule_set, settings, history, verdicts), steps.rules)
    return result._replace(region=selection.region, region_reason=selection.reason)
