"""Damaged PDF files and such as are made to do harm: a finding, quickly, and nothing about any other file."""

import gc
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import pytest

from disclosure_lint import FileResult, Linter
from disclosure_lint.readers.pdf import process, worker
from tests.fuzz.usage import Measure
from tests.office.pdf import glyphs, pdf_file, rule, with_password
from tests.office.pdf_pages import as_pdf
from tests.scale import some
from tests.test_docx_reports import read, report

pytestmark = pytest.mark.long

LINTER = Linter.default()
GOOD = as_pdf(report("hostile"))
MOST_SECONDS = 10.0
"""Of processor time. Two are promised, and a busy processor counts more."""


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    process.close()
    yield
    process.close()


def lint(data: bytes) -> FileResult:
    with Measure() as cost:
        result = LINTER.lint("年报.pdf", data)
    assert cost.seconds < MOST_SECONDS
    return result


def said(data: bytes) -> str:
    result = lint(data)
    assert result.status == "unreadable"
    (found,) = result.diagnostics
    assert found.code == "DL001"
    assert found.message.en
    return found.message.zh


def test_a_password() -> None:
    assert "去掉打开密码" in said(with_password(GOOD))


@pytest.mark.parametrize("length", [8, 100, 1000, 5000])
def test_a_file_that_is_cut(length: int) -> None:
    assert "PDF 文件已损坏或不完整" in said(GOOD[:length])


def test_a_file_whose_table_of_places_is_wrong_is_read() -> None:
    assert read(lint(GOOD.replace(b"startxref\n", b"startxref\n9"))) == read(lint(GOOD))


def test_no_pages() -> None:
    assert "损坏" in said(pdf_file([]))


def test_too_many_pages() -> None:
    assert "太多" in said(pdf_file(["0 0 m 1 1 l S"] * 301))
    assert lint(pdf_file([""] * 300)).status == "not_a_report"


def test_too_many_bytes() -> None:
    assert "超过 64 MB" in said(b"%PDF-1.5\n" + bytes(64 << 20))


@pytest.mark.parametrize(
    "page",
    [
        "0 0 m 50 50 l S\n" * 70_000,
        "".join(rule(x, 0, x, 800) + rule(0, x, 500, x) for x in range(0, 800, 4)) * 40,
        "".join(f"{x / 50} 0 0.1 800 re f 0 {x / 50} 500 0.1 re f\n" for x in range(0, 40_000, 160)),
        "0 0 m " + "10 20 l 30 20 l " * 100_000 + "S\n",
        glyphs(80, 100, "一" * 50_000, 9),
        "q " * 300_000,
        "/Fm1 Do " * 20_000,
    ],
    ids=["objects", "lines", "lattice", "points", "text", "states", "forms"],
)
def test_too_much_on_a_page(page: str) -> None:
    result = lint(pdf_file([page, page]))
    assert result.status in ("unreadable", "not_a_report")
    assert read(lint(GOOD))


def inflating(times: int) -> bytes:
    data = bytes(10_000_000)
    for _ in range(times):
        data = zlib.compress(data, 9)
    filters = "/FlateDecode " * times
    stream = f"<</Filter[{filters}]/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"
    return pdf_file([""]).replace(b"12 0 obj\n", b"12 0 obj\n" + stream + b"\nendobj\n9912 0 obj\n")


@pytest.mark.parametrize("times", [1, 2])
def test_streams_that_inflate(times: int) -> None:
    assert lint(inflating(times)).status in ("unreadable", "not_a_report")


def test_a_form_that_holds_itself() -> None:
    data = pdf_file(["/Fm1 Do\n"]).replace(b"/XObject<</Im1 7 0 R>>", b"/XObject<</Fm1 7 0 R>>")
    assert lint(data).status in ("unreadable", "not_a_report")


@pytest.mark.parametrize("number", ["1e38", "-99999999999", "0.000001", "nan", "1" * 400])
def test_absurd_numbers(number: str) -> None:
    drawing = f"{number} 0 0 {number} 0 0 cm 0 0 {number} 10 re f 5 5 m {number} {number} l S\n"
    assert lint(pdf_file([drawing + glyphs(80, 100, "一", 9)])).status in ("unreadable", "not_a_report")
    data = GOOD.replace(b"[0 0 595 842]", f"[0 0 {number} 842]".encode())
    assert lint(data).status in ("linted", "unreadable", "not_a_report")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGSEGV", "SIGABRT"])
