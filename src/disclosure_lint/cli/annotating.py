"""Copies with notes: where each stands, and that it takes the place of nothing but an older copy of ours."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from disclosure_lint.annotate.copying import annotated_copy
from disclosure_lint.annotate.notes import NoCopyError, notes
from disclosure_lint.cli.failures import cannot
from disclosure_lint.cli.inputs import STANDARD_INPUT, Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters, RunConfig
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import LARGEST_BASELINE, LARGEST_DOCUMENT, read_file, whole_path, why
from disclosure_lint.files.writing import put
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UnreadableError, UserError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.wording import counted
from disclosure_lint.settings import Settings

_FAILED = 2
_NOT_IN_NAMES = lazy_re_compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
"""What some system does not allow in the name of a file; members of archives may be called anything."""
_FOREIGN = LocalizedText(
    "副本在上次检查之后改过，或者不是本工具写的，没有覆盖；请移走它，或另给一个文件夹",
    "the file in its place is no copy, or was changed since; it was left there: move it away, or name another folder",
)
_LIST = ".disclosure-lint-copies.json"
_OFTEN = 20
"""After so many copies, what is there is noted: who ends a run may begin it again."""
_MOST = 2 * LARGEST_DOCUMENT


class Annotating:
    """Writes a copy of each report with findings and remembers what the end of the run needs."""

    def __init__(self, asked: RunConfig, files: Sequence[tuple[Input, Settings]], linters: Linters, say: Translator):
        """Raises UserError if copies would take the place of files that are read, or there can be no such folder."""
        self._say = say
        self._linters = linters
        folder = asked.annotate or ""
        if asked.fix or asked.diff:
            zh, en = "--annotate 不能和 --fix、--diff 一起用", "--annotate excludes --fix and --diff"
            raise UserError(say(zh, en))
        if "\0" in folder:
            raise UserError(say("不能作为文件夹", "it cannot be a folder"), folder)
        self._folder = Path(os.path.realpath(folder))
        try:
            self._root = _root(asked, [item for item, _ in files])
        except ValueError:  # Windows: on another drive each
            raise UserError(
                say("文件在不同的盘上，请分开检查", "the files are on several drives; check them apart")
            ) from None
        self._places: dict[Input, Path] = {}
        self._taken: set[str] = set()
        originals = [item for item, _ in self.originals(files)]
        inputs = {os.path.realpath(item.path) for item in originals if item.path != STANDARD_INPUT}
        for item in originals:
            if item.path == STANDARD_INPUT and item.name == STANDARD_INPUT:
                zh, en = "标准输入的副本要有名字：请加 --stdin-filename", "a copy of stdin needs --stdin-filename"
                raise UserError(say(zh, en))
            if os.path.realpath(self._place(item)) in inputs:
                zh = "副本会覆盖要检查的文件；请另给一个文件夹"
                raise UserError(say(zh, "the copies would take the place of files that are read; name another"), folder)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot(say, "不能作为文件夹", "it cannot be a folder", error, folder) from None
        self._shown = folder
        self._copies = Copies(self._folder)
        linters.registry.converting.keep()
        self._last: tuple[Input, bytes, Linter] | None = None
        self._written = self._clean = self._without = 0
        self._failed = False

    def __enter__(self) -> None:
        """Begins a run."""

    def __exit__(self, *_: object) -> None:
        """Notes what was written, however the run ended."""
        self._copies.finish()

    def originals(self, files: Sequence[tuple[Input, Settings]]) -> list[tuple[Input, Settings]]:
        """Returns the files without those that were found in the folder of the copies, if that is among the others."""
        root = Path(os.path.realpath(self._root))
        if self._folder == root or not self._folder.is_relative_to(root):
            return [*files]
        return [
            (item, settings)
            for item, settings in files
            if item.named or not Path(os.path.realpath(item.path)).is_relative_to(self._folder)
        ]

    def remember(self, item: Input, data: bytes, linter: Linter) -> None:
        """Takes the bytes of the file of which a result is written next."""
        self._last = item, data, linter

    def write(self, result: FileResult) -> None:
        """Writes a copy of a file with what was found in it; one that there is of a file without findings goes."""
        if self._last is None:
            return
        (item, data, linter), self._last = self._last, None
        document = result.report.document if result.report else None
        if document is None:
            self._without += 1
            return
        place = self._place(item)
        try:
            word = None
            if document.format == "docx":
                word = self._linters.registry.converting.word_file(item.name, data)
            if word is not None:
                place = self._free(place.with_name(f"{place.name}.docx"))
            if not result.diagnostics:
                self._clean += 1
                self._copies.remove(place)
                return
            found = notes(result, linter.rules, self._say.lang)
            copy = annotated_copy(document, word or data, found, lambda data: linter.read(item.name, data))
            self._copies.put(place, copy)
            self._written += 1
        except (NoCopyError, UnreadableError) as error:
            words = error.words if isinstance(error, NoCopyError) else LocalizedText(error.zh, error.en)
            self._without += 1
            self._tell(item, words)
        except ForeignFileError:
            self._failed = True
            self._tell(item, _FOREIGN)
        except OSError as error:
            self._failed = True
            self._tell(item, why(error))

    def conclude(self, status: int, *, quiet: bool) -> int:
        """Returns the exit status, 2 if a copy could not be written; says how many there are."""
        if not quiet:
            zh = f"写了 {self._written} 份带批注的副本，在 {self._shown}"
            en = f"{counted(self._written, 'copy').replace('copys', 'copies')} with comments in {self._shown}"
            more = [
                (self._clean, f"{self._clean} 份没有问题，不需要副本", f"{self._clean} without findings need none"),
                (self._without, f"{self._without} 份没有副本", f"of {self._without} there is none"),
            ]
            zh += "".join(f"；{words}" for count, words, _ in more if count)
            en += "".join(f"; {words}" for count, _, words in more if count)
            tell(self._say(zh, en))
        return _FAILED if self._failed else status

    def _tell(self, item: Input, words: LocalizedText) -> None:
        tell(self._say(f"{item.name}：没有写带批注的副本：{words.zh}", f"{item.name}: no copy with notes: {words.en}"))

    def _place(self, item: Input) -> Path:
        """Returns where the copy of a file stands: below the folder as the file below the others' common folder."""
        if item not in self._places:
            path = self._root / Path(item.name).name if item.path == STANDARD_INPUT else whole_path(item.path)
            for part in item.member[1].name.split("/") if item.member else ():
                path = path if part in ("", ".", "..") else path / _NOT_IN_NAMES.sub("_", part)
            self._places[item] = self._free(self._folder / path.relative_to(self._root))
        return self._places[item]

    def _free(self, place: Path) -> Path:
        """Returns a place that no other copy has: archives may have two files of one name."""
        wanted, count = place, 1
        while str(place).casefold() in self._taken:
            count += 1
            place = wanted.with_name(f"{wanted.stem} ({count}){wanted.suffix}")
        self._taken.add(str(place).casefold())
        return place


