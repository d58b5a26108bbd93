"""The names of the elements that are read, and how values are taken from them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from disclosure_lint.readers.docx.problems import too_deep

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
STRICT = (
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", _W),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
)
"""Namespaces of the strict kind of file, and the usual ones that mean the same."""
MAX_DEPTH = 60
"""Elements within each other that hold text; Word itself stops at about as many."""
_ON = frozenset((None, "1", "true", "on"))
_MAX_DIGITS = 9


def w(name: str) -> str:
    """Returns the full name of a WordprocessingML element or attribute."""
    return f"{{{_W}}}{name}"


P, R, T, TBL, TR, TC, SDT = (w(name) for name in ("p", "r", "t", "tbl", "tr", "tc", "sdt"))
PPR, RPR, TRPR, TCPR = (w(name) for name in ("pPr", "rPr", "trPr", "tcPr"))
INS, DEL, MOVE_FROM, MOVE_TO = (w(name) for name in ("ins", "del", "moveFrom", "moveTo"))
VAL, ID = w("val"), w("id")
NUMBERING, LEVEL, NUMBER_ID, OUTLINE = (w(name) for name in ("numPr", "ilvl", "numId", "outlineLvl"))
VANISH, STRUCK = w("vanish"), (w("strike"), w("dstrike"))
RAISED = w("vertAlign")
UNSEEN = frozenset((VANISH, *STRUCK))
"""What takes text off the page, or says that it is to be taken for deleted."""
TEXT_BOX = w("txbxContent")
_VML, _VML_PICTURE = w("pict"), "{urn:schemas-microsoft-com:vml}imagedata"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_LEAST_WIDTH, _LEAST_HEIGHT = 8 * 360_000, 360_000
"""Of a picture that may show a table: 8 and 1 centimetres."""
ALTERNATE, _CHOICE, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Choice", f"{_MC}Fallback"
WRAPPERS = frozenset((SDT, INS, MOVE_TO, *map(w, ("sdtContent", "customXml", "smartTag", "hyperlink", "bdo", "dir"))))
"""Elements whose content stands on the page as if they were not there; DEL and MOVE_FROM are not among them."""


def value(element: Element | None, name: str) -> str | None:
    """Returns the value of a property, None if it is not there."""
    found = element.find(name) if element is not None else None
    return None if found is None else found.get(VAL)


def flag(element: Element | None, name: str) -> bool | None:
    """Returns whether a property is switched on, None if it is not there."""
    found = element.find(name) if element is not None else None
    return None if found is None else found.get(VAL) in _ON


def unseen(properties: Element | None) -> bool | None:
    """Returns whether text is hidden or struck through, None if its properties say nothing of it."""
    said = [flag(properties, name) for name in UNSEEN]
    return None if said == [None] * len(said) else True in said


def raised(properties: Element | None) -> bool | None:
    """Returns whether text stands above or below its line, None if its properties say nothing of it."""
    said = value(properties, RAISED)
    return None if said is None else said in ("superscript", "subscript")


def switched_on(element: Element, name: str) -> bool:
    """Returns whether an attribute is there and says yes."""
    return element.get(name, "0") in _ON


def number(text: str | None) -> int | None:
    """Returns a whole number, None for anything else and for more digits than a file needs."""
    if text is None or len(text) > _MAX_DIGITS or not (text.isascii() and text.removeprefix("-").isdigit()):
        return None
    return int(text)


def chosen(alternate: Element) -> Element | None:
    """Returns the one branch of alternative contents that is to be read."""
    choice = alternate.find(_CHOICE)
    return alternate.find(_FALLBACK) if choice is None else choice


def members(element: Element, wanted: frozenset[str], depth: int = 0) -> Iterator[Element]:
    """Yields the wanted elements of a container, also those within wrappers; raises UnreadableError if too deep."""
    if depth > MAX_DEPTH:
        raise too_deep()
    for child in element:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in WRAPPERS:
            yield from members(child, wanted, depth + 1)
        elif tag == ALTERNATE and (branch := chosen(child)) is not None:
            yield from members(branch, wanted, depth + 1)


def unread_object(shape: Element) -> str | None:
    """Returns what a drawing is that may hold a table and is not read: `picture` or `object`; None for another one."""
    if next(shape.iter(_OLE), None) is not None:
        return "object"
    if shape.tag == _VML:
        return "picture" if next(shape.iter(_VML_PICTURE), None) is not None else None
    data, extent = next(shape.iter(_GRAPHIC), None), next(shape.iter(_EXTENT), None)
    if data is None or extent is None or not data.get("uri", "").endswith("/picture"):
        return None
    wide, high = number(extent.get("cx")), number(extent.get("cy"))
    return "picture" if (wide or 0) >= _LEAST_WIDTH and (high or 0) >= _LEAST_HEIGHT else None


def text_boxes(shape: Element) -> Iterator[Element]:
    """Yields the contents of the text boxes of a drawing, each once, however often alternatives repeat it."""
    if next(shape.iter(TEXT_BOX), None) is None:
        return
    pending = [shape]
    while pending:
        element = pending.pop()
        if element.tag == TEXT_BOX:
            yield element
        elif element.tag == ALTERNATE:
            branch = chosen(element)
            pending += [branch] if branch is not None else []
        else:
            pending += reversed(element)
