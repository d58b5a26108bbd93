"""Globs on forward-slash paths: `*` and `?` stay within a name, `**` crosses folders."""

import re
from collections.abc import Iterable
from functools import lru_cache

_TOKEN = r"(?s)/\*\*\Z|\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|."  # nosec B105  # a token of a glob
_TRANSLATION = {"/**": "/.+", "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _translated(token: str) -> str:
    if token in _TRANSLATION:
        return _TRANSLATION[token]
    if len(token) > 2 and token[0] == "[":
        negated = token[1] == "!"
        content = token[2 if negated else 1 : -1].replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"(?!/)[{'^' if negated else ''}{content}]"
    return re.escape(token)


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    plain = glob.removeprefix("./").rstrip("/")
    anywhere = "" if "/" in plain else "(?:.*/)?"
    body = "".join(map(_translated, re.findall(_TOKEN, plain.removeprefix("/"))))
    try:
        return re.compile(f"{anywhere}{body}(?:/.*)?", re.DOTALL)
    except re.error:
        return re.compile(re.escape(plain))


def matches(path: str, globs: Iterable[str]) -> bool:
    """Returns whether a glob names the path or a folder it is in; a glob without a slash matches at any depth."""
    return any(_pattern(glob).fullmatch(path) for glob in globs)
