"""DL903: text that is another report's, of another agency or of the year before, by containment; nothing else."""

import re
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.checks.winnowing import GRAM, WINDOW, Origins, covered, fingerprints, passages
from tests.command_line import own_place, run
from tests.test_other_reports import EXAMPLE, report, write

__all__ = ["own_place"]
WORDS = [
    "集市日",
    "公开栏",
    "名单",
    "村民小组",
    "补贴",
    "档案室",
    "站所",
    "清单",
    "广播站",
    "解读",
    "栏目",
    "窗口",
    "热线",
    "培训",
    "更新",
    "目录",
    "台账",
    "回访",
    "讲解",
    "录音",
    "旧文件",
    "年初",
    "季度末",
    "包村干部",
    "雨棚",
    "微信群",
    "代表",
    "例会",
    "整改",
    "抽查",
]
VERBS = [
    "挤不下",
    "没有人看",
    "停了很久",
    "逐户念一遍",
    "重新分工",
    "当场改正",
    "补问多次",
    "放在一起",
    "请人指导",
    "分清先后",
    "每月核对",
]


def prose(seed: int, length: int = 500) -> str:
    """Text of no meaning, another one for each seed."""
    random, text = Random(seed), ""
    while len(text) < length:
        words = "".join(random.sample(WORDS, random.randint(2, 4)))
        text += words + random.choice(VERBS) + random.choice("，，，。")
    return text[: length - 1] + "。"


def written(name: str, text: str, agency: str = "陌桑县青槐镇人民政府", year: int = 2024) -> None:
    """Writes the example with that text in 五, and next to nothing in 一 and 六."""
    whole = report(agency, year)
    whole, count = re.subn(
        r"(## 五、[^\n]*\n)(.*?)(?=\n## 六、)", lambda found: f"{found[1]}\n{text}\n", whole, flags=re.S
    )
    assert count == 1
    whole, count = re.subn(r"(## 一、[^\n]*\n)(.*?)(?=\n## 二、)", r"\1\n见下。\n", whole, flags=re.S)
    assert count == 1
    write(name, whole)


def copies(*options: str) -> list[tuple[str, str]]:
    """Returns file and message of each finding."""
    said = run(["check", "--select", "DL903", "-q", "--color", "never", *options, "."]).stdout
    return [(line.split(":")[0], line) for line in said.splitlines() if "DL903" in line]


