"""DL906: by how much something grew, as the text says it, against the reports of both years."""

import json

import pytest

from tests.command_line import own_place, run
from tests.test_other_reports import report, write

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")


def growth(sentence: str, before: int, now: int, *, uncertain: str = "") -> tuple[str, list[str]]:
    """Returns how the rule ended for such new applications in two years, and what its findings stand at."""
    write("去年.md", report(year=2023, new=f"{before} 0 0 0 0 0 {uncertain or before}"))
    text = report(year=2024, new=f"{now} 0 0 0 0 0 {now}")
    write("今年.md", text.replace("## 二、", f"{sentence}\n\n## 二、", 1))
    said = json.loads(run(["check", "--format", "json", "--select", "DL906", "."]).stdout)
    lines = text.replace("## 二、", f"{sentence}\n\n## 二、", 1).splitlines()
    places = []
    for one in said["diagnostics"]:
        start, end = one["range"]["start"], one["range"]["end"]
        places.append(lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1])
    verdicts = {file["path"]: file["ledger"][0]["verdict"] for file in said["files"]}
    return verdicts["今年.md"], places


@pytest.mark.parametrize(
    ("sentence", "before", "now", "found"),
    [
        ("全年收到政府信息公开申请15件，同比增长50%。", 10, 15, []),
        ("全年收到政府信息公开申请15件，同比增长30%。", 10, 15, ["30%"]),
        ("全年收到政府信息公开申请15件，同比下降50%。", 10, 15, ["50%"]),
        ("全年收到政府信息公开申请7件，同比增长16.7%。", 6, 7, []),
        ("全年收到政府信息公开申请7件，同比增长16.6%。", 6, 7, []),
        ("全年收到政府信息公开申请7件，同比增长16.67%。", 6, 7, []),
        ("全年收到政府信息公开申请7件，同比增长16.8%。", 6, 7, ["16.8%"]),
        ("全年收到政府信息公开申请7件，同比增长17%。", 6, 7, []),
        ("全年收到政府信息公开申请7件，同比增长约15%。", 6, 7, []),
        ("全年收到政府信息公开申请7件，同比增长约25%。", 6, 7, ["25%"]),
        ("全年收到政府信息公开申请12件，比上年增加2件。", 10, 12, []),
        ("全年收到政府信息公开申请12件，比上年增加3件。", 10, 12, ["3件"]),
        ("全年收到政府信息公开申请8件，比上年减少2件。", 10, 8, []),
        ("全年收到政府信息公开申请0件，比上年下降100%。", 10, 0, []),
        ("全年收到政府信息公开申请26件，同比增长1.4倍。", 11, 26, []),
        ("全年收到政府信息公开申请26件，同比增长2.4倍。", 11, 26, []),
        ("全年收到政府信息公开申请26件，同比增长3.4倍。", 11, 26, ["3.4倍"]),
        ("全年收到政府信息公开申请15件，同比增长超40%。", 10, 15, []),
        ("全年收到政府信息公开申请15件，同比增长40个百分点。", 10, 15, []),
        ("群众满意度同比增长3.1%。", 10, 12, []),
        ("全县收到政府信息公开申请120件，同比增长3.1%。", 10, 12, []),
    ],
)
def test_growth_is_calculated_again(sentence: str, before: int, now: int, found: list[str]) -> None:
    verdict, places = growth(sentence, before, now)
    assert verdict == ("failed" if found else "passed")
    assert [place.strip("约") for place in places] == found


def test_the_message_has_both_numbers_and_both_places() -> None:
    growth("全年收到政府信息公开申请15件，同比下降30%。", 10, 15)
    said = run(["check", "--select", "DL906", "."]).stdout
    assert "2023 年的年报是 10（去年.md:" in said
    assert "今年是 15：增加 50%" in said
    growth("全年收到政府信息公开申请15件，同比增长1.5倍。", 5, 15)
    assert "今年是 15：增加 2.0倍" in run(["check", "--select", "DL906", "."]).stdout


def test_from_nothing_nothing_grows_by_percent() -> None:
    assert growth("全年收到政府信息公开申请15件，同比增长100%。", 0, 15) == ("undetermined", [])
    assert growth("全年收到政府信息公开申请15件，比上年增加15件。", 0, 15) == ("passed", [])


def test_an_uncertain_number_is_not_compared() -> None:
    assert growth("全年收到政府信息公开申请15件，同比增长30%。", 10, 15, uncertain="十")[1] == []


def test_without_last_year_nothing_is_compared() -> None:
    text = report().replace("## 二、", "全年收到政府信息公开申请15件，同比增长30%。\n\n## 二、", 1)
    write("a.md", text)
    assert run(["check", "--select", "DL906", "."]).status == 0
