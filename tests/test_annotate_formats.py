"""`check --annotate` for PDF, web pages, Markdown and text: notes are seen, and the copies read as the files do."""

import ctypes
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import pypdfium2_raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint import FileResult, Linter
from disclosure_lint.annotate.notes import cells_at
from tests.annotated import draft
from tests.command_line import own_place, run
from tests.generation.official import Grid, markdown
from tests.office.html import by_word, from_a_site, plain
from tests.office.pdf_pages import SHEETS, as_pdf, sheet_of
from tests.scale import some

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]
LINTER = Linter.default()


def copy_of(name: str, data: bytes) -> bytes:
    """Returns the copy of a file, made by the command; where nothing is found, the file."""
    Path(name).write_bytes(data)
    ended = run(["check", "--annotate", "副本", name])
    assert ended.status in (0, 1), ended.stderr
    assert Path(name).read_bytes() == data
    copy = Path("副本", name)
    return copy.read_bytes() if copy.exists() else data


def known(result: FileResult) -> list[object]:
    """What is read and found; not in which words, for some quote a whole line of the file."""
    assert result.report is not None
    facts = {str(address): (fact.state, fact.value, fact.raw) for address, fact in result.report.facts.items()}
    return [facts, [(one.code, one.severity, one.cells) for one in result.diagnostics], result.ledger]


class Mark(NamedTuple):
    """An annotation as PDFium knows it."""

    kind: int
    words: str
    author: str
    boxes: list[tuple[float, float, float, float]]
    """Left, top, right, bottom from the lower left corner of the page."""


def marks(data: bytes) -> list[list[Mark]]:
    """Returns the annotations of each page."""
    raw.FPDF_InitLibrary()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    found = []
    for number in range(raw.FPDF_GetPageCount(document)):
        page = raw.FPDF_LoadPage(document, number)
        found.append(list(_marks(page)))
        raw.FPDF_ClosePage(page)
    raw.FPDF_CloseDocument(document)
    return found


def _marks(page: object) -> Iterator[Mark]:
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        one = raw.FPDFPage_GetAnnot(page, number)
        assert raw.FPDFAnnot_GetAP(one, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > 2
        boxes = []
        for at in range(raw.FPDFAnnot_CountAttachmentPoints(one)):
            points = raw.FS_QUADPOINTSF()
            raw.FPDFAnnot_GetAttachmentPoints(one, at, points)
            boxes.append((points.x1, points.y1, points.x4, points.y4))
        yield Mark(raw.FPDFAnnot_GetSubtype(one), _said(one, b"Contents"), _said(one, b"T"), boxes)
        raw.FPDFPage_CloseAnnot(one)


def _said(annotation: object, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    units = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, units, size)
    return bytes(units).decode("utf-16-le").rstrip("\0")


Picture = tuple[int, int, bytes]


def picture(data: bytes, number: int) -> Picture:
    """Returns a page as PDFium draws it, a pixel for each point: width, height, and blue, green, red and nothing."""
    raw.FPDF_InitLibrary()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    page = raw.FPDF_LoadPage(document, number)
    wide, high = round(raw.FPDF_GetPageWidthF(page)), round(raw.FPDF_GetPageHeightF(page))
    bitmap = raw.FPDFBitmap_Create(wide, high, 0)
    raw.FPDFBitmap_FillRect(bitmap, 0, 0, wide, high, 0xFFFFFFFF)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, wide, high, 0, raw.FPDF_ANNOT)
    drawn = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), 4 * wide * high)
    raw.FPDFBitmap_Destroy(bitmap)
    raw.FPDF_ClosePage(page)
    raw.FPDF_CloseDocument(document)
    return wide, high, drawn


def check_pdf(data: bytes, draw: Callable[[bytes, int], Picture] = picture) -> None:
    copy = copy_of("年报.pdf", data)
    before, after = LINTER.lint("年报.pdf", data), LINTER.lint("年报.pdf", copy)
    assert copy.startswith(data)
    assert known(after) == known(before)
    assert before.report is not None
    found = marks(copy)
    assert {one.author for page in found for one in page} <= {"disclosure-lint"}
    said = [one.words for page in found for one in page]
    for diagnostic in before.diagnostics:
        assert any(diagnostic.code in words and diagnostic.message.zh in words for words in said), diagnostic
        for cell in cells_at(before.report.document, diagnostic.span):
            assert cell.location is not None
            assert cell.location.page is not None
            assert cell.location.box is not None
            page = cell.location.page - 1
            check_lit(draw(data, page), draw(copy, page), cell.location.box)


