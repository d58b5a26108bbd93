"""What elements of a web page are, as far as a reader has to know."""

import re

from disclosure_lint.model.lazy_re import lazy_re_compile

VOID = frozenset(
    ("area", "base", "basefont", "bgsound", "br", "col", "colgroup", "embed", "frame", "hr", "img", "input")
) | {"keygen", "link", "meta", "param", "source", "track", "wbr"}
"""Elements without content. (A colgroup has some, but none that stands on the page.)"""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SECTIONS = frozenset(("thead", "tbody", "tfoot"))
CELLS = frozenset(("td", "th"))
TABLE_PARTS = SECTIONS | CELLS | {"table", "tr"}
STRAY = "#stray"
"""What stands in a table but in no cell."""
BLOCKS = (
    frozenset(("#root", "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "dialog"))
    | {"dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "li"}
    | {"listing", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "ul"}
    | {STRAY}
    | HEADINGS.keys()
    | TABLE_PARTS
)
"""Elements that begin a line and end one."""
PREFORMATTED = ("pre", "listing")
"""Elements in which lines end where those of the file do."""
STRUCK = frozenset(("s", "strike", "del"))
"""Elements whose content is struck through, to say that it is deleted."""
_RAISED = frozenset(("sup", "sub"))
GUIDES = frozenset(("rt", "rtc", "rp"))
"""The small characters of phonetic guides, which end where others begin."""
INLINE = STRUCK | _RAISED | GUIDES | {"ruby"}
"""Elements within lines that matter for how their content is read."""
FURNITURE = frozenset(("nav", "header", "footer", "aside", "form", "menu"))
"""Elements that hold what is around a text, unless they hold the text itself."""
LISTS = frozenset(("ul", "ol", "menu", "dir"))
SCOPES = CELLS | {"caption", "table", "#root", STRAY}
"""Where the search for an element that a tag ends, ends."""
_NAMES = frozenset(("html", "body", "head"))
_WORDS = lazy_re_compile("hid(?:den|e)|none|line-through", re.IGNORECASE)
_ATTRIBUTE = lazy_re_compile(r"([^\s/>=][^\s/>=]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]*))?")
_HIDING = lazy_re_compile(
    r"(?i)(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|text-decoration(?:-line)?\s*:[^;]*line-through)"
)
_RAISING = lazy_re_compile(r"(?i)vertical-align\s*:\s*(?:super|sub)\b")
_IGNORED = lazy_re_compile(r"(?i)mso-list\s*:\s*ignore")
_OUTLINE = lazy_re_compile(r"(?i)mso-outline-level\s*:\s*([1-9])")
_MAX_NUMBER = 8


def attributes(text: str) -> dict[str, str]:
    """Returns the attributes of a tag by their names in small letters; of two with one name the first."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        value = match.group(2) or ""
        found.setdefault(match.group(1).lower(), value[1:-1] if value[:1] in ("'", '"') else value)
    return found


def number(value: str | None, least: int, most: int) -> int | None:
    """Returns the number that an attribute begins with, brought within limits; None if it is none."""
    match = re.match(r"\s*\+?(\d+)", value, re.ASCII) if value else None
    return None if match is None else max(least, min(most, int(match.group(1)[:_MAX_NUMBER])))


def is_ignored(tag: str) -> bool:
    """Says whether a tag is as if it were not there."""
    return tag in _NAMES


def is_hidden(tag: str, text: str) -> bool:
    """Says whether the content of an element is not to be seen in the line, or struck through."""
    if tag in STRUCK or tag in GUIDES:
        return True
    if not text or not _WORDS.search(text):
        return False
    found = attributes(text)
    return "hidden" in found or _HIDING.search(found.get("style", "")) is not None


def is_raised(tag: str, text: str) -> bool:
    """Says whether the content of an element within a line stands above or below it."""
    return tag in _RAISED or ("vertical-align" in text and _RAISING.search(text) is not None)


def is_list_mark(text: str) -> bool:
    """Says whether an element holds the number that Word gave a paragraph, with the gap behind it."""
    return "mso-" in text and _IGNORED.search(text) is not None


def outline_level(tag: str, text: str) -> int | None:
    """Returns the level of the heading that an element is, None for other text."""
    if tag in HEADINGS:
        return HEADINGS[tag]
    match = _OUTLINE.search(text) if tag == "p" and "mso-outline" in text else None
    return int(match.group(1)) if match else None
