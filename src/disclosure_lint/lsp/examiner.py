"""What is said of a text that is open in the editor: a report, a configuration, or a file of a rule pack."""

import logging
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from disclosure_lint.engine.linter import known_to
from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file
from disclosure_lint.lsp.analysis import Analysis, Outcome, Task
from disclosure_lint.lsp.buffers import Buffer, Ruler
from disclosure_lint.lsp.diagnostics import each, file_of, placed, remark, report_diagnostics
from disclosure_lint.lsp.effective_config import EffectiveConfigs
from disclosure_lint.lsp.nearby import Workspace
from disclosure_lint.lsp.rule_files import (
    RuleBook,
    configuration_mistakes,
    is_configuration,
    pack_mistakes,
    pack_of,
    remarks,
    sort_of,
)
from disclosure_lint.lsp.toml_completion import TomlCompleter
from disclosure_lint.lsp.toml_names import Names
from disclosure_lint.model.errors import UserError
from disclosure_lint.packs.schema_files import schema_data
from disclosure_lint.settings.files import table_of
from disclosure_lint.settings.keys import configuration_schema


def examine_toml(task: Task, configs: EffectiveConfigs, lang: str) -> Outcome | None:
    """Returns the mistakes in a configuration or a pack, and the questions about a saved one; None for other files."""
    path = task.buffer.path
    pack = pack_of(task.buffer)
    if path is None or not (pack or is_configuration(path)):
        return None
    if pack is None:
        known = configs.known(task.client_settings)
        errors = configuration_mistakes(path, task.buffer.text.encode("utf-8", "replace"), known)
    else:
        errors = pack_mistakes(pack, task.opened, configs)
    found = {task.buffer.uri: [], **placed(errors, task, lang)}
    if pack and not errors and task.client_settings.review_rules and _is_saved(pack, task.opened.values()):
        found.update(_questioned(pack, configs, task))
    linter = configs.linter()
    book = RuleBook(linter.rules, linter.forms, lang)
    return Outcome(task.buffer, found, book=book, completer=_completer(path, task, configs, lang))


def _completer(path: Path, task: Task, configs: EffectiveConfigs, lang: str) -> TomlCompleter:
    """Returns what completes a configuration, with the packs that it names as saved, or a file of a pack."""
    own = is_configuration(path)
    linter = configs.of(task.folder, task.client_settings).linter if own else configs.linter()
    known = known_to((linter,), lang).regions
    regions = {pack.id: pack.title for pack in linter.packs if pack.id in known}
    names = Names(linter.rules, linter.forms, regions, configs.profiles, lang)
    if own:
        return TomlCompleter(configuration_schema(), names, lang, table_of(path))
    return TomlCompleter(schema_data(sort_of(path), configs.registry.checks), names, lang)


def _is_saved(pack: Path, opened: Iterable[Buffer]) -> bool:
    """Says whether what the editor has of a pack is what lies on disk: questions are about that."""
    for buffer in opened:
        path = buffer.path
        if path and (path == pack or pack in path.parents):
            try:
                saved = read_file(path, LARGEST_SETTINGS).decode("utf-8-sig", "replace")
            except OSError:
                return False
            if saved != buffer.text:
                return False
    return True


def _questioned(pack: Path, configs: EffectiveConfigs, task: Task) -> dict[str, list[types.Diagnostic]]:
    """Returns the questions about the files of a pack that are open: the others would fill the list of problems."""
    found: dict[str, list[types.Diagnostic]] = {}
    by_path = {path.resolve(): buffer for path, buffer in task.opened.items()}
    for one in remarks(pack, configs):
        buffer = by_path.get(one.path.resolve())
        if buffer:
            ruler = Ruler(buffer.text, task.encoding)
            found.setdefault(buffer.uri, []).append(remark(one.line, one.text, ruler, severe=one.severe))
    return found


_LANGUAGES = ("markdown", "plaintext", "text")
_log = logging.getLogger(__name__)


class Examiner:
    """Looks at one text after the other; what it reads from disk it keeps until the generation changes."""

    def __init__(self, lang: str | None):
        """Takes the language that the command line asks for."""
        self._lang = lang
        self._rulings: EffectiveConfigs | None = None
        self._generation = -1
        self._workspace = Workspace()

    def examine(self, task: Task) -> Outcome:
        """Returns what is to be said; an error of ours ends neither the session nor the work on other texts."""
        nothing = Outcome(task.buffer, {task.buffer.uri: []})
        try:
            configs = self._current(task.generation)
            if task.buffer.is_toml:
                return examine_toml(task, configs, self._lang or task.client_settings.lang or "zh") or nothing
            return self._report(task, configs, nothing)
        except UserError as error:
            return nothing._replace(trouble=tuple(each(error)))
        except Exception as error:  # noqa: BLE001 - the entry point of a session that may last for days
            _log.exception("cannot examine %s", task.buffer.uri)
            return nothing._replace(bug=f"{type(error).__name__}: {error}")

    def depends_on(self, path: Path) -> bool:
        """Returns whether a change of that file on disk may change what is said."""
        return self._rulings is None or self._rulings.depends_on(path)

    def looks_at(self, path: Path) -> bool:
        """Returns whether a report of that path may be compared with one that is open."""
        return self._workspace.has(path)

    def _current(self, generation: int) -> EffectiveConfigs:
        if self._rulings is None or self._generation != generation:
            self._rulings = EffectiveConfigs(self._lang, self._rulings)
            self._generation = generation
        return self._rulings

    def _report(self, task: Task, configs: EffectiveConfigs, nothing: Outcome) -> Outcome:
        name = task.buffer.name(task.folder)
        if task.buffer.language not in _LANGUAGES and not name.lower().endswith(configs.suffixes):
            return nothing
        config = configs.of(task.folder, task.client_settings)
        path = task.buffer.path
        beside = None
        if path is not None:
            beside = self._workspace.nearby(path, task.roots, task.look, config.linter, config.settings)
        analysis = Analysis(task.buffer, config, task.folder, task.encoding, beside)
        trouble = each(config.trouble) if config.trouble else []
        # A file that is open is looked at by itself, as the editor has it.
        closed = [error for error in trouble if file_of(error) not in task.opened]
        found = {**placed(closed, task, config.lang), task.buffer.uri: report_diagnostics(analysis)}
        return Outcome(task.buffer, found, tuple(trouble), analysis)
