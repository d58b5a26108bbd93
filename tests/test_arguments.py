"""Command lines are read as argparse would read them."""

import argparse
from collections.abc import Sequence
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint.cli.arguments import Arguments, whole_number
from disclosure_lint.cli.language import Translator
from disclosure_lint.model.errors import UserError
from tests.scale import some

SAY = Translator("en")
COLOURS = ("auto", "never")
OPTIONS = ["--format", "--select", "-q", "--quiet", "-v", "--color", "--config", "--limit"]
ATTACHED = [
    "-qv",
    "-vq",
    "-qz",
    "--format=json",
    "--select=DL3,DL4",
    "--color=red",
    "--limit=-1",
    "--quiet=yes",
    "--a=b",
]
OTHERS = ["a.md", "DL3", "never", "7", "-5", "-0.5", "-", "", "-a b", "a=b", "--no", "-x", "文 件.md"]
words = st.lists(st.sampled_from([*OPTIONS, *ATTACHED, *OTHERS]), max_size=6)


class RefusedError(Exception):
    """What either says to a mistake."""


class Reference(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise RefusedError(message.removeprefix("argument "))


def colour(word: str) -> str:
    if word not in COLOURS:
        raise argparse.ArgumentTypeError(f"there is no “{word}”; write one of {', '.join(COLOURS)}")
    return word


def by_argparse(given: Sequence[str]) -> tuple[dict[str, object], list[str]]:
    parser = Reference(add_help=False, allow_abbrev=False)
    parser.add_argument("--format", action="append", default=[])
    parser.add_argument("--select", action="extend", type=lambda word: word.split(","), default=[])
    parser.add_argument("-q", "--quiet", action="store_true")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--color", default="auto", type=colour)
    parser.add_argument("--config")
    parser.add_argument("--limit")
    options, rest = parser.parse_known_args(given)
    if any(word.startswith("-") and word != "-" for word in rest):
        raise RefusedError("there is no option")
    return vars(options), rest


def by_us(given: Sequence[str]) -> tuple[dict[str, object], list[str]]:
    try:
        options, rest = arguments().parse(given)
    except UserError as error:
        raise RefusedError(str(error)) from None
    return {key: value for key, value in vars(options).items() if key not in ("help", "lang")}, rest


def arguments() -> Arguments:
    made = Arguments("disclosure-lint try", "[OPTIONS]", "Tries.", SAY)
    made.repeated("--format", "FORMAT", "a format")
    made.lists("--select", "CODES", "codes")
    made.switch("-q", "--quiet", help="says little")
    made.switch("-v", "--verbose", help="says much")
    made.choice("--color", COLOURS, "colours", "auto")
    made.value("--config", "FILE", "a file")
    made.value("--limit", "N", "a number")
    return made


@given(words)
@settings(max_examples=some(600), deadline=None)
def test_words_are_read_as_argparse_reads_them(given: list[str]) -> None:
    expected, found = _tried(by_argparse, given), _tried(by_us, given)
    if isinstance(expected, str):
        assert isinstance(found, str)
        assert found.startswith(expected)
    else:
        assert found == expected


def _tried(read, given: list[str]):  # type: ignore[no-untyped-def]
    try:
        return read(given)
    except RefusedError as refused:
        return str(refused)


@pytest.mark.parametrize("word", ["-1", "1.5", "１", "", "1234567890"])
def test_what_is_no_whole_number(word: str) -> None:
    with pytest.raises(ValueError, match=f"“{word}” is not a whole number"):
        whole_number(SAY)(word)


def test_help_asked_for_in_a_cluster(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        arguments().parse(["-qh", "--no-such"])
    assert capsys.readouterr().out.startswith(
        "usage: disclosure-lint try [OPTIONS]\n\nTries.\n\noptions:\n  --format FORMAT "
    )


def test_after_two_dashes_nothing_is_an_option() -> None:
    options, rest = arguments().parse(["-v", "--", "-q", "--format"])
    assert (options.verbose, options.quiet, rest) == (True, False, ["-q", "--format"])
