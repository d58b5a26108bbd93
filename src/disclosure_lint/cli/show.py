"""`show`: the text that line numbers refer to, what is recognised in it, or why its numbers are read so."""

from collections.abc import Sequence
from functools import partial

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.one_document import Pieces, parsed, printed
from disclosure_lint.cli.run_config import RunConfig
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.document import Document
from disclosure_lint.outputs.rendition import numbered, outline
from disclosure_lint.settings import Settings


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 1 if the file cannot be read, or has no outline because it is no report; else 0."""
    asked, shape = _parsed(words, say)
    return printed(asked, partial(_shown, shape, say), say)


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
    asked, options = parsed(parser, words)
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
    if shape == "outline":
        return lambda _: outline(report, say.lang)
    # Only where it is asked for.
    from disclosure_lint.outputs import trace

    traced = trace.trace(report, document.source.name, say.lang)
    if shape == "trace json":
        return lambda utf8: trace.render_json(traced, not utf8)
    return lambda _: trace.render_text(report, traced, say.lang)
