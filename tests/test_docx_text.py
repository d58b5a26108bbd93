"""What is read of the paragraphs of a Word file: all that stands on the page, once, with all changes accepted."""

import pytest

from disclosure_lint import Document, Heading, Linter, Location, Paragraph, Span
from tests.office.docx import (
    AUTHOR,
    comments,
    deleted,
    document,
    field,
    heading,
    inserted,
    notes,
    package,
    paragraph,
    run,
    styles,
    table,
    text_box,
    word_file,
)

LINTER = Linter.default()
TEXT = "全年主动公开信息85条。"


def read(*blocks: str, **parts: str) -> Document:
    return LINTER.read("年报.docx", word_file(*blocks, **parts))


def shown(*blocks: str, **parts: str) -> list[str]:
    """The text of each block: of a table, the lines of its rows."""
    document = read(*blocks, **parts)
    return [document.source.slice(block.span) for block in document.blocks]


def tag(name: str, content: str = "", attributes: str = "") -> str:
    return f"<w:{name}{' ' if attributes else ''}{attributes}>{content}</w:{name}>"


def test_paragraphs_are_lines_and_the_rest_of_the_page_is_not() -> None:
    document = read(paragraph("　　" + TEXT), paragraph(), paragraph(" "), paragraph("六、其他"))
    assert document.source.text == f"　　{TEXT}\n\n六、其他\n"
    assert document.blocks == (
        Paragraph(Span(2, 2 + len(TEXT)), Location(paragraph=1)),
        Paragraph(Span(4 + len(TEXT), 8 + len(TEXT)), Location(paragraph=4)),
    )
    assert document.format == "docx"
    assert not document.is_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("主动") + run("公开") + run("12", "<w:b/>") + run("件"), "主动公开12件"),
        ("<w:r><w:t> 前后空格不算 </w:t></w:r>" + run(" 算 ") + run("。"), "前后空格不算 算 。"),
        ("<w:r><w:t>分成\n两行\t写</w:t></w:r>", "分成 两行 写"),
        ("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:ptab/><w:t>三</w:t></w:r>", "一\t二\t三"),
        ("<w:r><w:t>不断</w:t><w:noBreakHyphen/><w:t>开</w:t><w:softHyphen/><w:t>的</w:t></w:r>", "不断-开的"),
        ('<w:r><w:sym w:font="宋体" w:char="2460"/><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "①☑"),
        ('<w:r><w:sym w:font="Symbol" w:char="F033"/><w:sym w:char="D800"/><w:sym w:char="x"/></w:r>', "3"),
        (tag("hyperlink", run("见网站"), 'r:id="r9"') + run("。"), "见网站。"),
        (tag("smartTag", tag("smartTag", run("2023年1月1日"))) + run("起"), "2023年1月1日起"),
        (tag("sdt", tag("sdtPr") + tag("sdtContent", run("填好的内容"))), "填好的内容"),
        (tag("customXml", run("自定义")) + tag("bdo", run("方向"), 'w:val="ltr"'), "自定义方向"),
        (
            tag("r", tag("ruby", tag("rt", run("zhōng")) + tag("rubyBase", run("中")) + tag("rubyPr"))) + run("国"),
            "中国",
        ),
        ("<m:oMath><m:r><m:t>3+2=5</m:t></m:r></m:oMath>", "3+2=5"),
        (run("第") + field("PAGE", run("12")) + run("页"), "第页"),
        (run("共") + tag("fldSimple", run("9"), 'w:instr=" NUMPAGES \\* MERGEFORMAT "') + run("页"), "共页"),
        (field("REF 数字", run("12")) + tag("fldSimple", run("件"), 'w:instr="REF x"'), "12件"),
        (field('HYPERLINK "http://x"', run("网址"), field("PAGEREF _Toc1", run("3"))), "网址3"),
        (field("IF", field("MERGEFIELD a", run("甲")), run("乙")), "甲乙"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("甲"), "甲"),
        (run("看不见", "<w:vanish/>") + run("看得见", '<w:vanish w:val="0"/>'), "看得见"),
        ("<w:r><w:annotationRef/><w:lastRenderedPageBreak/><w:t>甲</w:t><w:cr/></w:r>", "甲"),
        ("<!-- 注释 --><w:proofErr/><w:unknown><w:r><w:t>不认识</w:t></w:r></w:unknown>" + run("甲"), "甲"),
    ],
)
def test_what_a_paragraph_says(content: str, text: str) -> None:
    assert shown(paragraph(content)) == [text]
    assert shown(table([[paragraph(content), "0"]]))[0].partition(" | ")[0] == text.strip()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("新收") + deleted("12") + inserted("13") + run("件"), "新收13件"),
        (tag("moveFrom", run("移走"), AUTHOR) + run("留下") + tag("moveTo", run("移来"), AUTHOR), "留下移来"),
        (inserted(run("插入") + deleted("又删") + run("的")), "插入的"),
        (tag("ins", tag("hyperlink", run("链接")), AUTHOR), "链接"),
        (run("改了格式", f"<w:rPrChange {AUTHOR}><w:rPr/></w:rPrChange>"), "改了格式"),
    ],
)
def test_changes_are_read_as_accepted(content: str, text: str) -> None:
    document = read(paragraph("第一段"), paragraph(content))
    assert document.source.text.split("\n\n")[1].strip() == text
    (notice,) = document.notices
    assert (notice.event, notice.location) == ("unaccepted-changes", Location(paragraph=2))
    assert document.source.slice(notice.span) == text


