"""A Word file as a Document."""

from collections.abc import Collection, Iterator, Sequence
from xml.etree.ElementTree import Element

from disclosure_lint.model.document import Document, Notice
from disclosure_lint.model.source import Source, Span
from disclosure_lint.readers.docx.body import Body, Parts
from disclosure_lint.readers.docx.names import w
from disclosure_lint.readers.docx.package import Package, Part
from disclosure_lint.readers.docx.problems import without_text
from disclosure_lint.readers.docx.revisions import Leftover, Revisions, leftovers, revisions
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
    left = _revisions(main, story.notes)
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


def _revisions(main: Part, notes: Sequence[Part | None]) -> Revisions:
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


def _forgotten(leftovers: Sequence[Leftover], body: Body, text: str) -> Iterator[Notice]:
    """Yields a notice for each that stands on the page, at its words if they stand there as they are."""
    for one in leftovers:
        if one.paragraph in body.found:
            span, location = body.found[one.paragraph]
            at = text.find(one.text, span.start, span.end)
            if at >= 0:
                span = Span(at, at + len(one.text))
            if span.end > span.start or one.event == "struck-text":
                yield Notice(one.event, span, one.text, one.text, location)
