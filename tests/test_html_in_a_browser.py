"""The pages in Chromium: opened from the disk, by mouse and by keyboard alone, and what axe-core says of them.

Without Chromium these tests are skipped, and the one about accessibility without npm or a registry that has axe-core.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
import pytest

from tests.browser import Tab, tab
from tests.command_line import BAD, GOOD, run
from tests.npm import installed
from tests.test_html import HOSTILE

pytestmark = pytest.mark.long
SIZES = ((390, 844), (1366, 900))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with tab(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with pages of all kinds."""
    folder = tmp_path_factory.mktemp("pages")
    reports = folder / "年报 & more"
    reports.mkdir()
    text = GOOD.read_text(encoding="utf-8")
    (reports / "a.md").write_text(text, encoding="utf-8")
    (reports / "b.md").write_text(text.replace("2024年", "2022年"), encoding="utf-8")
    (reports / "c.md").write_text(text.replace("33", "34"), encoding="utf-8")
    (reports / "d.txt").write_bytes(BAD.read_bytes())
    (reports / "<img src=x onerror=alert(1)>.md").write_text(HOSTILE, encoding="utf-8")
    write(folder / "report.html", str(BAD))
    write(folder / "hostile.html", str(reports / "<img src=x onerror=alert(1)>.md"))
    write(folder / "many.html", str(reports))
    write(folder / "out/", str(reports))
    return folder


def write(target: Path | str, *paths: str) -> None:
    place = f"{target}/" if isinstance(target, Path) and not target.suffix else str(target)
    ended = run(["check", "--format", "html", "--output-file", place, *paths])
    assert ended.status in (0, 1), ended.stderr


def test_it_opens_with_no_error_and_no_request(browser: Tab, pages: Path) -> None:
    found = sorted(pages.rglob("*.html"))
    assert len(found) == 3 + 6
    for path in found:
        browser.open(path)
        assert browser.complaints() == [], path
        assert browser.requests() == [path.as_uri()]


def test_the_wrong_cell_is_seen_and_choosing_it_shows_its_equations(browser: Tab, pages: Path) -> None:
    browser.open(pages / "report.html")
    wrong = "document.querySelector('.form td.wrong')"
    shade = "getComputedStyle({}).backgroundColor"
    assert browser.run(shade.format(wrong)) != browser.run(shade.format("document.querySelector('.form td:not(.lit)')"))
    assert "应为 0" in browser.run(f"{wrong}.innerText")
    browser.run(f"{wrong}.click()")
    panel = browser.run("document.getElementById('panel').innerText")
    assert "（一）予以公开" in panel
    assert "1 + 1 + 1 + 2（另 17 格是 0） ≠ 4" in panel
    assert "不成立：5 ≠ 4" in panel
    assert "1 + 0 + 0 + 0 + 0 + 0 ≠ 0" in panel
    assert "国办公开办函〔2021〕30号 附件 表三" in panel
    browser.run("document.querySelector('#panel .term:not(.here)').click()")
    assert "补正后申请内容仍不明确" in browser.run("document.activeElement.closest('tr').innerText")


def test_a_cell_without_fault_shows_that_its_equations_hold(browser: Tab, pages: Path) -> None:
    browser.open(pages / "report.html")
    browser.run("document.getElementById('c12').click()")
    assert browser.run("document.querySelectorAll('#panel li[data-state=holds]').length") == 2
    assert "✓ 成立" in browser.run("document.getElementById('panel').innerText")


def test_numbers_of_the_text_tell_their_status(browser: Tab, pages: Path) -> None:
    browser.open(pages / "report.html")
    told = browser.run(
        "[...document.querySelectorAll('[data-s]')].map((one) => {"
        "one.click(); return [one.dataset.s, document.querySelector('#panel').innerText] })"
    )
    assert len(told) > 2
    words = {"unrelated": "与表格无关", "other_period": "别的时期", "agrees": "一致"}
    for status, panel in told:
        assert words[status] in panel
    colours = browser.run(
        "[...document.querySelectorAll('.legend .n')].map((one) => { const style = getComputedStyle(one);"
        "return style.color + style.borderBottomStyle + style.borderTopStyle })"
    )
    assert len(set(colours)) == 5


def test_what_the_text_says_is_quoted_without_the_numbers_of_findings(browser: Tab, tmp_path: Path) -> None:
    text = GOOD.read_text(encoding="utf-8").replace("完善登记", "全年新收政府信息公开申请7件，完善登记")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    write(tmp_path / "a.html", str(tmp_path / "a.md"))
    browser.open(tmp_path / "a.html")
    assert browser.run("document.querySelector('.doc mark.error').innerText") == "7件"
    browser.run("document.querySelector('.contradicts[data-s]').click()")
    panel = browser.run("document.getElementById('panel').innerText")
    assert "全年新收政府信息公开申请7件，完善登记" in panel
    assert "17件" not in browser.run("document.body.textContent")