def check_lit(before: Picture, after: Picture, box: tuple[float, float, float, float]) -> None:
    """Checks that a place of a page has another colour in the copy."""
    (wide, high, old), (_, _, new) = before, after
    left, top, right, bottom = (round(side) for side in box)

    def differs(x: int, y: int) -> bool:
        at = 4 * (min(max(y, 0), high - 1) * wide + min(max(x, 0), wide - 1))
        return old[at : at + 3] != new[at : at + 3]

    inside = [differs(x, y) for x in range(left + 2, right - 2, 3) for y in range(top + 2, bottom - 2, 3)]
    # Black ink under what shines through stays nearly black.
    assert sum(inside) > 0.5 * len(inside)
    middle = (top + bottom) // 2
    at = 4 * (middle * wide + left + 2)
    assert new[at : at + 3] != b"\xff\xff\xff"


@pytest.mark.parametrize("number", range(len(SHEETS)))
def test_highlights_are_drawn_at_the_boxes_of_the_cells(number: int) -> None:
    check_pdf(as_pdf(draft(number), SHEETS[number]))


@settings(max_examples=some(20), deadline=None)
@given(st.integers(0, 2**32))
def test_highlights_of_any_draft(seed: int) -> None:
    check_pdf(as_pdf(draft(seed), sheet_of(Random(seed))))


def test_words_in_a_paragraph_are_lit_by_themselves() -> None:
    blocks = draft(3)
    data = as_pdf(blocks, SHEETS[0])
    result = LINTER.lint("年报.pdf", data)
    wanted = [one for one in result.diagnostics if one.code in ("DL112", "DL604", "DL701")]
    assert wanted
    lit = [one for page in marks(copy_of("年报.pdf", data)) for one in page]
    for diagnostic in wanted:
        (mark,) = (one for one in lit if diagnostic.message.zh in one.words)
        wide = sum(box[2] - box[0] for box in mark.boxes)
        length = diagnostic.span.end - diagnostic.span.start
        assert 0.4 * length * SHEETS[0].size <= wide <= 1.2 * length * SHEETS[0].size


def by_poppler(data: bytes, number: int) -> Picture:
    """Returns a page as poppler draws it."""
    Path("drawn.pdf").write_bytes(data)
    page = str(number + 1)
    subprocess.run(["pdftoppm", "-r", "72", "-f", page, "-l", page, "-singlefile", "drawn.pdf", "drawn"], check=True)
    _, size, _, drawn = Path("drawn.ppm").read_bytes().split(b"\n", 3)
    wide, high = map(int, size.split())
    found = bytearray(4 * wide * high)
    found[0::4], found[1::4], found[2::4] = drawn[2::3], drawn[1::3], drawn[0::3]
    return wide, high, bytes(found)


@pytest.mark.long
@pytest.mark.parametrize("number", range(len(SHEETS)))
def test_poppler_draws_the_highlights_too(number: int) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("poppler is not installed")
    check_pdf(as_pdf(draft(number), SHEETS[number]), by_poppler)


@pytest.mark.long
def test_an_index_that_is_a_stream_is_whole() -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    Path("plain.pdf").write_bytes(as_pdf(draft(1)))
    subprocess.run(["qpdf", "--object-streams=generate", "plain.pdf", "packed.pdf"], check=True)
    data = Path("packed.pdf").read_bytes()
    assert b"/ObjStm" in data
    Path("marked.pdf").write_bytes(copy_of("年报.pdf", data))
    ended = subprocess.run(["qpdf", "--check", "marked.pdf"], capture_output=True, text=True)
    assert "damaged" not in ended.stdout + ended.stderr
    assert ended.returncode in (0, 3)
    check_pdf(data)


def as_page(seed: int, look: int) -> bytes:
    blocks = draft(seed)
    text = (plain, from_a_site, by_word)[look](blocks)
    return text.replace('"utf-8"', '"gb2312"').encode("gb18030") if look else text.encode()


@settings(max_examples=some(60), deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 2))
def test_web_pages(seed: int, look: int) -> None:
    data = as_page(seed, look)
    name = f"{seed % 99}.html"
    copy = copy_of(name, data)
    before, after = LINTER.lint(name, data), LINTER.lint(name, copy)
    assert known(after) == known(before)
    text = copy.decode("gb18030" if look else "utf-8")
    removed = re.sub(r'<mark class="disclosure-lint[^>]*>|</mark>', "", text)
    removed = re.sub(r"<style>mark\.disclosure-lint.*?</style><div class=\"disclosure-lint\">.*?</div>", "", removed)
    assert removed.encode("gb18030" if look else "utf-8") == data
    lit = re.findall(r'<mark class="disclosure-lint[^>]*? data-note="([^"]*)"', text)
    notes = "".join(lit)
    for number, diagnostic in enumerate(before.diagnostics, 1):
        assert f"[{number}]" in notes
        assert diagnostic.code in text
        words = before.source.slice(diagnostic.span) if before.source else ""
        if "|" not in words and words.isalnum():
            marked = re.findall(rf"<mark [^>]*\[{number}\][^>]*>([^<]*)</mark>", text)
            assert marked
            assert words.endswith(marked[-1].strip()) or not marked[-1].strip()