def test_a_deleted_end_of_a_paragraph_joins_it_to_the_next() -> None:
    mark = f"<w:rPr><w:del {AUTHOR}/></w:rPr>"
    gone = f"<w:rPr><w:moveFrom {AUTHOR}/></w:rPr>"
    blocks = (
        paragraph("主动公开", mark),
        paragraph("情况", style="2"),
        paragraph(deleted("全删"), gone),
        paragraph("后"),
    )
    assert shown(*blocks) == ["主动公开情况", "后"]
    assert isinstance(read(*blocks).blocks[0], Heading)
    assert shown(paragraph("表前", mark), table([["1", "2"]]), paragraph("末段", mark)) == ["表前", "1 | 2", "末段"]


def test_what_is_left_of_working_together_is_counted() -> None:
    comment = '<w:commentRangeStart w:id="3"/>' + run("一句") + '<w:r><w:commentReference w:id="3"/></w:r>'
    found = read(
        paragraph("标题"),
        table([["甲", paragraph(comment)]]),
        paragraph(inserted("一") + deleted("二"), f"<w:pPrChange {AUTHOR}><w:pPr/></w:pPrChange>"),
        comments=comments("请核对"),
    )
    (notice,) = found.notices
    assert (notice.zh, notice.en) == ("还有 3 处没有接受的修订、1 条批注", "3 tracked changes and 1 comment")
    assert (notice.location, found.source.slice(notice.span)) == (Location(table=1, row=1, column=2), "一句")
    assert "请核对" not in found.source.text
    assert read(paragraph(run("甲", "<w:b/>"))).notices == ()


def test_line_breaks_part_a_paragraph_into_lines() -> None:
    broken = "<w:r><w:t>石桥镇人民政府</w:t><w:br/><w:br/><w:t>年度报告</w:t><w:br w:type='page'/></w:r>"
    document = read(paragraph(broken, style="1"))
    assert document.source.text == "石桥镇人民政府\n\n年度报告\n"
    assert [block.location for block in document.blocks if isinstance(block, Heading)] == [Location(paragraph=1)] * 2


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = text_box(paragraph("石桥镇人民政府", style="1") + table([["甲", "1"]]))
    document = read(paragraph(run("正文") + box + run("继续")), paragraph("下一段"))
    assert document.source.text == "正文继续\n\n石桥镇人民政府\n\n| 甲 | 1 |\n\n下一段\n"
    assert document.blocks[1] == Heading(Span(6, 13), 1, Location(paragraph=1))
    old = (
        "<w:r><w:pict><v:shape><v:textbox>"
        + tag("txbxContent", paragraph("旧式文本框"))
        + "</v:textbox></v:shape></w:pict></w:r>"
    )
    assert shown(paragraph(old), table([[paragraph(run("格里") + old), "2"]])) == ["旧式文本框", "格里 旧式文本框 | 2"]


