"""Kind `fee-parts`: the information processing fees of the units must add up to the stated total.

Only lists that surely name every part are judged: 分别为…, 包括…, …合计…. After 其中 some may be left out, so there
only parts that exceed the total are wrong. Whatever is not plain is left undetermined.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from disclosure_lint import CompileContext, Finding, LocalizedText, Report, Rule, Span, UserError, Verdict

_SENTENCE = re.compile(r"(?:[^。！？]|。(?=其中|分别|具体|包括))+")
_FEE = re.compile(r"处理费|收费|收取")
_ALL = re.compile(r"分别(?:为|是)?|具体(?:为|是|情况|如下)|包括")
_SOME = re.compile(r"其中")
_SUM = re.compile(r"合计|总计|共计")
_LEFT_OUT = re.compile(
    r"等(?!级)|其余|其[他它]|部分|约|左右|余[件元]|以上|各(?=[\d一二两三四五六七八九])|均(?!已|按|依|上缴|缴)"
    r"|每[件份页张]|标准[为是：]|元[/／]|退|减免|上年|去年"
)
_NESTED = re.compile(r"[件宗元圆]（[^（）]*[\d一二两三四五六七八九十][件宗万元圆]")
_MONEY_OR_CASES = re.compile(
    r"(?P<number>\d+(?:，\d{3})*(?:\.\d+)?|[零〇一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+)(?P<unit>万?[元圆]|[件宗])"
)
_DIGITS = {
    char: value for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for value, char in enumerate(row)
} | {"两": 2}
_POWERS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_UNITS = {"cases": LocalizedText("件", "cases"), "money": LocalizedText("元", "yuan")}


class FeePartsCheck:
    """Option: `section`, where the fees are reported."""

    kind = "fee-parts"
    schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "required": ["section"],
        "additionalProperties": False,
        "properties": {"section": {"type": "string"}},
    }

    def compile(self, options: dict[str, Any], context: CompileContext) -> dict[str, Any]:
        """Returns the options; raises UserError for a section that no form of the rule has."""
        known = {section.id for form in context.forms_of_rule() for section in form.sections}
        if options["section"] not in known:
            raise UserError(f"没有叫 “{options['section']}” 的部分（section）；可以写：{'、'.join(sorted(known))}")
        return options

    def judge(self, rule: Rule, report: Report) -> Verdict:
        """Returns a finding for each total of cases or money that its parts do not make."""
        prose = report.prose(rule.options["section"])
        lists = list(_lists(prose.text))
        if not lists:
            return Verdict("not_applicable", (), LocalizedText("没有分单位列出收费", "no fees are listed by unit"))
        findings: list[Finding] = []
        told = False
        for one in lists:
            for kind in _UNITS:
                compared = _compared(one, kind)
                told = told or compared is not None
                if compared is not None and compared.is_wrong(one.complete):
                    findings.append(compared.finding(Span(*prose.span(compared.total.start, compared.total.end))))
        if findings:
            return Verdict("failed", tuple(findings))
        if told:
            return Verdict("passed")
        return Verdict(
            "undetermined",
            (),
            LocalizedText("各单位的收费列得不全或说法不能相加", "the list is not plain enough to add"),
        )


class _Quantity(NamedTuple):
    """Cases or money, at its offsets in the squeezed text."""

    kind: str
    value: Decimal
    rounded: bool
    """True if it is given in 万元."""
    start: int
    end: int


class _List(NamedTuple):
    """A total and its parts."""

    total: list[_Quantity]
    parts: list[_Quantity]
    complete: bool
    """False if it may leave some out."""


_NOT_PLAIN = _List([], [], complete=False)


class _Sum(NamedTuple):
    """What was compared."""

    total: _Quantity
    parts: list[_Quantity]

    def is_wrong(self, complete: bool) -> bool:
        """Returns whether the parts cannot make the total."""
        made = sum(part.value for part in self.parts)
        return made != self.total.value if complete else made > self.total.value

    def finding(self, span: Span) -> Finding:
        """Returns the finding at the total."""
        unit = _UNITS[self.total.kind]
        made = sum(part.value for part in self.parts)
        steps = " + ".join(f"{part.value:f}" for part in self.parts)
        values: dict[str, str | LocalizedText] = {
            "total": LocalizedText(f"{self.total.value:f} {unit.zh}", f"{self.total.value:f} {unit.en}"),
            "sum": LocalizedText(f"{steps} = {made:f} {unit.zh}", f"{steps} = {made:f} {unit.en}"),
        }
        return Finding(span, values)


def _lists(text: str) -> Iterator[_List]:
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        fee = _FEE.search(text, start, end)
        if fee is None:
            continue
        begin = max(text.rfind(mark, start, fee.start()) for mark in "，；。") + 1 or start
        found = _split(text, max(begin, start), end)
        if found is not None:
            yield found


def _split(text: str, start: int, end: int) -> _List | None:
    """Returns the total and the parts of a sentence; None if it lists none, or not plainly."""
    markers = [match for pattern in (_ALL, _SOME) for match in pattern.finditer(text, start, end)]
    if markers:
        plain = len(markers) == 1 and not _LEFT_OUT.search(text, start, end)
        if not plain or _NESTED.search(text, markers[0].end(), end):
            return _NOT_PLAIN
        total, parts = _quantities(text, start, markers[0].start()), _quantities(text, markers[0].end(), end)
        return _List(total, parts, complete=markers[0].re is _ALL)
    closing = _SUM.search(text, start, end)
    if closing is None or _LEFT_OUT.search(text, start, end) or _NESTED.search(text, start, end):
        return None
    parts, total = _quantities(text, start, closing.start()), _quantities(text, closing.end(), end)
    found = _List(total, parts, complete=True)
    return found if any(_compared(found, kind) for kind in _UNITS) else None


def _quantities(text: str, start: int, end: int) -> list[_Quantity]:
    found = []
    for match in _MONEY_OR_CASES.finditer(text, start, end):
        kind = "cases" if match["unit"] in "件宗" else "money"
        value = _number(match["number"]) * (10_000 if match["unit"].startswith("万") else 1)
        found.append(_Quantity(kind, value, match["unit"].startswith("万"), *match.span()))
    return found


def _compared(one: _List, kind: str) -> _Sum | None:
    """Returns what can be compared: one total, and each part (of a whole list at least two) with its number."""
    totals = [quantity for quantity in one.total if quantity.kind == kind]
    parts = [quantity for quantity in one.parts if quantity.kind == kind]
    others = len(one.parts) - len(parts)
    if len(totals) != 1 or len(parts) < (2 if one.complete else 1) or others not in (0, len(parts)):
        return None
    exact = not any(quantity.rounded for quantity in (*totals, *parts))
    return _Sum(totals[0], parts) if exact or sum(part.value for part in parts) == totals[0].value else None


def _number(text: str) -> Decimal:
    if text[0].isdigit() and text[0].isascii():
        return Decimal(text.replace("，", ""))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _POWERS[char], 0
    return Decimal(total + section + digit)
