"""How words get onto a page: escaped, and in both languages, of which the page shows one."""

import html
import json
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls, in_json
from disclosure_lint.model.personal import masked

_CIRCLED = 20
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def escaped(text: str) -> str:
    """Returns text for an element or a quoted attribute; what would be obeyed instead of shown is named."""
    return html.escape(escape_controls(text))


def shown(text: str) -> str:
    """Returns a stretch of a document for an element, numbers that lead to a person masked."""
    return escaped(masked(text))


def both(words: LocalizedText) -> str:
    """Returns words in both languages, one of which the style sheet hides."""
    zh, en = escaped(words.zh), escaped(words.en)
    return zh if zh == en else f"<span lang=zh>{zh}</span><span lang=en>{en}</span>"


def say(zh: str, en: str) -> str:
    """Returns the same for words of ours."""
    return both(LocalizedText(zh, en))


def circled(number: int) -> str:
    """Returns the number of a finding so that nobody reads it as a part of a number beside it."""
    return chr(0x2460 + number - 1) if number <= _CIRCLED else f"[{number}]"


def data_block(data: Any, name: str) -> str:
    """Returns data for the script, which a browser does not run."""
    text = in_json(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).translate(_IN_SCRIPT)
    return f'<script type="application/json" class="{name}">{text}</script>\n'
