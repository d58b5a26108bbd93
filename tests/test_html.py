"""Pages for people: what is on them, read as a browser reads them; `test_html_in_a_browser` opens them in one."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from time import process_time

import pytest

from disclosure_lint import Linter
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.outputs.html.report import article
from tests.command_line import BAD, GOOD, TOWN, own_place, run
from tests.web_page import Element, read_page

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
HOSTILE = """\
# 柏屿县<script>alert(1)</script>镇人民政府2024年政府信息公开工作年度报告

## 一、总体情况

"><img src=x onerror=alert(2)> 全年新收政府信息公开申请 5 件</script><script>alert(3)</script>，\u202e反过来\u202c。
<!-- --><svg/onload=alert(4)> ' onmouseover='alert(5)' &lt;b&gt; ]]> {{7*7}}

## 六、其他需要报告的事项

本年度未收取信息处理费。
"""

__all__ = ["own_place"]


def page_of(*args: str) -> Element:
    """Returns the page that a check writes to standard output."""
    ended = run(["check", "--format", "html", *args])
    assert ended.status in (0, 1), ended.stderr
    assert ended.stderr == ""
    return read_page(ended.stdout)


def facts_of(path: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(["facts", "--format", "json", str(path)]).stdout)["facts"]
    return found


def test_the_wrong_cell_is_lit_with_what_it_should_be() -> None:
    page = page_of(str(BAD))
    (wrong,) = page.all("td", "wrong")
    assert wrong.one("span", "v").text() == "1"
    assert wrong.one("b", "should").text() == "应为 0"
    assert wrong.one("b", "should").text("en") == "should be 0"
    number = int(wrong.attributes["id"][1:])
    assert facts_of(BAD)[number]["name"] == "requests[granted,natural]"
    finding = page.at("f1")
    assert finding.attributes["data-c"].split()[0] == str(number)
    assert "填的是 1，应为 0" in finding.text()
    assert "is 1 and should be 0" in finding.text("en")


@pytest.mark.usefixtures("own_place")
def test_a_cell_that_may_be_wrong_is_not_said_to_be() -> None:
    """Where several cells may be, each is framed; where none is named, so is the one that carries the finding."""
    text = GOOD.read_text(encoding="utf-8")
    row = "| 0 | 0 | 2 | 1 | 3 | 1 | 2 | 0 | 0 | 3 | 0 | 0 | 0 | 0 | 0 |"
    assert row in text
    Path("a.md").write_text(
        text.replace(row, row.replace("| 0 | 0 | 2 | 1 | 3", "| 4 | 0 | 2 | 1 | 3")), encoding="utf-8"
    )
    page = page_of("a.md")
    assert list(page.all("td", "wrong")) == []
    told = [one.one("b", "should").text() for one in page.all("td", "doubt")]
    assert told == ["可能是 0", "似应为 7"]
    rng = Random(3)
    Path("a.md").write_text(re.sub(r"(?<=\| )\d+(?= \|)", lambda _: str(rng.randrange(1000)), text), encoding="utf-8")
    found = json.loads(run(["check", "--format", "json", "a.md"]).stdout)["diagnostics"]
    assert any(not one["suggestions"] and len(one["cells"]) > 1 for one in found)
    sure = {one["cell"] for each in found for one in each["suggestions"] if one["confidence"] != "possible"}
    sure |= {one["cells"][0] for one in found if len(one["cells"]) == 1}
    names = [str(fact["name"]) for fact in facts_of(Path("a.md"))]
    page = page_of("a.md")
    assert {names[int(cell.attributes["id"][1:])] for cell in page.all("td", "wrong")} <= sure
    assert list(page.all("td", "doubt"))


@pytest.mark.parametrize("path", sorted([*(EXAMPLES / "good").iterdir(), GOOD, BAD]), ids=lambda path: str(path.name))
def test_every_number_stands_in_its_cell_of_the_form(path: Path) -> None:
    page, facts = page_of(str(path)), facts_of(path)
    cells = [one for one in page.all("td") if one.attributes.get("id", "").startswith("c")]
    for fact in facts:
        assert fact["value"] is not None
    shown = [next(iter(one.all("span", "v")), one).text() for one in cells]
    assert shown == [str(fact["raw"]) for fact in facts]


def test_every_row_of_a_table_is_equally_wide() -> None:
    for name in ("bureau-tabs.txt", "district-2020.txt"):
        for table in page_of(str(EXAMPLES / "good" / name)).all("table", "form"):
            covered: dict[int, int] = {}
            for number, row in enumerate(table.all("tr")):
                for cell in row.children:
                    assert isinstance(cell, Element)
                    for below in range(int(cell.attributes.get("rowspan", "1"))):
                        wide = int(cell.attributes.get("colspan", "1"))
                        covered[number + below] = covered.get(number + below, 0) + wide
            assert len(set(covered.values())) == 1


def test_numbers_of_the_text_show_what_became_of_them() -> None:
    path = EXAMPLES / "good" / "county-flow.txt"
    claims = json.loads(run(["claims", "--format", "json", str(path)]).stdout)["claims"]
    told = [one for one in claims if one["status"] != "not_a_quantity"]
    buttons = page_of(str(path)).one("div", "doc").all("span", "n")
    for claim in told:
        text = squeeze(claim["text"])
        shown = next(buttons)
        # A number may go on in the next line.
        while (so_far := squeeze(shown.text())) != text:
            assert text.startswith(so_far)
            text = text.removeprefix(so_far)
            shown = next(buttons)
        assert shown.attributes["data-s"] == claim["status"]
        assert len(shown.attributes.get("data-c", "").split()) == len(claim["cells"])
    assert list(buttons) == []
    assert {"agrees", "unrelated"} <= {claim["status"] for claim in told}


def test_findings_are_marked_at_their_place_in_the_text() -> None:
    page = page_of(str(BAD))
    mark = next(page.all("mark", "error"))
    assert mark.text() == "无。"
    (ref,) = (one for one in page.all("a", "ref") if one.attributes.get("id") == "m2")
    assert ref.attributes["href"] == "#f2"
    assert "没有说明本年度是否收取信息处理费" in page.at("f2").text()


def test_the_ledger_is_told_in_words() -> None:
    ended = run(["check", "--format", "json", str(EXAMPLES / "bad" / "empty-block.txt")])
    ledger = json.loads(ended.stdout)["files"][0]["ledger"]
    verdicts = [entry["verdict"] for entry in ledger]
    open_ones = [entry for entry in ledger if entry["verdict"] == "undetermined"]
    text = page_of(str(EXAMPLES / "bad" / "empty-block.txt")).one("section", "ledger").text()
    checked = verdicts.count("passed") + verdicts.count("failed")
    assert f"已核对 {checked} 项，其中 {verdicts.count('failed')} 项有问题；{len(open_ones)} 项未能核对。" in text
    assert open_ones
    for entry in open_ones:
        assert entry["reason"] in text
        assert entry["code"] in text
    assert all(entry["code"] in text for entry in ledger if entry["verdict"] != "failed")


def test_equations_are_told_with_how_they_ended() -> None:
    data = page_of(str(BAD)).data("data")
    broken = [one for one in data["equations"] if one[1] == "violated"]
    assert {data["rules"][one[0]][0] for one in broken} == {"DL302", "DL303"}
    assert sorted((one[5], one[6]) for one in broken) == [("1", "0"), ("5", "4")]
    facts = {number: fact["value"] for number, fact in enumerate(facts_of(BAD))}
    for one in data["equations"]:
        left, right = (sum(facts[cell] for cell in side) for side in one[3:5])  # type: ignore[misc]
        holds = {"=": left == right, "≥": left >= right}[one[2]]
        assert one[1] == ("holds" if holds else "violated")
        assert one[5:] == ([] if holds else [str(left), str(right)])


def test_last_years_numbers_are_told(own_place: Path) -> None:
    text = GOOD.read_text(encoding="utf-8")
    (own_place / "2024.md").write_text(text, encoding="utf-8")
    (own_place / "2023.md").write_text(text.replace("2024年", "2023年"), encoding="utf-8")
    page = page_of(".")
    templates = {one.one("h1").text(): one.data("data")["previous"] for one in page.all("template")}
    assert templates["柏屿县杏花坞镇人民政府 2023"] is None
    previous = templates["柏屿县杏花坞镇人民政府 2024"]
    facts = facts_of(GOOD)
    assert previous["year"] == 2023
    assert previous["numbers"] == [str(fact["value"]) for fact in facts]
    carried = {str(fact["name"]): fact["value"] for fact in facts}
    assert {key: int(value) for key, value in previous["carried"].items()} == {
        str(number): carried[str(fact["name"]).replace("carried_in", "carried_out")]
        for number, fact in enumerate(facts)
        if "[carried_in," in str(fact["name"])
    }


def obeys_only_itself(text: str) -> None:
    """Fails unless a page asks for nothing and runs nothing but what its policy names."""
    page = read_page(text)
    policy = next(one for one in page.all("meta") if one.attributes.get("http-equiv") == "Content-Security-Policy")
    said = policy.attributes["content"]
    assert said.startswith("default-src 'none'; ")
    assert "unsafe" not in said
    for name in ("script", "style"):
        for one in page.all(name):
            if one.attributes.get("type") == "application/json":
                json.loads("".join(map(str, one.children)))
                continue
            digest = hashlib.sha256("".join(map(str, one.children)).encode()).digest()
            assert f"'sha256-{base64.b64encode(digest).decode()}'" in said
    for one in page.all():
        assert one.name not in ("img", "svg", "iframe", "link", "object", "embed", "base")
        assert not any(key.startswith("on") or key in ("src", "style", "srcdoc") for key in one.attributes)
        assert not re.match(r"(?i)\s*(?:[a-z]+:|//)", one.attributes.get("href", ""))


@pytest.mark.usefixtures("own_place")
def test_what_a_stranger_wrote_stays_text() -> None:
    name = "\"><img src=x onerror=alert(9)>'年报.md" if sys.platform != "win32" else "'年报.md"
    Path(name).write_text(HOSTILE, encoding="utf-8")
    Path("b.md").write_text(HOSTILE.replace("柏屿县", "柏屿县\u202e"), encoding="utf-8")
    for args in ([name], ["."]):
        ended = run(["check", "--format", "html", *args])
        obeys_only_itself(ended.stdout)
        assert "\u202e" not in ended.stdout
        assert "U+202E" in ended.stdout
    page = page_of(name)
    assert '"><img src=x onerror=alert(2)>' in page.one("div", "doc").text()
    assert "</script><script>alert(3)</script>" in page.one("div", "doc").text()
    assert "{{7*7}}" in page.one("div", "doc").text()
    assert name in page.one("p", "path").text()
    run(["check", "--format", "html:out/", "."])
    for written in Path("out").rglob("*.html"):
        obeys_only_itself(written.read_text(encoding="utf-8"))
    obeys_only_itself(run(["overview", "--format", "html", "."]).stdout)


@pytest.mark.usefixtures("own_place")
def test_numbers_that_lead_to_a_person_are_masked() -> None:
    text = GOOD.read_text(encoding="utf-8").replace("聘请法律顾问", "联系人电话13800138000，聘请法律顾问")
    Path("a.md").write_text(text, encoding="utf-8")
    page = run(["check", "--format", "html", "a.md"]).stdout
    assert "138****8000" in page
    assert "13800138000" not in page


@pytest.mark.usefixtures("own_place")
def test_a_folder_is_an_index_and_pages_beside_it() -> None:
    text = GOOD.read_text(encoding="utf-8")
    Path("a.md").write_text(text, encoding="utf-8")
    Path("b.md").write_text(text.replace("33", "34"), encoding="utf-8")
    Path("c.md").write_text(text.replace("2024年", "2022年"), encoding="utf-8")
    Path("d.md").write_bytes(BAD.read_bytes())
    Path("bad.docx").write_bytes(b"PK\x03\x04 no archive")
    for place in ("out/", "out"):  # the second time it is there
        ended = run(["check", "--format", "html", "--output-file", place, ".", "bad.docx"])
        assert (ended.status, ended.stdout, ended.stderr) == (1, "", "")
        index = read_page(Path("out/index.html").read_text(encoding="utf-8"))
        data = index.data("all")
        pages = {file[8]: file[9] for file in data["files"]}
        assert len(pages) == 5
        assert {f"reports/{path.name}" for path in Path("out/reports").iterdir()} == set(pages.values())
        for path, link in pages.items():
            page = read_page(Path("out", link).read_text(encoding="utf-8"))
            assert page.one("p", "path").text() == path
            assert page.one("a", "home").attributes["href"] == "../index.html"
            obeys_only_itself(Path("out", link).read_text(encoding="utf-8"))
    assert data["years"] == [2022, 2023, 2024]
    assert data["agencies"] == ["柏屿县杏花坞镇人民政府", "澄溪县柳叶湾镇人民政府"]
    text = index.one("section", "lists").text()
    assert "柏屿县杏花坞镇人民政府 2024：a.md、b.md" in text
    assert "柏屿县杏花坞镇人民政府：2023" in text
    assert "bad.docx：读不出来" in text


@pytest.mark.usefixtures("own_place")
def test_pages_of_ours_are_no_reports() -> None:
    Path("a.md").write_bytes(GOOD.read_bytes())
    run(["check", "--format", "html:out/", "--format", "html:one.html", "."])
    assert len(read_page(run(["check", "--format", "html", "."]).stdout).data("data")["tables"]) == 3
    ended = run(["check", "--select", "DL0", "one.html"])
    assert "DL002" in ended.stdout


@pytest.mark.usefixtures("own_place")
def test_a_web_site_of_others_is_left_alone() -> None:
    Path("site").mkdir()
    Path("site/index.html").write_text("<h1>ours</h1>", encoding="utf-8")
    ended = run(["check", "--format", "html:site", str(GOOD)])
    assert ended.status == 2
    assert "index.html" in ended.stderr
    assert [path.name for path in Path("site").iterdir()] == ["index.html"]
    assert Path("site/index.html").read_text(encoding="utf-8") == "<h1>ours</h1>"


@pytest.mark.usefixtures("own_place")
def test_other_formats_are_no_folders() -> None:
    Path("there").mkdir()
    ended = run(["check", "--format", "json:there", str(GOOD)])
    assert ended.status == 2
    assert list(Path("there").iterdir()) == []


@pytest.mark.usefixtures("own_place")
def test_a_folder_that_cannot_be_made_is_the_users_mistake() -> None:
    Path("file").write_text("", encoding="utf-8")
    ended = run(["check", "--format", "html:file/", str(GOOD)])
    assert ended.status == 2
    assert "Traceback" not in ended.stderr


def test_one_page_holds_many_reports() -> None:
    page = page_of(str(TOWN))
    assert [one.attributes["id"] for one in page.all("template")] == ["p1", "p2"]
    data = page.data("all")
    assert [file[9] for file in data["files"]] == ["#p1", "#p2"]
    assert [data["agencies"][file[0]] for file in data["files"]] == ["柏屿县杏花坞镇人民政府", "澄溪县柳叶湾镇人民政府"]
    codes = {data["rules"][rule][0]: (severity, count) for rule, severity, count in data["files"][1][7]}
    assert codes == {"DL302": (0, 1), "DL401": (0, 1)}


@pytest.mark.usefixtures("own_place")
def test_an_overview_is_a_page_too() -> None:
    results = run(["check", "--format", "jsonl", str(TOWN)]).stdout
    Path("results.jsonl").write_text(results, encoding="utf-8")
    by_files = read_page(run(["overview", "--format", "html", str(TOWN)]).stdout)
    by_results = read_page(run(["overview", "--format", "html", "results.jsonl"]).stdout)
    assert by_files.data("all") == by_results.data("all")
    assert by_files.one("p", "verdict").text() == "2 个机关：无误 1，警告 0，错误 1，缺 0，重复 0"


@pytest.mark.usefixtures("own_place")
def test_nothing_to_show_is_a_page() -> None:
    ended = run(["check", "--format", "html", "--only-reports", str(TOWN / "README.md")])
    assert read_page(ended.stdout).data("all")["files"] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_begins_in_the_language_that_was_asked_for(lang: str) -> None:
    page = page_of("--lang", lang, str(GOOD))
    assert page.one("html").attributes["lang"] == {"zh": "zh-CN", "en": "en"}[lang]


@pytest.mark.usefixtures("own_place")
def test_what_is_silenced_is_told_with_who_asked_for_it() -> None:
    text = "<!-- disclosure-lint: ignore-file[DL403] 另有<b>通知</b> -->\n" + GOOD.read_text(encoding="utf-8")
    Path("a.md").write_text(text, encoding="utf-8")
    page = page_of("a.md")
    assert list(page.all("ol", "found")) == []
    assert "没有查出问题。" in page.one("p", "verdict").text()
    told = page.one("section", "ledger").text()
    assert "查出而不报的 1 处" in told
    assert "（注释，另有<b>通知</b>）" in told


def cost(lines: int) -> float:
    """Returns the seconds of processor time that writing a page of so many lines with numbers takes."""
    line = "年内举办培训 3 次，参训 40 人，联系电话 138 处，有 XX镇 2 处，完成率 95%。\n\n"
    result = Linter.default().lint("a.md", (GOOD.read_text(encoding="utf-8") + line * lines).encode())
    times = []
    for _ in range(4):
        before = process_time()
        "".join(article(result, OutputStyle()))
        times.append(process_time() - before)
    return min(times)


def test_the_time_grows_with_the_text() -> None:
    small, large = cost(60), cost(480)
    assert large < 8 * 3 * small


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
@pytest.mark.parametrize("path", [BAD, TOWN], ids=["one", "many"])
def test_a_console_of_another_encoding_gets_the_same_page(path: Path, encoding: str) -> None:
    whole = run(["check", "--format", "html", str(path)]).stdout
    plain = run(["check", "--format", "html", str(path)], encoding=encoding).stdout
    assert plain.isascii()
    obeys_only_itself(plain)
    pages = read_page(whole), read_page(plain)
    assert pages[0].text() == pages[1].text()
    data = [[json.loads("".join(map(str, one.children))) for one in page.all("script", "data")] for page in pages]
    assert data[0] == data[1]
    assert data[0]


def test_other_formats_do_not_load_it() -> None:
    script = (
        "import sys; from disclosure_lint.cli.main import main; main(sys.argv[1:]);"
        "sys.exit(any('outputs.html' in name for name in sys.modules))"
    )
    command = [sys.executable, "-c", script, "check", "--format", "json", str(GOOD)]
    assert subprocess.run(command, capture_output=True).returncode == 0
