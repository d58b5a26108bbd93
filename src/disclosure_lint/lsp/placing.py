"""Mistakes in TOML files, put where they are."""

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file
from disclosure_lint.lsp.buffers import uri_of
from disclosure_lint.lsp.diagnostics import mistake
from disclosure_lint.lsp.positions import Ruler
from disclosure_lint.lsp.tasks import Task
from disclosure_lint.model.errors import MistakesError, UserError


def each(error: UserError) -> list[UserError]:
    """Returns the mistakes that an error tells, one by one."""
    return list(error.each) if isinstance(error, MistakesError) else [error]


def placed(errors: Iterable[UserError], task: Task, lang: str) -> dict[str, list[types.Diagnostic]]:
    """Returns the mistakes by URI, at their files, as the editor has them where they are open."""
    found: dict[str, list[types.Diagnostic]] = {}
    for error in errors:
        path = file_of(error)
        if path is None or path.is_dir():
            continue
        buffer = task.opened.get(path)
        uri, text = (buffer.uri, buffer.text) if buffer else (uri_of(path), _text(path))
        found.setdefault(uri, []).append(mistake(error, text, Ruler(text, task.encoding), lang))
    return found


def file_of(error: UserError) -> Path | None:
    """Returns the file that a mistake is in; None if it is in none."""
    return Path(error.path).absolute() if error.path else None


def _text(path: Path) -> str:
    try:
        return read_file(path, LARGEST_SETTINGS).decode("utf-8-sig", "replace")
    except OSError:
        return ""
