"""The requests of an editor about a text, and their answers."""

from __future__ import annotations

import re
from functools import partial
from hashlib import blake2b

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from disclosure_lint.lsp.analysis import Analysis, Hover
from disclosure_lint.lsp.buffers import Ruler
from disclosure_lint.lsp.diagnostics import KINDS, code_actions
from disclosure_lint.lsp.hover import hover, inlay_hints, rule_text
from disclosure_lint.lsp.session import Session
from disclosure_lint.lsp.symbols import document_symbols, flat
from disclosure_lint.model.characters import fold
from disclosure_lint.model.lazy_re import lazy_re_compile

TRIGGERS = ("[", ",", '"', "'", "=", ".", "{")
"""Those behind the first two are for TOML."""
# In folded text, so that brackets and commas of Chinese keyboards do too.
_OPEN = lazy_re_compile(r"<！--\s*disclosure-lint\s*：\s*ignore(?:-file)?\s*[\[【][^\]】]*$", re.IGNORECASE)


class Answers:
    """Each answer is about the text as it was when it was asked for, or newer, and waits until that was looked at."""

    def __init__(self, session: Session):
        self._session = session

    def register(self, server: LanguageServer) -> None:
        """Tells the server which requests are answered."""
        diagnostics = types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=False, identifier="disclosure-lint"
        )
        actions = types.CodeActionOptions(code_action_kinds=KINDS)
        completion = types.CompletionOptions(trigger_characters=TRIGGERS)
        for method, answer, options in (
            (types.TEXT_DOCUMENT_DIAGNOSTIC, self.diagnostics, diagnostics),
            (types.TEXT_DOCUMENT_HOVER, self.hover, None),
            (types.TEXT_DOCUMENT_CODE_ACTION, self.actions, actions),
            (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self.symbols, None),
            (types.TEXT_DOCUMENT_INLAY_HINT, self.hints, None),
            (types.TEXT_DOCUMENT_COMPLETION, self.completion, completion),
        ):
            # pygls writes a note on what it registers, which a method does not bear.
            server.feature(method, options)(partial(answer))

    async def diagnostics(self, params: types.DocumentDiagnosticParams) -> types.DocumentDiagnosticReport:
        """Returns all findings of a text, or that they are those of the last answer."""
        uri = params.text_document.uri
        await self._session.outcome(uri)
        found = self._session.findings(uri)
        key = blake2b(repr(found).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        if key == params.previous_result_id:
            return types.RelatedUnchangedDocumentDiagnosticReport(key)
        return types.RelatedFullDocumentDiagnosticReport(found, result_id=key)

    async def hover(self, params: types.HoverParams) -> types.Hover | None:
        """Returns what stands at a position of a report or a rule file."""
        outcome = await self._session.outcome(params.text_document.uri)
        if outcome is None:
            return None
        plain = Ruler(outcome.buffer.text, self._session.client.encoding)
        ruler = outcome.analysis.ruler if outcome.analysis else plain
        offset = ruler.offset(params.position)
        found: Hover | None = None
        if outcome.analysis:
            found = hover(outcome.analysis, offset)
        elif outcome.book:
            found = outcome.book.hover(outcome.buffer.text, offset)
        return types.Hover(self._session.client.markup(found.markdown), ruler.range(found.span)) if found else None

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """Returns what can be done about the findings in a range."""
        analysis = await self._report(params.text_document.uri)
        if analysis is None:
            return []
        # Kinds that the protocol names come as an enumeration, all others as texts.
        only = [kind.value if isinstance(kind, types.CodeActionKind) else kind for kind in params.context.only or ()]
        return code_actions(analysis, analysis.ruler.span(params.range), only)

    async def symbols(
        self, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
        """Returns the outline of a report."""
        analysis = await self._report(params.text_document.uri)
        if analysis is None:
            return []
        found = document_symbols(analysis)
        return found if self._session.client.knows_trees else flat(found, analysis.buffer.uri)

    async def hints(self, params: types.InlayHintParams) -> list[types.InlayHint]:
        """Returns the computed totals in a range, if the user wants them."""
        uri = params.text_document.uri
        analysis = await self._report(uri)
        if analysis is None or not self._session.scopes.client_settings(uri).inlay_hints:
            return []
        return inlay_hints(analysis, analysis.ruler.span(params.range))

    async def completion(self, params: types.CompletionParams) -> list[types.CompletionItem]:
        """Returns the codes of rules where one may stand in a report; in TOML of ours what may stand there."""
        outcome = await self._session.outcome(params.text_document.uri)
        if outcome and outcome.analysis:
            return completions(outcome.analysis, outcome.analysis.file_ruler.offset(params.position))
        if outcome is None or outcome.completer is None:
            return []
        text = outcome.buffer.text
        ruler = Ruler(text, self._session.client.encoding)
        found = outcome.completer.completions(text, ruler.offset(params.position))
        return [one.item(ruler, number) for number, one in enumerate(found)]

    async def _report(self, uri: str) -> Analysis | None:
        outcome = await self._session.outcome(uri)
        return outcome.analysis if outcome else None


def completions(analysis: Analysis, offset: int) -> list[types.CompletionItem]:
    """Returns all codes where one may stand, else nothing."""
    before = analysis.buffer.text[analysis.file_ruler.line_start(offset) : offset]
    if not _OPEN.search(fold(before)):
        return []
    lang = analysis.lang
    return [
        types.CompletionItem(
            rule.code,
            kind=types.CompletionItemKind.EnumMember,
            detail=rule.summary.text(lang),
            documentation=types.MarkupContent(types.MarkupKind.Markdown, rule_text(rule, lang)),
            filter_text=f"{rule.code} {rule.name}",
        )
        for rule in analysis.config.linter.rules
        if not rule.event
    ]