def test_a_crash_is_a_finding_and_the_next_file_is_read(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(lint(GOOD))
    monkeypatch.setattr(
        process, "_CODE", f"import os, signal, sys; sys.stdin.buffer.read(100); os.kill(os.getpid(), signal.{how})"
    )
    process.close()
    assert "中止" in said(GOOD)
    assert "中止" in said(GOOD)
    monkeypatch.undo()
    assert read(lint(GOOD)) == whole


def test_a_process_that_ended_while_it_waited_is_started_again() -> None:
    whole = read(lint(GOOD))
    running = process.running()
    assert running is not None
    os.kill(running, signal.SIGTERM)
    os.waitid(os.P_PID, running, os.WEXITED | os.WNOWAIT)
    assert read(lint(GOOD)) == whole
    assert process.running() != running


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_CODE", "import sys, time; sys.stdin.buffer.read(100); time.sleep(60)")
    monkeypatch.setattr(process, "_SECONDS", 0.4)
    assert "时间太长" in said(GOOD)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer of processor time")
def test_a_file_that_takes_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    busy = "from disclosure_lint.readers.pdf import worker\nworker.SECONDS = 0.3\n"
    busy += "def answer(data):\n while True: pass\nworker.answer_to = answer\nworker.main()"
    monkeypatch.setattr(process, "_CODE", f"import sys; sys.path[:] = sys.argv[1:]\n{busy}")
    assert "时间太长" in said(GOOD)
    assert worker.SECONDS < 2


@pytest.mark.parametrize("answer", [b"", b"{}", b"[]", b"no", b'{"text":1,"blocks":[],"notices":[]}', b'{"error":[1]}'])
def test_an_answer_that_is_none(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        f"import sys; sys.stdin.buffer.read(100); sys.stdout.buffer.write({len(answer).to_bytes(8, 'big') + answer!r})"
    )
    monkeypatch.setattr(process, "_CODE", code)
    assert "中止" in said(GOOD)


def test_a_process_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "启动不了" in said(GOOD)


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        process,
        "_CODE",
        "import sys; sys.path[:] = sys.argv[1:]; sys.modules['pypdfium2_raw'] = None\n"
        "from disclosure_lint.readers.pdf.worker import main; main()",
    )
    assert 'pip install ".[pdf]"' in said(GOOD)


def test_from_threads() -> None:
    whole = read(lint(GOOD))
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lint, [GOOD, GOOD[:900], GOOD, GOOD] * 3))
    assert [result.status for result in results] == ["linted", "unreadable", "linted", "linted"] * 3
    assert all(read(result) == whole for result in results if result.status == "linted")


def status(data: bytes) -> tuple[str, int | None, int]:
    return LINTER.lint("年报.pdf", data).status, process.running(), os.getpid()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_from_copies_of_the_process() -> None:
    assert lint(GOOD).status == "linted"
    mine = process.running()
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        found = list(pool.map(status, [GOOD] * 6))
    assert {one for one, _, _ in found} == {"linted"}
    assert all(running not in (mine, None) for _, running, _ in found)
    assert len({running for _, running, _ in found}) == len({asking for _, _, asking in found})
    assert process.running() == mine
    assert lint(GOOD).status == "linted"
    assert process.running() == mine


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at /proc")
def test_it_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(GOOD)
    code = (
        "import os, sys, pathlib; from disclosure_lint import Linter; from disclosure_lint.readers.pdf import process\n"
        "Linter.default().lint('a.pdf', pathlib.Path('a.pdf').read_bytes()); print(process.running(), flush=True)\n"
        "os._exit(0) if sys.argv[1] == 'hard' else None"
    )
    for how in ("hard", "soft"):
        ended = subprocess.run(
            [sys.executable, "-W", "error", "-c", code, how], cwd=tmp_path, capture_output=True, text=True
        )
        assert ended.stderr == ""
        for _ in range(600):
            if not Path(f"/proc/{ended.stdout.strip()}").exists():
                break
            time.sleep(0.1)
        else:
            pytest.fail("still running")


