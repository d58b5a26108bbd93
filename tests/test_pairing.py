"""Whose report is whose: names of one agency, however they are written and whatever the place was called before."""

import csv
import json
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest

from disclosure_lint.divisions.agencies import Agencies
from disclosure_lint.engine.linter import Linter
from tests.command_line import own_place, run
from tests.test_other_reports import found, report, write

__all__ = ["own_place"]
RULES = Path(__file__).parent.parent / "rules"


@cache
def linter() -> Linter:
    return Linter.default()


def agencies(*names: tuple[str, int], own: dict[str, tuple[str, ...]] | None = None) -> Agencies:
    known = Agencies(linter().pairing, own)
    for name, year in names:
        known.add(name, year)
    return known


SAME = [
    ("青槐镇人民政府", "陌桑县青槐镇人民政府"),
    ("青槐镇", "云川市陌桑县青槐镇"),
    ("石桥街道办事处", "陌桑县石桥街道"),
    ("石桥街道办", "陌桑县石桥街道办事处"),
    ("陌桑县水利局", "云川市陌桑县水利局"),
    ("陌桑县人民政府", "云川市陌桑县人民政府"),
    ("陌桑县发改委", "陌桑县发展和改革委员会"),
    ("陌桑县发展改革局", "陌桑县发展和改革委员会"),
    ("陌桑县住建局", "云川市陌桑县住房和城乡建设局"),
    ("陌桑县卫生健康局", "陌桑县卫健委"),
    ("陌桑县扶贫开发办公室", "陌桑县乡村振兴局"),
    ("云川高新区管委会", "云川高新区管理委员会"),
    ("孟津县平乐镇", "洛阳市孟津区平乐镇人民政府"),
    ("河南省偃师市水利局", "河南省偃师区水利局"),
    ("密云县人民政府", "北京市密云区人民政府"),
]
OTHERS = [
    ("水利局", "陌桑县水利局"),
    ("市水利局", "云川市水利局"),
    ("槐镇", "陌桑县青槐镇"),
    ("桑县水利局", "陌桑县水利局"),
    ("建设局", "陌桑县住房和城乡建设局"),
    ("城市管理局", "陌桑县城市管理局"),
    ("区乡村振兴局", "陌桑区乡村振兴局"),
    ("陌桑县人民政府", "陌桑县青槐镇人民政府"),
    ("陌桑县人民政府", "陌桑县人民政府办公室"),
    ("陌桑县水利局", "柏屿县水利局"),
    ("陌桑县工商行政管理局", "陌桑县市场监督管理局"),
    ("开发区水利局", "云川开发区水利局"),
    ("吉利区人民政府", "孟津区人民政府"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_of_one_agency(one: str, other: str) -> None:
    for first, second in permutations(((one, 2022), (other, 2023))):
        known = agencies(first, second)
        assert known.key(one) == known.key(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_of_two_agencies(one: str, other: str) -> None:
    for first, second in permutations(((one, 2022), (other, 2023))):
        known = agencies(first, second)
        assert known.key(one) != known.key(other)


def test_every_division_that_only_got_another_name_goes_on() -> None:
    """All of the table whose old and new names nobody else bears; what was merged or split does not."""
    rows = list(csv.DictReader((RULES / "divisions" / "abolished.csv").read_text(encoding="utf-8").splitlines()))
    names = [row["name"] for row in rows]
    known = {line.split(",")[1] for line in (RULES / "divisions" / "divisions.csv").read_text("utf-8").splitlines()}
    tried = 0
    for row in rows:
        if names.count(row["name"]) > 1 or not row["successors"]:
            continue
        successor = row["successors"].split(":")[1]
        if successor not in known or successor in names:
            continue
        before, after = f"{row['name']}水利局", f"{successor}水利局"
        pair = agencies((before, 2000), (after, 2023))
        assert (pair.key(before) == pair.key(after)) == (row["relation"] == "renamed"), row
        tried += 1
    assert tried > 400


def test_a_short_name_goes_with_one_chain_of_longer_ones_only() -> None:
    one = agencies(("青槐镇", 2021), ("陌桑县青槐镇", 2022), ("云川市陌桑县青槐镇", 2023))
    assert len({one.key(name) for name in ("青槐镇", "陌桑县青槐镇", "云川市陌桑县青槐镇人民政府")}) == 1
    two = agencies(("青槐镇", 2021), ("陌桑县青槐镇", 2022), ("柏屿县青槐镇", 2023))
    assert two.is_shared("青槐镇人民政府")
    assert not two.is_shared("柏屿县青槐镇")
    assert two.key("陌桑县青槐镇") != two.key("柏屿县青槐镇")


def test_an_old_and_a_new_name_beside_each_other_are_two_agencies() -> None:
    both = agencies(("陌桑县扶贫办", 2021), ("陌桑县乡村振兴局", 2021), ("陌桑县乡村振兴局", 2022))
    assert both.key("陌桑县扶贫办") != both.key("陌桑县乡村振兴局")


def test_a_configuration_settles_the_rest() -> None:
    own: dict[str, tuple[str, ...]] = {"陌桑区": ("陌桑县",), "陌桑县数据局": ("陌桑县大数据中心",)}
    known = agencies(("陌桑县水利局", 2021), ("陌桑区水利局", 2022), ("陌桑县大数据中心", 2021), own=own)
    assert known.key("陌桑县水利局") == known.key("陌桑区水利局")
    assert known.key("陌桑区数据局") != known.key("陌桑区水利局")


@pytest.mark.usefixtures("own_place")
def test_numbers_go_on_under_another_name() -> None:
    write("a.md", report("偃师市水利局", 2020, carried_out="1 0 0 0 0 0 1"))
    write("b.md", report("洛阳市偃师区水利局", 2021, carried_in="5 0 0 0 0 0 5"))
    assert [one[:2] for one in found()] == [("b.md", "DL901")]


@pytest.mark.usefixtures("own_place")
def test_numbers_do_not_go_on_where_a_place_took_in_another_one() -> None:
    """吉利区 became a part of 孟津区 in 2021: its carry-over comes to that of 孟津县."""
    write("a.md", report("孟津县水利局", 2020, carried_out="1 0 0 0 0 0 1"))
    write("b.md", report("孟津区水利局", 2021, carried_in="5 0 0 0 0 0 5", carried_out="5 0 0 0 0 0 5"))
    write("c.md", report("孟津县平乐镇人民政府", 2020, carried_out="1 0 0 0 0 0 1"))
    write("d.md", report("孟津区平乐镇人民政府", 2021, carried_in="5 0 0 0 0 0 5"))
    write("e.md", report("孟津区水利局", 2022, carried_in="4 0 0 0 0 0 4"))
    assert [one[:2] for one in found()] == [("d.md", "DL901"), ("e.md", "DL901")]


@pytest.mark.usefixtures("own_place")
def test_a_mistake_in_the_names_of_a_configuration_is_told_at_its_place() -> None:
    Path("disclosure-lint.toml").write_text('[agencies]\n"陌桑县数据局" = "陌桑县大数据中心"\n', encoding="utf-8")
    ended = run(["check", "."])
    assert ended.status == 2
    assert ended.stderr.startswith("错误：disclosure-lint.toml:2:")


def test_entries_are_plain_data() -> None:
    """They are sent to other processes and stored."""
    from disclosure_lint.engine.beside import entry_of

    own = linter()
    bound = own.bind(own.read("a.md", report().encode()))
    assert bound is not None
    entry = entry_of("a.md", bound, own.pairing)
    assert entry is not None
    assert json.loads(json.dumps(entry, default=repr))[:4] == ["a.md", "陌桑县青槐镇人民政府", 2024, False]
