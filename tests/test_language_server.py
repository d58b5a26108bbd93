"""The language server as an editor meets it: texts, findings, actions, hovers, the outline."""

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types

from tests.command_line import own_place
from tests.editor import capabilities, editing, position, units, uri_of

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.asyncio]

EXAMPLES = Path(__file__).parents[1] / "examples"
BAD = (EXAMPLES / "bad" / "wrong-total.md").read_text(encoding="utf-8")
GOOD = (EXAMPLES / "good" / "township-pipes.md").read_text(encoding="utf-8")
WRONG = "| （一）予以公开 | 7 | 2 | 0 | 0 | 0 | 0 | 8 |"
RIGHT = "| （一）予以公开 | 7 | 2 | 0 | 0 | 0 | 0 | 9 |"


async def test_findings_come_and_go_with_the_text() -> None:
    here = Path.cwd()
    async with editing(here) as editor:
        uri = editor.write(here / "报告.md", BAD)
        print(await editor.diagnostics(uri))
        editor.swap(uri, WRONG, RIGHT)
        print(await editor.diagnostics(uri))
        print(editor.registered, editor.server)
