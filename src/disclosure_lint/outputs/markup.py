"""XML, written by hand so that nothing needs to be kept until the end."""

import re
from collections.abc import Mapping

from disclosure_lint.model.display import in_xml
from disclosure_lint.model.lazy_re import lazy_re_compile

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

# XML 1.0 has no way at all to write the others.
_ILLEGAL = lazy_re_compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_IN_ATTRIBUTE = str.maketrans(_ESCAPES)
# A reader would make a line feed of a carriage return that is not escaped.
_IN_TEXT = str.maketrans({char: escape for char, escape in _ESCAPES.items() if char not in '"\t\n'})


class Markup:
    """Writes tags and text."""

    def __init__(self, *, ascii_only: bool):
        """Takes whether other characters are written by their numbers."""
        self._ascii_only = ascii_only

    def tag(self, name: str, attributes: Mapping[str, str | int], end: str = ">") -> str:
        """Returns a start tag; with the end `/>`, an element without content."""
        pairs = (f' {key}="{self._written(str(value), _IN_ATTRIBUTE)}"' for key, value in attributes.items())
        return f"<{name}{''.join(pairs)}{end}"

    def text(self, text: str) -> str:
        """Returns text that stands in an element."""
        return self._written(text, _IN_TEXT)

    def _written(self, text: str, escapes: dict[int, str]) -> str:
        written = in_xml(_ILLEGAL.sub(_shown, text).translate(escapes))
        return written.encode("ascii", "xmlcharrefreplace").decode("ascii") if self._ascii_only else written


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(0x2400 + code) if code < 0x20 else f"<U+{code:04X}>"
