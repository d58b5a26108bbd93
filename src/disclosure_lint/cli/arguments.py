"""Arguments of one command: argparse, with its mistakes and its help in our words."""

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from disclosure_lint.cli.language import Speaker
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.width import total_width, width

_HELP_WIDTH = 100
_TRANSLATIONS = (
    (r"argument (\S+?): not allowed with argument (\S+)", r"\1 和 \2 不能一起用"),
    (r"argument (\S+?): expected one argument", r"\1 后面要写一个值"),
    (r"argument (\S+?): ignored explicit argument (.*)", r"\1 不带值，多写了 \2"),
    (r"argument (\S+?): (.*)", r"\1：\2"),
)


class _Formatter(argparse.HelpFormatter):
    """Help of a fixed width, as asking for the terminal's costs imports; Chinese lines are broken at any character."""

    def __init__(self, prog: str, say: Speaker):
        super().__init__(prog, max_help_position=32, width=_HELP_WIDTH)
        self._say = say

    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, prefix or self._say("用法：", "usage: "))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return super()._split_lines(text, width) if text.isascii() else _broken(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        lines = [line for part in text.splitlines() for line in (self._split_lines(part, width) or [""])]
        return "\n".join(indent + line for line in lines)


class Arguments:
    """The options of one command; what is no option is a word for the command."""

    def __init__(self, command: str, usage: str, description: str, say: Speaker):
        self.say = say
        self._parser = _Parser(command, f"{command} {usage}", description, say)
        self._group: argparse._ArgumentGroup = self._parser.add_argument_group(say("选项", "options"))

    def group(self, title: str, description: str | None = None) -> None:
        """Begins a group of options in the help."""
        self._group = self._parser.add_argument_group(title, description)

    def switch(self, *names: str, help: str) -> None:
        """Adds an option without a value."""
        self._group.add_argument(*names, action="store_true", help=help)

    def value(self, name: str, metavar: str, help: str, type: Callable[[str], object] = str) -> None:
        """Adds an option with a value; None if it is not given."""
        self._group.add_argument(name, metavar=metavar, help=help, type=type)

    def choice(self, name: str, choices: Sequence[str], help: str, default: str | None = None) -> None:
        """Adds an option whose value is one of some words."""
        self._group.add_argument(
            name, metavar="|".join(choices), help=help, type=_one_of(choices, self.say), default=default
        )

    def lists(self, name: str, metavar: str, help: str) -> None:
        """Adds an option whose value is a comma list and which may be repeated; empty if it is not given."""
        self._group.add_argument(name, metavar=metavar, help=help, type=_items, action="extend", default=[])

    def repeated(self, name: str, metavar: str, help: str) -> None:
        """Adds an option with a value which may be repeated; empty if it is not given."""
        self._group.add_argument(name, metavar=metavar, help=help, action="append", default=[])

    def parse(self, words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
        """Returns the options and the other words, in whatever order they stand. Raises UserError for a mistake."""
        self.group(self.say("其他", "other"))
        self.choice("--lang", ("zh", "en"), self.say("输出的语言，默认 zh", "language of the output, default zh"))
        self._group.add_argument(
            "-h", "--help", action="help", help=self.say("显示这份帮助", "show this help and exit")
        )
        at = words.index("--") if "--" in words else len(words)
        options, rest = self._parser.parse_known_args(list(words[:at]))
        for word in rest:
            if word.startswith("-") and word != "-":
                self._parser.unknown_option(word)
        return options, [*rest, *words[at + 1 :]]

    def fail(self, message: str) -> NoReturn:
        """Raises the UserError for a mistake in the command line."""
        self._parser.error(message)


class _Parser(argparse.ArgumentParser):
    def __init__(self, prog: str, usage: str, description: str, say: Speaker):
        super().__init__(
            prog=prog,
            usage=usage,
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(prog, say),
        )
        self._say = say

    def error(self, message: str) -> NoReturn:
        if self._say.lang != "en":
            for english, chinese in _TRANSLATIONS:
                message, count = re.subn(f"{english}\\Z", chinese, message, count=1, flags=re.DOTALL)
                if count:
                    break
        else:
            message = message.removeprefix("argument ")
        hint = self._say(f"（用法见 {self.prog} -h）", f" (see {self.prog} -h)")
        raise UserError(message + hint)

    def unknown_option(self, word: str) -> NoReturn:
        # Only where something is wrong.
        from difflib import get_close_matches

        name = word.partition("=")[0]
        near = get_close_matches(name, list(self._option_string_actions), n=1)
        hint = self._say(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ""
        self.error(self._say(f"没有 {name} 这个选项{hint}", f"there is no option {name}{hint}"))


def whole_number(say: Speaker) -> Callable[[str], int]:
    """Returns what reads a number that is not negative."""

    def read(word: str) -> int:
        if not re.fullmatch("[0-9]{1,9}", word):
            raise argparse.ArgumentTypeError(
                say(f"“{word}”不是不小于 0 的整数", f"“{word}” is not a whole number, 0 or more")
            )
        return int(word)

    return read


def _one_of(choices: Sequence[str], say: Speaker) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in choices:
            raise argparse.ArgumentTypeError(
                say(
                    f"没有“{word}”，可写 {'、'.join(choices)}",
                    f"there is no “{word}”; write one of {', '.join(choices)}",
                )
            )
        return word

    return read


def _items(word: str) -> list[str]:
    return [item.strip() for item in word.split(",") if item.strip()]


def _broken(text: str, limit: int) -> list[str]:
    """Returns the text in lines of so many terminal cells, broken between Chinese characters or at spaces."""
    lines = [""]
    for piece in re.findall(r"[!-~]+[，。；：、）]?|.", text):
        if total_width(lines[-1]) + sum(map(width, piece)) > limit:
            lines.append("")
        if lines[-1] or piece != " ":
            lines[-1] += piece
    return lines
