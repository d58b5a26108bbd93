"""One page for a run, or a folder with a page for each file and one that leads to all."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from disclosure_lint.divisions.agencies import Agencies
from disclosure_lint.model.agency import Pairing
from disclosure_lint.model.output import OutputStyle, Page
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.html.page import both, closed, data_block, escaped, for_console, opened, say
from disclosure_lint.outputs.html.report import article, title_of
from disclosure_lint.outputs.overview import Checked, Overview, checked, overview
from disclosure_lint.outputs.overview_texts import lists, summary

_REPORT = ("page", "report")
_INDEX = ("page", "index")
_BOTH = ("page", "report", "index")
_SEVERITIES = ("error", "warning", "info")
_NO_SCRIPT = say(
    "这一页要用脚本显示表格；各份报告的页面不用。",
    "This page shows its table by a script; the pages of the reports need none.",
)
_ALL = ("", "全部", "all")


class Writer:
    """Writes one page. A run over one file shows it at once; else each waits in a template that no browser draws."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._run = _Run(style)
        self._first: FileResult | None = None

    def start(self) -> str:
        """Returns nothing: whether there are many is not yet known."""
        return ""

    def add(self, result: FileResult) -> str:
        """Returns the file's template, once there are two."""
        number = len(self._run.files) + 1
        self._run.add(result, f"#p{number}")
        if number == 1:
            self._first = result
            return ""
        before = ""
        if self._first is not None:
            head = opened(_title(self._style), self._style, _BOTH)
            before = f"{head}{_bar('index', '#')}{self._template(1, self._first)}"
            self._first = None
        return _told(before + self._template(number, result), self._style)

    def finish(self) -> str:
        """Returns the page of the one file, or the overview of all."""
        if self._first is not None:
            return _told(report_page(self._first, self._style), self._style)
        if self._run.files:
            return _told(_body(self._run.index(), self._style, _BOTH), self._style)
        return _told(index_page(self._run.index(), self._style), self._style)

    def _template(self, number: int, result: FileResult) -> str:
        return f"<template id=p{number}>{''.join(article(result, self._style))}</template>\n"


class FolderWriter:
    """Writes a page for each file, then the one that leads to them."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._run = _Run(style)

    def add(self, result: FileResult) -> Iterator[Page]:
        """Yields the page of a file, whose name is the same in every run."""
        year = result.report.year if result.report else None
        known = sha256(result.path.encode(errors="surrogatepass")).hexdigest()[:10]
        name = f"reports/{year or 'file'}-{known}.html"
        self._run.add(result, name)
        yield Page(name, report_page(result, self._style, home="../index.html"))

    def finish(self) -> Iterator[Page]:
        """Yields the page of all."""
        yield Page("index.html", index_page(self._run.index(), self._style))


def overview_page(made: Overview, style: OutputStyle) -> str:
    """Returns the page of an overview without pages of reports."""
    return _told(index_page(index(made, {}, {}), style), style)


def index_page(pieces: Iterator[str], style: OutputStyle) -> str:
    """Returns the page of all reports."""
    return opened(_title(style), style, _INDEX) + _bar("index") + _body(pieces, style, _INDEX)


def report_page(result: FileResult, style: OutputStyle, home: str = "") -> str:
    """Returns the page of a file; `home` leads back to that of all."""
    head = opened(title_of(result), style, _REPORT) + _bar("main", home)
    return head + _body(
        iter(("<main id=main>\n", *article(result, style, brief=bool(home)), "</main>\n")), style, _REPORT
    )


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


class _Run:
    """What is remembered of a run until its end."""

    def __init__(self, style: OutputStyle):
        self.style = style
        self.files: list[Checked] = []
        self.pages: dict[str, str] = {}

    def add(self, result: FileResult, link: str) -> None:
        self.files.append(checked(result.brief))
        self.pages[result.path] = link

    def index(self) -> Iterator[str]:
        summaries = {rule.code: (rule.summary.zh, rule.summary.en) for rule in self.style.rules()}
        agencies = self.style.agencies() if self.style.agencies else Agencies(Pairing())
        return index(overview(self.files, agencies), self.pages, summaries)


def _bar(target: str, home: str = "") -> str:
    """Returns what stands above a page; `home` leads back to that of all files."""
    back = f'<a class=home href="{home}">{say("← 总览", "← overview")}</a>' if home else ""
    skip = f'<a class=skip href="#{target}">{say("跳到内容", "Skip to the content")}</a>'
    return f"{skip}\n<nav class=bar>{back}<button type=button id=lang lang=en>English</button></nav>\n"


def _title(style: OutputStyle) -> str:
    return style.say("年报检查总览", "Overview of annual reports")


def _body(pieces: Iterator[str], style: OutputStyle, parts: tuple[str, ...]) -> str:
    return "".join(pieces) + closed(style, parts)


def _told(text: str, style: OutputStyle) -> str:
    return text if style.utf8 else for_console(text)


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
