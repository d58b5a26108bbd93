"""Messages to the language server, changed at random; after each handful it must still answer."""

import json
import subprocess
from random import Random
from threading import Thread
from typing import Any

from tests.command_line import BAD, start_server
from tests.fuzz.trees import changed

_URI = "file:///nowhere/a.md"
_PLACE = {"textDocument": {"uri": _URI}, "position": {"line": 3, "character": 2}}
_RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 30, "character": 9}}
_TEXT = BAD.read_text("utf-8")[:3000]
_OPEN = {"textDocument": {"uri": _URI, "languageId": "markdown", "version": 1, "text": _TEXT}}
_CHANGE = {"textDocument": {"uri": _URI, "version": 2}, "contentChanges": [{"range": _RANGE, "text": "二、"}]}
_SANE: tuple[tuple[str, Any], ...] = (
    ("textDocument/didOpen", _OPEN),
    ("textDocument/didChange", _CHANGE),
    ("textDocument/didSave", {"textDocument": {"uri": _URI}}),
    ("textDocument/hover", _PLACE),
    ("textDocument/completion", _PLACE),
    ("textDocument/inlayHint", {"textDocument": {"uri": _URI}, "range": _RANGE}),
    ("textDocument/documentSymbol", {"textDocument": {"uri": _URI}}),
    ("textDocument/codeAction", {"textDocument": {"uri": _URI}, "range": _RANGE, "context": {"diagnostics": []}}),
    ("textDocument/diagnostic", {"textDocument": {"uri": _URI}}),
    ("workspace/didChangeConfiguration", {"settings": {"disclosure-lint": {"lang": "en", "select": ["DL3"]}}}),
    ("workspace/didChangeWatchedFiles", {"changes": [{"uri": _URI, "type": 2}]}),
    ("workspace/executeCommand", {"command": "x", "arguments": []}),
    ("$/cancelRequest", {"id": 1}),
    ("textDocument/didClose", {"textDocument": {"uri": _URI}}),
)
_INITIALIZE = {"processId": None, "rootUri": None, "capabilities": {"general": {"positionEncodings": ["utf-16"]}}}
_PATIENCE = 60.0


def messages(rng: Random) -> bytes:
    """Returns a handful of messages, one a line, some with other values than they should have."""
    found = []
    for number in range(8):
        method, params = rng.choice(_SANE)
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        if rng.random() < 0.6:
            message["id"] = number
        if rng.random() < 0.8:
            message["params"] = changed(params, rng, rng.choice((1, 1, 3)))
        found.append(message)
    return "\n".join(map(json.dumps, found)).encode()


class _Server:
    """A server, kept from one handful to the next."""

    def __init__(self) -> None:
        self.process = start_server()
        self.asked = 0
        self.ask("initialize", _INITIALIZE)
        self.send({"jsonrpc": "2.0", "method": "initialized", "params": {}})

    def send(self, message: Any) -> None:
        assert self.process.stdin
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.process.stdin.flush()

    def ask(self, method: str, params: Any) -> Any:
        """Returns the answer to a request; AssertionError if there is none."""
        self.asked += 1
        key = f"sane {self.asked}"
        self.send({"jsonrpc": "2.0", "id": key, "method": method, "params": params})
        found: list[Any] = []
        thread = Thread(target=self._wait, args=(key, found), daemon=True)
        thread.start()
        thread.join(_PATIENCE)
        assert found, f"no answer to {method}"
        return found[0]

    def _wait(self, key: str, found: list[Any]) -> None:
        assert self.process.stdout
        while header := self.process.stdout.readline():
            if header.lower().startswith(b"content-length:"):
                while self.process.stdout.readline().strip():
                    pass
                answer = json.loads(self.process.stdout.read(int(header.split(b":")[1])))
                if answer.get("id") == key:
                    found.append(answer)
                    return


_KEPT: list[_Server] = []


def check(kind: str, data: bytes) -> str:
    """Sends the messages, and then asks something that must be answered; returns how that ended."""
    del kind
    if not _KEPT:
        _KEPT.append(_Server())
    server = _KEPT[0]
    try:
        for line in data.splitlines():
            server.send(line)
        answer = server.ask("textDocument/hover", _PLACE)
        return "error" if "error" in answer else "answer"
    except BaseException:
        _KEPT.clear()
        end(server.process)
        raise


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ends a server."""
    process.kill()
    process.wait()


DAMAGES = {"messages": messages}
