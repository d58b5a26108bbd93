"""`claims`: every number of the text, and what became of it."""

from collections.abc import Sequence
from pathlib import Path

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.discovery import STANDARD_INPUT
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import document_of
from disclosure_lint.cli.run_config import RunConfig, run_config
from disclosure_lint.cli.streams import opened
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.outputs.claims import render_json, render_text
from disclosure_lint.outputs.console import tell


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 1 if the file cannot be read or is no report, else 0: a contradiction is no finding of this command."""
    asked, output_format = _parsed(words, say)
    linters = Linters(say, use_cache=asked.use_cache)
    (path,) = asked.paths
    name = asked.stdin_filename or path if path == STANDARD_INPUT else path
    settings = sources.settings_for(linters, asked, say, str(Path(name).parent))
    linter = linters.of(settings.packs, convert=settings.convert)
    try:
        bound = linter.bind(document_of(linter, path, name, say), settings.form)
    except UnreadableError as error:
        tell(f"{name}{say('：读不了：', ': cannot be read: ')}{say(error.zh, error.en)}")
        return 1
    if bound is None:
        tell(f"{name}{say('：不是年度报告', ': not an annual report')}")
        return 1
    report, _ = linter.choose(bound, settings)
    claims = report.claims.numbers
    with opened(asked.output_file, say) as output:
        if output_format == "json":
            pieces = render_json(report, name, claims, not output.utf8)
        else:
            pieces = render_text(report, claims, say.lang)
        for piece in pieces:
            output.write(piece)
            if output.closed:
                break
    return 0


def _parsed(words: Sequence[str], say: Translator) -> tuple[RunConfig, str]:
    parser = CommandParser(
        "disclosure-lint claims",
        say("[选项] 路径", "[OPTIONS] PATH"),
        say(
            "列出一个文件的文字里的每个数：和表格里哪一格一致或矛盾，或者为什么不比；- 是标准输入。",
            "Prints every number in the text of a document: which cell it agrees with or contradicts, or why it is not "
            "compared; - is standard input.",
        ),
        say,
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        help=say("输出格式，默认 text", "output format, default text"),
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
    return run_config(options, paths), options.format
