"""Writes PDF files as WPS does: text, lines and pictures at given places, and a font with the glyphs that are used.

Places are in points from the top left corner of a page. Text is written in numbers of glyphs (Identity-H), and a
ToUnicode map says what they mean. All glyphs are black squares: no reader of text looks at them.
"""

import re
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tests.office.truetype import squares

A4 = (595.0, 842.0)
_ASCENT = 0.86
_FONT = 10
_TEXT = re.compile(r"<((?:[0-9a-f]{4})*)> Tj")
NAMELESS = "\ue000"
"""A character of which the file does not say what it means."""


class Look(NamedTuple):
    """How a program writes its files."""

    producer: str = "WPS Writer"
    rules: str = "fill"
    """`fill`: thin filled rectangles; `line`: stroked lines; `box`: a stroked rectangle for each cell."""
    glyphs: bool = True
    """Whether each character is placed by itself."""
    form: bool = False
    """Whether the lines are in a form that is drawn half as large and then enlarged."""
    rotated: bool = False
    """Whether the page is stored lying and shown upright."""


LOOK = Look()


def wide(text: str, size: float) -> float:
    """Returns how wide a text is drawn."""
    return sum(size / 2 if character.isascii() else size for character in text)


def glyphs(x: float, y: float, text: str, size: float, look: Look = LOOK) -> str:
    """Returns what draws a text whose characters begin at a place, `y` being their top."""
    found = ""
    base = A4[1] - y - _ASCENT * size
    for piece in text if look.glyphs else [text]:
        if piece != " ":
            found += f"BT /F1 {size:g} Tf 1 0 0 1 {x:.2f} {base:.2f} Tm <{_hex(piece)}> Tj ET\n"
        x += wide(piece, size)
    return found


def replaced(drawing: str, text: str, name: str = "") -> str:
    """Returns a drawing for which a text stands; all of one name share it, as some programs write it."""
    said = f"/{name}" if name else f"<</ActualText <FEFF{_hex(text)}>>>"
    return f"/Span {said} BDC\n{drawing}EMC\n"


def rule(x0: float, y0: float, x1: float, y1: float, look: Look = LOOK) -> str:
    """Returns what draws a line along an axis."""
    if look.rules == "fill":
        wide_, high = max(x1 - x0, 0.48), max(y1 - y0, 0.48)
        return f"{x0 - 0.24:.2f} {A4[1] - y1 - 0.24:.2f} {wide_:.2f} {high:.2f} re f\n"
    return f"0.5 w {x0:.2f} {A4[1] - y0:.2f} m {x1:.2f} {A4[1] - y1:.2f} l S\n"


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    """Returns what draws the sides of a rectangle."""
    return f"0.5 w {x0:.2f} {A4[1] - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S\n"


def ground(x0: float, y0: float, x1: float, y1: float) -> str:
    """Returns what fills a rectangle with grey."""
    return f"q 0.9 g {x0:.2f} {A4[1] - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f Q\n"


def picture(x0: float = 0, y0: float = 0, x1: float = A4[0], y1: float = A4[1]) -> str:
    """Returns what draws a picture, by default all over the page."""
    return f"q {x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0:.2f} {A4[1] - y1:.2f} cm /Im1 Do Q\n"


def mark(kind: str, x0: float, y0: float, x1: float, y1: float, more: str = "") -> str:
    """Returns an annotation of a kind, as `StrikeOut`, that covers a rectangle, with other entries of it."""
    left, below, right, above = x0, A4[1] - y1, x1, A4[1] - y0
    corners = f"{left:g} {above:g} {right:g} {above:g} {left:g} {below:g} {right:g} {below:g}"
    quads = f"/QuadPoints[{corners}]" if kind == "StrikeOut" else ""
    return f"<</Type/Annot/Subtype/{kind}/Rect[{left:g} {below:g} {right:g} {above:g}]{quads}{more}>>"


