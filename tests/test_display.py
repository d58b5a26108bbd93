"""Whatever strangers call their files or write into reports, packs and configurations: no terminal obeys it."""

import csv
import io
import json
import unicodedata
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure_lint.model.display import _BREAKING, disarmed, escape_controls, in_json, in_xml
from disclosure_lint.model.errors import MistakesError, UserError
from disclosure_lint.outputs.row_texts import _cell
from tests.command_line import BAD, GOOD, Ended, own_place, run

__all__ = ["own_place"]
pytestmark = pytest.mark.usefixtures("own_place")

EVIL = "\x1b]0;x\x07\x1b[31m\x9b2J\u202e\u2066\x7f\r"
"""A title of the window, red, clear the screen, turned around, back to the beginning of the line."""
OBEYED = set(EVIL) - set("]0;x[31m2J")


def tame(ended: Ended) -> None:
    """Nothing that is shown would be obeyed."""
    for stream in (ended.stdout, ended.stderr):
        bad = {char for char in stream if unicodedata.category(char) in _BREAKING and char not in "\n\t"}
        assert not bad, ascii(stream[:300])
    assert "Traceback" not in ended.stderr


FORMATS = ("text", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "rdjsonl", "checkstyle")


@pytest.fixture
def reports() -> list[str]:
    """A good report, a bad one, and one that is none, with evil names and evil text."""
    names = [f"{number}{EVIL}.md" for number in range(3)]
    Path(names[0]).write_bytes(GOOD.read_bytes())
    bad = BAD.read_text(encoding="utf-8")
    Path(names[1]).write_text(bad.replace("一、", f"一、{EVIL}").replace("镇", f"{EVIL}镇", 2), encoding="utf-8")
    Path(names[2]).write_text(EVIL)
    return names


@pytest.mark.parametrize("output_format", FORMATS)
def test_findings_in_every_format(reports: list[str], output_format: str) -> None:
    ended = run(["check", "-v", "--format", output_format, "--color", "never", *reports])
    tame(ended)
    shown = ended.stdout
    if output_format == "json":
        paths = [file["path"] for file in json.loads(shown)["files"]]
        assert paths == reports
    if output_format in ("junit", "checkstyle"):
        root = ElementTree.fromstring(shown.encode())
        assert len(root) == len(reports)


@pytest.mark.parametrize(
    "command",
    [
        ["facts"],
        ["facts", "--format", "csv"],
        ["facts", f"no such{EVIL}"],
        ["show", f"no such{EVIL}"],
        ["check", f"no such{EVIL}"],
        ["check", "--config", f"no{EVIL}"],
        ["check", "--baseline", f"no{EVIL}", str(GOOD)],
        ["check", "--format", EVIL],
        ["check", "--select", EVIL, str(GOOD)],
        ["check", "--region", EVIL, str(GOOD)],
        ["check", "--form", EVIL, str(GOOD)],
        ["check", "--trust", EVIL, str(GOOD)],
        ["check", f"--{EVIL}"],
        ["check", "--output-file", f"no{EVIL}/x", str(GOOD)],
        ["explain", EVIL],
        ["rules", "test", f"no{EVIL}"],
        ["rules", "new", "--kind", EVIL, "--code", EVIL, "--name", EVIL],
        ["new", "--agency", EVIL, "--year", "2024", "-"],
        [EVIL],
    ],
    ids=lambda command: ascii(" ".join(command))[:40],
)
def test_all_that_is_said(reports: list[str], command: list[str]) -> None:
    tame(run([*command, *reports] if command[0] == "facts" else command))


def test_text_of_documents(reports: list[str]) -> None:
    for name in reports:
        tame(run(["show", name]))
        tame(run(["show", "--outline", name]))


@pytest.mark.parametrize("text", ['fail-on = "{}"', 'nonsense-"{}" = 1', 'baseline = "{}"', 'packs = ["{}"]', "{}"])
def test_configurations(text: str) -> None:
    escaped = "".join(f"\\u{ord(char):04x}" for char in EVIL)
    for evil in (EVIL, escaped):
        Path("disclosure-lint.toml").write_text(text.replace("{}", evil), encoding="utf-8")
        Path("1.md").write_bytes(GOOD.read_bytes())
        ended = run(["check", "1.md"])
        assert ended.status == 2
        tame(ended)


