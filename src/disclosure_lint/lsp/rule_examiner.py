"""What is said of a TOML file of ours; imported late, as rule files need much that reports do not."""

from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types

from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file
from disclosure_lint.lsp.buffers import Buffer
from disclosure_lint.lsp.diagnostics import remark
from disclosure_lint.lsp.effective_config import EffectiveConfigs
from disclosure_lint.lsp.placing import placed
from disclosure_lint.lsp.positions import Ruler
from disclosure_lint.lsp.rule_files import configuration_mistakes, is_configuration, pack_mistakes, pack_of, remarks
from disclosure_lint.lsp.rule_hover import RuleBook
from disclosure_lint.lsp.tasks import Outcome, Task


def examine_toml(task: Task, rulings: EffectiveConfigs, lang: str) -> Outcome | None:
    """Returns the mistakes in a configuration or a pack, and the questions about a saved one; None for other files."""
    path = task.buffer.path
    pack = pack_of(task.buffer)
    if path is None or not (pack or is_configuration(path)):
        return None
    if pack is None:
        known = rulings.known(task.wishes)
        errors = configuration_mistakes(path, task.buffer.text.encode("utf-8", "replace"), known)
    else:
        errors = pack_mistakes(pack, task.opened, rulings)
    found = {task.buffer.uri: [], **placed(errors, task, lang)}
    if pack and not errors and task.wishes.review_rules and _is_saved(pack, task.opened.values()):
        found.update(_questioned(pack, rulings, task))
    linter = rulings.linter()
    return Outcome(task.buffer, found, book=RuleBook(linter.rules, linter.forms, lang))


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


def _questioned(pack: Path, rulings: EffectiveConfigs, task: Task) -> dict[str, list[types.Diagnostic]]:
    """Returns the questions about the files of a pack that are open: the others would fill the list of problems."""
    found: dict[str, list[types.Diagnostic]] = {}
    by_path = {path.resolve(): buffer for path, buffer in task.opened.items()}
    for one in remarks(pack, rulings):
        buffer = by_path.get(one.path.resolve())
        if buffer:
            ruler = Ruler(buffer.text, task.encoding)
            found.setdefault(buffer.uri, []).append(remark(one.line, one.text, ruler, severe=one.severe))
    return found
