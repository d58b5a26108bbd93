"""Whatever the bytes: no exception, soon an end, and nothing said about a place that is not there.

`python -m tests.fuzz` shows how the time grows with the length of hostile texts.
"""

import re
from itertools import product
from pathlib import Path
from random import Random
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.result import FileResult
from tests.command_line import run
from tests.costs import cost_of_linting
from tests.fuzz.mutations import flipped, mutated, text_of
from tests.fuzz.pieces import PIECES, SLOTS, around
from tests.fuzz.soundness import lint
from tests.generation import LAYOUTS, report
from tests.scale import some

pytestmark = pytest.mark.long

LINTER = Linter.default()
NAMES = st.sampled_from(("a.txt", "a.md", "a.pdf", "a.docx", "a", ""))
SEEDS = st.integers(min_value=0, max_value=2**32)
FEW = settings(max_examples=some(60), deadline=None, suppress_health_check=list(HealthCheck))
LIMIT = 5.0
"""Seconds for what takes some hundredths: a machine may be slow, a quadratic search is slower."""


@FEW
@given(st.binary(max_size=400), st.sampled_from((b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04")), NAMES)
def test_any_bytes(data: bytes, mark: bytes, name: str) -> None:
    lint(LINTER, mark + data, name)


@FEW
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60), st.sampled_from(SLOTS), NAMES)
def test_any_text_in_a_section(parts: list[str], slot: str, name: str) -> None:
    text = "".join(parts)
    lint(LINTER, around(text or " ", len(text), slot).encode("utf-8", "replace"), name)


@FEW
@given(SEEDS, st.integers(min_value=1, max_value=8))
def test_damaged_reports(seed: int, times: int) -> None:
    rng = Random(seed)
    text, name = text_of(rng)
    lint(LINTER, mutated(text, rng, times).encode("utf-8", "replace"), name)


@FEW
@given(SEEDS, st.integers(min_value=1, max_value=30), st.sampled_from(("utf-8", "gb18030", "utf-16")))
def test_damaged_bytes(seed: int, times: int, encoding: str) -> None:
    rng = Random(seed)
    text, name = text_of(rng)
    data = flipped(text.encode(encoding), rng, times)
    lint(LINTER, data[: rng.choice((None, rng.randrange(len(data))))], name)


@pytest.mark.parametrize("piece", PIECES, ids=ascii)
def test_one_piece_without_end(piece: str) -> None:
    slots = Random(piece).sample([*enumerate(SLOTS)], some(len(SLOTS)))
    for number, slot in slots:
        data = around(piece, 5_000, slot).encode()
        start = process_time()
        lint(LINTER, data, ("a.md", "a.txt")[number % 2])
        assert process_time() - start < LIMIT, slot


@pytest.mark.parametrize("piece", ["\n", "a\tb\n", "|a|\n", "第三、\n", "\r\n", "字"], ids=ascii)
def test_a_text_that_no_report_can_be_costs_nothing(piece: str) -> None:
    data = ("石桥镇2023年政府信息公开工作年度报告\n一、总体情况\n" + piece * 1_000_000).encode()
    start = process_time()
    result = LINTER.lint("a.txt", data)
    assert process_time() - start < LIMIT
    assert [diagnostic.code for diagnostic in result.diagnostics] == ["DL001"]


@pytest.mark.parametrize("gap", [" ", "\t", "|"], ids=ascii)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_reports_on_one_line(layout: str, gap: str) -> None:
    """Whoever lost the line ends of a report lost them all: one line holds all rows, some without their last value."""
    lines = [line for line in report("one line", layout).text.split("\n") if re.search(r"\d|[一二三四五六]、", line)]
    cut = [re.sub(r"\d+[ \t|]*$", "", line) if number % 3 == 0 else line for number, line in enumerate(lines)]
    for kept in (lines, cut):
        data = (gap.join(kept) * 4).encode()
        start = process_time()
        lint(LINTER, data, "a.txt")
        assert process_time() - start < 2.0


@pytest.mark.parametrize("word", ["收取", "收取信息", "处理费收取", "情况", "共计", "未", "没有", "三百"])
def test_words_of_the_fee_rule_without_end(word: str) -> None:
    data = around("信息处理费" + word * 1_000, 1_000, "other").encode()
    start = process_time()
    LINTER.lint("a.txt", data)
    assert process_time() - start < LIMIT


def shown(result: FileResult) -> list[object]:
    """What a person sees: places as lines and columns, and the numbers."""
    source, bound = result.source, result.report
    assert source is not None
    assert bound is not None
    lines: list[object] = [
        (source.position(found.span.start), source.position(found.span.end), found.code, found.message.zh)
        for found in result.diagnostics
    ]
    return lines + [(str(address), fact.state, fact.value) for address, fact in bound.facts.items()]


def spoiled(rng: Random, layout: str) -> tuple[str, str]:
    """Returns a report with things to say about, and its name."""
    rendered = report(rng.random(), layout)
    lines = rendered.text.split("\n")
    for at in (len(lines) // 5, len(lines) // 2):
        del lines[at]
    text = "\n".join(lines).replace("0", "4", 3).replace("六、其他需要报告的事项", "七、其他需要报告的事项\n\nXX镇")
    return text, f"report{rendered.suffix}"


@pytest.mark.parametrize(
    ("encoding", "newline"), list(product(("utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"), ("\n", "\r\n", "\r")))
)
def test_encodings_and_line_ends_change_nothing(encoding: str, newline: str) -> None:
    rng = Random(f"{encoding}{newline!r}")
    for layout in LAYOUTS:
        text, name = spoiled(rng, layout)
        plain = LINTER.lint(name, text.encode())
        assert any(found.severity >= Severity.warning for found in plain.diagnostics), layout
        other = LINTER.lint(name, text.replace("\n", newline).encode(encoding))
        assert shown(other) == shown(plain), layout


def test_a_form_feed_or_another_separator_is_no_line_end() -> None:
    text = around("（一）公开。\x0c\x1c\u2028\x85", 400, "overview")
    result = lint(LINTER, text.encode())
    assert result.source is not None
    assert result.source.line_count == text.count("\n") + 1


@pytest.mark.parametrize("text", ["|" * 900_000, ("|" * 100 + "\n") * 9000, ("\t" * 60 + "1\n") * 4000])
def test_more_cells_than_any_report_has(text: str) -> None:
    start = process_time()
    result = LINTER.lint("a.md", f"政府信息公开\n{text}".encode())
    assert process_time() - start < LIMIT / 10
    assert result.status == "unreadable"
    assert "竖线和制表符" in result.diagnostics[0].message.zh


@pytest.mark.parametrize("suffix", ["md", "txt", "csv"])
def test_a_run_of_bars_takes_little_memory(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_text("政府信息公开\n" + "|" * 900_000, encoding="utf-8")
    assert cost_of_linting(path).megabytes < 150


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "rows", ["1,2,3,甲\n" * 30_000, "1,2,3,甲\n" * 1_300_000, "1|2|3|甲\n" * 19_000 + "|" * 200_000]
)
def test_a_large_sheet_of_others_is_passed_over_in_a_folder(
    rows: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    Path("data", "a.csv").write_bytes(rows.encode(encoding))
    ended = run(["check", "data"])
    assert (ended.status, "DL0" in ended.stdout) == (0, False)
    assert "没有找到年度报告" in ended.stderr
    assert "DL002" in run(["check", "data/a.csv"]).stdout
    Path("data", "a.csv").write_bytes(f"石桥镇2023年政府信息公开工作年度报告\n{rows}".encode(encoding))
    ended = run(["check", "data"])
    assert ended.status == 1
    assert "DL001" in ended.stdout


@pytest.mark.parametrize("words", ["٣", "9" * 400_000, "亿" * 200_000, "一万" * 200_000, "1" + "万" * 400_000, "3.٣"])
def test_numbers_that_are_none(words: str) -> None:
    text = around("x", 1, "other").replace("x", f"收到申请{words}件，收取信息处理费{words}元。", 1)
    start = process_time()
    lint(LINTER, text.encode(), "a.md")
    assert process_time() - start < LIMIT
