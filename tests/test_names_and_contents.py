"""What a file holds says how it is read, whatever its name says; what cannot be read is named, with a way out."""

import json
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.command_line import own_place, run
from tests.generation import make
from tests.generation.official import Block, markdown, official, tabbed
from tests.office.docx import zipped
from tests.office.foreign import archive, ole, open_document
from tests.office.html import plain
from tests.office.official import as_docx
from tests.office.pdf_pages import as_pdf

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
BLOCKS = official(make(Random("names"), "county"), Random("names"))
READ: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "markdown": lambda blocks: markdown(blocks).encode(),
    "text": lambda blocks: tabbed(blocks).encode(),
    "docx": as_docx,
    "html": lambda blocks: plain(blocks).encode(),
    "pdf": as_pdf,
}
"""What writes each format that is read, by its name in the JSON."""
NAMES = ("年报.doc", "年报.wps", "年报.docx", "年报.txt", "年报.pdf", "年报.rtf", "年报")
_WORKBOOK = zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})
UNREAD = {
    "旧版 Word 或 WPS 文件": (ole("WordDocument"), "doc wps", "--convert"),
    "RTF 文档": (b"{\\rtf1\\ansi }", "rtf", "--convert"),
    "OpenDocument 文档": (open_document("text"), "odt", "--convert"),
    "OFD 版式文件": (archive("OFD.xml", "Doc_0/Document.xml"), "ofd", "用 OFD 阅读器导出为文字"),
    "加了密码的 Word、WPS 文件": (ole("EncryptionInfo", "EncryptedPackage"), "docx doc wps", "去掉密码"),
    "电子表格（Excel 等）": (ole("Workbook"), "", "复制到 Word"),
    "演示文稿": (open_document("presentation"), "", "复制到 Word"),
    "JSON 数据": (b'\xef\xbb\xbf{\n  "version": 1}', "", "检查年报本身"),
    "压缩文件": (archive("年报.docx.txt"), "", "解压"),
}
"""Formats that are not read: a file, the suffixes that they may rightly have, and what is to be done."""


def results(*arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(["check", "--format", "json", "--fail-on", "error", *arguments]).stdout)
    return found


@pytest.mark.parametrize(("output_format", "name"), list(product(READ, NAMES)))
@pytest.mark.long
def test_a_report_is_read_under_any_name(output_format: str, name: str) -> None:
    Path(name).write_bytes(READ[output_format](BLOCKS))
    (file,) = results(name)["files"]
    assert (file["status"], file["format"]) == ("linted", output_format)
    assert results(name)["summary"]["error"] == 0
    assert json.loads(run(["facts", name]).stdout)["agency"] == file["agency"]


@pytest.mark.parametrize(("kind", "name"), list(product(UNREAD, NAMES)))
def test_what_is_not_read_is_named_under_any_name(kind: str, name: str) -> None:
    data, suffixes, way_out = UNREAD[kind]
    Path(name).write_bytes(data)
    ended = run(["check", name])
    assert ended.status == 1
    assert "DL001 文件读不出来：" in ended.stdout
    if kind == "压缩文件" and name.endswith(".docx"):
        # Half a Word file is more likely than an archive of that name.
        assert "不完整的 Word 文件" in ended.stdout
        return
    assert f"文件内容是{kind}" in ended.stdout
    assert way_out in ended.stdout
    suffix = name.partition(".")[2]
    assert ("与扩展名不符" in ended.stdout) == bool(suffix and suffix not in suffixes.split())


def test_none_of_them_keeps_others_from_being_read() -> None:
    for number, (data, _, _) in enumerate(UNREAD.values()):
        Path(f"{number}.docx").write_bytes(data)
    Path("年报.docx").write_bytes(as_docx(BLOCKS))
    found = results(".")
    assert [file["status"] for file in found["files"]] == ["unreadable"] * len(UNREAD) + ["linted"]
    only = results("--only-reports", ".")
    assert only["files"] == found["files"]


def test_a_text_that_looks_like_another_format_later_on_is_a_text() -> None:
    text = markdown(BLOCKS) + "\n{\\rtf1 和 %PDF-1.7 以及 PK\x03\x04 都只是字。\n"
    Path("年报.doc").write_bytes(text.encode())
    assert results("年报.doc")["files"][0]["format"] == "markdown"