def _root(asked: RunConfig, inputs: Sequence[Input]) -> Path:
    """Returns the folder that all files are in: the one that is named, if one is."""
    named = asked.paths if asked.paths or asked.files_from else (".",)
    folders = {whole_path(path) for path in named if Path(path).is_dir()}
    for item in inputs:
        folder = whole_path(item.path).parent
        if item.path != STANDARD_INPUT and not any(folder.is_relative_to(one) for one in folders):
            folders.add(folder)
    return Path(os.path.commonpath(folders)) if folders else Path.cwd()


class ForeignFileError(Exception):
    """A file stands where a copy belongs, and is none, or was changed."""


class Copies:
    """What was put into a folder of the user's in this run and those before.

    A file is replaced or removed only if it is byte for byte what we put there.
    """

    def __init__(self, folder: Path):
        """Takes a folder that exists, without links in its path."""
        self._folder = folder
        self._list = self._folder / _LIST
        self._known = _known(self._list)
        self._unnoted = 0

    def put(self, path: Path, data: bytes) -> None:
        """Writes a file, whole or not at all. Raises ForeignFileError, OSError."""
        if os.path.lexists(path) and not self._is_ours(path, data):
            raise ForeignFileError
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, data)
        self._known[self._name(path)] = _digest(data)
        self._unnoted += 1
        if self._unnoted == _OFTEN:
            self.finish()

    def remove(self, path: Path) -> None:
        """Removes a file that was put there; one that was changed since stays. Raises OSError."""
        if self._name(path) in self._known and os.path.lexists(path) and self._is_ours(path):
            path.unlink()
            del self._known[self._name(path)]
            self._unnoted += 1

    def finish(self) -> None:
        """Notes what is there for the next run. What was not noted will not be replaced."""
        if self._unnoted:
            self._unnoted = 0
            with suppress(OSError):
                put(self._list, json.dumps({"copies": self._known}, ensure_ascii=True, indent=0).encode())

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _is_ours(self, path: Path, data: bytes | None = None) -> bool:
        if path.is_symlink():
            return False
        there = read_file(path, _MOST)
        return there == data or self._known.get(self._name(path)) == _digest(there)


def _known(path: Path) -> dict[str, str]:
    """Returns the digests of copies by name; nothing if there is no such list, or somebody wrote another there."""
    try:
        found = json.loads(read_file(path, LARGEST_BASELINE))["copies"]
        return {str(name): str(digest) for name, digest in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()
