"""Formats that are recognised by their content but not read: what it is, and how to make it one that is read."""

from typing import NamedTuple

from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.lazy_re import lazy_re_compile

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = b"[Content_Types].xml"
_OASIS, _FIRST_NAME = b"mimetypeapplication/vnd.oasis.opendocument.", 30
"""How a ZIP of OpenDocument goes on behind the head of its first entry, which is there to be found so."""
_WORD_XML = lazy_re_compile(rb"<(?:\w+:)?(?:wordDocument|package)\b")
_MIME, _SENDER = b"MIME-Version:", b"From: "
"""How web archives begin; browsers put who saved them before it."""
_BEGINNING = 4096


class _Kind(NamedTuple):
    """A format: its name, what its files are usually called, and what to do."""

    zh: str
    en: str
    suffixes: tuple[str, ...]
    how_zh: str
    how_en: str
    convertible: bool = False
    """Whether LibreOffice makes a Word file of it, given the first of the suffixes."""


_AS_DOCX = ("用 Word 或 WPS 打开，另存为 Word 文档（.docx）再检查", "open it in Word or WPS and save it as .docx")
_BY_LIBRE_OFFICE = (
    f"{_AS_DOCX[0]}，或安装 LibreOffice 后加 --convert",
    f"{_AS_DOCX[1]}, or install LibreOffice and add --convert",
    True,
)
_AS_TEXT = (
    "把内容复制到 Word 或文本文件，另存为 .docx 或 .txt 再检查",
    "copy its content and save it as .docx or .txt",
)
_OLD_WORD = _Kind(
    "旧版 Word 或 WPS 文件（.doc、.wps）", "an old Word or WPS file (.doc, .wps)", ("doc", "wps"), *_BY_LIBRE_OFFICE
)
_ENCRYPTED = _Kind(
    "加了密码的 Word、WPS 文件",
    "a Word or WPS file with a password",
    ("docx", "docm", "doc", "wps"),
    "用 Word 或 WPS 打开，去掉密码后另存为 .docx 再检查",
    "open it in Word or WPS and save it as .docx without the password",
)
_SHEET = _Kind("电子表格（Excel 等）", "a spreadsheet (such as Excel)", ("xls", "xlsx", "et", "ods"), *_AS_TEXT)
_SLIDES = _Kind("演示文稿", "a presentation", ("ppt", "pptx", "dps", "odp"), *_AS_TEXT)
_OPEN_DOCUMENT = _Kind("OpenDocument 文档（.odt）", "an OpenDocument text (.odt)", ("odt",), *_BY_LIBRE_OFFICE)
_OFD = _Kind(
    "OFD 版式文件",
    "an OFD file",
    ("ofd",),
    "找到生成它的 Word 文件，或用 OFD 阅读器导出为文字，另存为 .docx 或 .txt 再检查",
    "take the Word file that it was made from, or export its text from an OFD viewer and save that as .docx or .txt",
)
_ARCHIVE = _Kind(
    "压缩文件",
    "a zipped archive",
    ("zip",),
    "解压后检查里面的年报，或把文件名改为以 .zip 结尾再检查",
    "unpack it and check the reports in it, or give it a name that ends with .zip",
)
_CUT_WORD = _Kind(
    "不完整的 Word 文件",
    "an incomplete Word file",
    ("docx", "docm"),
    "重新取得完整的文件，或用 Word、WPS 打开修复后另存",
    "get a whole copy, or open it in Word or WPS and save it anew",
)
_RTF = _Kind("RTF 文档", "an RTF document", ("rtf",), *_BY_LIBRE_OFFICE)
_XML = _Kind("XML 格式的 Word 文档", "a Word document as XML", ("xml",), *_AS_DOCX)
_WEB_ARCHIVE = _Kind("单个文件的网页（.mht）", "a web archive (.mht)", ("mht", "mhtml"), *_AS_DOCX)
_DATA = _Kind("JSON 数据", "JSON data", ("json", "jsonl"), "检查年报本身（Word、网页等）", "check the report itself")
_JSON = lazy_re_compile(rb'(?:\xef\xbb\xbf)?\s{0,99}(?:\{\s{0,99}"[^"\n]{0,99}"\s{0,99}:|\[\s{0,99}(?:\[|\{\s{0,99}"))')
_PICTURE = _Kind(
    "图片",
    "a picture",
    ("png", "jpg", "jpeg", "tif", "tiff"),
    "先做文字识别并人工核对，另存为 .docx 或 .txt 再检查",
    "have its text recognised, compare it, and save it as .docx or .txt",
)
_SIGNATURES = (
    (b"{\\rtf", _RTF),
    (_MIME, _WEB_ARCHIVE),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
)
_OLE_STREAMS = (
    ("EncryptedPackage", _ENCRYPTED),
    ("WordDocument", _OLD_WORD),
    ("Workbook", _SHEET),
    ("PowerPoint Document", _SLIDES),
)
CONVERTIBLE = (".doc", ".wps", ".odt", ".rtf")
"""How the names of files end that LibreOffice may make Word files of."""
DOCUMENTS = (
    ".md",
    ".markdown",
    ".txt",
    ".csv",
    ".tsv",
    ".docx",
    ".docm",
    ".html",
    ".htm",
    ".pdf",
    *CONVERTIBLE,
    ".ofd",
    ".rar",
    ".7z",
)
"""How the names of documents end, whether or not they are read."""
ARCHIVES = (".zip",)
"""How the names of archives end that are looked into."""


