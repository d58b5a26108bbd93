"""What a person reads in a terminal."""

from collections.abc import Iterator

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.document import Location
from disclosure_lint.model.form import Law
from disclosure_lint.model.output import OutputStyle
from disclosure_lint.model.result import FileResult, Suppressed
from disclosure_lint.model.source import Position, Source, Span
from disclosure_lint.outputs.excerpt import excerpt
from disclosure_lint.outputs.totals import OUTCOMES, Totals
from disclosure_lint.outputs.wording import cited

_PARTS = (
    ("page", LocalizedText("第 {} 页", "page {}")),
    ("paragraph", LocalizedText("第 {} 段", "paragraph {}")),
    ("table", LocalizedText("第 {} 个表格", "table {}")),
    ("row", LocalizedText("第 {} 行", "row {}")),
    ("column", LocalizedText("第 {} 列", "column {}")),
)


def in_original(location: Location, lang: str) -> str:
    """Returns the place in words; empty if the format tells none."""
    found = [
        words.text(lang).format(number) for name, words in _PARTS if (number := getattr(location, name)) is not None
    ]
    return LocalizedText("，", ", ").text(lang).join(found)


BY = {
    "comment": LocalizedText("注释", "comment"),
    "configuration": LocalizedText("配置", "configuration"),
    "baseline": LocalizedText("基线", "baseline"),
}


def suppressed_lines(result: FileResult, lang: str) -> Iterator[str]:
    """Returns a line for each diagnostic that is not reported: where, which, who asked for silence, and why."""
    for one in result.suppressed:
        place = result.source.position(one.diagnostic.span.start) if result.source else None
        where = f"{place.line}:{place.column}" if place else "1:1"
        yield f"  {where} {one.diagnostic.code} {_why(one, lang)}"


def _why(one: Suppressed, lang: str) -> str:
    colon = ": " if lang == "en" else "："
    return BY[one.by].text(lang) + (colon + escape_controls(one.reason) if one.reason else "")


_BOLD, _FAINT = "1", "2"
_COLOURS = {Severity.error: "1;31", Severity.warning: "1;33", Severity.info: "1;36", Severity.off: "0"}


class Writer:
    """Writes each file's diagnostics, then the counts."""

    def __init__(self, style: OutputStyle):
        self._style = style
        self._totals = Totals()

    def start(self) -> str:
        """Returns nothing."""
        return ""

    def add(self, result: FileResult) -> str:
        """Returns the diagnostics of a file."""
        self._totals.add(result)
        return "".join(_pieces(result, self._style))

    def finish(self) -> str:
        """Returns the counts."""
        style, totals = self._style, self._totals
        statistics = "".join(f"{line}\n" for line in totals.statistics()) if style.statistics else ""
        if style.quiet:
            return statistics
        counts = [totals.summary(style.lang), totals.verdicts(style.lang), *totals.fixes(style.lang)]
        return statistics + "".join(f"{line}\n" for line in counts)


def _pieces(result: FileResult, style: OutputStyle) -> Iterator[str]:
    cited_before: set[tuple[str, tuple[Law, ...]]] = set()
    for diagnostic in result.diagnostics:
        yield _line(result.source, diagnostic, style)
        if not style.quiet:
            again = (diagnostic.code, diagnostic.law) in cited_before
            cited_before.add((diagnostic.code, diagnostic.law))
            details = _details(result.source, diagnostic, style, again=again)
            yield "".join(f"{line}\n" for line in details) + "\n"
    if style.verbose:
        yield _region(result, style)
        yield _unchecked(result, style)
        yield _suppressed(result, style)


def _line(source: Source | None, diagnostic: Diagnostic, style: OutputStyle) -> str:
    place = style.paint(_place(diagnostic.path, source, diagnostic.span), _BOLD)
    severity = style.paint(diagnostic.severity.name, _COLOURS[diagnostic.severity])
    code = style.paint(diagnostic.code, _BOLD)
    mark = "[*] " if diagnostic.fix and diagnostic.fix.applicability == "safe" else ""
    return f"{place}: {severity} {code} {mark}{escape_controls(diagnostic.message.text(style.lang))}\n"


