"""Where the paragraphs of a Word file come to stand in its text, and which element each of their characters is from.

For who writes into the file; reading alone needs none of it.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from disclosure_lint.model.document import Location
from disclosure_lint.model.source import Span
from disclosure_lint.readers.docx.names import PPR, TEXT_BOX, P
from disclosure_lint.readers.docx.package import Package, Part
from disclosure_lint.readers.docx.paragraphs import read_pieces
from disclosure_lint.readers.docx.reading import Story
from disclosure_lint.readers.docx.styles import Styles


class Piece(NamedTuple):
    """Characters that stand beside each other."""

    start: int
    """Where in the text."""
    text: str
    origin: Element | None
    """The element that holds them as its text; None for signs that are written otherwise."""


class PlacedParagraph(NamedTuple):
    """A paragraph that stands somewhere."""

    span: Span
    """Where in the text; empty if it is blank."""
    location: Location
    element: Element
    """The paragraph; for a text box or a note, which hold no comments, the one that they are tied to."""
    pieces: tuple[Piece, ...] = ()
    """What stands in it, in order; nothing for a text box or a note."""


def placed_paragraphs(package: Package, main: Part) -> tuple[str, list[PlacedParagraph]]:
    """Returns the text of a file and its paragraphs in the order of their places; raises UnreadableError."""
    story = Story(package, main)
    boxed = {one for box in main.root.iter(TEXT_BOX) for one in box.iter(P)}
    own = {one for one in main.root.iter(P) if one not in boxed}
    noted = (one for part in story.notes if part is not None for one in part.root.iter(P))
    body = story.written({*own, *boxed, *noted})
    text, _ = body.page.finish()
    # What stands in a row that was deleted, or is covered by a merged cell, is in no row.
    found = [(one, *at) for one, at in body.found.items() if at[1].table is None or at[1].row is not None]
    hosts: dict[Location, Element] = {}
    together: dict[Span, list[tuple[Element, Location]]] = {}
    for element, span, location in found:
        if element in own:
            hosts.setdefault(location, element)
            together.setdefault(span, []).append((element, location))
    placed = [one for span, members in together.items() for one in _parted(text, span, members, story.styles)]
    placed += [
        PlacedParagraph(span, location, hosts[location])
        for element, span, location in found
        if element not in own and location in hosts
    ]
    return text, sorted(placed, key=lambda one: one.span)


def _parted(
    text: str, span: Span, members: Iterable[tuple[Element, Location]], styles: Styles
) -> Iterator[PlacedParagraph]:
    """Yields the paragraphs that share a place in their order: those of a cell, or joined since an end was deleted."""
    cursor = span.start
    for element, location in members:
        hidden = styles.look(element.find(PPR)).hidden
        pieces = read_pieces(element, styles, hidden=hidden)
        words = "".join(piece for piece, _ in pieces)
        if location.table is not None:
            words = words.replace("\n", " ")
        bare = words.strip()
        at = text.find(bare, cursor, span.end)
        if at < 0 or not bare:
            yield PlacedParagraph(Span(cursor, cursor), location, element)
            continue
        start = at - words.index(bare)
        cursor = at + len(bare)
        yield PlacedParagraph(Span(at, cursor), location, element, tuple(_placed(pieces, start)))


def _placed(pieces: Iterable[tuple[str, Element | None]], start: int) -> Iterator[Piece]:
    for piece, origin in pieces:
        yield Piece(start, piece, origin)
        start += len(piece)
