"""The one way in which files of strangers are read: ordinary files, up to a size, and never for ever.

A name in a folder, in a configuration or in a rule pack may lead to a pipe that nobody writes to, to a terminal or to
a device without end. They are opened without waiting, and looked at before a byte is read.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from disclosure_lint.model.diagnostic import LocalizedText

LARGEST_DOCUMENT = 64 * 1024 * 1024
"""Bytes. Annual reports have some hundred thousand."""
LARGEST_SETTINGS = 1_000_000
"""Bytes of a configuration or a rule file."""
LARGEST_LIST = 16_000_000
"""Bytes of a list of files: some hundred thousand entries."""
LARGEST_BASELINE = 8_000_000
"""Bytes of a baseline: some hundred thousand entries, which take a second."""

_REASONS = {
    errno.EACCES: LocalizedText("没有读取权限，请检查文件权限", "no permission to read it"),
    errno.EPERM: LocalizedText("没有读取权限，请检查文件权限", "no permission to read it"),
    errno.ENOENT: LocalizedText(
        "文件不存在，链接指向的文件可能已被删除", "it does not exist; perhaps a link to a deleted file"
    ),
    errno.ELOOP: LocalizedText("链接绕成了圈", "the link leads back to itself"),
    errno.ENAMETOOLONG: LocalizedText("路径太长", "the path is too long"),
}
_ODD = LocalizedText(
    "不是普通文件（是管道、终端或设备），没有读取", "it is no ordinary file but a pipe or a device; not read"
)
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0)


class RefusedError(OSError):
    """A file is there and is not read."""

    def __init__(self, words: LocalizedText):
        """Takes why, in both languages."""
        super().__init__(errno.EINVAL, words.en)
        self.words = words

    @classmethod
    def too_large(cls, limit: int) -> "RefusedError":
        """Returns the error about a file of more than so many bytes."""
        size = f"{limit / 1_000_000:.0f} MB"
        return cls(LocalizedText(f"文件超过 {size}，没有读取", f"it is larger than {size}; not read"))


def whole_path(path: str) -> Path:
    """Returns the path from the root of the disk: `..` is resolved, and a link is named as itself."""
    return Path(os.path.abspath(path))  # noqa: PTH100 (Path would leave `..`, or follow links)


def read_file(path: str | os.PathLike[str], limit: int, *, pipe: bool = False) -> bytes:
    """Returns the bytes of an ordinary file, or of a `pipe` if the user named it: `<(command)` of a shell is one.

    Raises OSError if it cannot be read, RefusedError if it is something else or has more than `limit` bytes.
    """
    data = read_start(path, limit + 1, pipe=pipe)
    if len(data) > limit:
        raise RefusedError.too_large(limit)
    return data


def read_start(path: str | os.PathLike[str], most: int, *, pipe: bool = False) -> bytes:
    """Returns the first bytes of a file, at most so many. Raises as `read_file` does."""
    with open_file(path, pipe=pipe) as file:
        return file.read(most) or b""


def open_file(path: str | os.PathLike[str], *, pipe: bool = False) -> BinaryIO:
    """Returns an ordinary file, or a pipe that the user named, open at its beginning. Raises as `read_file` does."""
    return os.fdopen(_opened(path, pipe=pipe), "rb")


def why(error: OSError) -> LocalizedText:
    """Returns why a file or folder could not be read, and what to do."""
    if isinstance(error, RefusedError):
        return error.words
    said = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, LocalizedText(f"系统说：{said}", f"the system says: {said}"))


def _opened(path: str | os.PathLike[str], *, pipe: bool) -> int:
    try:
        waits = pipe and stat.S_ISFIFO(os.stat(path).st_mode)  # noqa: PTH116 (the path may be none that can be)
        descriptor = os.open(path, _FLAGS if waits else _FLAGS | _NOT_WAITING)
    except ValueError:  # a NUL, or a character that names of files cannot have
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)) from None
    try:
        _demand_ordinary(os.fstat(descriptor), pipe=waits)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _demand_ordinary(status: os.stat_result, *, pipe: bool) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if stat.S_ISREG(status.st_mode) or (pipe and stat.S_ISFIFO(status.st_mode)):
        return
    # Many write /dev/null where they want no configuration or no baseline.
    if not (stat.S_ISCHR(status.st_mode) and os.path.samestat(status, os.stat(os.devnull))):  # noqa: PTH116
        raise RefusedError(_ODD)
