"""Which formats a run is written in, and where each goes."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import RunConfig
from disclosure_lint.cli.streams import Output, opened
from disclosure_lint.files.reading import read_start
from disclosure_lint.model.display import disarmed
from disclosure_lint.model.errors import PluginError, UserError
from disclosure_lint.model.output import GENERATOR, FolderWriter, OutputFormat, OutputStyle, OutputWriter, Page
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.formats import BUILT_IN, BuiltInFormat

_PLAIN_WIDTH = 100
_FIRST_VTE_WITH_LINKS = 5000
_WITH_LINKS = frozenset(
    ("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "xterm-kitty", "xterm-ghostty", "alacritty", "foot")
)
"""Names of terminals, as they name themselves."""
Failed = Callable[[PluginError], None]
"""Is told of a format that failed."""
_HEAD = 4096


class Target(NamedTuple):
    """A format and its file; None for standard output."""

    format: OutputFormat
    path: str | None


def add_options(parser: CommandParser) -> None:
    """Adds the options that say in which formats, and how, a run is written."""
    say = parser.say
    names = [output_format.name for output_format in BUILT_IN]
    zh = f"输出格式，默认 text，可写 {'、'.join(names)}；可以重复，写成 格式:文件 就写入文件，html:文件夹/ 每份一页"
    en = f"output format, default text; one of {', '.join(names)}; may be repeated; FORMAT:FILE writes to a file, "
    en += "html:FOLDER/ a page for each report"
    parser.add_argument("--format", action="append", dest="formats", metavar="FORMAT[:FILE]", help=say(zh, en))


def add_display(parser: CommandParser) -> None:
    """Adds the options about what a person sees."""
    say = parser.say
    display = parser.add_argument_group(say("显示", "display"))
    display.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        help=say("颜色，默认 auto", "colours, default auto"),
        default="auto",
    )
    display.add_argument(
        "--statistics", action="store_true", help=say("列出每条规则报了几次", "count the reports of each rule")
    )
    display.add_argument(
        "-q", "--quiet", action="store_true", help=say("每个问题只占一行，没有统计", "one line a problem, no counts")
    )
    display.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help=say("还列出没有检查的内容和原因", "also what was not checked, and why"),
    )


def targets(asked: RunConfig, formats: Mapping[str, OutputFormat], say: Translator) -> tuple[Target, ...]:
    """Returns what is written where; raises UserError for an unknown format or two outputs in one place."""
    wanted = [word.partition(":") for word in asked.formats or ["text"]]
    found = [Target(_format(name, formats, say), path or None) for name, _, path in wanted]
    if asked.output_file:
        free = [index for index, target in enumerate(found) if target.path is None]
        if len(free) != 1:
            zh = "--output-file 要配一个没有写文件的 --format"
            raise UserError(say(zh, "--output-file goes with one --format that names no file"))
        found[free[0]] = found[free[0]]._replace(path=asked.output_file)
    places = [target.path and os.path.realpath(target.path) for target in found]
    if len(set(places)) < len(places):
        zh = "两种输出格式不能写到同一个地方；用 --format 格式:文件 分开"
        raise UserError(say(zh, "two formats cannot go to one place; part them with --format FORMAT:FILE"))
    return tuple(found)


class Reports:
    """All outputs of a run."""

    def __init__(self, written: Sequence[tuple[OutputWriter, Output]], failed: Failed):
        self._written = written
        self._failed = failed

    @property
    def closed(self) -> bool:
        """Whether nobody reads any more."""
        return all(output.closed for _, output in self._written)

    def start(self) -> None:
        """Writes what stands before the first result."""
        self._write(lambda writer: writer.start())

    def add(self, result: FileResult) -> None:
        """Writes what is said about a file."""
        self._write(lambda writer: writer.add(result))

    def finish(self) -> None:
        """Writes what ends the outputs."""
        self._write(lambda writer: writer.finish())

    def _write(self, ask: Callable[[OutputWriter], str]) -> None:
        for writer, output in self._written:
            if not output.closed:
                try:
                    output.write(ask(writer))
                except PluginError as error:
                    # The other outputs are whole all the same.
                    self._failed(error)
                    output.abandon()


@contextmanager
def opened_reports(
    wanted: Sequence[Target], asked: RunConfig, style: OutputStyle, say: Translator, failed: Failed
) -> Iterator[Reports]:
    """Returns the outputs; files appear, or are replaced, only at the end.

    `style` is what holds for each of them. `failed` is told of formats of plugins that fail; what they have written to
    a file so far is dropped.
    """
    with ExitStack() as stack:
        written: list[tuple[OutputWriter, Output]] = []
        for target in wanted:
            if target.path is not None and _is_folder(target.path):
                pages = _folder_writer(target.format, _styled(style, target, asked, utf8=True))
                if pages is not None:
                    folder = FolderOutput(pages, target.path, say)
                    written.append((folder, folder))
                    continue
            wording = partial(disarmed, coloured=_is_coloured(target, asked.color), pages=style.rule_pages)
            output = stack.enter_context(opened(target.path, say, wording))
            try:
                written.append((target.format.writer(_styled(style, target, asked, utf8=output.utf8)), output))
            except PluginError as error:
                failed(error)
                output.abandon()
        yield Reports(written, failed)


class FolderOutput:
    """Writer and output in one: what the format writes goes to files of the folder, and nothing to a stream.

    The pages stand beside each other, each whole or not there, the one that leads to them last.
    """

    utf8 = True
    closed = False

    def __init__(self, writer: FolderWriter, path: str, say: Translator):
        """Takes the folder, which is made if it is not there."""
        self._writer = writer
        self._folder = Path(path)
        self._say = say
        self._refuse_another()

    def start(self) -> str:
        """Returns nothing."""
        return ""

    def add(self, result: FileResult) -> str:
        """Writes the pages about a file."""
        return self._put(self._writer.add(result))

    def finish(self) -> str:
        """Writes the pages about all files."""
        return self._put(self._writer.finish())

    def write(self, text: str) -> None:
        """Writes nothing: there is no stream."""

    def abandon(self) -> None:
        """Writes no more."""
        self.closed = True

    def _refuse_another(self) -> None:
        """Raises UserError if the folder is a web site of somebody else."""
        index = self._folder / "index.html"
        try:
            is_ours = not index.exists() or GENERATOR.encode() in read_start(str(index), _HEAD)
        except OSError:
            is_ours = False
        if not is_ours:
            zh, en = (
                "这个文件夹里已有别的 index.html，请换一个文件夹",
                "there is another index.html here; name another folder",
            )
            raise UserError(self._say(zh, en), str(index))

    def _put(self, pages: Iterable[Page]) -> str:
        # Most runs write to the console.
        from disclosure_lint.files import writing

        for page in pages:
            target = self._folder / page.name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                writing.put(os.path.realpath(target), disarmed(page.text).encode("utf-8", "backslashreplace"))
            except OSError as error:
                reason = error.strerror or str(error)
                message = self._say(f"结果写不进这个文件夹：{reason}", f"cannot write the output: {reason}")
                raise UserError(message, str(target)) from None
        return ""


def _is_folder(path: str) -> bool:
    """Says whether an output is to be a folder: one that is there, or a name that ends like one."""
    return path.endswith(("/", os.sep)) or Path(path).is_dir()


def _folder_writer(output_format: OutputFormat, style: OutputStyle) -> FolderWriter | None:
    """Returns what writes a folder; None if the format knows only files."""
    return output_format.folder_writer(style) if isinstance(output_format, BuiltInFormat) else None


def _format(name: str, formats: Mapping[str, OutputFormat], say: Translator) -> OutputFormat:
    if name not in formats:
        zh = f"--format：没有“{name}”，可写 {'、'.join(formats)}"
        raise UserError(say(zh, f"--format: there is no “{name}”; write one of {', '.join(formats)}"))
    return formats[name]


def _styled(style: OutputStyle, target: Target, asked: RunConfig, *, utf8: bool) -> OutputStyle:
    console = _is_console(target)
    return style._replace(
        color=_is_coloured(target, asked.color),
        links=console and _is_coloured(target, asked.color) and _knows_links(),
        width=min(max(os.get_terminal_size(sys.stdout.fileno()).columns, 40), 200) if console else _PLAIN_WIDTH,
        quiet=asked.quiet,
        verbose=asked.verbose,
        pictures=asked.verbose or console,
        only_reports=asked.only_reports,
        statistics=asked.statistics,
        utf8=utf8,
    )


def _is_console(target: Target) -> bool:
    return target.path is None and sys.stdout.isatty()


def _is_coloured(target: Target, color: str) -> bool:
    return color == "always" or (color == "auto" and _is_console(target) and _likes_colour())


def _knows_links() -> bool:
    """Says whether the terminal is one of those that are known to show links (OSC 8), or is said to."""
    if wish := os.environ.get("FORCE_HYPERLINK"):
        return wish != "0"
    if os.environ.get("VTE_VERSION", "").isdecimal():
        return int(os.environ["VTE_VERSION"]) >= _FIRST_VTE_WITH_LINKS
    known = os.environ.get("TERM_PROGRAM") in _WITH_LINKS or os.environ.get("TERM") in _WITH_LINKS
    return known or "WT_SESSION" in os.environ or "KONSOLE_VERSION" in os.environ


def _likes_colour() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    # The old Windows console prints colour codes as they are.
    return os.name != "nt" or any(name in os.environ for name in ("WT_SESSION", "ANSICON", "TERM"))
