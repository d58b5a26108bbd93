"""What is said of documents in folders that nobody looked at, lest they be taken for checked."""

from collections import Counter
from collections.abc import Sequence
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
    zh = "、".join(f"{suffix} {count} 个" for suffix, count in counts)
    en = ", ".join(f"{count} {suffix}" for suffix, count in counts)
    zh = f"文件夹里有 {len(inputs)} 个文件没有检查，这种格式读不了（{zh}）；请另存为 .docx{how}"
    en = f"{counted(len(inputs), 'file')} in folders not looked at, of formats that are not read ({en}); "
    tell(say(zh, f"{en}save as .docx{how}"))


_FORMAT = ("这种格式读不了", "its format is not read")
