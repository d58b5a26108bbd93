"""Formats that another program makes Word files of. Who asks for it has this reader beside the others."""

from collections.abc import Iterable

from disclosure_lint.model.document import Document
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.readers.docx import DocxReader
from disclosure_lint.readers.unsupported import CONVERTIBLE, convertible

_MOST_KEPT = 8 * 1024 * 1024
"""Bytes of a Word file that is kept until it is asked for."""
_MOST_IN_ALL = 256 * 1024 * 1024
"""Bytes of all Word files that are kept for who asks for them after they were read."""


class ConvertingReader:
    """Reads old Word and WPS files, OpenDocument texts and RTF, whatever their name ends with, by LibreOffice."""

    suffixes = CONVERTIBLE

    def __init__(self) -> None:
        self._ahead: dict[bytes, bytes] = {}
        """Word files by the digest of what they were made of."""
        self._failed: dict[bytes, UnreadableError] = {}
        """What could not be converted: trying it takes long, and would end in the same way."""
        self._made: dict[bytes, bytes] | None = None
        """Word files that were read, if they are kept, by the same digest."""
        self._left = _MOST_IN_ALL

    def convert_ahead(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Converts files, name and bytes, that will be read next; a start of LibreOffice takes longer than a file."""
        wanted = {_digest(data): (data, suffix) for name, data in files if (suffix := convertible(name, data))}
        self._ahead = {}
        while len(wanted) > 1:
            from disclosure_lint.readers.libre_office import converted_together

            made = dict(zip(wanted, converted_together(list(wanted.values())), strict=True))
            self._ahead |= {key: word for key, word in made.items() if word and len(word) <= _MOST_KEPT}
            # Files are converted in their order: the first that is missing held it up, those behind it did not.
            held_up = next((number for number, word in enumerate(made.values()) if word is None), len(made))
            wanted = dict(list(wanted.items())[held_up + 1 :])

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns what stands in the Word file that the bytes become, None if they are of another format.

        Raises UnreadableError if they cannot be converted.
        """
        suffix = convertible(name, data)
        return None if suffix is None else DocxReader().read(name, self._word_file(data, suffix))

    def keep(self) -> None:
        """Has Word files kept for `word_file`, as far as there is room."""
        self._made = {}

    def word_file(self, name: str, data: bytes) -> bytes | None:
        """Returns the Word file that bytes became when they were read; None if they are of another format.

        It is made again if it was not kept. Raises UnreadableError.
        """
        suffix = convertible(name, data)
        if suffix is None:
            return None
        kept = (self._made or {}).pop(_digest(data), None)
        self._left += len(kept or b"")
        return self._word_file(data, suffix) if kept is None else kept

    def _word_file(self, data: bytes, suffix: str) -> bytes:
        digest = _digest(data)
        if digest in self._failed:
            raise self._failed[digest]
        word = self._ahead.get(digest)
        if word is None:
            # Starting a program takes modules that nobody else needs.
            from disclosure_lint.readers.libre_office import converted

            try:
                word = converted(data, suffix)
            except UnreadableError as error:
                self._failed[digest] = error
                raise
        if self._made is not None and digest not in self._made and len(word) <= self._left:
            self._made[digest] = word
            self._left -= len(word)
        return word


def _digest(data: bytes) -> bytes:
    # Only who has files converted needs the library behind it.
    from hashlib import sha256

    return sha256(data).digest()
