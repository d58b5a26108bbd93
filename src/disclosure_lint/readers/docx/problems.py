"""Why a Word file cannot be read, in words that say what to do."""

from disclosure_lint.model.errors import UnreadableError


def damaged() -> UnreadableError:
    """A ZIP or XML that is broken."""
    return UnreadableError(
        "unreadable",
        "Word 文件已损坏，可能没有传完；请重新取得完整的文件，或用 Word、WPS 打开修复后另存",
        "the Word file is damaged, perhaps cut off in transfer; "
        "get a whole copy, or open it in Word or WPS and save it anew",
    )


def ambiguous(part: str) -> UnreadableError:
    """Two parts of which it is not told which one is meant."""
    name = part[:100]
    return UnreadableError(
        "unreadable",
        f"Word 文件里有两个 {name} 或同类部件，不知道该读哪一个；请用 Word 或 WPS 打开修复后另存",
        f"the Word file has two parts {name}, or two of that kind, and does not tell which to read; "
        "open it in Word or WPS and save it anew",
    )


def encrypted() -> UnreadableError:
    """Parts that need a password."""
    return UnreadableError(
        "unreadable",
        "文件加了密码；请用 Word 或 WPS 打开，去掉密码后另存，再检查",
        "the file has a password; open it in Word or WPS and save it without one",
    )


def no_word_file() -> UnreadableError:
    """A package of Office that holds no text document."""
    return UnreadableError(
        "unreadable",
        "文件里没有 Word 文档的正文；请用 Word 或 WPS 打开，另存为 .docx 再检查",
        "the file holds no text of a Word document; open it in Word or WPS and save it as .docx",
    )


def without_text(what_zh: str, what_en: str) -> UnreadableError:
    """A file that holds pictures, or something else that is not read, and next to no text."""
    return UnreadableError(
        "unreadable",
        f"Word 文件里几乎没有文字，只有{what_zh}；请找到文字版，或先做文字识别并人工核对，另存后再检查",
        f"the Word file holds next to no text, only {what_en}; take the one with text, or have the text recognised, "
        "compare it and save it anew",
    )


def too_large(what_zh: str, what_en: str) -> UnreadableError:
    """More than any report can hold."""
    return UnreadableError(
        "unreadable",
        f"Word 文件{what_zh}，不像年度报告，没有检查；如果确是年报，请复制正文到新文档另存再检查",
        f"the Word file {what_en}, unlike any annual report, and was not checked; "
        "if it is one, copy its text into a new document",
    )


def too_deep() -> UnreadableError:
    """Elements within elements without end."""
    return too_large("层层嵌套得太深", "is nested too deeply")


def unsafe() -> UnreadableError:
    """A declaration that no Word file has, and that attacks on readers of XML begin with."""
    return UnreadableError(
        "unreadable",
        "文件里有 Word 文件不该有的 DOCTYPE 声明，可能有害，没有读取；请弄清来源，用 Word 或 WPS 重新另存",
        "the file has a DOCTYPE declaration, which no Word file has; it may do harm and was not read. "
        "Find out where it is from, and save it anew in Word or WPS",
    )
