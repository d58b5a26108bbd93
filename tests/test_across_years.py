"""A supervisor's folder: sixty reports of fifteen agencies over four years, in four formats and one archive.

The county became a city on the way, names are written now so, now so, and one bureau was renamed. With twelve mistakes
across reports just those are found, with none, none.
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.command_line import own_place, run
from tests.generation import render
from tests.generation.content import Content, Value, make
from tests.generation.official import official
from tests.office.html import plain
from tests.office.official import as_docx

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")
YEARS = (2021, 2022, 2023, 2024)
TOWNS = ("派水镇", "卧龙镇", "丹娘乡", "扎西绕登乡", "里龙乡", "南伊乡", "羌纳乡", "米林镇")
BUREAUS = (
    ("水利局", "水利局"),
    ("发展和改革委员会", "发改委"),
    ("住房和城乡建设局", "住建局"),
    ("民政局", "民政局"),
    ("扶贫开发办公室", "乡村振兴局"),
    ("司法局", "司法局"),
)
"""Each as it was called first, and later."""
UNITS = 6
"""So many bureaus and towns are those whose sum the county reports."""
Numbers = dict[str, int]
Mistakes = Mapping[tuple[str, int], str]


def agency(name: str, year: int) -> str:
    """Returns what an agency is called in the title of a year: 米林县 became 米林市 in 2023."""
    county = "米林县" if year < 2023 else "米林市"
    if name == "政府":
        return f"{'林芝市' if year % 2 else ''}{county}人民政府"
    if name in TOWNS:
        return {2021: "", 2022: county, 2023: f"林芝市{county}", 2024: county}[year] + f"{name}人民政府"
    early, late = next(pair for pair in BUREAUS if name == pair[0])
    return f"{'林芝市' if year == 2022 else ''}{county}{early if year < 2023 else late}"


def numbers(found: Numbers, year: int, seed: str) -> Numbers:
    """Returns the numbers that change from year to year; `found` are those of the year before."""
    random = Random(f"{seed}/{year}")
    begun, new = found.get("out", 0), random.randint(3, 40)
    left = random.randint(0, 3)
    issued, repealed = random.randint(1, 4), random.randint(0, 1)
    force = found.get("force", 20) + issued - repealed
    return {"in": begun, "new": new, "out": left, "issued": issued, "repealed": repealed, "force": force}


def content(name: str, year: int, said: Numbers, growth: str) -> Content:
    """Returns the report of an agency and year, in words drawn from the generator's."""
    own = make(Random(f"{name}/{year}"), "county")
    cells: dict[str, Value] = dict.fromkeys(own.numbers, 0)
    for row, value in {
        "new": said["new"],
        "carried_in": said["in"],
        "granted": said["new"] + said["in"] - said["out"],
        "outcome_total": said["new"] + said["in"] - said["out"],
        "carried_out": said["out"],
    }.items():
        cells[f"requests[{row},natural]"] = cells[f"requests[{row},total]"] = value
    for column, key in (("issued", "issued"), ("repealed", "repealed"), ("in_force", "force")):
        cells[f"disclosed[normative_documents,{column}]"] = said[key]
    topics = tuple((topic, "" if "申请" in topic else text) for topic, text in own.overview)
    told = f"全年收到政府信息公开申请{said['new']}件{growth}。"
    topics = tuple((topic, text or told) for topic, text in topics)
    title = agency(name, year)
    return replace(own, agency=title, year=year, numbers=cells, preamble=None, overview=topics, signed=None)


def changed(made: Content, kind: str, other: Content | None) -> Content:
    """Returns a report with a mistake of a kind; `other` is the report from which text is taken."""
    if kind == "DL901":
        return made.with_numbers(
            {"requests[carried_in,total]": 9, "requests[carried_in,natural]": 9}  # nobody carried out so many
        )
    if kind == "DL902":
        return made.with_numbers({"disclosed[normative_documents,in_force]": 90})
    if kind == "DL905":
        return made.with_numbers({"requests[granted,natural]": 1000})
    if kind == "DL903":
        assert other is not None
        pairs = zip(made.overview, other.overview, strict=True)
        overview = tuple(mine if "申请" in mine[0] else theirs for mine, theirs in pairs)
        return replace(made, overview=overview)
    return made


