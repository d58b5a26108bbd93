"""Converters of Word files, and of pages as if they were: libraries of Python, pandoc and LibreOffice."""

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from disclosure_lint.readers.libre_office import libre_office
from tests.converters.tools import ConversionError, Tool, command, library, markitdown, of_file


def _mammoth(markdown: bool) -> Callable[[bytes, Path], bytes]:
    def convert(data: bytes, folder: Path) -> bytes:
        del folder
        write = library("mammoth").convert_to_markdown if markdown else library("mammoth").convert_to_html
        return str(write(io.BytesIO(data)).value).encode()

    return convert


def _docx2txt(path: Path) -> str:
    return str(library("docx2txt").process(str(path)))


def _docx2python(path: Path) -> str:
    with library("docx2python").docx2python(path) as found:
        return str(found.text)


def _python_docx(path: Path, separator: str) -> str:
    """Paragraphs and tables in order; a merged cell's text stands wherever it covers the grid, as the library says."""
    found = []
    for piece in library("docx").Document(str(path)).iter_inner_content():
        if isinstance(piece, library("docx.table").Table):
            found += [separator.join(cell.text for cell in row.cells) for row in piece.rows]
        else:
            found.append(piece.text)
    return "\n".join(found)


def _office(takes: str, *targets: str) -> Callable[[bytes, Path], bytes]:
    """LibreOffice, to one format after the other."""

    def convert(data: bytes, folder: Path) -> bytes:
        program, kind = libre_office(), takes
        if program is None:
            raise ConversionError("LibreOffice is not installed")
        for number, target in enumerate(targets):
            # A page would be opened by the editor of web pages, which knows no paper.
            filters = ["--infilter=HTML (StarWriter)"] if kind == "html" else []
            profile = f"-env:UserInstallation={_profile().as_uri()}"
            options = ["--headless", *filters, "--convert-to", target, "--outdir", "{folder}"]
            inner = folder / str(number)
            inner.mkdir()
            suffix = target.partition(":")[0]
            data, kind = command([program, profile, *options, "{in}"], kind, suffix)(data, inner), suffix
        return data

    return convert


def _profile() -> Path:
    """One profile for all runs: making a new one takes longer than the conversion."""
    folder = Path(tempfile.gettempdir()) / "disclosure-lint-converters-profile"
    folder.mkdir(exist_ok=True)
    return folder


def _through(*steps: Callable[[bytes, Path], bytes]) -> Callable[[bytes, Path], bytes]:
    """One converter after the other."""

    def convert(data: bytes, folder: Path) -> bytes:
        for number, step in enumerate(steps):
            inner = folder / f"step{number}"
            inner.mkdir()
            data = step(data, inner)
        return data

    return convert


def _of_odt(name: str, gives: str, *arguments: str, columns: bool = True) -> Tool:
    convert = _through(_office("docx", "odt"), command(arguments, "odt", gives if "{out}" in arguments else ""))
    return Tool(name, "docx", gives, convert, ("soffice", arguments[0]), columns)


def _pandoc(takes: str, to: str, gives: str, *, columns: bool = True) -> Tool:
    arguments = ["pandoc", "-f", takes, "-t", to, "--wrap=none", "-o", "{out}", "{in}"]
    if gives == "html":
        arguments[1:1] = ["-s", "--metadata", "title=report"]
    return Tool(f"pandoc {takes} {to}", takes, gives, command(arguments, takes, gives), ("pandoc",), columns)


def _soffice(takes: str, *targets: str, columns: bool = True) -> Tool:
    suffixes = [target.partition(":")[0] for target in targets]
    return Tool(
        f"soffice {' '.join([takes, *suffixes])}", takes, suffixes[-1], _office(takes, *targets), ("soffice",), columns
    )


def _library(name: str, gives: str, convert: Callable[[bytes, Path], bytes], need: str, **options: Any) -> Tool:
    return Tool(name, "docx", gives, convert, (need,), **options)


_TEXT = "txt:Text (encoded):UTF8"
TOOLS = (
    markitdown("docx"),
    _library("mammoth html", "html", _mammoth(markdown=False), "mammoth"),
    _library("mammoth markdown", "md", _mammoth(markdown=True), "mammoth", columns=False),
    _library("docx2txt", "txt", of_file(_docx2txt, "docx"), "docx2txt", columns=False),
    _library("docx2python", "txt", of_file(_docx2python, "docx"), "docx2python", columns=False),
    _library("python-docx tabs", "txt", of_file(lambda path: _python_docx(path, "\t"), "docx"), "python-docx:docx"),
    _library("python-docx bars", "txt", of_file(lambda path: _python_docx(path, " | "), "docx"), "python-docx:docx"),
    *(_pandoc(takes, to, "md") for takes in ("docx", "html") for to in ("gfm", "markdown", "commonmark")),
    *(_pandoc(takes, "plain", "txt") for takes in ("docx", "html")),
    _pandoc("docx", "html", "html"),
    _pandoc("docx", "docx", "docx"),
    _pandoc("html", "html", "html"),
    _pandoc("html", "docx", "docx"),
    _soffice("docx", "odt", "docx"),
    _soffice("docx", "html"),
    _soffice("docx", "rtf", "docx"),
    _soffice("docx", "doc", "docx"),
    _soffice("docx", _TEXT, columns=False),
    _of_odt("pandoc odt gfm", "md", "pandoc", "-f", "odt", "-t", "gfm", "--wrap=none", "-o", "{out}", "{in}"),
    _of_odt("odt2txt", "txt", "odt2txt", "--encoding=UTF-8", "--width=-1", "{in}", columns=False),
    _soffice("html", "odt", "docx"),
    _soffice("html", _TEXT, columns=False),
)
_to_pdf = _soffice("html", "pdf")
PRINTERS = (
    _soffice("docx", "pdf"),
    # It draws lines around cells only where the table says so itself; without, columns are where numbers stand.
    _to_pdf,
    _to_pdf._replace(
        name="soffice html pdf with lines",
        convert=lambda data, folder: _to_pdf.convert(data.replace(b"<table>", b'<table border="1">'), folder),
    ),
)
