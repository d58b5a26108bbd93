"""What a converter is, and how one is run."""

import io
import logging
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

_SECONDS = 180


class ConversionError(Exception):
    """A program did not make what it was asked for."""


class Tool(NamedTuple):
    """A way to make another file of one."""

    name: str
    takes: str
    """`docx`, `html` or `pdf`."""
    gives: str
    """Likewise, or `md`, `txt`, `csv`."""
    convert: Callable[[bytes, Path], bytes]
    """Makes the file; the folder is empty and is cleared away. May raise anything."""
    needs: tuple[str, ...]
    """Commands (`pandoc`), or distributions with the module to import (`html2text`, `python-docx:docx`)."""
    columns: bool = True
    """Whether what it makes still shows which column a number stands in."""

    @property
    def missing(self) -> str:
        """What is not installed of what it needs; empty if all is."""
        return ", ".join(need for need in self.needs if not _version(need))

    @property
    def version(self) -> str:
        """The versions of what it needs; another version makes other files."""
        return " ".join(f"{need} {_version(need)}" for need in self.needs)

    def run(self, data: bytes) -> bytes:
        """Returns what it makes of a file. ConversionError: it made nothing."""
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            logging.disable(logging.CRITICAL)
            try:
                return self.convert(data, Path(folder))
            except Exception as error:
                raise ConversionError(f"{type(error).__name__}: {error}") from error
            finally:
                logging.disable(logging.NOTSET)


def library(name: str) -> Any:
    """Returns a module of a library that need not be installed; what is in it is not known to type checkers."""
    return import_module(name)


@cache
def _version(need: str) -> str:
    distribution, _, module = need.partition(":")
    if find_spec((module or distribution).replace("-", "_")) is not None:
        try:
            return version(distribution)
        except PackageNotFoundError:
            pass
    path = shutil.which(need)
    # A path stands for its program: what is asked for a version differs from one to the next.
    return f"{Path(path).resolve().stat().st_size}" if path else ""


def command(arguments: Sequence[str], takes: str, gives: str = "") -> Callable[[bytes, Path], bytes]:
    """Returns a converter that runs a command.

    In the arguments, `{in}` is the file that is given, `{folder}` an empty folder, and `{out}` a file in it with the
    same name. Without `gives` the command prints what it makes.
    """

    def convert(data: bytes, folder: Path) -> bytes:
        given, made = folder / f"report.{takes}", folder / "made" / f"report.{gives}"
        made.parent.mkdir()
        given.write_bytes(data)
        places = {"in": str(given), "out": str(made), "folder": str(made.parent)}
        done = subprocess.run(
            [argument.format_map(places) for argument in arguments],
            cwd=folder,
            capture_output=True,
            timeout=_SECONDS,
            stdin=subprocess.DEVNULL,
        )
        found = made.read_bytes() if gives and made.is_file() else b"" if gives else done.stdout
        if not found:
            raise ConversionError(done.stderr.decode(errors="replace")[-300:] or f"status {done.returncode}")
        return found

    return convert


def text(write: Callable[[str], str]) -> Callable[[bytes, Path], bytes]:
    """Returns a converter that makes a text of a text."""
    return lambda data, _: write(data.decode()).encode()


def of_file(write: Callable[[Path], str], takes: str) -> Callable[[bytes, Path], bytes]:
    """Returns a converter that makes a text of a file at a path."""

    def convert(data: bytes, folder: Path) -> bytes:
        path = folder / f"report.{takes}"
        path.write_bytes(data)
        return write(path).encode()

    return convert


def markitdown(takes: str) -> Tool:
    """Returns the converter of that name for a format."""

    def convert(data: bytes, folder: Path) -> bytes:
        del folder
        made = library("markitdown").MarkItDown().convert_stream(io.BytesIO(data), file_extension=f".{takes}")
        return str(made.markdown).encode()

    # Of a file of PDF it makes text in which columns are lost.
    return Tool(f"markitdown {takes}", takes, "md", convert, ("markitdown",), columns=takes != "pdf")