def test_a_report_is_read_by_keyboard_alone(browser: Tab, pages: Path) -> None:
    browser.open(pages / "report.html")
    browser.run("document.querySelector('.pick').focus()")
    browser.press("Enter")
    assert "1 → 应为 0" in browser.run("document.getElementById('panel').innerText")
    for _ in range(30):
        browser.press("Tab")
        if browser.run("document.activeElement.matches('#c26, td.wrong')"):
            break
    assert browser.run("document.activeElement.matches('td.wrong')")
    browser.press("ArrowRight", "ArrowUp", "Enter")
    assert "上年结转" in browser.run("document.querySelector('#panel h2').innerText")
    assert "商业企业" in browser.run("document.querySelector('#panel h2').innerText")
    browser.press("Escape")
    assert browser.run("document.getElementById('panel').hidden")
    assert browser.run("document.activeElement.getAttribute('aria-selected')") == "true"
    browser.run("document.querySelector('.doc [data-s]').focus()")
    browser.press(" ")
    assert "正文里的数" in browser.run("document.querySelector('#panel h2').innerText")
    browser.press("Escape")
    assert browser.run("document.activeElement.matches('.doc [data-s]')")


def test_the_language_is_switched_and_remembered(browser: Tab, pages: Path) -> None:
    browser.open(pages / "report.html")
    browser.run("document.getElementById('lang').focus()")
    browser.press("Enter")
    assert browser.run("document.documentElement.lang") == "en"
    assert browser.run("document.querySelector('.verdict').innerText").startswith("Found: 2 errors.")
    assert "should be 0" in browser.run("document.getElementById('panel').innerText")
    assert "does not hold: 5 ≠ 4" in browser.run("document.getElementById('panel').innerText")
    browser.run("document.getElementById('lang').click()")
    assert browser.run("document.querySelector('.verdict').innerText").startswith("查出 2 处错误。")


def test_an_index_is_searched_and_filtered_by_keyboard_alone(browser: Tab, pages: Path) -> None:
    browser.open(pages / "out" / "index.html")
    browser.press("/")
    assert browser.run("document.activeElement.id") == "query"
    browser.press(*"柳叶湾")
    assert browser.run("document.getElementById('count').innerText") == "1 个机关，1 份"
    browser.press("ArrowDown")
    assert browser.run("document.activeElement.closest('tr').innerText").startswith("澄溪县柳叶湾镇人民政府")
    browser.press("ArrowUp", "Escape")
    assert browser.run("document.getElementById('count').innerText") == "3 个机关，5 份"
    browser.run("document.getElementById('state').focus()")
    browser.press("ArrowDown")  # has errors
    assert browser.run("[document.getElementById('state').value, document.querySelectorAll('tbody tr').length]") == [
        "errors", 2,
    ]  # fmt: skip
    browser.run("document.querySelector('#controls button[type=reset]').focus()")
    browser.press("Enter")
    browser.wait("document.getElementById('count').innerText === '3 个机关，5 份'")
    for key, value, count in (
        ("state", "doubled", "1 个机关，2 份"),
        ("state", "missing", "3 个机关，0 份"),
        ("year", "2022", "3 个机关，1 份"),
        ("severity", "0", "2 个机关，2 份"),
        ("agency", "0", None),
    ):
        browser.run(
            f"document.getElementById('controls').reset(); document.getElementById('{key}').value = '{value}';"
            f"document.getElementById('{key}').dispatchEvent(new Event('input', {{bubbles: true}}))"
        )
        said = browser.run("document.getElementById('count').innerText")
        assert said == count or count is None


def test_a_link_of_the_index_leads_to_the_page(browser: Tab, pages: Path) -> None:
    for place in ("out/index.html", "many.html"):
        browser.open(pages / place)
        browser.press("/", *"柳叶湾", "ArrowDown", "Enter")
        browser.wait("document.querySelector('main > article h1')")
        assert browser.run("document.querySelector('main > article h1').innerText") == "澄溪县柳叶湾镇人民政府 2024"
        assert "应为 0" in browser.run("document.querySelector('.form td.wrong').innerText")
        browser.run("document.querySelector('.home').click()")
        browser.wait("document.getElementById('index') && !document.getElementById('index').hidden")


