"""What is said of documents in folders that nobody looked at, lest they be taken for checked."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path

from disclosure_lint.cli.discovery import Input
from disclosure_lint.cli.language import Translator
from disclosure_lint.outputs.console import tell
from disclosure_lint.outputs.wording import counted
from disclosure_lint.readers.unsupported import CONVERTIBLE


def note(inputs: Sequence[Input], say: Translator, *, verbose: bool) -> None:
    """Says on standard error how many documents are of formats that are not read, and which if it is to be verbose."""
    for item in inputs if verbose else ():
        tell(say(f"跳过 {item.name}：", f"skipped {item.name}: ") + say(*_FORMAT))
    counts = sorted(Counter(Path(item.name).suffix.lower() for item in inputs).items())
    if any(suffix in CONVERTIBLE for suffix, _ in counts):
        how = say("，或安装 LibreOffice 后加 --convert", ", or install LibreOffice and add --convert")
    else:
        how = ""
    if any(suffix in _PACKED for suffix, _ in counts):
        how += say("；压缩包请先解压", "; unpack archives first")
    zh, en = _counted(counts)
    zh = f"文件夹里有 {len(inputs)} 个文件没有检查，这种格式读不了（{zh}）；请另存为 .docx{how}"
    en = f"{counted(len(inputs), 'file')} in folders not looked at, of formats that are not read ({en}); "
    tell(say(zh, f"{en}save as .docx{how}"))


def nothing(folders: Sequence[str], suffixes: Iterable[str], say: Translator) -> None:
    """Says on standard error that there is nothing to check in folders, what there is, and what could be checked."""
    names = (name for folder in folders for _, _, files in os.walk(folder) for name in files)
    kinds = Counter(Path(name).suffix.lower() or name for name in islice(names, _MOST_FILES))
    counts = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))[:_MOST_KINDS]
    zh, en = _counted(counts)
    there = say(f"文件夹里{f'有 {zh}' if counts else '是空的'}", f"there is {en}" if counts else "the folder is empty")
    known = say("、", ", ").join(sorted(suffixes))
    zh = f"没有找到可以检查的文件：{there}；能检查的是 {known}（配置里 exclude 排除的不算）"
    tell(say(zh, f"found no file to lint: {there}; linted is what ends with {known} and is not excluded"))


def _counted(counts: Iterable[tuple[str, int]]) -> tuple[str, str]:
    """Returns how many files there are of each ending, in both languages."""
    pairs = list(counts)
    return (
        "、".join(f"{suffix} {count} 个" for suffix, count in pairs),
        ", ".join(f"{count} {suffix}" for suffix, count in pairs),
    )


_MOST_FILES, _MOST_KINDS = 10_000, 8
_PACKED = (".zip", ".rar", ".7z")
_FORMAT = ("这种格式读不了", "its format is not read")
