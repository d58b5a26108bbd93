"""The overview as text, CSV and JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.result import Scope
from disclosure_lint.outputs.console import total_width
from disclosure_lint.outputs.json_output import encoder
from disclosure_lint.outputs.overview import STATES, Cell, Checked, Overview
from disclosure_lint.outputs.row_texts import BOM, csv_rows
from disclosure_lint.outputs.wording import counted

VERSION = 1
"""Of what the keys of the JSON mean."""
_MOST_SHOWN = 15


def render_text(made: Overview, lang: str) -> Iterator[str]:
    """Yields the table and what is below it, in pieces."""
    head = [_HEADS["en" if lang == "en" else "zh"][0], *map(str, made.years)]
    rows = [head, *([name, *(cell.text(lang) for cell in row.values())] for name, row in made.agencies.items())]
    shown = [[escape_controls(text) for text in row] for row in rows]
    widths = [max(map(total_width, column)) for column in zip(*shown, strict=True)]
    for row in shown:
        padded = (text + " " * (wide - total_width(text)) for text, wide in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip() + "\n"
    yield "\n"
    yield summary(made).text(lang) + "\n"
    for title, lines in lists(made):
        if lines:
            yield f"\n{title.text(lang)}\n"
            yield from (f"  {escape_controls(line.text(lang))}\n" for line in lines[:_MOST_SHOWN])
            if len(lines) > _MOST_SHOWN:
                left = len(lines) - _MOST_SHOWN
                rest = LocalizedText(f"  还有 {left} 个，--format csv 列全", f"  {left} more, see --format csv")
                yield rest.text(lang) + "\n"


def summary(made: Overview) -> LocalizedText:
    """Returns how many agencies there are, and how many cells are in each state."""
    cells = [cell for row in made.agencies.values() for cell in row.values()]
    counts = Counter(cell.state for cell in cells)
    parts = [LocalizedText(f"{zh} {counts[state]}", f"{counts[state]} {en}") for state, (zh, en) in STATES.items()]
    zh = f"{len(made.agencies)} 个机关：{'，'.join(part.zh for part in parts)}"
    en = f"{len(made.agencies)} agencies: {', '.join(part.en for part in parts)}"
    if any(cell.undetermined for cell in cells):
        return LocalizedText(f"{zh}；带 ? 的有规则没有查成", f"{en}; where there is a ?, rules could not be checked")
    return LocalizedText(zh, en)


def lists(made: Overview) -> Iterator[tuple[LocalizedText, list[LocalizedText]]]:
    """Yields what is told below the table, each list with its title."""
    absent = [LocalizedText(name, name) for name in made.expected]
    yield LocalizedText("没有年报的机关：", "agencies without any report:"), absent
    years: dict[str, list[str]] = {}
    for agency, year, _ in made.cells("missing"):
        years.setdefault(agency, []).append(str(year))
    missing = [_headed(agency, found) for agency, found in years.items() if agency not in made.expected]
    yield LocalizedText("缺的年份：", "missing years:"), missing
    doubled = [
        _headed(f"{agency} {year}", [file.path for file in cell.files]) for agency, year, cell in made.cells("doubled")
    ]
    yield LocalizedText("一年不止一份：", "more than one report for a year:"), doubled
    late = {agency: [str(year) for year, cell in row.items() if cell.is_late] for agency, row in made.agencies.items()}
    told = [_headed(agency, found) for agency, found in late.items() if found]
    yield LocalizedText("迟于规定日期的：", "dated after the legal day:"), told
    yield LocalizedText("政府年报的口径：", "what governments report:"), [scope_told(one) for one in made.scopes]
    nameless = [
        LocalizedText(f"{one.path}：{why_unnamed(one).zh}", f"{one.path}: {why_unnamed(one).en}")
        for one in made.unnamed
    ]
    yield LocalizedText("没有算进去的文件：", "files that are not counted in:"), nameless
    often = [
        LocalizedText(
            f"{code} {name}：{files} 份，{count} 处",
            f"{code} {name}: {counted(files, 'report')}, {counted(count, 'finding')}",
        )
        for code, name, files, count in made.rules
    ]
    yield LocalizedText("最常见的问题：", "found most often:"), often


def _headed(head: str, found: Sequence[str]) -> LocalizedText:
    return LocalizedText(f"{head}：{'、'.join(found)}", f"{head}: {', '.join(found)}")


def scope_told(one: Scope) -> LocalizedText:
    """Returns in a line whose numbers a government reports."""
    zh, en = _FITS[one.fits]
    zh = f"{one.agency} {one.year}：{zh}（{one.units} 个单位，{one.cells} 格中 {one.equal} 格等于合计）"
    en = f"{one.agency} {one.year}: {en} ({counted(one.units, 'unit')}, {one.equal} of {one.cells} cells are the sum)"
    if one.left_out:
        zh, en = f"{zh}；没有算进{'或'.join(one.left_out)}", f"{en}; without {' or '.join(one.left_out)}"
    if one.lacking:
        zh, en = f"{zh}；缺{'、'.join(one.lacking)}", f"{en}; lacking {', '.join(one.lacking)}"
    if one.differences and not one.left_out and one.fits != "alone":
        first = one.differences[:_MOST_CELLS]
        zh += "；" + "，".join(f"{each.name.zh}是 {each.own}，合计 {each.sum}" for each in first)
        en += "; " + ", ".join(f"{each.name.en} is {each.own}, the sum {each.sum}" for each in first)
    return LocalizedText(zh, en)


_MOST_CELLS = 3
_FITS = {
    "units": LocalizedText("是各单位的合计", "the sum of its units"),
    "more": LocalizedText(
        "多于各单位的合计，可能还有本机关的或者缺了单位", "more than its units: its own too, or units lack"
    ),
    "alone": LocalizedText("只是本机关的", "its own numbers alone"),
    "unclear": LocalizedText("说不准", "uncertain"),
    "unknown": LocalizedText("都是 0，看不出来", "all numbers are 0"),
}


def why_unnamed(one: Checked) -> LocalizedText:
    """Returns why a file belongs to no agency and year."""
    if one.status == "unreadable":
        return LocalizedText("读不出来", "cannot be read")
    if one.status == "configuration":
        return LocalizedText("配置文件", "a configuration file")
    if one.status != "linted":
        return LocalizedText("不是年度报告", "not an annual report")
    return LocalizedText("看不出是哪个机关、哪一年的", "does not say whose report it is, or of which year")


_HEADS = {
    "zh": ("机关", "年度", "状态", "错误", "警告", "提示", "无法判定", "最常见的规则", "文件"),
    "en": ("agency", "year", "state", "errors", "warnings", "infos", "undetermined", "rules", "files"),
}


def render_csv(made: Overview, lang: str) -> Iterator[str]:
    """Yields a row for each agency and year, and for each file that belongs to none, for spreadsheets."""
    yield BOM + csv_rows([_HEADS["en" if lang == "en" else "zh"]])
    for agency, row in made.agencies.items():
        yield csv_rows([_row(agency, year, cell, STATES[cell.state].text(lang)) for year, cell in row.items()])
    rest = [_row(one.agency, one.year, Cell("missing", (one,)), why_unnamed(one).text(lang)) for one in made.unnamed]
    yield csv_rows(rest)


def _row(agency: str | None, year: int | None, cell: Cell, state: str) -> tuple[object, ...]:
    counts = [cell.count(severity) for severity in ("error", "warning", "info")]
    paths = "; ".join(file.path for file in cell.files)
    return (agency, year, state, *counts, cell.undetermined, commonest(cell.files), paths)


def commonest(files: Iterable[Checked]) -> str:
    """Returns the codes of the three rules that found most in some files."""
    codes: Counter[str] = Counter()
    for file in files:
        codes.update({code: count for (code, _), count in file.codes.items()})
    return " ".join(code for code, _ in sorted(codes.items(), key=lambda one: (-one[1], one[0]))[:3])


def render_json(made: Overview, ascii_only: bool) -> Iterator[str]:
    """Yields one JSON document."""
    rows = [
        {"agency": agency, "years": [{"year": year, **_described(cell)} for year, cell in row.items()]}
        for agency, row in made.agencies.items()
    ]
    rules = [dict(zip(("code", "name", "files", "findings"), rule, strict=True)) for rule in made.rules]
    document: dict[str, Any] = {"version": VERSION, "years": list(made.years), "agencies": rows}
    document |= {"without_reports": list(made.expected), "rules": rules}
    document |= {"scopes": [_scope_data(one) for one in made.scopes]}
    document |= {"not_counted": [{"path": one.path, "status": one.status} for one in made.unnamed]}
    yield encoder(ascii_only)(document) + "\n"


def _described(cell: Cell) -> dict[str, Any]:
    counts = {severity: cell.count(severity) for severity in ("error", "warning", "info")}
    paths = [one.path for one in cell.files]
    return {
        "state": cell.state, **counts, "undetermined": cell.undetermined, "late": cell.is_late, "files": paths
    }  # fmt: skip


def _number(value: Number) -> int | float:
    return value if isinstance(value, int) else float(value)


def _scope_data(one: Scope) -> dict[str, Any]:
    differences = [
        {"cell": str(each.cell), "value": _number(each.own), "sum": _number(each.sum)} for each in one.differences
    ]
    return {**one._asdict(), "differences": differences}
