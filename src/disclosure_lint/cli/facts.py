"""`facts`: the numbers of the statutory tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.converting import read_in_turn
from disclosure_lint.cli.failures import Failures, needed, workbooks
from disclosure_lint.cli.inputs import Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters, RunConfig, run_config
from disclosure_lint.cli.sources import are_many, processes
from disclosure_lint.cli.streams import opened, opened_bytes, write_all
from disclosure_lint.many.facts import Said, decoded, lasts, told_of, unreadable
from disclosure_lint.outputs.columns import DataTable, Row, wide
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.facts import render_json
from disclosure_lint.outputs.row_texts import csv_head
from disclosure_lint.outputs.rows import Wanted, as_text, restored, spread
from disclosure_lint.outputs.wording import counted
from disclosure_lint.settings import Settings


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 2 if a plugin failed, else 1 if a file cannot be read, else 0."""
    asked, wanted = _parsed(words, say)
    write = _binary(wanted, say)
    linters = Linters(say, use_cache=asked.use_cache)
    inputs, foreign = sources.sources(linters, asked, say)
    table = wide(linters.forms()) if wanted.wide else wanted.table
    reading = _Reading(linters, asked, say)
    if write:
        with reading.interruption(len(inputs)), opened_bytes(asked.output_file or "", say) as put:
            write(table, _rows(reading.files(inputs, wanted), table, wanted), put, wanted.labels)
    else:
        with reading.interruption(len(inputs)), opened(asked.output_file, say) as output:
            wanted = wanted._replace(ascii_only=not output.utf8)
            write_all(output, _pieces(reading.files(inputs, wanted), table, wanted, sources.single(asked)))
    if foreign and not asked.only_reports:
        sources.tell_left_out(foreign, say, verbose=False)
    reading.failures.say(say)
    if reading.failures:
        return 2
    return 1 if reading.failed else 0


def _binary(wanted: Wanted, say: Translator) -> Callable[..., object] | None:
    """Returns what writes a format that is no text; UserError if its library is missing."""
    if wanted.format == "xlsx":
        write: Callable[..., object] = workbooks(say).write_table
        return write
    if wanted.format != "parquet":
        return None
    with needed("corpus", ("pyarrow",), "写 Parquet 用的库", "what writes Parquet", say):
        # Heavy, and not everybody has it.
        from disclosure_lint.outputs import parquet
    return parquet.write


def _rows(files: Iterable[Said], table: DataTable, wanted: Wanted) -> Iterator[Iterable[Row]]:
    """Yields the rows of each file."""
    for file in files:
        yield restored(table, spread(table, file.rows) if wanted.wide else file.rows)


def _pieces(files: Iterable[Said], table: DataTable, wanted: Wanted, single: bool) -> Iterator[str]:
    if wanted.format == "json":
        yield from render_json((file.text for file in files), single)
        return
    if wanted.format == "csv":
        yield csv_head(table, wanted.labels)
    if wanted.is_text:
        yield from (file.text for file in files)
    else:
        yield from (as_text(table, rows, wanted) for rows in _rows(files, table, wanted))


