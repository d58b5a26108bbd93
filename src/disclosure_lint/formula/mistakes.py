"""Finds what is wrong with the spelling of a formula and says it so that its author understands.

It reads the formula word by word and knows two things: whether a number or name must come next, and which bracket is
open. pyparsing knows where it gave up, but only a list of everything it would have taken there.
"""

from disclosure_lint.formula.tokens import RELATIONS, Token, tokens
from disclosure_lint.formula.tree import FormulaError, quoted

_LIMIT = 2000
_DEPTH = 50
_ADVICE = {
    "/": "公式不支持除法“/”；“/”若是名称的一部分，请给名称加引号",
    "÷": "公式不支持除法“÷”",
    "%": "公式不支持“%”",
    "^": "公式不支持乘方“^”",
    ".": "单独的“.”没有意义；某张表的一格写成 表[行,列]，范围写成 a..b",
    ":": "范围写成 a..b，不用冒号",
    "：": "范围写成 a..b，不用冒号",
} | {mark: f"引号 {mark} 没有左半边" for mark in "”」』"}
_PLACES = {"sum": "sum(…) ", "[": "方括号"}


def check(plain: str) -> None:
    """Raises FormulaError at the first mistake of spelling in a plain formula."""
    if not plain.strip():
        raise FormulaError("公式是空的；请写成“左边 = 右边”，例如 new + carried_in = outcome_total + carried_out", 1)
    if len(plain) > _LIMIT:
        raise FormulaError(f"公式有 {len(plain)} 个字符，最多 {_LIMIT} 个；请拆成几条规则", _LIMIT + 1)
    reader = _Reader()
    for token in tokens(plain):
        reader.read(token)
    reader.finish(len(plain.rstrip()) + 1)


