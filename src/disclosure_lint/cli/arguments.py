"""Parsers of command lines: argparse that speaks two languages and lays out help in terminal cells."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NoReturn

from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.streams import opened
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.console import total_width, width

Options = argparse._ActionsContainer
"""A parser, or a group of its help: what options are added to."""
_WIDTH = 100
_HELP_AT = 32
"""Where the texts of options begin at the latest."""


class CommandParser(argparse.ArgumentParser):
    """The parser of one command; what is no option is a word for the command, wherever it stands."""

    def __init__(self, command: str, usage: str, description: str, say: Translator):
        """Takes the usage without the command, and who speaks."""
        super().__init__(
            prog=command,
            usage=f"{command} {usage}",
            description=description,
            formatter_class=lambda prog: _HelpFormatter(prog, say("用法：", "usage: ")),
            add_help=False,
            allow_abbrev=False,
            exit_on_error=False,
        )
        self._optionals.title = say("选项", "options")
        self.say = say

    def parse(self, words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
        """Returns the options and the other words; after `--`, none is an option.

        Raises UserError for a mistake, and SystemExit when the help was asked for and shown.
        """
        other = self.add_argument_group(self.say("其他", "other"))
        zh, en = "输出的语言，默认 zh", "language of the output, default zh"
        other.add_argument("--lang", choices=("zh", "en"), help=self.say(zh, en))
        other.add_argument("-h", "--help", action="help", help=self.say("显示这份帮助", "show this help and exit"))
        # Not parse_intermixed_args: that of Python 3.10 takes words after `--` for options.
        at = words.index("--") if "--" in words else len(words)
        try:
            options, rest = self.parse_known_args(words[:at])
        except argparse.ArgumentError as error:
            self.error(self._told(error))
        for word in rest:
            if word.startswith("-") and word != "-":
                self._fail_unknown(word)
        return options, [*rest, *words[at + 1 :]]

    def error(self, message: str) -> NoReturn:
        """Raises the UserError for a mistake in the command line."""
        raise UserError(message + self.say(f"（用法见 {self.prog} -h）", f" (see {self.prog} -h)"))

    def print_help(self, file: object = None) -> None:
        """Writes the help to standard output, whatever its encoding."""
        del file
        with opened(None, self.say) as output:
            output.write(self.format_help())

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            zh = f"没有“{value}”，可写 {'、'.join(action.choices)}"
            en = f"there is no “{value}”; write one of {', '.join(action.choices)}"
            raise argparse.ArgumentError(action, self.say(zh, en))

    def _told(self, error: argparse.ArgumentError) -> str:
        """Returns what argparse found wrong, in our language; what we raised ourselves is in it already."""
        name, message = error.argument_name, error.message
        ignored = "ignored explicit argument "
        if message == "expected one argument":
            return self.say(f"{name} 后面要写一个值", f"{name}: {message}")
        if message.startswith(ignored):
            return self.say(f"{name} 不带值，多写了 {message.removeprefix(ignored)}", f"{name}: {message}")
        return f"{name}{self.say('：', ': ')}{message}"

    def _fail_unknown(self, word: str) -> NoReturn:
        # Only where something is wrong.
        from difflib import get_close_matches

        name = word.partition("=")[0]
        near = get_close_matches(name, list(self._option_string_actions), n=1)
        hint = self.say(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ""
        self.error(self.say(f"没有 {name} 这个选项{hint}", f"there is no option {name}{hint}"))


def whole_number(say: Translator) -> Callable[[str], int]:
    """Returns what reads a number that is not negative."""

    def read(word: str) -> int:
        if not (word.isascii() and word.isdecimal() and len(word) < 10):
            sentence = say(f"“{word}”不是不小于 0 的整数", f"“{word}” is not a whole number, 0 or more")
            raise argparse.ArgumentTypeError(sentence)
        return int(word)

    return read


def comma_list(word: str) -> list[str]:
    """Returns the items of a comma list, for options with the action `extend`."""
    return [item.strip() for item in word.split(",") if item.strip()]


class _HelpFormatter(argparse.HelpFormatter):
    """Breaks lines by terminal cells, of which a Chinese character takes two; as wide on every terminal."""

    def __init__(self, prog: str, usage: str):
        super().__init__(prog, max_help_position=_HELP_AT, width=_WIDTH)
        self._usage = usage

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or self._usage)

    def _split_lines(self, text: str, width: int) -> list[str]:
        # Only where the help is shown.
        from textwrap import wrap

        return wrap(text, width) if text.isascii() else _broken(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in self._split_lines(text, width - len(indent)))


def _broken(text: str, limit: int) -> list[str]:
    """Returns the text in lines of so many terminal cells, broken between Chinese characters or at spaces."""
    lines = [""]
    for piece in re.findall(r"[!-~]+[，。；：、）]?|.", text):
        if total_width(lines[-1]) + sum(map(width, piece)) > limit:
            lines.append("")
        if lines[-1] or piece != " ":
            lines[-1] += piece
    return [line.rstrip() for line in lines]
