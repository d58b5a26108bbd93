"""Pages laid out in characters: a number is in the column in which it stands, or cannot be told; none is in another."""

from collections.abc import Iterable
from random import Random

import pytest

from disclosure_lint.engine.linter import Linter
from tests.generation import SIZES, Content, make
from tests.generation.judging import Verdict, judge
from tests.generation.laid_out import laid_out
from tests.generation.official import official
from tests.generation.variants import varied
from tests.scale import some

LINTER = Linter.default()


def _with_blank_columns(content: Content, rng: Random) -> Content:
    columns = sorted({name.partition(",")[2] for name in content.numbers if name.startswith("requests")})
    gone = rng.sample(columns, rng.choice((0, 0, 1, 2, 3)))
    names = [name for name in content.numbers if name.startswith("requests") and name.partition(",")[2] in gone]
    return content.with_numbers(dict.fromkeys(names, None)).with_written(dict.fromkeys(names, ""))


def _judged(seed: int, kinds: Iterable[str]) -> Verdict:
    rng = Random(f"laid out {seed}")
    found = varied(make(rng, rng.choice(SIZES), rng.choice(("2021", "2019"))), kinds, rng)
    assert found is not None
    content = _with_blank_columns(found.content, rng)
    text = laid_out(official(content, rng), rng)
    return judge(LINTER, "report.txt", text.encode(), content.numbers)


@pytest.mark.parametrize("kinds", [(), ("cells_blank",), ("cells_thousands",)], ids=" ".join)
def test_no_number_of_a_page_is_read_as_another_column_s(kinds: tuple[str, ...]) -> None:
    faults = [f"{seed}: {fault}" for seed in range(some(12)) for fault in _judged(seed, kinds).faults]
    assert faults == []


def _line(label: str, places: Iterable[int], texts: Iterable[str]) -> str:
    for place, text in zip(places, texts, strict=True):
        label = label.ljust(place) + text if text else label
    return f"{label}\n"


def test_each_page_has_its_own_places() -> None:
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    first, second = (24, 30, 37, 44, 53, 62, 67), (20, 26, 33, 40, 49, 58, 63)
    text = "云川县石桥镇人民政府2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
    text += _line("", first, heads)
    text += _line("一、本年新收政府信息公开申请数量", first, ("3", "0", "", "", "2", "1", "6"))
    text += _line("（一）予以公开", first, ("2", "", "", "0", "", "1", "3"))
    text += "\f" + _line("（七）总计", second, ("3", "0", "0", "0", "0", "1", "4"))
    text += _line("四、结转下年度继续办理", second, ("", "", "", "", "2", "", "2"))
    report = LINTER.lint("report.txt", text.encode()).report
    assert report is not None
    facts = {str(address): fact.value for address, fact in report.facts.items()}
    columns = ("natural", "commercial", "research", "welfare", "legal", "other_org", "total")
    assert [facts[f"requests[new,{column}]"] for column in columns] == [3, 0, None, None, 2, 1, 6]
    assert [facts[f"requests[carried_out,{column}]"] for column in columns] == [None, None, None, None, 2, None, 2]
