"""Baselines on the command line: what they hide, what is said of them, and how they are written."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.failures import cannot
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import RunConfig
from disclosure_lint.cli.streams import exact, opened
from disclosure_lint.files.reading import LARGEST_BASELINE, read_file
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.wording import plural
from disclosure_lint.settings import Settings

if TYPE_CHECKING:
    from disclosure_lint.suppress.baseline import BaselineEntry, Key, Matching, Recording, Stale


def add_options(parser: CommandParser) -> None:
    """Adds the options about baselines."""
    say = parser.say
    baseline = parser.add_argument_group(say("基线", "baseline"))
    baseline.add_argument(
        "--baseline",
        metavar="FILE",
        help=say("不报这个文件里已经记下的问题", "do not report the mistakes that this file lists"),
    )
    baseline.add_argument(
        "--write-baseline",
        metavar="FILE",
        help=say("把现在查出的问题都记进这个文件", "list all mistakes of now in this file"),
    )
    baseline.add_argument(
        "--prune-baseline",
        action="store_true",
        help=say("从基线里删去已经改好的问题", "take what is mended out of the baseline"),
    )


class Baselines:
    """The baselines of a run: that of the command line, or those of the configurations."""

    def __init__(self, asked: RunConfig, say: Translator):
        """Takes what the command line asks for. Raises UserError if they do not go together."""
        self._say = say
        self._note = not asked.quiet
        self._verbose = asked.verbose
        self._prune = asked.prune_baseline
        self._named = asked.override.baseline
        self._target = asked.write_baseline
        self._recording: Recording | None = None
        self._matching: dict[str, Matching] = {}
        if self._target is not None and (self._named is not None or self._prune):
            other = "--baseline" if self._named is not None else "--prune-baseline"
            message = say(f"--write-baseline 和 {other} 不能一起用", f"--write-baseline and {other} exclude each other")
            raise UserError(message)

    @property
    def writes(self) -> bool:
        """Whether a file is written in the end, for which all files must have been looked at."""
        return self._prune or self._target is not None

    def open(self, settings: Iterable[Settings]) -> None:
        """Reads the baselines for some files. Raises UserError with the place of a mistake in one."""
        if self._target is not None:
            from disclosure_lint.suppress.baseline import Recording

            # A device or a pipe lists nothing. Path.is_file raises errors for paths that cannot be.
            there = os.path.isfile(self._target)  # noqa: PTH113
            before = self._entries(self._target) if there else {}
            self._recording = Recording(before, _folder(self._target))
            return
        names = dict.fromkeys(one.baseline for one in settings if one.baseline is not None)
        for name in names:
            from disclosure_lint.suppress.baseline import Matching

            self._matching[name] = Matching(self._entries(name, pipe=name == self._named), _folder(name))
        if self._prune and not names:
            sentence = self._say(
                "--prune-baseline 要和 --baseline 一起用，或在配置里写 baseline",
                "--prune-baseline needs --baseline, or “baseline” in the configuration",
            )
            raise UserError(sentence)

    def apply(self, result: FileResult, settings: Settings) -> FileResult:
        """Returns the result without what is known."""
        if self._recording is not None:
            return self._recording.apply(result)
        return result if settings.baseline is None else self._matching[settings.baseline].apply(result)

    def left_alone(self, result: FileResult, settings: Settings) -> FileResult:
        """Returns the result without what is not to be mended either: what is known already."""
        return result if self._recording is not None else self.apply(result, settings)

    def conclude(self) -> None:
        """Writes what is to be written, and says what has become of the baselines."""
        if self._recording is not None and self._target is not None:
            self._write(self._recording, self._target)
        for name, matching in self._matching.items():
            stale = matching.stale()
            if stale:
                self._say_stale(name, stale)
            if self._prune:
                self._rewrite(name, matching, stale)

    def _write(self, recording: "Recording", path: str) -> None:
        from disclosure_lint.suppress.baseline import total

        found, kept = recording.found(), recording.kept()
        self._save(path, found | kept)
        (mistakes, files), (others, other_files) = total(found), total(kept)
        zh = f"已把 {files} 个文件的 {mistakes} 个问题记进 {path}"
        en = f"listed {mistakes} {plural('mistake', mistakes)} of {files} {plural('file', files)} in {path}"
        if others:
            zh += f"；这次没有查的 {other_files} 个文件的 {others} 个照旧"
            en += f"; {others} of {other_files} {plural('file', other_files)} that this run did not check stay"
        self._print(self._say(zh, en))

    def _rewrite(self, name: str, matching: "Matching", stale: "list[Stale]") -> None:
        shown, gone = _shown(name), sum(one.times for one in stale)
        self._save(name, matching.pruned())
        if gone:
            self._print(self._say(f"已从 {shown} 删去 {gone} 个", f"took {gone} out of {shown}"))
        else:
            self._print(self._say(f"{shown} 里没有要删的", f"nothing to take out of {shown}"))

    def _say_stale(self, name: str, stale: "list[Stale]") -> None:
        shown, gone = _shown(name), sum(one.times for one in stale)
        if self._verbose:
            for key, count, file_is_gone in stale:
                why = self._say("文件已经没有了", "the file is gone") if file_is_gone else self._say("已改好", "mended")
                self._print(f"{shown}: {key.path} {key.code} {key.address} × {count}{self._say('：', ': ')}{why}")
        if self._prune:
            return
        zh = f"{shown} 里有 {gone} 个问题已经没有了（-v 可列出，--prune-baseline 可删去）"
        en = f"{gone} {plural('mistake', gone)} in {shown} {'is' if gone == 1 else 'are'} there no more (-v lists"
        self._print(self._say(zh, f"{en} them, --prune-baseline takes them out)"))

    def _entries(self, path: str, *, pipe: bool = False) -> "dict[Key, BaselineEntry]":
        from disclosure_lint.suppress.baseline import parsed

        shown = _shown(path)
        try:
            data = read_file(path, LARGEST_BASELINE, pipe=pipe)
        except FileNotFoundError:
            zh = "没有这个基线文件；要新建请用 --write-baseline"
            raise UserError(self._say(zh, "there is no such baseline; write it by --write-baseline"), shown) from None
        except OSError as error:
            raise cannot(self._say, "基线读不了", "cannot read the baseline", error, shown) from None
        return parsed(shown, data, self._say)

    def _save(self, path: str, entries: "dict[Key, BaselineEntry]") -> None:
        from disclosure_lint.files.writing import sweep
        from disclosure_lint.suppress.baseline import written

        text = written(entries)
        if len(text.encode("utf-8", "backslashreplace")) > LARGEST_BASELINE:
            size = f"{LARGEST_BASELINE // 1_000_000} MB"
            zh = f"基线会超过 {size}，读不回来，没有写；请分几个文件夹各记一份"
            en = f"the baseline would be larger than {size}; write one for each of some folders"
            raise UserError(self._say(zh, en), path)
        with suppress(OSError):
            if read_file(path, LARGEST_BASELINE) == text.encode("utf-8", "backslashreplace"):
                sweep(str(Path(path).parent))
                return
        with opened(path, self._say, exact) as file:
            file.write(text)

    def _print(self, sentence: str) -> None:
        if self._note:
            tell(sentence)


def _folder(path: str) -> str:
    return str(Path(path).absolute().parent)


def _shown(path: str) -> str:
    """A baseline that a configuration names is named as briefly as it can be."""
    here, absolute = Path.cwd(), Path(path).absolute()
    return (absolute.relative_to(here) if absolute.is_relative_to(here) else Path(path)).as_posix()
