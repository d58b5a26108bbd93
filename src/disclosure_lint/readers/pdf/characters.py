"""The characters of a page: what they are, and where they stand."""

from collections.abc import Iterable
from itertools import pairwise, product
from operator import sub
from typing import NamedTuple

from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.readers.pdf import library
from disclosure_lint.readers.pdf.geometry import Frame, Run, new
from disclosure_lint.readers.pdf.library import Handle

_TOKEN = lazy_re_compile(r"[^\s\x00-\x1f]+")
_ALIKE = lazy_re_compile("[\x01-\x1f]|[!-\u2dff]+|[^\x00-\u2dff]+")
_GAP, _OVERLAP, _RAISED = 0.25, 0.6, 0.5
"""Of the height of a character: how far the next one may be off, stand in it, and stand higher or lower."""
_INK = 3.0
_FAR = 20_000.0
"""Points: what is further off is on no page."""
_CHINESE = "\u2fff"
_FEWEST_SPACES, _LEAST_SPACE = 4, 0.3
"""Between how many characters a space shows that text is spaced out, and how many points wide."""
_AGAIN, _NEAR = 1.0, 0.1
"""Points, and part of its height: a character that is drawn again in its place is not further off."""
_LARGE, _MOST_LARGE = 1.5, 500
"""Of the height of most characters, by which one that is aslant is larger; and how many of a page are looked at."""
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
"""Stands for a character that is drawn but has no meaning in the file."""
_NO_MEANING = lazy_re_compile("[\ue000-\uf8ff\ufffd]")
_NO_TEXT = lazy_re_compile("[\x01\x03-\x08\x0e-\x1f\x7f-\x9f]")
"""What no text has at all; U+0002 is PDFium's for a hyphen."""
_FEWEST_LOST, _LOST, _WEIGHT = 10, 0.05, 5
"""So many characters, and so many of all, are lost where fonts do not say what their glyphs mean. Signs of lists may be
without a meaning too, but one control character counts for some that became other letters.
"""


class Characters(NamedTuple):
    """All characters of a page, in the order of its content, with those that PDFium puts between words and lines."""

    text: str
    left: list[float]
    top: list[float]
    right: list[float]
    bottom: list[float]
    """Of each; y upwards."""
    height: float
    """The y of the page's upper edge."""
    handle: Handle
    """The text of the page as PDFium has it."""

    def owner(self, at: int) -> int:
        """Returns the number of the text object of a character: what one command draws is one."""
        return library.owner(self.handle, at)

    def step(self, before: int, after: int) -> float:
        """Returns how much higher or lower a character stands than the one before it, by the lines they stand on."""
        return library.step(self.handle, before, after)

    def colour(self, at: int) -> tuple[int, ...]:
        """Returns red, green, blue and opacity of a character."""
        return library.fill_colour(self.handle, at)


def read_characters(text_page: Handle, count: int, frame: Frame) -> Characters:
    """Returns the characters of a page."""
    left, top, right, bottom = library.boxes(text_page, 0, count)
    text = _drawn_once(text_page, _text(text_page, count), left, top, bottom)
    text = _without_slanting(text_page, text, top, bottom)
    if not count or not (frame.quarters or frame.left):
        return Characters(text, left, top, right, bottom, frame.top, text_page)
    boxes = [frame.box(*one) for one in zip(left, bottom, right, top, strict=True)]
    left, top, right, bottom = map(list, zip(*boxes, strict=True))
    return Characters(text, left, [-y for y in top], right, [-y for y in bottom], 0.0, text_page)


def _text(text_page: Handle, count: int) -> str:
    """Returns one character for each that PDFium counts."""
    text = library.text(text_page, count)
    # A font says what its characters mean, or does not: the first of those that are alike tells it for all.
    samples = [match.start() for match in _ALIKE.finditer(text)]
    if len(text) == count and not any(library.without_meaning(text_page, samples)):
        return text
    # Characters without a meaning are left out of the text or stand there by their number in the font, and rare ones
    # take two places.
    return "".join(character(text_page, at) for at in range(count))