def test_packs() -> None:
    escaped = "".join(f"\\u{ord(char):04x}" for char in EVIL)
    Path("pack.toml").write_text(
        f'[pack]\nid = "some-town"\ntitle = "{escaped}"\nversion = "1"\n\n'
        f'[[rule]]\ncode = "XX001"\nname = "{escaped}"\n',
        encoding="utf-8",
    )
    Path("disclosure-lint.toml").write_text('packs = ["pack.toml"]\n')
    Path("1.md").write_bytes(GOOD.read_bytes())
    ended = run(["check", "1.md"])
    assert ended.status == 2
    tame(ended)


def test_a_name_makes_no_line_of_its_own() -> None:
    name = "a\n错误：b"
    ended = run(["check", "--config", name])
    assert ended.stderr.count("\n") == 1
    assert str(UserError("m", name, 1)).count("\n") == 0
    assert str(MistakesError([UserError("m", name, 1), UserError("n", name, 2)])).count("\n") == 1


def test_colours_are_ours_alone() -> None:
    name = "1\x1b[31m.md"
    Path(name).write_bytes(BAD.read_bytes())
    ended = run(["check", "--color", "always", name])
    assert "\x1b[1m1␛[31m.md" in ended.stdout
    assert disarmed("\x1b[31mred\x1b[0m\x1b]0;x\x07", coloured=True) == "\x1b[31mred\x1b[0m␛]0;x␇"
    assert disarmed("\x1b[31mred") == "␛[31mred"


def test_links_lead_to_pages_of_rules_alone() -> None:
    pages = "https://a.example.cn/{code}.html"
    ours = "\x1b]8;;https://a.example.cn/DL302.html\x1b\\DL302\x1b]8;;\x1b\\"
    assert disarmed(ours, coloured=True, pages=pages) == ours
    assert disarmed(ours, coloured=True).count("␛") == 4
    others = "\x1b]8;;https://b.example.cn/DL302.html\x1b\\甲"
    assert disarmed(others, coloured=True, pages=pages) == others.replace("\x1b", "␛")


def test_differences_are_exact_for_programs_and_harmless_for_people() -> None:
    text = "# 青禾县石桥镇人民政府2023年政府信息公开工作年度报告\n\n## 一、总体工作情况\n\n\u202e甲\x07\n"
    Path("1.md").write_text(text, encoding="utf-8")
    ended = run(["check", "--diff", "--select", "DL103", "1.md"])
    assert "\u202e甲\x07" in ended.stdout


@given(st.text())
def test_escapes_lose_nothing(text: str) -> None:
    assert json.loads(in_json(json.dumps(text, ensure_ascii=False))) == text
    assert not OBEYED & set(in_json(json.dumps(text, ensure_ascii=False)))
    plain = "".join(char for char in text if char.isprintable() or char in "\x7f\x9b\u202e\u2066") + "\x9b\u202e"
    element = in_xml(f"<a>{plain.replace('&', '').replace('<', '').replace('>', '')}</a>")
    assert ElementTree.fromstring(element).text == plain.replace("&", "").replace("<", "").replace(">", "")
    assert not OBEYED & set(element)


@given(st.text())
def test_what_is_harmless_stays_so(text: str) -> None:
    assert not {char for char in escape_controls(text) if unicodedata.category(char) in _BREAKING}
    assert not OBEYED & set(disarmed(text))
    assert disarmed(disarmed(text)) == disarmed(text)


# Spreadsheets


@pytest.mark.parametrize(
    ("raw", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'    =1"),
        ("\r=1", "'␍=1"),
        ("\n=1", "'␊=1"),
        ("＝1+1", "'＝1+1"),
        ("-2+3", "'-2+3"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("-", "'-"),
        ("－", "'－"),
        ("-5", "-5"),
        ("-0.50", "-0.50"),
        ("－５", "－５"),
        ("-5%", "-5%"),
        ("5", "5"),
        ("", ""),
        ("5=5", "5=5"),
        (7, 7),
        (None, None),
    ],
)
def test_cells_are_no_formulas(raw: object, cell: object) -> None:
    assert _cell(raw) == cell


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = str(_cell(text))
    assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n"))
    assert not cell.startswith("-") or cell[1:2].isdigit()


def test_a_report_for_a_spreadsheet() -> None:
    text = GOOD.read_text(encoding="utf-8")
    Path("=cmd|' C calc'!A0.md").write_text(text, encoding="utf-8")
    rows = list(csv.reader(io.StringIO(run(["facts", "--format", "csv", "=cmd|' C calc'!A0.md"]).stdout)))
    assert len(rows) > 100
    assert {row[0] for row in rows[1:]} == {"'=cmd|' C calc'!A0.md"}
    assert all(not cell.startswith(("=", "+", "@", "-")) for row in rows for cell in row)
