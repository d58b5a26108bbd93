"""One page for a run, or a folder with a page for each file and one for all."""

from collections.abc import Iterator
from hashlib import sha256

from disclosure_lint.divisions.agencies import Agencies
from disclosure_lint.model.agency import Pairing
from disclosure_lint.model.output import OutputStyle, Page
from disclosure_lint.model.result import FileResult
from disclosure_lint.outputs.html.index import index
from disclosure_lint.outputs.html.report import article, title_of
from disclosure_lint.outputs.html.shell import closed, for_console, opened
from disclosure_lint.outputs.html.words import say
from disclosure_lint.outputs.overview import Checked, Overview, checked, overview

_REPORT = ("page", "report")
_INDEX = ("page", "index")
_BOTH = ("page", "report", "index")


def _bar(target: str, home: str = "") -> str:
    """Returns what stands above a page; `home` leads back to that of all files."""
    back = f'<a class=home href="{home}">{say("← 总览", "← overview")}</a>' if home else ""
    skip = f'<a class=skip href="#{target}">{say("跳到内容", "Skip to the content")}</a>'
    return f"{skip}\n<nav class=bar>{back}<button type=button id=lang lang=en>English</button></nav>\n"


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


def _title(style: OutputStyle) -> str:
    return style.say("年报检查总览", "Overview of annual reports")


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


def _body(pieces: Iterator[str], style: OutputStyle, parts: tuple[str, ...]) -> str:
    return "".join(pieces) + closed(style, parts)


def _told(text: str, style: OutputStyle) -> str:
    return text if style.utf8 else for_console(text)
