"""Reports whose overview is a text and whose tables hold given numbers, for tests of what is read in texts."""

from collections.abc import Mapping

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.form import Address
from disclosure_lint.model.report import Fact, Report
from disclosure_lint.model.source import Span


def stating(linter: Linter, text: str, cells: Mapping[str, int], agency: str) -> Report:
    """Returns a report of 2024 whose overview is a text; cells that are not named hold 0."""
    title = f"# {agency}2024年政府信息公开工作年度报告"
    whole = f"{title}\n\n## 一、总体情况\n\n{text}\n\n## 六、其他需要报告的事项\n\n无。\n"
    report = linter.bind(linter.read("a.md", whole.encode()), "2021", fragment=True)
    assert report is not None
    facts: dict[Address, Fact] = {}
    for table in report.form.tables:
        for address in table.addresses():
            value = cells.get(str(address), 0)
            facts[address] = Fact(address, "given", value, str(value), Span(0, 0))
    return report._replace(facts=facts)
