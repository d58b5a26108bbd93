"""A session with an editor: its open texts, and what it is shown."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from time import perf_counter
from typing import Any, Generic, TypeVar

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from disclosure_lint.lsp.analysis import Outcome, Task
from disclosure_lint.lsp.buffers import Buffer, Change, edited, path_of
from disclosure_lint.lsp.client import Client, Messages
from disclosure_lint.lsp.client_settings import SECTION, Scopes
from disclosure_lint.lsp.examiner import Examiner

Findings = Mapping[str, Sequence[types.Diagnostic]]
"""By URI."""
Input = TypeVar("Input")
Result = TypeVar("Result")
_QUICK = 0.1
"""Seconds; work that takes no longer starts at once."""
_LONGEST_PAUSE = 0.5
_REMEMBERED = 3


class Session:
    """Everything that changes while the server runs. It is touched in the event loop only."""

    def __init__(self, client: Client, lang: str | None, executor: Executor):
        """Takes the editor, the language that the command line asks for, and who does the work, one by one."""
        self.client = client
        """The editor."""
        self.scopes = Scopes()
        """Its folders and settings."""
        self.messages = Messages(client.show, client.log, lang)
        """What its user is told."""
        self._examiner = Examiner(lang)
        self._executor = executor
        self._buffers: dict[str, Buffer] = {}
        self._works: dict[str, Debouncer[Task, Outcome]] = {}
        self._generation = 0
        self._look = 0
        self._board = DiagnosticStore(self._show)
        self._given: Mapping[str, Any] = {}
        self._asking: asyncio.Task[None] | None = None

    def start(self, options: Any) -> None:
        """Takes the settings that the editor brings along."""
        self._given = _section(options)
        self.scopes.set_folders(self.client.folders)
        self._set_client_settings(dict.fromkeys(self.scopes.uris, self._given))

    def opened(self, item: types.TextDocumentItem) -> None:
        """Takes a text that the editor now owns."""
        if self.client.pulls and self._board.of(item.uri):
            # From now on the editor asks; what was sent about the closed file would stand there twice.
            self.client.publish(item.uri, None, [])
        self._look += 1
        self._buffers[item.uri] = Buffer(item.uri, item.language_id, item.version, item.text)
        self._works[item.uri] = Debouncer(self._examiner.examine, self._executor, self._examined)
        self._submit(item.uri)

    def changed(self, uri: str, version: int, changes: Sequence[Change]) -> None:
        """Takes changes of a text."""
        buffer = self._buffers.get(uri)
        if buffer is None:
            self._log_unopened(uri)
            return
        text = edited(buffer.text, changes, self.client.encoding)
        self._buffers[uri] = buffer._replace(version=version, text=text)
        self._submit(uri)

    def closed(self, uri: str) -> None:
        """Forgets a text, and what was said of it."""
        if self._buffers.pop(uri, None) is None:
            self._log_unopened(uri)
            return
        self._works.pop(uri).stop()
        self._board.post(uri, {})
        self.messages.trouble(uri, ())

    def _log_unopened(self, uri: str) -> None:
        self.client.log(f"not open: {uri[:200]}")

    async def outcome(self, uri: str) -> Outcome | None:
        """Returns what is known of the newest state of a text; None if it is not open."""
        work = self._works.get(uri)
        return None if work is None else await work.result()

    def findings(self, uri: str) -> list[types.Diagnostic]:
        """Returns all findings of a URI."""
        return self._board.of(uri)

    def files_changed(self, uris: Iterable[str]) -> None:
        """Reads configurations, rule packs, baselines and other reports anew, if one of them is among those files."""
        paths = [path for uri in uris if (path := path_of(uri))]
        if any(map(self._examiner.depends_on, paths)):
            self._generation += 1
            self._look += 1
            self._examine(self._buffers)
        elif any(map(self._examiner.looks_at, paths)):
            # What was saved is as it was; those that are compared with it are not.
            self._look += 1
            self._examine([uri for uri in self._buffers if path_of(uri) not in paths])

    def folders_changed(self) -> None:
        """Takes the folders of the workspace as they are now."""
        self.scopes.set_folders(self.client.folders)
        self.ask_for_settings()
        self._examine(self._buffers)

    def ask_for_settings(self, sent: Any = None) -> None:
        """Asks the editor for its settings; one that cannot be asked has perhaps sent them."""
        if self.client.has_settings:
            self._asking = asyncio.get_running_loop().create_task(self._ask())
        elif sent is not None:
            found = {**self._given, **_section(sent)}
            self._set_client_settings(dict.fromkeys(self.scopes.uris, found))

    async def _ask(self) -> None:
        scopes = self.scopes.uris
        try:
            answers = await self.client.settings(scopes)
        except JsonRpcException as error:
            self.client.log(f"workspace/configuration: {error}")
            return
        found = [answer if isinstance(answer, Mapping) else {} for answer in answers]
        self._set_client_settings(
            {scope: {**self._given, **answer} for scope, answer in zip(scopes, found, strict=False)}
        )

    def _set_client_settings(self, scopes: Mapping[str, Any]) -> None:
        changed, complaints = self.scopes.set_client_settings(scopes)
        self.messages.complain(complaints)
        if changed:
            self._examine(self._buffers)

    def _examine(self, uris: Collection[str]) -> None:
        for uri in uris:
            self._submit(uri)
        if uris:
            self.client.refresh()

    def _submit(self, uri: str) -> None:
        opened = {path: buffer for buffer in self._buffers.values() if buffer.is_toml and (path := buffer.path)}
        buffer, scopes = self._buffers[uri], self.scopes
        task = Task(
            buffer,
            scopes.client_settings(uri),
            scopes.folder(uri),
            opened,
            self._generation,
            self.client.encoding,
            self._look,
            scopes.roots,
        )
        self._works[uri].submit(task)

    def _examined(self, outcome: Outcome) -> None:
        uri = outcome.buffer.uri
        if outcome.bug:
            self.messages.bug(outcome.bug)
        self.messages.trouble(uri, self.messages.said(outcome.trouble))
        self._board.post(uri, outcome.findings)

    def _show(self, uri: str, owner: str) -> None:
        """Sends the findings of a file, unless the editor itself asks for them."""
        buffer = self._buffers.get(uri)
        if not self.client.pulls or buffer is None:
            self.client.publish(uri, buffer.version if buffer else None, self._board.of(uri))
        elif uri != owner:
            self.client.refresh()


class DiagnosticStore:
    """Collects findings by the one who found them, and tells what there is to show anew."""

    def __init__(self, show: Callable[[str, str], None]):
        """Takes what shows the findings of a URI anew; it gets the URI, and the owner whose findings changed."""
        self._show = show
        self._by_owner: dict[str, dict[str, Sequence[types.Diagnostic]]] = {}

    def post(self, owner: str, findings: Findings) -> None:
        """Replaces what an owner found; the owner's own text is shown anew in any case.

        An editor moves marks along with the text, so what we sent need not be what it still shows.
        """
        before = self._by_owner.get(owner, {})
        if findings:
            self._by_owner[owner] = dict(findings)
        else:
            self._by_owner.pop(owner, None)
        for uri in dict.fromkeys((*before, *findings)):
            if uri == owner or before.get(uri) != findings.get(uri):
                self._show(uri, owner)

    def of(self, uri: str) -> list[types.Diagnostic]:
        """Returns all findings of a URI, each once."""
        found: list[types.Diagnostic] = []
        for findings in self._by_owner.values():
            found += [one for one in findings.get(uri, ()) if one not in found]
        return found


class Debouncer(Generic[Input, Result]):
    """The result for the newest input, of work on one after the other. What a newer input overtakes is thrown away.

    Slow work does not begin at every keystroke.
    """

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


def _section(options: Any) -> Mapping[str, Any]:
    """Returns our part of an editor's settings, which come with or without the name of the section around them."""
    inside = options.get(SECTION, options) if isinstance(options, Mapping) else None
    return inside if isinstance(inside, Mapping) else {}
