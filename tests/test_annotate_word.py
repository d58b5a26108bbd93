"""`check --annotate`: copies of Word files with a comment at each finding, and nothing else changed."""

import io
from pathlib import Path
from random import Random
from xml.etree import ElementTree as Xml
from zipfile import ZIP_STORED, ZipFile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_lint import Linter
from disclosure_lint.model.display import escape_controls
from disclosure_lint.readers.docx.reading import read_docx
from tests.annotated import (
    W,
    as_scattered_docx,
    by_python_docx,
    draft,
    meant,
    other_parts,
    seen,
)
from tests.command_line import own_place, run
from tests.generation import make
from tests.generation.official import official
from tests.office.docx import (
    Cell,
    comments,
    document,
    heading,
    notes,
    package,
    paragraph,
    table,
    text_box,
    word_file,
)
from tests.office.docx import run as run_of
from tests.office.libre_office import converted
from tests.office.official import with_automatic_numbers, with_changes
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
LINTER = Linter.default()
TITLE = "云川县石桥镇人民政府2023年政府信息公开工作年度报告"


def copy_of(data: bytes, name: str = "年报.docx", *options: str) -> bytes:
    """Returns the copy of a file, made by the command."""
    Path(name).write_bytes(data)
    ended = run(["check", "--annotate", "副本", name, *options])
    assert ended.status in (0, 1), ended.stderr
    assert Path(name).read_bytes() == data
    return Path("副本", name).read_bytes()


def check(data: bytes, copy: bytes) -> tuple[int, int]:
    """Checks that a copy has a comment at the words of each finding, and is otherwise the same.

    Returns how many there are, and how many are at exactly the words and nothing more or less.
    """
    before = LINTER.lint("年报.docx", data)
    assert before.source is not None
    assert read_docx("", copy).source.text == before.source.text
    assert by_python_docx(copy) == by_python_docx(data)
    assert other_parts(copy) == other_parts(data)
    found = list(seen(copy))
    assert len(found) == len(before.diagnostics)
    exact = 0
    for one, words, comment in zip(before.diagnostics, meant(before), found, strict=True):
        assert one.code in comment.text
        assert escape_controls(one.message.zh) in comment.text
        assert "依据：" in comment.text
        # A number that Word puts before a paragraph is not in the file; what is in a control is taken whole.
        assert words.endswith(comment.words) or words in comment.words, (one.code, words, comment.words)
        in_cell = one.location is not None and one.location.row is not None
        assert comment.is_shaded or not in_cell or one.severity.name == "info"
        exact += words == comment.words
    return len(found), exact


def check_drafts(count: int) -> None:
    drafts = {f"{seed % 10}/{seed:03}.docx": as_scattered_docx(draft(seed), Random(seed)) for seed in range(count)}
    for name, data in drafts.items():
        Path("草稿", name).parent.mkdir(parents=True, exist_ok=True)
        Path("草稿", name).write_bytes(data)
    # Some drafts are of one agency, and so are compared.
    ended = run(["check", "-q", "--ignore", "DL9", "--annotate", "副本", "草稿"])
    assert ended.status == 1
    counts = [check(data, Path("副本", name).read_bytes()) for name, data in drafts.items()]
    found, exact = map(sum, zip(*counts, strict=True))
    # All but those in a content control, or at a place where nothing stands.
    assert exact > 0.9 * found
    assert found > 2 * count


def test_drafts_with_mistakes() -> None:
    check_drafts(some(40))


@pytest.mark.long
def test_a_hundred_drafts_with_mistakes() -> None:
    check_drafts(100)


@settings(max_examples=some(40), deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(("2021", "2019")))
def test_any_draft(seed: int, form: str) -> None:
    data = as_scattered_docx(draft(seed, form), Random(seed))
    if LINTER.lint("年报.docx", data).diagnostics:
        check(data, copy_of(data, f"{seed}-{form}.docx"))


def test_comments_that_are_there_stay_and_tracked_changes_too() -> None:
    rng = Random(4)
    data = with_changes(official(make(rng), rng), "requests", 3, 1)
    copy = copy_of(data)
    check(data, copy)
    first = next(iter(docx.Document(io.BytesIO(copy)).comments))
    assert (first.author, first.text) == ("云川县石桥镇", "请再核对")
    for mark in ("w:ins", "w:del", "w:delText"):
        assert main_of(copy).count(f"<{mark} ") == main_of(data).count(f"<{mark} ")


