"""What is said of a text that is open in the editor: a report, a configuration, or a file of a rule pack."""

import logging
from pathlib import Path

from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.diagnostics import report_diagnostics
from disclosure_lint.lsp.effective_config import EffectiveConfigs
from disclosure_lint.lsp.placing import each, file_of, placed
from disclosure_lint.lsp.tasks import Outcome, Task
from disclosure_lint.model.errors import UserError

_LANGUAGES = ("markdown", "plaintext", "text")
_log = logging.getLogger(__name__)


class Examiner:
    """Looks at one text after the other; what it reads from disk it keeps until the generation changes."""

    def __init__(self, lang: str | None):
        """Takes the language that the command line asks for."""
        self._lang = lang
        self._rulings: EffectiveConfigs | None = None
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

    def depends_on(self, path: Path) -> bool:
        """Returns whether a change of that file on disk may change what is said."""
        return self._rulings is None or self._rulings.depends_on(path)

    def _current(self, generation: int) -> EffectiveConfigs:
        if self._rulings is None or self._generation != generation:
            self._rulings = EffectiveConfigs(self._lang, self._rulings)
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
        closed = [error for error in trouble if file_of(error) not in task.opened]
        found = {**placed(closed, task, ruling.lang), task.buffer.uri: report_diagnostics(analysis)}
        return Outcome(task.buffer, found, tuple(trouble), analysis)

    def _toml(self, task: Task, nothing: Outcome) -> Outcome:
        # Compiling rules needs jsonschema and pyparsing: most who write reports never open a rule file.
        from disclosure_lint.lsp.rule_examiner import examine_toml

        rulings = self._current(task.generation)
        return examine_toml(task, rulings, self._lang or task.wishes.lang or "zh") or nothing
