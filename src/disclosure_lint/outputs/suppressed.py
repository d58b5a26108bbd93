"""What was found and is not reported, as lines."""

from collections.abc import Iterator

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls
from disclosure_lint.model.result import FileResult, Suppressed

BY = {
    "comment": LocalizedText("注释", "comment"),
    "configuration": LocalizedText("配置", "configuration"),
    "baseline": LocalizedText("基线", "baseline"),
}


def suppressed_lines(result: FileResult, lang: str) -> Iterator[str]:
    """Returns a line for each diagnostic that is not reported: where, which, who asked for silence, and why."""
    for one in result.suppressed:
        place = result.source.position(one.diagnostic.span.start) if result.source else None
        where = f"{place.line}:{place.column}" if place else "1:1"
        yield f"  {where} {one.diagnostic.code} {_why(one, lang)}"


def _why(one: Suppressed, lang: str) -> str:
    colon = ": " if lang == "en" else "："
    return BY[one.by].text(lang) + (colon + escape_controls(one.reason) if one.reason else "")
