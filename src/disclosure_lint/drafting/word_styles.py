"""The styles of a Word file: 方正小标宋 for the title, 黑体 for headings, 仿宋 三号 for the text, 28 points a line."""

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


def _style(id: str, name: str, paragraph: str, text: str = "", *, more: str = "") -> str:
    based = "" if id == "Normal" else '<w:basedOn w:val="Normal"/>'
    default = ' w:default="1"' if id == "Normal" else ""
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{id}"><w:name w:val="{name}"/>{based}{more}<w:qFormat/>'
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
