"""Brings an output format: `--format counts`, a line for each file."""

from disclosure_lint import FileResult, OutputFormat, OutputStyle, OutputWriter, hookimpl


class CountsWriter:
    def start(self) -> str:
        return "findings\tfile\n"

    def add(self, result: FileResult) -> str:
        return f"{len(result.diagnostics)}\t{result.path}\n"

    def finish(self) -> str:
        return ""


class CountsFormat:
    name = "counts"

    def writer(self, style: OutputStyle) -> OutputWriter:
        return CountsWriter()


@hookimpl
def output_formats() -> list[OutputFormat]:
    return [CountsFormat()]