def _place(path: str, source: Source | None, span: Span) -> str:
    line, column = source.position(span.start) if source else Position(1, 1)
    return f"{escape_controls(path)}:{line}:{column}"


def _details(source: Source | None, diagnostic: Diagnostic, style: OutputStyle, *, again: bool) -> Iterator[str]:
    """Yields the lines below a diagnostic; where its law was cited before in the file, only that it was."""
    if source and source.text:
        yield from _excerpt(source, diagnostic, style)
        if diagnostic.location and (place := in_original(diagnostic.location, style.lang)):
            yield f"  {style.say('在原文件：', 'in the file: ')}{place}"
        yield from _related(source, diagnostic, style)
    if diagnostic.also:
        codes = style.say("、", ", ").join(diagnostic.also)
        yield f"  {style.say('同一处错误还违反：', 'the same mistake also breaks: ')}{codes}"
    if diagnostic.law:
        sources = style.say("；", "; ").join(cited(law, style.lang) for law in diagnostic.law)
        if again:
            sources = style.say(f"同前面的 {diagnostic.code}", f"as for {diagnostic.code} above")
        yield style.paint(f"  {style.say('依据：', 'law: ')}{sources}", _FAINT)


def _excerpt(source: Source, diagnostic: Diagnostic, style: OutputStyle) -> Iterator[str]:
    number = str(source.position(diagnostic.span.start).line).rjust(4)
    others = [related.span for related in diagnostic.related]
    line, marks = excerpt(source, diagnostic.span, style.width - len(number) - 6, others)
    yield f"  {style.paint(f'{number} |', _FAINT)} {line}"
    yield f"  {style.paint(' ' * len(number) + ' |', _FAINT)} {style.paint(marks, _COLOURS[diagnostic.severity])}"


def _related(source: Source, diagnostic: Diagnostic, style: OutputStyle) -> Iterator[str]:
    """Returns a line for the other places of each line of the document, named by the first of them."""
    lines: dict[int, list[str]] = {}
    for span, message in diagnostic.related:
        place = _place(diagnostic.path, source, span)
        words = lines.setdefault(source.line_of(span.start), [f"{style.say('关联：', 'also: ')}{place}: "])
        words.append(escape_controls(message.text(style.lang)))
    for head, *messages in lines.values():
        yield f"  {head}{style.say('；', '; ').join(messages)}"


def _region(result: FileResult, style: OutputStyle) -> str:
    """Returns which regional pack was taken and why, where there are any."""
    if result.region_reason is None:
        return ""
    region = result.region or style.say("没有用", "none")
    reason = escape_controls(result.region_reason.text(style.lang))
    path = escape_controls(result.path)
    return f"{path} {style.say('地区规则包', 'regional pack')} {region}{style.say('：', ': ')}{reason}\n"


def _suppressed(result: FileResult, style: OutputStyle) -> str:
    """Returns a line for every diagnostic that is not reported, and why."""
    if not result.suppressed:
        return ""
    lines = "".join(f"{line}\n" for line in suppressed_lines(result, style.lang))
    return f"{escape_controls(result.path)} {style.say('查出而不报的：', 'found and not reported:')}\n{lines}\n"


def _unchecked(result: FileResult, style: OutputStyle) -> str:
    """Returns a line for every rule that was not, or not wholly, judged."""
    lines = []
    for entry in result.ledger:
        if entry.verdict in ("undetermined", "not_applicable") or entry.reason:
            outcome = OUTCOMES[entry.verdict].text(style.lang)
            reason = style.say("：", ": ") + escape_controls(entry.reason.text(style.lang)) if entry.reason else ""
            lines.append(f"  {entry.code} {outcome}{reason}\n")
    if not lines:
        return ""
    title = style.say("没有检查或没有查全：", "not, or not wholly, checked:")
    return f"{escape_controls(result.path)} {title}\n{''.join(lines)}\n"
