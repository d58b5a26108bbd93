"""Where something is in a file whose text is only a rendition, in words."""

from disclosure_lint.model.diagnostic import Words
from disclosure_lint.model.document import Location

_PARTS = (
    ("page", Words("第 {} 页", "page {}")),
    ("paragraph", Words("第 {} 段", "paragraph {}")),
    ("table", Words("第 {} 个表格", "table {}")),
    ("row", Words("第 {} 行", "row {}")),
    ("column", Words("第 {} 列", "column {}")),
)


def in_original(location: Location, lang: str) -> str:
    """Returns the place in words; empty if the format tells none."""
    found = [
        words.text(lang).format(number) for name, words in _PARTS if (number := getattr(location, name)) is not None
    ]
    return Words("，", ", ").text(lang).join(found)
