"""Damages PDF files at random, in their bytes, their content and their objects, and looks at what is said about them.

    python -m tests.fuzz.pdf [CASES [SEED]]

CASES of each kind (7000). They are read by the process in which PDFium runs, as ever; where that process ended or was
ended, the file is read once more by itself: if PDFium fell, and nothing with it, this is counted; if it was our code,
that is an error. Prints what took longest, and stops at the first case that is not sound.
"""

import re
import subprocess
import sys
import zlib
from collections import Counter
from functools import lru_cache
from random import Random
from time import perf_counter

from disclosure_lint.linter import Linter
from disclosure_lint.readers.pdf.problems import crashed, too_slow
from tests.fuzz.mutations import torn
from tests.fuzz.pieces import PIECES
from tests.fuzz.soundness import unsound
from tests.generation import SIZES, make
from tests.generation.official import official
from tests.office.pdf import box, glyphs, ground, pdf_file, picture, replaced, rule
from tests.office.pdf_pages import SHEETS, pages_of

_TOO_LONG = 25.0
"""Seconds by the clock, on a machine that has others to do; the process itself counts its processor time."""
_AGAIN = """
import sys
from random import Random
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.readers.pdf.reading import read_pdf
from tests.fuzz.pdf import DAMAGES
case = sys.argv[1]
try:
    read_pdf("", DAMAGES[case.split("/")[-1]](Random(case)))
except (UnreadableError, MemoryError):
    pass
"""
_ABSURD = ("", "0", "-1", "99999999999", "1e30", "0.00001", "nan", "null", "[]", "<<>>", "/X", "(x)", "1 0 R", "7 0 R")
_FALLS = (crashed().zh, too_slow().zh)


def main(arguments: list[str]) -> None:
    """Lints so many files of each kind."""
    count = int(arguments[0]) if arguments else 7_000
    seed = arguments[1] if len(arguments) > 1 else "1"
    linter = Linter.default()
    ends: Counter[str] = Counter()
    falls: list[str] = []
    slowest = (0.0, "")
    for number in range(count):
        for kind, damage in DAMAGES.items():
            case = f"{seed}/{number}/{kind}"
            data = damage(Random(case))
            start = perf_counter()
            result = linter.lint("a.pdf", data)
            slowest = max(slowest, (perf_counter() - start, case))
            assert slowest[0] < _TOO_LONG, slowest
            assert list(unsound(linter, result)) == [], case
            ends[f"{kind} {result.status}"] += 1
            if any(fall in one.message.zh for one in result.diagnostics for fall in _FALLS):
                falls.append(f"{case}: {_how_it_ended(case)}")
    print(
        f"{len(DAMAGES) * count} files, the slowest in {slowest[0]:.2f} s ({slowest[1]})",
        dict(sorted(ends.items())),
        f"{len(falls)} at which the process ended: {falls[:30]}",
        sep="\n",
    )


def _how_it_ended(case: str) -> int:
    """Returns the exit status of a process that reads the case by itself; 0 if it was only slow."""
    ended = subprocess.run([sys.executable, "-c", _AGAIN, case], capture_output=True, text=True)
    assert "Traceback" not in ended.stderr, (case, ended.stderr)
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


if __name__ == "__main__":
    main(sys.argv[1:])
