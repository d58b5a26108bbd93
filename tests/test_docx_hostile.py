"""Word files that are broken or made to do harm: a finding each, soon, and without much memory.

`python3 run.py fuzz 10000 3600 --formats docx` tries thousands of damaged files.
"""

import io
import re
import struct
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import process_time
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from disclosure_lint import FileResult, Linter
from tests.costs import cost_of_linting
from tests.fuzz.docx import DAMAGES
from tests.fuzz.soundness import lint
from tests.generation import make
from tests.generation.official import official
from tests.office.docx import (
    Cell,
    document,
    level,
    notes,
    numbering,
    package,
    paragraph,
    run,
    styles,
    table,
    text_box,
    word_file,
    zipped,
)
from tests.office.official import as_docx
from tests.scale import some

pytestmark = pytest.mark.long

LINTER = Linter.default()
LIMIT = 5.0
"""Seconds of processor time for what takes at most some tenths."""
TITLE = "云川县石桥镇人民政府2023年政府信息公开工作年度报告"


def linted(data: bytes, name: str = "年报.docx") -> FileResult:
    start = process_time()
    result = lint(LINTER, data, name)
    assert process_time() - start < LIMIT
    return result


def refused(data: bytes, name: str = "年报.docx") -> str:
    result = linted(data, name)
    assert result.status == "unreadable"
    (found,) = result.diagnostics
    assert found.code == "DL001"
    return found.message.zh


def stored(*blocks: str) -> bytes:
    """A file that is not packed, so that how much it unpacks to says nothing."""
    return package(document(*blocks), method=ZIP_STORED)


def word() -> bytes:
    return as_docx(official(make(Random(1)), Random(1)))


@pytest.mark.parametrize("kept", [40, 400, 3000, -1, -20, -200])
def test_cut_files(kept: int) -> None:
    assert "不完整的 Word 文件" in refused(word()[:kept]) or "已损坏" in refused(word()[:kept])


def test_parts_that_are_broken_or_not_there() -> None:
    broken = document(paragraph(TITLE))
    assert "已损坏" in refused(package(broken[:-5]))
    assert "已损坏" in refused(package(broken.encode("gbk")))
    assert "已损坏" in refused(package(broken.replace("</w:p>", "\0</w:p>")))
    assert "已损坏" in refused(package(broken, {"styles.xml": "<w:styles>"}))
    assert "没有 Word 文档的正文" in refused(package(broken.replace("w:document", "w:other")))
    assert "没有 Word 文档的正文" in refused(zipped({"[Content_Types].xml": "", "word/other.xml": ""}))
    assert linted(package(document())).status == "not_a_report"
    assert linted(package(broken.replace("w:body", "w:other"))).status == "not_a_report"


