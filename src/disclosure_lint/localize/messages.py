"""Words about wrong numbers, out of the templates of a pack."""

from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint.localize.ranking import Ranked, Shift
from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText
from disclosure_lint.model.form import Address
from disclosure_lint.model.numbers import Relation
from disclosure_lint.model.places import cell_words, column_words, listed, row_words, table_words
from disclosure_lint.model.report import Fact, Report
from disclosure_lint.model.rule import Localization

TEMPLATES = frozenset((
    "only", "likely", "together", "likely_together", "several", "unclear", "trusted", "change", "choice",
    "moved-number", "moved-row", "moved-part", "likeliest", "slip", "across", "down", "both", "elsewhere",
    "blank", "fix",
))  # fmt: skip
"""Ids of the templates that are needed."""
_SIGNS = "①②③④⑤"
_IN_ONE_LINE = 3
"""So many choices stand in a message, which other programs show without what is related to it."""
_FEW = 4


class MessageTemplates:
    """Fills the templates for one report."""

    def __init__(self, report: Report, data: Localization):
        self._report = report
        self._messages = data.messages

    def say(self, key: str, **values: LocalizedText | str) -> LocalizedText:
        """Returns a template with its placeholders filled."""
        zh = {name: value if isinstance(value, str) else value.zh for name, value in values.items()}
        en = {name: value if isinstance(value, str) else value.en for name, value in values.items()}
        template = self._messages[key]
        return LocalizedText(template.zh.format_map(zh), template.en.format_map(en))

    def wrong(self, cell: Address, one: Ranked, mine: Iterable[Diagnostic]) -> LocalizedText:
        """Returns what is to be said of a wrong cell of the one explanation there is, of violated equations."""
        others = {other: new for other, new in one.changes.items() if other != cell}
        together = "together" if others else ""
        key = "_".join(filter(None, ("" if together and one.confidence == "only" else one.confidence, together)))
        return self.say(
            key,
            cell=cell_words(self._report.form, cell),
            found=self._found(self._report.facts[cell]),
            wanted=str(one.changes[cell]),
            slip=self._slip(one, cell),
            equations=self.equations(mine),
            others=listed(self._change(other, new) for other, new in others.items()),
        )

    def several(self, first: Diagnostic, count: int, mine: Iterable[Diagnostic], *, complete: bool) -> LocalizedText:
        """Returns what is to be said where so many explanations are possible, beginning with what the rule says."""
        number = LocalizedText(f"{count}", f"{count}")
        if not complete:
            number = LocalizedText(f"不止 {count}", f"more than {count}")
        return self.say("several", message=first.message, number=number, equations=self.equations(mine))

    def choices(self, found: Sequence[Ranked]) -> list[LocalizedText]:
        """Returns the most plausible explanations in words, numbered."""
        return [self._choice(sign, one) for sign, one in zip(_SIGNS, found, strict=False)]

    def moved(self, found: Shift, mine: Iterable[Diagnostic]) -> LocalizedText:
        """Returns what is to be said where numbers of a row stand one column beside their own."""
        (first, to), (last, _) = found.moved[0], found.moved[-1]
        table = self._report.form.table(first.table)
        name, row = table_words(self._report.form, table), row_words(table, first.row)
        one = len(found.moved) == 1
        return self.say(
            "moved-number" if one else "moved-row" if found.whole else "moved-part",
            row=LocalizedText(f"{name.zh}{row.zh}", f"{name.en}, {row.en}"),
            number=self._found(self._report.facts[first]),
            way=LocalizedText("右", "right") if found.right else LocalizedText("左", "left"),
            to=column_words(table, to.column if one else last.column),
            equations=self.equations(mine),
            changes=listed(self._within_row(cell, new) for cell, new in found.changes.items()),
            **{"from": column_words(table, first.column)},
        )

    def unclear(self, diagnostic: Diagnostic, *, trusted: bool) -> LocalizedText:
        """Returns what is to be said where no explanation was found, perhaps for the trust that cells are given."""
        return self.say("trusted" if trusted else "unclear", message=diagnostic.message)

    def fix(self, one: Ranked, broken: Iterable[Diagnostic]) -> LocalizedText:
        """Returns what a fix does, and which equations it restores."""
        named = [
            LocalizedText(f"{each.code}（{where.zh}）", f"{each.code} ({where.en})") for each, where in _places(broken)
        ]
        more = (
            LocalizedText(f"等 {len(named)} 个等式", f" and {len(named) - _FEW} more")
            if len(named) > _FEW
            else LocalizedText("", "")
        )
        first = listed(named[:_FEW])
        return self.say(
            "fix",
            changes=listed(self._change(cell, new) for cell, new in one.changes.items()),
            restored=LocalizedText(first.zh + more.zh, first.en + more.en),
        )

    def equations(self, mine: Iterable[Diagnostic]) -> LocalizedText:
        """Returns that the violated equations hold, by whether they go across, down or elsewhere."""
        ways = {_way(one.violation.relation) for one in mine if one.violation}
        return self.say("both" if ways == {"across", "down"} else ways.pop() if len(ways) == 1 else "elsewhere")

    def _choice(self, sign: str, one: Ranked) -> LocalizedText:
        slips = [self._slip(one, cell) for cell in one.changes if cell in one.slips][:1]
        return self.say(
            "choice",
            sign=sign,
            changes=listed(self._change(cell, new) for cell, new in one.changes.items()),
            slip=slips[0] if slips else "",
            likeliest=self.say("likeliest") if one.confidence == "likely" else "",
        )

    def _change(self, cell: Address, new: int) -> LocalizedText:
        return self.say(
            "change", cell=self._in_table(cell), found=self._found(self._report.facts[cell]), wanted=str(new)
        )

    def _within_row(self, cell: Address, new: int) -> LocalizedText:
        column = column_words(self._report.form.table(cell.table), cell.column)
        found = self._found(self._report.facts[cell])
        return self.say("change", cell=column, found=found, wanted=str(new))

    def _in_table(self, cell: Address) -> LocalizedText:
        """Returns what a cell is called where it is plain which table is meant."""
        table = self._report.form.table(cell.table)
        row, column = row_words(table, cell.row), column_words(table, cell.column)
        return LocalizedText(f"{row.zh}的{column.zh}", f"{row.en}, {column.en}")

    def _slip(self, one: Ranked, cell: Address) -> LocalizedText:
        return self.say("slip", slip=one.slips[cell]) if cell in one.slips else LocalizedText("", "")

    def _found(self, fact: Fact) -> LocalizedText | str:
        return self.say("blank") if fact.value is None else str(fact.value)


def in_one_line(brief: LocalizedText, choices: Sequence[LocalizedText], count: int) -> LocalizedText:
    """Returns a message with the first of so many choices."""
    first, more = choices[:_IN_ONE_LINE], count > _IN_ONE_LINE
    zh = "；".join(one.zh for one in first) + ("；……" if more else "")
    en = "; ".join(one.en for one in first) + ("; …" if more else "")
    return LocalizedText(f"{brief.zh}：{zh}", f"{brief.en}: {en}")


def _way(relation: Relation) -> str:
    """Returns whether an equation is over cells of one row (`across`), of one column (`down`) or others."""
    cells = list(relation.terms)
    if len({(cell.table, cell.row) for cell in cells}) == 1:
        return "across"
    return "down" if len({(cell.table, cell.column) for cell in cells}) == 1 else "elsewhere"


def _places(broken: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, LocalizedText]]:
    for each in broken:
        if each.violation is not None:
            yield each, each.violation.where
