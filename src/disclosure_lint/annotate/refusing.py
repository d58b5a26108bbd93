"""Why there is no copy of a document."""

from disclosure_lint.model.diagnostic import LocalizedText


class NoCopyError(Exception):
    """A document of which no copy with notes can be made."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.words = LocalizedText(zh, en)
        """Why, in both languages."""
