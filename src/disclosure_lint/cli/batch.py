"""`batch`: what `check` and `facts` do, over very many files on Dask."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser, whole_number
from disclosure_lint.cli.comparing import is_asked_for
from disclosure_lint.cli.failures import Failures, cannot, needed
from disclosure_lint.cli.inputs import Input, listed
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters, RunConfig, run_config
from disclosure_lint.files.reading import why
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import PluginFailure
from disclosure_lint.model.version import __version__
from disclosure_lint.outputs.console import progress, tell
from disclosure_lint.readers.unsupported import ARCHIVES
from disclosure_lint.settings import Settings

if TYPE_CHECKING:
    from disclosure_lint.batch.plan import Item
    from disclosure_lint.batch.running import Summary

_USUAL = 200
"""Files of a task: enough that handing it out costs nothing, few enough that losing it costs little."""
_REMOTE = "://"


class _Wish(NamedTuple):
    inputs: tuple[str, ...]
    output: str
    scheduler: str | None
    workers: int | None
    size: int


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 2 if a plugin failed, 1 if something at the limits was found, else 0."""
    asked, wish = _parsed(words, say)
    gc.enable()  # off for the sake of short runs
    with needed("dask", ("dask", "distributed", "fsspec", "pyarrow"), "batch 用的库", "what batch needs", say):
        # Heavy, and not everybody has it.
        from disclosure_lint.batch import cluster, plan, running
    linters = Linters(say, use_cache=asked.use_cache)
    settings, items, compares = _items(linters, asked, wish, say)
    if not items:
        raise UserError(say("--input 里没有要检查的文件", "--input: there are no files to check"))
    rules = repr([(one, linters.of(one.packs, convert=one.convert).packs) for one in settings])
    output = wish.output if _REMOTE in wish.output else str(Path(wish.output).resolve())
    stamp = plan.key(__version__, say.lang, str(compares), rules)
    job = plan.Job(settings, say.lang, asked.use_cache, compares, output, __version__, stamp)
    told = {"gather": say("读取", "reading"), "conclude": say("检查", "checking")}
    try:
        with cluster.cluster(wish.scheduler, wish.workers) as workers:
            ended = running.run(
                workers,
                job,
                list(plan.parts(items, wish.size)),
                lambda what, done, most: progress(f"{told[what]} {done}/{most}"),
            )
    except OSError as error:
        raise cannot(say, "结果写不出去", "cannot write", error, wish.output) from None
    finally:
        progress("")
    _tell(ended, say)
    failures = Failures()
    failures.add(PluginFailure(owner, LocalizedText(zh, en)) for owner, zh, en in ended.failures)
    failures.say(say)
    return 2 if failures else int(ended.failed)


def _tell(ended: Summary, say: Translator) -> None:
    counts = {name: ended.counts[name] for name in ("error", "warning", "info")}
    zh = f"共 {ended.files} 份：错误 {counts['error']}，警告 {counts['warning']}，提示 {counts['info']}"
    en = f"{ended.files} files: {counts['error']} errors, {counts['warning']} warnings, {counts['info']} infos"
    tell(say(zh, en))
    tell(
        say(f"任务：做了 {ended.done} 个，原来已有 {ended.known} 个", f"tasks: {ended.done} done, {ended.known} known")
    )


def _items(
    linters: Linters, asked: RunConfig, wish: _Wish, say: Translator
) -> tuple[tuple[Settings, ...], list[Item], bool]:
    """Returns the settings that hold, the files with the numbers of theirs, and whether reports are compared."""
    from disclosure_lint.batch.plan import Item

    paths, addresses = _named(linters, asked, wish, say)
    found: list[tuple[Input, Settings]] = []
    if paths:
        found, _ = sources.sources(linters, asked._replace(paths=tuple(paths), only_reports=True), say)
    numbers: dict[int, int] = {}
    settings: list[Settings] = []

    def number(one: Settings) -> int:
        if id(one) not in numbers:
            numbers[id(one)] = len(settings)
            settings.append(one)
        return numbers[id(one)]

    items = []
    for file, one in found:
        place = file.path if _REMOTE in file.path else str(Path(file.path).absolute())
        problem = why(file.error) if file.error else None
        items.append(Item(file.name, place, number(one), file.member[1] if file.member else None, problem))
    if addresses:
        here = sources.settings_for(linters, asked, say)
        items += [Item(address, address, number(here)) for address in addresses]
        found += [(Input(address, address, named=False), here) for address in addresses]
    compares = len(found) > 1 and is_asked_for(linters, found)
    return tuple(settings), items, compares


