"""The overview as sheets of a workbook: agencies by years, the files, the rules, and what is to be asked for."""

from collections.abc import Iterator

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.outputs.overview import STATES, Cell, Checked, Overview, State
from disclosure_lint.outputs.overview_texts import commonest, scope_told, why_unnamed
from disclosure_lint.outputs.workbook import Shaded, Sheet, SheetRow

_COLOURS: dict[State, str] = {
    "clean": "good",
    "warnings": "fair",
    "errors": "bad",
    "missing": "absent",
    "doubled": "twice",
}
_AGENCY, _YEAR = LocalizedText("机关", "agency"), LocalizedText("年度", "year")
_FILES = (
    LocalizedText("文件", "file"),
    _AGENCY,
    _YEAR,
    LocalizedText("状态", "state"),
    LocalizedText("错误", "errors"),
    LocalizedText("警告", "warnings"),
    LocalizedText("提示", "infos"),
    LocalizedText("无法判定", "undetermined"),
    LocalizedText("最常见的规则", "rules"),
)
_RULES = (
    LocalizedText("规则", "rule"),
    LocalizedText("规则名", "name"),
    LocalizedText("几份", "files"),
    LocalizedText("几处", "findings"),
)
_NOTES = (LocalizedText("情况", "what"), _AGENCY, _YEAR, LocalizedText("说明", "details"))


def sheets(made: Overview, lang: str) -> Iterator[Sheet]:
    """Yields the sheets, each with its rows as they are asked for."""

    def sheet(zh: str, en: str, heads: tuple[LocalizedText, ...], rows: Iterator[SheetRow]) -> Sheet:
        return Sheet(LocalizedText(zh, en).text(lang), [head.text(lang) for head in heads], rows)

    years = [LocalizedText(str(year), str(year)) for year in made.years]
    yield sheet("总览", "overview", (_AGENCY, *years), _matrix(made, lang))
    yield sheet("文件", "files", _FILES, _files(made, lang))
    yield sheet("规则", "rules", _RULES, iter(made.rules))
    yield sheet("缺、重、迟", "missing, doubled, late", _NOTES, _notes(made, lang))


def _matrix(made: Overview, lang: str) -> Iterator[SheetRow]:
    for agency, row in made.agencies.items():
        yield [agency, *(Shaded(cell.text(lang), _COLOURS[cell.state]) for cell in row.values())]


def _files(made: Overview, lang: str) -> Iterator[SheetRow]:
    for agency, row in made.agencies.items():
        for year, cell in row.items():
            shade = Shaded(STATES[cell.state].text(lang), _COLOURS[cell.state])
            yield from (_file(one, agency, year, shade) for one in cell.files)
    for one in made.unnamed:
        yield _file(one, one.agency, one.year, Shaded(why_unnamed(one).text(lang), "absent"))


def _file(one: Checked, agency: str | None, year: int | None, state: Shaded) -> SheetRow:
    counts = [one.counts.get(severity, 0) for severity in ("error", "warning", "info")]
    return [one.path, agency, year, state, *counts, one.undetermined, commonest([one])]


def _notes(made: Overview, lang: str) -> Iterator[SheetRow]:
    """Yields what the text output tells below its table, a row for each agency and year."""

    def told(zh: str, en: str, colour: str) -> Shaded:
        return Shaded(LocalizedText(zh, en).text(lang), colour)

    def paths(cell: Cell) -> tuple[str, ...]:
        return tuple(file.path for file in cell.files)

    nothing, rest = told("没有年报", "no report at all", "absent"), told("没有算进去", "not counted", "absent")
    missing, doubled = told("缺", "missing", "absent"), told("重复", "doubled", "twice")
    late, scope = told("迟", "late", "fair"), told("口径", "scope", "good")
    for agency in made.expected:
        yield [nothing, agency, None, None]
    for agency, year, _ in made.cells("missing"):
        if agency not in made.expected:
            yield [missing, agency, year, None]
    for agency, year, cell in made.cells("doubled"):
        yield [doubled, agency, year, paths(cell)]
    for agency, row in made.agencies.items():
        for year in (year for year, cell in row.items() if cell.is_late):
            yield [late, agency, year, paths(row[year])]
    for one in made.scopes:
        yield [scope, one.agency, one.year, scope_told(one).text(lang)]
    for file in made.unnamed:
        zh, en = why_unnamed(file)
        yield [rest, file.agency, file.year, LocalizedText(f"{file.path}：{zh}", f"{file.path}: {en}").text(lang)]
