"""The main thread as the one that works, while the server talks to the editor in another."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import Any, TypeVar

Result = TypeVar("Result")


class MainThread(Executor):
    """Does one thing after the other in the main thread.

    Only there can an alarm end a regular expression of a rule pack that runs away; in any other thread it would hold
    the interpreter, and so the server, for ever.
    """

    def __init__(self) -> None:
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()

    def submit(self, fn: Callable[..., Result], /, *args: Any, **kwargs: Any) -> "Future[Result]":
        """Returns the result to come."""
        future: Future[Result] = Future()

        def do() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fn(*args, **kwargs))
                except BaseException as error:
                    future.set_exception(error)
                    raise

        self._queue.put(do)
        return future

    def work(self) -> None:
        """Does what is submitted, until it is shut down; an exception ends it too."""
        while (do := self._queue.get()) is not None:
            do()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets `work` return when what was submitted is done."""
        del wait, cancel_futures
        self._queue.put(None)