class _Reader:
    """The state between two words of a formula."""

    def __init__(self) -> None:
        self.open: list[Token] = []
        """Brackets not closed yet; a sum's carries the word before it."""
        self.commas: list[int] = []
        """How many commas stand in each of them so far."""
        self.last: Token | None = None
        self.relation: Token | None = None
        self.operand = True
        """True if a number or name must come next."""
        self.range = False
        """True after the dots of a range, until the next comma or bracket."""

    @property
    def place(self) -> str:
        """Where we are: `` (outside), `(`, `[` or `sum`."""
        if not self.open:
            return ""
        return "sum" if self.open[-1].kind == "function" else self.open[-1].text

    def read(self, token: Token) -> None:
        getattr(self, f"_{token.kind}")(token)
        self.last = token

    def finish(self, column: int) -> None:
        if self.open:
            raise FormulaError(f"括号 {quoted(self.open[-1].text)} 没有右半边", self.open[-1].column)
        if self.relation is None:
            raise FormulaError("公式里没有比较符号；请写成“左边 = 右边”，可用 = ≠ < ≤ > ≥", column)
        if self.operand:
            raise FormulaError(f"公式没有写完：{self._after()}缺少一个名称或数", column)

    def _after(self) -> str:
        return f"{quoted(self.last.text)} 后面" if self.last else "开头"

    def _missing_operand(self, token: Token) -> FormulaError:
        return FormulaError(f"{quoted(token.text)} 前面缺少一个名称或数", token.column)

    def _start_operand(self, token: Token) -> None:
        if not self.operand:
            before = quoted(self.last.text) if self.last else ""
            between = "逗号" if self.place in ("sum", "[") else "运算符（+ - *）或比较符号"
            raise FormulaError(f"{before} 与 {quoted(token.text)} 之间缺少{between}", token.column)

    def _function(self, token: Token) -> None:
        self._start_operand(token)
        if self.place in ("sum", "["):
            raise FormulaError("sum(…) 和方括号里不能再写 sum(…)，直接列出名称即可", token.column)

    def _name(self, token: Token) -> None:
        self._start_operand(token)
        if not token.text.strip('“”「」『』" '):
            raise FormulaError("引号里没有名称", token.column)
        self.operand = False

    def _number(self, token: Token) -> None:
        self._start_operand(token)
        if self.place in ("sum", "["):
            raise FormulaError(f"这里要写名称，不能写数 {quoted(token.text)}", token.column)
        if len(token.text) > 30:
            raise FormulaError("数太长，最多 30 位", token.column)
        self.operand = False

    def _relation(self, token: Token) -> None:
        if token.text not in RELATIONS:
            raise FormulaError(f"{quoted(token.text)} 不是比较符号；可用 = ≠ < ≤ > ≥", token.column)
        if self.open:
            raise FormulaError(f"比较符号 {quoted(token.text)} 不能写在括号里；是否前面少了右括号？", token.column)
        if self.operand:
            raise self._missing_operand(token)
        if self.relation is not None:
            raise FormulaError(
                f"有两个比较符号（第 {self.relation.column} 列已有 {quoted(self.relation.text)}）；请拆成两条规则",
                token.column,
            )
        self.relation, self.operand = token, True

    def _operator(self, token: Token) -> None:
        if self.place == "[" and token.text == "*" and self.operand:
            if self.range:
                raise FormulaError("“*” 表示全部，不能作范围的一头", token.column)
            self.operand = False
        elif self.place in ("sum", "["):
            raise FormulaError(f"{_PLACES[self.place]}里只能写名称、范围或组，不能计算", token.column)
        elif self.operand and token.text == "*":
            raise self._missing_operand(token)
        else:
            self.operand = True

    def _dots(self, token: Token) -> None:
        if self.place not in ("sum", "["):
            raise FormulaError("范围 a..b 只能写在 sum(…) 或 表[行,列] 的方括号里", token.column)
        if self.range or self.last is None or self.last.kind != "name":
            raise FormulaError("范围要写成 a..b，两头各一个名称", token.column)
        self.operand = self.range = True

    def _comma(self, token: Token) -> None:
        if self.place not in ("sum", "["):
            raise FormulaError("逗号只能写在 sum(…) 或 表[行,列] 里；数里不要写千分位逗号", token.column)
        if self.operand:
            raise self._missing_operand(token)
        self.commas[-1] += 1
        if self.place == "[" and self.commas[-1] > 1:
            raise FormulaError("方括号里只能有一行一列：表[行,列]", token.column)
        self.operand, self.range = True, False

    def _open(self, token: Token) -> None:
        if token.text == "[":
            if self.last is None or self.last.kind != "name" or self.place == "[":
                raise FormulaError("方括号前面要写表名：表[行,列]", token.column)
            if self.range:
                raise FormulaError("某张表的范围写在方括号里：表[a..b,列]", token.column)
            self.operand = True
        elif self.last is not None and self.last.kind == "function":
            token = Token("function", token.text, token.column)
        else:
            self._start_operand(token)
            if self.place in ("sum", "["):
                raise FormulaError(f"{_PLACES[self.place]}里不能再写括号", token.column)
        self.open.append(token)
        self.commas.append(0)
        if len(self.open) > _DEPTH:
            raise FormulaError(f"括号嵌套超过 {_DEPTH} 层", token.column)

    def _close(self, token: Token) -> None:
        if not self.open:
            raise FormulaError(f"多了一个右括号 {quoted(token.text)}", token.column)
        opening, commas = self.open[-1], self.commas[-1]
        if (opening.text == "[") != (token.text == "]"):
            raise FormulaError(f"{quoted(opening.text)} 与 {quoted(token.text)} 不是一对括号", token.column)
        if self.operand:
            raise FormulaError(
                f"{quoted(token.text)} 前面缺少名称{'' if self.place == 'sum' else '或数'}", token.column
            )
        if token.text == "]" and commas != 1:
            raise FormulaError("方括号里要有行和列两个名称：表[行,列]", token.column)
        self.open.pop()
        self.commas.pop()
        self.range = False

    def _other(self, token: Token) -> None:
        if token.text in '“「『"':
            raise FormulaError(f"引号 {token.text} 没有右半边", token.column)
        advice = f"公式里不能写 {quoted(token.text)}；名称里若有它，请给名称加引号"
        raise FormulaError(_ADVICE.get(token.text, advice), token.column)
