"""What each rule offers to mend, how, and where it rather offers nothing."""

import json
from pathlib import Path

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.fixes.applying import mend
from disclosure_lint.model.diagnostic import Edit, Fix, LocalizedText
from disclosure_lint.model.result import FileResult
from disclosure_lint.model.source import Span
from disclosure_lint.settings import Settings
from tests.command_line import own_place, run

__all__ = ["own_place"]

LINTER = Linter.default()
HEAD = "# 青禾县石桥镇人民政府2023年政府信息公开工作年度报告\n\n"
SECTIONS = (
    "## 一、总体情况",
    "## 二、主动公开政府信息情况",
    "## 三、收到和处理政府信息公开申请情况",
    "## 四、政府信息公开行政复议、行政诉讼情况",
    "## 五、存在的主要问题及改进情况",
    "## 六、其他需要报告的事项",
)


def draft(*changes: tuple[str, str], body: str = "本年度未收取信息处理费。") -> str:
    """A report of six headings with a text below each, some of it replaced."""
    text = HEAD + "".join(f"{heading}\n\n{body}\n\n" for heading in SECTIONS)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def lint(text: str, *codes: str, name: str = "a.md") -> FileResult:
    return LINTER.lint(name, text.encode(), Settings(select=codes or ("DL",)))


def offered(text: str, code: str) -> list[str | None]:
    """How each finding of a rule can be fixed."""
    return [one.fix.applicability if one.fix else None for one in lint(text, code).diagnostics]


def mended(text: str, code: str, name: str = "a.md") -> str:
    """The text after all fixes of a rule."""
    done = mend(
        lambda data: lint(data.decode(), code, name=name), text.encode(), lint(text, code, name=name), unsafe=True
    )
    assert done.refusal is None
    return done.data.decode()


def listed(*items: str) -> tuple[str, str]:
    return "一、总体情况\n", "一、总体情况\n\n" + "".join(f"{item}\n\n" for item in items)


