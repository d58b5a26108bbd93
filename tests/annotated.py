"""Drafts with mistakes as Word files, and what other programs than ours see in their copies with notes."""

import io
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import NamedTuple
from xml.etree import ElementTree as Xml
from zipfile import ZipFile

import docx

from disclosure_lint import FileResult
from disclosure_lint.model.characters import squeeze
from tests.generation import make
from tests.generation.official import Block, Grid, Words, official
from tests.generation.official_changes import changed
from tests.office.docx import deleted, heading, inserted, run, table, word_file
from tests.office.official import BORDERS, rows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SLIPS = ("××镇", "13912345678", "国办公开办函[2021]30号", "[单位名称]", "（待补充）")
_LOOKS = ("", "<w:b/>", '<w:sz w:val="32"/>', '<w:rFonts w:hint="eastAsia"/><w:i/>')


def draft(seed: int, form: str = "2021") -> list[Block]:
    """Returns a report with mistakes in its tables and in its words."""
    rng = Random(f"draft {seed}")
    blocks = changed(official(make(rng, "township", form), rng), rng, 3)
    places = [at for at, block in enumerate(blocks) if isinstance(block, Words) and not block.level and at > 1]
    for at in rng.sample(places, min(2, len(places))):
        text = blocks[at]
        assert isinstance(text, Words)
        cut = rng.randrange(len(text.text) + 1)
        blocks[at] = text._replace(text=text.text[:cut] + rng.choice(_SLIPS) + text.text[cut:])
    return blocks


def as_scattered_docx(blocks: Sequence[Block], rng: Random) -> bytes:
    """Returns a report as a Word file cut into runs anywhere, some of them in links or tracked changes."""
    found = []
    for block in blocks:
        if isinstance(block, Grid):
            cells = [
                [
                    cell._replace(content=_scattered(cell.content, rng))
                    if cell.content and "\n" not in cell.content and rng.random() < 0.3
                    else cell
                    for cell in row
                ]
                for row in rows(block)
            ]
            found.append(table(cells, BORDERS))
        else:
            found.append(heading(block.text, block.level) if block.level else _scattered(block.text, rng))
    return word_file(*found)


def _scattered(text: str, rng: Random) -> str:
    cuts = sorted({0, len(text), *(rng.randrange(len(text) + 1) for _ in range(rng.randrange(4)))})
    return f"<w:p>{''.join(_piece(text[a:b], rng) for a, b in pairwise(cuts))}</w:p>"


def _piece(text: str, rng: Random) -> str:
    made = run(text, rng.choice(_LOOKS))
    kind = rng.randrange(8)
    if kind == 0:
        return f'<w:hyperlink w:anchor="a">{made}</w:hyperlink>'
    if kind == 1:
        return deleted("旧") + inserted(made)
    if kind == 2:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>"
    if kind == 3:
        return f'<w:bookmarkStart w:id="7" w:name="b"/><w:proofErr w:type="spellStart"/>{made}<w:bookmarkEnd w:id="7"/>'
    return made


class SeenComment(NamedTuple):
    """A comment as a program sees it that knows the format and not our code."""

    author: str
    text: str
    words: str
    """What it is at, without white space."""
    is_shaded: bool
    """Whether it begins in a cell with a ground."""


def seen(data: bytes) -> Iterator[SeenComment]:
    """Yields the comments of a Word file in the order of their numbers."""
    with ZipFile(io.BytesIO(data)) as file:
        main = Xml.fromstring(file.read("word/document.xml"))
        comments = Xml.fromstring(file.read("word/comments.xml"))
    open_ones: dict[str, list[str]] = {}
    cells = {one: cell for cell in main.iter(f"{W}tc") for one in cell.iter()}
    shaded: dict[str, bool] = {}
    referred: list[str] = []
    for element in main.iter():
        key = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            assert key not in open_ones
            open_ones[key] = []
            cell = cells.get(element)
            shaded[key] = cell is not None and cell.find(f"{W}tcPr/{W}shd") is not None
        elif element.tag == f"{W}commentRangeEnd":
            open_ones[key].append("\0")
        elif element.tag == f"{W}commentReference":
            referred.append(key)
        elif element.tag == f"{W}t":
            for words in open_ones.values():
                words += [element.text or ""] if words[-1:] != ["\0"] else []
    assert all(words[-1] == "\0" for words in open_ones.values())
    ours = [one for one in comments if one.get(f"{W}author") == "disclosure-lint"]
    for one in ours:
        key = one.get(f"{W}id", "")
        assert referred.count(key) == 1
        text = "\n".join("".join(part.text or "" for part in line.iter(f"{W}t")) for line in one.iter(f"{W}p"))
        yield SeenComment("disclosure-lint", text, squeeze("".join(open_ones[key][:-1])), shaded[key])
    keys = [one.get(f"{W}id") for one in comments]
    assert len(keys) == len(set(keys))


def meant(result: FileResult) -> list[str]:
    """Returns the words of each finding without white space and what the text rendition puts between cells."""
    assert result.source is not None
    found = [result.source.slice(one.span).replace(" |", "") for one in result.diagnostics]
    return [squeeze(words) for words in found]


def other_parts(data: bytes) -> dict[str, bytes]:
    """Returns the parts of a Word file that have nothing to do with comments."""
    with ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        names = file.namelist()
        assert len(names) == len(set(names))
        changing = ("[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml", "word/comments.xml")
        return {name: file.read(name) for name in names if name not in changing}


def by_python_docx(data: bytes) -> list[object]:
    """Returns the text and the tables as another library reads them."""
    document = docx.Document(io.BytesIO(data))
    cells = [[[cell.text for cell in row.cells] for row in one.rows] for one in document.tables]
    return [[one.text for one in document.paragraphs], cells]
