"""Findings and mistakes as the protocol has them, put where they are, and what an editor can do about them."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lsprotocol import types

from disclosure_lint.files.reading import LARGEST_SETTINGS, read_file
from disclosure_lint.fixes.applying import accepted
from disclosure_lint.lsp.analysis import Analysis, Task
from disclosure_lint.lsp.buffers import Ruler, uri_of
from disclosure_lint.model.diagnostic import Diagnostic, Edit, Severity
from disclosure_lint.model.errors import MistakesError, UserError
from disclosure_lint.model.output import page_of
from disclosure_lint.model.source import Span
from disclosure_lint.outputs.wording import cited

SOURCE = "disclosure-lint"
_SEVERITIES = {
    Severity.error: types.DiagnosticSeverity.Error,
    Severity.warning: types.DiagnosticSeverity.Warning,
    Severity.info: types.DiagnosticSeverity.Information,
}
_UNNECESSARY = ("unused-suppression",)
"""Names of rules about text that does nothing."""
FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
KINDS = (types.CodeActionKind.QuickFix.value, FIX_ALL)
"""All kinds of action that are offered."""


def report_diagnostics(analysis: Analysis) -> list[types.Diagnostic]:
    """Returns all that is wrong in a report."""
    return [as_protocol(analysis, diagnostic) for diagnostic in analysis.diagnostics]


def as_protocol(analysis: Analysis, diagnostic: Diagnostic) -> types.Diagnostic:
    """Returns a diagnostic with the places that belong to it; its `data` are the names of rule and numbers."""
    uri, ruler, lang = analysis.buffer.uri, analysis.ruler, analysis.lang
    page = page_of(analysis.config.settings.rule_pages, diagnostic.code)
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, ruler.range(one.span)), one.message.text(lang))
        for one in diagnostic.related
    ]
    return types.Diagnostic(
        range=ruler.range(diagnostic.span),
        message=_explained(analysis, diagnostic),
        severity=_SEVERITIES[diagnostic.severity],
        code=diagnostic.code,
        code_description=types.CodeDescription(page) if page else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if diagnostic.name in _UNNECESSARY else None,
        related_information=related or None,
        data={
            "name": diagnostic.name,
            "cells": list(diagnostic.cells),
            "also": list(diagnostic.also),
            **({"suggestions": [one._asdict() for one in diagnostic.suggestions]} if diagnostic.suggestions else {}),
        },
    )


def mistake(error: UserError, text: str, ruler: Ruler, lang: str) -> types.Diagnostic:
    """Returns a mistake in a TOML file, from its place to the end of the word there."""
    return types.Diagnostic(
        range=ruler.range(_word(text, ruler, error)),
        message=error.sentence(lang),
        severity=types.DiagnosticSeverity.Error,
        source=SOURCE,
    )


def remark(line: int, message: str, ruler: Ruler, *, severe: bool) -> types.Diagnostic:
    """Returns a question about a line (from 1) of a TOML file."""
    start = ruler.offset(types.Position(line - 1, 0))
    severity = types.DiagnosticSeverity.Warning if severe else types.DiagnosticSeverity.Information
    return types.Diagnostic(ruler.range(Span(start, ruler.line_end(start))), message, severity=severity, source=SOURCE)


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


def each(error: UserError) -> list[UserError]:
    """Returns the mistakes that an error tells, one by one."""
    return list(error.each) if isinstance(error, MistakesError) else [error]


def file_of(error: UserError) -> Path | None:
    """Returns the file that a mistake is in; None if it is in none."""
    return Path(error.path).absolute() if error.path else None


def code_actions(analysis: Analysis, place: Span, only: Sequence[str] | None) -> list[types.CodeAction]:
    """Returns the actions for the findings that touch a stretch, and the one for the whole text.

    `only` are the kinds that are asked for, each with all kinds below it; None for all.
    """
    actions: list[types.CodeAction] = []
    if _asked(types.CodeActionKind.QuickFix.value, only):
        here = [diagnostic for diagnostic in analysis.diagnostics if _touches(diagnostic.span, place)]
        actions += [action for diagnostic in here for action in _fix(analysis, diagnostic)]
        actions += [action for diagnostic in here for action in _suppressions(analysis, diagnostic)]
    if _asked(FIX_ALL, only):
        actions += _fix_all(analysis)
    return actions


def _explained(analysis: Analysis, diagnostic: Diagnostic) -> str:
    """Returns the message; below it, where lists of findings cut it off, why the rule is there and its law."""
    lang = analysis.lang
    reason = analysis.config.reasons.get(diagnostic.code)
    law = analysis.say("；", "; ").join(dict.fromkeys(cited(one, lang) for one in diagnostic.law))
    lines = [diagnostic.message.text(lang)]
    if reason:
        lines.append(analysis.say("为什么：", "Why: ") + reason.text(lang))
    if law:
        lines.append(analysis.say("依据：", "Law: ") + law)
    return "\n".join(lines)


def _word(text: str, ruler: Ruler, error: UserError) -> Span:
    line = ruler.offset(types.Position((error.line or 1) - 1, 0))
    end = ruler.line_end(line)
    start = min(line + (error.column or 1) - 1, end)
    stop = start
    while stop < end and text[stop] not in " \t=,":
        stop += 1
    return Span(start, max(stop, min(start + 1, end)))


def _text(path: Path) -> str:
    try:
        return read_file(path, LARGEST_SETTINGS).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _asked(kind: str, only: Sequence[str] | None) -> bool:
    return not only or any(kind == one or one == "" or kind.startswith(f"{one}.") for one in only)


def _touches(one: Span, other: Span) -> bool:
    return one.start <= other.end and other.start <= one.end


def _fix(analysis: Analysis, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    fix = diagnostic.fix
    if fix is not None:
        yield types.CodeAction(
            fix.title.text(analysis.lang),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[as_protocol(analysis, diagnostic)],
            is_preferred=fix.applicability == "safe",
            edit=_workspace_edit(analysis, fix.edits),
        )


def _fix_all(analysis: Analysis) -> Iterator[types.CodeAction]:
    safe = [one.fix for one in analysis.diagnostics if one.fix and one.fix.applicability == "safe"]
    edits = dict.fromkeys(edit for fix in accepted(analysis.buffer.text, safe) for edit in fix.edits)
    if edits:
        title = analysis.say("修正所有可以放心修正的地方", "Fix all that is safe to fix")
        yield types.CodeAction(title, kind=FIX_ALL, edit=_workspace_edit(analysis, edits))


def _suppressions(analysis: Analysis, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    """Yields the two ways to silence a finding, where comments do not show in the published text."""
    rule = next((rule for rule in analysis.config.linter.rules if rule.code == diagnostic.code), None)
    # What concerns the file as such, or a comment, cannot be silenced by one more comment.
    if not analysis.is_markdown or rule is None or rule.event:
        return
    code = diagnostic.code
    here = analysis.say(f"忽略 {code}（这一处）", f"Ignore {code} here")
    everywhere = analysis.say(f"忽略 {code}（整个文件）", f"Ignore {code} in this file")
    for title, edit in ((here, _silence_here(analysis, diagnostic)), (everywhere, _silence_file(analysis, code))):
        yield types.CodeAction(
            title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[as_protocol(analysis, diagnostic)],
            is_preferred=False,
            edit=_workspace_edit(analysis, [edit]),
        )


def _comment(analysis: Analysis, verb: str, code: str) -> str:
    return f"<!-- {SOURCE}: {verb}[{code}] {analysis.say('理由：', 'reason: ')} -->".replace("  ", " ")


def _silence_here(analysis: Analysis, diagnostic: Diagnostic) -> Edit:
    """Returns the comment on the line before; in a table at the end of the line, lest it break the table in two."""
    comment = _comment(analysis, "ignore", diagnostic.code)
    start = diagnostic.span.start
    if analysis.in_table(start):
        end = analysis.ruler.line_end(start)
        return Edit(Span(end, end), f" {comment}")
    line = analysis.ruler.line_start(start)
    return Edit(Span(line, line), f"{comment}\n")


def _silence_file(analysis: Analysis, code: str) -> Edit:
    """Returns the comment at the top, below a block of metadata."""
    start = 0
    text = analysis.buffer.text
    if text.startswith("---"):
        end = text.find("\n---", 3)
        line = text.find("\n", end + 4) if end >= 0 else -1
        start = line + 1
    return Edit(Span(start, start), _comment(analysis, "ignore-file", code) + "\n")


def _workspace_edit(analysis: Analysis, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    ruler, line_end = analysis.ruler, analysis.line_end
    changes = [types.TextEdit(ruler.range(edit.span), edit.text.replace("\n", line_end)) for edit in edits]
    return types.WorkspaceEdit(changes={analysis.buffer.uri: changes})
