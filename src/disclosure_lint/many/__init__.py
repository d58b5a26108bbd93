"""Very many files: processes that share the work, and results that are kept for the next run."""
