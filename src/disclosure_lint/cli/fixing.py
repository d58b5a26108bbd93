"""Fixes at work: files are rewritten, standard input is passed on mended, or the differences are shown."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from itertools import chain

from disclosure_lint.cli.inputs import STANDARD_INPUT, Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rewriting import RewriteError, rewrite
from disclosure_lint.cli.streams import Console, exact, opened
from disclosure_lint.files.writing import sweep
from disclosure_lint.fixes.applying import Mended, mend
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import disarmed, escape_controls
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.console import tell

_LINE = lazy_re_compile(r"[^\n]*\n|[^\n]+")
_FOUND, _FAILED = 1, 2
_PIECE = 1 << 20
_LINKED = LocalizedText(
    "：这个文件还有别的名字（硬链接），那个名字下仍是原来的内容",
    ": the file has another name (a hard link), under which the old text stays",
)

_PACKED = LocalizedText("压缩包里的文件不改，请解压后再修正", "files in archives are never changed; unpack it first")
_UNTOUCHED = {
    "docx": LocalizedText(
        "Word 文件从不自动改，改写会弄乱版式、修订痕迹和批注。请在 Word 或 WPS 里打开，"
        "按每一条前面写的位置（如“表三，某行，某列”）改好，保存后再检查一次",
        "Word files are never written, for layout, tracked changes and comments would suffer. Open it in Word, "
        "mend each finding at the place that is named before it, save, and check again",
    ),
    "pdf": LocalizedText(
        "PDF 不能直接改。请在生成它的 Word 文件里按每一条前面写的位置改好，重新另存为 PDF，再检查一次",
        "a PDF cannot be mended. Mend the Word file that it was made from at the places that are named, "
        "save it as PDF again, and check that",
    ),
    "": LocalizedText(
        "只有纯文本和 Markdown 文件可以自动改。请在原来的系统里按写出的位置改好，再检查一次",
        "only plain text and Markdown can be mended here. Mend it where it was made, at the places that are named, "
        "and check again",
    ),
}
"""Why a file of a format is not written, and what to do; the last for all others."""


class Fixing:
    """Mends file after file and remembers what the end of the run needs."""

    def __init__(self, say: Translator, *, unsafe: bool, shows: bool, filters: bool):
        """Takes whether unsafe fixes are wanted, whether to show instead of to write, and whether to filter stdin."""
        self._say = say
        self._unsafe = unsafe
        self.shows = shows
        """Whether files stay as they are and the differences are the output."""
        self._filters = filters
        self._stdout = sys.stdout
        self._failed = False
        self._differences: list[str] = []
        self._files = 0
        self._fixes = 0

    def result(self, item: Input, data: bytes, lint: Callable[[bytes], FileResult]) -> FileResult:
        """Returns what is said of a file after its fixes were applied; of the file as it is if they could not be."""
        if not self.shows and item.path != STANDARD_INPUT:
            sweep(os.path.dirname(os.path.realpath(item.path)))  # noqa: PTH120 (as Replacement has it)
        first = lint(data)
        mended = mend(lint, data, first, unsafe=self._unsafe)
        if mended.refusal:
            self._refuse(item, mended.refusal)
        if first.report is not None and not first.report.document.is_text and first.diagnostics:
            self._say_why_untouched(item, first.report.document.format)
        if self.shows:
            self._note(item, first, mended)
            return first
        if item.path == STANDARD_INPUT:
            self._pass_on(mended.data)
        elif mended.applied and item.member:
            self._refuse(item, _PACKED)
            return first
        elif mended.applied:
            try:
                others = rewrite(item.path, data, mended.data)
            except RewriteError as error:
                self._refuse(item, error.words)
                return first
            if others:
                tell(self._say(f"提示：{item.name}{_LINKED.zh}", f"note: {item.name}{_LINKED.en}"))
        return mended.result._replace(fixed=mended.applied)

    def show(self, results: Iterable[FileResult], path: str | None) -> None:
        """Writes the differences to a file, or to standard output, as the results come in."""
        # What goes to a file or a program must be exact, or it could not be applied; a terminal is spared.
        wording = disarmed if path is None and self._stdout.isatty() else exact
        with opened(path, self._say, wording) as output:
            for _ in results:
                for line in self._differences:
                    output.write(line)
                self._differences.clear()
                if output.closed:
                    break

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Sends what is said to standard error where standard output takes the mended standard input."""
        if self._filters:
            with redirect_stdout(sys.stderr):
                yield
        else:
            yield

    def conclude(self, found: bool) -> int:
        """Returns the exit status: 2 if a file could not be fixed, else 1 if there are findings or differences left."""
        if self.shows:
            zh = f"会改 {self._files} 个文件，修正 {self._fixes} 处"
            en = f"would fix {self._fixes} in {self._files} {'file' if self._files == 1 else 'files'}"
            tell(self._say(zh, en))
            found = self._files > 0
        return _FAILED if self._failed else _FOUND if found else 0

    def _pass_on(self, data: bytes) -> None:
        """Writes standard input, mended or not, and what of it was too much to be read."""
        rest = iter(lambda: sys.stdin.buffer.read(_PIECE), b"")
        Console(self._say).pass_on(self._stdout, chain([data], rest))

    def _say_why_untouched(self, item: Input, form: str) -> None:
        why = _UNTOUCHED.get(form, _UNTOUCHED[""])
        tell(self._say(f"提示：{item.name} 没有改动：{why.zh}", f"note: {item.name} was left as it is: {why.en}"))

    def _refuse(self, item: Input, words: LocalizedText) -> None:
        self._failed = True
        sentence = self._say(f"错误：{item.name}：没有修正：{words.zh}", f"error: {item.name}: not fixed: {words.en}")
        tell(sentence)

    def _note(self, item: Input, first: FileResult, mended: Mended) -> None:
        if not mended.applied or first.source is None or mended.result.source is None:
            return
        # Only where something differs.
        from difflib import unified_diff

        self._files += 1
        self._fixes += mended.applied
        mark = "\ufeff" if first.source.encoding == "utf-8-sig" else ""
        old, new = (_LINE.findall(mark + source.text) for source in (first.source, mended.result.source))
        self._differences += map(self._line, unified_diff(old, new, item.name, item.name))

    def _line(self, line: str) -> str:
        if self._stdout.isatty():
            line = escape_controls(line.rstrip("\r\n")) + "\n"
        return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
