"""The one way in which files are written: whole, or not at all, and nothing stays beside them.

The bytes go to a file of a random name beside the place, which nobody can have put there before; it takes the place
when it is whole. It is removed when writing fails or a signal ends the process. What a process that was killed left
behind is removed by the next that writes in the folder: as long as a file is being written, it is locked.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType

from disclosure_lint.model.lazy_re import lazy_re_compile

if sys.platform != "win32":  # which lets nobody remove a file that is open
    import fcntl

_UNFINISHED = lazy_re_compile(r"\..{,40}\.[0-9a-f]{16}\.disclosure-lint-new", re.DOTALL)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_OLD = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
_ENDING = [number for name in ("SIGTERM", "SIGHUP") if (number := getattr(signal, name, None)) is not None]
_unfinished: set[str] = set()
_swept: set[str] = set()


class Replacement:
    """New bytes for a file, which exists or not; a context manager that leaves the file as it was without `put`."""

    def __init__(self, target: str | os.PathLike[str]):
        """Takes the file. A link must have been followed by then. Raises OSError."""
        self._target = os.fspath(target)
        folder, name = os.path.split(self._target)
        sweep(folder)
        try:
            self._before: os.stat_result | None = os.stat(self._target)  # noqa: PTH116 (it is a str, as below)
        except FileNotFoundError:
            self._before = None
        self._beside = os.path.join(folder, f".{name[:40]}.{os.urandom(8).hex()}.disclosure-lint-new")  # noqa: PTH118
        _watch(self._beside)
        try:
            # What takes the place of a secret is no less secret meanwhile; a new file is as the user's mask has it.
            self._file = os.fdopen(_created(self._beside, 0o666 if self._before is None else 0o600), "wb")
        except OSError:
            _unwatch(self._beside)
            raise

    def __enter__(self) -> Replacement:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            with suppress(OSError):  # what was not written is not wanted
                self._file.close()
            with suppress(FileNotFoundError):
                os.unlink(self._beside)  # noqa: PTH108
        finally:
            _unwatch(self._beside)

    def write(self, data: bytes) -> None:
        """Adds bytes. Raises OSError."""
        self._file.write(data)

    def complete(self) -> None:
        """Brings all bytes to the disk, and gives them mode, owner and attributes of the old file. Raises OSError."""
        self._file.flush()
        if self._before is not None:
            _make_alike(self._file.fileno(), self._beside, self._target, self._before)
        os.fsync(self._file.fileno())

    def put(self) -> None:
        """Puts what was completed in its place. Raises OSError."""
        if os.name == "nt":
            self._file.close()  # which is how it could not be moved
        # Elsewhere it stays open, and so locked, until it is in its place.
        os.replace(self._beside, self._target)  # noqa: PTH105


def put(target: str | os.PathLike[str], data: bytes) -> None:
    """Gives a file these bytes, whole or not at all. Raises OSError."""
    with Replacement(target) as new:
        new.write(data)
        new.complete()
        new.put()


def sweep(folder: str) -> None:
    """Removes what killed processes left of files that they were writing in a folder; once in a run."""
    if folder in _swept:
        return
    _swept.add(folder)
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if _UNFINISHED.fullmatch(entry.name):
                _remove_if_left(entry.path)


def _remove_if_left(path: str) -> None:
    with suppress(OSError):
        descriptor = os.open(path, _OLD)
        try:
            _lock(descriptor, wait=False)
            os.unlink(path)  # noqa: PTH108
        finally:
            os.close(descriptor)


def _created(path: str, mode: int) -> int:
    """Returns a new file, open and locked."""
    while True:
        descriptor = os.open(path, _NEW, mode)
        with suppress(OSError):  # a file system without locks; nobody else's sweep can lock it either
            _lock(descriptor, wait=True)
        # Another process may have swept it away before it was locked.
        if os.fstat(descriptor).st_nlink:
            return descriptor
        os.close(descriptor)


def _lock(descriptor: int, *, wait: bool) -> None:
    if sys.platform != "win32":
        fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


def _make_alike(descriptor: int, path: str, model: str, status: os.stat_result) -> None:
    """Gives a file the owner, mode and extended attributes of another, as far as that is allowed."""
    if hasattr(os, "fchown"):
        # Only the superuser may give files away; the group of one's own files can often be kept.
        with suppress(OSError):
            os.fchown(descriptor, status.st_uid, status.st_gid)
    Path(path).chmod(status.st_mode & 0o7777)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(model):
                with suppress(OSError):
                    os.setxattr(descriptor, name, os.getxattr(model, name))


def _watch(path: str) -> None:
    """Has a file removed if a signal ends the process."""
    _unfinished.add(path)
    for number in _ENDING:
        # `nohup` ignores SIGHUP; a program that uses this package may see to it itself.
        if signal.getsignal(number) is signal.SIG_DFL:
            with suppress(ValueError):  # not the main thread
                signal.signal(number, _end)


def _unwatch(path: str) -> None:
    _unfinished.discard(path)
    for number in _ENDING if not _unfinished else ():
        if signal.getsignal(number) is _end:
            with suppress(ValueError):
                signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    for path in _unfinished:
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
