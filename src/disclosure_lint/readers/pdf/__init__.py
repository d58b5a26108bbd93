"""PDF. What reads it is imported, and started as a process of its own, when there is one."""

from disclosure_lint.model.document import Document

_SIGNATURE = b"%PDF-"
_BEGINNING = 1024
"""Bytes in which the signature may stand; some servers put something before it."""


class PdfReader:
    """Reads PDF with text in it, whatever the file's name ends with."""

    suffixes = (".pdf",)

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns the document, None if the bytes are no PDF; raises UnreadableError."""
        at = data.find(_SIGNATURE, 0, _BEGINNING)
        # A text may speak of it too.
        if at < 0 or (at and b" obj" not in data):
            return None
        from disclosure_lint.readers.pdf.process import read_apart

        return read_apart(name, data)
