"""`check`: lint files and folders."""

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint import __version__
from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import Arguments, whole_number
from disclosure_lint.cli.discovery import Input
from disclosure_lint.cli.language import Speaker
from disclosure_lint.cli.linters import Linters
from disclosure_lint.cli.reading import read, reason
from disclosure_lint.cli.streams import opened
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs import json_output, text
from disclosure_lint.outputs.width import harmless
from disclosure_lint.settings import Settings
from disclosure_lint.settings.choice import Override

_PLAIN_WIDTH = 100


def run(words: Sequence[str], say: Speaker) -> int:
    """Returns 1 if something at or above the limits was found, else 0."""
    options, paths = _parsed(words, say)
    linters = Linters(options, say)
    search = sources.search(linters, options, _override(options), say)
    files = sources.sources(linters, options, paths, search, say)
    if not say.chosen and files:
        say = Speaker(files[0][1].lang or say.lang)
    examination = _Examination(linters, say, verbose=options.verbose)
    with opened(options.output_file, say) as output:
        results = examination.results(files)
        for piece in _rendered(results, options, say, output.utf8):
            output.write(piece)
            if output.closed:
                break
    examination.conclude()
    return 1 if examination.failed else 0


def _parsed(words: Sequence[str], say: Speaker) -> tuple[Namespace, list[str]]:
    arguments = Arguments(
        "disclosure-lint check",
        say("[选项] [路径 …]", "[OPTIONS] [PATH …]"),
        say(
            "检查文件，以及文件夹里像年度报告的文件；不写路径就是当前文件夹，- 是标准输入。",
            "Lints files, and the annual reports in folders; by default the working directory; - is stdin.",
        ),
        say,
    )
    arguments.choice("--format", ("text", "json"), say("输出格式，默认 text", "output format, default text"), "text")
    arguments.lists(
        "--select", "CODES", say("只查这些规则，可写前缀 DL3，逗号分隔", "only these rules; prefixes like DL3")
    )
    arguments.lists("--ignore", "CODES", say("不查这些规则", "not these rules"))
    arguments.lists("--extend-select", "CODES", say("另外再查这些规则", "these rules besides"))
    levels = ("error", "warning", "info")
    arguments.choice(
        "--fail-on", levels, say("达到这一级就以 1 退出，默认 error", "exit with 1 from this level, default error")
    )
    arguments.value("--region", "NAME|auto|none", say("用哪个地区的规则包", "the regional rule pack to use"))
    arguments.value(
        "--max-undetermined",
        "N",
        say(
            "一个文件里无法判定的规则多于 N 条就以 1 退出",
            "exit with 1 if more than N rules of a file are undetermined",
        ),
        whole_number(say),
    )
    sources.add_options(arguments)
    arguments.group(say("显示", "display"))
    arguments.choice("--color", ("auto", "always", "never"), say("颜色，默认 auto", "colours, default auto"), "auto")
    arguments.switch("--statistics", help=say("列出每条规则报了几次", "count the reports of each rule"))
    arguments.switch("--no-progress", help=say("不显示进度（现在本来就不显示）", "no progress (there is none yet)"))
    arguments.switch("-q", "--quiet", help=say("每个问题只占一行，没有统计", "one line a problem, no counts"))
    arguments.switch("-v", "--verbose", help=say("还列出没有检查的内容和原因", "also what was not checked, and why"))
    options, paths = arguments.parse(words)
    if options.quiet and options.verbose:
        arguments.fail(say("-q 和 -v 不能一起用", "-q and -v exclude each other"))
    return options, paths


def _override(options: Namespace) -> Override:
    return Override(
        select=tuple(options.select),
        ignore=tuple(options.ignore),
        extend_select=tuple(options.extend_select),
        form=options.form,
        region=options.region,
        fail_on=Severity[options.fail_on] if options.fail_on else None,
        max_undetermined=options.max_undetermined,
    )


def _rendered(results: Iterable[FileResult], options: Namespace, say: Speaker, utf8: bool) -> Iterator[str]:
    if options.format == "json":
        return json_output.render(results, say.lang, __version__, ascii_only=not utf8)
    console = options.output_file is None and sys.stdout.isatty()
    style = text.TextStyle(
        lang=say.lang,
        color=options.color == "always" or (options.color == "auto" and console and _likes_colour()),
        width=min(max(os.get_terminal_size(sys.stdout.fileno()).columns, 40), 200) if console else _PLAIN_WIDTH,
        quiet=options.quiet,
        verbose=options.verbose,
        statistics=options.statistics,
    )
    return text.render(results, style)


def _likes_colour() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    # The old Windows console prints colour codes as they are.
    return os.name != "nt" or any(name in os.environ for name in ("WT_SESSION", "ANSICON", "TERM"))


class _Examination:
    """Lints files one after the other and remembers only what the end of the run needs."""

    def __init__(self, linters: Linters, say: Speaker, *, verbose: bool):
        self._linters = linters
        self._say = say
        self._verbose = verbose
        self.failed = False
        """Whether something at or above the limits was found so far."""
        self._shown = 0
        self._skipped = 0

    def results(self, files: Iterable[tuple[Input, Settings]]) -> Iterator[FileResult]:
        """Returns the result of each file, except of those that were found in a folder and are no reports."""
        for item, settings in files:
            result = self._result(item, settings)
            if result.status == "not_a_report" and not item.named:
                self._skipped += 1
                if self._verbose:
                    self._note(
                        self._say(f"跳过 {item.name}：不是年度报告", f"skipped {item.name}: not an annual report")
                    )
                continue
            self._shown += 1
            self._judge(result, settings)
            yield result
            gc.enable()  # off since the start, which is all that a run on one file needs

    def conclude(self) -> None:
        """Says so if there was nothing to check."""
        if self._skipped and not self._shown:
            zh = f"没有找到年度报告（跳过了 {self._skipped} 个别的文件，-v 可列出）"
            self._note(self._say(zh, f"found no annual report (skipped {self._skipped} other files; -v lists them)"))
        elif not self._shown:
            self._note(self._say("没有找到可以检查的文件", "found no file to lint"))

    def _result(self, item: Input, settings: Settings) -> FileResult:
        linter = self._linters.of(settings.packs)
        try:
            data = read(item)
        except OSError as error:
            return linter.unreadable(item.name, *reason(error), settings=settings)
        return linter.lint(item.name, data, settings)

    def _judge(self, result: FileResult, settings: Settings) -> None:
        if any(diagnostic.severity >= settings.fail_on for diagnostic in result.diagnostics):
            self.failed = True
        undetermined = sum(entry.verdict == "undetermined" for entry in result.ledger)
        if settings.max_undetermined is not None and undetermined > settings.max_undetermined:
            self.failed = True
            zh = f"{result.path}：无法判定的规则有 {undetermined} 条，多于 {settings.max_undetermined} 条"
            en = f"{result.path}: {undetermined} rules are undetermined, more than {settings.max_undetermined}"
            self._note(self._say(zh, en))

    def _note(self, sentence: str) -> None:
        print(harmless(sentence), file=sys.stderr)
