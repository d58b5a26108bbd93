"""The pages about reports as data: what their queries and their Python give is what they show."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.command_line import own_place, run
from tests.test_facts_tables import EXAMPLE

__all__ = ["own_place"]
pytestmark = [pytest.mark.usefixtures("own_place"), pytest.mark.long]
DOCS = Path(__file__).resolve().parents[1] / "docs"
_BLOCK = re.compile(r"^```(sh|sql|python)\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
RECEIVED: dict[str, dict[int, int | None]] = {
    "河南省松陵县人民政府": {2022: 40, 2023: 52, 2024: 91},
    "河南省松陵县青槐镇人民政府": {2023: 3, 2024: None},
    "山西省桑溪县人民政府": {2022: 17, 2023: 12, 2024: 15},
}
"""Applications by agency and year; None where the cell holds a word."""


def lay_out() -> None:
    """Writes the reports that the pages are about."""
    Path("reports").mkdir()
    for agency, years in RECEIVED.items():
        for year, count in years.items():
            text = EXAMPLE.replace("陌桑县青槐镇人民政府", agency).replace("2024", str(year))
            text = _set(text, "一、本年新收", "若干" if count is None else str(count))
            text = _set(text, "1.属于国家秘密", str((count or 0) % 4))
            text = _set(text, "7.属于行政执法案卷", str((count or 0) % 7))
            text = re.sub(
                r"^\| 行政事业性收费.*$", f"| 行政事业性收费 | {(count or 0) / 10} | | |", text, flags=re.MULTILINE
            )
            Path("reports", f"{agency}{year}.md").write_text(text, encoding="utf-8")


def _set(text: str, label: str, number: str) -> str:
    """Returns the text with another last number in the row of that label."""
    found = re.sub(rf"^(\|.*{re.escape(label)}.*\|) *[^|]* *\|$", rf"\1 {number} |", text, flags=re.MULTILINE)
    assert found != text or f" {number} |" in text
    return found


def _answer(kind: str, text: str) -> str:
    """Returns what a block gives."""
    if kind == "sh":
        for line in text.splitlines():
            assert run(shlex.split(line)[1:]).status == 0
        return ""
    if kind == "sql":
        asked = duckdb.execute(text)
        found = [
            [column[0] for column in asked.description or ()],
            *[["" if value is None else str(value) for value in row] for row in asked.fetchall()],
        ]
        return "".join(" | ".join(row) + "\n" for row in found)
    ended = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, encoding="utf-8", check=True)
    return ended.stdout


@pytest.mark.parametrize("name", ["corpus.md", "corpus.zh-CN.md"])
def test_what_is_asked_is_answered(name: str) -> None:
    lay_out()
    page = (DOCS / name).read_text(encoding="utf-8")

    def answered(block: re.Match[str]) -> str:
        answer = _answer(block[1], block[2])
        return block[0] if block[3] is None else f"```{block[1]}\n{block[2]}```\n\n```text\n{answer}```"

    real = _BLOCK.sub(answered, page)
    if os.environ.get("DISCLOSURE_LINT_UPDATE") == "1":
        (DOCS / name).write_text(real, encoding="utf-8")
        return
    assert page == real
