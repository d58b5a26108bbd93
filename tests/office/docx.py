"""A small writer of Word files: XML by hand, so that every way to write a thing can be written."""

import io
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_OFFICE}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" mc:Ignorable="w14"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
AUTHOR = 'w:id="1" w:author="云川县石桥镇" w:date="2024-01-10T09:00:00Z"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = {
    "word/document.xml": "document.main",
    "word/styles.xml": "styles",
    "word/numbering.xml": "numbering",
    "word/footnotes.xml": "footnotes",
    "word/endnotes.xml": "endnotes",
    "word/comments.xml": "comments",
    "word/header1.xml": "header",
    "word/footer1.xml": "footer",
}


class Cell(NamedTuple):
    """A cell of a table: its content as XML, or as text if it is none."""

    content: str = ""
    columns: int = 1
    below: str | None = None
    """`restart` for the first cell of some that are merged below each other, `continue` for the others."""
    properties: str = ""
    width: int = 0
    """In twentieths of a point; 0 for as wide as it must be."""


def run(text: str, properties: str = "") -> str:
    """Returns a run of text."""
    return f'<w:r>{_properties("rPr", properties)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(
    content: str = "", properties: str = "", style: str | None = None, numbered: tuple[int, int] | None = None
) -> str:
    """Returns a paragraph of XML or text; `numbered` is a list's number and the level, from 0."""
    if content and not content.startswith("<"):
        content = run(content)
    named = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if numbered:
        named += f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>'
    return f"<w:p>{_properties('pPr', named + properties)}{content}</w:p>"


def heading(text: str, level: int) -> str:
    """Returns a paragraph in the style of a heading."""
    return paragraph(text, style=f"{level}")


def table(rows: Iterable[Iterable[Cell | str]], properties: str = "") -> str:
    """Returns a table of cells, or of their texts."""
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    count = max([sum(max(1, cell.columns) for cell in row) for row in cells], default=0)
    grid = f'<w:gridCol w:w="{9000 // count}"/>' * count if 0 < count < 100 else ""
    head = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    return f"<w:tbl>{head}{''.join(map(row, cells))}</w:tbl>"


def row(cells: Iterable[Cell | str], properties: str = "") -> str:
    """Returns a row of a table."""
    return f"<w:tr>{_properties('trPr', properties)}{''.join(map(cell, cells))}</w:tr>"


def cell(cell: Cell | str) -> str:
    """Returns a cell; one of text holds a paragraph a line."""
    content, columns, below, properties, width = cell if isinstance(cell, Cell) else Cell(cell)
    if not content.startswith("<"):
        content = "".join(map(paragraph, content.split("\n")))
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    merge = f'<w:vMerge w:val="{below}"/>' if below == "restart" else "<w:vMerge/>" if below else ""
    wide = f'<w:tcW w:w="{width}" w:type="{"dxa" if width else "auto"}"/>'
    return f"<w:tc><w:tcPr>{wide}{span}{merge}{properties}</w:tcPr>{content}</w:tc>"


def _properties(name: str, content: str) -> str:
    return f"<w:{name}>{content}</w:{name}>" if content else ""


def inserted(content: str) -> str:
    """Returns what was put in while changes were tracked."""
    return f"<w:ins {AUTHOR}>{content if content.startswith('<') else run(content)}</w:ins>"


def deleted(text: str) -> str:
    """Returns what was taken out while changes were tracked."""
    return f'<w:del {AUTHOR}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def field(instruction: str, *result: str) -> str:
    """Returns a field and what came of it, as runs."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
    return marks[0] + code + marks[1] + "".join(result) + marks[2]


def text_box(content: str) -> str:
    """Returns a run with a text box as Word writes it: a drawing, and the same again for older programs."""
    inside = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def styles(*more: str) -> str:
    """Returns a part with the usual styles: Normal and headings 1 to 6, as WPS and Word in Chinese name them."""
    found = ['<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>']
    found += [
        f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="a"/>'
        f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
        for level in range(1, 7)
    ]
    return _root("styles", "".join([*found, *more]))


def numbering(*lists: Mapping[int, tuple[str, str]] | str) -> str:
    """Returns a part with lists, numbered from 1: for each level the format and the text, or the XML of its levels."""
    patterns, numbers = [], []
    for key, levels in enumerate(lists, 1):
        content = levels if isinstance(levels, str) else "".join(level(at, *what) for at, what in levels.items())
        patterns.append(f'<w:abstractNum w:abstractNumId="{key}">{content}</w:abstractNum>')
        numbers.append(f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>')
    return _root("numbering", "".join(patterns + numbers))


def level(at: int, output_format: str, text: str, more: str = "", start: int = 1) -> str:
    """Returns a level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{output_format}"/>'
        f"<w:lvlText w:val={quoteattr(text)}/>{more}</w:lvl>"
    )


def notes(kind: str, contents: Mapping[int, str]) -> str:
    """Returns a part with notes by their ids; `kind` is `footnote` or `endnote`."""
    found = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    found += "".join(f'<w:{kind} w:id="{key}">{content}</w:{kind}>' for key, content in contents.items())
    return _root(f"{kind}s", found)


def comments(*texts: str) -> str:
    """Returns a part with comments."""
    return _root("comments", "".join(f"<w:comment {AUTHOR}>{paragraph(text)}</w:comment>" for text in texts))


def document(*blocks: str) -> str:
    """Returns the main part with these blocks."""
    return _root("document", f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>")


def _root(name: str, content: str) -> str:
    return f"{_HEAD}<w:{name} {NAMESPACES}>{content}</w:{name}>"


def package(main: str | bytes, parts: Mapping[str, str | bytes] | None = None, method: int = ZIP_DEFLATED) -> bytes:
    """Returns a Word file with a main part and others by name, `numbering.xml`; styles are added if there are none."""
    named: dict[str, str | bytes] = {"word/document.xml": main, "word/styles.xml": styles()}
    named |= {f"word/{name}": content for name, content in (parts or {}).items()}
    return zipped({"[Content_Types].xml": _content_types(named), **_relationships(named), **named}, method)


def word_file(*blocks: str, **parts: str) -> bytes:
    """Returns a Word file with these blocks; parts are named without `.xml`."""
    return package(document(*blocks), {f"{name}.xml": content for name, content in parts.items()})


def zipped(entries: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Returns a ZIP of these entries, the same every time."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(ZipInfo(name), content, method)
    return buffer.getvalue()


def _content_types(names: Iterable[str]) -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="{kind.format(_TYPES[name])}"/>' for name in names if name in _TYPES
    )
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relationships(names: Iterable[str]) -> dict[str, str]:
    kinds = {name: _TYPES[name].removesuffix(".main").rstrip("1") for name in names if name in _TYPES}
    own = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{name.removeprefix("word/")}"/>'
        for at, (name, kind) in enumerate(kinds.items())
        if kind != "document"
    )
    first = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    space = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return {
        "_rels/.rels": f"{_HEAD}<Relationships {space}>{first}</Relationships>",
        "word/_rels/document.xml.rels": f"{_HEAD}<Relationships {space}>{own}</Relationships>",
    }
