"""Words about wrong numbers, out of the templates of a pack."""

from collections.abc import Iterable, Iterator, Sequence

from disclosure_lint.localize.ranking import Ranked
from disclosure_lint.model.diagnostic import Diagnostic, LocalizedText
from disclosure_lint.model.form import Address
from disclosure_lint.model.localization import Localization
from disclosure_lint.model.naming import cell_words, column_words, listed, row_words
from disclosure_lint.model.report import Fact, Report

TEMPLATES = frozenset((
    "only", "likely", "together", "likely_together", "several", "unclear", "trusted", "change", "candidate",
    "likeliest", "slip", "equation", "equations", "blank", "fix",
))  # fmt: skip
"""Ids of the templates that are needed."""
_SIGNS = "①②③"
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

    def wrong(self, cell: Address, one: Ranked, count: int) -> LocalizedText:
        """Returns what is to be said of a wrong cell of the one explanation there is, of so many equations."""
        others = {other: new for other, new in one.changes.items() if other != cell}
        together = "together" if others else ""
        key = "_".join(filter(None, ("" if together and one.confidence == "only" else one.confidence, together)))
        return self.say(
            key,
            cell=cell_words(self._report.form, cell),
            found=self._found(self._report.facts[cell]),
            wanted=str(one.changes[cell]),
            slip=self._slip(one, cell),
            equations=self.equations(count),
            others=listed(self._change(other, new) for other, new in others.items()),
        )

    def several(self, first: Diagnostic, found: Sequence[Ranked], count: int, *, complete: bool) -> LocalizedText:
        """Returns what is to be said where several explanations are possible, beginning with what the rule says."""
        choices = [self._choice(sign, one) for sign, one in zip(_SIGNS, found, strict=False)]
        more = LocalizedText("；……", "; …") if len(found) > len(_SIGNS) else LocalizedText("", "")
        zh, en = "；".join(one.zh for one in choices) + more.zh, "; ".join(one.en for one in choices) + more.en
        number = LocalizedText(f"{len(found)}", f"{len(found)}")
        if not complete:
            number = LocalizedText(f"{len(found)} 多", f"more than {len(found)}")
        return self.say(
            "several",
            message=first.message,
            number=number,
            equations=self.equations(count),
            choices=LocalizedText(zh, en),
        )

    def unclear(self, diagnostic: Diagnostic, *, trusted: bool) -> LocalizedText:
        """Returns what is to be said where no explanation was found, perhaps for the trust that cells are given."""
        return self.say("trusted" if trusted else "unclear", message=diagnostic.message)

    def candidate(self, cell: Address, wanted: int) -> LocalizedText:
        """Returns what is to be said at a cell that may be the wrong one."""
        found = self._found(self._report.facts[cell])
        return self.say("candidate", cell=self._in_table(cell), found=found, wanted=str(wanted))

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

    def equations(self, count: int) -> LocalizedText:
        """Returns that so many equations hold."""
        return self.say("equation") if count == 1 else self.say("equations", count=str(count))

    def _choice(self, sign: str, one: Ranked) -> LocalizedText:
        changes = listed(self._change(cell, new) for cell, new in one.changes.items())
        slips = [self._slip(one, cell) for cell in one.changes if cell in one.slips][:1]
        slip = slips[0] if slips else LocalizedText("", "")
        mark = self.say("likeliest") if one.confidence == "likely" else LocalizedText("", "")
        return LocalizedText(f"{sign} {changes.zh}{slip.zh}{mark.zh}", f"{sign} {changes.en}{slip.en}{mark.en}")

    def _change(self, cell: Address, new: int) -> LocalizedText:
        return self.say("change", cell=self._in_table(cell), wanted=str(new))

    def _in_table(self, cell: Address) -> LocalizedText:
        """Returns what a cell is called where it is plain which table is meant."""
        table = self._report.form.table(cell.table)
        row, column = row_words(table, cell.row), column_words(table, cell.column)
        return LocalizedText(f"{row.zh}的{column.zh}", f"{row.en}, {column.en}")

    def _slip(self, one: Ranked, cell: Address) -> LocalizedText:
        return self.say("slip", slip=one.slips[cell]) if cell in one.slips else LocalizedText("", "")

    def _found(self, fact: Fact) -> LocalizedText | str:
        return self.say("blank") if fact.value is None else str(fact.value)


def _places(broken: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, LocalizedText]]:
    for each in broken:
        if each.violation is not None:
            yield each, each.violation.where
