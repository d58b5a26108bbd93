"""The table of divisions, the names that are gone, and where an agency is."""

import csv
from collections import Counter
from itertools import pairwise

import pytest

from disclosure_lint.divisions.region import region_of
from disclosure_lint.divisions.table import (
    LAST_CHARACTERS,
    LONGEST_NAME,
    Abolished,
    AbolishedNames,
    Division,
    abolished_names,
    data_file,
    short_name,
    stands_alone,
    table,
)

ROWS = table().rows


def names(divisions: tuple[Division, ...]) -> list[str]:
    return [division.name for division in divisions]


def test_the_table_is_whole() -> None:
    now = Counter(row.level for row in ROWS if row.last_year is None)
    assert len(ROWS) > 3000
    assert (now["province"], now["prefecture"]) == (31, 333)
    assert 2840 <= now["county"] <= 2850
    assert list(ROWS) == sorted(ROWS, key=lambda row: (row.code, row.first_year))
    assert max(len(row.name) for row in ROWS) == LONGEST_NAME
    assert all(row.name.endswith(LAST_CHARACTERS) for row in ROWS)
    assert all(len(row.code) == 6 and row.code.isdecimal() for row in ROWS)


def test_a_code_never_has_two_names_at_once() -> None:
    for code in {row.code for row in ROWS}:
        rows = [row for row in ROWS if row.code == code]
        for before, after in pairwise(rows):
            assert before.last_year is not None
            assert before.first_year <= before.last_year < after.first_year


@pytest.mark.parametrize("file", ["divisions.csv", "abolished.csv"])
def test_the_files_are_what_the_csv_module_reads(file: str) -> None:
    text = data_file(file).read_text(encoding="utf-8")
    assert [",".join(row) for row in csv.reader(text.splitlines())] == text.splitlines()
    assert text.endswith("\n")
    assert data_file(file).stat().st_size < 200_000


def test_every_division_has_its_parents() -> None:
    for row in ROWS:
        path = table().path(row)
        assert path[0].level == "province"
        assert path[-1] == row
        if row.level == "county" and row.code[2:4] not in ("90", "01", "02", "03") and row.code[:2] != "50":
            assert [one.level for one in path] == ["province", "prefecture", "county"]


def test_a_county_that_became_a_district() -> None:
    assert table().named("孟津县") == [Division("410322", "孟津县", 1983, 2020)]
    assert table().named("孟津区") == [Division("410308", "孟津区", 2021, None)]
    assert table().named("孟津") == [*table().named("孟津区"), *table().named("孟津县")]
    assert table().named("孟") == []
    assert names(table().path(table().named("孟津县")[0])) == ["河南省", "洛阳市", "孟津县"]


