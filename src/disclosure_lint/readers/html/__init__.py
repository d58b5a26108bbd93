"""Web pages (.html). What reads them is imported when there is one: a run over text files needs none of it."""

import re

from disclosure_lint.model.document import Document
from disclosure_lint.readers.unsupported import is_foreign

_BEGINNING = 4096
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_FIRST = b"< \t\r\n\f\xef\xff\xfe"
# Compiled when first used: few texts begin with a tag.
_PAGE = r"(?i)<(?:!doctype\s+html|html|head|body|meta|title)\b"
_PIECE = r"(?i)<(?:div|p|table|center|h[1-6]|span|font|section|article|main|style|script|link|o:p|form|a|b|br|ul|img)\b"


class HtmlReader:
    """Reads web pages, whatever their name ends with."""

    suffixes = (".html", ".htm")

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns the document, None if the bytes are no web page; raises UnreadableError."""
        if not is_web_page(name, data):
            return None
        from disclosure_lint.readers.html.reading import read_html

        return read_html(name, data)


def is_web_page(name: str, data: bytes) -> bool:
    """Says whether a file is a web page: by its name, or because it begins with a tag of one.

    Markdown may begin with a tag too, so there it takes one that only a page has.
    """
    low = name.lower()
    if low.endswith(HtmlReader.suffixes):
        return not is_foreign(name, data)
    if data[:1] not in _FIRST:
        return False
    head = data[:_BEGINNING].decode(_MARKS.get(data[:2], "latin-1"), "ignore")
    at = _first_tag(head)
    if at is None:
        return False
    markdown = low.endswith((".md", ".markdown"))
    return bool(re.compile(_PAGE).match(head, at) or (not markdown and re.compile(_PIECE).match(head, at)))


def _first_tag(head: str) -> int | None:
    """Returns where the first tag is, if nothing but comments stands before it."""
    at = 0
    while True:
        at += len(head[at:]) - len(head[at:].lstrip(" \t\r\n\f\ufeff\xef\xbb\xbf"))
        end = -1
        if head.startswith("<!--", at):
            end = head.find("-->", at)
        elif head.startswith("<?xml", at):
            end = head.find(">", at)
        else:
            return at if head.startswith("<", at) else None
        if end < 0:
            return None
        at = head.index(">", end) + 1
