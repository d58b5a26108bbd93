"""`new`: the empty report holds what its form asks for, shows what is to be written, and is whole when filled in."""

import io
import json
import time
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.form import Form
from disclosure_lint.packs import shipped_rules
from tests.command_line import own_place, run
from tests.generation.content import SIZES, make
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

TOWN = "某县青山镇人民政府"
AGENCIES = (TOWN, "云川县民政局", "青禾市人民政府")
FORMS = {2019: "2019", 2020: "2019", 2021: "2021", 2025: "2021"}
SUFFIXES = (".md", ".docx")
TO_FILL_IN = "【填写本年度的情况】"
FEE = "本年度____收取信息处理费，金额____元。"
WORDS = {
    "（一）主动公开。": "惠民补贴按季公布。",
    "（二）依申请公开。": "专人登记，逐件答复。",
    "（三）政府信息管理。": "公文逐件标明公开属性。",
    "（四）平台建设。": "办好网站上的栏目。",
    "（五）监督保障。": "纳入年度考核。",
    "（一）存在的问题。": "解读形式单一。",
    "（二）改进情况。": "增加图解。",
    "": "公开工作按计划完成。",
}
"""What a clerk writes after each of these."""


def new(path: str, agency: str = TOWN, year: int = 2025, *more: str) -> bytes:
    """Returns the bytes of a new report."""
    ended = run(["new", "--agency", agency, "--year", str(year), "--force", *more, path])
    assert (ended.status, ended.stderr) == (0, "")
    return Path(path).read_bytes()


def facts(path: str) -> list[dict[str, Any]]:
    """Returns what stands in the tables of a file."""
    found: list[dict[str, Any]] = json.loads(run(["facts", path]).stdout, parse_float=Decimal)["facts"]
    return found


def checked(path: str) -> dict[str, Any]:
    """Returns what `check` says of a file."""
    found: dict[str, Any] = json.loads(run(["check", "--format", "json", path]).stdout)
    return found


def form(key: str) -> Form:
    """Returns a form of the national pack."""
    return next(form for form in Linter.default().forms if form.id == key)


def names(form: Form) -> list[str]:
    """Returns the names of all numbers of a form."""
    return [str(address) for table in form.tables for address in table.addresses()]


def written(text: str) -> str:
    """Returns a paragraph as it is when the clerk has written it."""
    if text == FEE:
        return "本年度未收取信息处理费。"
    before, mark, _ = text.partition(f"{TO_FILL_IN}。")
    return before + WORDS[before] if mark else text


def fill_markdown(path: str, values: Mapping[str, object]) -> None:
    """Writes numbers at the places of the cells, and words for all marks."""
    lines = Path(path).read_text(encoding="utf-8").split("\n")
    for fact in reversed(facts(path)):
        start = fact["range"]["start"]
        line, at = lines[start["line"] - 1], start["column"] - 1
        lines[start["line"] - 1] = f"{line[:at]}{values.get(fact['name'], '')}{line[at:]}"
    Path(path).write_text("\n".join(map(written, lines)), encoding="utf-8")


def fill_word(path: str, values: Mapping[str, object]) -> None:
    """Does the same as somebody who works in Word."""
    document = Document(path)
    rows = [[row.cells for row in table.rows] for table in document.tables]
    for fact in facts(path):
        place = fact["location"]
        cell = rows[place["table"] - 1][place["row"] - 1][place["column"] - 1]
        assert cell.text == ""
        cell.paragraphs[0].add_run(str(values.get(fact["name"], "")))
    for paragraph in document.paragraphs:
        paragraph.runs[0].text = written(paragraph.text)
    document.save(path)


FILL: dict[str, Callable[[str, Mapping[str, object]], None]] = {".md": fill_markdown, ".docx": fill_word}


# What is there, and what is still to be written


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("year", FORMS)
@pytest.mark.parametrize("agency", AGENCIES)
def test_all_cells_of_the_form_are_there_and_blank(agency: str, year: int, suffix: str) -> None:
    new(f"a{suffix}", agency, year)
    found = json.loads(run(["facts", f"a{suffix}"]).stdout)
    assert (found["form"], found["agency"], found["year"]) == (FORMS[year], agency, year)
    assert [fact["name"] for fact in found["facts"]] == names(form(FORMS[year]))
    assert {(fact["value"], fact["raw"]) for fact in found["facts"]} == {(None, "")}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("year", FORMS)
