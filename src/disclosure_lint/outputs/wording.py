"""Words that several outputs have in common."""

from disclosure_lint.model.diagnostic import LocalizedText, Severity
from disclosure_lint.model.form import Law

SEVERITIES = {
    Severity.error: LocalizedText("错误", "error"),
    Severity.warning: LocalizedText("警告", "warning"),
    Severity.info: LocalizedText("提示", "info"),
}
"""What people read; programs read the names."""


def counted(count: int, noun: str) -> str:
    """Returns `1 rule`, `2 rules`."""
    return f"{count} {plural(noun, count)}"


def plural(noun: str, count: int) -> str:
    """Returns the noun as it stands behind a count."""
    return noun if count == 1 else noun + "s"


_CUSTOM = LocalizedText("惯例，法律没有规定", "custom, not law")


def cited(law: Law, lang: str) -> str:
    """Returns document and clause; what is only custom is said to be that."""
    if law.document != "custom":
        return f"{law.document} {law.clause}".rstrip()
    clause = LocalizedText(f"（{law.clause}）", f" ({law.clause})").text(lang) if law.clause else ""
    return _CUSTOM.text(lang) + clause
