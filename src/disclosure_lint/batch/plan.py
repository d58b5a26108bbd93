"""What is to be done: the files in parts, and what all tasks of a run share."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from disclosure_lint.files.zipped import Member
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.settings import Settings

MOST = 2
"""So many times the usual number of files a part may have."""


class Item(NamedTuple):
    """A file."""

    name: str
    """The path as the user named it, with forward slashes."""
    place: str
    """A path on this machine, or an address that fsspec knows."""
    settings: int
    """Which of the settings of the job hold for it."""
    member: Member | None = None
    """What it is in the archive at that place."""
    problem: LocalizedText | None = None
    """Why it cannot be read, if that is known already."""


class Job(NamedTuple):
    """What all tasks of a run share."""

    settings: tuple[Settings, ...]
    lang: str
    use_cache: bool
    compares: bool
    """Whether a rule compares reports."""
    output: str
    """The folder of the results, or its address."""
    version: str
    """Of the tool: other machines must have the same."""
    stamp: str
    """A hash of all but the files that results depend on: version, rules and settings."""


Part = Sequence[Item]
"""Files that one task is about."""


def parts(items: Iterable[Item], size: int) -> Iterator[Part]:
    """Yields the files in parts of about a `size`; where one ends is told by names: a new file changes one part."""
    part: list[Item] = []
    for item in items:
        part.append(item)
        last = crc32(item.name.encode("utf-8", "surrogateescape")) % size == 0
        if last or len(part) >= MOST * size:
            yield part
            part = []
    if part:
        yield part


def key(*words: str) -> str:
    """Returns the hash of words, by which results of the same work are found again."""
    digest = blake2b(digest_size=16)
    for word in words:
        data = word.encode("utf-8", "surrogateescape")
        digest.update(b"%d " % len(data) + data)
    return digest.hexdigest()
