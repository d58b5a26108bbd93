"""Generated reports as web pages, in the ways that web sites and Word write them."""

from collections.abc import Callable, Sequence
from html import escape
from random import Random

from tests.generation.official import Block, Grid, Piece, Words

AGENT = "云川县人民政府"


def plain(blocks: Sequence[Block]) -> str:
    """Returns a tidy page: headings are headings, merged cells say so."""
    return _page("".join(f"{_words(block) if isinstance(block, Words) else _table(block)}\n" for block in blocks))


def _page(body: str, charset: str = "utf-8", head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{charset}">\n'
        f"{head}<title>云川县人民政府</title>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _words(words: Words) -> str:
    tag = f"h{words.level}" if words.level else "p"
    return f"<{tag}>{escape(words.text, quote=False)}</{tag}>"


def _span(piece: Piece) -> str:
    found = f' colspan="{piece.columns}"' if piece.columns > 1 else ""
    return found + (f' rowspan="{piece.rows}"' if piece.rows > 1 else "")


def _table(grid: Grid, cell: Callable[[Piece], str] | None = None) -> str:
    write = cell or (lambda piece: f"<td{_span(piece)}>{escape(piece.text, quote=False)}</td>")
    rows = "\n".join(f"<tr>{''.join(map(write, row))}</tr>" for row in grid.rows)
    return f'<table border="1">\n<tbody>\n{rows}\n</tbody>\n</table>'


_HEAD = """<meta name="ArticleTitle" content="云川县人民政府2021年政府信息公开工作年度报告">
<script>document.write("<table><tr><td>1</td></tr></table>"); if (1<2) { var a = '一、总体情况'; }</script>
<style>p { margin: 0 } td > p { color: red }</style>
<link rel="stylesheet" href="/css/main.css">
"""
_TOP = """<div class="top"><table width="100%"><tr><td><a href="/">首页</a></td><td><a href="/zwgk">政务公开</a></td>
<td><a href="/hd">政民互动</a></td></tr><tr><td colspan=3>今天是<script>today()</script></td></tr>
<tr><td><a href="/1">一、机构职能</a></td><td><a href="/2">二、主动公开目录</a></td>
<td><a href="/3">三、依申请公开</a></td></tr></table></div>
<form action="/search"><input type="text" value="搜索"><select><option>站内<option>全网</select></form>
<ul class="nav"><li><a href="/xxgk">政府信息公开指南</a><li><a href="/nb">政府信息公开年报</a></ul>
<div class="position">您当前所在的位置：<a href="/">首页</a> &gt;
<a href="/nb">政府信息公开年报</a> &gt; 2023年政府信息公开工作年度报告</div>
"""
_INFORMATION = """<div class="info"><span>发布时间：2024-01-20 10:12</span>&nbsp;&nbsp;
<span>来源：云川县人民政府办公室</span>
<span>浏览次数：<script>count(2024)</script>1025</span>
字体：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</div>
"""
_BOTTOM = """<div class="tools"><p>责任编辑：王平</p>
<p>【<a href="javascript:print()">打印</a>】【<a href="#">关闭</a>】</p></div>
<p>上一篇：<a href="/2022.html">云川县2022年政府信息公开工作年度报告</a></p>
<p>下一篇：<a href="/2024.html">没有了</a></p>
<div style="display:none"><p>一、总体情况</p><p>隐藏的文字 999</p></div>
"""
_FOOT = """<div class="links"><a href="/a">省政府</a> <a href="/b">市政府</a> <a href="/c">县人大</a></div>
<footer><p>主办：云川县人民政府办公室　电话：0000-1234567</p><p>云ICP备00000001号　网站标识码：0000000001</p></footer>
<iframe src="/x.html"><p>一、总体情况</p></iframe><noscript>请打开脚本</noscript>
"""


def from_a_site(blocks: Sequence[Block], rng: Random | None = None) -> str:
    """Returns a page of a site, its layout in tables, the report in the middle; the title is a heading above it."""
    rng = rng or Random(1)
    title, *others = blocks
    assert isinstance(title, Words)
    report = "".join(
        f"{_styled(block, rng) if isinstance(block, Words) else _table(block, lambda piece: _split(piece, rng))}\n"
        for block in others
    )
    frame = '<table width="1000"><tr><td width="10"></td><td valign=top>{}</td><td width="10">&nbsp;</td></tr></table>'
    article = (
        f'<div class="article">\n<h1>{escape(title.text)}</h1>\n{_INFORMATION}<div id="zoom">'
        f'<TABLE><TBODY><TR><TD class="bt_content">\n{report}</TD></TR></TBODY></TABLE></div>\n{_BOTTOM}</div>\n'
    )
    return _page(_TOP + frame.format(article) + _FOOT, head=_HEAD)


def _styled(words: Words, rng: Random) -> str:
    """Returns a paragraph as editors for web pages write it."""
    cut = rng.randrange(len(words.text) + 1)
    first, second = (escape(part, quote=False) for part in (words.text[:cut], words.text[cut:]))
    return (
        f'<p style="text-indent: 2em;"><span style="font-family:仿宋">&nbsp;&nbsp;&nbsp;&emsp;{first}</span>'
        f'<font face="仿宋"><b>{second}</b></font></p>'
    )


def _split(piece: Piece, rng: Random) -> str:
    """Returns a cell whose text is split over elements, and a blank one with something in it that is not to be seen."""
    if not piece.text:
        blank = rng.choice(("", "&nbsp;", "<p>&nbsp;</p>", "<p align=center><span>&nbsp;</span></p>", " \n "))
        return f"<td{_span(piece)}>{blank}</td>"
    cut = rng.randrange(len(piece.text) + 1)
    first, second = (escape(part, quote=False) for part in (piece.text[:cut], piece.text[cut:]))
    return f'<td{_span(piece)} nowrap="nowrap"><p align="center"><span>{first}</span>{second}</p>\n</td>'


_WORD_HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>云川</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:""; margin:0cm;} --></style>
</head>
<body lang=ZH-CN>
<div class=Section1>
"""


def by_word(blocks: Sequence[Block]) -> str:
    """Returns a page as Word saves it: numbers of headings apart, lines broken anywhere, rows in a thead."""
    body = "".join(
        f"{_word_paragraph(block) if isinstance(block, Words) else _word_table(block)}\n\n" for block in blocks
    )
    return f"{_WORD_HEAD}{body}</div>\n</body>\n</html>\n"


def _word_paragraph(words: Words) -> str:
    text = words.text
    mark = ""
    if words.level == 2 and text[1:2] == "、":
        mark, text = text[:2], text[2:]
        mark = (
            f"<![if !supportLists]><span lang=EN-US style='mso-fareast-font-family:宋体'><span style='mso-list:Ignore'>"
            f"{mark}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        )
    shown = _broken(escape(text, quote=False))
    if words.level:
        return f'<h{words.level}><a name="_Toc1">{mark}{shown}</a></h{words.level}>'
    return (
        f"<p class=MsoNormal style='text-indent:32.0pt'><span\nstyle='font-size:16.0pt'>{shown}</span>"
        f"<span lang=EN-US><o:p></o:p></span></p>"
    )


def _broken(text: str) -> str:
    """Returns a text with a line end between two Chinese characters here and there."""
    pieces = [text[at : at + 40] for at in range(0, len(text), 40)]
    found = ""
    for piece in pieces:
        between = found[-1:] + piece[:1]
        found += ("\n" if len(between) == 2 and min(between) >= "\u4e00" else "") + piece
    return found


def _word_table(grid: Grid) -> str:
    rows = "".join(f" <tr style='height:20pt'>\n{''.join(map(_word_cell, row))} </tr>\n" for row in grid.rows)
    return f"<table class=MsoNormalTable border=1 cellspacing=0 style='border-collapse:collapse'>\n{rows}</table>"


def _word_cell(piece: Piece) -> str:
    text = _broken(escape(piece.text, quote=False)) or "&nbsp;"
    return (
        f"  <td width=91{_span(piece).replace(chr(34), '')} style='width:68.3pt;border:solid windowtext 1.0pt'>\n"
        f"  <p class=MsoNormal align=center><span lang=EN-US style='font-size:9.0pt'>{text}<o:p></o:p>"
        "</span></p>\n  </td>\n"
    )


def careless(blocks: Sequence[Block]) -> str:
    """Returns a page in which no tag is ended that a browser ends by itself, and some stray ones."""
    body = "".join(
        (f"</span><p>{escape(block.text, quote=False)}\n" if not block.level else f"</div>{_words(block)}\n")
        if isinstance(block, Words)
        else "<TABLE border=1>"
        + "".join(
            "<TR>" + "".join(f"<TD{_span(piece)}>{escape(piece.text, quote=False)}\n" for piece in row) + "\n"
            for row in block.rows
        )
        + "</TABLE></p>\n"
        for block in blocks
    )
    return f"<html><body><div>{body}"


def without_ends_of_tables(blocks: Sequence[Block]) -> str:
    """Returns a page whose tables are never ended, though their rows are."""
    return plain(blocks).replace("</tbody>\n</table>", "")


DIALECTS: dict[str, Callable[[Sequence[Block]], bytes]] = {
    "plain": lambda blocks: plain(blocks).encode(),
    "site": lambda blocks: from_a_site(blocks).encode(),
    "word": lambda blocks: by_word(blocks).encode("gb18030"),
    "careless": lambda blocks: careless(blocks).encode(),
    "endless tables": lambda blocks: without_ends_of_tables(blocks).encode(),
    "gbk": lambda blocks: plain(blocks).replace("utf-8", "gb2312").encode("gb18030"),
    "utf-8 said to be gbk": lambda blocks: plain(blocks).replace("utf-8", "gbk").encode(),
    "utf-16": lambda blocks: plain(blocks).encode("utf-16"),
    "one line": lambda blocks: plain(blocks).replace("\n", "").encode(),
    "no head": lambda blocks: plain(blocks).split("<body>\n")[1].encode(),
}
"""All ways to write a page."""
