"""The tables that programs and spreadsheets are given: their columns, with what stands in each.

CSV, JSON lines, Parquet and `docs/facts-schema.md` are all made of what stands here. Columns may be added at the end
within a version; none is renamed, dropped or given another meaning without a new `SCHEMA`.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Address, Form
from disclosure_lint.model.numbers import Number
from disclosure_lint.model.places import cell_words

SCHEMA = 1
"""Version of what the columns mean."""
WHOLE_DIGITS, DECIMALS = 18, 6
"""Digits before and after the point that a number may have: 万元 to the hundredth of a 分."""
Value = str | int | Decimal | bool | tuple[str, ...] | None
Row = Sequence[Value]
"""The values of the columns of a table, in their order."""


class Column(NamedTuple):
    """A column of a table."""

    name: str
    zh: str
    """The head that Chinese readers see."""
    type: Literal["text", "integer", "number", "flag", "list"]
    """A `number` has `WHOLE_DIGITS` and `DECIMALS`, exactly; a `list` is one of texts."""
    about: LocalizedText

    def head(self, labels: str) -> str:
        """Returns what stands above the column; labels are `names` or `zh`."""
        return self.zh if labels == "zh" else self.name


class DataTable(NamedTuple):
    """A table by its name; each report has some rows of it."""

    name: str
    columns: tuple[Column, ...]


def fits(value: Number) -> bool:
    """Says whether a column of numbers holds a number exactly."""
    number = Decimal(value).as_tuple()
    exponent = number.exponent
    if not isinstance(exponent, int):  # no number at all
        return False
    digits = "".join(map(str, number.digits)).rstrip("0") if exponent < 0 else ""
    decimals = -exponent - (len(number.digits) - len(digits)) if digits else 0
    return decimals <= DECIMALS and len(number.digits) + exponent <= WHOLE_DIGITS


def _column(name: str, zh: str, kind: Literal["text", "integer", "number", "flag", "list"], *about: str) -> Column:
    return Column(name, zh, kind, LocalizedText(*about))


_PATH = _column(
    "path", "文件", "text", "文件的路径，/ 分隔；压缩包里的文件接在压缩包的路径后面", "path of the file, with `/`"
)
_AGENCY = _column(
    "agency", "机关", "text", "标题里的机关；说不出时空着", "who reports, by the title; empty if it does not say"
)
_YEAR = _column("year", "年度", "integer", "报告的年度；说不出时空着", "year of the report; empty if it does not say")
_PLACE = (
    _column("line", "行", "integer", "从 1 数；Word、PDF 是 show 显示的行", "from 1; of Word and PDF as `show` counts"),
    _column("column", "列", "integer", "从 1 数，一个汉字算 1", "from 1, in code points"),
    _column("end_line", "止行", "integer", "这一处到哪一行为止", "line where the place ends"),
    _column("end_column", "止列", "integer", "到哪一列之前为止", "column before which it ends"),
)
_ORIGIN = (
    _column(
        "province", "省", "text", "机关所在的省；看不出时空着", "province of the agency; empty if that cannot be told"
    ),
    _column(
        "division",
        "区划代码",
        "text",
        "机关所在的县级以上区划，GB/T 2260 代码；看不出时空着",
        "code (GB/T 2260) of the county or what is above it; empty if that cannot be told",
    ),
    _column("format", "格式", "text", "`markdown`、`docx`、`pdf` 等", "`markdown`, `docx`, `pdf` and so on"),
    _column("form", "表式", "text", "按哪一年的表式读的", "id of the form that it was read by"),
)
_ORIGINAL = (
    _column("page", "页", "integer", "在原文件的第几页（PDF）", "page of the file (PDF)"),
    _column(
        "page_table", "第几个表格", "integer", "文件里的第几个表格（Word、PDF）", "which table of the file (Word, PDF)"
    ),
    _column("table_row", "表格第几行", "integer", "那个表格的第几行", "row of that table"),
    _column("table_column", "表格第几列", "integer", "那个表格的第几列", "column of that table"),
    _column("paragraph", "第几段", "integer", "文件的第几段（Word、网页）", "paragraph of the file"),
)
_SCHEMA = _column("schema", "数据版本", "integer", f"本表的版本，现为 {SCHEMA}", f"version of this table, now {SCHEMA}")
_DIGITS = LocalizedText(
    f"精确的数：小数点前至多 {WHOLE_DIGITS} 位，后至多 {DECIMALS} 位",
    f"exact, with up to {WHOLE_DIGITS} digits before the point and {DECIMALS} behind",
)

STATES = {
    "given": LocalizedText("有数", "a number stands there"),
    "blank": LocalizedText("空白", "the cell is empty"),
    "unreadable": LocalizedText("不是数", "something else than a number stands there"),
    "uncertain": LocalizedText("说不准", "it cannot be told which number it is"),
    "too_long": LocalizedText("位数太多", "a number with more digits than a column holds; `raw` has it"),
}
"""What may stand in a cell of a form."""
_STATES_TOLD = LocalizedText(
    "；".join(f"`{key}` {one.zh}" for key, one in STATES.items()),
    "; ".join(f"`{key}`: {one.en}" for key, one in STATES.items()),
)

FACTS = DataTable(
    "facts",
    (
        _PATH,
        _AGENCY,
        _YEAR,
        _column(
            "name", "数据项", "text", "数的名称，如 `requests[new,total]`", "name of the number: `requests[new,total]`"
        ),
        _column(
            "value",
            "数值",
            "number",
            f"{_DIGITS.zh}；单位是这一列的：格式写明万元的是万元，没有写明的，金额是元，件数是个",
            f"{_DIGITS.en}; in the unit of its column: 万元 where the form names it, else 元 and single items",
        ),
        _column("raw", "原文", "text", "格里的文字", "the text of the cell"),
        *_PLACE,
        _column("uncertain", "为什么说不准", "text", "一句话；说得准时空着", "why it cannot be told; empty if it can"),
        _column(
            "unit", "页面写的单位", "text", "格里或表头另写了单位时才有", "unit that the page names, where it does"
        ),
        _column("state", "状态", "text", _STATES_TOLD.zh, _STATES_TOLD.en),
        _column("readings", "几种读法", "list", "说不准时，格里可能是什么", "what may stand in an uncertain cell"),
        *_ORIGIN,
        *_ORIGINAL,
        _SCHEMA,
    ),
)

CLAIMS = DataTable(
    "claims",
    (
        _PATH,
        _AGENCY,
        _YEAR,
        _column(
            "text",
            "文字",
            "text",
            "文字里的数，连单位；电话等涉及个人的已遮住",
            "the number with its unit; masked if personal",
        ),
        _column("value", "数值", "number", f"{_DIGITS.zh}；遮住的空着", f"{_DIGITS.en}; empty if it is masked"),
        _column("unit", "单位", "text", "件、万元、% 等", "件, 万元, % and so on"),
        _column("approximate", "约数", "flag", "是不是“余”“约”", "whether it says 约 or 余"),
        _column(
            "measure", "说的是什么", "text", "数的是什么；没有看懂时空着", "what is counted; empty if not understood"
        ),
        _column("status", "结果", "text", "和表格比下来怎么样，见 claims", "what became of it: see claims"),
        _column("cells", "对应的格", "list", "它应当等于哪些格之和", "the cells whose sum it is or should be"),
        _column("expected", "表格里的数", "number", "那些格之和；说不准时空着", "that sum; empty if it cannot be told"),
        *_PLACE,
        *_ORIGIN,
        *_ORIGINAL,
        _SCHEMA,
    ),
)

FINDINGS = DataTable(
    "diagnostics",
    (
        _PATH,
        _AGENCY,
        _YEAR,
        _column("code", "规则", "text", "规则的编号，如 `DL301`", "code of the rule: `DL301`"),
        _column("name", "规则名", "text", "规则的名称", "name of the rule"),
        _column("severity", "级别", "text", "`error`、`warning` 或 `info`", "`error`, `warning` or `info`"),
        _column("message", "说明", "text", "哪里错了、怎么改", "what is wrong and what to do"),
        _column(
            "suppressed", "忽略", "text", "不报告的：`comment` 或 `configuration`", "what is not reported, and by what"
        ),
        _column("cells", "格", "list", "涉及的格", "the cells that it is about"),
        _column("also", "同时违反", "list", "同一处错误违反的别的规则", "other rules that the same mistake breaks"),
        *_PLACE,
        *_ORIGIN,
        *_ORIGINAL,
        _column("json", "全部内容", "text", "`check --format jsonl` 的那一行", "the line of `check --format jsonl`"),
        _SCHEMA,
    ),
)

FILES = DataTable(
    "files",
    (
        _PATH,
        _AGENCY,
        _YEAR,
        _column(
            "status", "状态", "text", "`linted`、`unreadable`、`not_a_report`", "`linted`, `unreadable`, `not_a_report`"
        ),
        _column("errors", "错误", "integer", "报告的错误数", "errors that are reported"),
        _column("warnings", "警告", "integer", "报告的警告数", "warnings that are reported"),
        _column("infos", "提示", "integer", "报告的提示数", "infos that are reported"),
        _column("undetermined", "无法判定", "list", "没有查成的规则", "rules that could not be judged"),
        _column("region", "规则包", "text", "用了哪个地区的规则包", "the regional pack that was used"),
        *_ORIGIN,
        _SCHEMA,
    ),
)

REPORT = (
    _PATH,
    _AGENCY,
    _YEAR,
    *_ORIGIN,
    _SCHEMA,
    _column("blank", "空白的格", "list", "空着的格的名称", "names of the cells that are empty"),
    _column("unreadable", "不是数的格", "list", "写着别的文字的格", "names of the cells that hold something else"),
    _column("uncertain", "说不准的格", "list", "分不清是哪个数的格", "names of the cells that cannot be told"),
    _column("too_long", "位数太多的格", "list", "数太长、这里放不下的格", "names of the cells with too many digits"),
)
"""The columns of a wide table before those of the cells."""


def wide(forms: Iterable[Form]) -> DataTable:
    """Returns the table of one row a report: what it is, then each cell of the forms, those of the newest first."""
    cells: dict[Address, LocalizedText] = {}
    for form in sorted(forms, key=lambda one: -one.first_year):
        for table in form.tables:
            for address in table.addresses():
                cells.setdefault(address, cell_words(form, address))
    seen: set[str] = set()
    columns = []
    for address, words in cells.items():
        # Two forms may call two numbers alike.
        zh = f"{words.zh}（{address}）" if words.zh in seen else words.zh
        seen.add(zh)
        columns.append(Column(str(address), zh, "number", words))
    return DataTable("reports", (*REPORT, *columns))
