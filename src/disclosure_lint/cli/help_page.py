"""The help of a command, as text of a fixed width."""

import re
import textwrap
from collections.abc import Iterator, Sequence

from disclosure_lint.cli.arguments import Option
from disclosure_lint.cli.language import Translator
from disclosure_lint.outputs.width import total_width, width

_WIDTH = 100
_INDENT = 2
_HELP_AT = 32
"""Where the texts begin at the latest."""


def page(usage: str, description: str, groups: Sequence[tuple[str, Sequence[Option]]], say: Translator) -> str:
    """Returns the help with its last line end."""
    begin = min(max(len(_names(option)) for _, options in groups for option in options) + 2 * _INDENT, _HELP_AT)
    lines = [say("用法：", "usage: ") + usage, "", *_wrapped(description, _WIDTH)]
    for title, options in groups:
        if options:
            lines += ["", f"{title}:", *(line for option in options for line in _lines(option, begin))]
    return "".join(f"{line}\n" for line in lines)


def _names(option: Option) -> str:
    return ", ".join(f"{name} {option.metavar}".rstrip() for name in option.names)


def _lines(option: Option, begin: int) -> Iterator[str]:
    """Yields the lines of an option: its names, and beside them, or below long ones, what it does."""
    first, *others = _wrapped(option.help, _WIDTH - begin)
    names = " " * _INDENT + _names(option)
    if len(names) + _INDENT > begin:
        yield names
        names = ""
    yield names.ljust(begin) + first
    for line in others:
        yield " " * begin + line


def _wrapped(text: str, limit: int) -> list[str]:
    return textwrap.wrap(text, limit) if text.isascii() else _broken(text, limit)


def _broken(text: str, limit: int) -> list[str]:
    """Returns the text in lines of so many terminal cells, broken between Chinese characters or at spaces."""
    lines = [""]
    for piece in re.findall(r"[!-~]+[，。；：、）]?|.", text):
        if total_width(lines[-1]) + sum(map(width, piece)) > limit:
            lines.append("")
        if lines[-1] or piece != " ":
            lines[-1] += piece
    return lines
