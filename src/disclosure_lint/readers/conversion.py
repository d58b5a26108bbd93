"""Formats that another program makes Word files of. Who asks for it has this reader beside the others."""

from disclosure_lint.model.document import Document
from disclosure_lint.readers.docx import DocxReader
from disclosure_lint.readers.unsupported import CONVERTIBLE, convertible


class ConvertingReader:
    """Reads old Word and WPS files, OpenDocument texts and RTF, whatever their name ends with, by LibreOffice."""

    suffixes = CONVERTIBLE

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns what stands in the Word file that the bytes become, None if they are of another format.

        Raises UnreadableError if they cannot be converted.
        """
        suffix = convertible(name, data)
        if suffix is None:
            return None
        # Starting a program takes modules that nobody else needs.
        from disclosure_lint.readers.libre_office import converted

        return DocxReader().read(name, converted(data, suffix))
