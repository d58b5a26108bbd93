"""What is said of PDF files that cannot be read."""

from disclosure_lint.model.errors import UnreadableError

_AGAIN = (
    "请重新取得完整的文件，或用 Word 等软件重新“另存为 PDF”再检查",
    "get a whole copy, or save it as PDF anew from Word or the like",
)


def damaged() -> UnreadableError:
    """A file that PDFium does not open."""
    return _unreadable("PDF 文件已损坏或不完整，打不开", "the PDF is damaged or incomplete")


def crashed() -> UnreadableError:
    """A file at which the process that reads PDF ended."""
    return _unreadable(
        "PDF 文件有异常，读取程序中止了，没有检查", "the PDF is malformed: the program that reads it ended"
    )


def too_slow() -> UnreadableError:
    """A file that takes too long."""
    return _unreadable(
        "读取 PDF 用的时间太长，不像年度报告，没有检查", "reading the PDF took too long, unlike any annual report"
    )


def too_much() -> UnreadableError:
    """A file with more in it than any report has."""
    return _unreadable(
        "PDF 里的页数、图形或文字太多，不像年度报告，没有检查",
        "the PDF has more pages, lines or text than any annual report, and was not checked",
    )


def too_big() -> UnreadableError:
    """A file of more bytes than any report has."""
    return UnreadableError(
        "unreadable",
        "PDF 文件超过 64 MB，没有读取；年报一般不超过几 MB，请用 Word 等软件重新“另存为 PDF”再检查",
        "the PDF has more than 64 MB and was not read; save it as PDF anew from Word or the like",
    )


def has_password() -> UnreadableError:
    """A file that asks for a password."""
    return UnreadableError(
        "unreadable",
        "PDF 加了密码，读不了；请去掉打开密码，另存后再检查",
        "the PDF has a password; save it without one",
    )


def no_library() -> UnreadableError:
    """A machine without PDFium."""
    return UnreadableError(
        "unreadable",
        '读 PDF 需要 pypdfium2，这台电脑上没有装；请在本工具的源代码文件夹里运行 pip install ".[pdf]" 再检查',
        'reading PDF needs pypdfium2, which is not installed here; run pip install ".[pdf]" in the source folder',
    )


def not_markable() -> UnreadableError:
    """A file to which nothing can be added."""
    return UnreadableError(
        "unreadable",
        "这个 PDF 不能加批注，可能不让修改",
        "no notes can be put into this PDF; perhaps it forbids changes",
    )


def not_started(reason: str) -> UnreadableError:
    """A machine on which no process can be started for PDF."""
    return UnreadableError(
        "unreadable",
        f"读 PDF 的进程启动不了：{reason}",
        f"the process that reads PDF could not be started: {reason}",
    )


def scanned(pages: str, pages_en: str) -> UnreadableError:
    """A file of pictures; pages as in `pages_in_words`."""
    return UnreadableError(
        "no-text-layer",
        f"{pages}是扫描图片；请用 Word 等软件重新“另存为 PDF”，只有扫描件的，先做文字识别并人工核对",
        f"{pages_en} scanned; save it as PDF anew from Word or the like, or have its text recognised and proofread it",
    )


def outlined(pages: str, pages_en: str) -> UnreadableError:
    """A file whose text is drawn as figures; pages as in `pages_in_words`."""
    return UnreadableError(
        "no-text-layer",
        f"{pages}的文字转成了图形，读不出来；请用 Word 等软件重新“另存为 PDF”并嵌入字体，或直接检查原来的 Word 文件",
        f"{pages_en} without text, which is drawn as figures; save it as PDF anew from Word or the like with the fonts "
        "embedded, or check the Word file itself",
    )


def undecodable(pages: str, pages_en: str) -> UnreadableError:
    """A file that does not say what its glyphs mean; pages as in `pages_in_words`."""
    return UnreadableError(
        "no-text-layer",
        f"{pages}的文字认不出来，复制出来也是乱码：文件里的字体没有写明每个字形是什么字；"
        "请用 Word 等软件重新“另存为 PDF”并嵌入字体，或直接检查原来的 Word 文件",
        f"{pages_en} not to be decoded, since the fonts do not say which characters their glyphs are; "
        "save it as PDF anew from Word or the like with the fonts embedded, or check the Word file itself",
    )


def pages_in_words(pages: list[int]) -> tuple[str, str]:
    """Returns numbers of pages, as `第 1–3、5 页` and `pages 1–3 and 5 are`."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    parts = [f"{first}–{last}" if last > first else f"{first}" for first, last in spans]
    listed = ", ".join(parts[:-1]) + (" and " if parts[1:] else "") + parts[-1]
    return f"第 {'、'.join(parts)} 页", f"pages {listed} are" if len(pages) > 1 else f"page {listed} is"


def _unreadable(zh: str, en: str) -> UnreadableError:
    return UnreadableError("unreadable", f"{zh}；{_AGAIN[0]}", f"{en}; {_AGAIN[1]}")
