"""Times of reading a Word file against only unpacking and parsing its XML: `python -m benchmarks.docx [FILE …]`.

Without files, generated reports in the layout of the official template are read, bare and with the properties that
Word writes at every cell, paragraph and run.
"""

import re
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from random import Random
from xml.etree import ElementTree as Xml
from zipfile import ZipFile

from benchmarks.measuring import least_time
from disclosure_lint.readers.docx.reading import read_docx
from tests.generation import SIZES, make
from tests.generation.official import Block, official
from tests.office.docx import document, package
from tests.office.official import as_docx, block_xml


def main(paths: list[str]) -> None:
    """Prints the least times in milliseconds of parsing and of reading, and their ratio, for each file."""
    files = [(path, Path(path).read_bytes()) for path in paths] or _generated()
    print(f"{'file':30} {'XML kB':>7} {'parse':>7} {'read':>7} {'ratio':>6}")
    for name, data in files:
        size, parse, read = sum(map(len, _parts(data))) / 1000, least_time(_parse, data), least_time(_read, data)
        print(f"{name[-30:]:30} {size:7.0f} {parse:7.2f} {read:7.2f} {read / parse:6.2f}")


def _generated() -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for size in SIZES:
        rng = Random(f"docx {size}")
        blocks = official(make(rng, size), rng)
        found += [(f"{size}, bare", as_docx(blocks)), (f"{size}, as Word writes", as_word_writes(blocks))]
    return found


def as_word_writes(blocks: Sequence[Block]) -> bytes:
    """Returns a report as a Word file with properties everywhere, most of which say nothing new."""
    xml = document(*map(block_xml, blocks))
    xml = xml.replace("<w:r>", f'<w:r w:rsidRPr="00AB12CD"><w:rPr>{_FONT}</w:rPr>')
    xml = xml.replace("<w:p>", '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD" w:rsidP="00AB12CD">')
    xml = _PARAGRAPH.sub(rf"\1<w:pPr>{_SPACING}<w:rPr>{_FONT}</w:rPr></w:pPr>", xml)
    xml = xml.replace("</w:tcPr>", f"{_BORDERS}</w:tcPr>")
    return package(xml)


_FONT = (
    '<w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="宋体" w:cs="宋体" w:hint="eastAsia"/>'
    '<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:bidi="ar"/>'
)
_SPACING = '<w:widowControl/><w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="center"/>'
_BORDERS = (
    '<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    '<w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders><w:vAlign w:val="center"/>'
)
_PARAGRAPH = re.compile(r"(<w:p (?:[^>]*)>)(?!<w:pPr>)")


def _parts(data: bytes) -> list[bytes]:
    wanted = ("document.xml", "styles.xml", "numbering.xml", "footnotes.xml", "endnotes.xml", ".rels")
    with ZipFile(BytesIO(data)) as file:
        return [
            file.read(name) for name in file.namelist() if name.startswith(("word/", "_rels")) and name.endswith(wanted)
        ]


def _parse(data: bytes) -> None:
    for part in _parts(data):
        Xml.fromstring(part)


def _read(data: bytes) -> None:
    read_docx("a.docx", data)


if __name__ == "__main__":
    main(sys.argv[1:])
