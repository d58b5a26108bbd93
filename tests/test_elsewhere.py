"""Tables and whole reports that stand in pictures, objects, frames and attachments: not read, and said so."""

from random import Random

import pytest

from disclosure_lint import FileResult, Linter, Severity
from tests.generation import SIZES, make
from tests.generation.official import Block, Grid, markdown, official
from tests.office.docx import paragraph, word_file
from tests.office.html import plain
from tests.office.official import block_xml

LINTER = Linter.default()
TITLE = "柏屿县石桥镇人民政府2023年政府信息公开工作年度报告"
PICTURE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="{}" cy="3000000"/><a:graphic><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic></wp:inline></w:drawing></w:r>'
).format
IN_WORD = {
    "图片": PICTURE(5270000),
    "嵌入的对象": '<w:r><w:object><v:shape/><o:OLEObject Type="Embed" ProgID="Excel.Sheet.12"/></w:object></w:r>',
    "嵌入的另一份文件": '<w:subDoc r:id="rId9"/>',
}
ON_A_PAGE = {
    "图片": '<p align=center><img src="/t3.png" width="800"></p>',
    "嵌入的框架": '<iframe src="t3.htm"></iframe>',
    "附件": '<p>附件：<a href="/upload/t3.xlsx">表三</a></p>',
}


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    rng = Random(3)
    return official(make(rng, SIZES[0], "2021"), rng)


def missing(result: FileResult) -> list[tuple[Severity, str]]:
    """What is said of missing tables; nothing else may be found to be wrong."""
    assert {one.code for one in result.diagnostics if one.severity == Severity.error} <= {"DL201"}
    return [(one.severity, one.message.zh) for one in result.diagnostics if one.code == "DL201"]


def in_word(blocks: list[Block], instead: str, after: str = "") -> bytes:
    """A report with something in the place of table 3, and something else at its end."""
    kept = [instead if isinstance(block, Grid) and block.table == "requests" else block_xml(block) for block in blocks]
    return word_file(*kept, after)


def on_a_page(blocks: list[Block], instead: str, after: str = "") -> bytes:
    page = plain(blocks)
    start = page.index("<table", page.index("三、收到"))
    end = page.index("</table>", start) + len("</table>")
    return (page[:start] + instead + page[end:].replace("</body>", f"{after}</body>")).encode()


@pytest.mark.parametrize("what", IN_WORD)
def test_a_table_of_a_word_file_that_is_not_read(blocks: list[Block], what: str) -> None:
    ((severity, said),) = missing(LINTER.lint("a.docx", in_word(blocks, paragraph(IN_WORD[what]))))
    assert severity == Severity.warning
    assert f"没有能读的表三，但有{what}" in said


@pytest.mark.parametrize("what", ON_A_PAGE)
def test_a_table_of_a_page_that_is_not_read(blocks: list[Block], what: str) -> None:
    ((severity, said),) = missing(LINTER.lint("a.html", on_a_page(blocks, ON_A_PAGE[what])))
    assert severity == Severity.warning
    assert f"没有能读的表三，但有{what}" in said


def test_a_picture_in_markdown(blocks: list[Block]) -> None:
    text = markdown([block for block in blocks if not (isinstance(block, Grid) and block.table == "requests")])
    at = text.index("\n", text.index("三、收到"))
    for picture in ("![表三](t3.png){width=5in}", '<img src="t3.png" width="800">'):
        ((severity, _),) = missing(LINTER.lint("a.md", f"{text[:at]}\n\n{picture}\n{text[at:]}".encode()))
        assert severity == Severity.warning


def test_what_stands_in_another_section_or_is_a_mark_of_the_site_is_no_table(blocks: list[Block]) -> None:
    word = [in_word(blocks, "", paragraph(PICTURE(5270000))), in_word(blocks, paragraph(PICTURE(500000)))]
    pages = [on_a_page(blocks, "", ON_A_PAGE["图片"]), on_a_page(blocks, "<img src=a.gif width=16><iframe></iframe>")]
    for data, name in [*((one, "a.docx") for one in word), *((one, "a.html") for one in pages)]:
        ((severity, _),) = missing(LINTER.lint(name, data))
        assert severity == Severity.error


def refused(name: str, data: str | bytes) -> str:
    result = LINTER.lint(name, data if isinstance(data, bytes) else data.encode())
    assert result.status == "unreadable"
    (one,) = result.diagnostics
    assert one.code == "DL001"
    return one.message.zh


ARTICLE = (
    f"<html><head><title>{TITLE}</title></head><body><ul class=nav><li><a href=/>首页</a></ul><h1>{TITLE}</h1>"
    "<p>发布时间：2024-01-20　来源：石桥镇人民政府</p><div id=zoom>{}</div>"
    "<p>主办：石桥镇人民政府　电话：0000-1234567</p></body></html>"
).format


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('<p>附件：<a href="/upload/2023年报.pdf">下载</a></p>', "附件里（2023年报.pdf）"),
        ("<p><img src=i.gif><a href='a.docx'>a</a><a href=b.docx>b</a></p>", "附件里（a.docx）"),
        ('<iframe src="/viewer.html?file=a.pdf"></iframe>', "嵌入的另一个页面"),
        ('<embed src="a.pdf" type="application/pdf">', "嵌入的另一个页面"),
        ("<p><img src=1.jpg></p><p><img src=2.jpg></p>", "正文像是图片"),
    ],
)
def test_a_page_with_nothing_but_the_title_of_a_report(content: str, said: str) -> None:
    assert said in refused("a.html", ARTICLE(content))


def test_a_page_that_loads_its_text_later() -> None:
    assert "打开以后才装载" in refused("a.html", f"<title>{TITLE}</title><div id=app></div><script src=a.js></script>")


def test_a_word_file_of_pictures() -> None:
    assert "只有图片" in refused("a.docx", word_file(paragraph(TITLE), *[paragraph(PICTURE(5270000))] * 6))


def test_other_pages_with_frames_are_no_reports() -> None:
    other = "<title>通知</title><p>关于放假的通知</p><iframe src=a.htm></iframe><a href=a.pdf>附件</a>"
    assert LINTER.lint("a.html", other.encode()).status == "not_a_report"
    assert LINTER.lint("a.html", ARTICLE("<p>没有正文</p>").encode()).status == "linted"
