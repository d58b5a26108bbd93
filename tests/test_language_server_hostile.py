"""The language server with an editor that is mad, or gone."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from tests.command_line import own_place

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]

_START: dict[str, Any] = {"capabilities": {}, "processId": None, "rootUri": None}


class Raw:
    """A server and the bytes that go there and back."""

    def __init__(self, process: "subprocess.Popen[bytes]"):
        assert process.stdin is not None
        assert process.stdout is not None
        self.process, self._to, self._from = process, process.stdin, process.stdout
        self.log: list[str] = []

    def send(self, message: object) -> None:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def send_bytes(self, data: bytes) -> None:
        self._to.write(data)
        self._to.flush()

    def answer(self, key: object) -> dict[str, Any]:
        """Returns the answer to a request; keeps what is logged before."""
        while True:
            message: dict[str, Any] | None = self._message()
            assert message is not None, "the server is gone"
            if message.get("method") == "window/logMessage":
                self.log.append(message["params"]["message"])
            if message.get("id") == key and "method" not in message:
                return message

    def ask(self, method: str, params: object, key: object = 1) -> dict[str, Any]:
        self.send({"jsonrpc": "2.0", "id": key, "method": method, "params": params})
        return self.answer(key)

    def _message(self) -> Any:
        length = 0
        while (line := self._from.readline()) not in (b"\r\n", b""):
            if line.startswith(b"Content-Length:"):
                length = int(line.split(b":")[1])
        return json.loads(self._from.read(length)) if length else None

    def ended(self) -> tuple[int, str]:
        """Returns the status and standard error, when the editor has closed its end."""
        self._to.close()
        assert self.process.stderr is not None
        said = self.process.stderr.read().decode()
        return self.process.wait(), said


@contextmanager
def serving() -> Iterator[Raw]:
    process = subprocess.Popen(
        [sys.executable, "-m", "disclosure_lint", "server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        try:
            yield Raw(process)
        finally:
            process.kill()


def code(answer: dict[str, Any]) -> object:
    return answer.get("error", {}).get("code")


WRONG: Sequence[tuple[str, object]] = [
    ("textDocument/hover", None),
    ("textDocument/hover", 7),
    ("textDocument/hover", []),
    ("textDocument/hover", {"textDocument": {"uri": "file:///a.md"}, "position": {"line": "x", "character": 0}}),
    ("textDocument/hover", {"textDocument": {"uri": "file:///a.md"}, "position": {"line": -1, "character": 0}}),
    ("textDocument/codeAction", {"textDocument": {"uri": "file:///a.md"}, "range": {}, "context": {}}),
    ("textDocument/completion", {"jsonrpc": "2.0", "id": 3, "method": "exit"}),
    ("textDocument/diagnostic", {}),
]


def test_wrong_parameters_are_answered_and_nothing_else_suffers() -> None:
    with serving() as raw:
        assert code(raw.ask("textDocument/hover", {})) == -32002
        assert code(raw.ask("initialize", {"capabilities": 3})) == -32602
        assert "result" in raw.ask("initialize", _START)
        for number, (method, params) in enumerate(WRONG, 10):
            assert code(raw.ask(method, params, number)) == -32602, (method, params)
        assert code(raw.ask("no/such/thing", {}, "x")) == -32601
        assert all("\n" not in line for line in raw.log)
        hover = {"textDocument": {"uri": "file:///a.md"}, "position": {"line": 0, "character": 0}}
        assert raw.ask("textDocument/hover", hover)["result"] is None
        raw.ask("shutdown", None)
        raw.send({"jsonrpc": "2.0", "method": "exit"})
        status, said = raw.ended()
        assert (status, said) == (0, "")


NOTIFICATIONS: Sequence[object] = [
    b"{",
    b"[" * 100_000,
    b"\xff\xfe",
    b"7",
    b"[]",
    b"{}",
    {"jsonrpc": "2.0"},
    {"jsonrpc": "1.0", "method": "exit"},
    {"jsonrpc": "2.0", "id": [1], "method": "textDocument/hover"},
    {"jsonrpc": "2.0", "id": 99, "result": {"not": "asked"}},
    {"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": "\x1b]0;x\x07"}},
    {"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "http://["}}},
    {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": {}}},
    {
        "jsonrpc": "2.0",
        "method": "textDocument/didOpen",
        "params": {"textDocument": {"uri": "file:///\0http://[", "languageId": "toml", "version": 1, "text": "\0"}},
    },
    {
        "jsonrpc": "2.0",
        "method": "textDocument/didChange",
        "params": {"textDocument": {"uri": "file:///no.md", "version": 2}, "contentChanges": [{"text": ""}]},
    },
]


def test_messages_that_are_none_are_logged_in_a_line_each() -> None:
    with serving() as raw:
        raw.ask("initialize", _START)
        raw.send({"jsonrpc": "2.0", "method": "initialized", "params": {}})
        for message in NOTIFICATIONS:
            raw.send(message)
        assert "result" in raw.ask("shutdown", None)
        raw.send({"jsonrpc": "2.0", "method": "exit"})
        status, said = raw.ended()
        assert status == 0
        assert "Traceback" not in said
        assert 0 < len(raw.log) <= len(NOTIFICATIONS)
        for line in [*raw.log, *said.splitlines()]:
            assert line.isprintable()
            assert len(line) < 1000


@pytest.mark.parametrize(
    "data",
    [
        b"hello\r\n\r\n",
        b"\r\n",
        b"Content-Length: x\r\n\r\n{}",
        b"Content-Length: 999999999\r\n\r\n{}",
        b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"Content-Length: 20\r\n\r\n{}",
        b"A: b\r\n" * 100,
        b"\x00" * 5_000,
        b"\x1b]0;owned\x07\r\n\r\n",
    ],
)
def test_a_stream_that_is_no_protocol_ends_with_one_line(data: bytes) -> None:
    with serving() as raw:
        raw.send_bytes(data)
        status, said = raw.ended()
        assert status == 1
        assert len(said.splitlines()) == 1
        assert said.rstrip("\n").isprintable()


@pytest.mark.long
def test_the_server_ends_when_its_parent_is_gone() -> None:
    parent = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with serving() as raw:
        raw.ask("initialize", {**_START, "processId": parent.pid})
        assert raw.process.poll() is None
        parent.communicate(b"\n")
        # Its standard input is still open: what it reads there would keep it alive for ever.
        assert raw.process.wait(timeout=60) == 1


def test_a_parent_that_was_never_seen_is_not_waited_for() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    with serving() as raw:
        raw.ask("initialize", {**_START, "processId": gone.pid})
        assert "result" in raw.ask("shutdown", None)