REVIEW = SECTIONS[3]
IDLE = "<!-- disclosure-lint: ignore[DL005]"
CASES = {
    "a known other wording": ("DL103", ("总体情况", "总体工作情况"), ["safe"]),
    "a title that is merely like it": ("DL103", ("总体情况", "总体情况和今后打算"), ["unsafe"]),
    "a long title of the notice may stay": ("DL103", ("主动公开", "行政机关主动公开"), [None]),
    "a title with markup inside": ("DL103", ("总体情况", "总体**工作**情况"), [None]),
    "an odd number before a known wording": ("DL103", ("一、总体情况", "第一部分 总体工作情况"), ["safe"]),
    "one section on another level": ("DL109", ("## 四", "### 四"), ["safe"]),
    "one section that is no heading": ("DL109", ("## 四", "四"), ["safe"]),
    "a section that would end below its own sub-headings": ("DL109", ("## 四、", "# 四、"), ["safe"]),
    "a section in a list": ("DL109", ("## 四", "- 四"), [None]),
    "a section with a line of dashes below": ("DL109", (f"{REVIEW}\n", f"{REVIEW[3:]}\n---\n"), [None]),
    "a wrong number of a section": ("DL110", ("## 四、", "## 五、"), ["safe"]),
    "a repeated number": ("DL110", listed("（一）甲", "（二）乙", "（二）丙", "（四）丁"), ["safe", None]),
    "a repeated number at the end": ("DL110", listed("1.甲", "2.乙", "2.丙"), ["safe"]),
    "a number written too early": ("DL110", listed("（一）甲", "（三）乙", "（三）丙"), ["safe", None]),
    "a number that the next one goes back from": ("DL110", listed("（一）甲", "（五）乙", "（三）丙"), [None]),
    "a repetition that is counted on from": ("DL110", listed("1.甲", "2.乙", "2.丙", "3.丁"), [None]),
    "a gap, where an item may be missing": ("DL110", listed("（一）甲", "（二）乙", "（四）丙"), [None]),
    "a gap that is counted on from": ("DL110", listed("（一）甲", "（三）乙", "（四）丙"), [None]),
    "numbers of sections inside one": ("DL110", listed("一、甲", "二、乙"), ["safe"]),
    "numbers of sections beside （一）": ("DL110", listed("一、甲", "（一）乙", "二、丙"), [None]),
    "numbers of sections with a gap": ("DL110", listed("一、甲", "三、乙"), [None]),
    "a sub-heading that is a section's title": ("DL110", listed("一、总体情况概述"), [None]),
    "a comment that silences nothing": ("DL005", ("## 六", f"{IDLE} -->\n## 六"), ["safe"]),
    "a comment without an end": ("DL005", ("## 六", f"{IDLE}\n## 六"), [None]),
    "a comment before a heading on its line": ("DL005", ("## 六", f"{IDLE} -->## 六"), [None]),
    "nothing on the fee": ("DL401", ("事项\n\n本年度未收取信息处理费。", "事项\n\n无。"), ["unsafe"]),
    "nothing on the fee, on the heading's line": ("DL401", ("事项\n\n本年度未收取信息处理费。", "事项。无。"), [None]),
    "a missing section": ("DL102", (f"{REVIEW}\n\n", ""), ["unsafe"]),
    "a missing section and a line with its number": ("DL102", (REVIEW, "## 一、别的\n\n## 四、其他"), [None]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_fix_is_offered_only_where_it_is_certain(name: str) -> None:
    code, change, expected = CASES[name]
    assert offered(draft(change), code) == expected


def test_nothing_is_put_in_among_sections_out_of_order() -> None:
    text = HEAD + "".join(f"{SECTIONS[index]}\n\n甲。\n\n" for index in (0, 2, 1, 4, 5))
    assert offered(text, "DL102") == [None]


def test_a_title_is_changed_and_nothing_around_it() -> None:
    text = draft(("## 一、总体情况", "## **一、 总体 工作情况：**"))
    assert mended(text, "DL103") == text.replace("总体 工作情况", "总体情况")


def test_a_title_broken_over_lines_is_made_one() -> None:
    text = draft(body="无。").replace("#", "").replace(" 二、主动公开政府信息情况", "二、主动公开政府信\n息的情况")
    assert "二、主动公开政府信息情况\n" in mended(text, "DL103", "a.txt")


def test_levels_follow_the_most() -> None:
    text = draft(("## 三", "#### **三"), ("申请情况", "申请情况**"), ("## 五", "　五"))
    wanted = draft(("## 三", "## **三"), ("申请情况", "申请情况**"))
    assert mended(text, "DL109") == wanted


def test_without_a_majority_levels_stay() -> None:
    text = draft(("## 一", "# 一"), ("## 三", "# 三"), ("## 五", "# 五"))
    assert offered(text, "DL109") == [None]


def test_a_section_stays_above_its_sub_headings() -> None:
    text = draft(("## 四", "# 四"), ("## 五", "## （一）甲\n\n## 五"))
    assert offered(text, "DL109") == [None]


def test_full_width_numbers_are_kept_full_width() -> None:
    text = draft(listed("１．甲", "２．乙", "２．丙"))
    assert mended(text, "DL110") == text.replace("２．丙", "３．丙")


def test_sub_headings_get_their_own_style() -> None:
    text = draft(listed("### 一、**甲**", "### 二、 乙", "三．丙"))
    wanted = draft(listed("### （一）**甲**", "### （二） 乙", "（三）丙"))
    assert mended(text, "DL110") == wanted


COMMENT = "<!-- disclosure-lint: ignore[DL005] 理由 -->"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"甲\n{COMMENT}\n乙", "甲\n乙"),
        (f"甲\n\n{COMMENT}\n\n乙", "甲\n\n乙"),
        (f"甲\n\n  {COMMENT}  \n乙", "甲\n\n乙"),
        (f"甲\r\n{COMMENT}\r\n乙", "甲\r\n乙"),
        (f"甲\n{COMMENT}", "甲\n"),
        (f"甲{COMMENT}\n乙", "甲\n乙"),
        (f"甲 {COMMENT} \n乙", "甲\n乙"),
        (f"{COMMENT} 甲\n乙", "甲\n乙"),
        (f"甲{COMMENT}乙", "甲乙"),
        (f"甲\n{COMMENT.replace(' 理', chr(10) + '理')}\n乙", "甲\n乙"),
        (f"甲\n{COMMENT}{COMMENT}\n乙", "甲\n乙"),
    ],
)
def test_a_comment_goes_with_its_line(text: str, left: str) -> None:
    assert mended(draft() + text, "DL005") == draft() + left


