"""What is told the user beside the findings: each thing once, until it is mended and comes back."""

from collections.abc import Callable, Iterable

from lsprotocol import types

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.errors import UserError

_BUG = LocalizedText(
    "程序内部出错，不是文件的问题；详情见语言服务的日志", "a bug in disclosure-lint; see the log of the language server"
)


class Messages:
    """Remembers what was said."""

    def __init__(self, show: Callable[[str, types.MessageType], None], log: Callable[[str], None], lang: str | None):
        """Takes what shows a message to the user, what writes one to the editor's log, and the language."""
        self._show = show
        self._log = log
        self._lang = lang or "zh"
        self._by_owner: dict[str, frozenset[str]] = {}
        self._told_of_bugs = False

    def trouble(self, owner: str, texts: Iterable[str]) -> None:
        """Tells what keeps a text from being looked at as it should; replaces what was told of it before."""
        texts = frozenset(texts)
        known = frozenset[str]().union(*self._by_owner.values())
        self._by_owner.pop(owner, None)
        if texts:
            self._by_owner[owner] = texts
        for text in sorted(texts - known):
            self._show(text, types.MessageType.Error)

    def said(self, errors: Iterable[UserError]) -> list[str]:
        """Returns the whole texts of errors."""
        return [error.text(self._lang) for error in errors]

    def complain(self, complaints: Iterable[LocalizedText]) -> None:
        """Tells which of the editor's settings cannot be used."""
        for words in complaints:
            self._show(words.text(self._lang), types.MessageType.Warning)

    def bug(self, text: str) -> None:
        """Logs an error of ours; the user is told of the first one only."""
        self._log(text)
        if not self._told_of_bugs:
            self._show(_BUG.text(self._lang), types.MessageType.Error)
        self._told_of_bugs = True
