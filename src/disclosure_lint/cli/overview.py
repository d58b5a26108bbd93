"""`overview`: many reports at a glance."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.comparing import history
from disclosure_lint.cli.converting import read_in_turn
from disclosure_lint.cli.failures import Failures, cannot, workbooks
from disclosure_lint.cli.inputs import Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters, RunConfig, run_config
from disclosure_lint.cli.sources import are_many, processes
from disclosure_lint.cli.streams import opened, opened_bytes, write_all
from disclosure_lint.engine.comparing import history_for, scopes
from disclosure_lint.engine.history import History
from disclosure_lint.files.reading import LARGEST_LIST, read_file
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import Brief, Scope
from disclosure_lint.outputs.overview import Checked, Overview, checked, overview
from disclosure_lint.outputs.overview_texts import render_csv, render_json, render_text
from disclosure_lint.settings import Settings

_RESULTS = ".jsonl"
_LARGEST_RESULTS = 1 << 30
_FIRST_YEAR, _LAST_YEAR = 2008, 2100


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 2 if a plugin failed, else 0: what is wrong with the reports is the output."""
    asked, output_format, expect, years = _parsed(words, say)
    book = workbooks(say) if output_format == "xlsx" else None
    expected = _expected(expect, say) if expect else ()
    linters = Linters(say, use_cache=asked.use_cache)
    failures = Failures()
    results = [path for path in asked.paths if path.endswith(_RESULTS)]
    files = [one for path in results for one in _earlier(path, say)]
    found: list[tuple[Input, Settings]] = []
    if len(results) < len(asked.paths) or not results:
        rest = asked._replace(paths=tuple(path for path in asked.paths if path not in results))
        found, _ = sources.sources(linters, rest, say)
    wishes = [settings for _, settings in found] or [sources.settings_for(linters, asked, say)]
    linted, known, governments = _linted(linters, found, asked, failures, say)
    files += linted
    beside = known or history_for(linters.of(), wishes)
    made = overview(files, beside.agencies, expected, years, governments)
    if book:
        with opened_bytes(asked.output_file or "", say) as put:
            book.write(book.sheets(made, say.lang), put)
    else:
        _write(made, output_format, asked, say)
    failures.say(say)
    return 2 if failures else 0


def _write(made: Overview, output_format: str, asked: RunConfig, say: Translator) -> None:
    with opened(asked.output_file, say) as output:
        if output_format == "json":
            pieces = render_json(made, not output.utf8)
        elif output_format == "html":
            from disclosure_lint.outputs.html.writer import overview_page

            pieces = iter([overview_page(made, OutputStyle(lang=say.lang, utf8=output.utf8))])
        else:
            pieces = (render_csv if output_format == "csv" else render_text)(made, say.lang)
        write_all(output, pieces)


def _linted(
    linters: Linters, files: Sequence[tuple[Input, Settings]], asked: RunConfig, failures: Failures, say: Translator
) -> tuple[list[Checked], History | None, tuple[Scope, ...]]:
    """Returns what a check makes of the files, what they say of each other, and of whose numbers governments report.

    The last two are None and nothing if nobody asks for that.
    """
    count = processes(asked.jobs, len(files), use_cache=asked.use_cache)
    if are_many(count, len(files)):
        # Many files only.
        from disclosure_lint.cli.together import Together

        with Together(linters, count, say) as run:
            beside = run.history(files)
            found = list(_told(run.results(files, beside, lambda record: record.brief), failures))
            return found, beside, tuple(scopes(beside)) if beside else ()
    beside = history(linters, files, say)
    found = list(_told(_in_turn(linters, files, beside, say), failures))
    return found, beside, tuple(scopes(beside)) if beside else ()


def _told(results: Iterable[tuple[Input, Settings, Brief]], failures: Failures) -> Iterator[Checked]:
    """Yields results in short; those of files in folders that are no reports are passed over."""
    for item, _, result in results:
        failures.add(result.failures)
        if result.status != "not_a_report" or item.named:
            yield checked(result)


def _in_turn(
    linters: Linters, files: Sequence[tuple[Input, Settings]], beside: History | None, say: Translator
) -> Iterator[tuple[Input, Settings, Brief]]:
    for item, settings, linter, data in read_in_turn(linters, files, say, beside.has if beside else lambda _: False):
        if isinstance(data, bytes):
            result = linter.lint(item.name, data, settings, beside)
        else:
            result = linter.unreadable(item.name, *data, settings=settings)
        yield item, settings, result.brief


