"""Inlay hints: what the parts of a total come to, beside the total that says otherwise."""

from lsprotocol import types

from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.equations import equations
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address
from disclosure_lint.model.source import Span


def inlay_hints(analysis: Analysis, within: Span) -> list[types.InlayHint]:
    """Returns a hint for every violated sum whose total stands in that stretch; one for equal ones."""
    report = analysis.report
    if report is None:
        return []
    found: dict[tuple[Address, str], types.InlayHint] = {}
    for equation in equations(analysis.rules, report):
        total = equation.total()
        if total is None or not within.start <= total[0].span.start <= within.end:
            continue
        fact, value = total
        label = LocalizedText(f"各项之和 {value}", f"sum {value}").text(analysis.lang)
        hint = types.InlayHint(
            analysis.ruler.position(fact.span.end),
            label,
            tooltip=f"{equation.rule.code} {equation.shown(analysis.lang)}",
            padding_left=True,
        )
        found.setdefault((fact.address, label), hint)
    return list(found.values())
