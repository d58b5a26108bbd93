"""What hostile and broken texts are made of, each to be repeated without end."""

from tests.case_files import CASES

PIECES = (
    # marks that open something
    "「", "（", "《", "[", "【", "{{", "“", ">", "> ", "- ", "# ", "#", "<!--", "<!-- x -->", "<!--\n", "**", "__a",
    "~~", "~~1", "*1*", "`", "[1](", "[^1]", "<u>", "<del>1</del>", "![](",
    "a__ ", "___", "*", "|", "| 1 ", "|\n", "| --- | --- |\n", "\\|", "```\n", "---\n", "<br>", "&nbsp;", "（一",
    "0（", "0（其中 ", "《信息处理费", "》",
    # spaces, line ends and characters that are hardly there
    " ", "\u3000", "\t", "\t\n", "\n", "\r", "\r\n", "\u200b", "\u2028", "\x0b", "\x1b[31m", "\ufeff", "�", "𠀀",
    "😀", "⾏",
    # numbers
    "1", "1 ", "1\t", "0\n", "1，", "1,234", "1.", "-1 ", "0 0 0 0 0 0 0\n", "- 4 -\n", "4 / 7\n", "第4页\n", "二",
    "无 ", "无\n",
    # ordinals and headings
    "一、", "一、\n", "三、四", "第一部分 ", "（一）a。\n", "1.a。\n", "（1）a\n", "# 一\n", "一、总体情况",
    "一、总体情况\n", "一、总体\n", "四、政府信息公开\n", "三、收到和处理政府信息公开申请情况\n", "总体情况\n",
    "2023年政府信息公开工作年度报告\n", "云川县石桥镇人民政府\n",
    # labels with numbers and without
    "（一）予以公开 ", "（一）予以公开\n", "（一）予以公开 0 0 0 0 0 0 0\n", "3.其他0", "3.其他 0 0 0 0 0 0 0\n",
    "（七）总计\n0 0\n", "行政许可 0", "行政许可 0\n", "规章\n0 0 0\n", "行政复议 ", "行政复议\n0 0 0 0 0\n",
    "结果维持 ", "自然人\n", "申请人逾期未按收费通知要求\n",
    "一、本年新收政府信息公开申请数量\t0\t0\t0\t0\t0\t0\t0\n",
    "| 一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n", "1.属于国家\n秘密 0 0 0 0 0 0 0\n",
    # tables in other syntaxes
    "<td><table>", "<table><tr><td>1</td><td>2</td></tr></table>\n", "+--+--+\n", "+--+--+\n| 1 | 2 |\n", "---- ----\n",
    "---- ----\n1    2\n\n", "─", "│", "|:-:|\n", "| |0|1|2|\n", "规章,1,2,3\n", '"a,', "1;", "a |\n|\n", "{#",
    # words that rules look for
    "信息处理费", "收取信息处理费1件", "收取", "未收取", "未", "没有", "没有产生", "信息处理费。", "三百", "1元",
    "统计期限为2023年1月1日", "统计期限", "XX", "XX镇。", "[此处", "请填写", "主动公开", "平台",
    "<!-- disclosure-lint: ignore[DL1] -->\n",
)  # fmt: skip
SLOTS = ("overview", "disclosed", "requests", "review", "other")


def around(piece: str, length: int, slot: str) -> str:
    """Returns a good report in which one section holds nothing but a piece, so many characters of it."""
    body = (piece * (length // len(piece) + 1))[:length]
    whole = (CASES / "whole.txt").read_text(encoding="utf-8")
    parts = dict(part.split("\n", 1) for part in whole.split("=== ")[1:])
    return "\n".join({**parts, slot: body + "\n"}.values())
