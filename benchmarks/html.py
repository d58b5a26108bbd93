"""Times of reading a web page against only scanning it with html.parser: `python -m benchmarks.html [FILE …]`.

Without files, a generated report is read in several ways to write a page.
"""

import sys
from html.parser import HTMLParser
from pathlib import Path
from random import Random

from benchmarks.measuring import least_time
from disclosure_lint.readers.html.reading import decode_page, read_html
from tests.generation import make
from tests.generation.official import official
from tests.office.html import DIALECTS


def main(paths: list[str]) -> None:
    """Prints the least times in milliseconds of scanning and of reading, and their ratio, for each file."""
    files = [(path, Path(path).read_bytes()) for path in paths] or _generated()
    print(f"{'file':30} {'kB':>7} {'scan':>7} {'read':>7} {'ratio':>6}")
    for name, data in files:
        scan, read = least_time(_scan, data), least_time(_read, data)
        print(f"{name[-30:]:30} {len(data) / 1000:7.0f} {scan:7.2f} {read:7.2f} {read / scan:6.2f}")


def _generated() -> list[tuple[str, bytes]]:
    rng = Random("html city")
    blocks = official(make(rng, "city"), rng)
    return [(name, write(blocks)) for name, write in DIALECTS.items()]


def _scan(data: bytes) -> None:
    parser = HTMLParser()
    parser.feed(decode_page(data)[0])
    parser.close()


def _read(data: bytes) -> None:
    read_html("a.html", data)


if __name__ == "__main__":
    main(sys.argv[1:])
