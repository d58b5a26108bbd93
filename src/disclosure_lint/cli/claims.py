"""`claims`: every number of the text, and what became of it."""

from collections.abc import Sequence

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.show import Pieces, document_options, print_document
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.document import Document
from disclosure_lint.outputs.facts import render_claims_json, render_claims_text
from disclosure_lint.settings import Settings


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 1 if the file cannot be read or is no report, else 0: a contradiction is no finding of this command."""
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
    asked, options = document_options(parser, words)

    def shown(linter: Linter, document: Document, settings: Settings) -> Pieces | None:
        bound = linter.bind(document, settings.form)
        if bound is None:
            return None
        report, _ = linter.choose(bound, settings)
        claims = report.claims.numbers
        if options.format == "json":
            return lambda utf8: render_claims_json(report, document.source.name, claims, not utf8)
        return lambda _: render_claims_text(report, claims, say.lang)

    return print_document(asked, shown, say)
