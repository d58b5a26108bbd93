"""What the commands that read documents share: which files, and the settings for each."""

from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.cli.arguments import CommandParser, Options, whole_number
from disclosure_lint.cli.discovery import STANDARD_INPUT, Input, Look, LookIn, Named, discover
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import listed
from disclosure_lint.cli.run_config import RunConfig
from disclosure_lint.engine.linter import parse
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.console import show_progress
from disclosure_lint.settings import Settings
from disclosure_lint.settings.files import Search, load
from disclosure_lint.settings.model import excluded
from disclosure_lint.settings.validation import profiled

_MOST_JOBS = 256


def add_options(parser: CommandParser) -> None:
    """Adds the options that say which files are read, and how."""
    say = parser.say
    files = parser.add_argument_group(say("文件", "files"))
    files.add_argument(
        "--files-from",
        metavar="FILE",
        help=say("文件清单，一行一个；- 是标准输入", "a list of files, one a line; - is stdin"),
    )
    add_stdin_name(files, say)
    zh = "点名的文件也像在文件夹里找到的一样：不是年报的、exclude 里的都跳过"
    en = "take named files as if found in their folders: pass over what is excluded or no report"
    files.add_argument("--only-reports", action="store_true", help=say(zh, en))
    add_conversion(files, say)
    add_output_file(files, say)
    configuration = parser.add_argument_group(say("配置", "configuration"))
    add_form(configuration, say)
    add_configuration(configuration, say)


def add_stdin_name(options: Options, say: Translator) -> None:
    """Adds the option that names standard input."""
    zh, en = "给标准输入起的文件名", "the name for standard input"
    options.add_argument("--stdin-filename", metavar="NAME", help=say(zh, en))


def add_output_file(options: Options, say: Translator) -> None:
    """Adds the option that says where the output goes."""
    zh, en = "结果写入这个文件（UTF-8）", "write the output to this file (UTF-8)"
    options.add_argument("--output-file", metavar="FILE", help=say(zh, en))


def add_form(options: Options, say: Translator) -> None:
    """Adds the option that says by which form a report is read."""
    zh, en = "用哪一年的表式，默认按年度", "the form to use, by default the year's"
    options.add_argument("--form", metavar="auto|2021|…", help=say(zh, en))


def add_sharing(parser: CommandParser) -> None:
    """Adds the options of commands that look at very many files."""
    say = parser.say
    many = parser.add_argument_group(say("文件很多时", "many files"))
    zh = "用几个进程检查，默认 auto：文件多时有几个处理器就用几个"
    en = "how many processes share the files; default auto: one for each processor where that pays off"
    many.add_argument("--jobs", metavar="N|auto", type=_jobs(say), help=say(zh, en))
    zh, en = "终端上也不显示进度", "do not even show on a terminal how far it is"
    many.add_argument("--no-progress", action="store_false", dest="progress", help=say(zh, en))


_BINARY = ("parquet", "xlsx")


def refuse_to_show(parser: CommandParser, output_format: str, output_file: str | None) -> None:
    """Says that it is a mistake to ask for a format that no terminal shows without a file to write it to."""
    if output_format in _BINARY and not output_file:
        zh = f"{output_format} 不能显示，请用 --output-file 写入文件"
        parser.error(parser.say(zh, f"{output_format} cannot be shown; write it to a file with --output-file"))


def _jobs(say: Translator) -> Callable[[str], int | None]:
    """Returns what reads a number of processes; None for `auto`."""

    def read(word: str) -> int | None:
        if word == "auto":
            return None
        number = whole_number(say)(word)
        if not 1 <= number <= _MOST_JOBS:
            zh, en = f"写 1 到 {_MOST_JOBS}，或 auto", f"write 1 to {_MOST_JOBS}, or auto"
            raise ArgumentTypeError(say(zh, en))
        return number

    return read


def add_conversion(options: Options, say: Translator) -> None:
    """Adds the option to convert what is not read."""
    zh = "用已安装的 LibreOffice 转换 .doc、.wps、.odt、.rtf 再读取"
    en = "read .doc, .wps, .odt and .rtf too, converted by LibreOffice, which must be installed"
    options.add_argument("--convert", action="store_true", help=say(zh, en))


