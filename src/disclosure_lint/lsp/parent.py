"""The end of the server when the editor that started it is gone, even if its pipes are still held open."""

import os
import time
from threading import Thread

_PAUSE = 2.0
"""Seconds."""


def end_with(parent: int | None) -> None:
    """Ends this process, with the status 1, soon after another has ended.

    One that cannot be seen from the start (the editor is in another container) is not waited for. On Windows nothing
    is: there the pipe tells, and it is held open by nobody else.
    """
    if parent is None or os.name == "nt" or not _lives(parent):
        return
    Thread(target=_wait, args=(parent,), daemon=True).start()


def _wait(parent: int) -> None:
    while _lives(parent):
        time.sleep(_PAUSE)
    # Not by an exception: another thread waits for the editor's next message, which will never come.
    os._exit(1)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except PermissionError:  # somebody else's, but there
        return True
    except (OSError, OverflowError):
        return False
    return True
