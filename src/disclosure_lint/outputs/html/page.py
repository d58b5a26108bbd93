"""A page and its words: it asks nobody for anything, runs and obeys only what is written here, speaks two languages."""

import html
import json
import re
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.display import escape_controls, in_json
from disclosure_lint.model.lazy_re import lazy_re_compile
from disclosure_lint.model.output import GENERATOR, OutputStyle
from disclosure_lint.model.personal import masked

_CIRCLED = 20
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_HERE = Path(__file__).parent
_NOT_ASCII = lazy_re_compile("[^\x00-\x7f]")


def opened(title: str, style: OutputStyle, parts: Sequence[str]) -> str:
    """Returns the beginning of a page up to its body; `parts` are the style sheets and scripts that it has."""
    styles = [_file(f"{part}.css", style.utf8) for part in parts]
    scripts = [_file(f"{part}.js", style.utf8) for part in parts]
    policy = (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{style.say("zh-CN", "en")}">\n<head>\n<meta charset="utf-8">\n'
        f'{GENERATOR}\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n"
        + "".join(f"<style>{sheet}</style>\n" for sheet in styles)
        + "</head>\n<body>\n"
    )


def closed(style: OutputStyle, parts: Sequence[str]) -> str:
    """Returns the scripts and the end of a page."""
    return "".join(f"<script>{_file(f'{part}.js', style.utf8)}</script>\n" for part in parts) + "</body>\n</html>\n"


def for_console(text: str) -> str:
    """Returns a page, or a part of one, that says the same in ASCII: who redirects a console writes its encoding."""
    parts = re.split(r'(<script type="application/json".*?</script>)', text)
    return "".join(
        _NOT_ASCII.sub(_in_script, part)
        if part.startswith("<script ")
        else part.encode("ascii", "xmlcharrefreplace").decode("ascii")
        for part in parts
    )


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


def _hashes(texts: Sequence[str]) -> str:
    return " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)


@cache
def _file(name: str, utf8: bool) -> str:
    """Returns a file of ours without what only its authors need."""
    lines = (line.strip() for line in (_HERE / name).read_text(encoding="utf-8").splitlines())
    text = "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))
    # Between strings no blank beside such a sign means anything.
    signs, blanks = ("{};:,>", " \n") if name.endswith(".css") else ("{}()[];,:=+*<>?&|!", " ")
    parts = re.split(r'("(?:\\.|[^"\\\n])*")', text)
    text = "".join(part if part.startswith('"') else _tightened(part, signs, blanks) for part in parts)
    return text if utf8 else _NOT_ASCII.sub(_in_style if name.endswith(".css") else _in_script, text)


def _tightened(text: str, signs: str, blanks: str) -> str:
    """Returns a text without the blanks beside some signs."""
    for sign in signs:
        first, *others = text.split(sign)
        if others:
            *inner, last = others
            text = sign.join([first.rstrip(blanks), *(one.strip(blanks) for one in inner), last.lstrip(blanks)])
    return text


def _in_script(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _in_style(match: re.Match[str]) -> str:
    return f"\\{ord(match.group()):06x}"
