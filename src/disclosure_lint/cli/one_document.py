"""What the commands have in common that are about one document, `show` and `claims`."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.discovery import STANDARD_INPUT, Look, Named, discover
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import read
from disclosure_lint.cli.run_config import RunConfig, run_config
from disclosure_lint.cli.streams import opened
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import why
from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import UnreadableError, UserError
from disclosure_lint.outputs.console import tell
from disclosure_lint.readers.unsupported import DOCUMENTS
from disclosure_lint.settings import Settings

Pieces = Callable[[bool], Iterable[str]]
"""Returns the output piece by piece, given whether it can hold every character."""
Shown = Callable[[Linter, Document, Settings], Pieces | None]
"""Returns what is to be printed of a document; None if it should be a report and is none."""


def parsed(parser: CommandParser, words: Sequence[str]) -> tuple[RunConfig, Namespace]:
    """Adds the options that say which document is meant, and how it is read; returns what is asked for."""
    say = parser.say
    sources.add_form(parser, say)
    sources.add_stdin_name(parser, say)
    sources.add_output_file(parser, say)
    sources.add_conversion(parser, say)
    sources.add_configuration(parser, say)
    options, paths = parser.parse(words)
    if len(paths) != 1:
        parser.error(say("要写一个文件", "exactly one file must be named"))
    return run_config(options, paths), options


def printed(asked: RunConfig, shown: Shown, say: Translator) -> int:
    """Prints what is shown of the document; returns 1 if it cannot be read, or is no report and should be, else 0."""
    linters = Linters(say, use_cache=asked.use_cache)
    (path,) = asked.paths
    name = asked.stdin_filename or path if path == STANDARD_INPUT else path
    settings = sources.settings_for(linters, asked, say, str(Path(name).parent))
    linter = linters.of(settings.packs, convert=settings.convert)
    try:
        pieces = shown(linter, _document(linter, path, name, say), settings)
    except UnreadableError as error:
        tell(f"{name}{say('：读不了：', ': cannot be read: ')}{say(error.zh, error.en)}")
        return 1
    if pieces is None:
        tell(f"{name}{say('：不是年度报告', ': not an annual report')}")
        return 1
    with opened(asked.output_file, say) as output:
        for piece in pieces(output.utf8):
            output.write(piece)
            if output.closed:
                break
    return 0


def _document(linter: Linter, path: str, name: str, say: Translator) -> Document:
    """Returns the document of a path; UserError if it is a folder, UnreadableError if it cannot be read."""
    if path != STANDARD_INPUT and Path(path).is_dir():
        raise UserError(say(f"这是文件夹，要写一个文件：{path}", f"this is a folder; name a file: {path}"))
    items = list(discover([Named(path)], lambda _: Look(DOCUMENTS), say))
    item = items[0] if len(items) == 1 and items[0].named else None
    if item is None:
        example = next((item.name for item in items), f"{path}/….docx")
        zh, en = f"这是压缩包，要写其中的一个文件，如：{example}", f"this is an archive; name a file in it: {example}"
        raise UserError(say(zh, en))
    try:
        return linter.read(name, read(item))
    except OSError as error:
        raise UnreadableError("unreadable", *why(error)) from None
