"""The address of a diagnostic: where it is, without line numbers, so that what stands above may change.

`requests[new,total]` is a cell, `requests[new,natural+total]` cells of a row; `other` is a section,
`overview[监督保障]` what is missing in it; where there is neither, `text:1a2b3c4d` is a print of the text at the place.
"""

from binascii import crc32

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import Diagnostic
from disclosure_lint.model.personal import masked
from disclosure_lint.model.report import Outline
from disclosure_lint.model.source import Source


def section_of(diagnostic: Diagnostic, outline: Outline | None) -> str | None:
    """Returns the id of the section that a diagnostic is in; of the heading too."""
    if outline is None:
        return None
    at = diagnostic.span.start
    found = (*outline.sections, *outline.repeated)
    return next((one.id for one in found if one.span.start <= at < max(one.body.end, one.span.end)), None)


def address(diagnostic: Diagnostic, outline: Outline | None, source: Source | None) -> str:
    """Returns the address of a diagnostic: the cells of its first cell's row, else the section, else a print."""
    if diagnostic.cells:
        return _cells(diagnostic.cells)
    place = section_of(diagnostic, outline)
    if place is None:
        # Of a number that short a print can be tried out.
        text = masked(squeeze(source.slice(diagnostic.span))) if source else ""
        place = f"text:{crc32(text.encode('utf-8', 'surrogatepass')):08x}"
    return f"{place}[{'+'.join(diagnostic.subject)}]" if diagnostic.subject else place


def within(address: str, wider: str) -> bool:
    """Returns whether an address names only cells, or only missing things, that a wider one names too."""
    (head, parts), (wider_head, wider_parts) = _parted(address), _parted(wider)
    return head == wider_head and parts <= wider_parts


def head(address: str) -> str:
    """Returns the part of an address that all addresses within it share."""
    return _parted(address)[0]


def _cells(cells: tuple[str, ...]) -> str:
    row = cells[0].partition(",")[0] + ","
    columns = dict.fromkeys(cell.removeprefix(row).removesuffix("]") for cell in cells if cell.startswith(row))
    return f"{row}{'+'.join(columns)}]"


def _parted(address: str) -> tuple[str, frozenset[str]]:
    opening = max(address.rfind("["), address.rfind(",")) + 1
    if not (opening and address.endswith("]")):
        return address, frozenset()
    return address[:opening], frozenset(address[opening:-1].split("+"))
