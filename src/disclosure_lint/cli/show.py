"""`show`: the text that line numbers refer to, what is recognised in it, or why its numbers are read so."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.inputs import STANDARD_INPUT, Look, Named, discover, read
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters, RunConfig, run_config
from disclosure_lint.cli.streams import opened, write_all
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import why
from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import UnreadableError, UserError
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.rendition import numbered, outline
from disclosure_lint.readers.unsupported import DOCUMENTS
from disclosure_lint.settings import Settings

Pieces = Callable[[bool], Iterable[str]]
"""Returns the output piece by piece, given whether it can hold every character."""
Shown = Callable[[Linter, Document, Settings], Pieces | None]
"""Returns what is to be printed of a document; None if it should be a report and is none."""


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 1 if the file cannot be read, or has no outline because it is no report; else 0."""
    asked, shape = _parsed(words, say)
    return print_document(asked, partial(_shown, shape, say), say)


def document_options(parser: CommandParser, words: Sequence[str]) -> tuple[RunConfig, Namespace]:
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


def print_document(asked: RunConfig, shown: Shown, say: Translator) -> int:
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
        write_all(output, pieces(output.utf8))
    return 0


def _parsed(words: Sequence[str], say: Translator) -> tuple[RunConfig, str]:
    parser = CommandParser(
        "disclosure-lint show",
        say("[选项] 路径", "[OPTIONS] PATH"),
        say(
            "显示一个文件带行号的文字，检查结果里的行号就是这些行；- 是标准输入。",
            "Prints the text of a document with the line numbers that diagnostics refer to; - is standard input.",
        ),
        say,
    )
    parser.add_argument(
        "--outline",
        action="store_true",
        help=say("显示识别出的标题、章节和表格", "print the matched title, sections and tables"),
    )
    parser.add_argument(
        "--trace",
        action="store_true",
        help=say("显示每一行、每一列的数是怎样认定的", "print why each row and column was bound as it is"),
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        help=say("--trace 的输出格式，默认 text", "output format of --trace, default text"),
        default="text",
    )
    asked, options = document_options(parser, words)
    if options.outline and options.trace:
        parser.error(say("--outline 和 --trace 只能写一个", "--outline and --trace exclude each other"))
    if options.format == "json" and not options.trace:
        parser.error(say("--format json 只用于 --trace", "--format json is for --trace only"))
    shape = "outline" if options.outline else f"trace {options.format}" if options.trace else "text"
    return asked, shape


def _shown(shape: str, say: Translator, linter: Linter, document: Document, settings: Settings) -> Pieces | None:
    """Returns what writes the text, what is recognised in it, or why; None if that is asked for and it is no report."""
    if shape == "text":
        return lambda _: numbered(document.source)
    bound = linter.bind(document, settings.form)
    if bound is None:
        return None
    report = linter.choose(bound, settings)[0]
    style = OutputStyle(say.lang)
    if shape == "outline":
        return lambda _: outline(report, style)
    # Only where it is asked for.
    from disclosure_lint.outputs import trace

    traced = trace.trace(report, document.source.name, style)
    if shape == "trace json":
        return lambda utf8: trace.render_json(traced, not utf8)
    return lambda _: trace.render_text(report, traced, style)


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
