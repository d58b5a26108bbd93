"""Bytes to text: which encoding it is, told apart on a dozen characters too."""

from disclosure_lint.files.reading import LARGEST_DOCUMENT
from disclosure_lint.model.errors import NOT_A_REPORT, UnreadableError

MAX_BYTES = 8 * 1024 * 1024
"""A report is some ten kilobytes; a thousand times that is no report."""

_SUBJECT = "信息公开"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 4000


def decode(data: bytes, most: int = MAX_BYTES) -> tuple[str, str]:
    """Returns the text without byte order mark and the name of its encoding; raises UnreadableError."""
    if len(data) > most:
        size = len(data) / 1024 / 1024
        raise UnreadableError(
            event_of(data),
            f"文件有 {size:.0f} MB，超过 {most // 1024 // 1024} MB 的上限，不像年度报告，没有检查",
            f"the file has {size:.0f} MB, over the limit of {most // 1024 // 1024} MB; not checked",
        )
    text, encoding = _decode(data)
    if "\0" in text:
        raise _undecodable()
    return text, encoding


def event_of(data: bytes) -> str:
    """Returns which event it is that a file is too large: one that is no report is none of our business.

    Of a file that was not read to its end it cannot be told.
    A report speaks of 信息公开 dozens of times, so that spaces within some of them do not matter; a page may write its
    characters as numbers.
    """
    if len(data) > LARGEST_DOCUMENT:
        return "unreadable"
    names = [_SUBJECT.encode(one) for one in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")]
    return "unreadable" if any(name in data for name in (*names, b"&#")) else NOT_A_REPORT


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise _damaged(encoding, data, error.start) from None
    try:
        text = data.decode("utf-8")
        if "\0" not in text:
            return text, "utf-8"
    except UnicodeDecodeError as error:
        if _is_broken_utf8(data):
            raise _damaged("utf-8", data, error.start) from None
    guesses = [guess for encoding in ("gb18030", "utf-16-le", "utf-16-be") if (guess := _guess(data, encoding))]
    if not guesses:
        raise _undecodable()
    likeness, text, encoding = max(guesses, key=lambda guess: guess[0])
    if likeness < 0.7:
        raise _undecodable()
    return text, encoding


def _guess(data: bytes, encoding: str) -> tuple[float, str, str] | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return _chinese_likeness(text), text, encoding


def _chinese_likeness(text: str) -> float:
    """Returns the share of characters that simplified Chinese text is made of: ASCII, marks, GB 2312's first level."""
    sample = text[:_SAMPLE]
    usual = 0
    for char in sample:
        if char in "\t\r\n" or " " <= char <= "~":
            usual += 1
        else:
            code = char.encode("gb2312", "ignore")
            usual += len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)
    return usual / max(1, len(sample))


def _is_broken_utf8(data: bytes) -> bool:
    """Says whether bytes are UTF-8 but for a few, as after a cut: reading those as another encoding gives garbage."""
    text = data[: _SAMPLE * 3].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    chinese = sum("\u4e00" <= char <= "\u9fff" for char in text)
    return chinese > 3 * broken and _chinese_likeness(text.replace("\ufffd", "")) > 0.9


def _damaged(encoding: str, data: bytes, offset: int) -> UnreadableError:
    line = data[:offset].count(b"\n") + 1
    return UnreadableError(
        "unreadable",
        f"文件已损坏：第 {line} 行有不完整的字符（编码 {encoding}），可能在传输中被截断；请取得完整的文件",
        f"the file is damaged: incomplete character in line {line} (encoding {encoding}), perhaps cut off in transfer",
    )


def _undecodable() -> UnreadableError:
    return UnreadableError(
        "unreadable",
        "不是文本文件，或使用了无法识别的编码；请另存为 UTF-8 编码的文本",
        "no text file, or in an unknown encoding; save it as UTF-8 text",
    )
