"""Which cells are wrong, from all violated equations at once."""

from disclosure_lint.localize.merging import Evidence, merged

__all__ = ["Evidence", "merged"]
