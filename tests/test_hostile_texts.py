"""Texts without end for the rules on years, names, citations, numbers: time grows with the length, not faster."""

from functools import cache
from time import thread_time

import pytest

from disclosure_lint.engine.linter import Linter
from disclosure_lint.model.report import Report
from disclosure_lint.model.rule import Rule

PIECES = (
    "，2022年共公开",
    "（一）情况2022年，我镇",
    "统计2022年1月1日至2023年12月",
    "《政府信息公开条例》（国令第492号）",
    "《中华人民共和国信息公开条例》",
    "国办公开办函[2021]30号",
    "《",
    "，柳河镇未收取",
    "我局",
    "13900001234 ",
    "1 ",
    "6222020200112233438 账号",
    "由甲、乙、",
    "邮编：1",
    "一,",
    "。。",
)
REPORT = "# 云川县石桥镇人民政府2023年政府信息公开工作年度报告\n\n## 一、总体情况\n\n{}\n"
SHORT, LONG = 4_000, 32_000


@cache
def linter() -> Linter:
    return Linter.default()


def seconds(piece: str, length: int) -> dict[str, float]:
    """Returns the least processor time of three that each of the rules takes for a text of that length."""
    document = linter().read("例.md", REPORT.format(piece * (length // len(piece))).encode())
    report = linter().bind(document, "2021", fragment=True)
    assert report is not None
    spent = {}
    for rule in linter().rules:
        if rule.code.startswith(("DL6", "DL7", "DL80")) and rule.kind != "cells":
            spent[rule.code] = min(_spent(rule, report) for _ in range(3))
    return spent


def _spent(rule: Rule, report: Report) -> float:
    start = thread_time()
    linter().judge(rule, report)
    return thread_time() - start


@pytest.mark.long
@pytest.mark.parametrize("piece", PIECES)
def test_the_time_grows_no_faster_than_the_text(piece: str) -> None:
    short, long = seconds(piece, SHORT), seconds(piece, LONG)
    times = LONG // SHORT
    assert {code for code in long if long[code] > 0.05 and long[code] > 3 * times * short[code]} == set()
