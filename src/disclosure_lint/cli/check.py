"""`check`: lint files and folders."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import TYPE_CHECKING

from disclosure_lint.cli import fix_options, reports, sources
from disclosure_lint.cli.acceptances import Acceptances
from disclosure_lint.cli.arguments import CommandParser, comma_list, whole_number
from disclosure_lint.cli.baselines import Baselines
from disclosure_lint.cli.baselines import add_options as baseline_options
from disclosure_lint.cli.converting import read_in_turn
from disclosure_lint.cli.failures import Failures
from disclosure_lint.cli.inputs import Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters, RunConfig, run_config
from disclosure_lint.cli.sources import are_many, processes
from disclosure_lint.model.agency import AgencyPairing
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.version import __version__
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.formats import BuiltInFormat
from disclosure_lint.outputs.wording import SEVERITIES, counted
from disclosure_lint.settings import Settings
from disclosure_lint.settings.keys import KEYS

if TYPE_CHECKING:
    from disclosure_lint.cli.annotating import Annotating
    from disclosure_lint.cli.fixing import Fixing
    from disclosure_lint.engine.history import History
    from disclosure_lint.engine.linter import Linter


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 2 if a plugin failed or a file could not be fixed, 1 if something at the limits was found, else 0."""
    asked = _parsed(words, say)
    linters = Linters(say, use_cache=asked.use_cache)
    if asked.verbose and linters.registry.distrusted:
        _say_distrusted(str(linters.registry.distrusted), say)
    wanted = reports.targets(asked, linters.outputs, say)
    files, foreign = sources.sources(linters, asked, say)
    annotating = fix_options.annotating(asked, files, linters, say)
    if annotating:
        files = annotating.originals(files)
    first = files[0][1] if files else Settings()
    if not say.chosen:
        say = Translator(first.lang or say.lang)
    baselines = Baselines(asked, say)
    baselines.open(settings for _, settings in files)
    acceptances = Acceptances(linters, say, asked.paths, files)
    fixing = fix_options.fixing(asked, files, say)
    examination = _Examination(linters, say, baselines, acceptances, (fixing, annotating), verbose=asked.verbose)
    # What is fixed or copied is written in turn, and some formats are given whole reports.
    alone = fixing is not None or annotating is not None or any(map(_shows_reports, wanted))
    count = 1 if alone else processes(asked.jobs, len(files), use_cache=asked.use_cache)
    many = not alone and are_many(count, len(files))
    with (
        annotating or nullcontext(),
        closing(examination.results(files, count if many else 0)) as results,
        examination.interruption(len(files)),
    ):
        if fixing and fixing.shows:
            fixing.show(results, asked.output_file)
        else:
            with fixing.aside() if fixing else nullcontext():
                failed = examination.failures.caught
                style = OutputStyle(say.lang, __version__, rules=linters.rules, rule_pages=first.rule_pages)
                style = style._replace(agencies=lambda: _agencies(linters, files))
                _write(results, reports.opened_reports(wanted, asked, style, say, failed))
        # Nobody may have read to the end, but a baseline needs all files, and so do copies.
        for _ in results if baselines.writes or annotating else ():
            pass
    tells = asked.verbose or not asked.only_reports
    # Whoever names a folder thinks that there is something in it; an empty list is no mistake.
    nothing = not files and asked.files_from is None and not asked.only_reports
    if tells:
        examination.conclude()
    if nothing or (foreign and tells):
        if foreign:
            sources.tell_left_out(foreign, say, verbose=asked.verbose)
        else:
            sources.tell_nothing_found(asked.paths or ["."], linters.suffixes, say)
    baselines.conclude()
    examination.failures.say(say)
    status = fixing.conclude(examination.failed) if fixing else int(examination.failed)
    status = annotating.conclude(status, quiet=asked.quiet) if annotating else status
    return 2 if examination.failures or nothing else status


def _shows_reports(target: reports.Target) -> bool:
    return target.format.shows_reports if isinstance(target.format, BuiltInFormat) else True


