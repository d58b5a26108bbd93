"""What the reports of a run say of the year after theirs, where that is to be trusted."""

from collections.abc import Sequence

from disclosure_lint.cli.discovery import STANDARD_INPUT, Input
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import read
from disclosure_lint.engine.previous_year import History
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.settings import Settings


def history(linters: Linters, files: Sequence[tuple[Input, Settings]]) -> History:
    """Returns what all files say; those that cannot be read are left to the run itself, which says why."""
    known = History()
    for item, settings in files:
        if item.path == STANDARD_INPUT:
            continue
        linter = linters.of(settings.packs, convert=settings.convert)
        # Not a pipe that is named: it can be read but once.
        once_more = item._replace(named=False)
        try:
            report = linter.bind(linter.read(item.name, read(once_more)), settings.form)
        except (OSError, PluginError, UnreadableError):
            continue
        if report is not None:
            known.add(report)
    return known
