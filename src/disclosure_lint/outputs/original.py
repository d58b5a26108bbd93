"""Where something is in a file whose text is only a rendition, in words."""

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.document import Location

_PARTS = (
    ("page", LocalizedText("第 {} 页", "page {}")),
    ("paragraph", LocalizedText("第 {} 段", "paragraph {}")),
    ("table", LocalizedText("第 {} 个表格", "table {}")),
    ("row", LocalizedText("第 {} 行", "row {}")),
    ("column", LocalizedText("第 {} 列", "column {}")),
)


def in_original(location: Location, lang: str) -> str:
    """Returns the place in words; empty if the format tells none."""
    found = [
        words.text(lang).format(number) for name, words in _PARTS if (number := getattr(location, name)) is not None
    ]
    return LocalizedText("，", ", ").text(lang).join(found)