def test_a_hostile_page() -> None:
    words = '"><img src=x onerror=alert(1)>&quot;&lt;/mark&gt;'
    page = (
        "<html><body><h1>云川县石桥镇人民政府2023年政府信息公开工作年度报告</h1><h2>一、总体情况</h2>"
        f"<p>××镇公开[{words}单位名称]信息</p></BODY></html>"
    )
    text = copy_of("a.html", page.encode()).decode()
    added = re.sub(r'<mark class="disclosure-lint[^>]*>', "", text).partition("<style>")[2]
    assert "onerror" not in re.sub(r'data-note="[^"<>]*"', "", added)
    assert "<img" not in added


@settings(max_examples=some(60), deadline=None)
@given(
    st.integers(0, 2**32), st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16")), st.sampled_from(("\n", "\r\n"))
)
def test_markdown(seed: int, encoding: str, line_end: str) -> None:
    text = markdown(draft(seed)).replace("\n", line_end)
    data = text.encode(encoding)
    name = f"{seed % 99}.md"
    copy = copy_of(name, data)
    before, after = LINTER.lint(name, data), LINTER.lint(name, copy)
    assert known(after) == known(before)
    new = copy.decode(encoding)
    assert (
        re.sub(rf"^<!-- \[disclosure-lint\].* -->{line_end}| <!-- \[disclosure-lint\].* -->", "", new, flags=re.M)
        == text
    )
    for one in before.diagnostics:
        (comment,) = re.findall(
            rf"<!-- \[disclosure-lint\][^\r\n]*{re.escape(one.message.zh.replace('>', '＞'))[:60]}", new
        )[:1]
        assert one.code in comment


@pytest.mark.parametrize("name", ["examples/bad/sections.md", "examples/bad/empty-block.txt"])
def test_examples(name: str) -> None:
    data = (Path(__file__).parents[1] / name).read_bytes()
    name = Path(name).name
    copy = copy_of(name, data)
    assert known(LINTER.lint(name, copy)) == known(LINTER.lint(name, data))
    assert b"[disclosure-lint]" in copy


TITLE = "云川县石桥镇人民政府2023年政府信息公开工作年度报告"
TABLES = {
    "a.csv": f"{TITLE}\n一、总体情况\n××镇公开\n四、复议\n甲,乙,丙,丁\n1,2,××镇,4\n",
    "b.txt": f"{TITLE}\n\n一、总体情况\n\n××镇公开\n\n+---+----+\n| 1 | ×× |\n+---+----+\n",
    "c.md": f"---\na: 1\n---\n# {TITLE}\n\n一、总体情况\n\n```\n××镇\n```\n",
    "d.md": f"# {TITLE}\n\n## 一、总体情况\n\n<table><tr><td>××镇</td><td>2</td></tr></table>\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_where_no_comment_can_stand_between_lines_it_stands_elsewhere(name: str) -> None:
    data = TABLES[name].encode()
    copy = copy_of(name, data)
    before, after = LINTER.lint(name, data), LINTER.lint(name, copy)
    assert known(after) == known(before)
    assert copy.count(b"[disclosure-lint]") == len(before.diagnostics) > 0


def test_a_comment_is_none_that_silences() -> None:
    blocks = [block for block in draft(1) if not isinstance(block, Grid)]
    text = markdown(blocks).replace("一、", "<!-- disclosure-lint: ignore[DL110] 有意 -->\n一、", 1)
    copy = copy_of("a.md", text.encode())
    before, after = LINTER.lint("a.md", text.encode()), LINTER.lint("a.md", copy)
    assert len(after.suppressed) == len(before.suppressed)
    assert [one.code for one in after.diagnostics] == [one.code for one in before.diagnostics]


def test_notes_stand_in_the_order_of_their_places() -> None:
    text = copy_of("a.html", as_page(2, 0)).decode()
    numbers = [int(one) for one in re.findall(r'<p data-note="\[(\d+)\]', text)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(one < two for one, two in pairwise(numbers))
