"""What plugins and packs failed to do in a run: said once for each of them on standard error."""

from collections.abc import Iterable

from disclosure_lint.cli.language import Translator
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import PluginError
from disclosure_lint.model.result import PluginFailure
from disclosure_lint.outputs.console import tell


class Failures:
    """Counts the failures of each plugin and keeps the first."""

    def __init__(self) -> None:
        self._first: dict[str, LocalizedText] = {}
        self._counts: dict[str, int] = {}

    def __bool__(self) -> bool:
        """Whether something failed: then the exit status is 2."""
        return bool(self._first)

    def add(self, failures: Iterable[PluginFailure]) -> None:
        """Counts the failures of a file in."""
        for failure in failures:
            self._first.setdefault(failure.owner, failure.reason)
            self._counts[failure.owner] = self._counts.get(failure.owner, 0) + 1

    def caught(self, error: PluginError) -> None:
        """Counts in what failed outside the linting of a file."""
        self.add([PluginFailure(error.owner, LocalizedText(error.zh, error.en))])

    def say(self, say: Translator) -> None:
        """Says each plugin's first failure, and how many more there were."""
        for owner, reason in self._first.items():
            more = self._counts[owner] - 1
            zh, en = (f"（另有 {more} 次）", f" (and {more} more times)") if more else ("", "")
            tell(say(f"错误：{reason.zh}{zh}", f"error: {reason.en}{en}"))
