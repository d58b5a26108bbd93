"""A web page as a sequence of tags and texts with their offsets, and what the elements are that tags begin.

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


VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "colgroup", "embed", "frame", "hr", "img", "input")
) | {"keygen", "link", "meta", "param", "source", "track", "wbr"}
"""Elements without content. (A colgroup has some, but none that stands on the page.)"""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SECTIONS = frozenset(("thead", "tbody", "tfoot"))
CELLS = frozenset(("td", "th"))
TABLE_PARTS = SECTIONS | CELLS | {"table", "tr"}
STRAY = "#stray"
"""What stands in a table but in no cell."""
BLOCKS = (
    frozenset(("#root", "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog"))
    | {"dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "li"}
    | {"listing", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "ul"}
    | {STRAY}
    | HEADINGS.keys()
    | TABLE_PARTS
)
"""Elements that begin a line and end one."""
PREFORMATTED = ("pre", "listing")
"""Elements in which lines end where those of the file do."""
STRUCK = frozenset(("s", "strike", "del"))
"""Elements whose content is struck through, to say that it is deleted."""
_RAISED = frozenset(("sup", "sub"))
GUIDES = frozenset(("rt", "rtc", "rp"))
"""The small characters of phonetic guides, which end where others begin."""
INLINE = STRUCK | _RAISED | GUIDES | {"ruby"}
"""Elements within lines that matter for how their content is read."""
FURNITURE = frozenset(("nav", "header", "footer", "aside", "form", "menu"))
"""Elements that hold what is around a text, unless they hold the text itself."""
LISTS = frozenset(("ul", "ol", "menu", "dir"))
SCOPES = CELLS | {"caption", "table", "#root", STRAY}
"""Where the search for an element that a tag ends, ends."""
_NAMES = frozenset(("html", "body", "head"))
_WORDS = lazy_re_compile("hid(?:den|e)|none|line-through|note-id", re.IGNORECASE)
_ATTRIBUTE = lazy_re_compile(r"([^\s/>=][^\s/>=]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_HIDING = lazy_re_compile(
    r"(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-(?:foot|end)note-id"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through)"
)
_RAISING = lazy_re_compile(r"(?i)vertical-align\s*:\s*(?:super|sub)\b")
_IGNORED = lazy_re_compile(r"(?i)mso-list\s*:\s*ignore")
_OUTLINE = lazy_re_compile(r"(?i)mso-outline-level\s*:\s*([1-9])")
_MAX_NUMBER = 8


def attributes(text: str) -> dict[str, str]:
    """Returns the attributes of a tag by their names in small letters; of two with one name the first."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match.group(2) or ""
        found.setdefault(match.group(1).lower(), value[1:-1] if value[:1] in ("'", '"') else value)
    return found


def number(value: str | None, least: int, most: int) -> int | None:
    """Returns the number that an attribute begins with, brought within limits; None if it is none."""
    match = re.match(r"\s*\+?(\d+)", value, re.ASCII) if value else None
    return None if match is None else max(least, min(most, int(match.group(1)[:_MAX_NUMBER])))


def is_ignored(tag: str) -> bool:
    """Says whether a tag is as if it were not there."""
    return tag in _NAMES


def is_hidden(tag: str, text: str) -> bool:
    """Says whether the content of an element is not to be seen in the line, struck through, or the mark of a note."""
    if tag in STRUCK or tag in GUIDES:
        return True
    if not text or not _WORDS.search(text):
        return False
    found = attributes(text)
    return "hidden" in found or _HIDING.search(found.get("style", "")) is not None


def is_raised(tag: str, text: str) -> bool:
    """Says whether the content of an element within a line stands above or below it."""
    return tag in _RAISED or ("vertical-align" in text and _RAISING.search(text) is not None)


def is_list_mark(text: str) -> bool:
    """Says whether an element holds the number that Word gave a paragraph, with the gap behind it."""
    return "mso-" in text and _IGNORED.search(text) is not None


def outline_level(tag: str, text: str) -> int | None:
    """Returns the level of the heading that an element is, None for other text."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    match = _OUTLINE.search(text) if tag == "p" and "mso-outline" in text else None
    return int(match.group(1)) if match else None
