"""The options of one command, and what a command line says of them.

Not argparse: to load it and set it up takes longer than to lint a report.
"""

from collections.abc import Callable, Iterator, Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple, NoReturn

from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.streams import opened
from disclosure_lint.model.errors import UserError


class Options(SimpleNamespace):
    """The values of a command's options, by their names without the dashes."""


class Option(NamedTuple):
    """What a command takes."""

    names: tuple[str, ...]
    """The long one last."""
    metavar: str
    """Stands for the value in the help; empty for a switch."""
    help: str
    read: Callable[[str], Any]
    """Returns the value of a word; raises ValueError with what is wrong."""
    default: Any = None
    gathers: bool = False
    """Whether it may be repeated, each value being a list."""

    @property
    def key(self) -> str:
        """Its name among the `Options`."""
        return self.names[-1].removeprefix("--").replace("-", "_")


class Arguments:
    """The options of one command; what is no option is a word for the command."""

    def __init__(self, command: str, usage: str, description: str, say: Translator):
        self.say = say
        self._command = command
        self._usage = f"{command} {usage}"
        self._description = description
        self._groups: list[tuple[str, list[Option]]] = []
        self._by_name: dict[str, Option] = {}
        self.group(say("选项", "options"))

    def group(self, title: str) -> None:
        """Begins a group of options in the help."""
        self._groups.append((title, []))

    def switch(self, *names: str, help: str) -> None:
        """Adds an option without a value."""
        self._add(Option(names, "", help, bool, default=False))

    def value(self, name: str, metavar: str, help: str, type: Callable[[str], object] = str) -> None:
        """Adds an option with a value; None if it is not given."""
        self._add(Option((name,), metavar, help, type))

    def choice(self, name: str, choices: Sequence[str], help: str, default: str | None = None) -> None:
        """Adds an option whose value is one of some words."""
        self._add(Option((name,), "|".join(choices), help, _one_of(choices, self.say), default))

    def lists(self, name: str, metavar: str, help: str) -> None:
        """Adds an option whose value is a comma list and which may be repeated; empty if it is not given."""
        self._add(Option((name,), metavar, help, _items, gathers=True))

    def repeated(self, name: str, metavar: str, help: str) -> None:
        """Adds an option with a value which may be repeated; empty if it is not given."""
        self._add(Option((name,), metavar, help, lambda word: [word], gathers=True))

    def _add(self, option: Option) -> None:
        self._groups[-1][1].append(option)
        self._by_name.update(dict.fromkeys(option.names, option))

    def parse(self, words: Sequence[str]) -> tuple[Options, list[str]]:
        """Returns the options and the other words, in whatever order they stand; after `--`, none is an option.

        Raises UserError for a mistake, and SystemExit when the help was asked for and shown.
        """
        self.group(self.say("其他", "other"))
        self.choice("--lang", ("zh", "en"), self.say("输出的语言，默认 zh", "language of the output, default zh"))
        self.switch("-h", "--help", help=self.say("显示这份帮助", "show this help and exit"))
        known = dict.fromkeys(self._by_name.values())
        options = Options(**{option.key: [] if option.gathers else option.default for option in known})
        at = words.index("--") if "--" in words else len(words)
        rest: list[str] = []
        given = iter(words[:at])
        for word in given:
            option, attached = self._option(word)
            if option is None:
                rest.append(word)
            elif option.metavar:
                self._enter(options, option, self._value(option, attached, given))
            else:
                self._turn_on(options, option, attached, clustered=not word.startswith("--"))
        for word in rest:
            if word.startswith("-") and word != "-":
                self._fail_unknown(word)
        return options, [*rest, *words[at + 1 :]]

    def _option(self, word: str) -> tuple[Option | None, str | None]:
        """Returns the option that a word is, with what is attached to it: --format=json, -qv."""
        if word in self._by_name:
            return self._by_name[word], None
        name, equals, value = word.partition("=")
        if equals and name in self._by_name:
            return self._by_name[name], value
        short = word[:2]
        return (self._by_name[short], word[2:]) if short in self._by_name else (None, None)

    def _value(self, option: Option, attached: str | None, given: Iterator[str]) -> str:
        value = next(given, None) if attached is None else attached
        if value is None or (attached is None and self._is_option(value)):
            name = option.names[-1]
            self.fail(self.say(f"{name} 后面要写一个值", f"{name}: expected one argument"))
        return value

    def _is_option(self, word: str) -> bool:
        """Says whether a word in the place of a value is meant as an option; a number or a sentence is not."""
        if not word.startswith("-") or word == "-":
            return False
        return self._option(word)[0] is not None or not (" " in word or word[1:].replace(".", "", 1).isdecimal())

    def _enter(self, options: Options, option: Option, word: str) -> None:
        try:
            value = option.read(word)
        except ValueError as error:
            name = "/".join(option.names)
            self.fail(self.say(f"{name}：{error}", f"{name}: {error}"))
        setattr(options, option.key, [*getattr(options, option.key), *value] if option.gathers else value)

    def _turn_on(self, options: Options, option: Option, attached: str | None, *, clustered: bool) -> None:
        following = self._by_name.get(f"-{attached[:1]}") if attached and clustered else None
        if attached is not None and (following is None or following.metavar):
            name = "/".join(option.names)
            self.fail(
                self.say(f"{name} 不带值，多写了 {attached!r}", f"{name}: ignored explicit argument {attached!r}")
            )
        if option.key == "help":
            # Only where it is asked for.
            from disclosure_lint.cli.help_page import page

            with opened(None, self.say) as output:
                output.write(page(self._usage, self._description, self._groups, self.say))
            raise SystemExit(0)
        setattr(options, option.key, True)
        if following and attached:
            self._turn_on(options, following, attached[1:] or None, clustered=True)

    def fail(self, message: str) -> NoReturn:
        """Raises the UserError for a mistake in the command line."""
        command = self._command
        raise UserError(message + self.say(f"（用法见 {command} -h）", f" (see {command} -h)"))

    def _fail_unknown(self, word: str) -> NoReturn:
        # Only where something is wrong.
        from difflib import get_close_matches

        name = word.partition("=")[0]
        near = get_close_matches(name, list(self._by_name), n=1)
        hint = self.say(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ""
        self.fail(self.say(f"没有 {name} 这个选项{hint}", f"there is no option {name}{hint}"))


def whole_number(say: Translator) -> Callable[[str], int]:
    """Returns what reads a number that is not negative."""

    def read(word: str) -> int:
        if not (word.isascii() and word.isdecimal() and len(word) < 10):
            raise ValueError(say(f"“{word}”不是不小于 0 的整数", f"“{word}” is not a whole number, 0 or more"))
        return int(word)

    return read


def _one_of(choices: Sequence[str], say: Translator) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in choices:
            zh = f"没有“{word}”，可写 {'、'.join(choices)}"
            raise ValueError(say(zh, f"there is no “{word}”; write one of {', '.join(choices)}"))
        return word

    return read


def _items(word: str) -> list[str]:
    return [item.strip() for item in word.split(",") if item.strip()]