def add_configuration(options: Options, say: Translator) -> None:
    """Adds the options that say which configuration holds."""
    options.add_argument(
        "--config", metavar="FILE", help=say("用这个配置文件，不向上查找", "use this configuration, look for no other")
    )
    options.add_argument("--isolated", action="store_true", help=say("不用任何配置文件", "use no configuration file"))
    options.add_argument(
        "--no-cache",
        action="store_false",
        dest="use_cache",
        help=say("不用缓存：编译好的规则、以前的结果", "use no cache: neither compiled rules nor earlier results"),
    )


def search(linters: Linters, asked: RunConfig, say: Translator) -> Search:
    """Returns where the settings for a folder come from."""
    known, override = linters.known(), asked.override
    linters.check_option("profile", override, known)
    fixed = profiled(override.profile, known) if asked.isolated else None
    if asked.config:
        if asked.isolated:
            raise UserError(say("--config 和 --isolated 不能一起用", "--config and --isolated exclude each other"))
        path = Path(asked.config)
        if not path.exists():
            raise UserError(say("没有这个配置文件", "there is no such configuration file"), asked.config)
        fixed = load(path, known, parse, override.profile, pipe=True)
    return Search(known, parse, override, fixed)


def settings_for(linters: Linters, asked: RunConfig, say: Translator, folder: str = ".") -> Settings:
    """Returns the settings for the files of a folder, where all that the command line names must be known."""
    settings = search(linters, asked, say).settings(folder)
    linters.check(asked.override, [settings.packs])
    return settings


class Sources(NamedTuple):
    """What the paths of a command line come to."""

    files: list[tuple[Input, Settings]]
    """The files to look at, with what holds for each."""
    foreign: list[Input]
    """Documents in folders that are not looked at, since their formats are not read."""


def sources(linters: Linters, asked: RunConfig, say: Translator) -> Sources:
    """Returns the files to look at, and lets it be seen how far the run is if that is wanted.

    Paths, configurations and words of the command line that are wrong come to light here, before any output.
    """
    show_progress(wanted=asked.progress and not asked.quiet)
    configurations = search(linters, asked, say)
    named = _named(asked, say)

    def look_in(folder: str) -> Look:
        here = configurations.settings(folder)
        return Look(linters.suffixes_for(convert=here.convert), lambda path: excluded(path, here))

    found = discover(named, look_in, say)
    if asked.only_reports:
        found = _as_found(found, look_in)
    stdin_name = asked.stdin_filename
    inputs = [item._replace(name=stdin_name or item.name) if _is_stdin(item) else item for item in found]
    files = [(item, configurations.settings(_folder_of(item, stdin_name))) for item in inputs if not item.foreign]
    linters.check(asked.override, [settings.packs for _, settings in files])
    return Sources(files, [item for item in inputs if item.foreign])


def _as_found(inputs: Iterable[Input], look_in: LookIn) -> Iterator[Input]:
    """Returns the files that a search of the folders above them would find, none of them as one that was named."""
    for item in inputs:
        if not item.named or _is_stdin(item):
            yield item
            continue
        way = pairwise([Path(item.path), *Path(item.path).parents])
        if not any(look_in(str(folder)).excluded(str(path)) for path, folder in way):
            yield item._replace(named=False)


def _folder_of(item: Input, stdin_name: str | None) -> str:
    """Returns the folder whose settings hold for a file."""
    path = stdin_name or "" if _is_stdin(item) else item.path
    return str(Path(path).parent)


def single(asked: RunConfig) -> bool:
    """Returns whether exactly one file, or standard input, is named."""
    return asked.files_from is None and len(asked.paths) == 1 and not Path(asked.paths[0]).is_dir()


def _is_stdin(item: Input) -> bool:
    return item.path == STANDARD_INPUT


def _named(asked: RunConfig, say: Translator) -> list[Named]:
    if asked.files_from is None:
        return [Named(path) for path in asked.paths or ["."]]
    if asked.files_from == STANDARD_INPUT and STANDARD_INPUT in asked.paths:
        raise UserError(
            say("标准输入不能既是文件清单又是报告", "standard input cannot be both the list of files and a report")
        )
    return [*map(Named, asked.paths), *listed(asked.files_from, say)]
