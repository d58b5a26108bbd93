"""How long an editor waits for the language server after a keystroke, and whether its memory grows with edits.

python -m benchmarks.language_server [--edits 10000] [--pause 0]
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple

from benchmarks.measuring import ROOT, own_cache

_REPORT = ROOT / "examples" / "good" / "township-pipes.md"
_SIZE = 7_000
_ASKED = "textDocument/hover"
_SENT = "textDocument/publishDiagnostics"


def main() -> None:
    """Prints milliseconds from a keystroke to its diagnostics and to an answer, and the memory along the way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.language_server", description=main.__doc__)
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--pause", type=float, default=0, help="milliseconds between an answer and the next keystroke")
    options = parser.parse_args()
    with own_cache():
        start = time.perf_counter()
        typist = Typist(Server(), report_text())
        first = typist.open()
        print(f"Python {sys.version.split()[0]}, a report of {len(typist.text.encode()) / 1000:.1f} KB")
        print(f"from the start of the process to the first diagnostics: {1000 * (first - start):.0f} ms")
        waits: list[Wait] = []
        print(f"{'edits':>7} {'memory MB':>10}")
        for number in range(1, options.edits + 1):
            waits.append(typist.type())
            time.sleep(options.pause / 1000)
            if number in (1, 100, 1_000) or number % 2_000 == 0:
                print(f"{number:7} {typist.server.memory():10.1f}", flush=True)
        _print("to its diagnostics", [wait.diagnostics for wait in waits[1:]])
        _print("to an answer (hover)", [wait.answer for wait in waits[1:]])
        typist.server.stop()


def report_text() -> str:
    """Returns a report of 7 KB without mistakes."""
    text = _REPORT.read_text(encoding="utf-8")
    missing = _SIZE - len(text.encode())
    sentence = "镇里每月核对一次公开栏。"
    return text.replace("### （二）", sentence * (missing // len(sentence.encode())) + "\n\n### （二）", 1)


def _print(what: str, times: list[float]) -> None:
    cuts = quantiles(times, n=100)
    print(f"keystroke {what}: median {median(times):.1f} ms, 95 % {cuts[94]:.1f} ms, 99 % {cuts[98]:.1f} ms")


class Wait(NamedTuple):
    """Milliseconds after a keystroke."""

    diagnostics: float
    answer: float


class Server:
    """A server process, spoken to directly: no client library stands between the clock and the pipe."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "disclosure_lint", "server"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._id = 0

    def notify(self, method: str, params: Any) -> None:
        """Sends what has no answer."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> int:
        """Sends a request; returns its number."""
        self._id += 1
        self._send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        return self._id

    def receive(self) -> dict[str, Any]:
        """Returns the next message."""
        assert self._process.stdout is not None
        length = 0
        while header := self._process.stdout.readline().strip():
            if header.lower().startswith(b"content-length:"):
                length = int(header.partition(b":")[2])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message

    def memory(self) -> float:
        """Returns the megabytes that the process has in memory now (Linux)."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * 4096 / 1e6

    def stop(self) -> None:
        """Says goodbye."""
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(10)

    def _send(self, message: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        body = json.dumps(message, ensure_ascii=False).encode()
        self._process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._process.stdin.flush()


class Typist:
    """Somebody who corrects a total and mistypes it again, for ever."""

    def __init__(self, server: Server, text: str):
        self.server = server
        self.text = text
        self._uri = "file:///nowhere/report.md"
        self._version = 1
        row = next(line for line in text.split("\n") if line.startswith("| | （七）总计"))
        self._line = text.split("\n").index(row)
        self._column = row.rindex(" ") - 1

    def open(self) -> float:
        """Opens the report; returns when its diagnostics came."""
        self.server.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.server.receive()
        self.server.notify("initialized", {})
        item = {"uri": self._uri, "languageId": "markdown", "version": 1, "text": self.text}
        self.server.notify("textDocument/didOpen", {"textDocument": item})
        while self.server.receive().get("method") != _SENT:
            pass
        return time.perf_counter()

    def type(self) -> Wait:
        """Types one digit over another; returns what came when."""
        self._version += 1
        start = {"line": self._line, "character": self._column}
        change = {"range": {"start": start, "end": {**start, "character": self._column + 1}}}
        began = time.perf_counter()
        self.server.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": self._uri, "version": self._version},
                "contentChanges": [{**change, "text": "8" if self._version % 2 == 0 else "7"}],
            },
        )
        asked = self.server.request(_ASKED, {"textDocument": {"uri": self._uri}, "position": start})
        came: dict[object, float] = {}
        while not came.keys() >= {_SENT, asked}:
            message = self.server.receive()
            came[message.get("method", message.get("id"))] = 1000 * (time.perf_counter() - began)
            if message.get("method") == _SENT:
                assert bool(message["params"]["diagnostics"]) == (self._version % 2 == 0)
        return Wait(came[_SENT], came[asked])


if __name__ == "__main__":
    main()
