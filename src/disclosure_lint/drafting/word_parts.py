"""What a Word file has besides its text: page, styles and fonts as official documents have them (GB/T 9704)."""

from html import escape

from disclosure_lint.drafting.word_styles import STYLES

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
        f'<Relationship Id="rId{number}" Type="{type}" Target="{target}"/>'
        for number, (type, target) in enumerate(types, 1)
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
