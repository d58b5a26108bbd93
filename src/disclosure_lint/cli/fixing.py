"""Fixes at work: files are rewritten, standard input is passed on mended, or the differences are shown."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout

from disclosure_lint.cli.discovery import STANDARD_INPUT, Input
from disclosure_lint.cli.language import Speaker
from disclosure_lint.cli.rewriting import RewriteError, rewrite
from disclosure_lint.fixes.mending import Mended, mend
from disclosure_lint.model.diagnostic import Words
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.width import harmless

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_FOUND, _FAILED = 1, 2


class Fixing:
    """Mends file after file and remembers what the end of the run needs."""

    def __init__(self, say: Speaker, *, unsafe: bool, shows: bool, filters: bool):
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
        first = lint(data)
        mended = mend(lint, data, first, unsafe=self._unsafe)
        if mended.refusal:
            self._refuse(item, mended.refusal)
        if self.shows:
            self._note(item, first, mended)
            return first
        if item.path == STANDARD_INPUT:
            self._stdout.buffer.write(mended.data)
        elif mended.applied:
            try:
                rewrite(item.path, data, mended.data)
            except RewriteError as error:
                self._refuse(item, error.words)
                return first
        return mended.result._replace(fixed=mended.applied)

    def passed_on(self, item: Input, data: bytes) -> None:
        """Passes on standard input that is no report: a filter must not swallow a text."""

    def differences(self) -> str:
        """Returns the differences that were found since it was last asked."""
        pieces, self._differences = self._differences, []
        return "".join(pieces)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Sends what is said to standard error while standard output takes the mended standard input."""
        if not self._filters:
            yield
            return
        self._stdout.flush()
        with redirect_stdout(sys.stderr):
            yield
        self._stdout.flush()

    def conclude(self, found: bool) -> int:
        """Returns the exit status: 2 if a file could not be fixed, else 1 if there are findings or differences left."""
        if self.shows:
            zh = f"会改 {self._files} 个文件，修正 {self._fixes} 处"
            en = f"would fix {self._fixes} in {self._files} files"
            print(self._say(zh, en), file=sys.stderr)
            found = self._files > 0
        return _FAILED if self._failed else _FOUND if found else 0

    def _refuse(self, item: Input, words: Words) -> None:
        self._failed = True
        name = harmless(item.name)
        sentence = self._say(f"错误：{name}：没有修正：{words.zh}", f"error: {name}: not fixed: {words.en}")
        print(harmless(sentence), file=sys.stderr)

    def _note(self, item: Input, first: FileResult, mended: Mended) -> None:
        if not mended.applied or first.source is None or mended.result.source is None:
            return
        # Only where something differs.
        from difflib import unified_diff

        self._files += 1
        self._fixes += mended.applied
        mark = "\ufeff" if first.source.encoding == "utf-8-sig" else ""
        old, new = (_LINE.findall(mark + source.text) for source in (first.source, mended.result.source))
        lines = unified_diff(old, new, f"a/{item.name}", f"b/{item.name}")
        self._differences += map(self._line, lines)

    def _line(self, line: str) -> str:
        if self._stdout.isatty():
            line = harmless(line.rstrip("\r\n")) + "\n"
        return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
