"""What the reports of a run say of the year after theirs."""

from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.form import Address
from disclosure_lint.model.relation import Statement
from disclosure_lint.model.report import Report

_TABLE, _OUT, _IN = "requests", "carried_out", "carried_in"
"""What table 3 carries over: 四、结转下年度继续办理 is 二、上年结转 of the next report, column by column."""

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
            Address(_TABLE, _IN, address.column): int(fact.value)
            for address, fact in report.facts.items()
            if (address.table, address.row) == (_TABLE, _OUT) and fact.value is not None
        }
        key = (squeeze(report.agency), report.year + 1)
        other = self._carried.get(key, carried)
        self._carried[key] = {cell: value for cell, value in carried.items() if other.get(cell) == value}

    def statements(self, report: Report) -> tuple[Statement, ...]:
        """Returns what the report of the year before says of the numbers of this one."""
        if report.agency is None or report.year is None:
            return ()
        carried = self._carried.get((squeeze(report.agency), report.year), {})
        return tuple(Statement(cell, value, origin="previous") for cell, value in carried.items())
