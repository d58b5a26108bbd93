"""What a configuration accepts."""

from disclosure_lint.model.named_tuple import NamedTuple


class AcceptedFinding(NamedTuple):
    """A finding that is left as it is in some files, for a reason: where the document itself cannot say so."""

    path: str
    """Glob of the files, relative to the configuration."""
    codes: tuple[str, ...]
    """Codes, prefixes of codes or names of rules."""
    reason: str
    cell: str | None = None
    """Name of the number that the finding is about; None for any place."""
    section: str | None = None
    """Id of the section that it is in; None for any place."""
    number: int = 0
    """Which of the configuration's list it is, from 0."""
