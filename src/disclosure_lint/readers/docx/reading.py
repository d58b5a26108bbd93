"""A Word file as a Document, with notices of what is left of working on it: changes, comments, marks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.model.document import Document, Notice
from disclosure_lint.model.source import Source, Span
from disclosure_lint.readers.docx.body import Body, Parts
from disclosure_lint.readers.docx.names import (
    DEL,
    INS,
    MOVE_FROM,
    MOVE_TO,
    RPR,
    SDT,
    STRUCK,
    TR,
    P,
    R,
    T,
    flag,
    value,
    w,
)
from disclosure_lint.readers.docx.package import Package, Part
from disclosure_lint.readers.docx.plain import text_of
from disclosure_lint.readers.docx.problems import without_text
from disclosure_lint.readers.docx.styles import Numbering, Styles
from disclosure_lint.readers.page import Page

_UNREAD = {
    "picture": ("图片", "a picture"),
    "object": ("嵌入的对象（如 Excel 表格）", "an embedded object, such as an Excel sheet"),
    "chunk": ("嵌入的另一份文件", "another file that is embedded"),
}
"""What may hold a table, in Chinese and English."""
_FEWEST_LETTERS = 100
"""Of a report: a file with fewer, and pictures, is one of scanned pages."""


def read_docx(name: str, data: bytes) -> Document:
    """Returns what stands in a Word file, all changes accepted; raises UnreadableError."""
    package = Package(data)
    main = package.main()
    story = Story(package, main)
    left = _in_all_parts(main, story.notes)
    forgotten = leftovers(main.root, main.text)
    body = story.written({one.paragraph for one in forgotten} | ({left.first} if left.first is not None else set()))
    text, blocks = body.page.finish()
    if body.unread and len("".join(text.split())) < _FEWEST_LETTERS:
        raise without_text(*_UNREAD[body.unread[0][0]])
    unread = (Notice("unread-object", span, *_UNREAD[what], location) for what, span, location in body.unread)
    notices = (*_notices(left, body), *_forgotten(forgotten, body, text), *unread)
    return Document(Source(name, text), "docx", blocks, notices=notices)


class Story:
    """The main part of a file with those that its text refers to."""

    def __init__(self, package: Package, main: Part):
        """Raises UnreadableError if one of them is broken."""
        related = package.related(main.name, "footnotes", "endnotes", "styles", "numbering")
        self.notes = [package.part(related.get(kind)) for kind in ("footnotes", "endnotes")]
        """Footnotes and endnotes."""
        self.styles = Styles(_root(package.part(related.get("styles"))))
        self._numbering = Numbering(_root(package.part(related.get("numbering"))), self.styles)
        self._main = main

    def written(self, wanted: Collection[Element]) -> Body:
        """Returns all of it, written onto a page; of paragraphs and rows that are wanted it knows where they are."""
        body = Body(Parts(self.styles, self._numbering, *map(_root, self.notes)), Page(), wanted)
        found = self._main.root.find(w("body"))
        if found is not None:
            body.write(found)
        return body


def _root(part: Part | None) -> Element | None:
    return part.root if part else None


def _in_all_parts(main: Part, notes: Sequence[Part | None]) -> Revisions:
    """Returns what is left of changes and comments in all parts that are read."""
    left = revisions(main.root, main.text)
    for part in notes:
        if part is not None:
            more = revisions(part.root, part.text)
            left = Revisions(
                left.changes + more.changes,
                left.comments + more.comments,
                more.first if left.first is None else left.first,
            )
    return left


def _notices(left: Revisions, body: Body) -> tuple[Notice, ...]:
    if not left.changes and not left.comments:
        return ()
    span, location = (body.found.get(left.first) if left.first is not None else None) or (Span(0, 0), None)
    return (Notice("unaccepted-changes", span, *left.words(), location),)


def _forgotten(found: Sequence[Leftover], body: Body, text: str) -> Iterator[Notice]:
    """Yields a notice for each that stands on the page, at its words if they stand there as they are."""
    for one in found:
        if one.paragraph in body.found:
            span, location = body.found[one.paragraph]
            at = text.find(one.text, span.start, span.end)
            if at >= 0:
                span = Span(at, at + len(one.text))
            if span.end > span.start or one.event == "struck-text":
                yield Notice(one.event, span, one.text, one.text, location)


_CHANGES = frozenset(
    (
        INS, DEL, MOVE_FROM, MOVE_TO,
        *map(w, ("cellIns", "cellDel", "cellMerge", "numberingChange")),
        *(w(f"{name}Change") for name in ("rPr", "pPr", "sectPr", "tblPr", "tblPrEx", "trPr", "tcPr", "tblGrid")),
    )
)  # fmt: skip
_COMMENT = w("commentReference")
_MARKS = ("author=", "commentReference")
"""What the text of a part has in it if there are any; most have none."""


class Revisions(NamedTuple):
    """What is left of working on a document together."""

    changes: int = 0
    comments: int = 0
    first: Element | None = None
    """The paragraph or row with the first of them."""

    def words(self) -> tuple[str, str]:
        """Returns how many there are, in Chinese and English."""
        zh: list[str] = []
        en: list[str] = []
        if self.changes:
            zh.append(f"{self.changes} 处没有接受的修订")
            en.append(f"{self.changes} tracked {'change' if self.changes == 1 else 'changes'}")
        if self.comments:
            zh.append(f"{self.comments} 条批注")
            en.append(f"{self.comments} {'comment' if self.comments == 1 else 'comments'}")
        return f"还有 {'、'.join(zh)}", " and ".join(en)


def revisions(root: Element, text: str) -> Revisions:
    """Returns what is left in a part, given as XML and as text."""
    if not any(mark in text for mark in _MARKS):
        return Revisions()
    changes = comments = 0
    before: Element | None = None
    first: Element | None = None
    for element in root.iter():
        tag = element.tag
        if tag in (P, TR):
            before = element
        elif tag in _CHANGES or tag == _COMMENT:
            changes += tag != _COMMENT
            comments += tag == _COMMENT
            first = before if first is None else first
    return Revisions(changes, comments, first)


_CONTROL_PROPERTIES, _CONTENT, _UNFILLED, _HIGHLIGHT = map(w, ("sdtPr", "sdtContent", "showingPlcHdr", "highlight"))
_LEFT_OVER = ("showingPlcHdr", "highlight", "strike")
"""What the text of a part has in it if there are any; most have none."""
_MOST = 200
_LONGEST = 40


class Leftover(NamedTuple):
    """Something that is to be looked at again."""

    event: str
    """`unfilled-control`, `highlighted-text` or `struck-text`."""
    paragraph: Element
    """Where it stands."""
    text: str
    """As it stands, or how it begins."""


def leftovers(root: Element, text: str) -> list[Leftover]:
    """Returns what is left in a part, given as XML and as text, in order; of very many the first."""
    found: list[Leftover] = []
    paragraph: Element | None = None
    if not any(mark in text for mark in _LEFT_OVER):
        return found
    for element in root.iter():
        tag = element.tag
        if tag == P:
            paragraph = element
        elif tag == SDT and _is_unfilled(element):
            content = element.find(_CONTENT)
            place = next(element.iter(P), paragraph)
            words = "".join(map(text_of, content.iter(T))).strip() if content is not None else ""
            if place is not None and words:
                found.append(Leftover("unfilled-control", place, words[:_LONGEST]))
        elif tag == R and paragraph is not None and (event := _event(element.find(RPR))):
            words = "".join(map(text_of, element.iter(T))).strip()
            if not words:
                continue
            last = found[-1] if found else None
            if last and last.event == event and last.paragraph is paragraph:
                # Word cuts what was written in one go into several runs.
                found[-1] = last._replace(text=(last.text + words)[:_LONGEST])
            else:
                found.append(Leftover(event, paragraph, words[:_LONGEST]))
        if len(found) == _MOST:
            break
    return found


def _event(properties: Element | None) -> str | None:
    """Returns what a run with these properties is."""
    if any(flag(properties, name) for name in STRUCK):
        return "struck-text"
    return "highlighted-text" if value(properties, _HIGHLIGHT) not in (None, "none") else None


def _is_unfilled(control: Element) -> bool:
    properties = control.find(_CONTROL_PROPERTIES)
    return properties is not None and properties.find(_UNFILLED) is not None
