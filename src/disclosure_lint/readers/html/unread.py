"""What a page holds and is not read: struck text, what may be a table, and a report that is not on the page itself."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from disclosure_lint.model.document import Notice
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Run, Span
from disclosure_lint.readers.html.elements import STRUCK, attributes, number
from disclosure_lint.readers.html.tree import Element, Text

_STRIKES = lazy_re_compile(r"<(?:s|strike|del)[\s>]|line-through", re.IGNORECASE)
_OBJECTS = lazy_re_compile(
    r"<(?:(img|i?frame|embed|object)\b|a\b(?=[^<>]*\.(?:pdf|docx?|wps|xlsx?|et|ofd|zip|rar)[\"'\s>]))([^<>]*)>",
    re.IGNORECASE,
)
_TITLE = lazy_re_compile(r"<title[^<>]*>[^<]*公开(?:工作)?年度(?:工作)?报告[^<]*</title", re.IGNORECASE)
_SCRIPT = lazy_re_compile(r"<script[\s>]", re.IGNORECASE)
_KINDS = {
    "picture": ("图片", "a picture"),
    "frame": ("嵌入的框架", "a frame"),
    "attachment": ("附件", "an attachment"),
}
_LEAST_PICTURE = 100
"""Points of the screen: a smaller one is a mark of the site."""
_MOST, _LONGEST, _LONGEST_NAME = 200, 40, 60
_FEWEST_LETTERS = 100


class Places:
    """Where in the text stands what is at an offset of the file, or would if it were read."""

    def __init__(self, runs: Sequence[Run], end: int):
        """Takes where what was read is in the file, and where the text ends."""
        self._runs, self._end = runs, end
        self._found: list[tuple[int, int]] = []

    def place(self, offset: int) -> Span:
        """Returns the place before what follows in the file."""
        # Most pages hold nothing of which it is asked.
        self._found = self._found or sorted((run.origin, run.start) for run in self._runs)
        at = bisect_left(self._found, (offset, 0))
        start = self._found[at][1] if at < len(self._found) else self._end
        return Span(start, start)


def struck_text(file: str, root: Element, first: int, last: int, places: Places) -> Iterator[Notice]:
    """Yields what is struck through between two offsets of the file; of very many the first."""
    left = _MOST
    stack: list[Element | Text] = [root] if _STRIKES.search(file) else []
    while stack and left:
        one = stack.pop()
        if isinstance(one, Text):
            continue
        if one.tag not in STRUCK and not (one.hidden and "line-through" in one.attributes):
            stack += reversed(one.children)
        elif first <= one.start <= last and (words := _words(file, one)):
            left -= 1
            yield Notice("struck-text", places.place(one.start), words, words)


def _words(file: str, element: Element) -> str:
    """Returns how the text of an element begins."""
    words, stack = "", list(reversed(element.children))
    while stack and len(words) < _LONGEST:
        one = stack.pop()
        if isinstance(one, Element):
            stack += reversed(one.children)
        elif not one.comment:
            words += "".join(unescape(file[one.start : min(one.end, one.start + 10 * _LONGEST)]).split())
    return words[:_LONGEST]


def unread_objects(file: str, first: int, last: int, places: Places) -> Iterator[Notice]:
    """Yields pictures, frames and attachments between two offsets of the file: a table may be in one; the first."""
    for what, _, at in islice(_objects(file, first, last), _MOST):
        yield Notice("unread-object", places.place(at), *_KINDS[what])


def _objects(file: str, first: int, last: int) -> Iterator[tuple[str, str, int]]:
    """Yields the kind of each, what it leads to, and where it is."""
    for match in _OBJECTS.finditer(file, first, last):
        found = attributes(match.group(2))
        sizes = [number(found.get(side), 0, _LEAST_PICTURE) for side in ("width", "height")]
        source = found.get("src") or found.get("data") or found.get("href") or ""
        if source and not any(size is not None and size < _LEAST_PICTURE for size in sizes):
            tag = (match.group(1) or "").lower()
            yield "attachment" if not tag else "picture" if tag == "img" else "frame", source, match.start()


def elsewhere(file: str, title: int) -> UnreadableError | None:
    """Says where a report is of which a page has only the title, at an offset of the file; None if that is not told."""
    found = {what: source for what, source, _ in reversed([*_objects(file, title, len(file))])}
    name = unescape(found.get("attachment", "")).rpartition("/")[2][-_LONGEST_NAME:]
    if "attachment" in found:
        return _error(
            f"网页上只有年报的标题，年报像是在附件里（{name}）；请下载附件，再检查附件",
            f"the page has only the title of a report, which seems to be attached ({name}); download that and check it",
        )
    if "frame" in found:
        return _error(
            "网页上只有年报的标题，正文像是在嵌入的另一个页面或文件里；请打开它，另存后再检查",
            "the page has only the title of a report, which seems to be another page or file in a frame; "
            "open that, save it and check it",
        )
    if "picture" in found:
        return _error(
            "网页上只有年报的标题，正文像是图片；请找到文字版，或先做文字识别并人工核对，另存后再检查",
            "the page has only the title of a report, and pictures; take the one with text, or have the text "
            "recognised, compare it and save it anew",
        )
    return None


def loaded_later(file: str, letters: int) -> UnreadableError | None:
    """Says that a report's page with so many letters loads them when a browser opens it; None if it is no such page."""
    if letters > _FEWEST_LETTERS or not (_TITLE.search(file) and _SCRIPT.search(file)):
        return None
    return _error(
        "保存下来的网页里没有正文，正文像是打开以后才装载的；请把浏览器里显示的正文复制到 Word 文档或文本文件再检查",
        "the page as saved has no text, which seems to be loaded when a browser opens it; "
        "copy what the browser shows into a Word file or a text file",
    )


def _error(zh: str, en: str) -> UnreadableError:
    return UnreadableError("unreadable", zh, en)
