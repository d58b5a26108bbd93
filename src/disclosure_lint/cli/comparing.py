"""What the reports of a run say of each other, gathered before the first is judged."""

from collections.abc import Sequence

from disclosure_lint.cli.converting import converted_ahead
from disclosure_lint.cli.discovery import STANDARD_INPUT, Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import read
from disclosure_lint.engine.history import History
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.settings import Settings, selected


def history(linters: Linters, files: Sequence[tuple[Input, Settings]], say: Translator) -> History | None:
    """Returns what all files say; None if nobody asks for it.

    Files that cannot be read are left to the run itself, which says why.
    """
    if not is_asked_for(linters, files):
        return None
    known = History()
    for item, settings in converted_ahead(linters, files, say):
        if item.path == STANDARD_INPUT:
            continue
        linter = linters.of(settings.packs, convert=settings.convert)
        try:
            # Not a pipe that is named: it can be read but once.
            data = read(item._replace(named=False))
            report = linter.bind(linter.read(item.name, data), settings.form)
        except (OSError, PluginError, UnreadableError):
            continue
        if report is not None:
            known.add(item.name, report)
            known.keep(item.name, data, report)
    return known


def is_asked_for(linters: Linters, files: Sequence[tuple[Input, Settings]]) -> bool:
    """Says whether a rule compares reports, or wrong numbers are looked for by last year's."""
    wishes = {id(settings): settings for _, settings in files}.values()
    return any(settings.trust == "previous" or _compares(linters, settings) for settings in wishes)


def _compares(linters: Linters, settings: Settings) -> bool:
    linter = linters.of(settings.packs, convert=settings.convert)
    return any(getattr(linter.checks[rule.kind], "compares", False) for rule in selected(linter.rules, settings, ""))