@pytest.mark.usefixtures("own_place")
class TestReports:
    def test_a_half_that_is_another_agency_s_is_found_with_both_places(self) -> None:
        own, other = prose(1), prose(2)
        written("a/白沙.md", other, "陌桑县白沙乡人民政府")
        written("b/青槐.md", own[:250] + other[250:])
        ((path, said),) = copies()
        assert path == "b/青槐.md"
        line = (Path("a/白沙.md").read_text(encoding="utf-8").splitlines()).index(other) + 1
        assert f"陌桑县白沙乡 2024 年的年报（a/白沙.md:{line}）一样" in said
        share = int(re.findall(r"有 (\d+)% 的文字", said)[0])
        assert 45 <= share <= 55

    def test_last_year_s_with_the_year_and_the_numbers_changed(self) -> None:
        text = f"2023年，公开栏更新12次。{prose(3)}明年争取到30次。"
        written("2023.md", text, year=2023)
        written("2024.md", text.replace("2023", "2024").replace("12次", "9次").replace("30次", "40次"), year=2024)
        ((path, said),) = copies()
        assert path == "2024.md"
        assert "和本机关 2023 年的年报（2023.md:" in said
        assert "100%" in said

    def test_own_words_of_a_half_may_stay_from_year_to_year(self) -> None:
        written("2023.md", prose(4), year=2023)
        written("2024.md", prose(4)[:250] + prose(5)[:250], year=2024)
        assert copies() == []

    def test_an_edited_copy_is_a_copy(self) -> None:
        text = prose(10)
        edited = "".join(f"{text[at : at + 30]}已" for at in range(0, 500, 31))
        written("a.md", text, "陌桑县白沙乡人民政府")
        written("b.md", edited)
        assert [path for path, _ in copies()] == ["b.md"]

    def test_stock_sentences_are_no_copy(self) -> None:
        """Sentences that both took from some pattern, among others and in another order."""
        stock = [prose(30 + number, 40) for number in range(8)]
        own = [prose(50 + number, 40) for number in range(16)]
        written("a.md", "".join(map("".join, zip(stock, own[:8], strict=True))), "陌桑县白沙乡人民政府")
        written("b.md", "".join(map("".join, zip(reversed(stock), own[8:], strict=True))))
        assert copies() == []

    def test_what_a_third_of_the_agencies_have_counts_only_with_nearly_all_the_rest(self) -> None:
        for number in range(6):
            text = prose(20)[:300] + prose(21 + number)[:200]
            written(f"{number}.md", text, f"陌桑县{'甲乙丙丁戊己'[number]}河镇人民政府")
        assert copies() == []

    def test_one_report_twice_is_no_copy(self) -> None:
        written("a.md", prose(6))
        written("b.md", prose(6))
        assert copies() == []

    @pytest.mark.parametrize(
        "same",
        [
            "根据《中华人民共和国政府信息公开条例》和《国务院办公厅关于印发政府信息公开工作年度报告格式的通知》（国办公开办函〔2021〕30号）的规定，"
            * 3,
            "“行政机关公开政府信息，应当坚持以公开为常态、不公开为例外，遵循公正、公平、合法、便民的原则”是我们的要求。"
            * 4,
            "本年度没有依照国务院办公厅关于政府信息公开信息处理费管理的办法向任何申请人收取信息处理费，也没有减免信息处理费的情况。"
            * 4,
            "本报告所列数据的统计期限自本年一月一日起，到十二月三十一日止，各项数据都以这一天为准进行核定和汇总。" * 4,
        ],
    )
    def test_law_and_statutory_sentences_are_nobody_s(self, same: str) -> None:
        written("a.md", same + prose(7, 200), "陌桑县白沙乡人民政府")
        written("b.md", same + prose(8, 200))
        assert copies() == []

    def test_what_every_agency_says_is_nobody_s(self) -> None:
        """Where a hundred have the same words, none of them copied from another."""
        phrase = prose(9, 250)
        for number in range(60):
            written(f"{number}.md", phrase + prose(100 + number, 250), f"陌桑县{chr(0x4E00 + 50 * number)}河镇人民政府")
        assert copies() == []

    def test_the_results_do_not_depend_on_the_order_of_files(self) -> None:
        for number in range(6):
            text = prose(20)[:400] + prose(21 + number)[:100]
            written(f"{number}.md", text, f"陌桑县{'甲乙丙丁戊己'[number]}河镇人民政府")
        found = copies()
        assert len(found) == 5
        files = [f"{number}.md" for number in reversed(range(6))]
        said = run(["check", "--select", "DL903", "-q", "--color", "never", *files]).stdout
        assert sorted(line for _, line in found) == sorted(line for line in said.splitlines() if "DL903" in line)

    def test_who_does_not_ask_for_it_pays_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("disclosure_lint.checks.copied.fingerprints", None)
        write("a.md", EXAMPLE)
        write("b.md", report(year=2023))
        assert run(["check", "--ignore", "DL903", "."]).status in (0, 1)


LETTERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=120)


@given(LETTERS, LETTERS, LETTERS, LETTERS, st.text(st.sampled_from("甲乙丙丁戊己庚辛"), min_size=GRAM + WINDOW - 1))
def test_no_shared_run_of_that_length_is_missed(before: str, after: str, left: str, right: str, shared: str) -> None:
    own, other = fingerprints(before + shared + after), fingerprints(left + shared + right)
    found = passages(own, other, set(), GRAM)
    end = len(before) + len(shared)
    assert any(passage.start < end and passage.end > len(before) for passage in found)


@given(st.lists(st.sampled_from([prose(seed, 60) for seed in range(6)]), min_size=1, max_size=6), LETTERS)
def test_what_is_said_to_be_shared_is(pieces: list[str], rest: str) -> None:
    own, other = "".join(pieces), rest + "".join(reversed(pieces))
    for passage in passages(fingerprints(own), fingerprints(other), set(), GRAM):
        for one in passage.runs:
            assert own[one.start : one.end] == other[one.other : one.other + one.end - one.start]


def test_fingerprints_grow_with_the_text_alone() -> None:
    for length in (500, 5000):
        count = len(fingerprints(prose(1, length)).hashes) // 4
        assert count < length * 3 / (WINDOW + 1)
    assert len(fingerprints("甲" * 50_000).hashes) // 4 <= 50_000 / WINDOW + 2
    assert fingerprints("") == fingerprints("短") == ("", "")
    assert fingerprints("\U00020000" * 40).hashes


def test_origins_name_the_earliest_and_what_is_common() -> None:
    texts = [prose(1), prose(2), prose(1)[:300] + prose(3)[:200], prose(1)]
    origins = Origins([fingerprints(text) for text in texts], ["甲", "乙", "丙", "丁"], 3)
    assert origins.likely(0) == []
    assert (origins.likely(2), origins.likely(3)) == ([0], [0, 2])
    assert origins.common == set()
    common = Origins([fingerprints(text) for text in texts], ["甲", "乙", "丙", "丁"], 2)
    assert common.common
    assert covered([]) == 0
