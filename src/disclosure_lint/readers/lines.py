"""Formats made of lines: plain text and Markdown.

One reader for both, since reports saved as `.txt` hold Markdown headings and pipe tables, and Markdown drafts hold
tables pasted from Word with tabs. Nothing is guessed: a line is a heading by its mark, a row by its tabs or pipes,
otherwise a paragraph. (A CommonMark parser would join tab-separated lines and make code of rows that begin with one.)
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from disclosure_lint.model.document import Block, Cell, Comment, Document, Heading, Paragraph, Row, Table
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.source import Source, Span
from disclosure_lint.readers.decoding import decode
from disclosure_lint.readers.foreign import refuse

_MARKDOWN_SIGN = re.compile(r"^(?:#{1,6}[ \t]+\S|\|.*\|[ \t]*$)", re.MULTILINE)
# Those that follow are compiled when first used: most lines begin with no mark, and most texts hide nothing.
_COMMENT = r"(?s)<!--(.*?)(?:-->|\Z)"
_MARKUP = (
    r"(?sm)<!--.*?(?:-->|\Z)|\*\*|(?<!\w)__(?=[^_\s][^\n]{,80}__(?!\w))|(?<=[^_\s])__(?!\w)|<br\s*/?>|&nbsp;|&e[mn]sp;"
    r"|\A---\r?\n.*?\n---[ \t]*$"
)
_HEADING = r" {0,3}(#{1,6})(?:[ \t]+|(?=[^\s#!]))(.*)"
_QUOTE = r"(?:[ \t]*>)+[ \t]?"
_BULLET = r"[ \t]*[-*+•·][ \t]+(?=[^-*+\s].*[^\x00-\x7f])"
_FENCE = r"[ \t]*(?:```|~~~)"
_RULE = r"[ \t|:+=*_-]+$"
_LONE_DASH = r"^(?!.*(?:---|=)).*\|[ \t]*\|"
"""A row of cells in which nothing but a dash stands, and at least one is blank: no rule."""
_HEAD_RULE = r"[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+"
_MARKS = frozenset("#>`~|:+=*_-•·")
"""What the marks of headings, quotations, lists, fences and rules begin with."""
_PIPE = re.compile(r"(?<!\\)\|")

_MAX_LENGTH, _MAX_LINES, _MAX_CELLS = 1_000_000, 20_000, 200_000
"""Characters, lines, and marks between cells; a long report has some 30,000, 1,000 and 2,000."""

_HTML_TABLES = (
    "表格是用 HTML 写的，本版本读不了；请改成 Markdown 表格",
    "the tables are written in HTML, which this version does not read; make them Markdown tables",
)


class LineReader:
    """Reads plain text and Markdown."""

    suffixes = (".md", ".markdown", ".txt")

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns the document; raises UnreadableError for another format, which no other reader wanted."""
        refuse(name, data)
        text, encoding = decode(data)
        _limit(text)
        markdown = name.lower().endswith((".md", ".markdown")) or _MARKDOWN_SIGN.search(text) is not None
        hiding = (_MARKUP if markdown else _COMMENT) if _may_hide(text) else None
        source = Source(name, text, encoding, [match.span() for match in re.finditer(hiding, text)] if hiding else ())
        comments = tuple(Comment(Span(*match.span()), match.group(1)) for match in _comments(text))
        blocks = tuple(_blocks(source, markdown))
        unread = _HTML_TABLES if "<td" in text or "<TD" in text else None
        return Document(source, "markdown" if markdown else "text", blocks, comments, unread)


def _limit(text: str) -> None:
    """Raises UnreadableError for a text that no report can be, before it costs time."""
    length, lines = len(text), text.count("\n") + text.count("\r") - text.count("\r\n") + 1
    if length > _MAX_LENGTH or lines > _MAX_LINES:
        raise UnreadableError(
            "unreadable",
            f"文件有 {length} 字、{lines} 行，超过 {_MAX_LENGTH // 10000} 万字、{_MAX_LINES // 10000} 万行的上限，"
            "不像年度报告，没有检查",
            f"the file has {length} characters in {lines} lines, over the limit of {_MAX_LENGTH} and {_MAX_LINES}; "
            "not checked",
        )
    if text.count("|") + text.count("\t") > _MAX_CELLS:
        raise UnreadableError(
            "unreadable",
            f"文件里的竖线和制表符超过 {_MAX_CELLS // 10000} 万个，不像年度报告，没有检查",
            f"the file has more than {_MAX_CELLS} bars and tabs, unlike any annual report; not checked",
        )


