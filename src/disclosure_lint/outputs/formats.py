"""The formats that ship with the tool, each imported only when it is asked for."""

from collections.abc import Iterable, Iterator
from importlib import import_module

from disclosure_lint.model.output import FolderWriter, OutputStyle, OutputWriter
from disclosure_lint.model.result import FileResult


class BuiltInFormat:
    """A format, by the class that writes it."""

    def __init__(self, name: str, module: str, writer: str = "Writer", *, shows_reports: bool = False):
        """Takes the word after `--format`, the module in this package, and its class."""
        self.name = name
        self.shows_reports = shows_reports
        """Whether it shows more of a report than is told of it: it must be at hand."""
        self._module = module
        self._writer = writer

    def writer(self, style: OutputStyle) -> OutputWriter:
        """Returns a writer for one run."""
        made: OutputWriter = getattr(import_module(f"disclosure_lint.outputs.{self._module}"), self._writer)(style)
        return made

    def folder_writer(self, style: OutputStyle) -> FolderWriter | None:
        """Returns a writer for a run whose output is a folder; None if the format is one file."""
        found = getattr(import_module(f"disclosure_lint.outputs.{self._module}"), "FolderWriter", None)
        made: FolderWriter | None = found(style) if found else None
        return made


BUILT_IN = (
    BuiltInFormat("text", "text"),
    BuiltInFormat("json", "json_output"),
    BuiltInFormat("jsonl", "json_output", "LinesWriter"),
    BuiltInFormat("sarif", "sarif"),
    BuiltInFormat("github", "github"),
    BuiltInFormat("gitlab", "gitlab"),
    BuiltInFormat("junit", "junit"),
    BuiltInFormat("rdjson", "rdjson"),
    BuiltInFormat("rdjsonl", "rdjson", "LinesWriter"),
    BuiltInFormat("checkstyle", "checkstyle"),
    BuiltInFormat("html", "html", shows_reports=True),
)


def rendered(writer: OutputWriter, results: Iterable[FileResult]) -> Iterator[str]:
    """Returns the whole output of a writer piece by piece."""
    yield writer.start()
    for result in results:
        yield writer.add(result)
    yield writer.finish()
