"""Command lines: what argparse leaves to us, and what it must not do."""

import pytest

from disclosure_lint.cli.arguments import CommandParser, comma_list, whole_number
from disclosure_lint.cli.language import Translator
from disclosure_lint.model.errors import UserError

COLOURS = ("auto", "never")


def parser(lang: str = "en") -> CommandParser:
    say = Translator(lang)
    made = CommandParser("disclosure-lint try", "[OPTIONS]", say("试一试。", "Tries."), say)
    made.add_argument("--format", action="append", metavar="FORMAT", help=say("一种格式", "a format"))
    made.add_argument("--select", action="extend", type=comma_list, default=[], metavar="CODES", help="codes")
    made.add_argument("-q", "--quiet", action="store_true", help=say("少说", "says little"))
    made.add_argument("-v", "--verbose", action="store_true", help=say("多说", "says much"))
    made.add_argument("--color", choices=COLOURS, default="auto", help=say("颜色", "colours"))
    made.add_argument("--limit", type=whole_number(say), metavar="N", help=say("一个数", "a number"))
    return made


def test_words_and_options_in_any_order() -> None:
    options, rest = parser().parse(["a.md", "--select", "DL3, DL4", "-qv", "-", "--select=DL5", "b c.md"])
    assert rest == ["a.md", "-", "b c.md"]
    assert (options.select, options.quiet, options.verbose, options.color) == (
        ["DL3", "DL4", "DL5"],
        True,
        True,
        "auto",
    )


def test_after_two_dashes_nothing_is_an_option() -> None:
    options, rest = parser().parse(["-v", "a", "--", "-q", "--", "--format"])
    assert (options.verbose, options.quiet, rest) == (True, False, ["a", "-q", "--", "--format"])


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (
            ["--formt=json"],
            "没有 --formt 这个选项，是不是 --format？",
            "there is no option --formt; did you mean --format?",
        ),
        (
            ["--form", "x"],
            "没有 --form 这个选项，是不是 --format？",
            "there is no option --form; did you mean --format?",
        ),
        (["a", "-x"], "没有 -x 这个选项", "there is no option -x"),
        (["--limit"], "--limit 后面要写一个值", "--limit: expected one argument"),
        (["--limit", "--quiet"], "--limit 后面要写一个值", "--limit: expected one argument"),
        (["--limit=-1"], "--limit：“-1”不是不小于 0 的整数", "--limit: “-1” is not a whole number, 0 or more"),
        (
            ["--color", "red"],
            "--color：没有“red”，可写 auto、never",
            "--color: there is no “red”; write one of auto, never",
        ),
        (["--quiet=yes"], "-q/--quiet 不带值，多写了 'yes'", "-q/--quiet: ignored explicit argument 'yes'"),
        (["--lang", "fr"], "--lang：没有“fr”，可写 zh、en", "--lang: there is no “fr”; write one of zh, en"),
    ],
)
def test_mistakes_are_said_in_both_languages(words: list[str], zh: str, en: str) -> None:
    for lang, sentence, where in (
        ("zh", zh, "（用法见 disclosure-lint try -h）"),
        ("en", en, " (see disclosure-lint try -h)"),
    ):
        with pytest.raises(UserError) as caught:
            parser(lang).parse(words)
        assert str(caught.value) == sentence + where


@pytest.mark.parametrize("word", ["-1", "1.5", "１", "", "1234567890"])
def test_what_is_no_whole_number(word: str) -> None:
    with pytest.raises(UserError, match=f"“{word}” is not a whole number"):
        parser().parse([f"--limit={word}"])


def test_help_asked_for_in_a_cluster(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as asked:
        parser().parse(["-qh", "--no-such"])
    assert asked.value.code == 0
    assert capsys.readouterr().out.startswith(
        "usage: disclosure-lint try [OPTIONS]\n\nTries.\n\noptions:\n  --format FORMAT "
    )


def test_help_is_laid_out_in_terminal_cells(capsys: pytest.CaptureFixture[str]) -> None:
    made = parser("zh")
    made.add_argument("--long", metavar="N", help="说" * 60)
    with pytest.raises(SystemExit):
        made.parse(["-h"])
    first, second = (line for line in capsys.readouterr().out.splitlines() if "说说" in line)
    assert first.index("说") == second.index("说")
    assert first.index("说") + 2 * first.count("说") in (99, 100)
