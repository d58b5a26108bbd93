"""A draft as a Word file."""

import io
from collections.abc import Iterator
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from disclosure_lint.drafting.draft import Draft, Part
from disclosure_lint.model.sheet import Cell, Sheet, sheet_of

_BODY, _HEADING, _TITLE, _NUMBER = "仿宋_GB2312", "黑体", "方正小标宋简体", "宋体"
_SIDES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_INDENT = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'


def _fonts(name: str, size: int) -> str:
    """Returns the properties of text: its font, and its size in half points."""
    fonts = (
        f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{name}" w:cs="Times New Roman"/>'
    )
    return f'<w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'


def _style(key: str, name: str, paragraph: str, text: str = "", *, more: str = "") -> str:
    based = "" if key == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if key == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>{based}{more}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{text}</w:style>"
    )


_DEFAULTS = f"<w:docDefaults><w:rPrDefault>{_fonts(_BODY, 32)}</w:rPrDefault><w:pPrDefault/></w:docDefaults>".replace(
    "</w:rPr>", '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
)
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority '
    'w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
    '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
    f'<w:tblPr><w:tblBorders>{_SIDES}</w:tblBorders><w:tblCellMar><w:left w:w="40" w:type="dxa"/>'
    '<w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)
STYLES = "".join(
    (
        _DEFAULTS,
        _style("Normal", "Normal", '<w:spacing w:line="560" w:lineRule="exact"/><w:jc w:val="both"/>'),
        _style(
            "Title",
            "Title",
            '<w:spacing w:after="560" w:line="720" w:lineRule="exact"/><w:jc w:val="center"/>',
            _fonts(_TITLE, 44),
            more='<w:next w:val="BodyText"/>',
        ),
        _style(
            "Heading1",
            "heading 1",
            f'<w:keepNext/><w:spacing w:before="120" w:after="120"/>{_INDENT}<w:outlineLvl w:val="0"/>',
            _fonts(_HEADING, 32),
            more='<w:next w:val="BodyText"/>',
        ),
        _style("BodyText", "Body Text", _INDENT),
        _style(
            "TableText",
            "Table Text",
            '<w:spacing w:line="260" w:lineRule="exact"/><w:jc w:val="center"/>',
            _fonts(_BODY, 21),
        ),
        _style("Footer", "footer", '<w:spacing w:line="240" w:lineRule="auto"/>', _fonts(_NUMBER, 28)),
        _TABLE,
    )
)


def paragraph(text: str, style: str, properties: str = "") -> str:
    """Returns a paragraph in a style, which may have several lines; further properties are XML."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    run = f"<w:r>{'<w:br/>'.join(lines)}</w:r>" if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{run}</w:p>'


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

WIDTH = 8844
"""Of the text on the page in twentieths of a point: 156 mm."""
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="1417" w:gutter="0"/></w:sectPr>'
)
_RELATED = (("styles", "styles"), ("fontTable", "fontTable"), ("settings", "settings"))
_FOOTERS = {"footer1": ("footer", "right"), "footer2": ("footer", "left")}
_FONTS = {
    "方正小标宋简体": ("宋体", "script", "variable"),
    "黑体": ("SimHei", "modern", "fixed"),
    "仿宋_GB2312": ("仿宋", "modern", "fixed"),
    "宋体": ("SimSun", "auto", "variable"),
    "Times New Roman": ("", "roman", "variable"),
}
"""Each with the one to take where it is not installed."""


def parts(body: str, title: str) -> dict[str, str]:
    """Returns all parts of the file by their names; the body is XML without the page's set-up."""
    document = f"<w:body>{body}{_PAGE}</w:body>"
    made = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([("officeDocument", "word/document.xml")], core=True),
        "docProps/core.xml": _properties(title),
        "word/document.xml": _part("document", document),
        "word/_rels/document.xml.rels": _relations(
            [*((kind, f"{name}.xml") for kind, name in _RELATED), *(("footer", f"{name}.xml") for name in _FOOTERS)]
        ),
        "word/styles.xml": _part("styles", STYLES),
        "word/fontTable.xml": _part("fonts", "".join(map(_font, _FONTS))),
        "word/settings.xml": _part("settings", _SETTINGS),
    }
    for name, (_, side) in _FOOTERS.items():
        made[f"word/{name}.xml"] = _part("ftr", _page_number(side))
    return made


_SETTINGS = (
    '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
)


def _part(name: str, content: str) -> str:
    return f'{_HEAD}<w:{name} xmlns:w="{_WORD}" xmlns:r="{_OFFICE}">{content}</w:{name}>'


def _content_types() -> str:
    types = {"document": "document.main", "styles": "styles", "fontTable": "fontTable", "settings": "settings"}
    types |= dict.fromkeys(_FOOTERS, "footer")
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in types.items()
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{overrides}<Override PartName="/docProps/core.xml" ContentType="{core}"/></Types>'
    )


