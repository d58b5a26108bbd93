"""From findings that carry a fix to a text in which they are mended. No file is read or written here."""
