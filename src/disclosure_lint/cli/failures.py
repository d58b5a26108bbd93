"""What others are to blame for: plugins and packs that fail in a run, files and libraries that are not there."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType

from disclosure_lint.cli.language import Translator
from disclosure_lint.files.reading import why
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import PluginError, UserError
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


def cannot(say: Translator, zh: str, en: str, error: OSError, path: str) -> UserError:
    """Returns the error that something cannot be done with what is at a path, and why."""
    words = why(error)
    return UserError(say(f"{zh}：{words.zh}", f"{en}: {words.en}"), path)


@contextmanager
def needed(extra: str, libraries: tuple[str, ...], zh: str, en: str, say: Translator) -> Iterator[None]:
    """Raises UserError, saying how to install the extra, where one of its libraries is missing within the block.

    The words say what needs it.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in libraries:
            raise
        command = f"pip install '.[{extra}]'"
        raise UserError(
            say(
                f"{zh}要先安装：在 disclosure-lint 的源代码文件夹里运行 {command}",
                f"{en} must be installed first: {command} in the source folder",
            )
        ) from None


def workbooks(say: Translator) -> ModuleType:
    """Returns what writes Excel workbooks, `outputs.workbook`; UserError if its library is missing."""
    with needed("xlsx", ("xlsxwriter",), "写 Excel 工作簿用的库", "what writes Excel workbooks", say):
        # Not everybody has it, and hardly any run asks for it.
        from disclosure_lint.outputs import workbook
    return workbook
