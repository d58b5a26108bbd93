"""The words and measures of packs: the files in their folder `claims`."""

from collections.abc import Iterator, Sequence

from disclosure_lint.model.claim import SUMS
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.form import Form
from disclosure_lint.packs.schema import IDENTIFIER, Schema, string, strings, table_of
from disclosure_lint.packs.toml_files import Keys, TomlFile

_WORDS = strings("词：去掉空白、统一全半角以后的原样文字；<甲|乙> 是两种写法", least=1)
_COUNTERS: Schema = {"description": "量词", "type": "array", "items": {"type": "string"}, "uniqueItems": True}
_THEN = strings("紧跟在词后面、不另有意思的文字", least=1)
_FLAG: Schema = {"type": "boolean"}
_STATUS: Schema = {"enum": ["other_scope", "other_period", "split", "unrelated"]}
_IDS = strings("名称", IDENTIFIER, least=1)
_MEASURE_ID = string("名称，如 requests.received", "^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*$")


def _each(description: str, properties: Schema, required: list[str]) -> Schema:
    return {"description": description, "type": "array", "items": table_of(description, properties, required)}


_TABLES: Schema = {
    "counters": _COUNTERS,
    "fillers": _WORDS,
    "now": _WORDS,
    "until": _WORDS,
    "disclosure": _WORDS,
    "doubts": _WORDS,
    "papers": _WORDS,
    "loose": _COUNTERS,
    "negation": table_of("没有", {"words": _WORDS}, ["words"]),
    "sums": table_of("几个数互相怎样算", dict.fromkeys(SUMS, _WORDS), []),
    "topic": _each(
        "说的是什么",
        {
            "id": IDENTIFIER,
            "words": _WORDS,
            "counters": _COUNTERS,
            "status": _STATUS,
            "default": IDENTIFIER,
            "wider": _FLAG,
            "within": strings("多过这几格之和的，一定还算了别的", least=1),
        },
        ["id", "words"],
    ),
    "event": _each(
        "怎么样了",
        {
            "id": IDENTIFIER,
            "words": _WORDS,
            "then": _THEN,
            "weak": _FLAG,
            "generic": _FLAG,
            "implies": IDENTIFIER,
        },
        ["id", "words"],
    ),
    "applicant": _each("谁申请的", {"columns": _IDS, "words": _WORDS}, ["columns", "words"]),
    "mark": _each(
        "为什么不比",
        {
            "status": _STATUS,
            "words": _WORDS,
            "then": _THEN,
            "lasts": _FLAG,
            "yields": {"description": "前面说了是本年的，就不算", **_FLAG},
            "last": {"description": "说的是上一年", **_FLAG},
            "change": {"description": "后面的数是增加（up）或减少（down）了多少", "enum": ["up", "down"]},
        },
        ["status", "words"],
    ),
    "scope": _each("说的是谁", {"whose": {"enum": ["whole", "own", "other"]}, "words": _WORDS}, ["whose", "words"]),
    "measure": _each(
        "一个数可以等于哪些格",
        {
            "id": _MEASURE_ID,
            "topics": _IDS,
            "events": {**_IDS, "minItems": 0},
            "equals": {
                "description": "几组格，任何一组加起来相等就一致",
                "type": "array",
                "minItems": 1,
                "items": strings("相加的格，如 requests[new,total]", least=1),
            },
            "besides": {
                "description": "也可能说的是这几组：相等时不算一致也不算矛盾",
                "type": "array",
                "minItems": 1,
                "items": strings("相加的格，前面有 - 的减去", least=1),
            },
            "per": {"description": "格里的 1 是多少：以万元计的列写 10000", "type": "integer", "minimum": 1},
            "weak": _FLAG,
        },
        ["id", "topics", "events", "equals"],
    ),
}


def claim_schema() -> Schema:
    """Returns the JSON Schema of a file in the folder `claims`."""
    return table_of("怎样读文字里的数", _TABLES)


def claim_mistakes(files: Sequence[TomlFile], forms: Sequence[Form]) -> Iterator[UserError]:
    """Yields what a schema cannot see: cells that no form has; `forms` are the pack's own and those it stands on."""
    known = {str(address) for form in forms for one in form.tables for address in one.addresses()}
    for file in files:
        yield from _unknown_cells(file, known)


def _unknown_cells(file: TomlFile, known: set[str]) -> Iterator[UserError]:
    for keys, cell in _cells(file):
        if cell.removeprefix("-" if "besides" in keys else "") not in known:
            yield file.mistake(
                keys,
                f"没有叫 “{cell}” 的格；应写成 requests[new,total] 这样",
                f"there is no cell “{cell}”, like requests[new,total]",
            )


def _cells(file: TomlFile) -> Iterator[tuple[Keys, str]]:
    for index, measure in enumerate(file.data.get("measure", ())):
        for key in ("equals", "besides"):
            for number, cells in enumerate(measure.get(key, ())):
                yield from ((("measure", index, key, number, place), cell) for place, cell in enumerate(cells))
    for index, topic in enumerate(file.data.get("topic", ())):
        yield from ((("topic", index, "within", place), cell) for place, cell in enumerate(topic.get("within", ())))
