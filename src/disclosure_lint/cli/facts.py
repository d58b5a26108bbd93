"""`facts`: the numbers of the statutory tables."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.converting import converted_ahead
from disclosure_lint.cli.discovery import Input
from disclosure_lint.cli.extras import needed
from disclosure_lint.cli.failures import Failures
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import read
from disclosure_lint.cli.run_config import RunConfig, run_config
from disclosure_lint.cli.streams import opened, opened_bytes
from disclosure_lint.files.reading import why
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.outputs.columns import CLAIMS, FACTS, DataTable, wide
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.facts import FileFacts, render_json
from disclosure_lint.outputs.row_texts import render_csv, render_lines
from disclosure_lint.outputs.rows import RowsOf, rows_of_claims, rows_of_facts, rows_of_reports
from disclosure_lint.settings import Settings


class _Form(NamedTuple):
    """In which form facts are asked for."""

    format: str
    labels: str
    wide: bool
    claims: bool


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 2 if a plugin failed, else 1 if a file cannot be read, else 0."""
    asked, form = _parsed(words, say)
    linters = Linters(say, use_cache=asked.use_cache)
    inputs, foreign = sources.sources(linters, asked, say)
    reading = _Reading(linters, say)
    files = reading.files(inputs)
    if form.format == "parquet":
        _write_parquet(files, linters, asked, form, say)
    else:
        with opened(asked.output_file, say) as output:
            for piece in _pieces(files, linters, asked, form, output.utf8, say):
                output.write(piece)
                if output.closed:
                    break
    if foreign and not asked.only_reports:
        # Most folders hold nothing else than what is read.
        from disclosure_lint.cli import left_out

        left_out.note(foreign, say, verbose=False)
    reading.failures.say(say)
    if reading.failures:
        return 2
    return 1 if reading.failed else 0


def _pieces(
    files: Iterable[FileFacts], linters: Linters, asked: RunConfig, form: _Form, utf8: bool, say: Translator
) -> Iterator[str]:
    if form.format == "json":
        return render_json(files, sources.single(asked), not utf8, say.lang)
    table, rows = _table(form, linters, say.lang)
    parts = map(rows, files)
    if form.format == "csv":
        return render_csv(table, parts, form.labels)
    return render_lines(table, parts, form.labels, ascii_only=not utf8)


def _write_parquet(
    files: Iterable[FileFacts], linters: Linters, asked: RunConfig, form: _Form, say: Translator
) -> None:
    with needed("corpus", ("pyarrow",), "写 Parquet 用的库", "what writes Parquet", say):
        # Heavy, and not everybody has it.
        from disclosure_lint.outputs import parquet
    table, rows = _table(form, linters, say.lang)
    with opened_bytes(asked.output_file or "", say) as put:
        parquet.write(table, map(rows, files), put, form.labels)


def _table(form: _Form, linters: Linters, lang: str) -> tuple[DataTable, RowsOf]:
    """Returns the table that is asked for, and what takes its rows out of a file."""
    if form.wide:
        table = wide(linters.forms())
        return table, rows_of_reports(table)
    table, rows = (CLAIMS, rows_of_claims) if form.claims else (FACTS, rows_of_facts)
    return table, lambda file: rows(file, lang, form.labels)


def _parsed(words: Sequence[str], say: Translator) -> tuple[RunConfig, _Form]:
    parser = CommandParser(
        "disclosure-lint facts",
        say("[选项] [路径 …]", "[OPTIONS] [PATH …]"),
        say(
            "列出法定表格里的每个数、原文和位置。JSON：只写一个文件时是一个对象，否则是每个文件一个对象的数组。"
            "csv、jsonl、parquet：每个数一行。",
            "Prints every number of the statutory tables with its text and position. "
            "JSON: one object if exactly one file is named, else an array with an object for each file. "
            "csv, jsonl and parquet: a row for each number.",
        ),
        say,
    )
    parser.add_argument(
        "--format",
        choices=("json", "csv", "jsonl", "parquet"),
        help=say("输出格式，默认 json；parquet 要写 --output-file", "default json; parquet needs --output-file"),
        default="json",
    )
    zh, en = "列名和数据项：names 是名称（默认），zh 是中文", "heads and cells by their names (default), or in Chinese"
    parser.add_argument("--labels", choices=("names", "zh"), help=say(zh, en))
    zh, en = "每份年报一行，每个格一列", "a row for each report, a column for each cell"
    parser.add_argument("--wide", action="store_true", help=say(zh, en))
    zh, en = "列文字里的数，不列表格里的", "the numbers of the text, not those of the tables"
    parser.add_argument("--claims", action="store_true", help=say(zh, en))
    sources.add_options(parser)
    options, paths = parser.parse(words)
    form = _Form(options.format, options.labels or "names", options.wide, options.claims)
    if options.format == "json" and (options.labels or form.wide or form.claims):
        zh = "--labels、--wide、--claims 要和 --format csv、jsonl 或 parquet 一起用"
        parser.error(say(zh, "--labels, --wide and --claims go with --format csv, jsonl or parquet"))
    if form.wide and form.claims:
        parser.error(say("--wide 和 --claims 不能一起用", "--wide and --claims exclude each other"))
    if form.format == "parquet" and not options.output_file:
        zh = "parquet 不能显示，请用 --output-file 写入文件"
        parser.error(say(zh, "parquet cannot be shown; write it to a file with --output-file"))
    return run_config(options, paths), form


class _Reading:
    """Reads files one after the other; what is wrong with one is said on standard error."""

    def __init__(self, linters: Linters, say: Translator):
        self._linters = linters
        self._say = say
        self.failed = False
        """Whether a file could not be read so far."""
        self.failures = Failures()
        """What plugins failed to do so far."""

    def files(self, inputs: Sequence[tuple[Input, Settings]]) -> Iterator[FileFacts]:
        """Returns the facts of each file, except of those that were found in a folder and are no reports."""
        for item, settings in converted_ahead(self._linters, inputs, self._say):
            file = self._facts(item, settings)
            if file.report or item.named or file.format is None:
                yield file

    def _facts(self, item: Input, settings: Settings) -> FileFacts:
        linter = self._linters.of(settings.packs, convert=settings.convert)
        try:
            document = linter.read(item.name, read(item))
        except OSError as error:
            return self._unreadable(item, why(error).text(self._say.lang))
        except UnreadableError as error:
            return self._unreadable(item, self._say(error.zh, error.en))
        except PluginError as error:
            self.failures.caught(error)
            return self._unreadable(item, self._say(error.zh, error.en))
        report = linter.bind(document, settings.form)
        if report is not None:
            report, choice = linter.choose(report, settings)
            for failure in choice.failures:
                self.failures.caught(failure)
        if report is None and item.named:
            self._note(item, self._say("不是年度报告", "not an annual report"))
        return FileFacts(item.name, document.format, report)

    def _unreadable(self, item: Input, why: str) -> FileFacts:
        self.failed = True
        self._note(item, self._say(f"读不了：{why}", f"cannot be read: {why}"))
        return FileFacts(item.name, None, None)

    def _note(self, item: Input, sentence: str) -> None:
        tell(f"{item.name}{self._say('：', ': ')}{sentence}")
