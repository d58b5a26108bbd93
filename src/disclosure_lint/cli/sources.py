"""What the commands that read documents share: which files, the settings for each, by how many processes."""

import os
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.cli.arguments import CommandParser, Options, whole_number
from disclosure_lint.cli.inputs import STANDARD_INPUT, Input, Look, LookIn, Named, discover, listed
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters, RunConfig
from disclosure_lint.engine.linter import parse
from disclosure_lint.model.errors import UserError
from disclosure_lint.outputs.console import show_progress, tell
from disclosure_lint.outputs.wording import counted
from disclosure_lint.readers.unsupported import CONVERTIBLE
from disclosure_lint.settings import Settings
from disclosure_lint.settings.files import Search, load
from disclosure_lint.settings.model import excluded
from disclosure_lint.settings.validation import profiled

_MOST_JOBS = 256
_BINARY = ("parquet", "xlsx")
_MOST_FILES, _MOST_KINDS = 10_000, 8
_PACKED = (".zip", ".rar", ".7z")
_FORMAT = ("这种格式读不了", "its format is not read")
_FILES_EACH, _WITHOUT_CACHE = 50, 500
"""So many files must there be for each process, lest it take longer to start it than to do its work: with the cache of
compiled rules, and without it."""
_MANY = 20


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


def refuse_to_show(parser: CommandParser, output_format: str, output_file: str | None) -> None:
    """Says that it is a mistake to ask for a format that no terminal shows without a file to write it to."""
    if output_format in _BINARY and not output_file:
        zh = f"{output_format} 不能显示，请用 --output-file 写入文件"
        parser.error(parser.say(zh, f"{output_format} cannot be shown; write it to a file with --output-file"))


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


def single(asked: RunConfig) -> bool:
    """Returns whether exactly one file, or standard input, is named."""
    return asked.files_from is None and len(asked.paths) == 1 and not Path(asked.paths[0]).is_dir()


def processes(asked: int | None, files: int, *, use_cache: bool) -> int:
    """Returns how many processes look at files; 1 if this one does."""
    if asked is not None:
        return min(asked, files)
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(there, files // (_FILES_EACH if use_cache else _WITHOUT_CACHE)))


def are_many(count: int, files: int) -> bool:
    """Says whether it pays off to load what shares files among so many processes, and keeps results."""
    return count > 1 or files >= _MANY


def tell_left_out(inputs: Sequence[Input], say: Translator, *, verbose: bool) -> None:
    """Says on standard error how many documents nobody looked at, lest they be taken for checked; `verbose`, which."""
    for item in inputs if verbose else ():
        tell(say(f"跳过 {item.name}：", f"skipped {item.name}: ") + say(*_FORMAT))
    counts = sorted(Counter(Path(item.name).suffix.lower() for item in inputs).items())
    if any(suffix in CONVERTIBLE for suffix, _ in counts):
        how = say("，或安装 LibreOffice 后加 --convert", ", or install LibreOffice and add --convert")
    else:
        how = ""
    if any(suffix in _PACKED for suffix, _ in counts):
        how += say("；压缩包请先解压", "; unpack archives first")
    zh, en = _by_ending(counts)
    zh = f"文件夹里有 {len(inputs)} 个文件没有检查，这种格式读不了（{zh}）；请另存为 .docx{how}"
    en = f"{counted(len(inputs), 'file')} in folders not looked at, of formats that are not read ({en}); "
    tell(say(zh, f"{en}save as .docx{how}"))


def tell_nothing_found(folders: Sequence[str], suffixes: Iterable[str], say: Translator) -> None:
    """Says on standard error that there is nothing to check in folders, what there is, and what could be checked."""
    names = (name for folder in folders for _, _, files in os.walk(folder) for name in files)
    kinds = Counter(Path(name).suffix.lower() or name for name in islice(names, _MOST_FILES))
    counts = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))[:_MOST_KINDS]
    zh, en = _by_ending(counts)
    there = say(f"文件夹里{f'有 {zh}' if counts else '是空的'}", f"there is {en}" if counts else "the folder is empty")
    known = say("、", ", ").join(sorted(suffixes))
    zh = f"没有找到可以检查的文件：{there}；能检查的是 {known}（配置里 exclude 排除的不算）"
    tell(say(zh, f"found no file to lint: {there}; linted is what ends with {known} and is not excluded"))


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


def _by_ending(counts: Iterable[tuple[str, int]]) -> tuple[str, str]:
    """Returns how many files there are of each ending, in both languages."""
    pairs = list(counts)
    return (
        "、".join(f"{suffix} {count} 个" for suffix, count in pairs),
        ", ".join(f"{count} {suffix}" for suffix, count in pairs),
    )