def pdf_file(pages: Sequence[str], look: Look = LOOK, shared: Mapping[str, str] = {}, marks: str = "") -> bytes:
    """Returns a file with pages that such drawings make, annotations on each.

    `shared` are replacement texts by name.
    """
    characters = sorted({character for page in pages for character in _characters(page)})
    numbers = {character: f"{number:04x}" for number, character in enumerate(characters, 1)}
    widths = [1000, *(500 if character.isascii() else 1000 for character in characters)]
    named = "".join(f"/{name} <</ActualText <FEFF{_hex(text)}>>>" for name, text in shared.items())
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: b"<</Type/Font/Subtype/Type0/BaseFont/FangSong/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        4: (
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
            f"/Supplement 0>>/FontDescriptor 5 0 R/CIDToGIDMap/Identity/DW 1000/W[0[{' '.join(map(str, widths))}]]>>"
        ).encode(),
        5: b"<</Type/FontDescriptor/FontName/FangSong/Flags 4/FontBBox[0 -141 1000 859]/ItalicAngle 0/Ascent 859"
        b"/Descent -141/CapHeight 700/StemV 80/FontFile2 %d 0 R>>" % _FONT,
        _FONT: _stream("", squares(widths)),
        6: _stream("", _to_unicode(characters)),
        7: _stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80"),
        8: f"<</Producer({look.producer})>>".encode(),
        9: f"<</Font<</F1 3 0 R>>/XObject<</Im1 7 0 R>>/Properties<<{named}>>>>".encode(),
    }
    kids: list[str] = []
    for page in pages:
        number = 11 + 3 * len(kids)
        kids.append(f"{number} 0 R")
        turn = "/Rotate 90" if look.rotated else ""
        size = f"{A4[1]:g} {A4[0]:g}" if look.rotated else f"{A4[0]:g} {A4[1]:g}"
        page = _TEXT.sub(lambda text: f"<{''.join(numbers[one] for one in _said(text[1]))}> Tj", page)
        content = f"q 0 1 -1 0 {A4[1]:g} 0 cm\n{page}Q\n" if look.rotated else page
        if look.form:
            form = "/Type/XObject/Subtype/Form/BBox[-9999 -9999 9999 9999]/Matrix[2 0 0 2 0 0]/Resources 9 0 R"
            objects[number + 2] = _stream(form, f"0.5 0 0 0.5 0 0 cm\n{content}".encode())
            content = "/Fm1 Do\n"
        resources = f"<</XObject<</Fm1 {number + 2} 0 R>>>>" if look.form else "9 0 R"
        objects[number] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]{turn}/Resources {resources}/Contents {number + 1} 0 R"
            f"/Annots[{marks}]>>"
        ).encode()
        objects[number + 1] = _stream("", content.encode())
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _file(objects)


def _file(objects: Mapping[int, bytes], trailer: str = "") -> bytes:
    data = b"%PDF-1.5\n%\xe4\xe5\xe6\n"
    places: dict[int, int] = {}
    for number in sorted(objects):
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    last = max(objects)
    table = [b"%010d 65535 f \n" % 0]
    table += [b"%010d 00000 n \n" % places[n] if n in places else b"%010d 65535 f \n" % 0 for n in range(1, last + 1)]
    end = f"trailer\n<</Size {last + 1}/Root 1 0 R/Info 8 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + b"xref\n0 %d\n" % (last + 1) + b"".join(table) + end.encode()


def with_password(data: bytes) -> bytes:
    """Returns the file marked as encrypted with a password that nobody knows."""
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>/ID[<33><33>]"
    at = data.rindex(b"/Root 1 0 R")
    return data[:at] + lock.encode() + data[at:]


def _stream(entries: str, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return f"<<{entries}/Filter/FlateDecode/Length {len(packed)}>>stream\n".encode() + packed + b"\nendstream"


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _said(code: str) -> str:
    return bytes.fromhex(code).decode("utf-16-be", "replace")


def _characters(page: str) -> Iterable[str]:
    return (character for code in _TEXT.findall(page) for character in _said(code))


def _to_unicode(characters: Sequence[str]) -> bytes:
    pairs = [f"<{number:04x}> <{_hex(one)}>" for number, one in enumerate(characters, 1) if one not in NAMELESS]
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    found = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{found}endcmap end end"
    ).encode()
