"""A draft as a Word file."""

import io
from collections.abc import Iterator
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.drafting.sheet import sheet_of
from disclosure_lint.drafting.word_parts import WIDTH, parts
from disclosure_lint.drafting.word_table import table_xml
from disclosure_lint.drafting.word_text import paragraph

_BODY = "BodyText"
_TITLE_LINE = 20
"""So many characters of the title fit on a line."""
_PERMISSIONS = 0o600 << 16


def word_file(draft: Draft) -> bytes:
    """Returns the bytes of a .docx file, the same for the same draft."""
    blocks = [paragraph(_title(draft), "Title")] if draft.title else []
    blocks += (paragraph(text, _BODY) for text in draft.preface)
    blocks += (block for part in draft.parts for block in _part(part))
    # Word wants a paragraph after the last table.
    blocks += [] if blocks[-1].endswith("</w:p>") else [paragraph("", _BODY)]
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, text in parts("".join(blocks), draft.title).items():
            # A ZipInfo of its own has the same date, system and rights wherever it is written.
            entry = ZipInfo(name)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, 0, _PERMISSIONS
            archive.writestr(entry, text)
    return buffer.getvalue()


def _title(draft: Draft) -> str:
    """Returns the title, the agency on a line of its own if both do not fit on one."""
    if len(draft.title) <= _TITLE_LINE:
        return draft.title
    return f"{draft.agency}\n{draft.title.removeprefix(draft.agency)}"


def _part(part: Part) -> Iterator[str]:
    yield paragraph(part.heading, f"Heading{part.level - 1}")
    yield from (paragraph(text, _BODY) for text in part.paragraphs)
    for number, grid in enumerate(part.grids):
        if number:
            # Word joins tables that touch.
            yield paragraph("", _BODY)
        yield table_xml(sheet_of(grid), WIDTH)
