"""Printers of pages, what saves their files anew, and what takes text and tables out of them."""

import io
import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

from tests.converters import word
from tests.converters.tools import ConversionError, Tool, command, library, markitdown


def _weasyprint(data: bytes, folder: Path) -> bytes:
    del folder
    return bytes(library("weasyprint").HTML(string=data.decode(), url_fetcher=_nothing).write_pdf() or b"")


def _nothing(url: str, *_: Any) -> Any:
    raise ConversionError(f"asks for {url}")


def _wkhtmltopdf(data: bytes, folder: Path) -> bytes:
    """It does not read what a page says of its paper."""
    page, landscape = re.findall(rb"size: (\w+) ?( landscape)?", data)[0]
    options = [
        "-q",
        "--disable-local-file-access",
        "--page-size",
        page.decode().title(),
        *(["-O", "Landscape"] if landscape else []),
    ]
    return command(["wkhtmltopdf", *options, "{in}", "{out}"], "html", "pdf")(data, folder)


_CHROMIUM = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-dev-shm-usage", "--user-data-dir={folder}/profile", "--no-pdf-header-footer", "--print-to-pdf={out}",
    "file://{in}",
)  # fmt: skip
PRINTERS = (
    *word.PRINTERS,
    Tool("weasyprint", "html", "pdf", _weasyprint, ("weasyprint",)),
    Tool("chromium", "html", "pdf", command(_CHROMIUM, "html", "pdf"), ("chromium",)),
    Tool(
        "chromium with header",
        "html",
        "pdf",
        command([argument for argument in _CHROMIUM if argument != "--no-pdf-header-footer"], "html", "pdf"),
        ("chromium",),
    ),
    Tool("wkhtmltopdf", "html", "pdf", _wkhtmltopdf, ("wkhtmltopdf",)),
)


def _plumber(write: Callable[[Any], str]) -> Callable[[bytes, Path], bytes]:
    def convert(data: bytes, folder: Path) -> bytes:
        del folder
        with library("pdfplumber").open(io.BytesIO(data)) as file:
            return "\n\n".join(write(page) for page in file.pages).encode()

    return convert


def _plumber_tables(page: Any, separator: str) -> str:
    """The text around the tables, and the tables in their places."""
    pieces = [(table.bbox[1], _grid(table.extract(), separator)) for table in page.find_tables()]
    outside = page
    for table in page.find_tables():
        outside = outside.outside_bbox(table.bbox, strict=False)
    pieces += [(line["top"], line["text"]) for line in outside.extract_text_lines()]
    return "\n".join(text for _, text in sorted(pieces))


def _grid(rows: list[list[str | None]], separator: str) -> str:
    lines = [[(cell or "").replace("\n", "") for cell in row] for row in rows]
    if separator == "|":
        written = [f"| {' | '.join(line)} |" for line in lines]
        written.insert(1, "|" + "---|" * len(lines[0]))
        return "\n".join(["", *written, ""])
    return "\n".join(separator.join(line) for line in lines)


def _pypdf(mode: str) -> Callable[[bytes, Path], bytes]:
    def convert(data: bytes, folder: Path) -> bytes:
        del folder
        pages = library("pypdf").PdfReader(io.BytesIO(data)).pages
        return "\n\n".join(page.extract_text(extraction_mode=mode) for page in pages).encode()

    return convert


def _pdfminer(data: bytes, folder: Path) -> bytes:
    del folder
    return str(library("pdfminer.high_level").extract_text(io.BytesIO(data))).encode()


def _pdfium(data: bytes, folder: Path) -> bytes:
    del folder
    file = library("pypdfium2").PdfDocument(data)
    return "\n\n".join(page.get_textpage().get_text_bounded() for page in file).encode()


def _mupdf(write: Callable[[Any], str]) -> Callable[[bytes, Path], bytes]:
    def convert(data: bytes, folder: Path) -> bytes:
        del folder
        with library("pymupdf").open(stream=data, filetype="pdf") as file:
            return "\n\n".join(write(page) for page in file).encode()

    return convert


