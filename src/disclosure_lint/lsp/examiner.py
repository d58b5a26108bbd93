"""What is said of a text that is open in the editor: a report, a configuration, or a file of a rule pack."""

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from lsprotocol import types

from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.buffers import Buffer, uri_of
from disclosure_lint.lsp.diagnostics import mistake, remark, report_diagnostics
from disclosure_lint.lsp.positions import Encoding, Ruler
from disclosure_lint.lsp.rule_files import (
    configuration_mistakes,
    each,
    is_configuration,
    pack_mistakes,
    pack_of,
    remarks,
)
from disclosure_lint.lsp.rule_hover import RuleBook
from disclosure_lint.lsp.rulings import Rulings
from disclosure_lint.lsp.wishes import Wishes
from disclosure_lint.model.errors import UserError

_LANGUAGES = ("markdown", "plaintext", "text")
_log = logging.getLogger(__name__)


class Task(NamedTuple):
    """A text to look at, with all that the answer depends on."""

    buffer: Buffer
    wishes: Wishes
    folder: Path
    """Where the text lies; for one that was never saved, where it is taken to."""
    opened: Mapping[Path, Buffer]
    """All TOML files that are open."""
    generation: int
    """Grows whenever files on disk that matter have changed."""
    encoding: Encoding


class Outcome(NamedTuple):
    """What was found."""

    buffer: Buffer
    findings: dict[str, list[types.Diagnostic]]
    """What to show, by URI; the text's own is always there."""
    trouble: tuple[UserError, ...] = ()
    """What is wrong with the configuration, so that perhaps not everything was looked at."""
    analysis: Analysis | None = None
    """Of a report."""
    book: RuleBook | None = None
    """Of a TOML file of ours."""
    bug: str | None = None
    """What went wrong inside the server; then nothing was found."""


class Examiner:
    """Looks at one text after the other; what it reads from disk it keeps until the generation changes."""

    def __init__(self, lang: str | None):
        """Takes the language that the command line asks for."""
        self._lang = lang
        self._rulings: Rulings | None = None
        self._generation = -1

    def examine(self, task: Task) -> Outcome:
        """Returns what is to be said; an error of ours ends neither the session nor the work on other texts."""
        nothing = Outcome(task.buffer, {task.buffer.uri: []})
        try:
            return self._toml(task, nothing) if task.buffer.is_toml else self._report(task, nothing)
        except UserError as error:
            return nothing._replace(trouble=tuple(each(error)))
        except Exception as error:  # noqa: BLE001 - the entry point of a session that may last for days
            _log.exception("cannot examine %s", task.buffer.uri)
            return nothing._replace(bug=f"{type(error).__name__}: {error}")

    def _current(self, generation: int) -> Rulings:
        if self._rulings is None or self._generation != generation:
            self._rulings = Rulings(self._lang, self._rulings)
            self._generation = generation
        return self._rulings

    def _report(self, task: Task, nothing: Outcome) -> Outcome:
        rulings = self._current(task.generation)
        name = task.buffer.name(task.folder)
        if task.buffer.language not in _LANGUAGES and not name.lower().endswith(rulings.suffixes):
            return nothing
        ruling = rulings.of(task.folder, task.wishes)
        analysis = Analysis(task.buffer, ruling, task.folder, task.encoding)
        trouble = each(ruling.trouble) if ruling.trouble else []
        # A file that is open is looked at by itself, as the editor has it.
        closed = [error for error in trouble if _path(error) not in task.opened]
        found = {**_placed(closed, task), task.buffer.uri: report_diagnostics(analysis)}
        return Outcome(task.buffer, found, tuple(trouble), analysis)

    def _toml(self, task: Task, nothing: Outcome) -> Outcome:
        path = task.buffer.path
        pack = pack_of(task.buffer)
        if path is None or not (pack or is_configuration(path)):
            return nothing
        rulings = self._current(task.generation)
        linter = rulings.linter()
        book = RuleBook(linter.rules, linter.forms, self._lang or task.wishes.lang or "zh")
        if pack is None:
            known = rulings.known(task.wishes)
            errors = configuration_mistakes(path, task.buffer.text.encode("utf-8", "replace"), known)
        else:
            errors = pack_mistakes(pack, task.opened, rulings)
        found = {task.buffer.uri: [], **_placed(errors, task)}
        if pack and not errors and task.wishes.review_rules and _is_saved(pack, task.opened.values()):
            for uri, questions in _questioned(pack, rulings, task).items():
                found[uri] = questions
        return Outcome(task.buffer, found, book=book)


def _is_saved(pack: Path, opened: Iterable[Buffer]) -> bool:
    """Says whether what the editor has of a pack is what lies on disk: questions are about that."""
    for buffer in opened:
        path = buffer.path
        if path and (path == pack or pack in path.parents):
            try:
                saved = path.read_bytes().decode("utf-8-sig", "replace")
            except OSError:
                return False
            if saved != buffer.text:
                return False
    return True


def _questioned(pack: Path, rulings: Rulings, task: Task) -> dict[str, list[types.Diagnostic]]:
    """Returns the questions about the files of a pack that are open: the others would fill the list of problems."""
    found: dict[str, list[types.Diagnostic]] = {}
    by_path = {path.resolve(): buffer for path, buffer in task.opened.items()}
    for one in remarks(pack, rulings):
        buffer = by_path.get(one.path.resolve())
        if buffer:
            ruler = Ruler(buffer.text, task.encoding)
            found.setdefault(buffer.uri, []).append(remark(one.line, one.text, ruler, severe=one.severe))
    return found


def _placed(errors: Iterable[UserError], task: Task) -> dict[str, list[types.Diagnostic]]:
    """Returns the mistakes at their files, as the editor has them where they are open."""
    found: dict[str, list[types.Diagnostic]] = {}
    for error in errors:
        path = _path(error)
        if path is None or path.is_dir():
            continue
        buffer = task.opened.get(path)
        uri, text = (buffer.uri, buffer.text) if buffer else (uri_of(path), _text(path))
        found.setdefault(uri, []).append(mistake(error, text, Ruler(text, task.encoding)))
    return found


def _path(error: UserError) -> Path | None:
    return Path(error.path).absolute() if error.path else None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return ""