def _parsed(words: Sequence[str], say: Translator) -> tuple[RunConfig, Wanted]:
    parser = CommandParser(
        "disclosure-lint facts",
        say("[选项] [路径 …]", "[OPTIONS] [PATH …]"),
        say(
            "列出法定表格里的每个数、原文和位置。JSON：只写一个文件时是一个对象，否则是每个文件一个对象的数组。"
            "csv、jsonl、parquet、xlsx：每个数一行。",
            "Prints every number of the statutory tables with its text and position. "
            "JSON: one object if exactly one file is named, else an array with an object for each file. "
            "csv, jsonl, parquet and xlsx: a row for each number.",
        ),
        say,
    )
    parser.add_argument(
        "--format",
        choices=("json", "csv", "jsonl", "parquet", "xlsx"),
        help=say(
            "输出格式，默认 json；parquet、xlsx 要写 --output-file", "default json; parquet and xlsx need --output-file"
        ),
        default="json",
    )
    zh, en = "列名和数据项：names 是名称（默认），zh 是中文", "heads and cells by their names (default), or in Chinese"
    parser.add_argument("--labels", choices=("names", "zh"), help=say(zh, en))
    zh, en = "每份年报一行，每个格一列", "a row for each report, a column for each cell"
    parser.add_argument("--wide", action="store_true", help=say(zh, en))
    zh, en = "列文字里的数，不列表格里的", "the numbers of the text, not those of the tables"
    parser.add_argument("--claims", action="store_true", help=say(zh, en))
    sources.add_options(parser)
    sources.add_sharing(parser)
    options, paths = parser.parse(words)
    wanted = Wanted(options.format, options.labels or "names", options.wide, options.claims, say.lang)
    if options.format == "json" and (options.labels or wanted.wide or wanted.claims):
        zh = "--labels、--wide、--claims 要和 --format csv、jsonl、parquet 或 xlsx 一起用"
        parser.error(say(zh, "--labels, --wide and --claims go with --format csv, jsonl, parquet or xlsx"))
    if wanted.wide and wanted.claims:
        parser.error(say("--wide 和 --claims 不能一起用", "--wide and --claims exclude each other"))
    sources.refuse_to_show(parser, wanted.format, options.output_file)
    return run_config(options, paths), wanted


class _Reading:
    """Reads files, here or in other processes; what is wrong with one is said on standard error."""

    def __init__(self, linters: Linters, asked: RunConfig, say: Translator):
        self._linters = linters
        self._asked = asked
        self._say = say
        self._done = 0
        self.failed = False
        """Whether a file could not be read so far."""
        self.failures = Failures()
        """What plugins failed to do so far."""

    def files(self, inputs: Sequence[tuple[Input, Settings]], wanted: Wanted) -> Iterator[Said]:
        """Yields what is said of each file, except of those that were found in a folder and are no reports."""
        count = processes(self._asked.jobs, len(inputs), use_cache=self._asked.use_cache)
        shared = are_many(count, len(inputs))
        for item, said in (self._together if shared else self._in_turn)(inputs, wanted, count):
            self._done += 1
            self.failures.add(said.failures)
            self._note(item, said)
            if said.status != "no_report" or item.named:
                yield said

    @contextmanager
    def interruption(self, files: int) -> Iterator[None]:
        """Says how far the run is if it is interrupted."""
        try:
            yield
        except KeyboardInterrupt:
            zh = f"中断时读了 {self._done}/{files} 个文件"
            tell(self._say(zh, f"interrupted after {self._done} of {counted(files, 'file')}"))
            raise

    def _together(
        self, inputs: Sequence[tuple[Input, Settings]], wanted: Wanted, count: int
    ) -> Iterator[tuple[Input, Said]]:
        # Many files only.
        from disclosure_lint.cli.together import Together

        with Together(self._linters, count, self._say) as run:
            for item, _, answer in run.told(inputs, lambda data: lasts(decoded(data)), "facts", wanted):
                yield item, decoded(answer) if isinstance(answer, bytes) else unreadable(item.name, answer, wanted)

    def _in_turn(
        self, inputs: Sequence[tuple[Input, Settings]], wanted: Wanted, _: int
    ) -> Iterator[tuple[Input, Said]]:
        for item, settings, linter, data in read_in_turn(self._linters, inputs, self._say):
            if isinstance(data, bytes):
                yield item, told_of(linter, item.name, data, settings, wanted)
            else:
                yield item, unreadable(item.name, data, wanted)

    def _note(self, item: Input, said: Said) -> None:
        """Says what is wrong with a file."""
        self.failed |= said.status == "unreadable"
        if said.why:
            zh, en = f"读不了：{said.why.zh}", f"cannot be read: {said.why.en}"
        elif said.status == "no_report" and item.named:
            zh, en = "不是年度报告", "not an annual report"
        else:
            return
        tell(f"{item.name}{self._say(f'：{zh}', f': {en}')}")