def folder(mistakes: Mistakes) -> None:
    """Writes the reports: 2022 into an archive, the others in one format after the other."""
    names = ["政府", *(first for first, _ in BUREAUS), *TOWNS]
    history: dict[str, Numbers] = {name: {} for name in names}
    made: dict[tuple[str, int], Content] = {}
    for year in YEARS:
        before = {name: dict(history[name]) for name in names}
        for name in names[1:]:
            history[name] = numbers(before[name], year, name)
        units = [history[name] for name in names[1 : UNITS + 1]]
        history["政府"] = {key: sum(one[key] for one in units) for key in units[0]}
        for name in names:
            said, then = history[name], before[name].get("new")
            growth = (
                ""
                if then is None
                else f"，比上年{'增加' if said['new'] >= then else '减少'}{abs(said['new'] - then)}件"
            )
            if mistakes.get((name, year)) == "DL906":
                growth = "，比上年增加77件"
            made[name, year] = content(name, year, said, growth)
    Path("archive").mkdir()
    with zipfile.ZipFile("archive/2022.zip", "w") as archive:
        for number, ((name, year), one) in enumerate(made.items()):
            kind = mistakes.get((name, year), "")
            donor = made.get(("卧龙镇" if name != "卧龙镇" else "派水镇", year)) if kind == "DL903" else None
            write(number, changed(one, kind, donor), name, year, archive)
            if kind == "DL904":
                write(1000 + number, one.with_numbers({"requests[granted,natural]": 500}), f"{name}2", year, archive)
    Path("disclosure-lint.toml").write_text(
        '[sums]\n"米林市人民政府" = ["米林市*局", "米林市*委员会"]\n', encoding="utf-8"
    )


def write(number: int, made: Content, name: str, year: int, archive: zipfile.ZipFile) -> None:
    random = Random(number)
    if year == 2022:
        archive.writestr(f"{name}.md", render(made, "pipes", random).text)
        return
    place = Path(str(year)) / name
    place.parent.mkdir(exist_ok=True)
    if number % 4 == 0:
        place.with_suffix(".docx").write_bytes(as_docx(official(made, random)))
    elif number % 4 == 1:
        place.with_suffix(".html").write_text(plain(official(made, random)), encoding="utf-8")
    else:
        found = render(made, "pipes" if number % 4 == 2 else "tabs", random)
        place.with_suffix(found.suffix).write_text(found.text, encoding="utf-8")


def found() -> list[tuple[str, str]]:
    """Returns file, without its ending, and code of each finding across reports."""
    said = json.loads(run(["check", "--format", "json", "--select", "DL9", "."]).stdout)
    assert said["summary"]["files"] >= 60
    return sorted((str(Path(one["path"]).with_suffix("")), one["code"]) for one in said["diagnostics"])


@pytest.mark.long
def test_without_mistakes_nothing_is_found() -> None:
    folder({})
    assert found() == []
    made = json.loads(run(["overview", "--format", "json", "."]).stdout)
    assert len(made["agencies"]) == 15
    assert {one["fits"] for one in made["scopes"]} == {"units"}
    assert all(cell["state"] not in ("missing", "doubled") for row in made["agencies"] for cell in row["years"])


MISTAKES: dict[tuple[str, int], str] = {
    ("派水镇", 2022): "DL901",
    ("丹娘乡", 2023): "DL901",
    ("里龙乡", 2024): "DL901",
    ("派水镇", 2024): "DL902",
    ("南伊乡", 2024): "DL902",
    ("羌纳乡", 2023): "DL903",
    ("扎西绕登乡", 2024): "DL903",
    ("米林镇", 2021): "DL904",
    ("南伊乡", 2022): "DL904",
    ("政府", 2024): "DL905",
    ("民政局", 2023): "DL906",
    ("乡村振兴局", 2024): "DL906",
}
MISTAKES = {("扶贫开发办公室" if name == "乡村振兴局" else name, year): code for (name, year), code in MISTAKES.items()}


def test_twelve_mistakes_are_found_and_nothing_else() -> None:
    assert len(MISTAKES) == 12
    folder(MISTAKES)
    wanted = []
    for (name, year), code in MISTAKES.items():
        place = f"archive/2022.zip/{name}" if year == 2022 else f"{year}/{name}"
        wanted.append((f"{place}2" if code == "DL904" else place, code))
    assert found() == sorted(wanted)