def test_notes_stand_below_what_they_are_tied_to() -> None:
    def mark(kind: str, key: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'

    def note(text: str) -> str:
        return paragraph("<w:r><w:footnoteRef/></w:r>" + run(text))

    found = read(
        paragraph(run("新收12") + mark("footnote", 2) + run("件")),
        table([["甲", paragraph(run("3") + mark("footnote", 3))], ["乙", "4"]]),
        paragraph(run("末段") + mark("endnote", 5) + mark("footnote", 99)),
        paragraph("署名"),
        footnotes=notes("footnote", {2: note("脚注一"), 3: note("脚注二"), 4: note("没有引用")}),
        endnotes=notes("endnote", {5: note("尾注") + paragraph(mark("endnote", 5))}),
    )
    lines = ["新收12件", "脚注一", "| 甲 | 3 |\n| 乙 | 4 |", "脚注二", "末段", "署名", "尾注"]
    assert found.source.text == "\n\n".join(lines) + "\n"
    assert [found.location_at(found.source.text.index(text)) for text in ("脚注一", "脚注二", "尾注")] == [
        Location(paragraph=1),
        Location(table=1, row=1, column=2),
        Location(paragraph=2),
    ]


def test_headers_and_footers_are_left_out() -> None:
    part = document(paragraph("页眉上的字"))
    found = read(
        paragraph(TEXT),
        header1=part.replace("w:document", "w:hdr"),
        footer1=part.replace("w:document", "w:ftr").replace("页眉", "页脚"),
    )
    assert found.source.text == TEXT + "\n"


def test_levels_of_headings_come_from_styles_and_outline_levels() -> None:
    own = styles(
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="正文标题"/><w:basedOn w:val="2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="标题 4"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="d"><w:name w:val="圆"/><w:basedOn w:val="e"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="e"><w:name w:val="圈"/><w:basedOn w:val="d"/></w:style>',
        '<w:style w:type="character" w:styleId="f"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="g"><w:name w:val="隐"/><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    outline = '<w:outlineLvl w:val="{}"/>'
    found = read(
        heading("一级", 1),
        paragraph("继承", style="b"),
        paragraph("按名称", style="c"),
        paragraph("自带", outline.format(2)),
        paragraph("不算", outline.format(9), style="1"),
        paragraph("绕圈", style="d"),
        paragraph("没有这种样式", style="z"),
        paragraph(run("看不见", '<w:rStyle w:val="f"/>') + run("隐藏字"), style="g"),
        paragraph(run("现", '<w:vanish w:val="false"/>'), style="g"),
        table([[heading("格里", 1), "1"]]),
        styles=own,
    )
    levels = [block.level if isinstance(block, Heading) else None for block in found.blocks]
    assert levels == [1, 2, 4, 3, None, None, None, None, None]
    assert "看不见" not in found.source.text
    assert "隐藏字" not in found.source.text
    assert found.source.text.endswith("没有这种样式\n\n现\n\n| 格里 | 1 |\n")


def test_alternatives_are_read_once_and_embedded_things_are_said_to_be_left_out() -> None:
    both = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:p><w:r><w:t>新</w:t></w:r></w:p></mc:Choice>'
        "<mc:Fallback><w:p><w:r><w:t>旧</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
    )
    assert shown(both, both.replace("Choice", "Other")) == ["新", "旧"]
    excel = paragraph('<w:r><w:object><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>')
    assert [one.event for one in read(paragraph(TEXT * 10), excel).notices] == ["unread-object"]
    assert not read(paragraph(TEXT * 10)).notices


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_parts_in_another_encoding(encoding: str) -> None:
    xml = document(paragraph(TEXT)).replace('encoding="UTF-8"', 'encoding="UTF-16"' if "16" in encoding else "")
    assert LINTER.read("a.docx", package(xml.encode(encoding))).source.text == TEXT + "\n"


def test_files_of_the_strict_kind_and_with_other_prefixes() -> None:
    strict = document(heading("一、总体情况", 2)).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    other = document(paragraph(TEXT)).replace("w:", "z:").replace("xmlns:w=", "xmlns:z=")
    assert LINTER.read("a.docx", package(strict)).source.text == "一、总体情况\n"
    assert LINTER.read("a.docx", package(other)).source.text == TEXT + "\n"
