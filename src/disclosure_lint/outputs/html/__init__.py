"""Pages for people: one report with the wrong number lit, or a folder at a glance."""

from disclosure_lint.outputs.html.writer import FolderWriter, Writer

__all__ = ["FolderWriter", "Writer"]
