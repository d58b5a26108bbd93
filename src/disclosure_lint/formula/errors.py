"""The one error of this room: the author of a rule wrote a formula that cannot be used."""

from disclosure_lint.model.errors import UserError


class FormulaError(UserError):
    """A formula, or the `each` that belongs to it, is wrong; said to a lawyer rather than a programmer."""

    def __init__(self, message: str, column: int | None = None, *, en: str):
        """Takes the sentence and the column of the mistake inside the formula, from 1; None if it is not in there."""
        super().__init__(message, column=column, en=en)

    def __str__(self) -> str:
        if self.path is None and self.column is not None:
            return f"公式第 {self.column} 列：{self.message}"
        return super().__str__()

    def text(self, lang: str) -> str:
        """Returns the whole text, with the place, in `zh` or `en`."""
        if lang == "en" and self.path is None and self.column is not None:
            return f"formula, column {self.column}: {self.english}"
        return super().text(lang)


def quoted(text: str) -> str:
    """Returns a piece of the author's text in quotation marks, cut where it is too long to read."""
    return f"“{text if len(text) <= 40 else text[:40] + '…'}”"
