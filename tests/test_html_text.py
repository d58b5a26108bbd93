"""What is read of a web page: all that stands on it, once, in the order of the file, and where it stands there."""

import pytest

from disclosure_lint import Document, Heading, Linter, Location, Paragraph, Span, Table

LINTER = Linter.default()
TITLE = "<h1>云川县石桥镇人民政府2023年政府信息公开工作年度报告</h1>"


def read(html: str | bytes, name: str = "年报.html") -> Document:
    return LINTER.read(name, html.encode() if isinstance(html, str) else html)


def shown(html: str) -> list[str]:
    """The text of each block: of a table, the lines of its rows."""
    document = read(html)
    return [document.source.slice(block.span) for block in document.blocks]


def grid(html: str) -> list[list[tuple[str, int, int]]]:
    """The cells of the first table with their columns, and how many they cover."""
    document = read(html)
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [[(document.source.slice(cell.span), cell.column, cell.columns) for cell in row.cells] for row in table.rows]


def test_blocks_are_lines_and_the_rest_of_the_file_is_not() -> None:
    document = read(
        "<!DOCTYPE html><html><head><title>标题</title><style>p{}</style><script>'<p>码</p>'</script></head>"
        "<body><h2>一、总体情况</h2><p>　　公开信息85条。</p><!-- 注 --><p> </p><p hidden>隐</p></body></html>"
    )
    assert document.source.text == "一、总体情况\n\n公开信息85条。\n"
    assert document.blocks == (
        Heading(Span(0, 6), 2, Location(paragraph=1)),
        Paragraph(Span(8, 16), Location(paragraph=2)),
    )
    assert document.format == "html"
    assert not document.is_text


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>主动<b>公<i>开</i></b><span>1</span><span>2</span>件</p>", ["主动公开12件"]),
        ("<pre><b>一、总体</b>\n\n公开<b>1\n2</b>件</pre><p>二\n三</p>", ["一、总体", "公开1", "2件", "二三"]),
        ("<p>共 <b>12</b> 件,  3\t项\n</p>", ["共 12 件, 3 项"]),
        ("<p>政府信息\n   公开\n12件\nby\nus</p>", ["政府信息公开 12件 by us"]),
        ("<p>一<br>二<br/>三</br>四<hr>五</p>", ["一", "二", "三", "四", "五"]),
        ("<p>a&nbsp;b&lt;c&gt;&amp;&#20013;&#x4E2D;&copy;&nosuch;&nbspx&</p>", ["a\xa0b<c>&中中©&nosuch;\xa0x&"]),
        ("<p>&#0;&#xD800;&#99999999;&#10;一</p>", ["\ufffd\ufffd\ufffd 一"]),
        ("<p>\x1e</p><p>一\x1f2\x01</p>", ["一 2"]),
        ("<p>&nbsp;&emsp;　一&nbsp;</p>", ["一"]),
        ("<p>1 < 2，a<b>3</b> <2</p>", ["1 < 2，a3 <2"]),
        ("一<p>二<div>三</div>四", ["一", "二", "三", "四"]),
        ("<p>一<p>二</div></span></p><li>三<li>四<dl><dt>五<dd>六", ["一", "二", "三", "四", "五", "六"]),
        ("<h3>（一）<p>二", ["（一）", "二"]),
        ("<p>一</p></body></html><p>二", ["一", "二"]),
        ("<!-- <p>一 --><p>二<!---->三<!-->四", ["二三四"]),
        ("<![CDATA[一]]><?xml x?><!x><p>二</ 三>四</>", ["二四"]),
        ("<p>一<script>二</p></script >三<textarea>四</textarea><select><option>五</select>", ["一三"]),
        (
            "<div style='DISPLAY : none'>一<div>二</div></div><span style='display:none'>三<span>四</span>五</span>六",
            ["六"],
        ),
        ("<p class='hidden none' title='display:none' data-hidden>一", ["一"]),
        ("<p>一<template><p>二</template><noscript>三</noscript><svg><text>四</text></svg>五", ["一五"]),
        ("<table><tr><td>1<template><tr><td>2</template><td>3<td><svg/>4<select>5</table>", ["1 | 3 | 45"]),
        ("<title>一<p>二<textarea>三", ["一", "二三"]),
        ("<p>一<script>二", ["一"]),
        ("<a href='x>y'>一</a><img alt='二'><p title=\"a>b\" class=x='y'>三", ["一", "三"]),
        ("<p style='mso-outline-level:2'>一、总体情况</p>", ["一、总体情况"]),
        ("<P>一<O:P>&nbsp;</O:P><st1:chsdate w:st=on>2023年</st1:chsdate>", ["一\xa02023年"]),
    ],
)
def test_text(html: str, lines: list[str]) -> None:
    assert shown(html) == lines


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ol><li>甲<li><p>乙</p></ol>丙", ["1. 甲", "2. 乙", "丙"]),
        ("<ol type=a start=3><li>甲<li value=9>乙<li>丙</ol>", ["c. 甲", "i. 乙", "j. 丙"]),
        (
            "<ol style='list-style-type:simp-chinese-informal'><li>甲<li>乙<ol type=I><li>丙</ol></ol>",
            ["一、甲", "二、乙", "I. 丙"],
        ),
        ("<ol style='list-style-type:cn2'><li>甲<li>（二）乙<li>丙</ol>", ["（一）甲", "（二）乙", "（三）丙"]),
        (
            "<ol style='list-style:none'><li>甲</ol><ul><li>乙</ul><ol><li></ol><ol><li><li>丙</ol>",
            ["甲", "乙", "2. 丙"],
        ),
        ("<ol start=x><li value=99999999999999999999>甲</ol>", ["99999. 甲"]),
        (
            "<p><![if !supportLists]><span style='mso-list:Ignore'>一、<span>&nbsp; </span></span><![endif]>甲</p>"
            "<p><!--[if x]--><span style='mso-list:\nIgnore'>1.<span>&nbsp; </span></span><!--[endif]-->乙</p>",
            ["一、甲", "1. 乙"],
        ),
    ],
)
def test_numbers_of_lists(html: str, lines: list[str]) -> None:
    assert shown(html) == lines


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<table><tr><td>1<td>2<tr><td>3<td>4</table>后", [["1", "2"], ["3", "4"]]),
        ("<table><tr><td>1</td></td><td>2</tr></tr><tr><td>3</td><td>4</table></table>", [["1", "2"], ["3", "4"]]),
        ("<tr><td>1<td>2<tr><td>3<td>4", [["1", "2"], ["3", "4"]]),
        ("<table><td>1<td>2<tbody><td>3<td>4</table>", [["1", "2"], ["3", "4"]]),
        ("<table><thead><tr><th>1<th>2</thead><tfoot><tr><td>3<td>4</table>", [["1", "2"], ["3", "4"]]),
        ("<table><tr><td><p>1</p><p>2<br>3</p><td></div>4</table>", [["1 2 3", "4"]]),
        ("<table><tr><td>本年\n 新<br />收<td> &nbsp; </table>", [["本年新 收", ""]]),
        ("<table><tr hidden><td>0<td>0<tr><td>1<td style='display:none'>0<td>2</table>", [["1", "2"]]),
    ],
)
def test_tables(html: str, lines: list[list[str]]) -> None:
    assert [[text for text, _, _ in row] for row in grid(html)] == lines