def _named(linters: Linters, asked: RunConfig, wish: _Wish, say: Translator) -> tuple[list[str], list[str]]:
    """Returns the paths and the addresses that are named; globs, and folders elsewhere, as what they stand for."""
    from disclosure_lint.batch.store import found

    suffixes = (*linters.suffixes_for(convert=asked.override.convert), *ARCHIVES)
    paths: list[str] = []
    addresses: list[str] = []
    for word in (one for name in wish.inputs for one in _meant(name, say)):
        if _REMOTE in word:
            try:
                addresses += found(word, suffixes)
            except (OSError, ValueError, ImportError) as error:
                raise UserError(say(f"--input：读不了：{error}", f"--input: cannot be read: {error}"), word) from None
        elif has_magic(word) and not Path(word).exists():
            paths += sorted(path for path in glob(word, recursive=True) if path.lower().endswith(suffixes))  # noqa: PTH207
        else:
            paths.append(word)
    return list(dict.fromkeys(paths)), list(dict.fromkeys(addresses))


def _meant(name: str, say: Translator) -> Iterator[str]:
    """Yields what an input stands for: itself, or what the list in that file names."""
    if _REMOTE not in name and Path(name).is_file() and not name.lower().endswith(ARCHIVES):
        yield from (one.path for one in listed(name, say))
    else:
        yield name


def _parsed(words: Sequence[str], say: Translator) -> tuple[RunConfig, _Wish]:
    parser = CommandParser(
        "disclosure-lint batch",
        say("--input 文件 --output 文件夹 [选项]", "--input FILES --output FOLDER [OPTIONS]"),
        say(
            "用 Dask 检查非常多的文件，把问题、表格里的数、文字里的数写成一段一段的 Parquet。"
            "中断了再运行一次，已有的不重做。",
            "Checks very many files on Dask, and writes findings, facts and claims as parts of Parquet. "
            "Started again, it does nothing twice.",
        ),
        say,
    )
    zh = "通配符（**/*.docx）、文件夹、压缩包、文件清单，或者 fsspec 认得的地址（s3://…）；可以重复"
    en = "a glob (**/*.docx), folder, archive, list of files, or an address of fsspec (s3://…); may be repeated"
    parser.add_argument("--input", action="append", metavar="GLOB|LIST", help=say(zh, en))
    zh, en = "结果写到这个文件夹或地址", "the folder or address for the results"
    parser.add_argument("--output", metavar="DIR", help=say(zh, en))
    zh, en = "Dask 调度器的地址；不写就用这台机器", "address of a Dask scheduler; by default, this machine"
    parser.add_argument("--scheduler", metavar="ADDRESS", help=say(zh, en))
    zh, en = "这台机器上用几个进程，默认每个核一个", "processes on this machine, by default one for each core"
    parser.add_argument("--workers", metavar="N", type=whole_number(say), help=say(zh, en))
    zh, en = f"一个任务大约多少个文件，默认 {_USUAL}", f"about so many files a task, default {_USUAL}"
    parser.add_argument("--chunk", metavar="N", type=whole_number(say), help=say(zh, en))
    sources.add_form(parser, say)
    sources.add_conversion(parser, say)
    sources.add_configuration(parser, say)
    options, rest = parser.parse(words)
    if rest:
        parser.error(say(f"文件用 --input 写：{rest[0]}", f"name files with --input: {rest[0]}"))
    if not options.input or not options.output:
        parser.error(say("要写 --input 和 --output", "--input and --output must be given"))
    wish = _Wish(
        tuple(options.input), options.output, options.scheduler, options.workers or None, options.chunk or _USUAL
    )
    return run_config(options), wish
