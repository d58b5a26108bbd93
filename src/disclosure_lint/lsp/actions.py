"""What an editor can do about a finding: mend it, mend all that is safe, or silence it."""

from collections.abc import Iterable, Iterator, Sequence

from lsprotocol import types

from disclosure_lint.fixes.applying import accepted
from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.diagnostics import SOURCE, as_protocol
from disclosure_lint.model.diagnostic import Diagnostic, Edit, LocalizedText
from disclosure_lint.model.source import Span

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
KINDS = (types.CodeActionKind.QuickFix.value, FIX_ALL)
"""All kinds of action that are offered."""


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
        title = LocalizedText("修正所有可以放心修正的地方", "Fix all that is safe to fix").text(analysis.lang)
        yield types.CodeAction(title, kind=FIX_ALL, edit=_workspace_edit(analysis, edits))


def _suppressions(analysis: Analysis, diagnostic: Diagnostic) -> Iterator[types.CodeAction]:
    """Yields the two ways to silence a finding, where comments do not show in the published text."""
    rule = next((rule for rule in analysis.config.linter.rules if rule.code == diagnostic.code), None)
    # What concerns the file as such, or a comment, cannot be silenced by one more comment.
    if not analysis.is_markdown or rule is None or rule.event:
        return
    code, lang = diagnostic.code, analysis.lang
    here = LocalizedText(f"忽略 {code}（这一处）", f"Ignore {code} here").text(lang)
    everywhere = LocalizedText(f"忽略 {code}（整个文件）", f"Ignore {code} in this file").text(lang)
    for title, edit in ((here, _silence_here(analysis, diagnostic)), (everywhere, _silence_file(analysis, code))):
        yield types.CodeAction(
            title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[as_protocol(analysis, diagnostic)],
            is_preferred=False,
            edit=_workspace_edit(analysis, [edit]),
        )


def _comment(verb: str, code: str, lang: str) -> str:
    return f"<!-- {SOURCE}: {verb}[{code}] {LocalizedText('理由：', 'reason: ').text(lang)} -->".replace("  ", " ")


def _silence_here(analysis: Analysis, diagnostic: Diagnostic) -> Edit:
    """Returns the comment on the line before; in a table at the end of the line, lest it break the table in two."""
    comment = _comment("ignore", diagnostic.code, analysis.lang)
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
    return Edit(Span(start, start), _comment("ignore-file", code, analysis.lang) + "\n")


def _workspace_edit(analysis: Analysis, edits: Iterable[Edit]) -> types.WorkspaceEdit:
    ruler, line_end = analysis.ruler, analysis.line_end
    changes = [types.TextEdit(ruler.range(edit.span), edit.text.replace("\n", line_end)) for edit in edits]
    return types.WorkspaceEdit(changes={analysis.buffer.uri: changes})
