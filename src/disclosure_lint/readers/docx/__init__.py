"""Word files (.docx). What reads them is imported when there is one: a run over text files needs none of it."""

from disclosure_lint.model.document import Document
from disclosure_lint.readers.unsupported import is_office_package


class DocxReader:
    """Reads Word files of the zipped kind, whatever their name ends with."""

    suffixes = (".docx", ".docm")

    def read(self, name: str, data: bytes) -> Document | None:
        """Returns the document, None if the bytes are no such package; raises UnreadableError."""
        if not is_office_package(data):
            return None
        from disclosure_lint.readers.docx.reading import read_docx

        return read_docx(name, data)
