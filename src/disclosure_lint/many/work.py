"""What is done with one file, by whichever process: bytes of the file in, bytes of what is said about it out."""

from collections.abc import Sequence

from disclosure_lint.engine.history import Entry, History, entry
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.session import LinterSet
from disclosure_lint.many.wire import encoded, encoded_entry
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.model.report import Report
from disclosure_lint.settings import Settings


class Work:
    """The jobs by name; each depends on nothing but what it is given, the packs and the plugins."""

    def __init__(self, linters: LinterSet):
        self._linters = linters

    def entry(self, name: str, data: bytes, settings: Settings) -> bytes:
        """Returns what others need to know of a report; nothing if it cannot be read."""
        said, _ = remembered(self._linter(settings), name, data, settings)
        return said

    def lint(self, name: str, data: bytes, settings: Settings, part: Sequence[Entry] | None) -> bytes:
        """Returns the result of a file; `part` is what other reports say of its numbers, None if nobody asks."""
        linter = self._linter(settings)
        history = None if part is None else History.of(part, {form.id: form for form in linter.forms})
        return encoded(linter.lint(name, data, settings, history))

    def _linter(self, settings: Settings) -> Linter:
        return self._linters.of(settings.packs, convert=settings.convert)


def remembered(linter: Linter, name: str, data: bytes, settings: Settings) -> tuple[bytes, Report | None]:
    """Returns what others need to know of a file, nothing if it cannot be read, and the report if it is one."""
    try:
        report = linter.bind(linter.read(name, data), settings.form)
    except (PluginError, UnreadableError):
        return b"", None
    return encoded_entry(entry(name, report) if report else None), report
