"""Formats made of lines: plain text and Markdown.

One reader for both, since reports saved as `.txt` hold Markdown headings and pipe tables, and Markdown drafts hold
tables pasted from Word with tabs. Nothing is guessed: a line is a heading by its mark, a row by its tabs or pipes,
otherwise a paragraph. (A CommonMark parser would join tab-separated lines and make code of rows that begin with one.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from disclosure_lint.model.document import Block, Comment, Document, Heading, Notice, Paragraph
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.source import Source, Span
from disclosure_lint.readers.bars import MAY_PART, Lines
from disclosure_lint.readers.decoding import decode, event_of
from disclosure_lint.readers.delimited import counted_table, delimited
from disclosure_lint.readers.unsupported import refuse

if TYPE_CHECKING:
    from disclosure_lint.readers.redrawn import Drawing, Placed, Redrawn

_MARKDOWN_SIGN = lazy_re_compile(r"^(?:#{1,6}[ \t]+\S|\|.*\|[ \t]*$)", re.MULTILINE)
# Those that follow are compiled when first used: most lines begin with no mark, and most texts hide nothing.
_COMMENT = r"(?s)<!--(.*?)(?:-->|\Z)"
# Each of these begins with a character of its own, so that a search skips all others.
_MARKUP = (
    r"(?sm)<!--.*?(?:-->|\Z)|<(?:br\s*/?|/?(?:a|b|center|div|em|font|i|ins|mark|p|small|span|strong|u)(?:\s[^<>\n]{,300})?)>"
    r"|\*\*|__(?<!\w__)(?=[^_\s][^\n]{,80}__(?!\w))|__(?<=[^_\s]__)(?!\w)|&nbsp;|&e[mn]sp;"
    r"|\*(?<![\w*\\]\*)(?P<emphasis>[^\s*|](?:[^*|\n]{,80}[^\s*|])?)\*(?![\w*])|`(?<!``)(?P<code>[^`|\n]{1,80})`(?!`)"
    r"|\[\^[^\]\s|]{1,30}\](?!:)|\[(?<![!\\]\[)(?P<link>[^\[\]^|\n][^\[\]|\n]{,80})\]\([^()\s|]{1,300}\)"
    r"|~~(?<![\d~]~~)(?P<struck>[^\s~|][^~|\n]{,200})~~(?!~)|<(?P<tag>del|s|strike)>(?P<deleted>[^<>\n]{,200})</(?P=tag)>"
    r"|---(?<=\A---)\r?\n.*?\n---[ \t]*$|\{[#.][^{}\n]*\}[ \t]*$"
)
_SHOWN, _STRUCK = ("emphasis", "code", "link"), ("struck", "deleted")
"""What stands between marks, and what they strike through, so that it goes with them."""
_MAY_HIDE = ("<", "*", "&", "__", "{", "`", "~~", "](", "[^")
_LONGEST = 40
_HEADING = r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\s#!！]))(.*)"
_QUOTE = r"(?:[ \t]*>)+[ \t]?"
_BULLET = r"[ \t]*[-*+•·][ \t]+(?=[^-*+\s].*[^\x00-\x7f])"
_DRAWN = r"(?m)^[ \t]*(?:[+┌╔╒][-=+:─━═┬╦╤]*[+┐╗╕]|(?:--|==)[-=]* +[-=])"
"""The first line of a table drawn with characters."""
_DRAWS = ("+", "┌", "╔", "╒", "--", "==")
"""What each of these lines has."""
_PICTURE = r"!\[[^\]\n]{0,200}\][(\[]|<img\b"
_FENCE = r"[ \t]*(?:```|~~~)"
_RULE = r"[ \t|:：+=*_-]+$"
_MARKS = frozenset("#>`~|:+=*_-•·")
"""What the marks of headings, quotations, lists, fences and rules begin with."""

_MAX_LENGTH, _MAX_LINES, _MAX_CELLS = 1_000_000, 20_000, 200_000
"""Characters, lines, and marks between cells; a long report has some 30,000, 1,000 and 2,000."""

_HTML_TABLES = (
    "有用 HTML 写的表格读不了；请改成 Markdown 表格",
    "there are tables written in HTML that cannot be read; make them Markdown tables",
)


class LineReader:
    """Reads plain text and Markdown."""

    suffixes = (".md", ".markdown", ".txt", ".csv", ".tsv")

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns the document; raises UnreadableError for another format, which no other reader wanted."""
        refuse(name, data)
        text, encoding = decode(data)
        _limit(text, data)
        markdown = name.lower().endswith((".md", ".markdown")) or _MARKDOWN_SIGN.search(text) is not None
        redrawn, unread = _redrawn(text)
        drawing = _drawing(text, redrawn) if redrawn else None
        shown = drawing.text if drawing else text
        hiding = (_MARKUP if markdown else _COMMENT) if _may_hide(shown) else None
        hidden = list(_hidden(re.finditer(hiding, shown))) if hiding else []
        source = drawing.source(name, encoding, hidden) if drawing else Source(name, text, encoding, hidden)
        comments = tuple(Comment(Span(*match.span()), match.group(1)) for match in _comments(shown))
        placed = drawing.placed if drawing else []
        placed = [*placed, *delimited(source, named=name.lower().endswith(".csv"))]
        blocks = tuple(_blocks(source, markdown, placed))
        kind, tables = "markdown" if markdown else "text", _HTML_TABLES if unread else None
        return Document(source, kind, blocks, comments, tables, tuple(_unread(shown, markdown=markdown)))


