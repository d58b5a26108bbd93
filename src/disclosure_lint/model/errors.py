"""The two errors that people can mend: the user's and the document's."""


class UserError(Exception):
    """The command line, a configuration, a rule file or a plugin is wrong (exit status 2).

    The text names the file, the line and column where known, and what was expected.
    """

    def __init__(self, message: str, path: str | None = None, line: int | None = None, column: int | None = None):
        super().__init__(message)
        self.message = message
        """What is wrong and what to do, one sentence."""
        self.path = path
        """The file at fault, as the user named it."""
        self.line = line
        """Line in that file, from 1."""
        self.column = column
        """Column in that line in code points, from 1."""

    def __str__(self) -> str:
        place = [str(part) for part in (self.path, self.line, self.column) if part is not None]
        return ": ".join([":".join(place), self.message]) if place else self.message


class UnreadableError(Exception):
    """A document that cannot be read: a finding about that file, never the end of the run."""

    def __init__(self, event: str, zh: str, en: str):
        super().__init__(en)
        self.event = event
        """Which input rule reports it: `unreadable` or `no-text-layer`."""
        self.zh = zh
        """The reason and what to do, in Chinese."""
        self.en = en
        """The same in English."""