def test_headings_that_word_numbers() -> None:
    rng = Random(5)
    blocks = [block for block in official(make(rng), rng) if "其他需要报告" not in str(block)]
    data = with_automatic_numbers(blocks)
    check(data, copy_of(data))


def main_of(data: bytes) -> str:
    with ZipFile(io.BytesIO(data)) as file:
        return file.read("word/document.xml").decode()


def test_nothing_is_changed_but_where_something_is_put_in() -> None:
    data = as_scattered_docx(draft(1), Random(1))
    text = main_of(copy_of(data))
    assert text.startswith(main_of(data)[:200])
    with ZipFile(io.BytesIO(data)) as file:
        assert [entry.filename for entry in file.infolist()] == list(ZipFile(io.BytesIO(copy_of(data))).namelist())[
            : len(file.infolist())
        ]


def report_with(*blocks: str, **parts: str) -> bytes:
    """Returns a report that lacks most, with some blocks in its first section."""
    return word_file(
        heading(TITLE, 1),
        heading("一、总体情况", 2),
        *blocks,
        heading("六、其他需要报告的事项", 2),
        paragraph("本年度未收取信息处理费。"),
        **parts,
    )


def words_of(copy: bytes, code: str) -> list[str]:
    return [one.words for one in seen(copy) if f" {code}：" in one.text]


@pytest.mark.parametrize(
    "content",
    [
        run_of("全年由××镇人民政府办公室公开信息"),
        run_of("全年由×") + run_of("×镇人民政府办公室公开信息", "<w:b/>"),
        '<w:r><w:t xml:space="preserve">全年由 </w:t><w:t>××镇</w:t><w:tab/><w:t>人民政府办公室公开信息</w:t></w:r>',
        '<w:r w:rsidR="00AB12"><w:rPr><w:b/></w:rPr><w:t>  全年由××镇<![CDATA[人民政府]]>办公室公开信息</w:t></w:r>',
        f"<w:ins w:id='1' w:author='a'>{run_of('全年由××镇人民政府办公室公开信息')}</w:ins>",
        f"<w:smartTag w:uri='u' w:element='e'>{run_of('全年由××镇人民政府办公室公开信息')}</w:smartTag>",
    ],
)
def test_the_very_words(content: str) -> None:
    data = report_with(paragraph(content))
    copy = copy_of(data)
    check(data, copy)
    assert words_of(copy, "DL112") == ["××镇"]


@pytest.mark.parametrize(
    "content",
    [
        f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run_of('由××镇公开')}</w:sdtContent></w:sdt>",
        f'<w:fldSimple w:instr=" REF a ">{run_of("由××镇公开")}</w:fldSimple>',
        "<w:r><w:ruby><w:rubyBase><w:r><w:t>由××镇公开</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    ],
)
def test_what_holds_no_comments_is_taken_whole(content: str) -> None:
    copy = copy_of(report_with(paragraph(run_of("全年") + content + run_of("信息。"))))
    assert words_of(copy, "DL112") == ["由××镇公开"]
    main = Xml.fromstring(main_of(copy))
    for name in ("sdt", "fldSimple", "ruby"):
        assert not [one for around in main.iter(f"{W}{name}") for one in around.iter() if "comment" in one.tag]


def test_text_boxes_and_notes_have_it_at_what_they_are_tied_to() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    boxed = paragraph(run_of("全年公开信息。") + text_box(paragraph("××镇统计")))
    noted = paragraph(run_of("都在网站上。") + mark)
    data = report_with(boxed, noted, footnotes=notes("footnote", {2: paragraph("由[单位名称]统计")}))
    copy = copy_of(data)
    check_parts = other_parts(copy)
    assert check_parts == other_parts(data)
    assert [one.text for one in docx.Document(io.BytesIO(copy)).comments if "DL112" in one.text]
    main = Xml.fromstring(main_of(copy))
    assert not [one for box in main.iter(f"{W}txbxContent") for one in box.iter() if "comment" in one.tag]


def test_a_blank_paragraph_and_a_blank_cell() -> None:
    rng = Random(9)
    blocks = official(make(rng), rng)
    data = as_scattered_docx(blocks, rng)
    text = main_of(data)
    # A cell of the form whose paragraph has nothing in it, as Word writes it.
    at = text.index('<w:t xml:space="preserve">', text.index("四、结转下年度继续办理") + 60)
    start, end = text.rindex("<w:p>", 0, at), text.index("</w:p>", at) + 6
    blank = package(text[:start] + "<w:p/>" + text[end:])
    copy = copy_of(blank)
    check(blank, copy)
    assert [one for one in seen(copy) if "DL203" in one.text and one.words == ""]


