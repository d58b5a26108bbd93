"""A file of the user's with new bytes: whole, or as it was."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from disclosure_lint.model.diagnostic import Words

_FAILED = Words("写不进去", "cannot write it")


class RewriteError(Exception):
    """A file could not be given its new bytes and is as it was."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.words = Words(zh, en)
        """Why, in both languages."""


def rewrite(path: str, old: bytes, new: bytes) -> None:
    """Gives a file new bytes in place of the old ones; links are followed, its mode and, where allowed, owner kept.

    They are written to a file beside it that then takes its place. Raises RewriteError if it is no ordinary file,
    is read-only or gone, or no longer holds the old bytes.
    """
    target = Path(os.path.realpath(path))
    try:
        status = target.stat()
        _demand_writable(target, status)
        _demand_unchanged(target, old)
        _replace(target, status, new)
    except FileNotFoundError:
        raise RewriteError("文件在检查期间不见了", "the file has vanished meanwhile") from None
    except OSError as error:
        said = error.strerror or str(error)
        raise RewriteError(f"{_FAILED.zh}：{said}", f"{_FAILED.en}: {said}") from None


def create(path: str, data: bytes, *, replace: bool = False) -> None:
    """Puts a new file there, whole or not at all; with `replace` also in the place of an ordinary file.

    Raises FileExistsError if something is there, RewriteError if it must not be replaced, and OSError.
    """
    target = Path(os.path.realpath(path))
    if os.path.lexists(path) and not replace:
        raise FileExistsError(path)
    if target.exists():
        status = target.stat()
        _demand_writable(target, status)
        _replace(target, status, data)
        return
    beside = _beside(target)
    try:
        with beside.open("xb") as file:
            file.write(data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:60]}.{os.getpid()}.new")


def _demand_writable(target: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RewriteError("不是普通文件，不能改写", "no ordinary file, so it cannot be rewritten")
    # The superuser may write everything; whoever took away all write bits meant something by it.
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise RewriteError("文件是只读的，没有改动", "the file is read-only; left as it is")


def _demand_unchanged(target: Path, old: bytes) -> None:
    if target.read_bytes() != old:
        raise RewriteError("文件在检查期间被改过，没有改动", "the file was changed meanwhile; left as it is")


def _replace(target: Path, status: os.stat_result, new: bytes) -> None:
    beside = _beside(target)
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        if hasattr(os, "chown"):
            # Only the superuser may give files away; the group of one's own files can often be kept.
            with suppress(OSError):
                os.chown(beside, status.st_uid, status.st_gid)
        beside.chmod(stat.S_IMODE(status.st_mode))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