@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.long
def test_only_what_is_to_be_filled_in_is_found(agency: str, year: int, suffix: str) -> None:
    new(f"a{suffix}", agency, year)
    result = checked(f"a{suffix}")
    found = result["diagnostics"]
    marks = 7 if FORMS[year] == "2021" else 4
    blanks = [f"“{text}”" for text in ("____收取", "____元")] if FORMS[year] == "2021" else []
    told = [one["message"].partition("像是")[0] for one in found if one["code"] == "DL112"]
    assert told == [f"“{TO_FILL_IN}”"] * marks + blanks
    blank = [cell for one in found if one["code"] == "DL203" for cell in one["cells"]]
    assert blank == names(form(FORMS[year]))
    silent = [one["range"]["start"]["line"] for one in found if one["code"] == "DL401"]
    assert silent == [found[-1]["range"]["start"]["line"]] * (FORMS[year] == "2021")
    assert {one["code"] for one in found} <= {"DL112", "DL203", "DL401"}
    verdicts = {entry["verdict"] for entry in result["files"][0]["ledger"]}
    assert verdicts <= {"passed", "failed", "not_applicable"}


def test_both_formats_hold_the_same_words() -> None:
    text = new("a.md").decode()
    new("a.docx")
    document = Document("a.docx")
    paragraphs = [paragraph.text.replace("\n", "") for paragraph in document.paragraphs]
    outside = [line.lstrip("# ") for line in text.splitlines() if line and not line.startswith("|")]
    assert paragraphs == outside
    in_tables = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    piped = {cell.strip() for line in text.splitlines() for cell in line.split("|")[1:-1]}
    assert in_tables == piped - {"---"}


