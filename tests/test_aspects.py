"""What sections say in words: aspects that are there in any words count, problems alone are no improvements."""

import re
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from tests.generation.forms import SECTIONS
from tests.generation.prose import IMPROVEMENTS, PROBLEMS, TOPICS

WHOLE = re.sub("=== .*\n", "", (Path(__file__).parent / "cases" / "whole.txt").read_text(encoding="utf-8"))
OVERVIEW = WHOLE[WHOLE.index("（一）主动公开") : WHOLE.index("二、主动公开政府信息情况")]
SECTION_5 = "公开内容还不够细。下一步将加强培训，每季度检查一次。"
NAMES = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
SYNONYMS = {
    "政府信息管理": (
        "落实保密审查制度，逐件审查。",
        "信息审核实行三审三校。",
        "文件印发前标明公开属性。",
        "建立信息发布台账。",
        "及时修订公开指南和目录。",
    ),
    "平台建设": (
        "完成集约化平台迁移。",
        "门户网站改版上线。",
        "新设惠民政策专栏。",
        "关停两个长期不用的账号。",
        "每月开展平台巡检。",
    ),
    "依申请公开": ("没有收到公开方面的申请。", "答复申请两件。", "申请均按时答复。"),
    "监督保障": ("调整了政务公开领导小组。", "明确专人负责。", "按季度通报各站所进度。"),
}
WEAK = ("栏目更新", "工作机制", "业务水平", "政策解读", "审核流程", "宣传力度", "公开渠道", "制度建设")
ONLY_PROBLEMS = (
    "{}有待提高。",
    "{}有待进一步加强。",
    "{}需要加强。",
    "{}还需进一步完善。",
    "{}仍需优化。",
    "{}亟待规范。",
    "{}不够规范。",
    "{}尚不健全。",
    "{}没有及时优化。",
    "{}推进缓慢。",
    "{}提升空间较大，存在短板。",
    "{}的创新不足。",
    "缺乏{}方面的创新，存在不足。",
    "对{}的督促不够。",
    "{}尚未完善。",
    "{}急需提升。",
)
MENDED = (
    "下一步将加强{}。",
    "今后逐项改进{}。",
    "已建立{}联络员制度。",
    "镇里完善了{}。",
    "组织站所开展{}培训。",
    "每季度检查一次{}。",
    "计划明年优化{}。",
    "细化{}清单，明确时限。",
    "对{}不到位的站所加强督促。",
    "着力提升{}。",
)


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


def said(linter: Linter, code: str, old: str, new: str) -> str:
    text = WHOLE.replace(old, new)
    assert text != WHOLE
    return "".join(one.message.zh for one in linter.lint("石桥镇.txt", text.encode()).diagnostics if one.code == code)


def overview(linter: Linter, text: str) -> str:
    return said(linter, "DL107", OVERVIEW, f"{text}\n\n")


def test_a_list_of_the_sections_says_nothing(linter: Linter) -> None:
    titles = "、".join(section[2:] for section in SECTIONS[:5])
    for sentence in (
        f"本年报由{titles}以及其他需要报告的事项组成。",
        f"本报告共分六个部分：{titles}、其他需要报告的事项。",
        f"全文包括{titles}等六部分。",
    ):
        found = overview(linter, sentence)
        assert all(name in found for name in NAMES), found


@pytest.mark.parametrize("aspect", SYNONYMS)
def test_other_words_for_an_aspect_count(linter: Linter, aspect: str) -> None:
    assert [words for words in SYNONYMS[aspect] if aspect in overview(linter, words)] == []


def test_two_sentences_on_each_aspect_are_enough(linter: Linter) -> None:
    """Real sentences on an aspect, without its name: of a hundred pairs nearly all are understood."""
    total, missed = 0, []
    for aspect, name in zip(TOPICS, NAMES, strict=True):
        for pair in combinations(TOPICS[aspect], 2):
            total += 1
            if name in overview(linter, "".join(pair)):
                missed.append((name, pair))
    assert len(missed) <= 0.1 * total, missed


def test_an_aspect_of_which_nothing_is_said_is_missing(linter: Linter) -> None:
    sentences = (
        "全年主动公开信息85条。",
        "收到申请6件。",
        "逐件标明公开属性。",
        "门户网站改版上线。",
        "纳入年终考核。",
    )
    for gone, name in enumerate(NAMES):
        found = overview(linter, "".join(one for number, one in enumerate(sentences) if number != gone))
        assert [other for other in NAMES if other in found.partition("：")[2]] == [name]


def test_problems_alone_are_no_improvements(linter: Linter) -> None:
    texts = [frame.format(words) for frame, words in product(ONLY_PROBLEMS, WEAK)]
    rng = Random("problems")
    texts += ["".join(rng.sample(PROBLEMS, 3)) for _ in range(40)]
    missed = [text for text in texts if "改进情况；" not in said(linter, "DL108", SECTION_5, text)]
    assert len(missed) <= 0.02 * len(texts), missed


def test_problems_and_improvements_are_both(linter: Linter) -> None:
    rng = Random("both")
    texts = [rng.choice(ONLY_PROBLEMS).format(rng.choice(WEAK)) + frame.format(w) for frame, w in product(MENDED, WEAK)]
    texts += [rng.choice(PROBLEMS) + rng.choice(IMPROVEMENTS) for _ in range(80)]
    assert {text: found for text in texts if (found := said(linter, "DL108", SECTION_5, text))} == {}
