"""How a legal source is named in one line."""

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.form import Law

_CUSTOM = LocalizedText("惯例，法律没有规定", "custom, not law")


def cited(law: Law, lang: str) -> str:
    """Returns document and clause; what is only custom is said to be that."""
    if law.document != "custom":
        return f"{law.document} {law.clause}".rstrip()
    clause = LocalizedText(f"（{law.clause}）", f" ({law.clause})").text(lang) if law.clause else ""
    return _CUSTOM.text(lang) + clause