def _agencies(linters: Linters, files: Sequence[tuple[Input, Settings]]) -> AgencyPairing:
    """Returns what tells the names of the agencies of a run."""
    from disclosure_lint.engine.comparing import history_for

    return history_for(linters.of(), [settings for _, settings in files]).agencies


def _write(results: Iterable[FileResult], opened: AbstractContextManager[reports.Reports]) -> None:
    with opened as written:
        written.start()
        for result in results:
            written.add(result)
            if written.closed:
                break
        written.finish()


def _say_distrusted(folder: str, say: Translator) -> None:
    zh = f"没有用缓存文件夹 {folder}：别人也能写，或者不属于你（可用 DISCLOSURE_LINT_CACHE_DIR 另指一个）"
    en = f"the cache {folder} is not used: others can write there, or it is not yours"
    tell(say(zh, f"{en} (DISCLOSURE_LINT_CACHE_DIR names another)"))


def _parsed(words: Sequence[str], say: Translator) -> RunConfig:
    parser = CommandParser(
        "disclosure-lint check",
        say("[选项] [路径 …]", "[OPTIONS] [PATH …]"),
        say(
            "检查文件，以及文件夹里像年度报告的文件；不写路径就是当前文件夹，- 是标准输入。",
            "Lints files, and the annual reports in folders; by default the working directory; - is stdin.",
        ),
        say,
    )
    reports.add_options(parser)
    for name, zh, en in (
        ("--select", "只查这些规则，可写前缀 DL3，逗号分隔", "only these rules; prefixes like DL3"),
        ("--ignore", "不查这些规则", "not these rules"),
        ("--extend-select", "另外再查这些规则", "these rules besides"),
    ):
        parser.add_argument(name, action="extend", type=comma_list, default=[], metavar="CODES", help=say(zh, en))
    parser.add_argument(
        "--fail-on",
        choices=KEYS["fail-on"].choices,
        help=say("达到这一级就以 1 退出，默认 error", "exit with 1 from this level, default error"),
    )
    parser.add_argument(
        "--region", metavar="NAME|auto|none", help=say("用哪个地区的规则包", "the regional rule pack to use")
    )
    parser.add_argument(
        "--max-undetermined",
        metavar="N",
        help=say(
            "一个文件里无法判定的规则多于 N 条就以 1 退出",
            "exit with 1 if more than N rules of a file are undetermined",
        ),
        type=whole_number(say),
    )
    zh = "推断哪个数填错时，认定文字（text）或一起检查的上一年度年报（previous）不会错；none 不参考文字"
    en = "where a wrong number is looked for, never blame what the text says, or last year's report among the files"
    parser.add_argument("--trust", choices=KEYS["trust"].choices, help=say(zh, en))
    fix_options.add_options(parser)
    baseline_options(parser)
    sources.add_options(parser)
    sources.add_sharing(parser)
    parser.add_argument(
        "--profile", metavar="draft|review|publish", help=say("用哪个方案，默认 review", "the profile, default review")
    )
    reports.add_display(parser)
    options, paths = parser.parse(words)
    if options.quiet and options.verbose:
        parser.error(say("-q 和 -v 不能一起用", "-q and -v exclude each other"))
    return run_config(options, paths)