def test_what_a_stranger_wrote_runs_nothing(browser: Tab, pages: Path) -> None:
    hostile = [pages / "hostile.html", pages / "many.html", pages / "out" / "index.html"]
    hostile += sorted((pages / "out" / "reports").iterdir())
    for path in hostile:
        browser.open(path)
        browser.run(
            "for (const one of document.querySelectorAll('.pick, td[id], [data-s]')) one.click();"
            "for (const one of document.querySelectorAll('#view option')) {"
            "document.getElementById('view').value = one.value;"
            "document.getElementById('view').dispatchEvent(new Event('input', {bubbles: true})) }"
        )
        assert (
            browser.run("document.querySelectorAll('img, svg, iframe, [onerror], [onload], [onmouseover]').length") == 0
        )
        assert browser.complaints() == []
        assert browser.dialogs() == 0
    browser.open(pages / "many.html")
    browser.run("location.hash = '#p1'")
    browser.wait("document.querySelector('main > article')")
    assert "<script>alert" in browser.run("document.querySelector('article h1').innerText")
    assert (browser.complaints(), browser.dialogs()) == ([], 0)


def test_it_is_printed_on_a4(browser: Tab, pages: Path) -> None:
    browser.open(pages / "report.html")
    document = pypdfium2.PdfDocument(browser.printed())
    assert {(round(page.get_width()), round(page.get_height())) for page in document} == {(595, 842)}
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "应为 0" in text
    assert "怎么改" in text
    assert "四、结转下年度继续办理" in text
    assert len(document) <= 6


def test_nothing_is_wider_than_the_window(browser: Tab, pages: Path) -> None:
    for path in (pages / "report.html", pages / "out" / "index.html"):
        for width, height in SIZES:
            browser.open(path, width, height)
            assert browser.run("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing(browser: Tab, pages: Path, pytestconfig: pytest.Config) -> None:
    axe = (installed("axe-core@4", pytestconfig) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    for path in (pages / "report.html", pages / "hostile.html", pages / "out" / "index.html", pages / "many.html"):
        for dark in (False, True):
            for width, height in SIZES:
                browser.open(path, width, height)
                browser.resize(width, height, dark=dark)
                assert judged(browser, axe) == [], (path, dark, width)
    browser.open(pages / "out" / "index.html")
    for view in ("rules", "files"):
        browser.run(
            f"document.getElementById('view').value = '{view}';"
            "document.getElementById('view').dispatchEvent(new Event('input', {bubbles: true}))"
        )
        assert judged(browser, axe) == [], view
    browser.open(pages / "many.html")
    browser.run("location.hash = '#p5'")
    browser.wait("document.querySelector('main > article')")
    assert judged(browser, axe) == []


def judged(browser: Tab, axe: str) -> Sequence[object]:
    """Returns what axe-core finds wrong with what is shown."""
    found: Sequence[object] = browser.run(
        f"{axe};axe.run(document).then((all) => all.violations.map((one) => [one.id, one.nodes[0].html]))"
    )
    return found


def test_three_thousand_reports_stay_quick(browser: Tab, tmp_path: Path) -> None:
    lines = [json.dumps({"type": "run"})]
    for number in range(3000):
        path, year = f"{number}.md", 2020 + number % 5
        for code in range(number % 9):
            name = f"rule-{code}"
            severity = ("error", "warning", "info")[code % 3]
            found = {"type": "diagnostic", "path": path, "code": f"DL{300 + code}", "name": name, "severity": severity}
            lines.append(json.dumps(found))
        file = {"type": "file", "path": path, "agency": f"柏屿县第{number // 5}街道办事处", "status": "linted"}
        lines.append(json.dumps({**file, "year": year, "ledger": []}))
    (tmp_path / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    page = tmp_path / "all.html"
    run(["overview", "--format", "html", "--output-file", str(page), str(tmp_path / "all.jsonl")])
    assert page.stat().st_size < 1_000_000
    before = browser.busy()
    browser.open(page)
    assert browser.run("document.getElementById('count').innerText") == "600 个机关，3000 份"
    assert browser.busy() - before < 2
    for view in ("years", "rules", "files"):
        for query in ("街道", "第7", "2023", ""):
            before = browser.busy()
            browser.run(
                f"document.getElementById('view').value = '{view}'; document.getElementById('query').value = '{query}';"
                "document.getElementById('query').dispatchEvent(new Event('input', {bubbles: true}));"
                "document.body.offsetHeight"
            )
            assert browser.busy() - before < 0.1, (view, query)


def test_pages_of_a_folder_are_small(pages: Path) -> None:
    sizes = [path.stat().st_size for path in (pages / "out" / "reports").iterdir()]
    assert sum(sizes) / len(sizes) * 3000 < 150_000_000
