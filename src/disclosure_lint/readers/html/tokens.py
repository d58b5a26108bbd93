"""A web page as a sequence of tags and texts with their offsets.

By hand, for html.parser tells lines instead of offsets, takes quadratic time for some broken pages, and reads such
pages differently in each release of Python. What is skipped here is never seen: scripts, styles, comments but ours.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.lazy_re import lazy_re_compile


def too_large(what_zh: str, what_en: str) -> UnreadableError:
    """More than any report can hold."""
    return UnreadableError(
        "unreadable",
        f"网页{what_zh}，不像年度报告，没有检查；如果确是年报，请把正文复制到 Word 文档或文本文件再检查",
        f"the web page {what_en}, unlike any annual report, and was not checked; "
        "if it is one, copy its text into a Word file or a text file",
    )


def too_deep() -> UnreadableError:
    """Elements within elements without end."""
    return too_large("层层嵌套得太深", "is nested too deeply")


def too_many_tags(most: int) -> UnreadableError:
    """Tags without end."""
    return too_large(f"的标记超过 {most // 10_000} 万个", f"has more than {most} tags")


def too_much_text(most: int) -> UnreadableError:
    """Text without end."""
    return too_large(f"的文字超过 {most // 10_000} 万字", f"has more than {most} characters of text")


MAX_TAGS = 30_000
"""A long report as Word saves it has some 10,000."""
MAX_TEXT = 1_000_000
"""Characters outside tags, without white space around them."""
_MAX_COMMENTS = 500
"""To us."""
_MAX_BROKEN = 10
"""Tags with a quotation mark too few: after so many, the rest of the page is taken to be within the quotation."""
_TAG = lazy_re_compile(
    r"</?([a-zA-Z][^\s/>]*)(?=[\s/>])([^=>]*(?:=(?:\s*\"[^\"]*\"|\s*'[^']*'|(?!\s*[\"']))[^=>]*){0,300})>",
)
_LITERAL = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose content is no markup; none of it stands on the page."""
_UNSEEN = frozenset(
    ("audio", "button", "canvas", "datalist", "map", "math", "noscript", "object", "select", "svg", "template", "video")
) | {"xml"}
"""Elements whose content is not shown, or is shown as something else than text."""
OURS = "disclosure-lint"
"""What a comment has to say lest it be skipped."""


class Token(NamedTuple):
    """A tag, a text or a comment."""

    kind: str
    """`start`, `end`, `text` or `comment`."""
    name: str
    """Of a tag, in small letters."""
    start: int
    end: int
    attributes: str = ""
    """Of a tag, as they stand there."""


def tokens(text: str) -> Iterator[Token]:
    """Yields what a page consists of; raises UnreadableError where it is endless."""
    return _Scanner(text).tokens()


class _Scanner:
    """Goes through a page once, and counts what it meets."""

    def __init__(self, text: str):
        self._text = text
        self._tags = self._written = self._comments = self._broken = 0
        self._unended: set[str] = set()
        """Names of which no end tag follows, lest they be looked for again and again."""

    def tokens(self) -> Iterator[Token]:
        """Yields what there is."""
        at = 0
        while (tag := self._text.find("<", at)) >= 0:
            self._tags += 1
            if self._tags > MAX_TAGS:
                raise too_many_tags(MAX_TAGS)
            token, end = self._marked(tag)
            # One that marks nothing stands for itself: it goes on with the text.
            yield from self._plain(at, end if end == tag + 1 else tag)
            if token and token.name not in _LITERAL and token.name not in _UNSEEN:
                yield token
            elif token and token.kind == "start":
                end = self._unseen_end(token)
            at = end
        yield from self._plain(at, len(self._text))

    def _plain(self, start: int, end: int) -> Iterator[Token]:
        if end > start:
            self._written += len(self._text[start:end].strip())
            if self._written > MAX_TEXT:
                raise too_much_text(MAX_TEXT)
            yield Token("text", "", start, end)

    def _marked(self, at: int) -> tuple[Token | None, int]:
        """Returns what begins with a `<`, if it matters, and where it ends: right behind it if it marks nothing."""
        text = self._text
        first = text[at + 1 : at + 2]
        if first in ("!", "?"):
            return self._declaration(at)
        if first == "/":
            first = text[at + 2 : at + 3]
            if not (first.isascii() and first.isalpha()):
                return None, text.find(">", at) + 1 or len(text)
        elif not (first.isascii() and first.isalpha()):
            return None, at + 1
        match = _TAG.match(text, at)
        if match is None:
            self._broken += 1
            return None, (text.find(">", at) + 1 if self._broken <= _MAX_BROKEN else 0) or len(text)
        kind = "end" if text[at + 1] == "/" else "start"
        return Token(kind, match.group(1).lower(), at, match.end(), match.group(2)), match.end()

    def _declaration(self, at: int) -> tuple[Token | None, int]:
        text = self._text
        if not text.startswith("<!--", at):
            return None, text.find(">", at) + 1 or len(text)
        end = text.find("-->", at + 2)
        end = end + 3 if end >= 0 else len(text)
        if text.find(OURS, at, end) < 0:
            return None, end
        self._comments += 1
        if self._comments > _MAX_COMMENTS:
            raise too_large(
                f"里给本工具的注释超过 {_MAX_COMMENTS} 条", f"has more than {_MAX_COMMENTS} comments to this tool"
            )
        return Token("comment", "", at, end), end

    def _unseen_end(self, tag: Token) -> int:
        """Returns where an element ends of which nothing is seen; where its tag ends if it is never ended."""
        name, at = tag.name, tag.end
        if name not in self._unended and not (name in _UNSEEN and tag.attributes.endswith("/")):
            match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._text, at)
            if match:
                return match.start()
            self._unended.add(name)
        return len(self._text) if name in ("script", "style") else at
