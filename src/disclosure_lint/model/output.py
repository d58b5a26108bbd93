"""Output formats: what they are told about the run, and what they offer."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from disclosure_lint.model.agency import AgencyPairing
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.rule import Rule

GENERATOR = '<meta name="generator" content="disclosure-lint">'
"""Stands in the head of each web page that a format writes: a page about a report is no report itself."""


def page_of(pages: str | None, code: str) -> str | None:
    """Returns the address of a rule's page, from one with `{code}` in it; None if there are no pages."""
    return pages.replace("{code}", code) if pages else None


class OutputStyle(NamedTuple):
    """How much to say, how, and to whom. Formats for programs heed only the language, the version and the rules."""

    lang: str = "zh"
    """`zh` or `en`."""
    version: str = "0"
    """Version of the tool."""
    color: bool = False
    links: bool = False
    """Whether a terminal shows links."""
    width: int = 100
    """Terminal cells of a line; only the excerpts of documents are cut to it."""
    quiet: bool = False
    """Only one line for each diagnostic."""
    verbose: bool = False
    """Also what was not checked, and why."""
    pictures: bool = False
    """Also the rows of tables in which something is wrong, under their headings."""
    only_reports: bool = False
    """No counts where no file was a report, as in a commit that is about something else."""
    statistics: bool = False
    """Also how often each code was reported."""
    utf8: bool = True
    """Whether every character arrives as it is; if not, formats that can escape characters do."""
    rules: Callable[[], Sequence[Rule]] = tuple
    """All rules that are loaded; complete when all results are there."""
    agencies: Callable[[], AgencyPairing] | None = None
    """Makes what tells the names of agencies that report, for formats that put their reports together."""
    rule_pages: str | None = None
    """Where the rules' pages are, with `{code}` for a rule's."""

    def say(self, zh: str, en: str) -> str:
        """Returns the text in the language of the output."""
        return en if self.lang == "en" else zh

    def page(self, code: str) -> str | None:
        """Returns the address of a rule's page; None if nobody said where they are."""
        return page_of(self.rule_pages, code)

    def link(self, text: str, code: str) -> str:
        """Returns the text as a link to a rule's page, if it has one and the terminal shows links."""
        page = self.page(code) if self.links else None
        return f"\033]8;;{page}\033\\{text}\033]8;;\033\\" if page else text

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


class Page(NamedTuple):
    """A file of an output that is a folder."""

    name: str
    """Its path in the folder, with forward slashes."""
    text: str


class FolderWriter(Protocol):
    """Writes one run as a folder: the pages of each result as soon as it is there."""

    def add(self, result: FileResult) -> Iterable[Page]:
        """Returns the pages about a file."""
        ...

    def finish(self) -> Iterable[Page]:
        """Returns the pages about all of them."""
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
