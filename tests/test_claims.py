"""The numbers of the text: every one is read, and has its status."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.claims.lexicon import Lexicon
from disclosure_lint.claims.reading import Reader
from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.claim import Compared
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Address
from disclosure_lint.model.report import Fact, Report
from disclosure_lint.model.source import Span
from tests.command_line import own_place, run
from tests.generation import report as generated
from tests.own_pack import write_own
from tests.stating import stating

__all__ = ["own_place"]

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = tomli.loads((ROOT / "tests" / "claims" / "sentences.toml").read_text(encoding="utf-8"))
STATUSES = json.loads((ROOT / "tests" / "claims" / "reports.json").read_text(encoding="utf-8"))
"""Of every number of those reports, by its line and column; those about the form were read in their sentences."""
REAL = [path for folder in ("seeds", "real") for path in sorted((ROOT.parent / "shared" / folder).glob("*.*"))]
NUMBERS = {
    "requests[new,total]": 40, "requests[new,natural]": 36, "requests[new,commercial]": 3, "requests[new,legal]": 1,
    "requests[carried_in,total]": 3, "requests[granted,total]": 20, "requests[partial,total]": 5,
    "requests[refused_secret,total]": 6, "requests[unavailable_not_held,total]": 5,
    "requests[unprocessed_repeat,total]": 3, "requests[other_rest,total]": 2, "requests[outcome_total,total]": 41,
    "requests[carried_out,total]": 2, "review[reconsideration,upheld]": 2, "review[reconsideration,corrected]": 1,
    "review[reconsideration,pending]": 1, "review[reconsideration,total]": 4, "review[direct,upheld]": 2,
    "review[direct,total]": 2, "review[after_reconsideration,other]": 1, "review[after_reconsideration,total]": 1,
    "disclosed[normative_documents,issued]": 6, "disclosed[normative_documents,repealed]": 1,
    "disclosed[normative_documents,in_force]": 32, "disclosed[permits,decisions]": 1203,
    "disclosed[penalties,decisions]": 15, "disclosed[coercion,decisions]": 2,
}  # fmt: skip
LINTER = Linter.default()
LEXICON = Lexicon([one for pack in LINTER.packs for one in pack.claims])


def report(text: str, agency: str = "云川县人民政府") -> Report:
    """A report whose overview is a text and whose tables hold `NUMBERS`, 0 elsewhere."""
    return stating(LINTER, text, NUMBERS, agency)


def said(text: str, agency: str = "云川县人民政府") -> list[Compared]:
    """What is said of the numbers of an overview."""
    heading = len(f"# {agency}2024年")
    return [one for one in report(text, agency).claims.numbers if one.span.start > heading]


def listed() -> Iterator[tuple[str, str]]:
    for status, about in SENTENCES.items():
        yield from ((status, sentence) for sentence in about["sentences"])


@pytest.mark.parametrize(("status", "sentence"), list(listed()))
def test_every_number_of_a_sentence_has_its_status(status: str, sentence: str) -> None:
    found = said(sentence)
    counted = found if status == "not_a_quantity" else [one for one in found if one.status != "not_a_quantity"]
    assert counted
    assert {one.status for one in counted} == {status}, counted


AGREEING = SENTENCES["agrees"]["sentences"]


@given(st.lists(st.sampled_from(AGREEING), min_size=1, max_size=5), st.sampled_from(["", "\n", " ", "\n\n"]))
def test_sentences_mean_the_same_beside_others(sentences: list[str], between: str) -> None:
    assert not [one for one in said(between.join(sentences)) if one.status not in ("agrees", "not_a_quantity")]


@given(st.integers(min_value=0, max_value=9_999_999), st.sampled_from(["{}", " {} ", "\n{}\n", "{:,}"]))
def test_numbers_are_read_however_they_are_written(number: int, written: str) -> None:
    full_width = str.maketrans("0123456789", "０１２３４５６７８９")
    for text in (written.format(number), written.format(number).translate(full_width)):
        (one,) = [one for one in said(f"作出行政许可决定{text}件。") if one.status != "not_a_quantity"]
        assert (one.value, one.status) == (number, "agrees" if number == 1203 else "contradicts")


DIGITS, PLACES = "零一二三四五六七八九", ("", "十", "百", "千")


def in_words(number: int) -> str:
    """一千二百零三 for 1203; below ten thousand."""
    text = "".join(
        DIGITS[int(digit)] + (place if digit != "0" else "")
        for digit, place in zip(str(number), reversed(PLACES[: len(str(number))]), strict=True)
    )
    text = re.sub("零+", "零", text).rstrip("零") or "零"
    return text.removeprefix("一") if 10 <= number < 20 else text


@given(st.integers(min_value=0, max_value=9_999))
def test_numerals_mean_what_digits_do(number: int) -> None:
    (one,) = [one for one in said(f"作出行政许可决定{in_words(number)}件。") if one.status != "not_a_quantity"]
    assert one.value == number


@given(
    st.permutations(["收到政府信息公开申请40件", "答复政府信息公开申请41件", "结转下年度继续办理2件", "行政复议4件"])
)
def test_the_order_of_clauses_does_not_matter(clauses: list[str]) -> None:
    assert [one.status for one in said("，".join(clauses) + "。") if one.unit] == ["agrees"] * 4


@given(st.text("0123件。，、（）其中收到申请行政复议万亿余%年月未无分别均为", max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for one in said(text):
        assert one.value is None or one.value >= 0


@pytest.mark.long
@pytest.mark.parametrize(
    "part", ["3件，", "其中1件占1%，", "合计1件、", "收到申请3件", "作出，", "占1%", "2019年", "分别为1、"]
)
def test_a_sentence_without_end_takes_no_more_than_its_length(part: str) -> None:
    times = []
    for count in (3_000, 12_000):
        spent = []
        for _ in range(3):
            bound = report(part * count)
            start = process_time()
            assert bound.claims.numbers
            spent.append(process_time() - start)
        times.append(min(spent))
    assert times[1] < 10 * times[0]  # four times as long; sixteen would be a square


@pytest.mark.parametrize("part", ["1", "件", "（", "其中", "，1", "3件、", "万", "十", "未收到申请", "分别"])
def test_work_grows_with_the_text_and_no_faster(part: str) -> None:
    steps = []
    for times in (2000, 4000):
        reader = Reader(LEXICON, 2024, [part * times])
        list(reader.claims())
        steps.append(reader.steps)
    assert steps[1] <= 2 * steps[0] + 10


def test_an_office_does_not_report_for_its_county() -> None:
    statuses = {
        agency: said("全县共受理政府信息公开申请75件。", agency)[0].status
        for agency in ("云川县人民政府", "云川县水利局")
    }
    assert statuses == {"云川县人民政府": "contradicts", "云川县水利局": "other_scope"}


def test_a_blank_contradicts_nothing() -> None:
    bound = report("予以公开21件。")
    address = Address("requests", "granted", "total")
    blank = bound._replace(facts={**bound.facts, address: Fact(address, "blank", None, "", Span(0, 0))})
    assert [one.status for one in blank.claims.numbers if one.unit] == ["not_understood"]


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_reports_contradict_nothing(path: Path) -> None:
    if path.suffix not in (".txt", ".html", ".pdf"):
        return
    bound = LINTER.bind(LINTER.read(path.name, path.read_bytes()))
    assert bound is not None
    found: dict[str, list[str]] = {}
    for one in bound.claims.numbers:
        file, (start, _) = bound.document.source.in_file(one.span)
        found.setdefault(one.status, []).append("{}:{}".format(*file.position(start)))
    assert {status: " ".join(places) for status, places in found.items()} == STATUSES[path.name]


@pytest.mark.usefixtures("own_place")
def test_the_command_prints_numbers_with_their_cells() -> None:
    text = (ROOT / "examples" / "bad" / "wrong-total.md").read_text(encoding="utf-8")
    Path("年报.md").write_text(text, encoding="utf-8")
    ended = run(["claims", "年报.md"])
    assert ended.status == 0
    assert "一致  15件  requests[new,total] = 15" in ended.stdout
    claims = json.loads(run(["claims", "--format", "json", "年报.md"]).stdout)["claims"]
    (one,) = [one for one in claims if one["measure"] == "requests.received"]
    assert (one["text"], one["value"], one["status"], one["cells"]) == ("15件", 15, "agrees", ["requests[new,total]"])
    assert text.splitlines()[one["range"]["start"]["line"] - 1][one["range"]["start"]["column"] - 1 :].startswith("15")


def test_a_pack_adds_a_measure_without_python(tmp_path: Path) -> None:
    folder = Path(write_own(tmp_path / "own", ""))
    (folder / "claims").mkdir()
    words = folder / "claims" / "words.toml"
    words.write_text(
        '[[topic]]\nid = "licences"\ncounters = ["本"]\ndefault = "made"\nwords = ["红本证书"]\n'
        '[[measure]]\nid = "licences.made"\ntopics = ["licences"]\nevents = ["made"]\n'
        'equals = [["disclosed[permits,decisions]"]]\n',
        encoding="utf-8",
    )
    linter = Linter.default(packs=[folder], use_cache=False)
    bound, _ = linter.choose(linter.bind(report("作出红本证书1203本。").document, "2021", fragment=True) or report(""))
    bound = bound._replace(facts=report("").facts)
    found = [one for one in bound.claims.numbers if one.unit]
    assert [(one.measure, one.status) for one in found] == [("licences.made", "agrees")]
    words.write_text(words.read_text(encoding="utf-8").replace("permits", "permit"), encoding="utf-8")
    with pytest.raises(UserError, match="disclosed"):
        Linter.default(packs=[folder], use_cache=False)
    words.write_text("[[topic]]\nwords = 3\n", encoding="utf-8")
    with pytest.raises(UserError, match="words"):
        Linter.default(packs=[folder], use_cache=False)


@pytest.mark.parametrize("layout", ["tabs", "pipes"])
def test_generated_reports_contradict_nothing(layout: str) -> None:
    agreeing = 0
    for seed in range(12):
        text = generated(seed, layout).text
        bound = LINTER.bind(LINTER.read("a.txt", text.encode()))
        assert bound is not None
        found = bound.claims.numbers
        assert [one for one in found if one.status == "contradicts"] == []
        agreeing += sum(one.status == "agrees" for one in found)
    assert agreeing >= 20


def test_decimals_stay_exact() -> None:
    (one,) = [one for one in said("行政事业性收费2764.2万元。") if one.unit]
    assert one.value == Decimal(27642000)


@pytest.mark.parametrize(
    ("sentence", "grown"),
    [
        ("全年收到政府信息公开申请40件，同比增长12.5%。", ("requests.received", "up", "12.5", True)),
        ("收到申请40件，比2023年减少约8%。", ("requests.received", "down", "8", True)),
        ("办结政府信息公开申请41件，较上年下降了3.2%。", ("requests.answered", "down", "3.2", True)),
        ("全年作出行政许可1203件，比上年多12件。", ("permits.decisions", "up", "12", True)),
        ("收到政府信息公开申请的数量同比上升25%。", ("requests.received", "up", "25", True)),
        ("收到申请40件，答复41件，同比增长5%。", ("requests.answered", "up", "5", False)),
        ("政府信息公开申请数量较2020年增长30%。", None),
        ("申请量由35件增长至40件。", None),
        ("行政复议4件、行政诉讼3件，同比分别增长10%、20%。", None),
        ("群众满意度同比增长3.1%。", None),
    ],
)
def test_growth_says_what_grew(sentence: str, grown: tuple[str, str, str, bool] | None) -> None:
    found = [one for one in said(sentence) if one.growth]
    assert all(one.status == "other_period" and one.measure is None for one in found)
    told = [(one.growth.measure, one.growth.direction, str(one.value), one.growth.sure) for one in found if one.growth]
    assert told == ([grown] if grown else [])


LETTERS = {
    "a": "agrees", "c": "contradicts", "~": "approximate", "o": "other_scope", "p": "other_period", "s": "split",
    "u": "unrelated", "?": "not_understood",
}  # fmt: skip
MIXED = [
    tuple(line.split("\t"))
    for line in (ROOT / "tests" / "claims" / "mixed.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("letters", "sentence"), MIXED)
def test_each_number_of_a_sentence_has_its_own_status(letters: str, sentence: str) -> None:
    found = [one for one in said(sentence) if one.status != "not_a_quantity"]
    assert [one.status for one in found] == [LETTERS[letter] for letter in letters], found


PARTS = sorted({part for _, sentence in MIXED for part in re.split("(?<=[，、；。（）])", sentence) if part})
COMPARING = [rule for rule in LINTER.rules if rule.kind == "measure"]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=8))
def test_clauses_of_different_sentences_are_judged_together(parts: list[str]) -> None:
    shuffled = report("".join(parts))
    assert [LINTER.judge(rule, shuffled).outcome for rule in COMPARING]
    # A number that contradicts the tables names the cells that it contradicts.
    assert all(one.cells for one in shuffled.claims.numbers if one.status == "contradicts" and one.unit != "%")
    assert all(one.growth.sums for one in shuffled.claims.numbers if one.growth)
