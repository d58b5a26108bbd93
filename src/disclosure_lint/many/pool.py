"""Processes that share the work. What ends one of them, a file of a stranger or a lack of memory, ends no more.

Not `concurrent.futures`: there the end of one process is the end of all that are at work. Here each has a thread that
talks to it, which is the same on every system.
"""

import os
import pickle  # nosec B403  # what is sent to processes of ours; they answer in JSON
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress
from threading import Condition, Thread
from typing import IO, Any

from disclosure_lint.many.work import DONE, LENGTH, READY

SECONDS = 60.0
"""Processor time for a file, where the system can limit it; no report takes one."""
_TOGETHER = 8
"""Jobs that are given to a process at once."""
_PATIENCE = 0.5
"""Seconds between looks at whether somebody interrupts; some systems do not wake who waits."""
_SWITCH = 0.0005
"""Seconds after which a thread makes way for another: processes wait for those that talk to them."""
_CODE = "import sys; sys.path[:] = sys.argv[1:]; del sys.argv[1:]; from disclosure_lint.many.work import main; main()"


class ProcessEndedError(Exception):
    """A process ended over a job, and so did a fresh one that had nothing else to do."""

    def __init__(self, *, late: bool):
        """Takes whether it took too long."""
        super().__init__("it took too long" if late else "the process ended")
        self.late = late


class ProcessBugError(Exception):
    """A process met a mistake of ours; what it says is a traceback."""


class Answer:
    """What will have become of a job."""

    def __init__(self, job: tuple[Any, ...], changed: Condition):
        self.job: tuple[Any, ...] = job
        self._changed = changed
        self._said: bytes | Exception | None = None

    def say(self, said: bytes | Exception) -> None:
        """Has it at hand."""
        with self._changed:
            self._said = said
            self.job = ()  # it may hold a file
            self._changed.notify_all()

    def get(self) -> bytes:
        """Waits for it. Raises ProcessEndedError if the job cannot be done, ProcessBugError for a mistake of ours."""
        with self._changed:
            while self._said is None:
                self._changed.wait(_PATIENCE)
        if isinstance(self._said, Exception):
            raise self._said
        return self._said


class Pool:
    """Some processes; a context manager that ends them."""

    def __init__(self, count: int, lang: str, *, use_cache: bool):
        """Takes how many, and what their linters are made with. They start when there is something to do."""
        self.count = count
        self._start = (lang, use_cache, SECONDS)
        self._changed = Condition()
        self._waiting: deque[Answer] = deque()
        self.closed = False
        """Whether nothing more is to be done."""
        self._servers: list[_Server] = []
        self._switch = sys.getswitchinterval()

    def __enter__(self) -> "Pool":
        sys.setswitchinterval(_SWITCH)
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self.closed = True
            self._changed.notify_all()
        for server in self._servers:
            server.end()
        sys.setswitchinterval(self._switch)

    def ask(self, *job: Any) -> Answer:
        """Has a job done: the name of a method of `Work` and its arguments."""
        answer = Answer(job, self._changed)
        with self._changed:
            self._waiting.append(answer)
            self._changed.notify_all()
        if len(self._servers) < self.count:
            self._servers.append(_Server(self, self._start))
        return answer

    def next(self) -> "deque[Answer]":
        """Waits for jobs, and returns some; none at the end."""
        with self._changed:
            while not (self._waiting or self.closed):
                self._changed.wait()
            some = 0 if self.closed else max(1, min(_TOGETHER, len(self._waiting) // self.count))
            return deque(self._waiting.popleft() for _ in range(some))

    def give_back(self, jobs: "deque[Answer]") -> None:
        """Has jobs done before all others."""
        with self._changed:
            self._waiting.extendleft(reversed(jobs))
            self._changed.notify_all()


class _Server:
    """A thread that gives jobs to one process, and to the next when that has ended."""

    def __init__(self, pool: Pool, start: tuple[Any, ...]):
        self._pool = pool
        self._start = start
        self._process: _Process | None = None
        self._late = False
        """Whether the last one ended because a job took too long."""
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Ends both; the process may finish what it is at if that does not take long."""
        self._thread.join(_PATIENCE)
        if self._thread.is_alive() and self._process:
            self._process.kill()
        self._thread.join()

    def _serve(self) -> None:
        while jobs := self._pool.next():
            try:
                if not self._finished(jobs) and not self._pool.closed:
                    # Whatever ended the process, the first job is done by one that has nothing else to do.
                    first = jobs.popleft()
                    self._pool.give_back(jobs)
                    jobs = deque([first])
                    if self._late or not self._finished(jobs):
                        first.say(ProcessEndedError(late=self._late))
            except ProcessBugError as error:  # it does not even start
                for job in jobs:
                    job.say(error)
        if self._process:
            self._process.end()

    def _finished(self, jobs: "deque[Answer]") -> bool:
        """Has jobs done, and takes out those that are; says whether all are, that is, the process goes on."""
        self._late = False
        self._process = self._process or _Process(self._start)
        try:
            self._process.work(jobs)
        except (OSError, EOFError):
            self._late = self._process.end()
            self._process = None
            return False
        return True


class _Process:
    """A process that works."""

    def __init__(self, start: tuple[Any, ...]):
        """Starts it; raises ProcessBugError if that fails."""
        # It finds the same modules, wherever they are. Who presses Ctrl-C ends this process, and that ends the others.
        paths = [path or os.getcwd() for path in sys.path]  # noqa: PTH109
        encoding = ["-X", f"utf8={sys.flags.utf8_mode}"]
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        try:
            self._process = subprocess.Popen(  # nosec B603  # this very Python, with code of ours
                [sys.executable, *encoding, "-I", "-c", _CODE, *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=os.name != "nt",
                creationflags=flags,
            )
            self._write(start)
            kind, said = self._read()
        except (OSError, EOFError) as error:
            raise ProcessBugError(f"a process could not be started: {error}") from None
        if kind != READY:
            self.end()
            raise ProcessBugError(said.decode("utf-8", "replace"))

    def work(self, jobs: "deque[Answer]") -> None:
        """Has jobs done, and takes out those that are. Raises OSError or EOFError if the process ends."""
        self._write([one.job for one in jobs])
        while jobs:
            kind, said = self._read()
            jobs.popleft().say(said if kind == DONE else ProcessBugError(said.decode("utf-8", "replace")))

    def kill(self) -> None:
        """Ends it at once; what it is asked for will not come."""
        self._process.kill()

    def end(self) -> bool:
        """Lets it end; returns whether it had ended because a job took too long."""
        with suppress(OSError):
            self._stream(self._process.stdin).close()
        self._stream(self._process.stdout).close()
        try:
            status = self._process.wait(1)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return status == -getattr(signal, "SIGVTALRM", 0)

    def _write(self, value: Any) -> None:
        data = pickle.dumps(value)
        stream = self._stream(self._process.stdin)
        stream.write(len(data).to_bytes(LENGTH, "big") + data)
        stream.flush()

    def _read(self) -> tuple[bytes, bytes]:
        stream = self._stream(self._process.stdout)
        head = stream.read(1 + LENGTH)
        length = int.from_bytes(head[1:], "big")
        said = stream.read(length)
        if len(head) <= LENGTH or len(said) < length:
            raise EOFError
        return head[:1], said

    @staticmethod
    def _stream(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None
        return stream