@pytest.mark.parametrize("place", ["document.xml", "styles.xml", "numbering.xml", "footnotes.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_is_read(place: str, encoding: str) -> None:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    parts = {
        "document.xml": document(paragraph("<w:r><w:t>|</w:t></w:r>")),
        "styles.xml": styles(),
        "numbering.xml": numbering({}),
        "footnotes.xml": notes("footnote", {}),
    }
    head, _, rest = parts[place].partition("\n")
    bad = (head.replace("UTF-8", encoding) + entity + rest.replace("|", "&f;&b;")).encode(encoding)
    data = package("", {**parts, place: bad})
    assert "DOCTYPE" in refused(data)


@pytest.mark.parametrize("encoding", ["cp037", "utf-7", "gbk", "iso-8859-1"])
def test_a_declared_encoding_hides_nothing(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    rest = document(paragraph(TITLE)).partition("\n")[2]
    hidden = ('<!DOCTYPE w:document [<!ENTITY a "aaaa">]>' + rest).encode(
        encoding if encoding != "iso-8859-1" else "utf-8", "replace"
    )
    assert refused(package(head.encode() + hidden))
    shown = linted(package((head + rest).encode()))
    assert shown.source is not None
    assert shown.source.text == TITLE + "\n"


def bomb(megabytes: int) -> bytes:
    """A file whose text unpacks to so much."""
    buffer = io.BytesIO()
    before, after = document(paragraph(run("|"))).split("|")
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "")
        with file.open("word/document.xml", "w") as part:
            part.write(before.encode())
            for _ in range(megabytes):
                part.write(b" " * 1_000_000)
            part.write(after.encode())
    return buffer.getvalue()


def test_what_unpacks_to_very_much_is_not_unpacked() -> None:
    assert "不合情理" in refused(bomb(300))
    assert "已损坏" in refused(lying(bomb(60)))
    assert "不合情理" in refused(package(document(), {"styles.xml": styles().replace(">", ">" + " " * 30_000_000, 1)}))


def lying(data: bytes) -> bytes:
    """The file with a directory that says that everything unpacks to a thousand bytes."""
    changed = bytearray(data)
    for match in re.finditer(b"PK\x01\x02", data):
        changed[match.start() + 24 : match.start() + 28] = struct.pack("<I", 1000)
    return bytes(changed)


def test_files_with_too_much_of_something() -> None:
    assert "部件" in refused(zipped({"[Content_Types].xml": "word/", **{f"{number}": "" for number in range(6000)}}))
    assert "标记" in refused(stored("<w:p/>" * 300_000))
    assert "万字" in refused(stored(*[paragraph("主动公开信息。" * 1000)] * 100))
    assert "超过 64 MB" in refused(word() + b"\0" * (64 << 20))


def nested(inner: str, wrap: str, times: int) -> str:
    before, after = wrap.split("…")
    return before * times + inner + after * times


@pytest.mark.parametrize(
    ("wrap", "inner"),
    [
        ("<w:sdt><w:sdtContent>…</w:sdtContent></w:sdt>", paragraph(TITLE)),
        ("<w:tbl><w:tr><w:tc>…</w:tc></w:tr></w:tbl>", paragraph(TITLE)),
        ("<w:tbl><w:tr><w:tc>…</w:tc><w:tc/></w:tr></w:tbl>", paragraph(TITLE)),
        ("<w:p><w:r><w:pict><w:txbxContent>…</w:txbxContent></w:pict></w:r></w:p>", paragraph(TITLE)),
        ("<w:ins>…</w:ins>", paragraph(TITLE)),
    ],
)
def test_nesting_without_end(wrap: str, inner: str) -> None:
    assert "嵌套" in refused(stored(nested(inner, wrap, 20_000)))
    assert linted(word_file(nested(inner, wrap, 10), *[paragraph(TITLE)])).status != "unreadable"


def test_runs_nested_without_end() -> None:
    inside = nested(run(TITLE), "<w:smartTag>…</w:smartTag>", 20_000)
    assert "嵌套" in refused(stored(paragraph(inside)))
    cell = nested(run(TITLE), "<w:r><w:ruby><w:rubyBase>…</w:rubyBase></w:ruby></w:r>", 20_000)
    assert "嵌套" in refused(stored(table([[paragraph(cell), "1"]])))
    ignored = nested("", "<w:other>…</w:other>", 100_000)
    assert linted(stored(paragraph(ignored), paragraph(TITLE))).status == "linted"


def test_things_that_refer_to_themselves() -> None:
    note = paragraph(run("注") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    ring = (
        f'<w:style w:type="paragraph" w:styleId="x{at}"><w:basedOn w:val="x{(at + 1) % 5000}"/></w:style>'
        for at in range(5000)
    )
    lists = numbering('<w:numStyleLink w:val="x1"/>', {0: ("decimal", "%1%1%1%1%1%2%9")})
    blocks = [paragraph("甲", style=f"x{at}", numbered=(1 + at % 2, 0)) for at in range(5000)]
    result = linted(
        word_file(note, *blocks, styles=styles(*ring), numbering=lists, footnotes=notes("footnote", {2: note}))
    )
    assert result.status == "not_a_report"


def test_absurd_numbers() -> None:
    far = "9" * 5000
    levels = f'<w:lvl w:ilvl="{far}"/>' + level(0, "lowerLetter", "%1").replace(
        'w:start w:val="1"', f'w:start w:val="{far}"'
    )
    cells = [Cell("甲", properties=f'<w:gridSpan w:val="{far}"/>'), Cell("1", 999_999_999), Cell("2", -3)]
    blocks = [paragraph("甲", numbered=(1, 0)), paragraph("乙", f'<w:outlineLvl w:val="{far}"/>'), table([cells] * 3)]
    result = linted(word_file(*blocks, numbering=numbering(levels)))
    assert result.source is not None
    assert result.source.text.startswith("0 甲\n\n乙\n")


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA, 99])
def test_other_ways_of_packing_and_passwords(method: int) -> None:
    data = word()
    changed = re.sub(b"(PK\x03\x04....)..", lambda match: match[1] + struct.pack("<H", method), data, flags=re.DOTALL)
    changed = re.sub(
        b"(PK\x01\x02......)..", lambda match: match[1] + struct.pack("<H", method), changed, flags=re.DOTALL
    )
    assert "已损坏" in refused(changed)
    locked = re.sub(b"(PK\x01\x02....)..", lambda match: match[1] + b"\x01\x00", data, flags=re.DOTALL)
    assert "密码" in refused(locked)


