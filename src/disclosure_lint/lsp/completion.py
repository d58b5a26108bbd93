"""Codes of rules inside the brackets of a comment that silences."""

import re

from lsprotocol import types

from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.rule_texts import rule_text
from disclosure_lint.model.characters import fold
from disclosure_lint.model.lazy_re import lazy_re_compile

TRIGGERS = ("[", ",", '"', "'", "=", ".", "{")
"""Those behind the first two are for TOML."""
# In folded text, so that brackets and commas of Chinese keyboards do too.
_OPEN = lazy_re_compile(r"<！--\s*disclosure-lint\s*：\s*ignore(?:-file)?\s*[\[【][^\]】]*$", re.IGNORECASE)


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
