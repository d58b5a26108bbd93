"""Reports whose text is right, and the same with one year, agency, citation or telephone number changed: DL6 and DL7.

The sentences are written for this; names of places and offices are made up.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import NamedTuple

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.diagnostic import Severity
from disclosure_lint.model.source import Span
from tests.generation.prose import COUNTIES, IMPROVEMENTS, PROBLEMS, TOPICS, TOWNS
from tests.scale import some

OPENINGS = (
    "根据《«中华人民共和国政府信息公开条例»》（国务院令第«711»号，以下简称《条例》）编制本报告。统计期限为«YEAR»年1月1日至«YEAR»年12月31日。",
    "本报告由«AGENCY»编制，所列数据的统计期限自«YEAR»年1月1日起至«YEAR»年12月31日止。如有疑问，请与«AGENCY»党政办公室联系（电话：«PHONE»）。",
    "依据《中华人民共和国政府信息公开工作年度报告格式》（«国办公开办函〔2021〕30号»），现公布«AGENCY»«YEAR»年度政府信息公开工作情况。",
    "按照«国办公开办函〔2021〕30号»文件要求，«AGENCY»编制本报告，数据统计时间：«YEAR»年1月1日—«YEAR»年12月31日。",
)
WORK = (
    "«YEAR»年，«AGENCY»认真贯彻《«中华人民共和国政府信息公开条例»》，主动公开信息{a}条，比{before}年多{b}条。",
    "«YEAR»年，我{kind}高度重视公开工作，召开专题会议{b}次。",
    "«YEAR»年全{kind}共发布信息{a}条，公开{before}年度部门决算和{after}年部门预算。",
    "（一）主动公开情况。«YEAR»年，通过政府网站公开信息{a}条。",
    "依申请公开方面：«YEAR»年我{kind}收到政府信息公开申请{b}件，均按时答复。",
    "«AGENCY»«YEAR»年全年通过公示栏公开信息{a}条。",
    "截至«YEAR»年12月31日，公开专栏共有信息{a}条。",
    "«YEAR»年度我{kind}没有新增公开平台，{before}年建成的查阅点继续使用。",
    "落实«云政办发〔2023〕8号»文件，组织培训{b}次，{before}年考核通报指出的问题全部整改。",
    "{before}年，我{kind}设立政务公开专区。{after}年1月，县里组织验收。",
    "学习《国务院办公厅关于全面推进基层政务公开标准化规范化工作的指导意见》（国办发〔2019〕54号）。",
)
FEES = (
    "«YEAR»年，«AGENCY»未收取信息处理费。",
    "按照《政府信息公开信息处理费管理办法》（«国办函〔2020〕109号»），«YEAR»年我{kind}未收取信息处理费。",
    "依据《«政府信息公开信息处理费管理办法»》，«YEAR»年收取信息处理费0元。",
    "我{kind}«YEAR»年度未收取信息处理费，联系电话：«PHONE»。",
)
_MARK = re.compile("«([^«»]*)»")
_LETTERS = "条例格式办法政府信息公开"


class Place(NamedTuple):
    """What may be changed in a report."""

    sort: str
    """`year`, `agency`, `phone`, or `citation`."""
    start: int
    end: int


class Made(NamedTuple):
    """A report that is right, and the places in it."""

    text: str
    year: int
    agency: str
    places: tuple[Place, ...]


def made(rng: Random) -> Made:
    town, year = rng.choice(TOWNS), rng.randint(2021, 2025)
    words = {
        "kind": "街道" if town.endswith("街道") else town[-1],
        "a": rng.randint(20, 900),
        "b": rng.randint(2, 9),
        "before": year - 1,
        "after": year + 1,
    }
    county = rng.choice(COUNTIES)
    office = town + ("办事处" if town.endswith("街道") else "人民政府")
    topics = [f"{topic}方面。{rng.choice(pool)}" for topic, pool in TOPICS.items() if "{" not in "".join(pool)]
    parts = [
        f"# {county}«AGENCY»{office.removeprefix(town)}«YEAR»年政府信息公开工作年度报告",
        rng.choice(OPENINGS),
        "## 一、总体情况",
        *rng.sample(WORK, 4),
        *topics,
        "## 五、存在的主要问题及改进情况",
        f"存在的问题：{rng.choice(PROBLEMS)}",
        f"改进措施：{rng.choice(IMPROVEMENTS)}{{after}}年，我{{kind}}将继续加强培训。",
        "## 六、其他需要报告的事项",
        rng.choice(FEES),
        f"«AGENCY»{office.removeprefix(town)}",
        f"{year + 1}年1月{rng.randint(4, 30)}日",
    ]
    marked = "\n\n".join(part.format(**words) for part in parts) + "\n"
    text, places = "", []
    at = 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        said = {"YEAR": str(year), "AGENCY": town, "PHONE": f"0999-555{rng.randint(1000, 9999)}"}
        value = said.get(match[1], match[1])
        sort = {"YEAR": "year", "AGENCY": "agency", "PHONE": "phone"}.get(match[1], "citation")
        places.append(Place(sort, len(text), len(text) + len(value)))
        text += value
        at = match.end()
    return Made(text + marked[at:], year, town, tuple(places))


def changed(one: Made, place: Place, rng: Random) -> str:
    """Returns what may stand in a place by mistake."""
    said = one.text[place.start : place.end]
    if place.sort == "year":
        return str(rng.choice([year for year in range(one.year - 3, one.year + 4) if year != one.year]))
    if place.sort == "agency":
        ending = "街道" if said.endswith("街道") else said[-1]
        return rng.choice([town for town in TOWNS if town.endswith(ending) and town[:2] != said[:2]])
    if place.sort == "phone":
        return f"13{rng.randint(0, 9)}{rng.randint(10000000, 99999999)}"
    if "〔" in said:
        brackets = rng.choice(["[]", "()", "【】", "（）", "［］"])
        return rng.choice([said.translate(str.maketrans("〔〕", brackets)), said.replace("〕", "〕第")])
    if said.isdigit():
        return str(int(said) + rng.choice([1, -1, 10, -10]))
    at = rng.randrange(4, len(said) - 1)
    return said[:at] + rng.choice([rng.choice(_LETTERS.replace(said[at], "")), ""]) + said[at + 1 :]


@cache
def linter() -> Linter:
    return Linter.default()


def found(text: str) -> Iterator[tuple[str, Span]]:
    result = linter().lint("例.md", text.encode())
    for one in result.diagnostics:
        # Of a period of another year DL403 asks which is meant, but of none at all it only tells.
        if one.code.startswith(("DL6", "DL7")) or (one.code == "DL403" and one.severity >= Severity.warning):
            yield one.code, one.span
            # Of a title and a signature that differ, nobody can tell which is wrong.
            yield from ((one.code, related.span) for related in one.related)


def test_what_is_right_is_left_alone() -> None:
    for seed in range(some(60)):
        one = made(Random(f"text/{seed}"))
        assert [(code, one.text[slice(*span)]) for code, span in found(one.text)] == []


@pytest.mark.parametrize("sort", ["year", "agency", "citation", "phone"])
def test_what_is_changed_is_found_where_it_is(sort: str) -> None:
    tried, missed = 0, Counter[str]()
    wanted = some(120)
    for seed in range(4 * wanted):
        rng = Random(f"text/{sort}/{seed}")
        one = made(rng)
        places = [place for place in one.places if place.sort == sort]
        if not places or tried == wanted:
            continue
        place = rng.choice(places)
        new = changed(one, place, rng)
        if new == one.text[place.start : place.end]:
            continue
        text = one.text[: place.start] + new + one.text[place.end :]
        tried += 1
        end = place.start + len(new)
        if not any(start < end and place.start < stop for _, (start, stop) in found(text)):
            missed[text[max(0, place.start - 20) : end + 20].replace("\n", "/")] += 1
    assert tried == wanted
    assert missed.total() <= max(1, 0.03 * tried), missed
