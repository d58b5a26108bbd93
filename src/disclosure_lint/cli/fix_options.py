"""The options of `check` that change files, show how they would be changed, or write copies with notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.inputs import STANDARD_INPUT, Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import RunConfig
from disclosure_lint.outputs.console import tell
from disclosure_lint.settings import Settings

if TYPE_CHECKING:
    from disclosure_lint.cli.annotating import Annotating
    from disclosure_lint.cli.fixing import Fixing
    from disclosure_lint.cli.run_config import Linters


def add_options(parser: CommandParser) -> None:
    """Adds the options."""
    say = parser.say
    fixes = parser.add_argument_group(say("修正", "fixes"))
    fixes.add_argument(
        "--fix",
        action="store_true",
        help=say("把能稳妥修正的改好，写回文件", "mend what can be mended safely, in the files"),
    )
    zh = "也做要人核对、填写的修正（补缺的部分等）"
    en = "also fixes that somebody must look at and fill in"
    fixes.add_argument("--unsafe-fixes", action="store_true", help=say(zh, en))
    fixes.add_argument(
        "--diff", action="store_true", help=say("只显示会怎么改，不动文件", "only show what would change")
    )

    zh = "在 DIR 里另存带批注的副本，原文件不动"
    en = "write copies with a comment at each finding to DIR; the files themselves stay as they are"
    fixes.add_argument("--annotate", metavar="DIR", help=say(zh, en))


def annotating(
    asked: RunConfig, files: Sequence[tuple[Input, Settings]], linters: Linters, say: Translator
) -> Annotating | None:
    """Returns what writes copies with notes; None if it is not asked for. Raises UserError if there can be none."""
    if asked.annotate is None:
        return None
    # Only a run that writes copies needs it.
    from disclosure_lint.cli.annotating import Annotating

    return Annotating(asked, files, linters, say)


def fixing(asked: RunConfig, files: Sequence[tuple[Input, Settings]], say: Translator) -> Fixing | None:
    """Returns what mends the files of a run; None if it is not asked for."""
    if not (asked.fix or asked.diff):
        if asked.unsafe_fixes:
            zh = "--unsafe-fixes 要和 --fix 或 --diff 一起用，这次没有修正"
            tell(say(zh, "--unsafe-fixes goes with --fix or --diff; nothing is fixed now"))
        return None
    # Only a run that fixes needs it.
    from disclosure_lint.cli.fixing import Fixing

    filters = any(item.path == STANDARD_INPUT for item, _ in files)
    return Fixing(say, unsafe=asked.unsafe_fixes, shows=asked.diff, filters=filters and not asked.diff)