def test_a_parent_has_the_name_of_the_time() -> None:
    (county,) = table().named("南漳县")
    assert names(table().path(county, 2008)) == ["湖北省", "襄樊市", "南漳县"]
    assert names(table().path(county, 2020)) == ["湖北省", "襄阳市", "南漳县"]
    assert table().at("420600", 1990) == Division("420600", "襄樊市", 1980, 2009)
    assert table().at("999999") is None


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("孟津区", "孟津"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("西藏自治区", "西藏"),
        ("湘西土家族苗族自治州", "湘西"),
        ("克孜勒苏柯尔克孜自治州", "克孜勒苏"),
        ("积石山保安族东乡族撒拉族自治县", "积石山"),
        ("融水苗族自治县", "融水"),
        ("鄂温克族自治旗", "鄂温克"),
        ("神农架林区", "神农架"),
        ("大兴安岭地区", "大兴安岭"),
        ("瀍河回族区", "瀍河"),
        ("城区", "城区"),
        ("梅县", "梅县"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short


def abolished_before(year: int) -> dict[str, tuple[Abolished, ...]]:
    known = abolished_names()
    return {name: places for name in known if (places := known.of(name, year))}


def test_names_that_are_gone() -> None:
    gone = abolished_before(2023)
    (place,) = gone["孟津县"]
    assert (place.year, place.relation, names(place.successors)) == (2021, "renamed", ["孟津区"])
    assert place.parents == ("河南省", "河南", "洛阳市", "洛阳")
    assert "孟津县" not in abolished_before(2021)
    assert "朝阳县" not in gone
    assert names(gone["卢湾区"][0].successors) == ["黄浦区"]
    assert gone["江干区"][0].successors == ()


def test_a_name_that_is_gone_is_borne_by_none() -> None:
    valid = {row.name for row in ROWS if row.last_year is None}
    assert valid.isdisjoint(abolished_names())


def test_successors_are_what_the_table_has() -> None:
    for places in abolished_before(2024).values():
        for place in places:
            assert (place.relation == "") == (place.successors == ())
            for one in abolished_names().successors(place, 2024):
                assert any(row.code == one.code and row.name == one.name and row.last_year is None for row in ROWS)


def test_what_became_of_a_place_later_counts() -> None:
    lines = [
        "code,name,first_year,last_year,relation,successors,parents",
        "110102,乙市,2011,2019,renamed,110103:丙区:2020:,甲省 甲",
        "110101,乙县,1980,2010,renamed,110102:乙市:2011:2019,甲省 甲",
    ]
    gone = AbolishedNames("\n".join(lines) + "\n", 2008)
    (place,) = gone.of("乙县", 2015)
    assert names(gone.successors(place, 2015)) == ["乙市"]
    assert names(gone.successors(place, 2020)) == ["乙市"]
    assert names(gone.successors(place, 2021)) == ["丙区"]
    assert gone.lengths == (2,)
    assert list(AbolishedNames("\n".join(lines) + "\n", 2015)) == ["乙市"]


def test_names_that_stand_alone_are_no_part_of_another_division() -> None:
    for name in filter(stands_alone, abolished_names(2008)):
        assert not [row.name for row in ROWS if name in row.name and name != row.name]


CERTAIN = [
    ("孟津区枫桥镇人民政府", 2023, "河南省洛阳市孟津区"),
    ("洛阳市孟津区枫桥镇", 2023, "河南省洛阳市孟津区"),
    ("河南洛阳孟津区", 2023, "河南省洛阳市孟津区"),
    ("孟津 区 枫桥镇", 2023, "河南省洛阳市孟津区"),
    ("孟津区人民政府", 2020, "河南省洛阳市孟津区"),  # published in 2021
    ("孟津县人民政府", 2019, "河南省洛阳市孟津县"),
    ("孟津县枫桥镇人民政府", 2023, "河南省洛阳市孟津县"),
    ("上海市人民政府办公厅", 2023, "上海市"),
    ("长宁区枫桥街道办事处", 2023, "上海市长宁区"),
    ("浦东新区枫桥镇", 2023, "上海市浦东新区"),
    ("淮安市人民政府", 2024, "江苏省淮安市"),
    ("徐州市鼓楼区人民政府", 2023, "江苏省徐州市鼓楼区"),
    ("南京鼓楼区", 2023, "江苏省南京市鼓楼区"),
    ("晋城市城区人民政府", 2023, "山西省晋城市城区"),
    ("济源市人民政府", 2023, "河南省济源市"),
    ("伊犁哈萨克自治州伊宁市", 2023, "新疆维吾尔自治区伊犁哈萨克自治州伊宁市"),
    ("吉林省吉林市人民政府", 2023, "吉林省吉林市"),
    ("朝阳市人民政府", 2023, "辽宁省朝阳市"),
    ("襄樊市人民政府", 2009, "湖北省襄樊市"),
    ("国家税务总局洛阳市孟津区税务局", 2023, "河南省洛阳市孟津区"),
    ("中共孟津区委办公室", 2023, "河南省洛阳市孟津区"),
    ("平顶山高新技术产业开发区枫桥镇人民政府", 2023, "河南省平顶山市"),
    ("苏州工业园区管理委员会", 2023, "江苏省苏州市"),
    ("孟津区人民政府", None, "河南省洛阳市孟津区"),
]


@pytest.mark.parametrize(("agency", "year", "where"), CERTAIN)
def test_the_name_of_an_agency_tells_where_it_is(agency: str, year: int | None, where: str) -> None:
    region = region_of(agency, year, "")
    assert region.name == where
    assert region.path[-1].code == region.code
    assert region.candidates == ()
    assert where in region.reason.zh


BY_TEXT = [
    ("鼓楼区人民政府", "徐州市鼓楼区全年公开信息85条，南京市来学习。", "江苏省徐州市鼓楼区"),
    ("鼓楼区人民政府", "微信公众号“福州鼓楼”", "福建省福州市鼓楼区"),
    ("鼓楼区人民政府", "按照南京市的要求", "江苏省南京市鼓楼区"),
    ("市中区人民政府", "按照乐山市的要求", "四川省乐山市市中区"),
    ("西湖区人民政府", "参加与余杭区、滨江区的交流", "浙江省杭州市西湖区"),
    ("朝阳区枫桥街道办事处", "依托北京市政府网站", "北京市朝阳区"),
    ("白云区人民政府", "广东省的要求", "广东省广州市白云区"),
    ("永定区人民政府", "龙岩市的要求", "福建省龙岩市永定区"),
    ("大同经济技术开发区管委会", "大同市政府网站", "山西省大同市"),
    ("昆山经济技术开发区管委会", "昆山市政府网站", "江苏省苏州市昆山市"),
]


@pytest.mark.parametrize(("agency", "text", "where"), BY_TEXT)
def test_the_text_tells_which_of_several_it_is(agency: str, text: str, where: str) -> None:
    assert region_of(agency, 2023, "").code in (None, "320000")
    region = region_of(agency, 2023, text)
    assert region.name == where
    assert "正文里有" in region.reason.zh


OPEN = [
    ("鼓楼区人民政府", "", ["320106", "320302", "350102", "410204"]),
    ("鼓楼区人民政府", "南京市、福州市", ["320106", "350102"]),
    ("白云区人民政府", "广东省、贵阳市", ["440111", "520113"]),
    ("城关区人民政府", "在南市场设点", ["540102", "620102"]),
    ("新城区人民政府", "", ["150102", "610102"]),
    ("朝阳经济技术开发区管委会", "", ["110105", "211300", "220104"]),
    ("海东开发区管委会", "大理市", ["630200"]),
    ("金山工业园区管委会", "福州市", ["310116"]),
]


@pytest.mark.parametrize(("agency", "text", "codes"), OPEN)
def test_what_cannot_be_told_is_not_guessed(agency: str, text: str, codes: list[str]) -> None:
    region = region_of(agency, 2023, text)
    assert (region.code, region.path) == (None, ())
    assert [one.code for one in region.candidates] == codes
    assert "可能是" in region.reason.zh


@pytest.mark.parametrize(("agency", "text"), [("江苏省鼓楼区人民政府", ""), ("鼓楼区人民政府", "江苏省的要求")])
def test_a_province_may_be_certain_where_the_county_is_not(agency: str, text: str) -> None:
    region = region_of(agency, 2023, text)
    assert (region.code, region.name) == ("320000", "江苏省")
    assert [one.code for one in region.candidates] == ["320106", "320302"]


@pytest.mark.parametrize(
    "agency",
    ["枫桥镇人民政府", "市政府办公室", "城区街道办事处", "黄山镇人民政府", "中山街道办事处", "枫桥新区管委会", None],
)
def test_an_agency_that_names_no_division(agency: str | None) -> None:
    region = region_of(agency, 2023, "河南省洛阳市孟津区")
    assert region == (None, (), region.reason, ())