def _ole(*streams: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + b"".join(name.encode("utf-16-le") for name in streams)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (_ole("EncryptedPackage", "EncryptionInfo"), "年报.docx", "加了密码的 Word、WPS 文件，本版本读不了；请用"),
        (_ole("WordDocument"), "年报.doc", "旧版 Word 或 WPS 文件（.doc、.wps），本版本读不了；请用"),
        (_ole("WordDocument"), "年报.wps", "旧版 Word 或 WPS 文件（.doc、.wps），本"),
        (_ole("WordDocument"), "年报.docx", "与扩展名不符"),
        (_ole("Workbook"), "年报.doc", "电子表格（Excel 等），与扩展名不符"),
        (_ole(), "年报.wps", "旧版 Word"),
        (b"{\\rtf1\\ansi", "年报.rtf", "RTF 文档，本版本读不了；请用 Word 或 WPS 打开，另存为 Word 文档（.docx）"),
        (b"{\\rtf1\\ansi", "年报.doc", "RTF 文档，与扩展名不符"),
        (b"MIME-Version: 1.0\r\n", "年报.doc", "单个文件的网页"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\n", "年报.mhtml", "单个文件的网页"),
        (b'<?xml version="1.0"?><?mso-application x="y"?><w:wordDocument>', "年报.doc", "XML 格式的 Word"),
        (zipped({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "年报.xlsx", "电子表格（Excel 等），本版本"),
        (zipped({"ppt/presentation.xml": "", "[Content_Types].xml": ""}), "年报.docx", "演示文稿，与扩展名不符"),
        (zipped({"OFD.xml": ""}), "年报.ofd", "OFD 版式文件，本版本读不了；请找到"),
        (zipped({"甲.txt": ""}), "年报.zip", "压缩文件"),
        (zipped({"甲.txt": ""}), "年报.docx", "不完整的 Word 文件"),
    ],
)  # fmt: skip
def test_other_formats_are_named_with_a_way_out(data: bytes, name: str, words: str) -> None:
    assert words in refused(data, name)


def test_an_open_document_is_named() -> None:
    kind = b"mimetypeapplication/vnd.oasis.opendocument.text"
    data = b"PK\x03\x04" + bytes(22) + struct.pack("<HH", 8, 0) + kind
    assert "OpenDocument 文档（.odt），本版本读不了；请用 Word 或 WPS" in refused(data, "年报.odt")


def doubled(name: str, other: str | None = None) -> bytes:
    """A Word file with a second part of some name, or of another name that means the same."""
    buffer = io.BytesIO(word_file(paragraph(TITLE)))
    with ZipFile(buffer, "a") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        file.writestr(other or name, file.read(name).replace(b"2023", b"2022"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("word/document.xml", None),
        ("word/document.xml", "WORD/Document.xml"),
        ("word/document.xml", "word\\document.xml"),
        ("word/document.xml", "/word/document.xml"),
        ("word/styles.xml", None),
        ("_rels/.rels", None),
        ("word/_rels/document.xml.rels", None),
    ],
)
def test_two_parts_of_one_name(name: str, other: str | None) -> None:
    assert "不知道该读哪一个" in refused(doubled(name, other))


@pytest.mark.parametrize("name", ["_rels/.rels", "word/_rels/document.xml.rels"])
def test_relations_that_disagree(name: str) -> None:
    with ZipFile(io.BytesIO(word_file(paragraph(TITLE)))) as file:
        entries: dict[str, str | bytes] = {one: file.read(one) for one in file.namelist()}
        relations = file.read(name).decode()
    relation = re.search(r"<Relationship [^>]*/>", relations)
    assert relation
    other = re.sub(r'Target="[^"]*"', 'Target="other.xml"', relation.group())
    entries[name] = relations.replace(relation.group(), relation.group() + other)
    assert "不知道该读哪一个" in refused(zipped(entries))
    entries[name] = relations.replace(relation.group(), relation.group() * 2)
    assert linted(zipped(entries)).status != "unreadable"


_ATTRIBUTES = " ".join(f"a{at}=''" for at in range(20))
HEAVY: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: bomb(500),
    "lying": lambda: lying(bomb(500)),
    "tags": lambda: stored("<w:p/>" * 240_000),
    "names": lambda: stored("".join(f"<a{number}/>" for number in range(240_000))),
    "attributes": lambda: stored(f"<w:p {_ATTRIBUTES}/>" * 70_000),
    "text": lambda: stored(*[paragraph("主动公开政府信息，" * 100)] * 220),
    "cells": lambda: stored(table([["1"] * 50] * 450)),
    "boxes": lambda: stored(*[paragraph(text_box(paragraph("一")))] * 4000),
}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell how much memory was used")
@pytest.mark.parametrize("name", HEAVY)
def test_memory_is_bounded(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(HEAVY[name]())
    cost = cost_of_linting(path)
    assert cost.megabytes < 350
    assert cost.seconds < 2 * LIMIT


@pytest.mark.parametrize("seed", range(some(40)))
def test_damaged_files(seed: int) -> None:
    for damage in DAMAGES.values():
        linted(damage(Random(seed)))
