"""The statutory form as the generator writes it: labels and names, kept apart from the forms that the tool reads."""

from typing import NamedTuple

REQUESTS = "requests"
DISCLOSED = "disclosed"
REVIEW = "review"
OUTCOMES = "三、本年度办理结果"
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANTS = "申请人情况"
ORGANISATIONS = "法人或其他组织"
INFORMATION = "信息内容"

SECTIONS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


class Line(NamedTuple):
    """A row of 表三: its name, its label and the groups it stands under, outermost first."""

    id: str
    label: str
    groups: tuple[str, ...] = ()


class Block(NamedTuple):
    """One of the small tables of 表二: its article, its columns and its rows, each as (name, label)."""

    article: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]


APPLICANT_COLUMNS = (
    ("natural", "自然人"),
    ("commercial", "商业企业"),
    ("research", "科研机构"),
    ("welfare", "社会公益组织"),
    ("legal", "法律服务机构"),
    ("other_org", "其他"),
    ("total", "总计"),
)
REVIEW_BLOCKS = (
    ("reconsideration", "行政复议"),
    ("direct", "未经复议直接起诉"),
    ("after_reconsideration", "复议后起诉"),
)
LITIGATION = "行政诉讼"
REVIEW_COLUMNS = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)


def _group(label: str, *lines: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line(key, text, (OUTCOMES, label)) for key, text in lines)