def test_merged_cells_are_there_once() -> None:
    rows = ("<td rowspan=2>甲<td colspan=2>乙<td>丙", "<td>丁<td rowspan=0>戊<td>己", "<td>庚<td>辛<td>壬")
    html = f"<table><tr>{'<tr>'.join(rows)}</table>"
    assert grid(html) == [
        [("甲", 0, 1), ("乙", 1, 2), ("丙", 3, 1)],
        [("丁", 1, 1), ("戊", 2, 1), ("己", 3, 1)],
        [("庚", 0, 1), ("辛", 1, 1), ("壬", 3, 1)],
    ]


def test_no_cell_goes_on_beyond_its_part_of_the_table() -> None:
    html = "<table><thead><tr><td rowspan=9>甲<td>乙</thead><tbody><tr><td>丙<td>丁</table>"
    assert grid(html) == [[("甲", 0, 1), ("乙", 1, 1)], [("丙", 0, 1), ("丁", 1, 1)]]


@pytest.mark.parametrize("value", ["0", "-3", "x", "", "999999999999999999999", "1000000", "1e3", "２"])
def test_absurd_spans(value: str) -> None:
    html = f"<table><tr><td colspan={value} rowspan={value}>甲<td>乙<tr><td>丙<td>丁</table>"
    assert [[text for text, _, _ in row] for row in grid(html)] == [["甲", "乙"], ["丙", "丁"]]


