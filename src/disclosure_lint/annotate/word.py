"""A Word file with a comment at each finding: at the very words, for which runs are split; wrong cells are shaded.

What is put in is put between the bytes of the text, which otherwise stay as they are.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from disclosure_lint.annotate.notes import Note
from disclosure_lint.annotate.refusing import NoCopyError
from disclosure_lint.annotate.word_package import Comments, XmlPart, packed
from disclosure_lint.annotate.word_runs import MarkedParagraph
from disclosure_lint.annotate.xml_places import Edit, edited
from disclosure_lint.model.source import Span
from disclosure_lint.readers.docx.names import TC, TCPR, P, w
from disclosure_lint.readers.docx.package import Package
from disclosure_lint.readers.docx.places import PlacedParagraph, placed_paragraphs

_SHADE = "FFE699"
_BEFORE_SHADE = frozenset(map(w, ("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders")))
_SHADING = w("shd")


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
