"""A file of the user's with new bytes: whole, or as it was."""

import os
import stat
from pathlib import Path

from disclosure_lint.files.reading import read_start, why
from disclosure_lint.files.writing import Replacement, put
from disclosure_lint.model.diagnostic import LocalizedText

_FAILED = LocalizedText("写不进去", "cannot write it")


class RewriteError(Exception):
    """A file could not be given its new bytes and is as it was."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.words = LocalizedText(zh, en)
        """Why, in both languages."""


def rewrite(path: str, old: bytes, new: bytes) -> bool:
    """Gives a file new bytes in place of the old ones; links are followed, mode, owner and attributes kept if allowed.

    Returns whether the file has another name (a hard link), under which the old bytes stay. Raises RewriteError if it
    is no ordinary file, is read-only or gone, or no longer holds the old bytes.
    """
    target = Path(os.path.realpath(path))
    try:
        status = target.stat()
        _demand_writable(target, status)
        _demand_unchanged(target, old)
        with Replacement(target) as replacement:
            replacement.write(new)
            replacement.complete()
            # Once more: all that took time is done.
            _demand_unchanged(target, old)
            replacement.put()
    except FileNotFoundError:
        raise RewriteError("文件在检查期间不见了", "the file has vanished meanwhile") from None
    except OSError as error:
        said = why(error)
        raise RewriteError(f"{_FAILED.zh}：{said.zh}", f"{_FAILED.en}: {said.en}") from None
    return status.st_nlink > 1


def create(path: str, data: bytes, *, replace: bool = False) -> None:
    """Puts a new file there, whole or not at all; with `replace` also in the place of an ordinary file.

    Raises FileExistsError if something is there, RewriteError if it must not be replaced, and OSError.
    """
    target = Path(os.path.realpath(path))
    if os.path.lexists(path) and not replace:
        raise FileExistsError(path)
    if target.exists():
        _demand_writable(target, target.stat())
    put(target, data)


def _demand_writable(target: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise RewriteError("不是普通文件，不能改写", "no ordinary file, so it cannot be rewritten")
    # The superuser may write everything; whoever took away all write bits meant something by it.
    if not status.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        raise RewriteError("文件是只读的，没有改动", "the file is read-only; left as it is")


def _demand_unchanged(target: Path, old: bytes) -> None:
    if read_start(target, len(old) + 1) != old:
        raise RewriteError("文件在检查期间被改过，没有改动", "the file was changed meanwhile; left as it is")
