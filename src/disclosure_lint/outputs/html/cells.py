"""The cells of a report in the form's order: what stands in each, and what was found of it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText, Severity
from disclosure_lint.model.form import Address
from disclosure_lint.model.report import Fact, Report, Uncertain
from disclosure_lint.outputs.html.words import both, circled, escaped, say, shown
from disclosure_lint.outputs.row_texts import plain

_BLANK = say("空", "blank")
_ABSENT = say("没有", "none")


class Lit(NamedTuple):
    """A cell in which something is wrong, or may be."""

    number: int
    """Of the finding, from 1."""
    severity: Severity
    suggestion: LocalizedText | None
    certain: bool
    """Whether the cell is surely meant, and not only one of several that may be."""


class Cells:
    """The cells of one report by their addresses, each with a number by which the page knows it."""

    def __init__(self, report: Report, diagnostics: tuple[Diagnostic, ...]):
        """Takes the report and what was found, in the order in which findings are numbered."""
        self._report = report
        self.addresses = tuple(address for table in report.form.tables for address in table.addresses())
        self._numbers = {str(address): number for number, address in enumerate(self.addresses)}
        self._known: Mapping[Address, Fact | Uncertain] = {cell.address: cell for cell in report.cells()}
        self._lit: dict[str, list[Lit]] = {}
        for number, diagnostic in enumerate(diagnostics, 1):
            for cell, lit in self._blamed(diagnostic, number):
                self._lit.setdefault(cell, []).append(lit)

    def numbers(self, names: tuple[str, ...]) -> str:
        """Returns the numbers of cells with blanks between, those that the form has."""
        return " ".join(str(self._numbers[name]) for name in names if name in self._numbers)

    def number(self, address: Address) -> int:
        """Returns the number of a cell."""
        return self._numbers[str(address)]

    def html(self, name: str, span: str) -> str:
        """Returns the cell of a table; `span` are attributes for what it covers."""
        number = self._numbers[name]
        kind, content = _content(self._known.get(self.addresses[number]))
        lit = self._lit.get(name, [])
        if not lit:
            return f"<td id=c{number}{span}{f' class={kind}' if kind else ''}>{content}"
        worst = max(lit, key=lambda one: (one.certain, one.severity))
        shade = "wrong" if worst.certain and worst.severity is Severity.error else "doubt"
        style = " ".join(filter(None, (kind, shade)))
        told = dict.fromkeys(one.suggestion for one in lit if one.suggestion)
        beside = "".join(f"<b class=should>{both(words)}</b>" for words in told)
        marks = "".join(
            f"<a class=ref href=#f{one}>{circled(one)}</a>" for one in dict.fromkeys(each.number for each in lit)
        )
        return f'<td id=c{number}{span} class="lit {style}"><span class=v>{content}</span>{marks}{beside}'

    def _blamed(self, diagnostic: Diagnostic, number: int) -> Iterator[tuple[str, Lit]]:
        suggested: dict[str, list[str]] = {}
        certain = True
        for one in diagnostic.suggestions:
            suggested.setdefault(one.cell, []).append(str(one.value))
            certain = certain and one.alternative == 1
        for cell, values in suggested.items():
            yield cell, Lit(number, diagnostic.severity, _told(diagnostic, cell, values), certain)
        for index, name in enumerate(diagnostic.cells):
            if name not in suggested and self._stands_for(diagnostic, name, first=index == 0):
                # Of several numbers that do not add up, none is surely wrong.
                yield (
                    name,
                    Lit(number, diagnostic.severity, None, len(diagnostic.cells) == 1 or not self._is_given(name)),
                )

    def _is_given(self, name: str) -> bool:
        fact = self._known.get(self.addresses[self._numbers[name]])
        return isinstance(fact, Fact) and fact.state == "given"

    def _stands_for(self, diagnostic: Diagnostic, name: str, *, first: bool) -> bool:
        """Says whether a finding is about the cell itself, and does not only use its number."""
        fact = self._known.get(self.addresses[self._numbers[name]]) if name in self._numbers else None
        if not isinstance(fact, Fact):
            return False
        return fact.span == diagnostic.span if first else fact.state != "given" and diagnostic.violation is None


def _told(diagnostic: Diagnostic, cell: str, values: list[str]) -> LocalizedText:
    confidence = {one.confidence for one in diagnostic.suggestions if one.cell == cell}
    values = list(dict.fromkeys(values))
    if confidence == {"only"}:
        return LocalizedText(f"应为 {values[0]}", f"should be {values[0]}")
    if "likely" in confidence and len(values) == 1:
        return LocalizedText(f"似应为 {values[0]}", f"likely {values[0]}")
    return LocalizedText(f"可能是 {'、'.join(values)}", f"perhaps {', '.join(values)}")


def _content(cell: Fact | Uncertain | None) -> tuple[str, str]:
    """Returns the class and the content of a cell."""
    if cell is None:
        return "absent", _ABSENT
    if isinstance(cell, Uncertain):
        return "unsure", " / ".join(map(shown, cell.readings)) or "?"
    if cell.state == "blank":
        return "blank", _BLANK
    if cell.state == "unreadable":
        return "unread", shown(cell.raw)
    raw = cell.raw.strip()
    return "", shown(raw) if raw else escaped(plain(cell.value) or "")
