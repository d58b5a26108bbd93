"""The parts of the language server that no editor is needed for."""

import asyncio
import builtins
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from disclosure_lint.lsp import examiner
from disclosure_lint.lsp.analysis import Analysis, Task
from disclosure_lint.lsp.buffers import Buffer, Ruler, edited
from disclosure_lint.lsp.client_settings import ClientSettings
from disclosure_lint.lsp.diagnostics import code_actions
from disclosure_lint.lsp.examiner import Examiner
from disclosure_lint.lsp.session import Debouncer
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.source import Span
from tests.command_line import own_place, run
from tests.samples import diagnostic

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

_TEXTS = st.text(st.sampled_from("a中𬭁é\n\r\x0c\u2028\u0085|")).map(str)
_KINDS = st.sampled_from(list(types.PositionEncodingKind))
_CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


def _position(text: str, at: int, kind: types.PositionEncodingKind) -> types.Position:
    """Returns the position as the protocol defines it, the slow way."""
    plain = text.replace("\r\n", "\n\n")  # as long as before; a pair counts as one line end below
    line = start = index = 0
    while index < at:
        pair = text[index : index + 2] == "\r\n"
        if plain[index] in "\n\r" and index + (2 if pair else 1) <= at:
            line, start = line + 1, index + (2 if pair else 1)
        index += 2 if pair else 1
    codec, size = _CODECS[kind.value]
    return types.Position(line, len(text[start:at].encode(codec)) // size)


@given(_TEXTS, _KINDS, st.data())
def test_positions_and_offsets_are_each_others_inverse(
    text: str, kind: types.PositionEncodingKind, data: st.DataObject
) -> None:
    ends = {at + 1 for at in range(len(text)) if text[at : at + 2] == "\r\n"}
    at = data.draw(st.sampled_from([at for at in range(len(text) + 1) if at not in ends]))
    ruler = Ruler(text, kind)
    assert ruler.position(at) == _position(text, at, kind)
    assert ruler.offset(ruler.position(at)) == at


@given(_TEXTS, _KINDS, st.integers(0, 9), st.integers(0, 99))
def test_any_position_is_somewhere(text: str, kind: types.PositionEncodingKind, line: int, character: int) -> None:
    at = Ruler(text, kind).offset(types.Position(line, character))
    assert 0 <= at <= len(text)


@given(_TEXTS, _TEXTS, _KINDS, st.data())
def test_an_edit_changes_what_it_names(
    text: str, new: str, kind: types.PositionEncodingKind, data: st.DataObject
) -> None:
    ruler = Ruler(text, kind)
    start, end = sorted(ruler.offset(ruler.position(data.draw(st.integers(0, len(text))))) for _ in "ab")
    change = types.TextDocumentContentChangePartial(ruler.range(Span(start, end)), new)
    assert edited(text, [change], kind) == text[:start] + new + text[end:]


def _fix(applicability: Any, *edits: tuple[int, int, str]) -> Fix:
    changes = tuple(Edit(Span(start, end), text) for start, end, text in edits)
    return Fix(applicability, changes, LocalizedText("改好", "mend it"))


def test_fixes_become_actions(report: Analysis, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = diagnostic("总计", span=Span(0, 2), fix=_fix("safe", (0, 1, "𬭁\n"), (1, 1, "x")))
    risky = diagnostic("总计", span=Span(1, 2), fix=_fix("unsafe", (2, 2, "y")))
    far = diagnostic("总计", span=Span(30, 31), fix=_fix("safe", (30, 31, "")))
    monkeypatch.setattr(Analysis, "diagnostics", (wrong, risky, far))
    actions = code_actions(report, Span(0, 1), ["quickfix"])
    mending = [action for action in actions if action.title == "改好"]
    assert [action.is_preferred for action in mending] == [True, False]
    (whole,) = code_actions(report, Span(0, 0), ["source.fixAll"])
    assert whole.kind == "source.fixAll.disclosure-lint"
    assert whole.edit is not None
    ((_, edits),) = (whole.edit.changes or {}).items()
    assert [edit.new_text for edit in edits] == ["𬭁\n", "x", ""]
    assert code_actions(report, Span(0, 0), ["refactor"]) == []


def _task(text: str) -> Task:
    buffer = Buffer("untitled:1", "markdown", 1, text)
    return Task(buffer, ClientSettings(), Path.cwd(), {}, 0, types.PositionEncodingKind.Utf16)


@pytest.fixture
def report() -> Analysis:
    analysis = Examiner(None).examine(_task("# 甲县乙镇2024年政府信息公开工作年度报告\n" * 3)).analysis
    assert analysis is not None
    return analysis


@pytest.mark.parametrize("text", ["\ufeff# 报告", "\0", "\ud800", "甲" * 3_000_000, "\x89PNG", "%PDF-1.7"])
def test_odd_texts_do_no_harm(text: str) -> None:
    outcome = Examiner(None).examine(_task(text))
    assert outcome.bug is None
    assert list(outcome.findings) == ["untitled:1"]


def test_an_error_of_ours_is_told_and_the_next_text_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Examiner(None)
    with monkeypatch.context() as patch:
        patch.setattr(examiner, "Analysis", lambda *_: 1 // 0)
        outcome = one.examine(_task("# 报告"))
    assert outcome.bug is not None
    assert "ZeroDivisionError" in outcome.bug
    assert one.examine(_task("# 报告")).bug is None


def test_a_newer_text_overtakes_an_older_one() -> None:
    done: list[int] = []
    begun, go_on = threading.Event(), threading.Event()

    def work(number: int) -> int:
        begun.set()
        assert go_on.wait(30)
        return number

    async def session() -> None:
        with ThreadPoolExecutor(1) as executor:
            latest = Debouncer(work, executor, done.append)
            latest.submit(1)
            waiting = [asyncio.ensure_future(latest.result()) for _ in range(3)]
            while not begun.is_set():
                await asyncio.sleep(0.001)
            for number in (2, 3, 4):
                latest.submit(number)
            waiting[0].cancel()
            await asyncio.sleep(0)
            go_on.set()
            assert await asyncio.gather(*waiting[1:]) == [4, 4]
            assert await latest.result() == 4
            assert waiting[0].cancelled()

    asyncio.run(session())
    assert done == [4]


def test_who_waits_is_not_put_off_by_ever_newer_texts() -> None:
    async def session() -> int:
        with ThreadPoolExecutor(1) as executor:

            def done(number: int) -> None:
                if number < 5:
                    latest.submit(number + 1)

            latest = Debouncer(lambda number: number, executor, done)
            latest.submit(1)
            first = await latest.result()
            while await latest.result() < 5:
                await asyncio.sleep(0)
            return first

    assert asyncio.run(session()) == 1


@pytest.mark.parametrize(("goodbye", "status"), [(True, 0), (False, 1)])
def test_how_it_ends(goodbye: bool, status: int) -> None:
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"method": "initialized", "params": {}},
    ]
    if goodbye:
        messages += [{"id": 2, "method": "shutdown"}, {"method": "exit"}]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
    ended = subprocess.run(
        [sys.executable, "-m", "disclosure_lint", "server"],
        input=b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies),
        capture_output=True,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (status, b"")
    assert ended.stdout.count(b"Content-Length") == 1 + goodbye


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    load = builtins.__import__

    def missing(name: str, *args: Any) -> Any:
        if name.partition(".")[0] in ("pygls", "lsprotocol"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return load(name, *args)

    for name in [name for name in sys.modules if name.startswith(("disclosure_lint.lsp", "pygls", "lsprotocol"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", missing)
    for words in (["server"], ["--lang", "en", "server"]):
        ended = run(words)
        assert ended.status == 2
        assert "pip install '.[lsp]'" in ended.stderr
    assert run(["server", "x"]).status == 2
