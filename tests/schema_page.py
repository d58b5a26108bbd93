"""The pages of what is in each column of the tables that `facts` and `batch` write."""

from collections.abc import Iterator
from pathlib import Path

from disclosure_lint.outputs.columns import (
    CLAIMS,
    DECIMALS,
    FACTS,
    FILES,
    FINDINGS,
    REPORT,
    SCHEMA,
    WHOLE_DIGITS,
    DataTable,
    wide,
)

_DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGES = {"en": _DOCS / "facts-schema.md", "zh": _DOCS / "facts-schema.zh-CN.md"}
_HEADS = {
    "en": f"""# Columns of the tables

Version {SCHEMA}, which the column `schema` names. `facts --format csv`, `jsonl`, `parquet` and `xlsx` have the same
columns in the same order, and so have the parts that [`batch`](batch.md) writes. Columns may be added at the end of a
version; none is renamed, dropped or given another meaning without the next one. This page is written by
`DISCLOSURE_LINT_UPDATE=1 python3 run.py tests -k facts_tables`, never by hand.

| type | CSV | JSON lines | Parquet |
| --- | --- | --- | --- |
| text | text | string | `string` |
| integer | digits | number | `int32` |
| number | digits, no exponent | number, as exact as it stands | `decimal128({WHOLE_DIGITS + DECIMALS}, {DECIMALS})` |
| flag | `true`, `false` | `true`, `false` | `bool` |
| list | joined by `; ` | array | `list<string>` |

What is not there is null, in CSV an empty field. With `--labels zh`, the second name stands above a column, cells have
their Chinese names, states and statuses Chinese words.
""",
    "zh": f"""# 数据表的列

版本 {SCHEMA}，写在 `schema` 一列。`facts --format csv`、`jsonl`、`parquet`、`xlsx` 的列相同、次序相同，
[`batch`](batch.zh-CN.md) 写的也一样。同一版本只会在末尾加列；
改名、删列、改变含义一定换版本。本页由下面的命令写成，不用手改：
`DISCLOSURE_LINT_UPDATE=1 python3 run.py tests -k facts_tables`

| 类型 | CSV | JSON lines | Parquet |
| --- | --- | --- | --- |
| text 文字 | 文字 | 字符串 | `string` |
| integer 整数 | 数字 | 数 | `int32` |
| number 数 | 数字，不用指数 | 数，一位不差 | `decimal128({WHOLE_DIGITS + DECIMALS}, {DECIMALS})` |
| flag 是否 | `true`、`false` | `true`、`false` | `bool` |
| list 列表 | 用 `; ` 连起来 | 数组 | `list<string>` |

没有的值是 null 或空格子。`--labels zh` 时列名是第二列里的中文名，数据项、状态、结果也写中文。
""",
}
_TITLES = {
    "facts": {"en": "`facts`: a row for each number of the tables", "zh": "`facts`：表格里的每个数一行"},
    "claims": {
        "en": "`facts --claims`: a row for each number of the text",
        "zh": "`facts --claims`：文字里的每个数一行",
    },
    "diagnostics": {"en": "`batch`: a row for each finding", "zh": "`batch`：每个问题一行"},
    "files": {"en": "`batch`: a row for each file", "zh": "`batch`：每个文件一行"},
    "reports": {"en": "`facts --wide`: a row for each report", "zh": "`facts --wide`：每份年报一行"},
}
_REST = {
    "en": "Then a column of type number for each cell of each form, by its name; what is not a certain number is null "
    "there, and named in one of the four lists.\n",
    "zh": "后面是每种表式的每个格各一列，类型是 number，列名是数据项的名称；"
    "不是确定的数就空着，并列在上面四个列表之一里。\n",
}


def page(lang: str) -> str:
    """Returns the page in `en` or `zh`."""
    parts = [_HEADS[lang]]
    for table in (FACTS, CLAIMS, FINDINGS, FILES, DataTable("reports", wide(()).columns[: len(REPORT)])):
        parts.append(f"## {_TITLES[table.name][lang]}\n\n" + "".join(f"{line}\n" for line in _rows(table, lang)))
    return "\n".join([*parts, _REST[lang]])


def _rows(table: DataTable, lang: str) -> Iterator[str]:
    yield {"en": "| column | 中文 | type | what |", "zh": "| 列 | 中文名 | 类型 | 内容 |"}[lang]
    yield "| --- | --- | --- | --- |"
    for column in table.columns:
        yield f"| `{column.name}` | {column.zh} | {column.type} | {column.about.text(lang)} |"
