"""A Word file with a comment at each finding: at the very words, for which runs are split; wrong cells are shaded.

What is put in is put between the bytes of the text, which otherwise stay as they are.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.annotate.notes import NoCopyError, Note
from disclosure_lint.annotate.word_package import MARKUP, Comments, Edit, XmlPart, edited, packed
from disclosure_lint.model.source import Span
from disclosure_lint.readers.docx.names import PPR, RPR, SDT, TC, TCPR, WRAPPERS, P, R, w
from disclosure_lint.readers.docx.package import Package
from disclosure_lint.readers.docx.places import Piece, PlacedParagraph, placed_paragraphs
from disclosure_lint.readers.docx.plain import SPACE, WHITE, text_of

_SHADE = "FFE699"
_BEFORE_SHADE = frozenset(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders")))
_SHADING = w("shd")
_OPEN = WRAPPERS - {SDT}
"""What stands around runs and may hold marks; a control for content may be one for plain text alone."""
Kind = Literal["start", "end", "whole"]
_ORDER = {"end": 0, "whole": 1, "start": 2}
"""Of marks at one place: a comment ends before the next one begins."""


class _Mark(NamedTuple):
    """A mark within a run: in which text, and behind how many of its characters."""

    text: Element
    at: int
    order: int
    new: bytes


class MarkedParagraph:
    """A paragraph and the marks that are put in: between runs, and within them, which are then split there."""

    def __init__(self, xml: XmlPart, paragraph: Element):
        """Takes the part that the paragraph is in."""
        self._xml = xml
        self._paragraph = paragraph
        self._above = {child: parent for parent in paragraph.iter() for child in parent}
        self._between: list[Edit] = []
        self._within: dict[Element, list[_Mark]] = defaultdict(list)
        place, properties = xml.places[paragraph], paragraph.find(PPR)
        self._start = place.inner if properties is None else xml.places[properties].end
        self._end = self._start if place.is_one_tag else place.inner_end

    def enclose(self, comment: int) -> None:
        """Puts a comment at all that stands in the paragraph."""
        if self._start == self._end:
            self._put(self._start, "whole", comment)
        else:
            self._put(self._start, "start", comment)
            self._put(self._end, "end", comment)

    def add(self, kind: Literal["start", "end"], comment: int, pieces: Sequence[Piece], at: int | None) -> None:
        """Puts in the beginning or end of a comment at an offset of the text; None for that of the paragraph."""
        found = None if at is None else _text_at(kind, pieces, at)
        if found is None:
            self._put(self._start if kind == "start" else self._end, kind, comment)
            return
        text, within = found
        unit = self._unit(text)
        content = [child for child in unit if child.tag != RPR]
        is_edge = (text, within) in ((content[0], 0), (content[-1], len(text_of(text)))) if content else True
        if unit.tag == R and text in content and not is_edge:
            self._within[unit].append(_Mark(text, within, _ORDER[kind], self._mark(kind, comment)))
            return
        place = self._xml.places[unit]
        at_start = kind == "start" if unit.tag != R or text not in content else within == 0 and text is content[0]
        self._put(place.start if at_start else place.end, kind, comment)

    def edits(self) -> Iterator[Edit]:
        """Yields what puts all marks in."""
        place = self._xml.places[self._paragraph]
        if place.is_one_tag:
            new = b"".join(one.new for one in sorted(self._between, key=lambda one: one.order))
            opened = self._xml.data[place.start : place.end].removesuffix(b"/>").rstrip() + b">"
            yield Edit(place.start, place.end, 0, opened + new + f"</{place.name}>".encode())
            return
        yield from self._between
        for run, marks in self._within.items():
            whole = self._xml.places[run]
            yield Edit(whole.start, whole.end, 0, self._split(run, marks))

    def _unit(self, text: Element) -> Element:
        """Returns the outermost element around a text beside which marks may stand."""
        way = [text]
        while (above := self._above.get(way[-1])) is not None and above is not self._paragraph:
            way.append(above)
        return next(one for one in reversed(way) if one.tag not in _OPEN)

    def _put(self, at: int, kind: Kind, comment: int) -> None:
        self._between.append(Edit(at, at, _ORDER[kind], self._mark(kind, comment)))

    def _mark(self, kind: Kind, comment: int) -> bytes:
        start, end, reference = (
            self._xml.word(self._paragraph, name, {"id": comment})
            for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
        )
        run = self._xml.word(self._paragraph, "r").removesuffix(b"/>") + b">" + reference + b"</w:r>"
        return {"start": start, "end": end + run, "whole": start + end + run}[kind]

    def _split(self, run: Element, marks: Sequence[_Mark]) -> bytes:
        """Returns a run as several, with marks between them."""
        data, places = self._xml.data, self._xml.places
        place, properties = places[run], run.find(RPR)
        head = data[place.start : place.inner]
        if properties is not None:
            head += data[places[properties].start : places[properties].end]
        tail = f"</{place.name}>".encode()
        parts: list[bytes] = []
        is_open = False
        for is_mark, new in self._pieces(run, marks):
            if is_mark == is_open:
                parts.append(tail if is_open else head)
                is_open = not is_open
            parts.append(new)
        return b"".join([*parts, tail] if is_open else parts)

    def _pieces(self, run: Element, marks: Sequence[_Mark]) -> Iterator[tuple[bool, bytes]]:
        """Yields what stands in a run and the marks in it, in order; and whether each is a mark."""
        for child in run:
            if child.tag == RPR:
                continue
            here = sorted((mark for mark in marks if mark.text is child), key=lambda mark: (mark.at, mark.order))
            length, done = len(text_of(child)), 0
            for mark in here:
                if mark.at > done:
                    yield False, self._part(child, done, mark.at)
                    done = mark.at
                yield True, mark.new
            if done < length or not here:
                yield False, self._part(child, done, length)

    def _part(self, element: Element, start: int, end: int) -> bytes:
        """Returns some characters of a text as a text of its own; all of them, and all other elements, as they are."""
        place, shown = self._xml.places[element], text_of(element)
        if start == 0 and end == len(shown):
            return self._xml.data[place.start : place.end]
        part, space = shown[start:end], ' xml:space="preserve"'
        if part == part.strip():
            # What surrounds the text and is not shown stays so.
            written = element.text or ""
            before = written[: written.index(shown[:1])] if start == 0 else ""
            behind = written[len(written.rstrip(WHITE)) :] if end == len(shown) else ""
            space = space if element.get(SPACE) == "preserve" else ""
            part = before + part + behind
        return f"<{place.name}{space}>{MARKUP.text(part)}</{place.name}>".encode()


def annotated_word(data: bytes, text: str, notes: Sequence[Note]) -> bytes:
    """Returns a copy of a Word file, of which `text` was read, with its notes; raises UnreadableError, NoCopyError."""
    package = Package(data)
    main = package.main()
    found, placed = placed_paragraphs(package, main)
    if found != text or not placed:
        raise NoCopyError("找不到各处文字在文件里的位置", "the places of its text in the file are not known")
    xml = XmlPart(package, main)
    comments = Comments(package, main)
    starts = [one.span.start for one in placed]
    cells = {one: cell for cell in main.root.iter(TC) for one in cell.iter(P)}
    marked: dict[Element, MarkedParagraph] = {}
    shaded: dict[Element, None] = {}
    for key, note in enumerate(notes, comments.first):
        first, last = _around(placed, starts, note.span)
        for one in (placed[first], placed[last]):
            if one.element not in marked:
                marked[one.element] = MarkedParagraph(xml, one.element)
        _comment(key, note.span, placed[first], placed[last], marked)
        if note.is_wrong and placed[first].location.row is not None:
            shaded |= dict.fromkeys(cells[one.element] for one in placed[first : last + 1] if one.element in cells)
    edits = [edit for paragraph in marked.values() for edit in paragraph.edits()]
    edits += [_shading(xml, cell) for cell in shaded]
    parts = {main.name: xml.encoded(edited(xml.data, edits)), **comments.parts(notes, is_strict=xml.is_strict)}
    return packed(data, package, parts)


def _around(placed: Sequence[PlacedParagraph], starts: Sequence[int], span: Span) -> tuple[int, int]:
    """Returns the numbers of the first and the last paragraph that a span is in: more than one in a row of a table."""
    before = max(0, bisect_right(starts, span.start) - 1)
    here = [
        at
        for at in range(bisect_left(starts, placed[before].span.start), max(before, bisect_left(starts, span.end)) + 1)
        if at < len(placed) and _meet(placed[at].span, span)
    ]
    first = here[0] if here else before
    row = placed[first].location._replace(column=None)
    same = [at for at in here if row.row is not None and placed[at].location._replace(column=None) == row]
    return first, same[-1] if same else first


def _meet(one: Span, span: Span) -> bool:
    return one.start == span.start or (one.start < span.end and span.start < one.end)


def _comment(
    key: int, span: Span, first: PlacedParagraph, last: PlacedParagraph, marked: Mapping[Element, MarkedParagraph]
) -> None:
    """Puts in a comment: at the words, or at all of the paragraph if there are none."""
    start = span.start if first.pieces and first.span.start < span.start < first.span.end else None
    end = span.end if last.pieces and last.span.start < span.end < last.span.end else None
    if first.element is last.element and ((start is None and end is None) or span.start == span.end):
        marked[first.element].enclose(key)
        return
    if start is None and first.pieces:
        start = first.span.start
    if end is None and last.pieces:
        end = last.span.end
    marked[first.element].add("start", key, first.pieces, start)
    marked[last.element].add("end", key, last.pieces, end)


def _shading(xml: XmlPart, cell: Element) -> Edit:
    """Returns what gives a cell a ground, in the place of the one that it has."""
    shade = xml.word(cell, "shd", {"val": "clear", "color": "auto", "fill": _SHADE})
    properties = cell.find(TCPR)
    place = xml.places[cell if properties is None else properties]
    if properties is None or place.is_one_tag:
        # A cell holds a paragraph, and so is never one tag.
        start, end = (place.inner, place.inner) if properties is None else (place.start, place.end)
        return Edit(start, end, 0, xml.word(cell, "tcPr").removesuffix(b"/>") + b">" + shade + b"</w:tcPr>")
    old = properties.find(_SHADING)
    if old is not None:
        return Edit(xml.places[old].start, xml.places[old].end, 0, shade)
    before = [xml.places[one].end for one in properties if one.tag in _BEFORE_SHADE]
    at = max(before, default=place.inner)
    return Edit(at, at, 0, shade)


def _text_at(kind: Literal["start", "end"], pieces: Sequence[Piece], at: int) -> tuple[Element, int] | None:
    """Returns the text in which a mark stands, and behind how many of its characters; None if no text is there.

    A sign that is no text is taken into the comment.
    """
    if kind == "start":
        numbers = range(bisect_right(pieces, at, key=lambda one: one.start) - 1, -1, -1)
    else:
        numbers = range(bisect_left(pieces, at, key=lambda one: one.start + len(one.text)), len(pieces))
    texts = (pieces[number] for number in numbers)
    piece = next((one for one in texts if one.origin is not None and one.text), None)
    if piece is None or piece.origin is None:
        return None
    return piece.origin, min(max(0, at - piece.start), len(piece.text))
