"""A changed text back to bytes, in the encoding that it came in."""

from disclosure_lint.model.diagnostic import LocalizedText

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PLAIN = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}


class RefusedError(Exception):
    """A file must stay as it is."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.words = LocalizedText(zh, en)
        """Why, in both languages."""


def encoded(data: bytes, before: str, after: str, encoding: str) -> bytes:
    """Returns the bytes of `after` in the encoding that `before` was read with from `data`, with its byte order mark.

    Raises RefusedError if the bytes cannot be had again from the text that was read, or the new text has characters
    that the encoding lacks: a file that is GBK must not become GB18030, which other programs would not expect.
    """
    mark, plain = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", _PLAIN.get(encoding, encoding)))
    if plain == "gb18030" and _encodes(before, "gbk"):
        plain = "gbk"
    if _bytes(mark, before, plain) != data:
        raise RefusedError(
            f"按 {encoding} 读出的文字写不回原来的字节，没有改动；请另存为 UTF-8 再修正",
            f"what was read as {encoding} cannot be written back byte by byte; left as it is, save it as UTF-8 first",
        )
    new = _bytes(mark, after, plain)
    if new is None:
        raise RefusedError(
            f"修正要用的字在文件的编码 {plain} 里没有，没有改动；请另存为 UTF-8 再修正",
            f"the fixes need characters that the file's encoding {plain} lacks; left as it is, save it as UTF-8 first",
        )
    return new


def _bytes(mark: bytes, text: str, encoding: str) -> bytes | None:
    return mark + text.encode(encoding) if _encodes(text, encoding) else None


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