def _relations(targets: list[tuple[str, str]], *, core: bool = False) -> str:
    types = [(f"{_OFFICE}/{kind}", target) for kind, target in targets]
    if core:
        types.append((f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"))
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{read}" Target="{target}"/>'
        for number, (read, target) in enumerate(types, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _properties(title: str) -> str:
    """Returns the file's own title; who made it and when is left out, so that the same report is the same file."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _font(name: str) -> str:
    instead, family, pitch = _FONTS[name]
    alternative = f'<w:altName w:val="{instead}"/>' if instead else ""
    charset = "86" if instead else "00"
    return (
        f'<w:font w:name="{name}">{alternative}<w:charset w:val="{charset}"/><w:family w:val="{family}"/>'
        f'<w:pitch w:val="{pitch}"/></w:font>'
    )


def _page_number(side: str) -> str:
    """Returns the page number between dashes, a character away from the outer edge."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    field = f'{marks[0]}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>{marks[1]}'
    number = f"{field}<w:r><w:t>1</w:t></w:r>{marks[2]}"
    dash, close = '<w:r><w:t xml:space="preserve">— </w:t></w:r>', '<w:r><w:t xml:space="preserve"> —</w:t></w:r>'
    look = f'<w:ind w:{side}="280"/><w:jc w:val="{side}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{look}</w:pPr>{dash}{number}{close}</w:p>'


TABLE = "TableGrid"
"""Id of the style of tables."""
TEXT = "TableText"
"""Id of the style of what stands in them."""
_FEW = 4
"""With fewer columns of numbers than these all columns are alike."""
_FIRST, _MIDDLE, _LAST = 2, 3, 8
"""How wide the columns of labels are to each other: groups outside, items inside."""
_NUMBERS = 0.45
"""Of the width, where there are many of them: 表三 then fits on a page."""
_HEIGHT = 340
"""Of a row at least, 6 mm in twentieths of a point."""


def table_xml(sheet: Sheet, width: int) -> str:
    """Returns a table of that width, in twentieths of a point."""
    widths = _widths(sheet, width)
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    look = '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
    head = f'<w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{look}</w:tblPr>'
    rows = "".join(_row(sheet, widths, row) for row in range(sheet.rows))
    return f"<w:tbl>{head}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _widths(sheet: Sheet, width: int) -> list[int]:
    """Returns how wide the columns are: all alike, or most of the table for labels if there are many numbers."""
    numbers = sheet.columns - sheet.stubs
    if not sheet.stubs or (sheet.stubs == 1 and numbers < _FEW):
        return [width // sheet.columns] * sheet.columns
    shares = [_FIRST, *[_MIDDLE] * (sheet.stubs - 2), _LAST] if sheet.stubs > 1 else [_LAST]
    one = int(width * _NUMBERS) // numbers
    labels = width - one * numbers
    return [labels * share // sum(shares) for share in shares] + [one] * numbers


def _row(sheet: Sheet, widths: list[int], row: int) -> str:
    repeated = "<w:tblHeader/>" if row < sheet.head else ""
    properties = f'<w:trPr><w:cantSplit/><w:trHeight w:val="{_HEIGHT}"/>{repeated}</w:trPr>'
    cells = (_cell(sheet, cell, widths, begins=cell.row == row) for cell in _across(sheet, row))
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def _across(sheet: Sheet, row: int) -> Iterator[Cell]:
    """Yields the cells that a row goes through, those too that begin above it."""
    found = [cell for cell in sheet.cells if cell.row <= row < cell.row + cell.rows]
    yield from sorted(found, key=lambda cell: cell.column)


def _cell(sheet: Sheet, cell: Cell, widths: list[int], *, begins: bool) -> str:
    width = sum(widths[cell.column : cell.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
    # Items of long lists are easier to read from the left; all else stands in the middle, as in the template.
    left = sheet.stubs > 1 and cell.kind == "label" and cell.rows == 1
    look = '<w:jc w:val="left"/>' if left else ""
    return f"<w:tc>{properties}{paragraph(cell.text if begins else '', TEXT, look)}</w:tc>"


_BODY = "BodyText"
_TITLE_LINE = 20
"""So many characters of the title fit on a line."""
_PERMISSIONS = 0o600 << 16


def word_file(draft: Draft) -> bytes:
    """Returns the bytes of a .docx file, the same for the same draft."""
    blocks = [paragraph(_title(draft), "Title")] if draft.title else []
    blocks += (paragraph(text, _BODY) for text in draft.preface)
    blocks += (block for part in draft.parts for block in _write_part(part))
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


def _write_part(part: Part) -> Iterator[str]:
    yield paragraph(part.heading, f"Heading{part.level - 1}")
    yield from (paragraph(text, _BODY) for text in part.paragraphs)
    for number, grid in enumerate(part.grids):
        if number:
            # Word joins tables that touch.
            yield paragraph("", _BODY)
        yield table_xml(sheet_of(grid), WIDTH)
