"""Many reports at a glance: agencies by years, what is missing, what stands there twice, and what is often wrong."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from disclosure_lint.model.agency import AgencyPairing
from disclosure_lint.model.characters import squeeze
from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.result import Brief, Scope

_LATE = "deadline"
"""Name of the rule about reports that came too late."""


class Checked(NamedTuple):
    """What a check made of one file."""

    path: str
    agency: str | None
    year: int | None
    status: str
    """As in the JSON of `check`: `linted`, `unreadable` or `not_a_report`."""
    counts: Mapping[str, int]
    """Findings by severity: `error`, `warning`, `info`."""
    undetermined: int
    """Rules that could not be checked."""
    codes: Mapping[tuple[str, str], int]
    """Findings by code and name of the rule."""
    severities: Mapping[str, str] = {}
    """The worst severity of each code's findings."""


def checked(result: Brief) -> Checked:
    """Returns what a result says in short."""
    worst: dict[str, str] = {}
    for code, _, severity in result.diagnostics:
        worst[code] = max(worst.get(code, severity), severity, key=lambda name: Severity[name])
    return Checked(
        result.path,
        result.agency,
        result.year,
        result.status,
        Counter(severity for _, _, severity in result.diagnostics),
        sum(one.verdict == "undetermined" for one in result.ledger),
        Counter((code, name) for code, name, _ in result.diagnostics),
        worst,
    )


State = Literal["clean", "warnings", "errors", "missing", "doubled"]
STATES: Mapping[State, LocalizedText] = {
    "clean": LocalizedText("无误", "clean"),
    "warnings": LocalizedText("警告", "warnings"),
    "errors": LocalizedText("错误", "errors"),
    "missing": LocalizedText("缺", "missing"),
    "doubled": LocalizedText("重复", "doubled"),
}


class Cell(NamedTuple):
    """An agency in a year."""

    state: State
    files: tuple[Checked, ...]

    def count(self, severity: str) -> int:
        """Returns how many findings of a severity there are."""
        return sum(file.counts.get(severity, 0) for file in self.files)

    @property
    def undetermined(self) -> int:
        """How many rules could not be checked."""
        return sum(file.undetermined for file in self.files)

    @property
    def is_late(self) -> bool:
        """Whether a report is dated after the day on which it had to be public."""
        return any(name == _LATE for file in self.files for _, name in file.codes)

    def text(self, lang: str) -> str:
        """Returns the cell as a word, with a number where there is one, and a `?` if it was not wholly checked."""
        number = {"errors": self.count("error"), "warnings": self.count("warning"), "doubled": len(self.files)}
        many = f" {number[self.state]}" if self.state in number else ""
        return f"{STATES[self.state].text(lang)}{many}{' ?' if self.undetermined else ''}"


class Overview(NamedTuple):
    """All files of a run, sorted."""

    years: tuple[int, ...]
    agencies: Mapping[str, Mapping[int, Cell]]
    """By name; each has a cell for every year."""
    expected: tuple[str, ...]
    """Names of agencies that should be there and have no report at all."""
    unnamed: tuple[Checked, ...]
    """Files that cannot be read, are no reports, or do not say whose they are or of which year."""
    rules: tuple[tuple[str, str, int, int], ...]
    """What was found most often: code, name, files, findings."""
    scopes: tuple[Scope, ...] = ()
    """Of the governments of which there are reports of units too."""

    def cells(self, state: State) -> Iterator[tuple[str, int, Cell]]:
        """Yields agency, year and cell of all cells in a state."""
        for agency, row in self.agencies.items():
            yield from ((agency, year, cell) for year, cell in row.items() if cell.state == state)


def overview(
    files: Iterable[Checked],
    agencies: AgencyPairing,
    expected: Sequence[str] = (),
    years: Sequence[int] = (),
    scopes: Sequence[Scope] = (),
) -> Overview:
    """Returns the overview of files by what tells whose they are, which learns their names.

    `expected` are names of agencies, `years` those that count, by default all; `scopes` what governments report.
    """
    files = list(files)
    for name in expected:
        agencies.add(name)
    for file in files:
        if file.agency is not None and file.year is not None and file.status == "linted":
            agencies.add(file.agency, file.year)
    placed: dict[str, dict[int, list[Checked]]] = {}
    unnamed: list[Checked] = []
    findings: Counter[tuple[str, str]] = Counter()
    spread: Counter[tuple[str, str]] = Counter()
    for file in files:
        if file.agency is None or file.year is None or file.status != "linted":
            unnamed.append(file)
        elif years and file.year not in years:
            continue
        else:
            placed.setdefault(agencies.key(file.agency), {}).setdefault(file.year, []).append(file)
        findings.update(file.codes)
        spread.update(file.codes.keys())
    found = {year for row in placed.values() for year in row}
    known = tuple(years) or tuple(range(min(found), max(found) + 1) if found else ())
    absent = [name for name in expected if agencies.key(name) not in placed and not agencies.may_be(name)]
    rows = dict(sorted({**{name: {} for name in absent}, **{_name(row): row for row in placed.values()}}.items()))
    often = sorted(findings, key=lambda rule: (-spread[rule], -findings[rule], rule))
    return Overview(
        known,
        {name: {year: _cell(row.get(year, ())) for year in known} for name, row in rows.items()},
        tuple(absent),
        tuple(unnamed),
        tuple((*rule, spread[rule], findings[rule]) for rule in often),
        tuple(one for one in scopes if not years or one.year in years),
    )


def _name(row: Mapping[int, Sequence[Checked]]) -> str:
    """Returns how an agency is called: by its longest name in the last year."""
    return max((squeeze(file.agency or "") for file in row[max(row)]), key=lambda name: (len(name), name))


def _cell(files: Sequence[Checked]) -> Cell:
    if len(files) != 1:
        return Cell("doubled" if files else "missing", tuple(files))
    counts = files[0].counts
    state: State = "errors" if counts.get("error") else "warnings" if counts.get("warning") else "clean"
    return Cell(state, tuple(files))
