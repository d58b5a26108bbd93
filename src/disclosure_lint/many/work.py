"""What is done with one file, by whichever process: bytes of the file in, bytes of what is said about it out."""

from disclosure_lint.engine.comparing import collecting
from disclosure_lint.engine.history import Beside, Part, entry_of
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.session import LinterSet
from disclosure_lint.many.wire import encoded, encoded_entry
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.model.kind import Concluding
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.settings import Settings


class Work:
    """The jobs by name; each depends on nothing but what it is given, the packs and the plugins."""

    def __init__(self, linters: LinterSet):
        self._linters = linters
        self._last: tuple[Settings, list[tuple[Rule, Concluding]]] | None = None

    def entry(self, name: str, data: bytes, settings: Settings) -> bytes:
        """Returns what others need to know of a report; nothing if it cannot be read."""
        return self.remembered(name, data, settings)[0]

    def remembered(self, name: str, data: bytes, settings: Settings) -> tuple[bytes, Report | None]:
        """Returns the same, and the report if it is one."""
        linter = self._linter(settings)
        if self._last is None or self._last[0] != settings:  # which most files have in common
            self._last = settings, collecting(linter, settings)
        try:
            report = linter.bind(linter.read(name, data), settings.form)
        except (PluginError, UnreadableError):
            return b"", None
        return encoded_entry(report and entry_of(name, report, linter.pairing, self._last[1])), report

    def lint(self, name: str, data: bytes, settings: Settings, part: Part | None) -> bytes:
        """Returns the result of a file; `part` is what other reports say of its numbers, None for nothing."""
        linter = self._linter(settings)
        beside = part and Beside(part, {form.id: form for form in linter.forms})
        return encoded(linter.lint(name, data, settings, beside))

    def _linter(self, settings: Settings) -> Linter:
        return self._linters.of(settings.packs, convert=settings.convert)
