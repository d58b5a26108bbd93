"""Finds what is wrong with the spelling of a formula and says it so that its author understands.

It reads the formula word by word and knows two things: whether a number or name must come next, and which bracket is
open. pyparsing knows where it gave up, but only a list of everything it would have taken there.
"""

from disclosure_lint.formula.syntax import RELATIONS, FormulaError, Token, quoted, tokens

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
_ENGLISH = {
    ".": "a single “.” means nothing; a cell is table[row,column], a range a..b",
    ":": "a range is a..b, without a colon",
    "：": "a range is a..b, without a colon",
}
_PLACES = {"sum": "sum(…) ", "[": "方括号"}


def check(plain: str) -> None:
    """Raises FormulaError at the first mistake of spelling in a plain formula."""
    if not plain.strip():
        raise FormulaError(
            "公式是空的；请写成“左边 = 右边”，例如 new + carried_in = outcome_total + carried_out",
            1,
            en="the formula is empty; write “left = right”, like new + carried_in = outcome_total + carried_out",
        )
    if len(plain) > _LIMIT:
        raise FormulaError(
            f"公式有 {len(plain)} 个字符，最多 {_LIMIT} 个；请拆成几条规则",
            _LIMIT + 1,
            en=f"the formula has {len(plain)} characters, {_LIMIT} at most; split the rule",
        )
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
            raise FormulaError(
                f"括号 {quoted(self.open[-1].text)} 没有右半边",
                self.open[-1].column,
                en=f"{quoted(self.open[-1].text)} is not closed",
            )
        if self.relation is None:
            raise FormulaError(
                "公式里没有比较符号；请写成“左边 = 右边”，可用 = ≠ < ≤ > ≥",
                column,
                en="no comparison; write “left = right”, by one of = ≠ < ≤ > ≥",
            )
        if self.operand:
            raise FormulaError(
                f"公式没有写完：{self._after()}缺少一个名称或数",
                column,
                en="the formula ends where a name or number should follow",
            )

    def _after(self) -> str:
        return f"{quoted(self.last.text)} 后面" if self.last else "开头"

    def _missing_operand(self, token: Token) -> FormulaError:
        return FormulaError(
            f"{quoted(token.text)} 前面缺少一个名称或数",
            token.column,
            en=f"a name or number is missing before {quoted(token.text)}",
        )

    def _start_operand(self, token: Token) -> None:
        if not self.operand:
            before = quoted(self.last.text) if self.last else ""
            listing = self.place in ("sum", "[")
            between, en = (
                ("逗号", "a comma") if listing else ("运算符（+ - *）或比较符号", "an operator or a comparison")
            )
            raise FormulaError(
                f"{before} 与 {quoted(token.text)} 之间缺少{between}",
                token.column,
                en=f"{en} is missing between {before} and {quoted(token.text)}",
            )

    def _function(self, token: Token) -> None:
        self._start_operand(token)
        if self.place in ("sum", "["):
            raise FormulaError(
                "sum(…) 和方括号里不能再写 sum(…)，直接列出名称即可",
                token.column,
                en="no sum(…) within sum(…) or brackets; just list the names",
            )

    def _name(self, token: Token) -> None:
        self._start_operand(token)
        if not token.text.strip('“”「」『』" '):
            raise FormulaError("引号里没有名称", token.column, en="no name within the quotes")
        self.operand = False

    def _number(self, token: Token) -> None:
        self._start_operand(token)
        if self.place in ("sum", "["):
            raise FormulaError(
                f"这里要写名称，不能写数 {quoted(token.text)}",
                token.column,
                en=f"a name stands here, not the number {quoted(token.text)}",
            )
        if len(token.text) > 30:
            raise FormulaError("数太长，最多 30 位", token.column, en="the number has more than 30 digits")
        self.operand = False

    def _relation(self, token: Token) -> None:
        if token.text not in RELATIONS:
            raise FormulaError(
                f"{quoted(token.text)} 不是比较符号；可用 = ≠ < ≤ > ≥",
                token.column,
                en=f"{quoted(token.text)} is no comparison, like = ≠ < ≤ > ≥",
            )
        if self.open:
            raise FormulaError(
                f"比较符号 {quoted(token.text)} 不能写在括号里；是否前面少了右括号？",
                token.column,
                en=f"the comparison {quoted(token.text)} stands within brackets; is one not closed?",
            )
        if self.operand:
            raise self._missing_operand(token)
        if self.relation is not None:
            raise FormulaError(
                f"有两个比较符号（第 {self.relation.column} 列已有 {quoted(self.relation.text)}）；请拆成两条规则",
                token.column,
                en=f"two comparisons, the first at column {self.relation.column}; make it two rules",
            )
        self.relation, self.operand = token, True

    def _operator(self, token: Token) -> None:
        if self.place == "[" and token.text == "*" and self.operand:
            if self.range:
                raise FormulaError(
                    "“*” 表示全部，不能作范围的一头", token.column, en="“*” is all, and no end of a range"
                )
            self.operand = False
        elif self.place in ("sum", "["):
            raise FormulaError(
                f"{_PLACES[self.place]}里只能写名称、范围或组，不能计算",
                token.column,
                en="only names, ranges and groups stand in sum(…) and brackets",
            )
        elif self.operand and token.text == "*":
            raise self._missing_operand(token)
        else:
            self.operand = True

    def _dots(self, token: Token) -> None:
        if self.place not in ("sum", "["):
            raise FormulaError(
                "范围 a..b 只能写在 sum(…) 或 表[行,列] 的方括号里",
                token.column,
                en="a range a..b stands in sum(…) or the brackets of table[row,column] only",
            )
        if self.range or self.last is None or self.last.kind != "name":
            raise FormulaError(
                "范围要写成 a..b，两头各一个名称", token.column, en="a range is a..b, with a name at both ends"
            )
        self.operand = self.range = True

    def _comma(self, token: Token) -> None:
        if self.place not in ("sum", "["):
            raise FormulaError(
                "逗号只能写在 sum(…) 或 表[行,列] 里；数里不要写千分位逗号",
                token.column,
                en="a comma stands in sum(…) or table[row,column] only; write numbers without",
            )
        if self.operand:
            raise self._missing_operand(token)
        self.commas[-1] += 1
        if self.place == "[" and self.commas[-1] > 1:
            raise FormulaError(
                "方括号里只能有一行一列：表[行,列]",
                token.column,
                en="brackets have one row and one column: table[row,column]",
            )
        self.operand, self.range = True, False

    def _open(self, token: Token) -> None:
        if token.text == "[":
            if self.last is None or self.last.kind != "name" or self.place == "[":
                raise FormulaError(
                    "方括号前面要写表名：表[行,列]",
                    token.column,
                    en="the name of a table stands before brackets: table[row,column]",
                )
            if self.range:
                raise FormulaError(
                    "某张表的范围写在方括号里：表[a..b,列]",
                    token.column,
                    en="a range of a table stands within brackets: table[a..b,column]",
                )
            self.operand = True
        elif self.last is not None and self.last.kind == "function":
            token = Token("function", token.text, token.column)
        else:
            self._start_operand(token)
            if self.place in ("sum", "["):
                raise FormulaError(
                    f"{_PLACES[self.place]}里不能再写括号", token.column, en="no parentheses within sum(…) or brackets"
                )
        self.open.append(token)
        self.commas.append(0)
        if len(self.open) > _DEPTH:
            raise FormulaError(
                f"括号嵌套超过 {_DEPTH} 层", token.column, en=f"more than {_DEPTH} parentheses within each other"
            )

    def _close(self, token: Token) -> None:
        if not self.open:
            raise FormulaError(
                f"多了一个右括号 {quoted(token.text)}", token.column, en=f"{quoted(token.text)} closes nothing"
            )
        opening, commas = self.open[-1], self.commas[-1]
        if (opening.text == "[") != (token.text == "]"):
            raise FormulaError(
                f"{quoted(opening.text)} 与 {quoted(token.text)} 不是一对括号",
                token.column,
                en=f"{quoted(opening.text)} and {quoted(token.text)} are no pair",
            )
        if self.operand:
            raise FormulaError(
                f"{quoted(token.text)} 前面缺少名称{'' if self.place == 'sum' else '或数'}",
                token.column,
                en=f"a name is missing before {quoted(token.text)}",
            )
        if token.text == "]" and commas != 1:
            raise FormulaError(
                "方括号里要有行和列两个名称：表[行,列]",
                token.column,
                en="brackets have a row and a column: table[row,column]",
            )
        self.open.pop()
        self.commas.pop()
        self.range = False

    def _other(self, token: Token) -> None:
        if token.text in '“「『"':
            raise FormulaError(
                f"引号 {token.text} 没有右半边", token.column, en=f"the quote {token.text} is not closed"
            )
        advice = f"公式里不能写 {quoted(token.text)}；名称里若有它，请给名称加引号"
        en = f"a formula cannot have {quoted(token.text)}; a name that has it must be quoted"
        raise FormulaError(_ADVICE.get(token.text, advice), token.column, en=_ENGLISH.get(token.text, en))
