"""What is done with one file, by whichever process: bytes of the file in, bytes of what is said about it out."""

from disclosure_lint.engine.comparing import collecting
from disclosure_lint.engine.history import Beside, Part, entry_of
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.session import LinterSet
from disclosure_lint.many import facts
from disclosure_lint.many.wire import encoded, encoded_entry
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.model.kind import Concluding
from disclosure_lint.model.report import Entry, Report
from disclosure_lint.model.rule import Rule
from disclosure_lint.outputs.fact_pieces import Wanted
from disclosure_lint.settings import Settings

LENGTH = 8
"""Bytes of the length of an entry before it."""


class _AtHand(Beside):
    """A report that was bound already; what is beside it names no form."""

    def __init__(self, report: Report, part: Part):
        super().__init__(part, {})
        self._report = report

    def take(self, _path: str, _data: bytes) -> Report:
        return self._report


class Work:
    """The jobs by name; each depends on nothing but what it is given, the packs and the plugins."""

    def __init__(self, linters: LinterSet):
        self._linters = linters
        self._last: tuple[Settings, list[tuple[Rule, Concluding]]] | None = None

    def entry(self, name: str, data: bytes, settings: Settings) -> bytes:
        """Returns what others need to know of a report; nothing if it cannot be read."""
        return self.remembered(name, data, settings)[0]

    def remembered(self, name: str, data: bytes, settings: Settings) -> tuple[bytes, Report | None, Part]:
        """Returns the same, the report if it is one, and what there is beside it if others have nothing to say."""
        linter = self._linter(settings)
        if self._last is None or self._last[0] != settings:  # which most files have in common
            self._last = settings, collecting(linter, settings)
        try:
            report = linter.bind(linter.read(name, data), settings.form)
        except (PluginError, UnreadableError):
            return b"", None, Part()
        entry = report and entry_of(name, report, linter.pairing, self._last[1])
        return encoded_entry(entry), report, nothing_beside(entry) if entry else Part()

    def both(self, name: str, data: bytes, settings: Settings) -> bytes:
        """Returns what others need to know of a report, and its result if there is nothing beside it."""
        entry, result = self.alone(name, data, settings)
        return len(entry).to_bytes(LENGTH, "big") + entry + result

    def alone(self, name: str, data: bytes, settings: Settings) -> tuple[bytes, bytes]:
        """Returns the two apart; no result if it is no report, or cannot be read."""
        entry, report, part = self.remembered(name, data, settings)
        if report is None:
            return entry, b""
        return entry, encoded(self._linter(settings).lint(name, data, settings, _AtHand(report, part)))

    def lint(self, name: str, data: bytes, settings: Settings, part: Part) -> bytes:
        """Returns the result of a file; `part` is what other reports say of its numbers."""
        linter = self._linter(settings)
        beside = Beside(part, {form.id: form for form in linter.forms})
        return encoded(linter.lint(name, data, settings, beside))

    def facts(self, name: str, data: bytes, settings: Settings, wanted: Wanted) -> bytes:
        """Returns what a file gives to `facts`."""
        return facts.encoded(facts.told_of(self._linter(settings), name, data, settings, wanted))

    def _linter(self, settings: Settings) -> Linter:
        return self._linters.of(settings.packs, convert=settings.convert)


def nothing_beside(entry: Entry) -> Part:
    """Returns the part of a history from which no rule concludes anything."""
    return Part(concluded=tuple((code, ()) for code, _ in entry.kept))


def parted(both: bytes) -> tuple[bytes, bytes]:
    """Returns the entry and the result that `both` returned."""
    end = LENGTH + int.from_bytes(both[:LENGTH], "big")
    return both[LENGTH:end], both[end:]