_OPENING = (
    Line("new", "一、本年新收政府信息公开申请数量"),
    Line("carried_in", "二、上年结转政府信息公开申请数量"),
    Line("granted", "（一）予以公开", (OUTCOMES,)),
    Line("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (OUTCOMES,)),
    *_group(
        "（三）不予公开",
        ("refused_secret", "1.属于国家秘密"),
        ("refused_law", "2.其他法律行政法规禁止公开"),
        ("refused_security", "3.危及“三安全一稳定”"),
        ("refused_third_party", "4.保护第三方合法权益"),
        ("refused_internal", "5.属于三类内部事务信息"),
        ("refused_process", "6.属于四类过程性信息"),
        ("refused_enforcement", "7.属于行政执法案卷"),
        ("refused_query", "8.属于行政查询事项"),
    ),
    *_group(
        "（四）无法提供",
        ("unavailable_not_held", "1.本机关不掌握相关政府信息"),
        ("unavailable_no_existing", "2.没有现成信息需要另行制作"),
        ("unavailable_unclear", "3.补正后申请内容仍不明确"),
    ),
    *_group(
        "（五）不予处理",
        ("unprocessed_petition", "1.信访举报投诉类申请"),
        ("unprocessed_repeat", "2.重复申请"),
        ("unprocessed_publication", "3.要求提供公开出版物"),
        ("unprocessed_excessive", "4.无正当理由大量反复申请"),
        ("unprocessed_confirm", "5.要求行政机关确认或重新出具已获取信息"),
    ),
)
_OTHERS_2021 = _group(
    "（六）其他处理",
    ("other_no_correction", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_no_fee", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_rest", "3.其他"),
)
_CLOSING = (Line("outcome_total", "（七）总计", (OUTCOMES,)), Line("carried_out", "四、结转下年度继续办理"))
_LINES = {
    "2021": (*_OPENING, *_OTHERS_2021, *_CLOSING),
    "2019": (*_OPENING, Line("other_rest", "（六）其他处理", (OUTCOMES,)), *_CLOSING),
}

_DECISIONS = (("decisions", "本年处理决定数量"),)
_PROJECTS = (("last_year", "上一年项目数量"), ("change", "本年增/减"), ("decisions", "处理决定数量"))
_PROCUREMENT = (("items", "采购项目数量"), ("amount", "采购总金额"))
_BLOCKS = {
    "2021": (
        Block(
            "第二十条第（一）项",
            (("issued", "本年制发件数"), ("repealed", "本年废止件数"), ("in_force", "现行有效件数")),
            (("regulations", "规章"), ("normative_documents", "行政规范性文件")),
        ),
        Block("第二十条第（五）项", _DECISIONS, (("permits", "行政许可"),)),
        Block("第二十条第（六）项", _DECISIONS, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
        Block("第二十条第（八）项", (("amount", "本年收费金额（单位：万元）"),), (("fees", "行政事业性收费"),)),
    ),
    "2019": (
        Block(
            "第二十条第（一）项",
            (("made", "本年新制作数量"), ("published", "本年新公开数量"), ("published_total", "对外公开总数量")),
            (("regulations", "规章"), ("normative_documents", "规范性文件")),
        ),
        Block("第二十条第（五）项", _PROJECTS, (("permits", "行政许可"), ("other_services", "其他对外管理服务事项"))),
        Block("第二十条第（六）项", _PROJECTS, (("penalties", "行政处罚"), ("coercion", "行政强制"))),
        Block("第二十条第（八）项", _PROJECTS[:2], (("fees", "行政事业性收费"),)),
        Block("第二十条第（九）项", _PROCUREMENT, (("procurement", "政府集中采购"),)),
    ),
}


class Shape(NamedTuple):
    """The rows and columns that the tables of a report have: the form's, unless something was done to them."""

    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]
    applicants: tuple[tuple[str, str], ...]
    review_blocks: tuple[tuple[str, str], ...]
    """The first stands by itself, the others under 行政诉讼."""
    review_columns: tuple[tuple[str, str], ...]

    @property
    def disclosed_width(self) -> int:
        """How many columns 表二 has, with that of the labels."""
        return 1 + max(len(block.columns) for block in self.blocks)

    @property
    def applicant_labels(self) -> tuple[list[str], list[str], list[str]]:
        """The labels of the columns of 表三 before, under and after 法人或其他组织."""
        labels = [text for _, text in self.applicants]
        inside = [at for at, (key, _) in enumerate(self.applicants) if key in _ORGANISATION_COLUMNS]
        return labels[: inside[0]], labels[inside[0] : inside[-1] + 1], labels[inside[-1] + 1 :]


_ORGANISATION_COLUMNS = tuple(key for key, _ in APPLICANT_COLUMNS[1:-1])
SHAPES = {form: Shape(_BLOCKS[form], _LINES[form], APPLICANT_COLUMNS, REVIEW_BLOCKS, REVIEW_COLUMNS) for form in _LINES}


def lines(form: str) -> tuple[Line, ...]:
    """Returns the rows of 表三."""
    return _LINES[form]


def blocks(form: str) -> tuple[Block, ...]:
    """Returns the small tables of 表二."""
    return _BLOCKS[form]


def opened_groups(open_groups: tuple[str, ...], line: Line) -> tuple[str, ...]:
    """Returns the groups that begin with a row, given those that the row before it stands under."""
    return tuple(group for group in line.groups if group not in open_groups)


def outcome_items(form: str) -> tuple[str, ...]:
    """Returns the names of the rows of 表三 whose sum is （七）总计."""
    return tuple(line.id for line in lines(form) if line.groups and line.id != "outcome_total")


def address(table: str, row: str, column: str) -> str:
    """Returns the name of a number: `requests[new,total]`."""
    return f"{table}[{row},{column}]"


def row_key(table: str, row: str) -> str:
    """Returns the name of a row: `requests[new]`."""
    return f"{table}[{row}]"


def row_of(cell: str) -> str:
    """Returns the name of the row that a number stands in."""
    return cell.partition(",")[0] + "]"


def addresses(form: str, table: str) -> tuple[str, ...]:
    """Returns the names of all numbers of a table in the form's order."""
    if table == REQUESTS:
        return tuple(address(table, line.id, column) for line in lines(form) for column, _ in APPLICANT_COLUMNS)
    if table == REVIEW:
        return tuple(address(table, block, column) for block, _ in REVIEW_BLOCKS for column, _ in REVIEW_COLUMNS)
    return tuple(
        address(table, row, column) for block in blocks(form) for row, _ in block.rows for column, _ in block.columns
    )
