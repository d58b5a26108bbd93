"""`server`: the linter for editors, on standard input and output."""

import gc
import sys
from collections.abc import Sequence

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.failures import needed
from disclosure_lint.cli.language import Translator
from disclosure_lint.outputs.console import tell


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 0 when the editor has ended the server, 1 if it went away; UserError if the extra is not installed."""
    parser = CommandParser(
        "disclosure-lint server",
        say("[选项]", "[OPTIONS]"),
        say(
            "语言服务：编辑器启动它，经标准输入、输出和它交谈。",
            "The language server: an editor starts it and talks to it on standard input and output.",
        ),
        say,
    )
    parser.add_argument(
        "--stdio",
        action="store_true",
        help=say("经标准输入、输出（本来就是）", "on standard input and output (as it is anyway)"),
    )
    _, rest = parser.parse(words)
    if rest:
        parser.error(say(f"不认识“{rest[0]}”", f"unexpected “{rest[0]}”"))
    with needed("lsp", ("pygls", "lsprotocol"), "语言服务", "the language server", say):
        # Heavy, and not everybody has it.
        from disclosure_lint.lsp.server import run as serve
    if sys.stdin.isatty():
        tell(say("等待编辑器……（Ctrl-C 结束）", "waiting for an editor … (Ctrl-C ends)"))
    gc.enable()  # off for the sake of short runs, and this one may last for days
    return serve(say.lang if say.chosen else None)