def _mupdf_tables(page: Any) -> str:
    tables = page.find_tables().tables
    pieces = [(table.bbox[1], table.to_markdown()) for table in tables]
    for left, top, right, bottom, text, *_ in page.get_text("blocks"):
        del left, right
        if not any(table.bbox[1] <= (top + bottom) / 2 <= table.bbox[3] for table in tables):
            pieces.append((top, text))
    return "\n".join(text for _, text in sorted(pieces))


def _poppler(*options: str, columns: bool) -> Tool:
    arguments = ["pdftotext", *options, "{in}", "{out}"]
    name = " ".join(("pdftotext", *options))
    return Tool(name, "pdf", "txt", command(arguments, "pdf", "txt"), ("pdftotext",), columns)


def _library(name: str, gives: str, convert: Callable[[bytes, Path], bytes], need: str, *, columns: bool) -> Tool:
    return Tool(name, "pdf", gives, convert, (need,), columns)


# Those that lay out text put one space between what is close, wherever it stood, and tear numbers that are broken over
# lines: some blank cells cannot be told. Those that look for tables lose the header where its cells have no lines.
EXTRACTORS = (
    _poppler("-layout", columns=False),
    _poppler("-raw", columns=False),
    _poppler(columns=False),
    _library("pdfplumber text", "txt", _plumber(lambda page: page.extract_text()), "pdfplumber", columns=False),
    _library(
        "pdfplumber layout", "txt", _plumber(lambda page: page.extract_text(layout=True)), "pdfplumber", columns=False
    ),
    _library(
        "pdfplumber tables, tabs",
        "txt",
        _plumber(lambda page: _plumber_tables(page, "\t")),
        "pdfplumber",
        columns=False,
    ),
    _library(
        "pdfplumber tables, pipes",
        "md",
        _plumber(lambda page: _plumber_tables(page, "|")),
        "pdfplumber",
        columns=False,
    ),
    _library("pypdf", "txt", _pypdf("plain"), "pypdf", columns=False),
    _library("pypdf layout", "txt", _pypdf("layout"), "pypdf", columns=False),
    _library("pdfminer", "txt", _pdfminer, "pdfminer.six:pdfminer", columns=False),
    _library("pypdfium2", "txt", _pdfium, "pypdfium2", columns=False),
    markitdown("pdf"),
    # AGPL: never a dependency, only measured where somebody has it.
    _library("PyMuPDF", "txt", _mupdf(lambda page: page.get_text()), "pymupdf", columns=False),
    _library("PyMuPDF sorted", "txt", _mupdf(lambda page: page.get_text(sort=True)), "pymupdf", columns=False),
    _library("PyMuPDF tables", "md", _mupdf(_mupdf_tables), "pymupdf", columns=False),
    Tool(
        "mutool",
        "pdf",
        "txt",
        command(["mutool", "draw", "-F", "txt", "-o", "{out}", "{in}"], "pdf", "txt"),
        ("mutool",),
        columns=False,
    ),
    Tool(
        "gs txtwrite",
        "pdf",
        "txt",
        command(["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite", "-o", "{out}", "{in}"], "pdf", "txt"),
        ("gs",),
        columns=False,
    ),
    Tool(
        "pdftohtml",
        "pdf",
        "html",
        command(["pdftohtml", "-s", "-i", "-noframes", "-stdout", "{in}"], "pdf"),
        ("pdftohtml",),
        columns=False,
    ),
)
_SAVES = {
    "gs": ("-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", "-o", "{out}", "{in}"),
    "pdftocairo": ("-pdf", "{in}", "{out}"),
    "qpdf": ("--object-streams=generate", "--linearize", "{in}", "{out}"),
    "mutool": ("clean", "-gggz", "{in}", "{out}"),
}
# Ghostscript loses what some characters of Chromium's fonts mean: columns are there, labels are not.
SAVES = tuple(
    Tool(f"{program} saved anew", "pdf", "pdf", command([program, *options], "pdf", "pdf"), (program,), program != "gs")
    for program, options in _SAVES.items()
)
TOOLS = tuple(chain(EXTRACTORS, SAVES))
