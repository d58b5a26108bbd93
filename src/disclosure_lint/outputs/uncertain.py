"""Why a cell is not certain, in a plain sentence."""

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.naming import row_words
from disclosure_lint.model.report import Report, Unclear


def why(report: Report, table: str, row: Unclear) -> LocalizedText:
    """Returns why the numbers of a row cannot be told, with the lines in question as `show` counts them."""
    form, position = report.form.table(table), report.document.source.position
    lines = sorted([position(row.span.start).line, position((row.rival or row.span).start).line])
    name = row_words(form, row.row)
    if row.reason == "rival":
        return LocalizedText(
            f"第 {lines[0]} 行和第 {lines[1]} 行都可能是{name.zh}行",
            f"both line {lines[0]} and line {lines[1]} may be the row {name.en}",
        )
    if row.reason == "row" and row.other_row is not None:
        other = row_words(form, row.other_row)
        return LocalizedText(
            f"这些数可能属于{name.zh}行，也可能属于{other.zh}行",
            f"the numbers may be those of the row {name.en} or of the row {other.en}",
        )
    if row.reason == "count" and row.found != row.expected:
        return LocalizedText(
            f"这一行有 {row.found} 个数，格式要 {row.expected} 个，分不清哪个数属于哪一列",
            f"the row has {row.found} numbers where the form has {row.expected}, so they cannot be told apart",
        )
    return _REASONS[row.reason]


_REASONS = {
    "count": LocalizedText(
        "这一行的数和格式的各列对不上，分不清哪个数属于哪一列",
        "the numbers of the row do not line up with the columns of the form",
    ),
    "columns": LocalizedText(
        "表头和格式的列不一样，分不清哪个数属于哪一列",
        "the header names other columns than the form, so it cannot be told which number belongs where",
    ),
    "apart": LocalizedText(
        "附近的行名和数字对不上，说不准哪些数属于这一行",
        "labels and numbers around it do not match, so it cannot be told which numbers belong to the row",
    ),
    "row": LocalizedText(
        "这一行和别的行先后对不上，说不准数字属于哪一行",
        "the place of the row among the others is not the form's, so it cannot be told whose numbers they are",
    ),
}