def test_tables_that_frame_text_and_tables() -> None:
    inner = "<table><tr><td>1<td>2<tr><td>3<td>4</table>"
    assert shown(f"<table><tr><td>一<p>二{inner}三</table>") == ["一", "二", "1 | 2 |\n| 3 | 4", "三"]
    assert shown(f"<table><tr><td><td>一{inner}<td></tr><tr><td>5<td>6<td>7</table>") == [
        "一",
        "1 | 2 |\n| 3 | 4",
        "5 | 6 | 7",
    ]


def test_text_in_a_table_but_in_no_cell_stands_where_browsers_show_it() -> None:
    assert shown("<table>头<tr>甲<td>1</td>乙<td>2</td>丙</tr>丁<tr><td>3<td>4</tr><p>尾</p></table>后") == [
        "头甲乙丙丁",
        "1 | 2 |\n| 3 | 4",
        "尾",
        "后",
    ]


def test_a_table_that_is_not_ended_ends_where_the_next_one_begins() -> None:
    html = "<table><tr><td>1<td>2</td></tr><h2>二、</h2><table><tr><td>3<td>4</td></tr><h2>三、</h2>"
    assert shown(html) == ["1 | 2", "二、", "3 | 4", "三、"]


def test_blank_cells_have_a_place() -> None:
    html = "<table><tr><td>甲</td><td></td><td><p align=center>&nbsp;</p></td><td>\n</td></tr></table>"
    document = read(html)
    (table,) = document.blocks
    assert isinstance(table, Table)
    places = [document.source.in_file(cell.span)[1] for cell in table.rows[0].cells]
    assert [html[: span.start].count("<td>") for span in places] == [1, 2, 3, 4]
    assert [span.end - span.start for span in places] == [1, 0, 0, 0]
    assert html[places[2].start :].startswith("&nbsp;")


def test_where_characters_are_in_the_file() -> None:
    html = "\r\n<p>一<b>二</b>\r\n三&nbsp;&lt;四</p>\r\n<p>五</p>"
    source = read(html).source
    assert source.text == "一二三\xa0<四\n\n五\n"
    wanted = ["一", "二", "三", "&nbsp;", "&lt;", "四", None, None, "五"]
    for offset, text in enumerate(wanted):
        file, span = source.in_file(Span(offset, offset + 1))
        assert text is None or file.slice(span) == text
    assert source.position(0) == (2, 4)
    assert source.position(1) == (2, 8)
    assert source.position(2) == (3, 1)
    assert source.in_file(Span(0, 2))[1] == Span(5, 10)
    assert [source.line_in_file(line) for line in (1, 2, 3)] == [2, None, 4]


ENCODED = "<html><head>{}</head><body><p>云川县石桥镇主动公开政府信息</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("<meta charset=gb2312>", "gb18030"),
        ("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=GBK'>", "gb18030"),
        ("<meta charset='gb2312'>", "utf-8"),
        ("<meta charset=utf-8>", "gb18030"),
        ("<meta charset=big5>", "gb18030"),
        ("<meta charset=nonsense>", "gb18030"),
        ("<meta charset=utf-8>", "utf-8-sig"),
        ("<meta charset=gbk>", "utf-8-sig"),
        ("", "gb18030"),
        ("", "utf-16"),
        ("<meta charset=utf-16>", "utf-16-le"),
        ("<meta charset=utf-8>", "utf-16-be"),
    ],
)
def test_encodings(declared: str, encoding: str) -> None:
    if declared == "<meta charset=big5>":
        # What is declared can read these bytes, and what it reads is no Chinese.
        assert shown("<meta charset=big5><p>云") == ["云"]
        return
    document = read(ENCODED.format(declared).encode(encoding))
    assert document.source.text == "云川县石桥镇主动公开政府信息\n"


def test_big5() -> None:
    assert read(ENCODED.format("<meta charset=big5>").encode("utf-8")).source.text == "云川县石桥镇主动公开政府信息\n"
    page = "<meta charset=big5><p>政府資訊公開</p>".encode("big5")
    assert read(page).source.text == "政府資訊公開\n"


BODY = "".join(
    f"<h2>{title}</h2><p>本部分内容{number}。</p><table><tr><td>甲<td>乙<td>丙<tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>"
    for number, title in enumerate(("一、总体情况", "二、主动公开政府信息情况", "六、其他需要报告的事项"))
)


def around(before: str, after: str, body: str = BODY) -> list[str]:
    """The lines of a page with something before and after a report in an element of its own."""
    lines = read(f"<body>{before}<div id=content>{body}</div>{after}</body>").source.text.split("\n")
    return [line for line in lines if line]


