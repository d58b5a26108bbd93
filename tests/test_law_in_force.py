"""What is cited is the law of the report's year, and in the text output once for each rule of a file."""

from pathlib import Path

import pytest

from disclosure_lint.engine.linter import Linter
from tests.command_line import run

CASES = Path(__file__).parent / "cases"
OLD, NEW = "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"


@pytest.mark.parametrize(("name", "own", "other"), [("2019.md", OLD, NEW), ("whole.md", NEW, OLD)])
def test_findings_cite_the_notice_of_their_year(name: str, own: str, other: str) -> None:
    text = "".join(
        line
        for line in (CASES / name).read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith("===")
    )
    text = text.replace("五、存在的主要问题及改进情况", "五、主要问题").replace("| 0 |", "| 无 |")
    found = Linter.default().lint(name, text.encode()).diagnostics
    assert {"DL103", "DL204"} <= {one.code for one in found}
    documents = {law.document for one in found for law in one.law}
    assert own in documents
    assert other not in documents


def test_the_law_of_a_rule_is_cited_once_a_file_and_how_to_mend_it_is_said_once(tmp_path: Path) -> None:
    text = (CASES / "whole.md").read_text(encoding="utf-8")
    report = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("==="))
    for name in ("甲.md", "乙.md"):
        (tmp_path / name).write_text(report.replace("全年公开信息85条", "全年公开信息××条，XX镇"), encoding="utf-8")
    for lang, law, how in (("zh", "依据：", "怎么改："), ("en", "law: ", "how to mend it: ")):
        ended = run(["check", "--isolated", "--select", "DL112", "--lang", lang, str(tmp_path)])
        explained = [word for line in ended.stdout.splitlines() for word in (how, law) if line.startswith(f"  {word}")]
        assert explained == [how, law, law]