def _hidden(found: Iterator[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yields where markup is; of marks around words each by itself."""
    for match in found:
        start, end = match.span()
        if match.lastgroup in _SHOWN:
            yield start, match.start(match.lastgroup)
            start = match.end(match.lastgroup)
        yield start, end


def _unread(text: str, *, markdown: bool) -> Iterator[Notice]:
    """Yields what is struck through in a text, and the pictures: a table may be in one."""
    if markdown and ("~~" in text or "</" in text):
        for match in re.finditer(_MARKUP, text):
            if match.lastgroup in _STRUCK and (words := match.group(match.lastgroup).strip()):
                yield Notice("struck-text", Span(*match.span()), words[:_LONGEST], words[:_LONGEST])
    if "![" in text or "<img" in text:
        for picture in re.finditer(_PICTURE, text):
            yield Notice("unread-object", Span(picture.start(), picture.start()), "图片", "a picture")


def _redrawn(text: str) -> tuple[list[Redrawn], bool]:
    """Returns the tables that are not written a row a line, and whether some could not be read."""
    found: list[Redrawn] = []
    unread = False
    if "<td" in text or "<TD" in text:
        from disclosure_lint.readers.html.inside import tables_inside

        found, unread = tables_inside(text)
    if any(mark in text for mark in _DRAWS) and re.search(_DRAWN, text):
        from disclosure_lint.readers.drawn import drawn_tables

        found += drawn_tables(text)
    apart: list[Redrawn] = []
    for one in sorted(found):
        if not apart or apart[-1].end <= one.start:
            apart.append(one)
    return apart, unread


def _drawing(text: str, redrawn: Sequence[Redrawn]) -> Drawing:
    # Only where a table is not written a row a line.
    from disclosure_lint.readers.redrawn import Drawing

    return Drawing(text, redrawn)


def _limit(text: str, data: bytes) -> None:
    """Raises UnreadableError for a text, and the bytes that it was, that no report can be, before it costs time."""
    length, lines = len(text), text.count("\n") + text.count("\r") - text.count("\r\n") + 1
    if length > _MAX_LENGTH or lines > _MAX_LINES:
        raise UnreadableError(
            event_of(data),
            f"文件有 {length} 字、{lines} 行，超过 {_MAX_LENGTH // 10000} 万字、{_MAX_LINES // 10000} 万行的上限，"
            "不像年度报告，没有检查",
            f"the file has {length} characters in {lines} lines, over the limit of {_MAX_LENGTH} and {_MAX_LINES}; "
            "not checked",
        )
    if text.count("|") + text.count("\t") > _MAX_CELLS:
        raise UnreadableError(
            event_of(data),
            f"文件里的竖线和制表符超过 {_MAX_CELLS // 10000} 万个，不像年度报告，没有检查",
            f"the file has more than {_MAX_CELLS} bars and tabs, unlike any annual report; not checked",
        )


def _comments(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(_COMMENT, text) if "<!--" in text else iter(())


def _may_hide(text: str) -> bool:
    return any(mark in text for mark in _MAY_HIDE) or text.startswith("---")


def _blocks(source: Source, markdown: bool, placed: Sequence[Placed]) -> Iterator[Block]:
    table = Lines(source, markdown=markdown)
    others = {one.span.start: one for one in placed}
    folded, done = source.folded, 0
    for line, (start, end) in enumerate(source.line_spans(), 1):
        if start < done:
            continue
        other = others.get(start)
        text = folded[start:end]
        bare = text.strip(" \t")
        if bare[:1] == ">" and markdown and (quote := re.match(_QUOTE, text)):
            start += quote.end()
            text = text[quote.end() :]
            bare = text.strip(" \t")
        may_part = bare and other is None and (table.lines or MAY_PART.search(text))
        if may_part and table.take(line, text, bare, start):
            continue
        if table.lines and (rows := table.end()):
            yield rows
        if other is not None:
            yield from other.blocks(folded)
            done = other.span.end
        elif bare[:1] == "0" and (counted := counted_table(source, line)):
            yield counted[0]
            done = source.line_span(counted[1]).start if counted[1] <= source.line_count else len(source.text)
        elif bare and (block := _block(text, bare, start, markdown)):
            yield block
    if table.lines and (rows := table.end()):
        yield rows


def _block(text: str, bare: str, start: int, markdown: bool) -> Block | None:
    """Returns the block of a line that is no row, without the mark that it may begin with."""
    if bare[0] in _MARKS:
        if markdown and (re.match(_FENCE, text) or re.match(_RULE, text)):
            return None
        if heading := re.match(_HEADING, text) if "#" in text else None:
            span = _stripped(heading.group(2).rstrip(" \t#"), start + heading.start(2))
            return Heading(span, len(heading.group(1))) if span.end > span.start else None
        if markdown and (bullet := re.match(_BULLET, text)):
            text, start = text[bullet.end() :], start + bullet.end()
    span = _stripped(text, start)
    return Paragraph(span) if span.end > span.start else None


def _stripped(text: str, start: int) -> Span:
    bare = text.strip(" \t")
    begin = start if bare is text else start + text.find(bare)
    return Span(begin, begin + len(bare))