def alone() -> list[str]:
    return around("", "")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<ul><li><a href=/>首页</a><li>机构</ul><div>今天是2024年</div>", "<div>版权所有</div>"),
        ("<table><tr><td>首页<td>公开<td>互动</table>", "<table><tr><td>友情<td>链接</table>"),
        ("<ul><li>一、机构职能</ul>", "<p>上一篇：没有了</p>"),
        ("<center><form><table><tr><td>搜索<td>站内</table></form></center>", ""),
    ],
)
def test_what_is_around_the_report_is_not_read(before: str, after: str) -> None:
    assert around(before, after) == alone()


def test_the_title_above_is_read_with_the_agency_and_without_what_the_site_says() -> None:
    title = "<h1>2023年政府信息公开工作年度报告</h1>"
    expected = ["云川县石桥镇人民政府", "2023年政府信息公开工作年度报告", *alone()]
    for before in (
        f"<p>导航</p><div><p>云川县石桥镇人民政府</p>{title}<p>发布时间：2024-01-20</p></div>",
        f"{title}<table><tr><td>索引号：<td>1<td>发布机构：<td>办公室<tr><td>名称：<td>年报<td>主题：<td>政务"
        f"<tr><td>发文日期：<td>2024<td>有效性：<td>是</table><div><p>云川县石桥镇人民政府</p>{title}</div>",
        f"<div><a href=/>首页</a> &gt; <a href=/nb>年报</a> &gt; 2023年政府信息公开工作年度报告</div>"
        f"<div><p>云川县石桥镇人民政府</p>{title}<p>来源：办公室　浏览次数：12</p></div>",
    ):
        assert around(before, "") == expected


@pytest.mark.parametrize(
    "line",
    [
        "<p>责任编辑：王平</p>",
        "<p>【<a href=x>打印</a>】【<a href=y>关闭</a>】</p>",
        "<p>【打印本页】【关闭窗口】</p>",
        "<p>上一篇：<a href=x>云川县2022年政府信息公开工作年度报告</a></p><p>下一篇：没有了</p>",
        "<p><a href=a>甲</a> | <a href=b>乙</a> | <a href=c>丙</a></p>",
        "<p>扫一扫在手机打开当前页</p>",
        "<nav><p>一二三</p></nav><footer><p>主办：云川县</p></footer>",
        "<p>分享到：</p><p>云ICP备00000001号</p>",
    ],
)
def test_what_a_site_puts_below_a_report_is_not_read(line: str) -> None:
    assert around("", "", BODY + line) == alone()


def test_what_looks_like_it_stays_within_the_report() -> None:
    middle = BODY.replace("<h2>六", "<p>来源：全县各单位报送的数据。</p><p>见<a href=x>指南</a>。</p><h2>六")
    lines = around("", "", middle)
    assert "来源：全县各单位报送的数据。" in lines
    assert "见指南。" in lines


def test_a_page_that_is_no_report_is_read_whole() -> None:
    assert shown("<nav>菜单</nav><p>今天天气好。</p><footer>页脚</footer>") == ["今天天气好。"]
    assert LINTER.lint("a.html", "<p>今天天气好。</p>".encode()).status == "not_a_report"
    assert LINTER.lint("a.html", b"").status == "not_a_report"


def test_header_and_aside_that_hold_the_report_are_read() -> None:
    lines = read(f"<article><header>{TITLE}</header><form>{BODY}</form></article>").source.text.split("\n")
    assert lines[0] == TITLE[4:-5]
    assert [line for line in lines[1:] if line] == alone()


@pytest.mark.parametrize(("encoding", "declared"), [("utf-8", "gb2312"), ("gb18030", "gb2312"), ("gb18030", "gbk")])
def test_a_page_is_read_but_for_the_characters_that_its_site_cut(encoding: str, declared: str) -> None:
    head = f'<meta charset="{declared}"><meta name="description" content="石桥镇'.encode(encoding)
    text = "<p>全年收到政府信息公开申请12件，其中自然人申请11件、商业企业申请1件，全部在法定期限内答复。</p>" * 3
    data = head[:-1] + b'">' + text.encode(encoding)
    assert read(data).source.text.split("\n\n")[0] == text[3 : text.index("</p>")]


def test_a_page_that_ends_in_the_middle_of_a_character_is_no_whole_page() -> None:
    cut = ("<p>石桥镇</p>" * 30 + "石桥镇").encode()[:-1]
    assert LINTER.lint("a.html", cut).status == "unreadable"