def test_sections_are_put_in_one_after_the_other() -> None:
    text = HEAD + f"{SECTIONS[0]}\n\n甲。\n\n{SECTIONS[4]}\n\n乙。\n"
    headings = [line for line in mended(text, "DL102").splitlines() if line.startswith("## ")]
    assert headings == list(SECTIONS)
    assert mended(text, "DL102").endswith("## 六、其他需要报告的事项\n\n（待补充）\n")


def test_a_section_is_put_in_before_its_table() -> None:
    good = (Path(__file__).parents[1] / "examples/good/bureau-tabs.txt").read_text(encoding="gb18030")
    heading = next(line for line in good.splitlines(keepends=True) if line.startswith("三、"))
    done = mended(good.replace(heading, ""), "DL102", "a.txt")
    assert done.replace("（待补充）\n\n", "").replace("\n", "") == good.replace("\n", "")


def test_what_is_put_in_looks_like_its_neighbours() -> None:
    text = (
        draft(body="　　甲。")
        .replace("## ", "　　")
        .replace("# ", "")
        .replace("\n\n", "\n")
        .replace("　　四、政府信息公开行政复议、行政诉讼情况\n　　甲。\n", "")
    )
    assert "\n　　四、政府信息公开行政复议、行政诉讼情况\n　　（待补充）\n　　五、" in mended(text, "DL102", "a.txt")
    assert "\n　　六、其他需要报告的事项\n　　本年度____收取信息处理费，金额____元。\n　　甲。" in mended(
        text, "DL401", "a.txt"
    )


def test_fixes_that_undo_each_other_are_refused() -> None:
    def flip(data: bytes) -> FileResult:
        result = lint(data.decode(), "DL101")
        other = {"甲": "乙", "乙": "甲"}
        assert result.source is not None
        at = len(result.source.text) - 1
        fix = Fix("safe", (Edit(Span(at, at + 1), other[result.source.text[at]]),), LocalizedText("改", "change"))
        found = lint(draft(("总体情况", "总体工作情况")), "DL103").diagnostics[0]._replace(fix=fix)
        return result._replace(diagnostics=(found,))

    data = (draft() + "甲").encode()
    done = mend(flip, data, flip(data))
    assert (done.data, done.applied) == (data, 0)
    assert done.refusal is not None
    assert "没有个完" in done.refusal.zh


def test_a_safe_fix_that_changes_a_number_is_refused() -> None:
    def wrong(data: bytes) -> FileResult:
        result = LINTER.lint("a.md", data)
        assert result.report is not None
        fact = next(iter(result.report.facts.values()))
        fix = Fix("safe", (Edit(fact.span, "999"),), LocalizedText("改", "change"))
        found = lint(draft(("总体情况", "总体工作情况")), "DL103").diagnostics[0]
        return result._replace(diagnostics=(found._replace(fix=fix),))

    data = (Path(__file__).parents[1] / "examples/good/bureau-tabs.txt").read_bytes()
    done = mend(wrong, data, wrong(data))
    assert (done.data, done.applied) == (data, 0)
    assert done.refusal is not None
    assert "数读得不一样" in done.refusal.zh