def test_other_prefixes_other_encodings_and_the_strict_kind() -> None:
    main = document(heading(TITLE, 1), paragraph("由××镇公开"), table([["1", "××镇"]]))
    prefixed = main.replace("<w:", "<x:").replace("</w:", "</x:").replace(" w:", " x:").replace("xmlns:w=", "xmlns:x=")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for text in (
        prefixed,
        main.replace(space, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
        main.replace("<w:", "<").replace("</w:", "</").replace("<document ", f'<document xmlns="{space}" '),
    ):
        for encoding in ("utf-8", "utf-16", "utf-8-sig"):
            data = package(text.replace("UTF-8", encoding.removesuffix("-sig")).encode(encoding))
            copy = copy_of(data)
            before, after = LINTER.lint("a.docx", data), LINTER.lint("a.docx", copy)
            assert before.source is not None
            assert after.source is not None
            assert before.source.text == after.source.text
            with ZipFile(io.BytesIO(copy)) as file:
                content = file.read("word/document.xml")
                root = Xml.fromstring(content if encoding == "utf-16" else content.decode("utf-8-sig"))
                assert b"disclosure-lint" in file.read("word/comments.xml")
            starts = [one for one in root.iter() if one.tag.endswith("}commentRangeStart")]
            assert {one.tag.partition("}")[0] for one in starts} == {root.tag.partition("}")[0]}


def test_a_ground_takes_the_place_of_another_in_the_order_of_the_format() -> None:
    shades = ("", '<w:shd w:val="clear" w:fill="FF0000"/>', "<w:tcBorders/>", '<w:vAlign w:val="center"/>')
    for shade in shades:
        cells: list[list[Cell | str]] = [["类别", Cell("××镇", properties=shade)], ["甲", "乙"]]
        main = Xml.fromstring(main_of(copy_of(report_with(table(cells)))))
        (properties,) = (one for one in main.iter(f"{W}tcPr") if any("shd" in part.tag for part in one))
        names = [part.tag.removeprefix(W) for part in properties]
        assert names.count("shd") == 1
        order = ("tcW", "gridSpan", "vMerge", "tcBorders", "shd", "vAlign")
        assert names == sorted(names, key=order.index)
        assert properties[names.index("shd")].get(f"{W}fill") == "FFE699"


def test_a_comments_part_that_is_one_tag() -> None:
    none = comments().replace("></w:comments>", "/>")
    assert none.endswith("/>")
    data = report_with(paragraph("由××镇公开"), comments=none)
    check(data, copy_of(data))


def test_parts_that_are_not_read_are_not_unpacked() -> None:
    """A picture may say of itself what it likes: its bytes are in the copy as they were."""
    data = report_with(paragraph("由××镇公开"))
    buffer = io.BytesIO(data)
    with ZipFile(buffer, "a", ZIP_STORED) as file:
        file.writestr("word/media/image1.png", b"PICTURE" * 1000)
        file.writestr("word/媒体/图.png", b"PICTURE")
    broken = buffer.getvalue().replace(b"PICTUREPICTURE", b"PICTUREPIXTURE", 1)
    copy = copy_of(broken)
    assert b"PICTUREPIXTURE" in copy
    with ZipFile(io.BytesIO(copy)) as file:
        assert "word/媒体/图.png" in file.namelist()


HOSTILE = ("<script>&amp;]]>", "\u202e倒\u2066", "a\ufffe\uffff", "-->\x85", "\U0001f600𬭁")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words(words: str) -> None:
    words = words.replace("\ufffe\uffff", "\ufffd")
    data = report_with(
        paragraph(run_of(f"{words}××镇{words}[{words}单位名称]{words}")), paragraph(run_of(f"××{words}"))
    )
    copy = copy_of(data)
    check(data, copy)


@pytest.mark.long
def test_libre_office_opens_them_and_knows_the_comments(tmp_path: Path) -> None:
    copies, kept = {}, {}
    for seed in range(6):
        data = as_scattered_docx(draft(seed), Random(seed))
        copies[f"{seed}.docx"] = copy = copy_of(data, f"{seed}.docx")
        kept[f"{seed}"] = [one.text.split("\n")[0] for one in seen(copy)]
    made = converted(copies, "odt", tmp_path)
    for name, content in made.items():
        with ZipFile(io.BytesIO(content)) as file:
            text = "".join(Xml.fromstring(file.read("content.xml")).itertext())
        for words in kept[Path(name).stem]:
            assert words in text
