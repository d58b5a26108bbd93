"""The page of many reports: agencies by years and by rules, what is missing or doubled, and the way to each page."""

from collections.abc import Iterator, Mapping
from typing import Any

from disclosure_lint.outputs.html.words import both, data_block, escaped, say
from disclosure_lint.outputs.overview import Checked, Overview
from disclosure_lint.outputs.overview_texts import lists, summary

_SEVERITIES = ("error", "warning", "info")


def index(made: Overview, pages: Mapping[str, str], summaries: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Yields the page's content. `pages` are links by paths, `summaries` say in both languages what rules ask."""
    yield "<main id=index>\n<header>\n"
    kicker = say("政府信息公开工作年度报告", "Annual reports on government information disclosure")
    yield f"<p class=kicker>{kicker}</p>\n<h1>{say('检查总览', 'Overview')}</h1>\n"
    yield f"<p class=verdict>{both(summary(made))}</p>\n</header>\n"
    yield _CONTROLS
    yield "<div id=table></div>\n<section class=lists>\n"
    for title, lines in lists(made):
        if lines:
            items = "".join(f"<li>{both(line)}" for line in lines)
            yield f"<details><summary>{both(title)} <b>{len(lines)}</b></summary><ul>{items}</ul></details>\n"
    yield f"</section>\n</main>\n{data_block(_data(made, pages, summaries), 'all')}"


def _data(made: Overview, pages: Mapping[str, str], summaries: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    places = {code: number for number, (code, *_) in enumerate(made.rules)}
    placed = [
        _file(file, agency, pages, places)
        for agency, row in enumerate(made.agencies.values())
        for cell in row.values()
        for file in cell.files
    ]
    return {
        "years": list(made.years),
        "agencies": list(made.agencies),
        "rules": [[code, *summaries.get(code, (name, name))] for code, name, *_ in made.rules],
        "files": placed + [_file(file, -1, pages, places) for file in made.unnamed],
    }


def _file(file: Checked, agency: int, pages: Mapping[str, str], places: Mapping[str, int]) -> list[Any]:
    """Returns agency, year, status, counts by severity, what is not checked, findings by rule, path and link."""
    counts = [file.counts.get(severity, 0) for severity in _SEVERITIES]
    found = [
        [places[code], _SEVERITIES.index(severity), count]
        for (code, _), count in file.codes.items()
        for severity in (file.severities.get(code, "info"),)
    ]
    return [agency, file.year, file.status, *counts, file.undetermined, found, file.path, pages.get(file.path, "")]


def _select(key: str, zh: str, en: str, *options: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<option value="{escaped(value)}" data-en="{escaped(english)}">{escaped(chinese)}</option>'
        for value, chinese, english in options
    )
    return f"<label>{say(zh, en)} <select id={key}>{listed}</select></label>\n"


_NO_SCRIPT = say(
    "这一页要用脚本显示表格；各份报告的页面不用。",
    "This page shows its table by a script; the pages of the reports need none.",
)
_ALL = ("", "全部", "all")
_CONTROLS = (
    "<form id=controls role=search>\n"
    f"<label class=wide>{say('查找', 'Search')} <kbd>/</kbd> <input id=query type=search autocomplete=off></label>\n"
    + _select("view", "看", "Show", ("years", "机关 × 年度", "agencies × years"),
              ("rules", "机关 × 规则", "agencies × rules"), ("files", "逐份", "every report"))
    + _select("state", "状态", "Status", _ALL, ("errors", "有错误", "errors"), ("warnings", "有警告", "warnings"),
              ("clean", "无误", "clean"), ("missing", "缺", "missing"), ("doubled", "重复", "doubled"),
              ("unchecked", "没有查全", "not wholly checked"), ("other", "没有算进去", "not counted"))
    + _select("severity", "轻重", "Severity", _ALL, ("0", "错误", "errors"), ("1", "警告", "warnings"),
              ("2", "提示", "infos"))
    + _select("rule", "规则", "Rule", _ALL)
    + _select("agency", "机关", "Agency", _ALL)
    + _select("year", "年度", "Year", _ALL)
    + _select("order", "排列", "Order", ("name", "按名称", "by name"), ("worst", "问题多的在前", "most findings first"),
              ("year", "新的在前", "newest first"))
    + f"<button type=reset>{say('清除', 'Clear')}</button>\n<p id=count role=status></p>\n</form>\n"
    f"<noscript><p>{_NO_SCRIPT}</p></noscript>\n"
)  # fmt: skip