# Filled in


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("year", FORMS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.long
def test_a_report_that_was_filled_in_has_no_finding(size: Any, year: int, suffix: str) -> None:
    numbers = make(Random(f"new/{size}/{year}"), size, FORMS[year]).numbers
    agency = {"township": TOWN, "county": "云川县人民政府"}.get(size, "青禾市人民政府")
    # Only a city may make rules.
    values = {
        name: 0 if "regulations" in name and "normative" not in name else value for name, value in numbers.items()
    }
    new(f"a{suffix}", agency, year)
    FILL[suffix](f"a{suffix}", values)
    assert {fact["name"]: fact["value"] for fact in facts(f"a{suffix}")} == values
    result = checked(f"a{suffix}")
    assert [(one["code"], one["message"]) for one in result["diagnostics"]] == []
    assert {entry["verdict"] for entry in result["files"][0]["ledger"]} <= {"passed", "not_applicable"}


@settings(max_examples=some(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_numbers_are_read_back_from_their_cells(data: st.DataObject) -> None:
    year = data.draw(st.sampled_from(sorted(FORMS)))
    suffix = data.draw(st.sampled_from(SUFFIXES))
    cells = names(form(FORMS[year]))
    numbers = data.draw(st.lists(st.integers(0, 99999), min_size=len(cells), max_size=len(cells)))
    values = dict(zip(cells, numbers, strict=True))
    new(f"a{suffix}", TOWN, year)
    FILL[suffix](f"a{suffix}", values)
    assert {fact["name"]: fact["value"] for fact in facts(f"a{suffix}")} == values


@settings(max_examples=some(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_report_that_is_half_filled_in_is_read_as_far_as_it_goes(data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(SUFFIXES))
    values = data.draw(st.dictionaries(st.sampled_from(names(form("2021"))), st.integers(0, 99), max_size=60))
    new(f"a{suffix}")
    FILL[suffix](f"a{suffix}", values)
    assert {fact["name"]: fact["value"] for fact in facts(f"a{suffix}") if fact["raw"]} == values


# The Word file


def test_a_word_file_is_the_same_whenever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new("a.docx")
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert new("b.docx") == first


def test_the_word_file_has_headings_page_and_fonts_of_an_official_document() -> None:
    new("a.docx")
    document = Document("a.docx")
    headings = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    assert headings == [
        f"{number}、{part.title}" for number, part in zip("一二三四五六", form("2021").sections, strict=True)
    ]
    assert document.paragraphs[0].text == f"{TOWN}\n2025年政府信息公开工作年度报告"
    assert document.core_properties.title == f"{TOWN}2025年政府信息公开工作年度报告"
    page = document.sections[0]
    sizes = (page.page_width, page.page_height, page.left_margin, page.right_margin)
    assert [round(size.mm) for size in sizes if size is not None] == [210, 297, 28, 26]
    fonts = {"Title": "方正小标宋简体", "Heading1": "黑体", "BodyText": "仿宋_GB2312", "TableText": "仿宋_GB2312"}
    with ZipFile("a.docx") as archive:
        styles = archive.read("word/styles.xml").decode()
        table = archive.read("word/fontTable.xml").decode()
    for font in fonts.values():
        assert f'w:eastAsia="{font}"' in styles
        assert f'<w:font w:name="{font}"><w:altName' in table


def spans(table: Any) -> list[list[tuple[str, int, int]]]:
    """Returns for each row the cells that begin in it with their columns and rows."""
    rows = [[cell._tc for cell in row.cells] for row in table.rows]
    texts = {cell._tc: cell.text for row in table.rows for cell in row.cells}
    seen: set[Any] = set()
    found = []
    for row in rows:
        begun = [cell for at, cell in enumerate(row) if cell not in seen and cell not in row[:at]]
        seen.update(begun)
        found.append([(texts[cell], row.count(cell), sum(cell in other for other in rows)) for cell in begun])
    return found


def test_the_cells_of_the_word_file_are_merged_as_in_the_template() -> None:
    new("a.docx")
    disclosed, requests, review = map(spans, Document("a.docx").tables)
    assert disclosed[:3] == [
        [("第二十条第（一）项", 4, 1)],
        [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
        [("规章", 1, 1), ("", 1, 1), ("", 1, 1), ("", 1, 1)],
    ]
    assert disclosed[4:7] == [
        [("第二十条第（五）项", 4, 1)],
        [("信息内容", 1, 1), ("本年处理决定数量", 3, 1)],
        [("行政许可", 1, 1), ("", 3, 1)],
    ]
    blanks = [("", 1, 1)] * 7
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    organisations = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert requests[:3] == [
        [(note, 3, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(name, 1, 1) for name in organisations],
    ]
    assert requests[3] == [("一、本年新收政府信息公开申请数量", 3, 1), *blanks]
    assert requests[5] == [("三、本年度办理结果", 1, 22), ("（一）予以公开", 2, 1), *blanks]
    assert requests[7] == [("（三）不予公开", 1, 8), ("1.属于国家秘密", 1, 1), *blanks]
    assert requests[26:] == [[("（七）总计", 2, 1), *blanks], [("四、结转下年度继续办理", 3, 1), *blanks]]
    results = [(name, 1, 1) for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")]
    assert review == [
        [("行政复议", 5, 1), ("行政诉讼", 10, 1)],
        [*((name, 1, 2) for name, _, _ in results), ("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [*results, *results],
        [("", 1, 1)] * 15,
    ]


# Packs


def own_form(folder: Path) -> None:
    """Writes a pack whose form has a column, two rows and a section more, with rules of its own."""
    text = (shipped_rules() / "forms" / "2021.toml").read_text(encoding="utf-8").replace("./form", "../form")
    column = '[[form.table.column]]\nid = "abroad"\nlabel = "境外组织"\ngroups = ["申请人情况", "法人或其他组织"]\n\n'
    total = '[[form.table.column]]\nid = "total"\nlabel = "总计"\naliases = ["合计"]\ngroups'
    text = text.replace(total, column + total)
    row = '[[form.table.row]]\nid = "rewards"\nlabel = "行政奖励"\ncolumns = ["decisions"]\n'
    row += 'groups = ["第二十条第（十）项"]\n'
    text = text.replace("# 表三\n", f"{row}\n# 表三\n")
    section = '[[form.section]]\nid = "annex"\nnumber = 7\ntitle = "附注"\n\n'
    text = text.replace("# 表二\n", f"{section}# 表二\n")
    (folder / "forms").mkdir(parents=True)
    (folder / "forms" / "2021.toml").write_text(text, encoding="utf-8")
    about = '[pack]\nid = "river"\ntitle = "河东"\nversion = "1"\nlicence = "Apache-2.0"\n'
    about += 'extends = "national"\nagency = "河东"\n'
    (folder / "pack.toml").write_text(about, encoding="utf-8")
    rule = """\
[[rule]]
code = "RV401"
name = "named-office"
severity = "info"
summary = { zh = "要求", en = "what is asked" }
message = { zh = "请核对", en = "check" }
why = "因为。"
how = "改。"
law = [{ document = "custom", clause = "习惯" }]
[rule.pattern]
section = "annex"
require = ["经办"]
sentence = "{year}年度由【填写部门名称】经办。"
[[rule.example]]
ok = true
text = "# 河东县民政局2024年政府信息公开工作年度报告\\n\\n## 七、附注\\n\\n由办公室经办。\\n"
[[rule.example]]
finds = ["RV401"]
text = "# ⟦河东县民政局2024年政府信息公开工作年度报告⟧\\n\\n## 七、附注\\n\\n略。\\n"
"""
    (folder / "own.toml").write_text(rule, encoding="utf-8")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_form_of_a_pack_for_the_authority_is_used(suffix: str) -> None:
    own_form(Path("ours"))
    Path("disclosure-lint.toml").write_text('packs = ["ours"]\n', encoding="utf-8")
    new(f"a{suffix}", "河东县民政局")
    found = [fact["name"] for fact in facts(f"a{suffix}")]
    assert set(names(form("2021"))) < set(found)
    assert {"requests[new,abroad]", "requests[carried_out,abroad]", "disclosed[rewards,decisions]"} < set(found)
    values = dict(zip(found, range(1, len(found) + 1), strict=True))
    told = [one["message"] for one in checked(f"a{suffix}")["diagnostics"] if one["code"] == "DL112"]
    assert told[-1].startswith("“【填写部门名称】”")
    assert {one["code"] for one in checked(f"a{suffix}")["diagnostics"]} == {"DL112", "DL203", "DL401"}
    shown = run(["show", f"a{suffix}"]).stdout
    assert "七、附注" in shown
    assert "2025年度由【填写部门名称】经办。" in shown
    FILL[suffix](f"a{suffix}", values)
    assert {fact["name"]: fact["value"] for fact in facts(f"a{suffix}")} == values
    new(f"b{suffix}", TOWN)
    assert [fact["name"] for fact in facts(f"b{suffix}")] == names(form("2021"))


def test_a_rule_that_is_ignored_asks_for_no_words() -> None:
    Path("disclosure-lint.toml").write_text('ignore = ["DL107", "DL403"]\n', encoding="utf-8")
    text = new("a.md").decode()
    assert "统计期限" not in text
    assert f"一、总体情况\n\n{TO_FILL_IN}。\n" in text


# Where it is written


def ended(*args: str) -> tuple[int, str]:
    """Returns the exit status and the error of `new` for the town and 2025, unless the words say other."""
    result = run(["new", "--agency", TOWN, "--year", "2025", *args])
    return result.status, result.stderr


def test_the_file_is_named_like_its_title() -> None:
    title = f"{TOWN}2025年政府信息公开工作年度报告"
    Path("drafts").mkdir()
    assert ended()[0] == ended("--format", "docx")[0] == ended("drafts")[0] == 0
    here = sorted(path.name for path in Path.cwd().iterdir() if path.is_file())
    assert here == [f"{title}.docx", f"{title}.md"]
    assert [path.name for path in Path("drafts").iterdir()] == [f"{title}.md"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_is_there_is_replaced_only_when_asked_for(suffix: str) -> None:
    path = Path(f"a{suffix}")
    path.write_bytes(b"mine")
    path.chmod(0o640)
    status, error = ended(str(path))
    assert (status, path.read_bytes()) == (2, b"mine")
    assert "--force" in error
    assert ended("--force", str(path)) == (0, "")
    assert path.read_bytes() != b"mine"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in Path.cwd().iterdir()] == [path.name]


def test_nothing_is_left_of_what_could_not_be_written() -> None:
    for words in (
        ["missing/a.md"],
        ["a.txt"],
        ["a"],
        ["--format", "docx", "a.md"],
        ["--format", "docx", "-"],
        ["a.md", "b.md"],
    ):
        status, error = ended(*words)
        assert (status, error.startswith("错误："), "Traceback" in error) == (2, True, False), words
    assert list(Path.cwd().iterdir()) == []


@pytest.mark.parametrize("agency", ["", " ", "甲\n乙", "甲/乙", "本机关", "我县", "关于", "甲" * 100, "《甲》乙|丙"])
def test_a_name_that_no_reader_would_understand_is_refused(agency: str) -> None:
    result = run(["new", "--agency", agency, "--year", "2025", "a.md"])
    assert (result.status, "--agency" in result.stderr, Path("a.md").exists()) == (2, True, False)


@pytest.mark.parametrize("year", ["0", "25", "1024", "20255", "二〇二五", "-1", "2025.0", "99999999999"])
def test_a_year_that_is_none_is_refused(year: str) -> None:
    result = run(["new", "--agency", TOWN, f"--year={year}", "a.md"])
    assert (result.status, "--year" in result.stderr, Path("a.md").exists()) == (2, True, False)


def test_of_a_year_without_a_form_the_nearest_one_is_taken_and_said_so() -> None:
    status, error = ended("--year", "2012", "a.md")
    assert (status, "2012" in error, "2019" in error) == (0, True, True)
    assert "DL004" in {one["code"] for one in checked("a.md")["diagnostics"]}
    assert ended("--year", "2012", "--form", "2019", "b.md") == (0, "")
    assert Path("a.md").read_bytes() == Path("b.md").read_bytes()


def test_markdown_on_standard_output_is_what_the_file_holds() -> None:
    result = run(["new", "--agency", TOWN, "--year", "2025", "-"])
    assert (result.status, result.stderr) == (0, "")
    assert result.stdout.encode() == new("a.md")
    assert io.StringIO(result.stdout).readline() == f"# {TOWN}2025年政府信息公开工作年度报告\n"
