"""Bytes of a file or of standard input, and the words for why there are none."""

import errno
import os
import sys
from pathlib import Path

from disclosure_lint.cli.discovery import STANDARD_INPUT, Input, Named
from disclosure_lint.cli.language import Speaker
from disclosure_lint.model.diagnostic import Words
from disclosure_lint.model.errors import UserError

# One byte more than any report may have: the linter sees that it is too large, and memory holds out.
READ_LIMIT = 64 * 1024 * 1024 + 1

_REASONS = {
    errno.EACCES: Words("没有读取权限，请检查文件权限", "no permission to read it"),
    errno.EPERM: Words("没有读取权限，请检查文件权限", "no permission to read it"),
    errno.ENOENT: Words(
        "文件不存在，链接指向的文件可能已被删除", "it does not exist; perhaps a link to a deleted file"
    ),
    errno.ELOOP: Words("链接绕成了圈", "the link leads back to itself"),
    errno.ENAMETOOLONG: Words("路径太长", "the path is too long"),
}


def read(item: Input) -> bytes:
    """Returns the bytes, at most `READ_LIMIT`. Raises OSError."""
    if item.error:
        raise item.error
    if item.path == STANDARD_INPUT:
        return sys.stdin.buffer.read(READ_LIMIT)
    with Path(item.path).open("rb") as file:
        return file.read(READ_LIMIT)


def reason(error: OSError) -> Words:
    """Returns why a file or folder could not be read, and what to do."""
    said = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Words(f"系统说：{said}", f"the system says: {said}"))


def listed(path: str, say: Speaker) -> list[Named]:
    """Returns the paths of a list of files, one a line or separated by NUL; `-` is standard input."""
    try:
        data = sys.stdin.buffer.read() if path == STANDARD_INPUT else Path(path).read_bytes()
    except OSError as error:
        words = reason(error)
        raise UserError(
            say(f"文件清单读不了：{words.zh}", f"cannot read the list of files: {words.en}"), path
        ) from None
    separator = b"\0" if b"\0" in data else b"\n"
    parts = data.removeprefix(b"\xef\xbb\xbf").split(separator)
    names = [os.fsdecode(part.removesuffix(b"\r")) for part in parts]
    return [Named(name, path, line) for line, name in enumerate(names, 1) if name]
