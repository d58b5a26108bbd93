"""What configurations accept and is not there to be accepted: said at its place in the configuration."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from disclosure_lint.cli.inputs import Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters
from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file
from disclosure_lint.model.diagnostic import Finding
from disclosure_lint.model.result import AcceptedFinding, FileResult
from disclosure_lint.model.source import Source, Span
from disclosure_lint.settings import Settings, accepted, selected
from disclosure_lint.settings.files import table_of
from disclosure_lint.suppress.suppressions import covers

_WILD = frozenset("*?[")


class Acceptances:
    """Watches which `[[accept]]` of the configurations are of use in a run."""

    def __init__(
        self, linters: Linters, say: Translator, paths: Sequence[str], files: Sequence[tuple[Input, Settings]]
    ):
        """Takes the paths of the command line and the files that they come to."""
        self._linters = linters
        self._say = say
        self._open = {settings.file: settings for _, settings in files if settings.accept and settings.file}
        # Path.is_dir raises errors for paths that cannot be.
        folders = [path for path in paths or ["."] if self._open and os.path.isdir(path)]  # noqa: PTH112
        self._folders = [Path(folder).absolute() for folder in folders]
        self._used: set[tuple[str | None, int]] = set()
        self._idle: set[tuple[str | None, int]] = set()
        self._met: set[tuple[str | None, int]] = set()
        """Those that are for some file of the run, whether or not their rules were run on it."""

    def see(self, result: FileResult, settings: Settings) -> None:
        """Notes which of them are of use in a file, and which could have been and are not."""
        if not settings.accept:
            return
        ran = {entry.code for entry in result.ledger}
        hidden = [one.diagnostic for one in result.suppressed if one.by == "configuration"]
        for one in accepted(settings, result.path):
            key = (settings.file, one.number)
            self._met.add(key)
            if any(covers(one, diagnostic, result.outline) for diagnostic in hidden):
                self._used.add(key)
            elif any(self._is_about(one, code, settings) for code in ran):
                self._idle.add(key)

    def unused(self) -> Iterator[tuple[FileResult, Settings]]:
        """Returns what is to be said at each configuration."""
        for file, settings in self._open.items():
            unused = [one for one in settings.accept if self._is_unused(one, settings)]
            rules = selected(self._linters.of(settings.packs).rules, settings, file)
            rule = next((rule for rule in rules if rule.event == "unused-suppression"), None)
            if rule is None or not unused or (said := self._places(file, unused)) is None:
                continue
            source, places = said
            found = (
                rule.diagnostic(Finding(place, {"text": _text(one)}, "waiver"), file)
                for one, place in zip(unused, places, strict=True)
            )
            yield FileResult(file, "configuration", tuple(found), (), source), settings

    def _is_unused(self, one: AcceptedFinding, settings: Settings) -> bool:
        """Says whether it is certain that nothing is there to be accepted.

        One with a glob may be of use in files that were not looked at, unless all of the folder were.
        """
        key = (settings.file, one.number)
        if key in self._used:
            return False
        root = Path(settings.root or ".").absolute()
        one_file = "/" in one.path and not _WILD & set(one.path)
        if not any(root == folder or folder in root.parents for folder in self._folders):
            return one_file and key in self._idle
        return key in self._idle or (key not in self._met and not os.path.exists(root / one.path))  # noqa: PTH110

    def _is_about(self, one: AcceptedFinding, code: str, settings: Settings) -> bool:
        names = {rule.code: rule.name for rule in self._linters.of(settings.packs).rules}
        return any(code.startswith(word) or names.get(code) == word for word in one.codes)

    def _places(self, file: str, all_accepted: Sequence[AcceptedFinding]) -> tuple[Source, list[Span]] | None:
        """Returns where they stand; None if the configuration cannot be read any more, which may be a pipe."""
        # Places are looked for only where something is to be said of them.
        from disclosure_lint.packs.toml_files import parse_toml

        try:
            data = read_file(file, LARGEST_SETTINGS)
            source = Source(file, data.decode("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return None
        positions = parse_toml(file, data).positions
        spans = []
        for one in all_accepted:
            line, column = positions.key((*table_of(Path(file)), "accept", one.number))
            whole = source.line_span(line)
            spans.append(Span(whole.start + column - 1, whole.end))
        return source, spans


def _text(one: AcceptedFinding) -> str:
    place = [part for part in (one.cell, one.section) if part]
    return " ".join([one.path, *one.codes, *place])
