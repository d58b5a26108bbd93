"""From the words of the command line to a command."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module

from disclosure_lint.cli.language import Translator, speaker
from disclosure_lint.cli.streams import Console, opened
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.version import __version__
from disclosure_lint.outputs.console import prepare, tell

PROGRAM = "disclosure-lint"
COMMANDS = {
    "check": LocalizedText("检查文件和文件夹里的年度报告", "lint the annual reports in files and folders"),
    "overview": LocalizedText(
        "许多年报列成一张表：谁家缺、谁家错、什么错最多",
        "many reports as one table: who lacks one, whose is wrong, and how",
    ),
    "facts": LocalizedText(
        "列出法定表格里的每个数和它的位置", "print every number of the statutory tables with its position"
    ),
    "batch": LocalizedText("用许多核、许多机器检查非常多的年报", "check very many reports on many cores or machines"),
    "claims": LocalizedText(
        "列出文字里的每个数，和表格里哪一格一致或矛盾",
        "print every number of the text with the cell that it agrees with or not",
    ),
    "show": LocalizedText(
        "显示一个文件带行号的文字，或识别出的章节和表格", "print the text of a document, or what is recognised in it"
    ),
    "explain": LocalizedText(
        "说明一条规则：含义、依据、例子、怎么改", "explain a rule: what, why, law, examples, how to fix"
    ),
    "rules": LocalizedText(
        "列出规则，运行规则文件里的例子，输出规则文件的格式", "list rules, test rule files, print their schema"
    ),
    "new": LocalizedText("按格式写一份空白年报", "write an empty report by the statutory form"),
    "server": LocalizedText("语言服务，由编辑器启动", "the language server, started by an editor"),
}
USER_STATUS = 2

Command = Callable[[Sequence[str], Translator], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Returns the exit status of a command line, without the program's name; a UserError is said and gives 2."""
    words = list(sys.argv[1:] if argv is None else argv)
    say = speaker(words, os.environ)
    prepare()
    try:
        _ask_for_a_folder(say)
        status = _dispatched(words, say)
        Console(say).flush()
    except UserError as error:
        with suppress(UserError):  # one is enough
            Console(say).flush()
        tell(*f"{say('错误：', 'error: ')}{error.text(say.lang)}".split("\n"))
        return USER_STATUS
    return status


def _ask_for_a_folder(say: Translator) -> None:
    try:
        os.getcwd()  # noqa: PTH109
    except OSError:
        raise UserError(say("当前文件夹已不存在，请换一个文件夹", "the working directory is gone; change it")) from None


def _dispatched(words: list[str], say: Translator) -> int:
    before = _leading_language(words)
    command, rest = (words[before], words[before + 1 :]) if words[before:] else ("--help", [])
    if command in COMMANDS:
        # Each command brings imports of its own, and a run needs those of one.
        run: Command = import_module(f"disclosure_lint.cli.{command}").run
        try:
            return run([*words[:before], *rest], say)
        except SystemExit as asked:
            # The help was asked for, and shown.
            return int(asked.code or 0)
    if command in ("-h", "--help"):
        _print(_help(say), say)
        return 0 if words else USER_STATUS
    if command in ("-V", "--version"):
        _print(f"{PROGRAM} {__version__}\n", say)
        return 0
    raise UserError(_unknown(command, say))


def _print(text: str, say: Translator) -> None:
    with opened(None, say) as output:
        output.write(text)


def _leading_language(words: Sequence[str]) -> int:
    """Returns how many words before the command choose the language; the command itself will check them."""
    if words and words[0] == "--lang":
        return min(2, len(words))
    return 1 if words and words[0].startswith("--lang=") else 0


def _help(say: Translator) -> str:
    lines = [
        say(f"用法：{PROGRAM} 命令 [选项] …", f"usage: {PROGRAM} COMMAND [OPTIONS] …"),
        "",
        say("检查政府信息公开工作年度报告。", "A linter for 政府信息公开工作年度报告."),
        "",
        say("命令：", "commands:"),
        *(f"  {name:<10}{words.text(say.lang)}" for name, words in COMMANDS.items()),
        "",
        say(f"每个命令的选项：{PROGRAM} 命令 -h", f"options of a command: {PROGRAM} COMMAND -h"),
        say("英文界面：--lang en；版本：--version", "Chinese: --lang zh; version: --version"),
    ]
    return "".join(f"{line}\n" for line in lines)


def _unknown(command: str, say: Translator) -> str:
    # Only where something is wrong.
    from difflib import get_close_matches

    near = get_close_matches(command, COMMANDS, n=1)
    if near:
        hint = say(f"，是不是 {near[0]}？", f"; did you mean {near[0]}?")
    elif os.path.lexists(command):
        hint = say(f"；检查文件请用 {PROGRAM} check {command}", f"; to lint a file write {PROGRAM} check {command}")
    else:
        hint = say(f"（用法见 {PROGRAM} -h）", f" (see {PROGRAM} -h)")
    return say(f"没有“{command}”这个命令{hint}", f"there is no command “{command}”{hint}")
