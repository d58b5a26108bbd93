"""A column under another name is named as that: nobody is told to add the column and fill in zeros."""

import pytest

from disclosure_lint.engine.linter import Linter
from tests.generation import LAYOUTS, report

OTHER_NAMES = {
    "自然人": "公民",
    "商业企业": "企业",
    "科研机构": "科研单位",
    "社会公益组织": "公益组织",
    "法律服务机构": "律所",
    "本年废止件数": "本年作废件数",
    "现行有效件数": "有效件数",
}
CELLS = ("tabs", "tabs_markdown", "pipes", "pipes_repeated")
"""Layouts in which a label stands in a cell of its own."""


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter.default()


@pytest.mark.parametrize("column", OTHER_NAMES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_renamed_column_is_not_missing(linter: Linter, column: str, layout: str) -> None:
    rendered = report("column", layout)
    text = rendered.text.replace(column, OTHER_NAMES[column])
    result = linter.lint(f"report{rendered.suffix}", text.encode())
    said = [one for one in result.diagnostics if one.code == "DL202"]
    assert all("缺少这些列" not in one.message.zh for one in said)
    if layout in CELLS and OTHER_NAMES[column] in text:
        (one,) = said
        assert f"表头的“{OTHER_NAMES[column]}”应为「{column}」" in one.message.zh
        assert "the numbers need not be touched" in one.message.en
        assert result.source is not None
        assert result.source.slice(one.span) == OTHER_NAMES[column]


def test_a_column_that_is_gone_is_missing(linter: Linter) -> None:
    lines = report("column", "tabs").text.splitlines()
    (head,) = (number for number, line in enumerate(lines) if "科研机构" in line)
    gone = lines[head].split("\t").index("科研机构")
    for number in range(head, len(lines)):
        cells = lines[number].split("\t")
        if len(cells) == len(lines[head].split("\t")):
            lines[number] = "\t".join(cells[:gone] + cells[gone + 1 :])
    result = linter.lint("report.txt", "\n".join(lines).encode())
    assert {"DL202", "DL205"} & {one.code for one in result.diagnostics}
    assert not any("公民" in one.message.zh for one in result.diagnostics)
