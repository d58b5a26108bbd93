"""An editing session of days must not fill the memory."""

import asyncio
import gc
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from lsprotocol import types

from disclosure_lint.lsp.server import build
from tests.command_line import own_place

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_ROUNDS, _EDITS = 6, 20
_ALLOWED = 500
"""Bytes for each edit: the record of a request that is never forgotten takes three times as much."""
_URI = "file:///nowhere/report.md"
_TEXT = """\
# 陌桑县𬭁镇人民政府2024年政府信息公开工作年度报告

## 一、总体情况

## 四、政府信息公开行政复议、行政诉讼情况

## 六、其他需要报告的事项

无。
"""


class _Editor:
    """The other end of a server that runs in this process."""

    def __init__(self) -> None:
        self.server = build(None, [], ThreadPoolExecutor(1))
        self.server.protocol.set_writer(self, include_headers=False)
        self.shown = 0
        self.answered = 0

    def close(self) -> None:
        """Is never called."""

    def write(self, data: bytes) -> None:
        """Counts what an editor would be shown, and answers to its questions."""
        self.shown += b"publishDiagnostics" in data
        self.answered += b'"id"' in data and b'"result"' in data

    def send(self, method: str, params: Any, key: int | None = None) -> None:
        """Sends a notification, or a request if it has a number."""
        number = {} if key is None else {"id": key}
        message = {"jsonrpc": "2.0", "method": method, "params": params, **number}
        protocol = self.server.protocol
        protocol.handle_message(protocol.structure_message(message))

    async def type(self, number: int) -> None:
        """Types something, asks about it, and waits for what is shown and for the answer."""
        shown, answered = self.shown, self.answered
        place = {"line": 0, "character": 12}
        change = {"range": {"start": place, "end": {**place, "character": 14}}, "text": f"{number % 90 + 10}"}
        document = {"uri": _URI, "version": number}
        self.send(types.TEXT_DOCUMENT_DID_CHANGE, {"textDocument": document, "contentChanges": [change]})
        self.send(types.TEXT_DOCUMENT_HOVER, {"textDocument": {"uri": _URI}, "position": place}, number)
        while self.shown == shown or self.answered == answered:
            await asyncio.sleep(0.001)


async def _growth() -> float:
    """Returns the bytes for each edit in the round that grew least: what is never forgotten grows in every one."""
    editor = _Editor()
    editor.send(types.INITIALIZE, {"processId": None, "rootUri": None, "capabilities": {}}, 0)
    item = {"uri": _URI, "languageId": "markdown", "version": 0, "text": _TEXT}
    editor.send(types.TEXT_DOCUMENT_DID_OPEN, {"textDocument": item})
    tracemalloc.start()
    try:
        sizes = []
        for first in range(1, _ROUNDS * _EDITS, _EDITS):
            for number in range(first, first + _EDITS):
                await editor.type(number)
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    return min(later - earlier for earlier, later in pairwise(sizes)) / _EDITS


@pytest.mark.long
def test_memory_does_not_grow_with_edits() -> None:
    assert asyncio.run(_growth()) < _ALLOWED
