"""Which files a command is about, those that are named and the likely ones in named folders, and their bytes."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, NamedTuple

from disclosure_lint.cli.failures import cannot
from disclosure_lint.cli.language import Translator
from disclosure_lint.files.reading import LARGEST_DOCUMENT, LARGEST_LIST, RefusedError, read_file, read_start
from disclosure_lint.model.errors import UserError
from disclosure_lint.readers.unsupported import ARCHIVES, DOCUMENTS

if TYPE_CHECKING:
    from disclosure_lint.files.zipped import Archive, Member

STANDARD_INPUT = "-"
_SKIPPED_IN_ARCHIVES = frozenset(("__MACOSX",))
_SKIPPED_FOLDERS = frozenset(("node_modules", "__pycache__", "site-packages"))
# Hidden files and folders (.git, .venv), and what Office leaves beside an open document.
_SKIPPED_STARTS = (".", "~$")
# One byte more than any report may have: the linter sees that it is too large, and memory holds out.
READ_LIMIT = LARGEST_DOCUMENT + 1


class Named(NamedTuple):
    """A path as the user wrote it, and where: in a list of files, or on the command line."""

    path: str
    listed_in: str | None = None
    line: int | None = None


class Input(NamedTuple):
    """A file to look at, or a folder that cannot be looked into."""

    name: str
    """The path as the user named it, with forward slashes."""
    path: str
    named: bool
    """False if it was found in a folder."""
    error: OSError | None = None
    """Why the folder or archive cannot be looked into."""
    foreign: bool = False
    """Whether it is a document in a folder, of a format that is not read."""
    member: "tuple[Archive, Member] | None" = None
    """What it is in the archive at that path."""


class Look(NamedTuple):
    """What is looked at in a folder."""

    suffixes: tuple[str, ...] = ()
    """File name endings of formats that are read."""
    excluded: Callable[[str], bool] = lambda _: False
    """Tells whether a path is not to be looked at."""


LookIn = Callable[[str], Look]
"""Takes a folder; returns what is looked at in it."""


def discover(named: Sequence[Named], look_in: LookIn, say: Translator) -> Iterator[Input]:
    """Returns the files in a stable order, each once. Raises UserError at once if a named path does not exist."""
    folders = {item.path for item in named if _is_folder(item, say)}
    files = {_identity(item.path): item for item in named if item.path not in folders}
    walk = _Walk(look_in, set(files))
    return _inputs(named, folders, walk)


def read(item: Input) -> bytes:
    """Returns the bytes, at most `READ_LIMIT`. Raises OSError."""
    if item.error:
        raise item.error
    if item.member:
        archive, member = item.member
        return archive.start(member, READ_LIMIT)
    if item.path == STANDARD_INPUT:
        return sys.stdin.buffer.read(READ_LIMIT)
    return read_start(item.path, READ_LIMIT, pipe=item.named)


def listed(path: str, say: Translator) -> list[Named]:
    """Returns the paths of a list of files, one a line or separated by NUL; `-` is standard input."""
    try:
        data = _list(path)
    except OSError as error:
        raise cannot(say, "文件清单读不了", "cannot read the list of files", error, path) from None
    separator = b"\0" if b"\0" in data else b"\n"
    parts = data.removeprefix(b"\xef\xbb\xbf").split(separator)
    names = [os.fsdecode(part.removesuffix(b"\r")) for part in parts]
    return [Named(name, path, line) for line, name in enumerate(names, 1) if name]


def in_archive(path: str) -> str | None:
    """Returns the archive that a path leads into, None if it leads into none."""
    way = Path(path).parents
    return next((str(part) for part in way if part.suffix.lower() in ARCHIVES and part.is_file()), None)


def slashed(path: str) -> str:
    """Returns a path with forward slashes."""
    return path.replace(os.sep, "/")


def _only(item: Input, path: str, archive: "Archive") -> Input:
    """Returns the file that is named in an archive; without it, what is said."""
    wanted = slashed(item.path)[len(path) + 1 :]
    member = next((member for member in archive.members if member.name == wanted), None)
    if member is None:
        return item._replace(error=archive.without(wanted))
    return item._replace(path=path, member=(archive, member))


def _inputs(named: Sequence[Named], folders: set[str], walk: "_Walk") -> Iterator[Input]:
    done: set[str] = set()
    for item in named:
        if item.path in folders:
            yield from walk.folder(slashed(item.path), item.path)
        elif (identity := _identity(item.path)) not in done:
            done.add(identity)
            yield from walk.file(Input(slashed(item.path), item.path, named=True))


def _identity(path: str) -> str:
    return path if path == STANDARD_INPUT else os.path.realpath(path)


def _is_folder(item: Named, say: Translator) -> bool:
    if item.path == STANDARD_INPUT:
        return False
    try:
        return bool(item.path) and S_ISDIR(Path(item.path).stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        # A broken link is there and cannot be read; ValueError is a path that no file can have.
        if "\0" not in item.path and (os.path.lexists(item.path) or in_archive(item.path)):
            return False
        message = say(f"没有这个文件或文件夹：{item.path}", f"no such file or folder: {item.path}")
        raise UserError(message, item.listed_in, item.line) from None
    except OSError:
        return False


class _Folder(NamedTuple):
    name: str
    path: str
    real: str
    """Its path without links."""


class _Walk:
    """Goes through folders; knows what it has seen, so that links in a circle come to an end."""

    def __init__(self, look_in: LookIn, seen: set[str]):
        self._look_in = look_in
        self._seen = seen
        """Real paths of files and folders that are not to come again."""

    def folder(self, name: str, path: str) -> Iterator[Input]:
        """Returns the files of a folder and of those within, by name, file or folder alike."""
        # Not recursive: folders may be nested deeper than Python's stack.
        pending: list[Input | _Folder] = [_Folder(name, path, os.path.realpath(path))]
        while pending:
            item = pending.pop()
            if isinstance(item, Input):
                yield from self.file(item)
            elif self._is_new(item.real):
                pending.extend(reversed(self._entries(item)))

    def file(self, item: Input) -> Iterator[Input]:
        """Returns a file, or those in it if it is an archive."""
        inside = in_archive(item.path) if item.named else None
        path = inside or item.path
        if item.error or not path.lower().endswith(ARCHIVES):
            yield item
            return
        # Few folders have archives.
        from disclosure_lint.files.zipped import Archive

        try:
            archive = Archive(path)
        except OSError as error:
            yield item._replace(error=error)
            return
        if archive.is_document:
            yield item
        elif inside:
            yield _only(item, inside, archive)
        else:
            yield from self._members(item, archive)

    def _members(self, item: Input, archive: "Archive") -> Iterator[Input]:
        look = self._look_in(str(Path(item.path).parent))
        for member in archive.members:
            parts = member.name.split("/")
            lower = member.name.lower()
            foreign = not lower.endswith(look.suffixes)
            if (
                not any(part.startswith(_SKIPPED_STARTS) or part in _SKIPPED_IN_ARCHIVES for part in parts)
                and (lower.endswith((*DOCUMENTS, *ARCHIVES)) or not foreign)
                and not look.excluded(f"{item.path}/{member.name}")
            ):
                yield item._replace(
                    name=f"{item.name}/{member.name}", named=False, foreign=foreign, member=(archive, member)
                )

    def _entries(self, folder: _Folder) -> list[Input | _Folder]:
        try:
            with os.scandir(folder.path) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError as error:
            return [Input(folder.name, folder.path, named=False, error=error)]
        look = self._look_in(folder.path)
        found = [self._entry(folder, entry, look.suffixes) for entry in entries if not look.excluded(entry.path)]
        return [item for item in found if item]

    def _entry(self, folder: _Folder, entry: os.DirEntry[str], suffixes: tuple[str, ...]) -> Input | _Folder | None:
        if entry.name.startswith(_SKIPPED_STARTS):
            return None
        name = entry.name if folder.name == "." else f"{folder.name.rstrip('/')}/{entry.name}"
        real = os.path.realpath(entry.path) if entry.is_symlink() else f"{folder.real}{os.sep}{entry.name}"
        if _is_directory(entry):
            return None if entry.name in _SKIPPED_FOLDERS else _Folder(name, entry.path, real)
        lower = entry.name.lower()
        foreign = not lower.endswith((*suffixes, *ARCHIVES))
        if (foreign and not lower.endswith(DOCUMENTS)) or not (entry.is_symlink() or entry.is_file()):
            return None
        return Input(name, entry.path, named=False, foreign=foreign) if self._is_new(real) else None

    def _is_new(self, identity: str) -> bool:
        if identity in self._seen:
            return False
        self._seen.add(identity)
        return True


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link to itself: reading it as a file will say what is wrong.
        return False


def _list(path: str) -> bytes:
    if path != STANDARD_INPUT:
        return read_file(path, LARGEST_LIST, pipe=True)
    data = sys.stdin.buffer.read(LARGEST_LIST + 1)
    if len(data) > LARGEST_LIST:
        raise RefusedError.too_large(LARGEST_LIST)
    return data
