"""Marks in a paragraph of Word: between runs, and within them, which are then split where the mark stands."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.annotate.word_package import MARKUP, XmlPart
from disclosure_lint.annotate.xml_places import Edit
from disclosure_lint.readers.docx.names import PPR, RPR, SDT, WRAPPERS, R
from disclosure_lint.readers.docx.places import Piece
from disclosure_lint.readers.docx.plain import SPACE, WHITE, text_of

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
    """A paragraph and the marks that are put in."""

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
