"""Files one after the other; those that LibreOffice makes Word files of are given to it many at a time.

A start of it takes longer than a file.
"""

from collections.abc import Callable, Iterator, Sequence

from disclosure_lint.cli.inputs import STANDARD_INPUT, Input, read
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.run_config import Linters
from disclosure_lint.engine.linter import Linter
from disclosure_lint.files.reading import why
from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.outputs.console import Progress
from disclosure_lint.readers.unsupported import CONVERTIBLE
from disclosure_lint.settings import Settings

_CONVERTING = LocalizedText("正在用 LibreOffice 转换", "converting with LibreOffice")
_TOGETHER = 20
_MOST_BYTES = 64 * 1024 * 1024
"""Of the files of one start, which are all in memory."""


def converted_ahead(
    linters: Linters,
    files: Sequence[tuple[Input, Settings]],
    say: Translator,
    is_known: Callable[[str], bool] = lambda _: False,
) -> Iterator[tuple[Input, Settings]]:
    """Yields the files as they are; before the first of some that need it, these are converted.

    Files whose names are known have been read already.
    """
    needs = [item for item, settings in files if is_convertible(item, settings)]
    waiting = [item for item in needs if not is_known(item.name)]
    converting = Progress(say.lang, _CONVERTING, len(waiting))
    is_one = len(waiting) == 1
    for item, settings in files:
        if waiting and item is waiting[0] and not is_one:
            batch = _batch(waiting)
            converting.show()
            linters.registry.converting.convert_ahead(batch)
            converting.step(len(batch))
            converting.end()
            del waiting[: len(batch)]
        yield item, settings


def read_in_turn(
    linters: Linters,
    files: Sequence[tuple[Input, Settings]],
    say: Translator,
    is_known: Callable[[str], bool] = lambda _: False,
) -> Iterator[tuple[Input, Settings, Linter, bytes | LocalizedText]]:
    """Yields the files, converted ahead, with their linters and their bytes, or why they cannot be read."""
    for item, settings in converted_ahead(linters, files, say, is_known):
        linter = linters.of(settings.packs, convert=settings.convert)
        try:
            data: bytes | LocalizedText = read(item)
        except OSError as error:
            data = why(error)
        yield item, settings, linter, data


def is_convertible(item: Input, settings: Settings) -> bool:
    """Says whether a file is of those that LibreOffice makes Word files of, if that is wanted."""
    if not settings.convert:
        return False
    return item.path != STANDARD_INPUT and item.error is None and item.name.lower().endswith(CONVERTIBLE)


def _batch(waiting: Sequence[Input]) -> list[tuple[str, bytes]]:
    """Returns names and bytes of the next files; no bytes for those that cannot be read, which is said elsewhere."""
    batch: list[tuple[str, bytes]] = []
    size = 0
    for item in waiting[:_TOGETHER]:
        try:
            # Not a pipe that is named: it can be read but once.
            data = read(item._replace(named=False))
        except OSError:
            data = b""
        size += len(data)
        if batch and size > _MOST_BYTES:
            break
        batch.append((item.name, data))
    return batch
