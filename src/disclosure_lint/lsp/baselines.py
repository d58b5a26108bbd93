"""Known mistakes, which an editor does not show either."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from disclosure_lint.files.reading import LARGEST_BASELINE, read_file, why
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import FileResult
from disclosure_lint.suppress.baseline import BaselineEntry, Key, Matching, Say, parsed, relative_to


class Baseline(NamedTuple):
    """The file of known mistakes that a configuration names."""

    folder: str
    entries: dict[str, dict[Key, BaselineEntry]]
    """By path: a keystroke asks for one file, and an archive has thousands."""

    @classmethod
    def read(cls, path: Path, say: Say) -> Baseline:
        """Returns what a file lists. Raises UserError with the place of a mistake in it."""
        try:
            data = read_file(path, LARGEST_BASELINE)
        except OSError as error:
            words = why(error)
            sentence = say(f"基线读不了：{words.zh}", f"cannot read the baseline: {words.en}")
            raise UserError(sentence, str(path)) from None
        entries: dict[str, dict[Key, BaselineEntry]] = {}
        for key, known in parsed(str(path), data, say).items():
            entries.setdefault(key.path, {})[key] = known
        return cls(str(path.absolute().parent), entries)

    def apply(self, result: FileResult) -> FileResult:
        """Returns a result without what is known."""
        entries = self.entries.get(relative_to(self.folder, result.path))
        return Matching(entries, self.folder).apply(result) if entries else result