class _Examination:
    """Lints files one after the other and remembers only what the end of the run needs."""

    def __init__(
        self,
        linters: Linters,
        say: Translator,
        baselines: Baselines,
        acceptances: Acceptances,
        writing: tuple[Fixing | None, Annotating | None],
        *,
        verbose: bool,
    ):
        self._linters = linters
        self._say = say
        self._baselines = baselines
        self._acceptances = acceptances
        self._fixing, self._annotating = writing
        self._verbose = verbose
        self.failed = False
        """Whether something at or above the limits was found so far."""
        self.failures = Failures()
        """What plugins and packs failed to do so far."""
        self._found: Counter[Severity] = Counter()
        self._done = 0
        self._shown = 0
        self._skipped = 0

    def results(self, files: Sequence[tuple[Input, Settings]], count: int) -> Generator[FileResult, None, None]:
        """Returns the result of each file, except of those that were found in a folder and are no reports.

        So many processes look at them; 0 if there are too few for more than that.
        """
        if count:
            # Many files only.
            from disclosure_lint.cli.together import in_order

            looked_at = in_order(self._linters, files, count, self._say)
        else:
            looked_at = self._in_turn(files)
        for item, settings, result in looked_at:
            self._done += 1
            self._acceptances.see(result, settings)
            self.failures.add(result.failures)
            if result.status == "not_a_report" and not item.named:
                self._skipped += 1
                if self._verbose:
                    tell(self._say(f"跳过 {item.name}：不是年度报告", f"skipped {item.name}: not an annual report"))
                continue
            self._shown += 1
            judged = self._judged(self._baselines.apply(result, settings), settings)
            if self._annotating:
                self._annotating.write(judged)
            yield judged
            if not gc.isenabled():
                # Off since the start, which is all that a run on one file needs; what is there by now will stay.
                gc.freeze()
                gc.enable()
        for result, settings in self._acceptances.unused():
            yield self._judged(self._baselines.apply(result, settings), settings)

    def _in_turn(self, files: Sequence[tuple[Input, Settings]]) -> Iterator[tuple[Input, Settings, FileResult]]:
        known = None
        # Most runs are about one file.
        if len(files) > 1:
            from disclosure_lint.cli.comparing import history

            known = history(self._linters, files, self._say)
        has = known.has if known else lambda _: False
        for item, settings, linter, data in read_in_turn(self._linters, files, self._say, has):
            if isinstance(data, bytes):
                yield item, settings, self._result(item, data, linter, settings, known)
            else:
                yield item, settings, linter.unreadable(item.name, *data, settings=settings)

    @contextmanager
    def interruption(self, files: int) -> Iterator[None]:
        """Says how far the run is if it is interrupted."""
        try:
            yield
        except KeyboardInterrupt:
            counts = {words: self._found[severity] for severity, words in SEVERITIES.items()}
            zh = f"中断时检查了 {self._done}/{files} 个文件：{'，'.join(f'{one.zh} {n}' for one, n in counts.items())}"
            en = ", ".join(counted(n, one.en) for one, n in counts.items())
            tell(self._say(zh, f"interrupted after {self._done} of {counted(files, 'file')}: {en}"))
            raise

    def conclude(self) -> None:
        """Says so if no file was a report."""
        if self._skipped and not self._shown:
            zh = f"没有找到年度报告（跳过了 {self._skipped} 个别的文件，-v 可列出）"
            tell(self._say(zh, f"found no annual report (skipped {self._skipped} other files; -v lists them)"))

    def _result(
        self, item: Input, data: bytes, linter: Linter, settings: Settings, history: History | None
    ) -> FileResult:
        if self._annotating:
            self._annotating.remember(item, data, linter)

        def lint(data: bytes) -> FileResult:
            return linter.lint(item.name, data, settings, history)

        def lint_new(data: bytes) -> FileResult:
            return self._baselines.left_alone(lint(data), settings)

        return self._fixing.result(item, data, lint_new) if self._fixing else lint(data)

    def _judged(self, result: FileResult, settings: Settings) -> FileResult:
        """Returns the result, and remembers whether it fails the run."""
        for diagnostic in result.diagnostics:
            self._found[diagnostic.severity] += 1
            self.failed |= diagnostic.severity >= settings.fail_on
        undetermined = sum(entry.verdict == "undetermined" for entry in result.ledger)
        if settings.max_undetermined is not None and undetermined > settings.max_undetermined:
            self.failed = True
            most = settings.max_undetermined
            allowed = f"最多允许 {most} 条" if most else "一条也不允许"
            zh = f"{result.path}：有 {undetermined} 条规则没能查完（缺数字或说不准），{allowed}；加 -v 看是哪几条"
            rules = counted(undetermined, "rule")
            en = f"{result.path}: {rules} could not be judged, and {most or 'none'} may be; -v tells which"
            tell(self._say(zh, en))
        return result