def is_office_package(data: bytes) -> bool:
    """Says whether bytes are a zipped file of Office that may be a Word document; names in a ZIP stand uncompressed."""
    if not data.startswith(_ZIP) or _PACKAGE not in data:
        return False
    return b"word/" in data or not (b"xl/workbook" in data or b"ppt/presentation" in data)


def is_foreign(name: str, data: bytes) -> bool:
    """Says whether bytes are of a format that this version does not read."""
    return _kind(name, data) is not None


def refuse(name: str, data: bytes) -> None:
    """Raises UnreadableError if the bytes are of a format that this version does not read."""
    kind = _kind(name, data)
    if kind is None:
        return
    disguised = name.lower().endswith(DOCUMENTS) and name.rsplit(".", 1)[-1].lower() not in kind.suffixes
    raise UnreadableError(
        "unreadable",
        f"文件内容是{kind.zh}{'，与扩展名不符' if disguised else ''}，本版本读不了；请{kind.how_zh}",
        f"the content is {kind.en}{', unlike its name says' if disguised else ''}, which this version does not read; "
        + kind.how_en,
    )


def convertible(name: str, data: bytes) -> str | None:
    """Returns the suffix under which LibreOffice makes a Word file of the bytes, None if they are of no such format."""
    kind = _kind(name, data)
    return f".{kind.suffixes[0]}" if kind and kind.convertible else None


def _kind(name: str, data: bytes) -> _Kind | None:
    """Returns the format that bytes are of, None if it is one that is read."""
    if data.startswith(_OLE):
        kind = next((kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in data), _OLD_WORD)
        return _ENCRYPTED if kind is _OLD_WORD and _has_password(data) else kind
    if data.startswith(_ZIP):
        return _zipped(name, data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(_SENDER) and _MIME in data[:_BEGINNING]:
        return _WEB_ARCHIVE
    if _JSON.match(data):
        return _DATA
    return _XML if data[:5] == b"<?xml" and _WORD_XML.search(data[:_BEGINNING]) else None


def _has_password(data: bytes) -> bool:
    """Says whether the head of an old Word file's text says that it is encrypted."""
    entry = data.find("WordDocument\0".encode("utf-16-le"))
    sector = int.from_bytes(data[entry + 116 : entry + 120], "little") if entry >= 0 else 0
    head = data[512 * (sector + 1) :][:12]
    return head[:2] == b"\xec\xa5" and len(head) == 12 and bool(head[11] & 1)


def _zipped(name: str, data: bytes) -> _Kind:
    if data.startswith(_OASIS, _FIRST_NAME):
        kind = data[_FIRST_NAME + len(_OASIS) :][:12]
        return _SHEET if kind.startswith(b"spreadsheet") else _SLIDES if kind == b"presentation" else _OPEN_DOCUMENT
    if b"OFD.xml" in data:
        return _OFD
    if _PACKAGE in data:
        return _SHEET if b"xl/workbook" in data else _SLIDES
    return _CUT_WORD if name.lower().endswith((".docx", ".docm")) else _ARCHIVE
