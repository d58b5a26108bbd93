"""Converters of web pages: libraries of Python, and browsers of the terminal."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.browser import tab
from tests.converters.tools import Tool, command, library, markitdown, text


def _html2text(page: str, **options: Any) -> str:
    writer = library("html2text").HTML2Text()
    writer.body_width = 0
    for name, value in options.items():
        setattr(writer, name, value)
    return str(writer.handle(page))


def _markdownify(page: str, **options: Any) -> str:
    return str(library("markdownify").markdownify(page, **options))


def _trafilatura(page: str, **options: Any) -> str:
    return str(library("trafilatura").extract(page, include_tables=True, **options) or "")


def _inscriptis(page: str) -> str:
    return str(library("inscriptis").get_text(page))


def _resiliparse(page: str) -> str:
    return str(library("resiliparse.extract.html2text").extract_plain_text(page))


def _soup(page: str, separator: str) -> str:
    return str(_parsed(page).get_text(separator, strip=separator == "\n"))


def _lxml(page: str) -> str:
    return str(library("lxml.html").fromstring(page.encode()).text_content())


def _pieces(page: str) -> list[Any]:
    """The headings, paragraphs and tables of a page."""
    return list(_parsed(page).body.find_all(["h1", "h2", "h3", "p", "table"]))


def _parsed(page: str) -> Any:
    return library("bs4").BeautifulSoup(page, "html.parser")


def _pandas(page: str, write: Callable[[Any], str]) -> str:
    """The prose as it stands, each table as pandas writes it."""
    found = []
    for piece in _pieces(page):
        if piece.name == "table":
            (frame,) = library("pandas").read_html(io.StringIO(str(piece)), thousands=None)
            found.append(write(frame))
        else:
            found.append(piece.get_text())
    return "\n\n".join(found)


def _html_in_markdown(page: str) -> str:
    """Markdown with the tables left as they are."""
    marks = {"h1": "# ", "h2": "## ", "h3": "### "}
    return "\n\n".join(
        str(piece) if piece.name == "table" else marks.get(piece.name, "") + piece.get_text() for piece in _pieces(page)
    )


def _pandas_tool(name: str, gives: str, write: Callable[[Any], str], *more: str) -> Tool:
    needs = ("pandas", "lxml", "beautifulsoup4:bs4", *more)
    return Tool(f"pandas {name}", "html", gives, text(lambda page: _pandas(page, write)), needs)


def _library(name: str, gives: str, write: Callable[[str], str], need: str = "", *, columns: bool = True) -> Tool:
    return Tool(name, "html", gives, text(write), (need or name.split()[0],), columns)


def _in_browser(script: str) -> Callable[[bytes, Path], bytes]:
    """What an expression comes to when Chromium shows the page."""

    def convert(data: bytes, folder: Path) -> bytes:
        page = folder / "report.html"
        page.write_bytes(data)
        with tab(folder) as browser:
            browser.open(page)
            return str(browser.run(script)).encode()

    return convert


def _terminal(name: str, program: str, *options: str) -> Tool:
    return Tool(name, "html", "txt", command([program, *options, "{in}"], "html"), (program,))


TOOLS = (
    _library("html2text", "md", _html2text),
    _library("html2text padded", "md", lambda page: _html2text(page, pad_tables=True)),
    _library("html2text plain", "txt", lambda page: _html2text(page, ignore_tables=True), columns=False),
    _library("html2text bypass", "md", lambda page: _html2text(page, bypass_tables=True)),
    _library("markdownify", "md", _markdownify),
    _library("markdownify header", "md", lambda page: _markdownify(page, heading_style="ATX", table_infer_header=True)),
    markitdown("html"),
    _library("trafilatura txt", "txt", _trafilatura),
    _library("trafilatura markdown", "md", lambda page: _trafilatura(page, output_format="markdown")),
    _library("trafilatura csv", "txt", lambda page: _trafilatura(page, output_format="csv"), columns=False),
    # It knows no merged cells that go over several rows: the cells beside them move to the left.
    _library("inscriptis", "txt", _inscriptis, columns=False),
    _library("resiliparse", "txt", _resiliparse, "Resiliparse:resiliparse", columns=False),
    _library("beautifulsoup lines", "txt", lambda page: _soup(page, "\n"), "beautifulsoup4:bs4", columns=False),
    _library("beautifulsoup tabs", "txt", lambda page: _soup(page, "\t"), "beautifulsoup4:bs4", columns=False),
    _library("lxml text_content", "txt", _lxml, "lxml", columns=False),
    _library("html in markdown", "md", _html_in_markdown, "beautifulsoup4:bs4"),
    _pandas_tool("to_markdown", "md", lambda frame: str(frame.to_markdown(index=False)), "tabulate"),
    _pandas_tool("to_markdown index", "md", lambda frame: str(frame.to_markdown()), "tabulate"),
    _pandas_tool("to_csv", "txt", lambda frame: str(frame.to_csv(index=False))),
    _pandas_tool("to_csv semicolons", "txt", lambda frame: str(frame.to_csv(index=False, header=False, sep=";"))),
    _pandas_tool("to_csv tabs", "txt", lambda frame: str(frame.to_csv(index=False, header=False, sep="\t"))),
    _pandas_tool("to_string", "txt", lambda frame: str(frame.to_string())),
    _pandas_tool("to_html", "html", lambda frame: str(frame.to_html())),
    _terminal("w3m", "w3m", "-dump", "-cols", "160", "-I", "UTF-8", "-O", "UTF-8", "-T", "text/html"),
    _terminal("lynx", "lynx", "-dump", "-width=160", "-display_charset=UTF-8", "-assume_charset=UTF-8"),
    Tool(
        "chromium saved page",
        "html",
        "html",
        _in_browser("'<!DOCTYPE html>' + document.documentElement.outerHTML"),
        ("chromium",),
    ),
    # What is copied out of a page has no cell for what is merged.
    Tool(
        "chromium copied text",
        "html",
        "txt",
        _in_browser("getSelection().selectAllChildren(document.body), getSelection().toString()"),
        ("chromium",),
        columns=False,
    ),
    _terminal("elinks", "elinks", "-dump", "-dump-width", "160", "-dump-charset", "UTF-8"),
)