def _comments(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(_COMMENT, text) if "<!--" in text else iter(())


def _may_hide(text: str) -> bool:
    return "<" in text or "*" in text or "&" in text or "__" in text or text.startswith("---")


def _blocks(source: Source, markdown: bool) -> Iterator[Block]:
    rows: list[Row] = []
    for line in range(1, source.line_count + 1):
        start, end = source.line_span(line)
        text = source.folded[start:end]
        in_table = bool(rows) or (markdown and "|" in text and _is_ruled_off(source, line))
        row = _row(text, start, in_table) if "\t" in text or "|" in text else None
        if row is not None:
            rows += row
            continue
        if rows:
            yield _table(rows)
            rows = []
        block = _line(text, start, markdown)
        if block is not None:
            yield block
    if rows:
        yield _table(rows)


def _is_ruled_off(source: Source, line: int) -> bool:
    """Says whether the next line is the rule below a Markdown table's head, which needs no bars at its ends."""
    if line == source.line_count:
        return False
    return re.compile(_HEAD_RULE).fullmatch(source.folded, *source.line_span(line + 1)) is not None


def _table(rows: list[Row]) -> Table:
    return Table(Span(rows[0].span.start, rows[-1].span.end), tuple(rows))


def _line(text: str, start: int, markdown: bool) -> Block | None:
    span = _stripped(text, start)
    if span.end == span.start:
        return None
    return _marked(text, start, markdown) if text[span.start - start] in _MARKS else Paragraph(span)


def _marked(text: str, start: int, markdown: bool) -> Block | None:
    """Returns the block of a line that may begin with a mark."""
    if markdown:
        if re.match(_FENCE, text) or re.match(_RULE, text):
            return None
        if quote := re.match(_QUOTE, text):
            text, start = text[quote.end() :], start + quote.end()
    if heading := re.match(_HEADING, text) if "#" in text else None:
        span = _stripped(heading.group(2).rstrip(" \t#"), start + heading.start(2))
        return Heading(span, len(heading.group(1))) if span.end > span.start else None
    if markdown and (bullet := re.match(_BULLET, text)):
        text, start = text[bullet.end() :], start + bullet.end()
    span = _stripped(text, start)
    return Paragraph(span) if span.end > span.start else None


def _stripped(text: str, start: int) -> Span:
    left = text.lstrip(" \t")
    begin = start + len(text) - len(left)
    return Span(begin, begin + len(left.rstrip(" \t")))


def _row(text: str, start: int, in_table: bool) -> list[Row] | None:
    """Returns the row that a line is, an empty list for a line that only rules a table, None for no row."""
    bare = text.strip(" \t")
    if "|" in bare and (bare.startswith("|") or bare.endswith("|") or in_table):
        return _piped(text, bare, start)
    if "\t" in bare or ("\t" in text and bare and in_table):
        return [_split(text.split("\t"), start)]
    return None


def _piped(text: str, bare: str, start: int) -> list[Row]:
    if bare == "|" or (re.match(_RULE, bare) and ("-" in bare or "=" in bare) and not re.search(_LONE_DASH, bare)):
        return []
    bars = [match.start() for match in _PIPE.finditer(text)]
    begin = bars.pop(0) + 1 if bare.startswith("|") else 0
    end = bars.pop() if bars and bare.endswith("|") else len(text)
    edges = [begin - 1, *bars, end]
    return [_split([text[left + 1 : right] for left, right in pairwise(edges)], start + begin)]


def _split(parts: Sequence[str], begin: int) -> Row:
    """Returns the row of cells whose texts, one character apart, begin at an offset."""
    cells: list[Cell] = []
    for column, part in enumerate(parts):
        bare = part.strip(" \t")
        at = begin if bare is part else begin + part.find(bare)
        cells.append(Cell(Span(at, at + len(bare)), column))
        begin += len(part) + 1
    return Row(Span(cells[0].span.start, cells[-1].span.end), tuple(cells))
