"""An output that is a folder: pages beside each other, each whole or not there, the one that leads to them last."""

import os
from collections.abc import Iterable
from pathlib import Path

from disclosure_lint.cli.language import Translator
from disclosure_lint.files.reading import read_start
from disclosure_lint.model.display import disarmed
from disclosure_lint.model.errors import UserError
from disclosure_lint.model.output import GENERATOR, FolderWriter, Page
from disclosure_lint.model.result import FileResult

_HEAD = 4096


def is_folder(path: str) -> bool:
    """Says whether an output is to be a folder: one that is there, or a name that ends like one."""
    return path.endswith(("/", os.sep)) or Path(path).is_dir()


class FolderOutput:
    """Writer and output in one: what the format writes goes to files of the folder, and nothing to a stream."""

    utf8 = True
    closed = False

    def __init__(self, writer: FolderWriter, path: str, say: Translator):
        """Takes the folder, which is made if it is not there."""
        self._writer = writer
        self._folder = Path(path)
        self._say = say
        self._refuse_another()

    def start(self) -> str:
        """Returns nothing."""
        return ""

    def add(self, result: FileResult) -> str:
        """Writes the pages about a file."""
        return self._put(self._writer.add(result))

    def finish(self) -> str:
        """Writes the pages about all files."""
        return self._put(self._writer.finish())

    def write(self, text: str) -> None:
        """Writes nothing: there is no stream."""

    def abandon(self) -> None:
        """Writes no more."""
        self.closed = True

    def _refuse_another(self) -> None:
        """Raises UserError if the folder is a web site of somebody else."""
        index = self._folder / "index.html"
        try:
            is_ours = not index.exists() or GENERATOR.encode() in read_start(str(index), _HEAD)
        except OSError:
            is_ours = False
        if not is_ours:
            zh, en = (
                "这个文件夹里已有别的 index.html，请换一个文件夹",
                "there is another index.html here; name another folder",
            )
            raise UserError(self._say(zh, en), str(index))

    def _put(self, pages: Iterable[Page]) -> str:
        # Most runs write to the console.
        from disclosure_lint.files import writing

        for page in pages:
            target = self._folder / page.name
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                writing.put(os.path.realpath(target), disarmed(page.text).encode("utf-8", "backslashreplace"))
            except OSError as error:
                reason = error.strerror or str(error)
                message = self._say(f"结果写不进这个文件夹：{reason}", f"cannot write the output: {reason}")
                raise UserError(message, str(target)) from None
        return ""
