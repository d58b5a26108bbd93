"""DL701–DL703: numbers that lead to a person, and that no output shows them again."""

from pathlib import Path
from random import Random

import pytest

from disclosure_lint.model.personal import find_personal, masked
from disclosure_lint.outputs.formats import BUILT_IN
from tests.command_line import GOOD, own_place, run
from tests.scale import some

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

MOBILE, IDENTITY, CARD = "13900001234", "11010119900307109X", "6222020200112233438"
NUMBERS = (MOBILE, IDENTITY, CARD)
LINE = f"起草人：张三，手机{MOBILE}，身份号码{IDENTITY}，卡号{CARD}。"


def report(line: str = LINE) -> str:
    """Returns a report in whose preface the line stands: there, an address is a print of the text."""
    title, rest = GOOD.read_text(encoding="utf-8").split("\n", 1)
    return f"{title}\n\n{line}\n{rest}"


def digits(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("output", [one.name for one in BUILT_IN])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_output_shows_a_number(output: str, lang: str) -> None:
    Path("年报.md").write_text(report(), encoding="utf-8")
    shown = run(["check", "--isolated", "--format", output, "--lang", lang, "-v", "年报.md"]).stdout
    assert "DL701" in shown
    assert [number for number in NUMBERS if number in shown] == []
    assert "139****1234" in shown


def test_a_finding_of_another_rule_shows_none_either() -> None:
    Path("年报.md").write_text(report(f"（待补充）{LINE}"), encoding="utf-8")
    shown = run(["check", "--isolated", "--select", "DL112", "年报.md"]).stdout
    assert "DL112" in shown
    assert [number for number in NUMBERS if number in shown] == []


@pytest.mark.parametrize("output", [one.name for one in BUILT_IN])
def test_a_number_in_a_cell_is_not_told_by_the_sums(output: str) -> None:
    row = "| 一、本年新收政府信息公开申请数量 | | | "
    before, after = GOOD.read_text(encoding="utf-8").split(row)
    Path("年报.md").write_text(f"{before}{row}{MOBILE} |{after.partition('|')[2]}", encoding="utf-8")
    shown = run(["check", "--isolated", "--format", output, "-v", "年报.md"]).stdout
    assert "DL30" in shown
    assert MOBILE not in shown


@pytest.mark.parametrize("width", [20, 31, 42, 80])
def test_a_line_that_is_cut_shows_no_part(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    Path("年报.md").write_text(report("一" * 30 + LINE + "二" * 50), encoding="utf-8")
    shown = run(["check", "--isolated", "年报.md"]).stdout
    assert MOBILE[3:-4] not in shown
    assert IDENTITY[3:-4] not in shown
    assert CARD[3:-4] not in shown


def test_a_baseline_tells_nothing_of_the_number() -> None:
    texts = []
    for number in (MOBILE, "13977771234"):
        Path("年报.md").write_text(report(f"手机{number}。"), encoding="utf-8")
        run(["check", "--isolated", "--write-baseline", "基线.json", "年报.md"])
        texts.append(Path("基线.json").read_text(encoding="utf-8"))
        Path("基线.json").unlink()
    assert "DL701" in texts[0]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("arguments", [["claims"], ["claims", "--format", "json"], ["show", "--outline"]])
def test_what_is_printed_about_a_report(arguments: list[str]) -> None:
    Path("年报.md").write_text(report(), encoding="utf-8")
    shown = run([*arguments, "年报.md"]).stdout
    assert shown
    assert [number for number in NUMBERS if number in shown] == []


def test_a_trace_of_a_line_with_a_number() -> None:
    text = report("全年公开85条。").replace("| 重复申请", f"| 重复申请 {MOBILE}")
    Path("年报.md").write_text(text.replace("2.重复申请", f"2.重复申请{MOBILE}"), encoding="utf-8")
    for form in ("text", "json"):
        shown = run(["show", "--trace", "--format", form, "年报.md"]).stdout
        assert "139****1234" in shown
        assert MOBILE not in shown


def test_the_profile_for_publication_makes_them_errors() -> None:
    Path("年报.md").write_text(report(), encoding="utf-8")
    shown = run(["check", "--isolated", "--profile", "publish", "--select", "DL7", "年报.md"]).stdout
    assert [line.split()[1:3] for line in shown.splitlines() if line.startswith("年报.md:")] == [
        ["错误", "DL701"],
        ["错误", "DL702"],
        ["错误", "DL703"],
    ]


@pytest.mark.parametrize(
    "text", ["", "电话 0999-5550123", "０１２", "编号20231380000111199", "1" * 500, "13900001234" * 30, "1 3 " * 300]
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("text", [MOBILE, "１３９００００１２３４", "139-0000-1234", "139 0000 1234", IDENTITY, CARD])
def test_a_mask_leaves_ends_and_length(text: str) -> None:
    shown = masked(f"电话{text}。")
    assert len(shown) == len(text) + 3
    assert (shown[2:5], shown[-5:-1]) == (text[:3], text[-4:])
    assert digits(text)[3:-4] not in digits(shown)


def _identity(rng: Random) -> str:
    head = f"41{rng.randint(1, 9):02}{rng.randint(1, 30):02}{rng.randint(1940, 2015)}"
    head += f"{rng.randint(1, 12):02}{rng.randint(1, 28):02}{rng.randint(0, 999):03}"
    return head + "10X98765432"[sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(head)) % 11]


def test_one_wrong_character_is_no_identity_number() -> None:
    rng = Random("identity")
    for _ in range(some(60)):
        number = _identity(rng)
        assert [one.kind for one in find_personal("identity", f"号码{number}。")] == ["identity"]
        at = rng.randrange(17)
        other = number[:at] + rng.choice([digit for digit in "0123456789" if digit != number[at]]) + number[at + 1 :]
        assert list(find_personal("identity", f"号码{other}。")) == []
