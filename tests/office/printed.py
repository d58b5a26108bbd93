"""The PDF files that other programs print: `python -m tests.office.printed` prints them anew.

Chromium prints a page of HTML with borders and the browser's own header and footer, LibreOffice a Word file. Both have
to be installed; nothing else asks for them.
"""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.generation import make
from tests.generation.official import Block, Words, official
from tests.generation.official_changes import changed
from tests.office.official import as_docx

HERE = Path(__file__).resolve().parent
CHROMIUM, LIBRE_OFFICE = HERE / "chromium.pdf", HERE.parents[1] / "examples" / "bad" / "two-sums.pdf"
_STYLE = (
    'body { font-family: "WenQuanYi Micro Hei"; font-size: 14px } table { border-collapse: collapse; width: 100% } '
    "td { border: 1px solid #000; padding: 3px; text-align: center }"
)


def printed() -> list[Block]:
    """Returns the report that both files hold, with a mistake in it."""
    rng = Random("printed 26")
    return changed(official(make(rng, "county"), rng), rng, 1)


def as_html(blocks: Sequence[Block]) -> str:
    """Returns a report as a page."""
    found = [f'<!DOCTYPE html><meta charset="utf-8"><title>年报</title><style>{_STYLE}</style>']
    for block in blocks:
        if isinstance(block, Words):
            tag = f"h{block.level}" if block.level else "p"
            found.append(f"<{tag}>{block.text}</{tag}>")
            continue
        rows = [
            "".join(f'<td colspan="{one.columns}" rowspan="{one.rows}">{one.text}</td>' for one in row)
            for row in block.rows
        ]
        found.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return "\n".join(found)


def main() -> None:
    """Prints the files."""
    with tempfile.TemporaryDirectory() as folder:
        page, word = Path(folder, "年报.html"), Path(folder, f"{LIBRE_OFFICE.stem}.docx")
        page.write_text(as_html(printed()), encoding="utf-8")
        chromium = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={CHROMIUM}", str(page)]
        subprocess.run(chromium, check=True, capture_output=True)
        word.write_bytes(as_docx(printed()))
        office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(LIBRE_OFFICE.parent), str(word)]
        subprocess.run(office, check=True, capture_output=True)


if __name__ == "__main__":
    main()
