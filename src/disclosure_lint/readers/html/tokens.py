"""A web page as a sequence of tags and texts with their offsets.

By hand, for html.parser tells lines instead of offsets, takes quadratic time for some broken pages, and reads such
pages differently in each release of Python. What is skipped here is never seen: scripts, styles, comments but ours.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from disclosure_lint.readers.html.problems import too_large, too_many_tags, too_much_text

MAX_TAGS = 40_000
"""A long report as Word saves it has some 10,000."""
MAX_TEXT = 1_000_000
"""Characters outside tags, without white space around them."""
_MAX_COMMENTS = 500
"""To us."""
_MAX_BROKEN = 10
"""Tags with a quotation mark too few: after so many, the rest of the page is taken to be within the quotation."""
_TAG = re.compile(
    r"</?([a-zA-Z][^\s/>]*)([^=>]*(?:=(?:\s*\"[^\"]*\"|\s*'[^']*'|(?!\s*[\"']))[^=>]*){0,300})>",
)
_LITERAL = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose content is no markup; none of it stands on the page."""
_UNSEEN = frozenset(
    ("audio", "button", "canvas", "datalist", "map", "math", "noscript", "object", "select", "svg", "template", "video")
) | {"xml"}
"""Elements whose content is not shown, or is shown as something else than text."""
OURS = "disclosure-lint"
"""What a comment has to say lest it be skipped."""


class Token(NamedTuple):
    """A tag, a text or a comment."""

    kind: str
    """`start`, `end`, `text` or `comment`."""
    name: str
    """Of a tag, in small letters."""
    start: int
    end: int
    attributes: str = ""
    """Of a tag, as they stand there."""


def tokens(text: str) -> Iterator[Token]:
    """Yields what a page consists of; raises UnreadableError where it is endless."""
    at = count = written = broken = comments = 0
    missing: set[str] = set()
    while (tag := text.find("<", at)) >= 0:
        count += 1
        if count > MAX_TAGS:
            raise too_many_tags(MAX_TAGS)
        token, end = _marked(text, tag)
        if token is None and end <= tag:
            broken += end < tag
            end = text.find(">", tag) + 1 if end < tag and broken <= _MAX_BROKEN else end
        if end == tag:
            # It stands for itself: it goes on with the text.
            yield Token("text", "", at, tag + 1)
            written, at = written + tag + 1 - at, tag + 1
            continue
        if tag > at:
            yield Token("text", "", at, tag)
            written += len(text[at:tag].strip())
        if written > MAX_TEXT:
            raise too_much_text(MAX_TEXT)
        if end <= 0:
            return
        if token:
            comments += token.kind == "comment"
            if comments > _MAX_COMMENTS:
                raise too_large(
                    f"里给本工具的注释超过 {_MAX_COMMENTS} 条", f"has more than {_MAX_COMMENTS} comments to this tool"
                )
            if token.name not in _LITERAL and token.name not in _UNSEEN:
                yield token
            if token.kind == "start" and (token.name in _LITERAL or token.name in _UNSEEN):
                end = _unseen_end(text, token, missing)
        at = end
    if len(text) > at:
        if written + len(text[at:].strip()) > MAX_TEXT:
            raise too_much_text(MAX_TEXT)
        yield Token("text", "", at, len(text))


def _marked(text: str, at: int) -> tuple[Token | None, int]:
    """Returns what begins with a `<`, if it matters, and where it ends: there if it is text, at -1 if it has no end."""
    following = text[at + 1 : at + 2]
    if following == "!" or following == "?":
        return _declaration(text, at)
    if following == "/":
        following = text[at + 2 : at + 3]
        if not (following.isascii() and following.isalpha()):
            return None, text.find(">", at) + 1 or len(text)
    elif not (following.isascii() and following.isalpha()):
        return None, at
    match = _TAG.match(text, at)
    if match is None:
        return None, -1
    kind = "end" if text[at + 1] == "/" else "start"
    return Token(kind, match.group(1).lower(), at, match.end(), match.group(2)), match.end()


def _declaration(text: str, at: int) -> tuple[Token | None, int]:
    if not text.startswith("<!--", at):
        return None, text.find(">", at) + 1 or len(text)
    end = text.find("-->", at + 2)
    end = end + 3 if end >= 0 else len(text)
    ours = text.find(OURS, at, end) >= 0
    return (Token("comment", "", at, end) if ours else None), end


def _unseen_end(text: str, tag: Token, missing: set[str]) -> int:
    """Returns where an element ends of which nothing is seen; where its tag ends if it is never ended.

    `missing` are the names of which no end tag follows, lest they be looked for again and again.
    """
    name, at = tag.name, tag.end
    if name not in missing and not (name in _UNSEEN and tag.attributes.endswith("/")):
        match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
        if match:
            return match.start()
        missing.add(name)
    return len(text) if name in ("script", "style") else at