def test_json_says_what_a_fix_would_write(own_place: Path) -> None:
    (own_place / "a.md").write_text(draft(("总体情况", "总体工作情况")), encoding="utf-8")
    ended = run(["check", "--format", "json", "--select", "DL103", "a.md"])
    (one,) = json.loads(ended.stdout)["diagnostics"]
    assert one["fix"] == {
        "applicability": "safe",
        "title": "把标题改为“总体情况”",
        "edits": [{"range": {"start": {"line": 3, "column": 6}, "end": {"line": 3, "column": 12}}, "text": "总体情况"}],
    }
    ended = run(["check", "--format", "json", "--select", "DL103", "--fix", "a.md"])
    counts = {"files": 1, "error": 0, "warning": 0, "info": 0, "suppressed": 0, "baselined": 0, "fixed": 1}
    assert json.loads(ended.stdout)["summary"] == counts


PACK = """
[[rule]]
code = "ZZ001"
name = "telephone"
severity = "warning"
summary = { zh = "第六部分写电话", en = "a telephone number" }
message = { zh = "没有写电话", en = "no telephone number" }
why = "找得到人。"
how = "补上。"
law = [{ document = "custom", clause = "本市要求" }]
[rule.pattern]
section = "other"
require = ['电话：\\d+']
sentence = "咨询电话：____号。"
[[rule.example]]
ok = true
text = "## 六、其他需要报告的事项\\n\\n电话：12345"
[[rule.example]]
finds = ["ZZ001"]
text = "⟦## 六、其他需要报告的事项⟧\\n\\n无"

[[rule]]
code = "ZZ002"
name = "wording"
severity = "warning"
summary = { zh = "用词", en = "wording" }
message = { zh = "“{text}”应写作“未收取”", en = "write 未收取 for “{text}”" }
why = "统一。"
how = "改。"
law = [{ document = "custom", clause = "本市要求" }]
[rule.pattern]
forbid = ['没有收取']
instead = "未收取"
[[rule.example]]
ok = true
text = "未收取"
[[rule.example]]
finds = ["ZZ002"]
text = "⟦没有收取⟧"
"""


@pytest.mark.long
@pytest.mark.usefixtures("own_place")
def test_the_rules_of_that_pack_pass_what_an_author_runs() -> None:
    _write_pack()
    assert run(["rules", "test", "own.toml"]).status == 0


def _write_pack() -> None:
    text = PACK.replace("⟦## 六、其他需要报告的事项⟧", "## ⟦六、其他需要报告的事项⟧")
    Path("own.toml").write_text(text, encoding="utf-8")
    Path("disclosure-lint.toml").write_text('packs = ["own.toml"]', encoding="utf-8")


def test_a_rule_of_a_pack_says_its_fixes_as_data(own_place: Path) -> None:
    _write_pack()
    text = draft(("事项\n\n本年度未收取", "事项\n\n本年度没有\n收取"), ("本年度未收取", "没有收取"))
    (own_place / "a.md").write_text(text, encoding="utf-8")
    ended = run(["check", "-q", "--select", "ZZ", "a.md"])
    assert [line.split("warning ")[1][:9] for line in ended.stdout.splitlines()] == [
        "ZZ001 没有写",
        "ZZ002 “没有",
        "ZZ002 “没有",
    ]
    run(["check", "--select", "ZZ", "--fix", "a.md"])
    assert (own_place / "a.md").read_text(encoding="utf-8") == text
    run(["check", "--select", "ZZ", "--fix", "--unsafe-fixes", "a.md"])
    wanted = text.replace("没有收取", "未收取").replace("事项\n\n", "事项\n\n咨询电话：____号。\n\n")
    assert (own_place / "a.md").read_text(encoding="utf-8") == wanted
