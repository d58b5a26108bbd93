"""The outline of a report: sections, in them tables, in them rows."""

from collections.abc import Iterable, Sequence

from lsprotocol import types

from disclosure_lint.checks.wording import table_words
from disclosure_lint.lsp.analysis import Analysis
from disclosure_lint.lsp.buffers import Ruler
from disclosure_lint.model.report import BoundTable, Fact, Report, Section
from disclosure_lint.model.source import Span


def document_symbols(analysis: Analysis) -> list[types.DocumentSymbol]:
    """Returns the title and the sections in the order of the text; a table outside its section stands by itself."""
    report = analysis.report
    if report is None:
        return []
    ruler, lang = analysis.ruler, analysis.lang
    free = dict(report.tables)
    found: list[tuple[Span, types.DocumentSymbol]] = []
    if report.title:
        span = report.title.span
        found.append((span, _symbol(report.title.text, types.SymbolKind.File, span, span, ruler)))
    for section in (*report.sections.values(), *report.repeated, *report.extra):
        whole = Span(section.span.start, max(section.span.end, section.body.end))
        tables = [key for key, table in free.items() if whole.start <= table.span.start and table.span.end <= whole.end]
        symbol = _symbol(_heading(analysis, section), types.SymbolKind.Namespace, whole, section.span, ruler)
        symbol.children = [_table(report, free.pop(key), ruler, lang) for key in tables]
        found.append((whole, symbol))
    found += [(table.span, _table(report, table, ruler, lang)) for table in free.values()]
    return [symbol for _, symbol in sorted(found, key=lambda one: one[0])]


def flat(symbols: list[types.DocumentSymbol], uri: str, container: str | None = None) -> list[types.SymbolInformation]:
    """Returns an outline for editors that know no tree."""
    found = []
    for symbol in symbols:
        place = types.Location(uri, symbol.range)
        found.append(types.SymbolInformation(place, symbol.name, symbol.kind, container_name=container))
        found += flat(list(symbol.children or ()), uri, symbol.name)
    return found


def _heading(analysis: Analysis, section: Section) -> str:
    text = analysis.report.document.source.slice(section.span) if analysis.report else ""
    return text.strip() or section.title


def _table(report: Report, table: BoundTable, ruler: Ruler, lang: str) -> types.DocumentSymbol:
    name = f"{table_words(report.form, table.form).text(lang)} {table.form.title}"
    symbol = _symbol(name, types.SymbolKind.Array, table.span, table.span, ruler)
    facts = [fact for fact in report.facts.values() if fact.address.table == table.form.id]
    found: list[tuple[Span, types.DocumentSymbol]] = []
    for row in table.form.rows:
        own = [fact for fact in facts if fact.address.row == row.id]
        places = _row_places(table, row.id, own, [fact for fact in facts if fact.address.row != row.id])
        if places:
            line = _symbol(row.label, types.SymbolKind.Field, *places, ruler)
            line.detail = " ".join(fact.raw or "–" for fact in own) or None
            found.append((places[0], line))
    symbol.children = [line for _, line in sorted(found, key=lambda one: one[0])]
    return symbol


def _row_places(table: BoundTable, key: str, own: Sequence[Fact], others: Iterable[Fact]) -> tuple[Span, Span] | None:
    """Returns the stretch of a row and what of it names the row; None if it is nowhere in the table.

    Blocks that stand beside each other have their labels far above their numbers, often all in one line of which no
    part is known to be which label: there the numbers are the row.
    """
    numbers = sorted(fact.span for fact in own if _holds(table.span, fact.span))
    label = table.rows.get(key)
    if label and _holds(table.span, label) and not (numbers and table.form.side_by_side):
        return Span(label.start, max([label.end, *(span.end for span in numbers if span.start >= label.start)])), label
    if not numbers:
        return None
    whole = Span(numbers[0].start, max(span.end for span in numbers))
    if any(whole.start <= fact.span.start < whole.end for fact in others):
        whole = numbers[0]
    return whole, whole


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _symbol(name: str, kind: types.SymbolKind, whole: Span, name_span: Span, ruler: Ruler) -> types.DocumentSymbol:
    # An empty name is a protocol error, and editors drop the whole answer then.
    return types.DocumentSymbol(name.replace("\n", " ") or "–", kind, ruler.range(whole), ruler.range(name_span))
