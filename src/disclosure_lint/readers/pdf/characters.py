"""The characters of a page: what they are, and where they stand."""

import ctypes
import re
from itertools import repeat
from typing import NamedTuple

import pypdfium2_raw as raw

from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.geometry import Frame, Run

_TOKEN = re.compile(r"[^\s\x00-\x1f]+")
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that is drawn but has no meaning in the file."""


class Characters(NamedTuple):
    """All characters of a page, in the order of its content, with those that PDFium puts between words and lines."""

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]


def read_characters(text_page: int, count: int, frame: Frame) -> Characters:
    """Returns the characters of a page."""
    flat = library.boxes(text_page, 0, count)
    text = _text(text_page, count)
    left, top, right, bottom = flat[::4], flat[1::4], flat[2::4], flat[3::4]
    if frame.quarters or frame.left:
        boxes = [frame.box(*one) for one in zip(left, bottom, right, top, strict=True)]
        left, top, right, bottom = map(list, zip(*boxes, strict=True)) if boxes else ([], [], [], [])
        return Characters(text, left, top, right, bottom)
    height = frame.top
    return Characters(text, left, [height - y for y in top], right, [height - y for y in bottom])


def _text(text_page: int, count: int) -> str:
    """Returns one character for each that PDFium counts."""
    memory = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(ctypes.cast(text_page, raw.FPDF_TEXTPAGE), 0, count, memory)
    text = bytes(memory)[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    unclear = list(map(library.has_no_meaning, repeat(text_page), range(count)))
    if len(text) == count and not any(unclear):
        return text
    # Characters without a meaning are left out of the text or stand there by their number in the font, and rare ones
    # take two places.
    codes = map(library.unicode_at, repeat(text_page), range(count))
    return "".join(
        [UNKNOWN if is_unclear else character(code) for code, is_unclear in zip(codes, unclear, strict=True)]
    )


def character(code: int) -> str:
    """Returns the character that a code of PDFium means."""
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else UNKNOWN


def runs(page: Characters) -> list[Run]:
    """Returns what stands together, in the order of the content."""
    _, left, top, right, bottom = page
    # Where the next character does not stand beside the one before it.
    breaks = [
        number
        for number, (end, high, low, begin, next_high, next_low) in enumerate(
            zip(right, top, bottom, left[1:], top[1:], bottom[1:], strict=False), 1
        )
        if not -0.6 < (begin - end) / (low - high + 0.01) < 0.25 or not high < (next_high + next_low) / 2 < low
    ]
    found: list[Run] = []
    waiting = iter([*breaks, len(left) + 1])
    next_break = next(waiting)
    for token in _TOKEN.finditer(page.text):
        start, end = token.span()
        while next_break <= start:
            next_break = next(waiting)
        while next_break < end:
            found.append(
                Run(left[start], top[start], right[next_break - 1], bottom[start], page.text[start:next_break], start)
            )
            start, next_break = next_break, next(waiting)
        found.append(Run(left[start], top[start], right[end - 1], bottom[start], page.text[start:end], start))
    return found
