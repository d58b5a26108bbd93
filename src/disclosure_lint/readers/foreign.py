"""Formats that are recognised by their content but not read: a clear word instead of garbage."""

import re

from disclosure_lint.model.errors import UnreadableError

_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body|div|p|table)\b", re.IGNORECASE)
_SIGNATURES = (
    (b"PK\x03\x04", "Word（.docx）、WPS 或其他压缩格式", "a Word (.docx), WPS or other zipped format"),
    (b"%PDF-", "PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Word 或 WPS（.doc、.wps）", "an old Word or WPS format (.doc, .wps)"),
    (b"{\\rtf", "RTF", "RTF"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
)


def refuse(name: str, data: bytes) -> None:
    """Raises UnreadableError if the bytes are of a format that this version does not read."""
    for signature, zh, en in _SIGNATURES:
        if data.startswith(signature):
            raise _foreign(name, zh, en)
    if name.lower().endswith((".html", ".htm")) or _HTML.match(data[:512]):
        raise _foreign(name, "网页（HTML）", "HTML")


def _foreign(name: str, zh: str, en: str) -> UnreadableError:
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    disguise = suffix in {"md", "markdown", "txt"}
    return UnreadableError(
        "unreadable",
        f"文件内容是{zh}{'，与扩展名不符' if disguise else ''}，本版本读不了；"
        "请另存为纯文本（.txt）或 Markdown（.md）再检查",
        f"the content is {en}{', unlike its name says' if disguise else ''}, which this version does not read; "
        "save it as plain text (.txt) or Markdown (.md)",
    )
