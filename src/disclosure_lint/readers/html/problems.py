"""Why a web page cannot be read, in words that say what to do."""

from disclosure_lint.model.errors import UnreadableError


def too_large(what_zh: str, what_en: str) -> UnreadableError:
    """More than any report can hold."""
    return UnreadableError(
        "unreadable",
        f"网页{what_zh}，不像年度报告，没有检查；如果确是年报，请把正文复制到 Word 文档或文本文件再检查",
        f"the web page {what_en}, unlike any annual report, and was not checked; "
        "if it is one, copy its text into a Word file or a text file",
    )


def too_deep() -> UnreadableError:
    """Elements within elements without end."""
    return too_large("层层嵌套得太深", "is nested too deeply")


def too_many_tags(most: int) -> UnreadableError:
    """Tags without end."""
    return too_large(f"的标记超过 {most // 10_000} 万个", f"has more than {most} tags")


def too_much_text(most: int) -> UnreadableError:
    """Text without end."""
    return too_large(f"的文字超过 {most // 10_000} 万字", f"has more than {most} characters of text")
