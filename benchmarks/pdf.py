"""Times of reading a PDF against only taking its text with pypdfium2: `python -m benchmarks.pdf [FILE …]`.

Both are measured in one process in turn, as least processor time of many rounds. The last column is the time by the
clock to have the file read by the process in which PDFium runs: sending it there, reading, and the answer back.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import pypdfium2

from disclosure_lint.readers.pdf.process import read_apart
from disclosure_lint.readers.pdf.reading import read_pdf
from tests.generation import make
from tests.generation.official import official
from tests.office.pdf_pages import SHEETS, as_pdf
from tests.office.printed import CHROMIUM, LIBRE_OFFICE

_ROUNDS = 40


def main(paths: list[str]) -> None:
    """Prints the least times in milliseconds of taking the text and of reading, and their ratio, for each file."""
    files = [(path, Path(path).read_bytes()) for path in paths] or _made()
    print(f"{'file':24} {'pages':>5} {'text':>7} {'read':>7} {'ratio':>6} {'apart':>7}")
    for name, data in files:
        pages = _text(data)
        text, read, apart = _least(data)
        print(f"{name[-24:]:24} {pages:5} {text:7.2f} {read:7.2f} {read / text:6.2f} {apart:7.2f}")


def _made() -> list[tuple[str, bytes]]:
    found = [(path.name, path.read_bytes()) for path in (CHROMIUM, LIBRE_OFFICE)]
    for number, sheet in enumerate(SHEETS):
        rng = Random(f"pdf {number}")
        found.append((f"sheet {number}", as_pdf(official(make(rng, "city"), rng), sheet)))
    return found


def _text(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    pages = len(document)
    document.close()
    return pages


def _least(data: bytes) -> tuple[float, float, float]:
    """Returns the least times, each taken in turn so that a busy moment spoils all alike."""
    works: tuple[tuple[Callable[[], object], Callable[[], float]], ...] = (
        (lambda: _text(data), process_time),
        (lambda: read_pdf("", data), process_time),
        (lambda: read_apart("", data), perf_counter),
    )
    times: list[list[float]] = [[], [], []]
    for _ in range(_ROUNDS):
        for (work, clock), taken in zip(works, times, strict=True):
            start = clock()
            work()
            taken.append(clock() - start)
    text, read, apart = (min(taken) * 1000 for taken in times)
    return text, read, apart


if __name__ == "__main__":
    main(sys.argv[1:])
