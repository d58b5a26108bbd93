"""Reports that are written, not read: the empty one that a form prescribes, as Markdown or as a Word file."""