def _drawn_once(text_page: Handle, text: str, left: list[float], top: list[float], bottom: list[float]) -> str:
    """Returns a text with a space for each character that is drawn again in its place, as some programs make it bold.

    What one object draws twice in a place are two characters: the font says so of one glyph.
    """
    places: dict[tuple[str, float, float], int] = {}
    again: list[tuple[int, int]] = []
    side = 2 * _AGAIN
    for at, (one, x, y) in enumerate(zip(text, left, top, strict=True)):
        if one <= " ":
            continue
        xs, ys = ((x - _AGAIN) // side, (x + _AGAIN) // side), ((y - _AGAIN) // side, (y + _AGAIN) // side)
        for key in product(one, xs, ys):
            before = places.get(key)
            if before is not None:
                high = top[before] - bottom[before]
                near = min(_AGAIN, _NEAR * high)
                if abs(left[before] - x) < near > abs(top[before] - y) and abs(y - bottom[at] - high) < near:
                    again.append((before, at))
                    break
        else:
            places[one, x // side, y // side] = at
    if not again:
        return text
    owners = library.owners(text_page, len(text))
    found = list(text)
    for before, at in again:
        if owners[before] != owners[at]:
            found[at] = " "
    return "".join(found)


def _without_slanting(text_page: Handle, text: str, top: list[float], bottom: list[float]) -> str:
    """Returns a text with a space for each large character that is drawn aslant, as watermarks are."""
    heights = list(map(sub, top, bottom))
    most = _LARGE * sorted(heights)[len(heights) // 2] if heights else 0.0
    large = [at for at, high in enumerate(heights) if high > most and text[at] > " "]
    aslant = {at for at in large[:_MOST_LARGE] if library.is_aslant(text_page, at)}
    return "".join(" " if at in aslant else one for at, one in enumerate(text)) if aslant else text


def is_undecodable(text: str) -> bool:
    """Says whether the text of a page is not what stands there, for want of what tells the meaning of glyphs."""
    lost = len(_NO_MEANING.findall(text)) + _WEIGHT * len(_NO_TEXT.findall(text))
    return lost >= _FEWEST_LOST and lost > _LOST * sum(map(len, text.split()))


def character(text_page: Handle, at: int) -> str:
    """Returns a character by its code, UNKNOWN if the file does not say what it means."""
    if any(library.without_meaning(text_page, (at,))):
        return UNKNOWN
    code = library.code(text_page, at)
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else UNKNOWN


def runs(page: Characters) -> list[Run]:
    """Returns what stands together, in the order of the content."""
    text, left, top, right, bottom, height, _ = page
    found: list[Run] = []
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if end - start > 1 and not _is_one(page, start, end):
            found += _parts(page, start, end)
            continue
        begin, after, high, low = left[start], right[end - 1], top[start], bottom[start]
        if -_FAR < begin <= after < _FAR and -_FAR < low <= high < _FAR:
            run = new(Run, (begin, height - high, after, height - low, token.group(), start))
            found.append(run if high - low > _INK + 0.1 else _tall(run))
    return found


def _is_one(page: Characters, start: int, end: int) -> bool:
    """Says whether characters stand beside each other at one height."""
    _, left, top, right, bottom, *_ = page
    tops = top[start:end]
    high = tops[0] - bottom[start]
    gaps = list(map(sub, left[start + 1 : end], right[start : end - 1]))
    if max(gaps) >= _GAP * high or min(gaps) <= -_OVERLAP * high:
        return False
    least, most = min(tops), max(tops)
    return least == most or (most - least < _RAISED * high and max(bottom[start:end]) < least)


def _parts(page: Characters, start: int, end: int) -> list[Run]:
    """Returns characters as runs, parted where the next one does not stand beside the one before it."""
    _, left, top, right, bottom, *_ = page
    begins = [start]
    for at in range(start + 1, end):
        high = top[at - 1] - bottom[at - 1]
        beside = -_OVERLAP * high < left[at] - right[at - 1] < _GAP * high
        if not (beside and bottom[at - 1] < (top[at] + bottom[at]) / 2 < top[at - 1]):
            begins.append(at)
    found = []
    for begin, after in pairwise([*begins, end]):
        found += run_of(page, begin, after)
    return found


def run_of(page: Characters, start: int, end: int) -> list[Run]:
    """Returns some characters as a run; none if it is not on any page."""
    top, bottom = page.height - page.top[start], page.height - page.bottom[start]
    run = Run(page.left[start], top, page.right[end - 1], bottom, page.text[start:end], start)
    return [_tall(run)] if is_near(run) else []


def _tall(run: Run) -> Run:
    """Returns a run that is as high as a character: some fonts only tell how high the ink is, as that of 一."""
    if run.bottom - run.top > _INK:
        return run
    middle, half = (run.top + run.bottom) / 2, max(_INK, (run.right - run.left) / len(run.text)) / 2
    return run._replace(top=middle - half, bottom=middle + half)


def space_of(page: Characters, runs: Iterable[Run]) -> float:
    """Returns with how wide a space text is spaced out, 0 if it is not.

    The Chinese characters tell, which stand close together elsewhere.
    """
    text, left, top, right, bottom, *_ = page
    places = sorted(at for run in runs if run.first >= 0 for at in range(run.first, run.first + len(run.text)))
    spaces = sorted(
        left[after] - right[before]
        for before, after in pairwise(places)
        if text[before] > _CHINESE < text[after]
        and not text[before + 1 : after].strip()
        and bottom[before] < (top[after] + bottom[after]) / 2 < top[before]
    )
    space = spaces[len(spaces) // 2] if len(spaces) >= _FEWEST_SPACES else 0.0
    return space if space > _LEAST_SPACE else 0.0


def is_near(run: Run) -> bool:
    """Says whether a run may be on a page; damaged files have text that is nowhere."""
    return -_FAR < run.left <= run.right < _FAR and -_FAR < run.top <= run.bottom < _FAR
