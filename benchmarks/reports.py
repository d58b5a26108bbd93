"""Reports in all formats for `python -m benchmarks`: `python -m benchmarks.reports FOLDER COUNT`."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from benchmarks.measuring import write_reports
from tests.generation import SIZES, make
from tests.generation.official import Block, official
from tests.office.html import from_a_site
from tests.office.official import as_docx
from tests.office.pdf_pages import as_pdf

_LAYOUTS = {"txt": "tabs", "md": "pipes"}
_OFFICE: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "docx": as_docx,
    "html": lambda blocks: from_a_site(blocks).encode(),
    "pdf": as_pdf,
}


def main(folder: Path, count: int) -> None:
    """Writes reports in all formats, each in a folder of its own, and what peers are given instead."""
    for suffix, layout in _LAYOUTS.items():
        write_reports(folder / suffix, count, "--layout", layout)
    for suffix in (*_OFFICE, "yaml"):
        (folder / suffix).mkdir()
        for number in range(count):
            rng = Random(f"{suffix} {number}")
            content = make(rng, SIZES[number % len(SIZES)])
            if suffix == "yaml":
                numbers = (f'"{name}": {value}\n' for name, value in content.numbers.items())
                data = f"---\nagency: {content.agency}\n{''.join(numbers)}".encode()
            else:
                data = _OFFICE[suffix](official(content, rng))
            (folder / suffix / f"{number:05}.{suffix}").write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
