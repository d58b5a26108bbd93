"""What the reports of a run say of the year after theirs."""

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Address
from disclosure_lint.model.relation import Statement
from disclosure_lint.model.report import Report

_Carried = dict[Address, int]


class History:
    """Remembers what reports carry into the next year."""

    def __init__(self) -> None:
        self._carried: dict[tuple[str, int], _Carried] = {}

    def add(self, report: Report) -> None:
        """Remembers a report; where two of one agency and year differ in a number, neither is believed."""
        if report.agency is None or report.year is None:
            return
        carried = {
            Address(one.next_table, one.next_row, address.column): int(fact.value)
            for one in report.form.carried
            for address, fact in report.facts.items()
            if (address.table, address.row) == (one.table, one.row) and fact.value is not None
        }
        key = (squeeze(report.agency), report.year + 1)
        other = self._carried.get(key, carried)
        self._carried[key] = {cell: value for cell, value in carried.items() if other.get(cell) == value}

    def statements(self, report: Report) -> tuple[Statement, ...]:
        """Returns what the report of the year before says of the numbers of this one."""
        if report.agency is None or report.year is None:
            return ()
        carried = self._carried.get((squeeze(report.agency), report.year), {})
        return tuple(Statement((cell,), value, origin="previous") for cell, value in carried.items())
