"""How many processes look at the files of a run."""

import os

_FILES_EACH, _WITHOUT_CACHE = 50, 500
"""So many files must there be for each process, lest it take longer to start it than to do its work: with the cache of
compiled rules, and without it."""


def processes(asked: int | None, files: int, *, use_cache: bool) -> int:
    """Returns how many processes look at files; 1 if this one does."""
    if asked is not None:
        return min(asked, files)
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(there, files // (_FILES_EACH if use_cache else _WITHOUT_CACHE)))


_MANY = 20


def are_many(count: int, files: int) -> bool:
    """Says whether it pays off to load what shares files among so many processes, and keeps results."""
    return count > 1 or files >= _MANY
