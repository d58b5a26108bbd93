"""PDF files, damaged at random in their bytes, their content and their objects.

They are read by the process in which PDFium runs, as ever; where that process fell, the file is read once more by
itself: if PDFium fell, and nothing with it, this is counted; if it was our code, that is an error.
"""

import re
import subprocess
import sys
import zlib
from functools import lru_cache
from random import Random

from disclosure_lint.readers.pdf.problems import crashed, too_slow
from tests.fuzz.mutations import torn
from tests.fuzz.pieces import PIECES
from tests.fuzz.soundness import default_linter, sound
from tests.generation import SIZES, make
from tests.generation.official import official
from tests.office.pdf import box, glyphs, ground, pdf_file, picture, replaced, rule
from tests.office.pdf_pages import SHEETS, pages_of

_AGAIN = """
import sys
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.readers.pdf.reading import read_pdf
try:
    read_pdf("", sys.stdin.buffer.read())
except (UnreadableError, MemoryError):
    pass
"""
_ABSURD = ("", "0", "-1", "99999999999", "1e30", "0.00001", "nan", "null", "[]", "<<>>", "/X", "(x)", "1 0 R", "7 0 R")


def check(kind: str, data: bytes) -> str:
    """Lints a file; returns its status, or that PDFium fell. AssertionError if it is not sound, or our code fell."""
    result = sound(default_linter(), data, "a.pdf")
    if any(crashed().zh in one.message.zh for one in result.diagnostics):
        return f"fell {_how_it_ended(kind, data)}"
    return "slow" if any(too_slow().zh in one.message.zh for one in result.diagnostics) else result.status


def _how_it_ended(kind: str, data: bytes) -> int:
    """Returns the exit status of a process that reads the bytes by itself."""
    ended = subprocess.run([sys.executable, "-c", _AGAIN, kind], input=data, capture_output=True)
    assert b"Traceback" not in ended.stderr, ended.stderr
    return ended.returncode


@lru_cache(maxsize=8)
def pages(number: int) -> tuple[str, ...]:
    """Returns what draws the pages of one of some reports."""
    rng = Random(f"good {number}")
    blocks = official(make(rng, rng.choice(SIZES), rng.choice(("2021", "2019"))), rng)
    return tuple(pages_of(blocks, SHEETS[number % len(SHEETS)]))


@lru_cache(maxsize=8)
def good(number: int) -> bytes:
    """Returns one of some whole files."""
    return pdf_file(pages(number), SHEETS[number % len(SHEETS)].look)


def damaged_bytes(rng: Random) -> bytes:
    """Returns a file with some bytes changed, lost or repeated; streams may no longer unpack."""
    return torn(good(rng.randrange(8)), rng, (b"endo", b"\0\0\0\0", b"<<<<", b"obj ", b"stre"))


def damaged_content(rng: Random) -> bytes:
    """Returns a whole file whose pages draw something else."""
    number = rng.randrange(8)
    found = [_drawn_otherwise(page, rng) for page in pages(number)]
    if rng.random() < 0.1:
        rng.shuffle(found)
    return pdf_file(found, SHEETS[number % len(SHEETS)].look, {"P0": rng.choice(PIECES)[:9]})


def _drawn_otherwise(page: str, rng: Random) -> str:
    lines = page.splitlines(keepends=True)
    for _ in range(rng.choice((0, 1, 3, 10, 60))):
        at, other = rng.randrange(len(lines) + 1), rng.randrange(len(lines) + 1)
        first, last = min(at, other), min(max(at, other), min(at, other) + 40)
        match rng.randrange(6):
            case 0:
                del lines[first:last]
            case 1:
                lines[first:first] = lines[first:last]
            case 2:
                lines.insert(at, _drawing(rng))
            case 3:
                lines[first:last] = [_with_other_number(line, rng) for line in lines[first:last]]
            case 4:
                lines[first:last] = [
                    replaced("".join(lines[first:last]), rng.choice(PIECES)[:20], rng.choice(("", "P0")))
                ]
            case _:
                lines.insert(
                    at, rng.choice(("q\n", "Q\n", "0.5 0 0 0.5 0 0 cm\n", "/Fm1 Do\n", "BT\n", "ET\n", "3 Tr\n"))
                )
        lines = lines or ["\n"]
    return "".join(lines)


def _drawing(rng: Random) -> str:
    x0, x1 = sorted(rng.choice((0, 75, 80, 200, 400, 520, 900, -50)) + rng.random() for _ in range(2))
    y0, y1 = sorted(rng.choice((0, 75, 80, 200, 400, 760, 900, -50)) + rng.random() for _ in range(2))
    text = re.sub("[\x00-\x1f\ud800-\udfff\U00010000-\U0010ffff]", "", rng.choice(PIECES))[:40]
    return rng.choice(
        (
            rule(x0, y0, x1, y0),
            rule(x0, y0, x0, y1),
            box(x0, y0, x1, y1),
            ground(x0, y0, x1, y1),
            picture(x0, y0, x1, y1),
            glyphs(x0, y0, text, rng.choice((1, 9, 14, 200))),
            glyphs(x0, y0, text, 12, SHEETS[1].look),
        )
    )


def _with_other_number(line: str, rng: Random) -> str:
    numbers = list(re.finditer(r"(?<![\w/.])-?[\d.]+(?![\w.])", line))
    if not numbers:
        return line
    start, end = rng.choice(numbers).span()
    return line[:start] + rng.choice(("0", "1", "-1", "1000", "1e9", "0.001", "99999999999", "421.5")) + line[end:]


def damaged_objects(rng: Random) -> bytes:
    """Returns a file in which entries of objects say something else; most can still be opened."""
    data = good(rng.randrange(8))
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        entries = list(re.finditer(rb"/(\w+)\s*(\d+ 0 R|-?[\d.]+|/\w+|\[[^\[\]]{,80}\])", data))
        if not entries:
            return data
        one = rng.choice(entries)
        value = rng.choice((*_ABSURD, f"{rng.randrange(1, 30)} 0 R", f"/{rng.choice(entries)[1].decode()}"))
        data = data[: one.start(2)] + value.encode() + data[one.end(2) :]
    if rng.random() < 0.2:
        packed = zlib.compress(b"".join(rng.choice((b"q ", b"/Fm1 Do ", b"1 1 l ", b"BT ")) for _ in range(3000)))
        data = data.replace(b"stream\n", b"stream\n" + packed + b"\nendstream\nstream\n", 1)
    return data


DAMAGES = {"bytes": damaged_bytes, "content": damaged_content, "objects": damaged_objects}
