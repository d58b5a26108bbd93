"""Comments to the tool and fixes without end: linted, mended and offered to an editor in proportion to their number."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time

import pytest
from lsprotocol import types

from disclosure_lint.engine.linter import Linter
from disclosure_lint.fixes.applying import accepted, apply, mend
from disclosure_lint.lsp.buffers import Ruler
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.source import Span
from disclosure_lint.suppress.baseline import BaselineEntry, Key, Matching
from tests.command_line import GOOD
from tests.scale import some

LINTER = Linter.default()
TEXT = GOOD.read_text("utf-8")
COMMENT = "<!-- disclosure-lint: ignore[DL401] 已核对 -->"
LIMIT = 3.0
"""Seconds of processor time for what takes some tenths; every pair compared takes a minute."""
SHAPES: dict[str, Callable[[int], str]] = {
    "lines": lambda count: f"{COMMENT}\n" * count,
    "paragraphs": lambda count: f"{COMMENT}\n\n" * count,
    "one line": lambda count: COMMENT * count,
    "one line with spaces": lambda count: f"{COMMENT} " * count,
    "rows": lambda count: "| 甲 | 乙 |\n| --- | --- |\n" + f"| 1 | {COMMENT} |\n" * count,
    "files": lambda count: "<!-- disclosure-lint: ignore-file[DL4] x -->\n" * count,
    "unknown codes": lambda count: "<!-- disclosure-lint: ignore[ZZ999] x -->\n" * count,
    "codes": lambda count: "<!-- disclosure-lint: ignore[" + ",".join(f"zz{at}" for at in range(count)) + "] -->",
    "codes, one known": lambda count: (
        "<!-- disclosure-lint: ignore[DL4," + ",".join(f"z{at}" for at in range(count)) + "] -->"
    ),
    "headings": lambda count: "一、总体情况\n\n我镇公开。\n\n" * count,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_many_comments(shape: str) -> None:
    data = f"{TEXT}\n\n{SHAPES[shape](max(1000, some(4000)))}".encode()
    start = process_time()
    first = LINTER.lint("a.md", data)
    mended = mend(lambda changed: LINTER.lint("a.md", changed), data, first)
    assert process_time() - start < LIMIT
    if mended.applied:
        assert COMMENT.encode() not in mended.data


@pytest.mark.parametrize("encoding", [*types.PositionEncodingKind])
def test_many_places_on_one_line(encoding: types.PositionEncodingKind) -> None:
    text = "𬭎é一a" * 50_000
    start = process_time()
    ruler = Ruler(text, encoding)
    for offset in range(0, len(text), 7):
        assert ruler.offset(ruler.position(offset)) == offset
    assert process_time() - start < LIMIT


def test_fixes_are_accepted_as_if_every_pair_were_compared() -> None:
    rng = Random(3)
    for _ in range(2000):
        fixes = [_fix(rng) for _ in range(rng.randrange(1, 8))]
        taken: list[Edit] = []
        chosen: list[Fix] = []
        for fix in sorted(fixes, key=lambda fix: (fix.applicability != "safe", fix.edits, fix.title.zh)):
            if _sound(fix) and not any(_collide(one, two) for one in fix.edits for two in taken if one != two):
                chosen.append(fix)
                taken += fix.edits
        assert accepted("0123456789", fixes) == sorted(chosen, key=lambda fix: fix.edits)


def _fix(rng: Random) -> Fix:
    edits = []
    for _ in range(rng.choice((1, 1, 2, 3))):
        start = rng.randrange(10)
        edits.append(Edit(Span(start, min(10, start + rng.randrange(4))), rng.choice(("", "x"))))
    return Fix(rng.choice(("safe", "unsafe")), tuple(edits), LocalizedText("改", "mend"))


def _sound(fix: Fix) -> bool:
    pairs = ((one, two) for one in fix.edits for two in fix.edits if one != two)
    changes = any("0123456789"[slice(*edit.span)] != edit.text for edit in fix.edits)
    return changes and not any(_collide(one, two) for one, two in pairs)


def _collide(one: Edit, two: Edit) -> bool:
    (start, end), (begin, stop) = one.span, two.span
    return start == begin or (start < stop and begin < end)


def test_many_fixes() -> None:
    text = "x" * 200_000
    fixes = [Fix("safe", (Edit(Span(at, at + 1), "y"),), LocalizedText("改", "mend")) for at in range(0, len(text), 4)]
    start = process_time()
    assert apply(text, fixes) == "yxxx" * 50_000
    assert process_time() - start < LIMIT


def test_a_large_baseline(tmp_path: Path) -> None:
    data = f"{TEXT}\n\n{SHAPES['unknown codes'](3000)}".encode()
    result = LINTER.lint(str(tmp_path / "a.md"), data)
    entries = {Key("a.md", "DL005", f"text:{number:08x}"): BaselineEntry(1) for number in range(20_000)}
    start = process_time()
    Matching(entries, str(tmp_path)).apply(result)
    assert process_time() - start < LIMIT
