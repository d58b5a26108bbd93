"""Tasks on Dask: as many at a time as there are workers, and none of them lost with a worker."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import dask
import distributed
from distributed.scheduler import KilledWorker

from disclosure_lint.batch.plan import Part
from disclosure_lint.model.errors import UserError

_SETTINGS = {
    # A task whose worker ends is done once more, by another.
    "distributed.scheduler.allowed-failures": 1,
    "distributed.scheduler.worker-saturation": 1.0,
    "distributed.comm.timeouts.connect": "30s",
}
_AHEAD = 3
"""Tasks that are handed out for each worker, so that none waits."""
_PATIENCE = 60
"""Seconds for the first worker to come."""
_Dask: Any = distributed
"""Its functions have no types."""


class Task(NamedTuple):
    """A part and what is done with it."""

    number: int
    part: Part
    call: Callable[..., Any]
    """Takes the part, the names of the files in it that are lost, and whether to `keep` what it does."""


class Cluster:
    """Workers, of this machine or of others."""

    def __init__(self, client: Any):
        self._client = client

    def done(self, tasks: Iterable[Task]) -> Iterator[tuple[int, Any]]:
        """Yields number and result of each task, as they end; raises what a task raises.

        Where workers end over a task, and twice, each of its files is tried alone with nothing else at work; it is
        done once more without those over which workers end again.
        """
        waiting = iter(tasks)
        running: dict[Any, Task] = {}
        broken: list[Task] = []
        ends = _Dask.as_completed()
        self._hand_out(waiting, running, ends)
        for future in ends:
            task = running.pop(future)
            error = future.exception() if future.status == "error" else None
            if isinstance(error, KilledWorker):
                broken.append(task)
            elif error is not None:
                raise error
            else:
                yield task.number, future.result()
            future.release()
            self._hand_out(waiting, running, ends)
        for task in broken:
            lost = tuple(item.name for item in task.part if not self._survives(task, [item]))
            yield task.number, self._submit(task, task.part, lost, keep=True).result()

    def _hand_out(self, waiting: Iterator[Task], running: dict[Any, Task], ends: Any) -> None:
        most = _AHEAD * max(1, len(self._client.nthreads()))
        while len(running) < most and (task := next(waiting, None)):
            future = self._submit(task, task.part, (), keep=True)
            running[future] = task
            ends.add(future)

    def _survives(self, task: Task, part: Part) -> bool:
        error = self._submit(task, part, (), keep=False).exception()
        if error is not None and not isinstance(error, KilledWorker):
            raise error
        return error is None

    def _submit(self, task: Task, part: Part, lost: tuple[str, ...], *, keep: bool) -> Any:
        return self._client.submit(task.call, part, lost, keep=keep, pure=False)


@contextmanager
def cluster(address: str | None, workers: int | None) -> Iterator[Cluster]:
    """Returns the workers at an address of a scheduler, or so many of this machine; by default, one for each core.

    Raises UserError if nobody answers.
    """
    for name in ("distributed", "distributed.nanny", "distributed.scheduler", "distributed.worker", "tornado"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with dask.config.set(_SETTINGS):
        if address is None:
            local = _Dask.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
            with local, _Dask.Client(local) as client:
                yield Cluster(client)
            return
        try:
            client = _Dask.Client(address, timeout=f"{_PATIENCE}s")
            client.wait_for_workers(1, timeout=_PATIENCE)
        except (OSError, ValueError, TimeoutError) as error:
            zh = f"--scheduler：连不上 {address}，或者那里没有 worker：{error}"
            raise UserError(zh, en=f"--scheduler: {address} does not answer, or has no workers: {error}") from None
        with client:
            yield Cluster(client)