def _earlier(path: str, say: Translator) -> Iterator[Checked]:
    """Yields what `check --format jsonl` wrote; UserError if it is something else."""
    counts: Counter[str] = Counter()
    codes: Counter[tuple[str, str]] = Counter()
    worst: dict[str, str] = {}
    try:
        lines = read_file(path, _LARGEST_RESULTS).decode("utf-8").splitlines()
    except OSError as error:
        raise cannot(say, "读不了", "cannot be read", error, path) from None
    except UnicodeDecodeError:
        lines = [""]
    for number, line in enumerate(lines, 1):
        try:
            one: dict[str, Any] = json.loads(line)
            if one["type"] == "diagnostic":
                counts[one["severity"]] += 1
                codes[one["code"], one["name"]] += 1
                worst[one["code"]] = max(worst.get(one["code"], ""), one["severity"], key=_rank)
            elif one["type"] == "file":
                undetermined = sum(entry["verdict"] == "undetermined" for entry in one["ledger"])
                about = (one["path"], one["agency"], one["year"], one["status"])
                yield Checked(*about, counts, undetermined, codes, worst)
                counts, codes, worst = Counter(), Counter(), {}
        except (ValueError, KeyError, TypeError, RecursionError):
            zh, en = "不是 check --format jsonl 写的结果", "this is no result of check --format jsonl"
            raise UserError(say(zh, en), path, number) from None


def _rank(severity: str) -> int:
    return Severity[severity].value if severity in Severity.__members__ else 0


def _expected(path: str, say: Translator) -> tuple[str, ...]:
    """Returns the names of a list: one a line, or the first column of a CSV file; the head of a column is none."""
    try:
        data = read_file(path, LARGEST_LIST, pipe=True)
    except OSError as error:
        raise cannot(say, "读不了", "cannot be read", error, path) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")  # as spreadsheets write CSV in China
    rows = csv.reader(text.splitlines())
    names = [row[0].strip() for row in rows if row and row[0].strip()]
    return tuple(dict.fromkeys(name for name in names if name not in _HEADS and not name.startswith("#")))


_HEADS = ("机关", "机关名称", "单位", "单位名称", "名称", "agency")


def _years(text: str | None, parser: CommandParser, say: Translator) -> tuple[int, ...]:
    """Returns the years that `2022-2024` or `2024` names."""
    first, dash, last = (text or "").partition("-")
    if not text:
        return ()
    if not (first.isdecimal() and (not dash or last.isdecimal())):
        parser.error(say("--years 写成 2024 或 2022-2024", "--years is 2024 or 2022-2024"))
    bounds = int(first), int(last or first)
    if not _FIRST_YEAR <= bounds[0] <= bounds[1] <= _LAST_YEAR:
        parser.error(say("--years 写成 2024 或 2022-2024", "--years is 2024 or 2022-2024"))
    return tuple(range(bounds[0], bounds[1] + 1))


def _parsed(words: Sequence[str], say: Translator) -> tuple[RunConfig, str, str | None, tuple[int, ...]]:
    parser = CommandParser(
        "disclosure-lint overview",
        say("[选项] [路径 …]", "[OPTIONS] [PATH …]"),
        say(
            "把许多年报列成一张表：每个机关每一年有没有、有几处错，缺哪些，重了哪些，什么错最多。"
            "路径是文件、文件夹、压缩包，或者 check --format jsonl 写的结果。",
            "Prints many reports as one table: agencies by years with their errors, what is missing or doubled, and "
            "what is wrong most often. A path is a file, folder or archive, or what check --format jsonl wrote.",
        ),
        say,
    )
    parser.add_argument(
        "--format",
        choices=("text", "csv", "json", "html", "xlsx"),
        default="text",
        help=say(
            "输出格式，默认 text；csv 可用 Excel 打开，xlsx 是 Excel 工作簿，html 是网页",
            "output format, default text; csv opens in Excel, xlsx is a workbook",
        ),
    )
    parser.add_argument(
        "--expect",
        metavar="FILE",
        help=say("应当有年报的机关名单，一行一个，或 CSV 的第一列", "agencies that should report: one a line, or CSV"),
    )
    parser.add_argument("--years", metavar="2022-2024", help=say("只看这些年度", "only these years"))
    sources.add_options(parser)
    sources.add_sharing(parser)
    options, paths = parser.parse(words)
    sources.refuse_to_show(parser, options.format, options.output_file)
    years = _years(options.years, parser, say)
    return run_config(options, paths), options.format, options.expect, years
