"""What the reports of a run say of each other, gathered before the first is judged."""

from collections.abc import Iterable, Sequence

from disclosure_lint.cli.converting import converted_ahead
from disclosure_lint.cli.inputs import STANDARD_INPUT, Input, read
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters
from disclosure_lint.engine.beside import entry_of
from disclosure_lint.engine.comparing import collecting, compares, history_for
from disclosure_lint.engine.history import EntryStore, History
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.model.kind import Concluding
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings import Settings


def history(linters: Linters, files: Sequence[tuple[Input, Settings]], say: Translator) -> History | None:
    """Returns what all files say; None if nobody asks for it.

    Files that cannot be read are left to the run itself, which says why.
    """
    known = begun(linters, files)
    if known is None:
        return None
    rules: dict[int, list[tuple[Rule, Concluding]]] = {}
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
            if id(settings) not in rules:
                rules[id(settings)] = collecting(linter, settings)
            known.add(entry_of(item.name, report, linter.pairing, rules[id(settings)]), report.form)
            known.keep(item.name, data, report)
    return known


def begun(
    linters: Linters, files: Iterable[tuple[Input, Settings]], entries: EntryStore | None = None
) -> History | None:
    """Returns a history to which what the files say is to be added; None if nobody asks for it.

    `entries` are where the entries are, if they are not in memory.
    """
    wishes = _wishes(linters, files)
    if not any(compares(*one) for one in wishes):
        return None
    known = history_for(linters.of(), (settings for _, settings in wishes), entries)
    known.collecting(rule for one in wishes for rule in collecting(*one))
    return known


def is_asked_for(linters: Linters, files: Iterable[tuple[Input, Settings]]) -> bool:
    """Says whether a rule compares reports, or wrong numbers are looked for by last year's."""
    return any(compares(*one) for one in _wishes(linters, files))


def _wishes(linters: Linters, files: Iterable[tuple[Input, Settings]]) -> list[tuple[Linter, Settings]]:
    wishes = {id(settings): settings for _, settings in files}.values()
    return [(linters.of(one.packs, convert=one.convert), one) for one in wishes]
