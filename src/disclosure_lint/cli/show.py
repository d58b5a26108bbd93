"""`show`: the text that line numbers refer to, what is recognised in it, or why its numbers are read so."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.discovery import STANDARD_INPUT
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import document_of
from disclosure_lint.cli.run_config import RunConfig, run_config
from disclosure_lint.cli.streams import opened
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.rendition import numbered, outline
from disclosure_lint.settings import Settings

_Pieces = Callable[[bool], Iterator[str]]
"""Returns the output piece by piece, given whether it can hold every character."""


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 1 if the file cannot be read, or has no outline because it is no report; else 0."""
    asked, shape = _parsed(words, say)
    linters = Linters(say, use_cache=asked.use_cache)
    (path,) = asked.paths
    name = asked.stdin_filename or path if path == STANDARD_INPUT else path
    settings = sources.settings_for(linters, asked, say, str(Path(name).parent))
    linter = linters.of(settings.packs, convert=settings.convert)
    try:
        document = document_of(linter, path, name, say)
        shown = _shown(linter, document, settings, shape, say)
    except UnreadableError as error:
        tell(f"{name}{say('：读不了：', ': cannot be read: ')}{say(error.zh, error.en)}")
        return 1
    if shown is None:
        tell(f"{name}{say('：不是年度报告', ': not an annual report')}")
        return 1
    with opened(asked.output_file, say) as output:
        for piece in shown(output.utf8):
            output.write(piece)
            if output.closed:
                break
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
    parser.add_argument(
        "--form",
        metavar="auto|2021|…",
        help=say("用哪一年的表式，默认按年度", "the form to use, by default the year's"),
    )
    parser.add_argument(
        "--stdin-filename", metavar="NAME", help=say("给标准输入起的文件名", "the name for standard input")
    )
    parser.add_argument(
        "--output-file", metavar="FILE", help=say("结果写入这个文件（UTF-8）", "write the output to this file (UTF-8)")
    )
    sources.add_conversion(parser, say)
    sources.add_configuration(parser, say)
    options, paths = parser.parse(words)
    if len(paths) != 1:
        parser.error(say("要写一个文件", "exactly one file must be named"))
    if options.outline and options.trace:
        parser.error(say("--outline 和 --trace 只能写一个", "--outline and --trace exclude each other"))
    if options.format == "json" and not options.trace:
        parser.error(say("--format json 只用于 --trace", "--format json is for --trace only"))
    shape = "outline" if options.outline else f"trace {options.format}" if options.trace else "text"
    return run_config(options, paths), shape


def _shown(linter: Linter, document: Document, settings: Settings, shape: str, say: Translator) -> _Pieces | None:
    """Returns what writes the text, what is recognised in it, or why; None if that is asked for and it is no report."""
    if shape == "text":
        return lambda _: numbered(document.source)
    bound = linter.bind(document, settings.form)
    if bound is None:
        return None
    report = linter.choose(bound, settings)[0]
    if shape == "outline":
        return lambda _: outline(report, say.lang)
    # Only where it is asked for.
    from disclosure_lint.outputs import trace

    traced = trace.trace(report, document.source.name, say.lang)
    if shape == "trace json":
        return lambda utf8: trace.render_json(traced, not utf8)
    return lambda _: trace.render_text(report, traced, say.lang)
