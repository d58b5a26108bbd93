"""`facts`: the numbers of the statutory tables."""

from collections.abc import Iterator, Sequence

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.converting import converted_ahead
from disclosure_lint.cli.discovery import Input
from disclosure_lint.cli.failures import Failures
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.linting import Linters
from disclosure_lint.cli.reading import read
from disclosure_lint.cli.run_config import RunConfig, run_config
from disclosure_lint.cli.streams import opened
from disclosure_lint.files.reading import why
from disclosure_lint.model.errors import PluginError, UnreadableError
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.facts import FileFacts, render_csv, render_json
from disclosure_lint.settings import Settings


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 2 if a plugin failed, else 1 if a file cannot be read, else 0."""
    asked, output_format = _parsed(words, say)
    linters = Linters(say, use_cache=asked.use_cache)
    inputs, foreign = sources.sources(linters, asked, say)
    reading = _Reading(linters, say)
    with opened(asked.output_file, say) as output:
        files = reading.files(inputs)
        if output_format == "csv":
            pieces = render_csv(files, say.lang)
        else:
            pieces = render_json(files, sources.single(asked), not output.utf8, say.lang)
        for piece in pieces:
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


def _parsed(words: Sequence[str], say: Translator) -> tuple[RunConfig, str]:
    parser = CommandParser(
        "disclosure-lint facts",
        say("[选项] [路径 …]", "[OPTIONS] [PATH …]"),
        say(
            "列出法定表格里的每个数、原文和位置。JSON：只写一个文件时是一个对象，否则是每个文件一个对象的数组。",
            "Prints every number of the statutory tables with its text and position. "
            "JSON: one object if exactly one file is named, else an array with an object for each file.",
        ),
        say,
    )
    parser.add_argument(
        "--format",
        choices=("json", "csv"),
        help=say("输出格式，默认 json", "output format, default json"),
        default="json",
    )
    sources.add_options(parser)
    options, paths = parser.parse(words)
    return run_config(options, paths), options.format


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
