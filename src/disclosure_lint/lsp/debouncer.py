"""Work on a text that keeps changing: always on its newest state, one at a time, and not at every keystroke if slow."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor
from time import perf_counter
from typing import Generic, TypeVar

Input = TypeVar("Input")
Result = TypeVar("Result")

_QUICK = 0.1
"""Seconds; work that takes no longer starts at once."""
_LONGEST_PAUSE = 0.5
_REMEMBERED = 3


class Debouncer(Generic[Input, Result]):
    """The result for the newest input. What a newer input overtakes is thrown away."""

    def __init__(self, work: Callable[[Input], Result], executor: Executor, done: Callable[[Result], None]):
        """Takes the work, which runs in the executor, and who is told of each result, in the event loop."""
        self._work = work
        self._executor = executor
        self._done = done
        self._input: Input | None = None
        self._wanted = 0
        self._took: deque[float] = deque([0.0], _REMEMBERED)
        self._task: asyncio.Task[Result] | None = None

    def submit(self, given: Input) -> None:
        """Makes that the newest input; must be called in the event loop."""
        self._input = given
        self._wanted += 1
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())
            # Added first, so it is told before anybody who waits goes on.
            self._task.add_done_callback(self._tell)

    async def result(self) -> Result:
        """Returns a result that is at least as new as the input is now; giving up waiting does not stop the work."""
        assert self._task is not None, "nothing was submitted"
        # Cancelling one who waits must not cancel the work that others wait for.
        return await asyncio.shield(self._task)

    def stop(self) -> None:
        """Drops what is not done yet."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> Result:
        loop = asyncio.get_running_loop()
        while True:
            wanted, given = self._wanted, self._input
            # The least of the last times: a busy moment of the machine must not make the next keystroke wait too.
            usual = min(self._took)
            if usual > _QUICK:
                await asyncio.sleep(min(2 * usual, _LONGEST_PAUSE))
            if wanted != self._wanted:
                continue
            start = perf_counter()
            result = await loop.run_in_executor(self._executor, self._work, given)  # type: ignore[arg-type]
            self._took.append(perf_counter() - start)
            if wanted == self._wanted:
                return result

    def _tell(self, task: asyncio.Task[Result]) -> None:
        if not task.cancelled():
            self._done(task.result())
