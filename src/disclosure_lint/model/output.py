"""Output formats: what they are told about the run, and what they offer."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule


class OutputStyle(NamedTuple):
    """How much to say, how, and to whom. Formats for programs heed only the language, the version and the rules."""

    lang: str = "zh"
    """`zh` or `en`."""
    version: str = "0"
    """Version of the tool."""
    color: bool = False
    width: int = 100
    """Terminal cells of a line; only the excerpts of documents are cut to it."""
    quiet: bool = False
    """Only one line for each diagnostic."""
    verbose: bool = False
    """Also what was not checked, and why."""
    pictures: bool = False
    """Also the rows of tables in which something is wrong, under their headings."""
    statistics: bool = False
    """Also how often each code was reported."""
    utf8: bool = True
    """Whether every character arrives as it is; if not, formats that can escape characters do."""
    rules: Callable[[], Sequence[Rule]] = tuple
    """All rules that are loaded; complete when all results are there."""

    def say(self, zh: str, en: str) -> str:
        """Returns the text in the language of the output."""
        return en if self.lang == "en" else zh

    def paint(self, text: str, colour: str) -> str:
        """Returns the text in a colour, if there are colours."""
        return f"\033[{colour}m{text}\033[0m" if self.color else text


class OutputWriter(Protocol):
    """Writes one run: it is given each result as soon as it is there, and need not keep it."""

    def start(self) -> str:
        """Returns what stands before the first result."""
        ...

    def add(self, result: FileResult) -> str:
        """Returns what is said about a file."""
        ...

    def finish(self) -> str:
        """Returns what ends the output."""
        ...


class OutputFormat(Protocol):
    """A format of `check`."""

    @property
    def name(self) -> str:
        """The word after `--format`."""
        ...

    def writer(self, style: OutputStyle) -> OutputWriter:
        """Returns a writer for one run."""
        ...