def test_nothing_is_left_open(recwarn: pytest.WarningsRecorder) -> None:
    for data in (GOOD, GOOD[:500], GOOD):
        lint(data)
    process.close()
    gc.collect()
    assert process.running() is None
    assert [str(one.message) for one in recwarn] == []


@pytest.mark.parametrize("seed", range(some(30)))
def test_damaged_bytes(seed: int) -> None:
    rng = Random(f"bytes {seed}")
    data = bytearray(GOOD)
    for _ in range(rng.choice((1, 5, 50))):
        data[rng.randrange(len(data))] = rng.randrange(256)
    assert lint(bytes(data)).status in ("linted", "not_a_report", "unreadable")


@pytest.mark.parametrize("harm", ["os._exit(1)", "raise MemoryError", "bytearray(250 << 20)"])
def test_what_is_said_of_a_file_does_not_depend_on_those_before_it(harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read(lint(GOOD))
    code = (
        "import os, sys; sys.path[:] = sys.argv[1:]; del sys.argv[1:]\n"
        "from disclosure_lint.readers.pdf import reading, worker\n"
        "times, read, kept = [], reading.read_pdf, []\n"
        "def harmed(name, data):\n"
        "    times.append(1)\n"
        f"    if len(times) > 1: kept.append({harm})\n"
        "    return read(name, data)\n"
        "reading.read_pdf = harmed\n"
        "worker.main()\n"
    ).replace("kept.append(raise MemoryError)", "raise MemoryError")
    monkeypatch.setattr(process, "_CODE", code)
    process.close()
    for _ in range(3):
        assert read(lint(GOOD)) == whole
    process.close()


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A line for each process that was started to read."""
    lines: list[str] = []
    popen = subprocess.Popen

    def counted(*arguments: Any, **options: Any) -> "subprocess.Popen[bytes]":
        lines.append("started")
        return popen(*arguments, **options)

    monkeypatch.setattr(subprocess, "Popen", counted)
    return lines


def _failing_at(data: bytes, harm: str) -> str:
    """The code of a process that comes to harm at that file only."""
    return (
        "import os, signal, sys; sys.path[:] = sys.argv[1:]; del sys.argv[1:]\n"
        "from disclosure_lint.readers.pdf import reading, worker\n"
        "worker.SECONDS, read = 0.3, reading.read_pdf\n"
        "def harmed(name, data):\n"
        f"    if len(data) == {len(data)}:\n"
        f"        {harm}\n"
        "    return read(name, data)\n"
        "reading.read_pdf = harmed\n"
        "worker.main()\n"
    )


BAD = GOOD + b"%"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer of processor time")
@pytest.mark.parametrize(
    ("harm", "words", "again"),
    [
        ("while True: pass", "时间太长", 0),  # it had its time
        ("os._exit(1)", "中止", 1),  # a file before it may have done that
        ("raise MemoryError", "太多", 1),
    ],
)
def test_a_file_is_tried_again_only_where_others_may_have_done_the_harm(
    harm: str, words: str, again: int, monkeypatch: pytest.MonkeyPatch, started: list[str]
) -> None:
    monkeypatch.setattr(process, "_CODE", _failing_at(BAD, harm))
    assert words in said(BAD)
    assert len(started) == 1, "the process was fresh"
    process.close()
    started.clear()
    assert lint(GOOD).status == "linted"
    assert words in said(BAD)
    assert len(started) == 1 + again
    assert lint(GOOD).status == "linted"


def test_a_process_that_hangs_is_not_waited_for_twice(monkeypatch: pytest.MonkeyPatch, started: list[str]) -> None:
    monkeypatch.setattr(process, "_CODE", _failing_at(BAD, "import time; time.sleep(60)"))
    assert lint(GOOD).status == "linted"
    monkeypatch.setattr(process, "_SECONDS", 0.4)
    assert "时间太长" in said(BAD)
    assert len(started) == 1
