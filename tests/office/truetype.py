"""The smallest TrueType font in which every glyph is a black square: what is to be embedded in files of tests."""

import struct
from collections.abc import Sequence

_UNITS = 1000


def squares(widths: Sequence[int]) -> bytes:
    """Returns a font whose glyphs are so wide, in thousandths; the first is the one that stands for none."""
    glyphs = [_square(width) for width in widths]
    places = [0]
    for glyph in glyphs:
        places.append(places[-1] + len(glyph))
    count = len(widths)
    tables = {
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _UNITS, 0, 0, 0, -120, _UNITS, 860, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 860, -140, 0, _UNITS, 0, 0, _UNITS, 1, *[0] * 7, count),
        b"hmtx": b"".join(struct.pack(">Hh", width, 50) for width in widths),
        b"loca": struct.pack(f">{count + 1}I", *places),
        b"maxp": struct.pack(">IH13H", 0x10000, count, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _font(tables)


def _square(width: int) -> bytes:
    left, right, bottom, top = 50, width - 50, -100, 800
    ends = struct.pack(">hhhhhHH", 1, left, bottom, right, top, 3, 0)
    flags = b"\x01" * 4
    xs = struct.pack(">4h", left, 0, right - left, 0)
    ys = struct.pack(">4h", bottom, top - bottom, 0, bottom - top)
    data = ends + flags + xs + ys
    return data + b"\0" * (-len(data) % 4)


def _font(tables: dict[bytes, bytes]) -> bytes:
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 32)
    place = 12 + 16 * len(tables)
    body = b""
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, 0, place + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return directory + body
