"""The errors that people can mend: the user's, the document's, and those of code that strangers wrote."""

from collections.abc import Sequence
from typing import Any

from disclosure_lint.model.display import escape_controls

MOST_MISTAKES = 20
"""So many are told one by one."""
_LONGEST = 1000
"""Characters of a line that is told: a mistake may quote what a stranger wrote without end."""


class UserError(Exception):
    """The command line, a configuration, a rule file or a plugin is wrong (exit status 2).

    The text names the file, the line and column where known, and what was expected.
    """

    def __init__(
        self,
        message: str,
        path: str | None = None,
        line: int | None = None,
        column: int | None = None,
        *,
        en: str | None = None,
    ):
        """Takes the sentence in Chinese and in English; without `en`, it is in the language of the user already."""
        message = "\n".join(map(_brief, message.split("\n")))
        super().__init__(message)
        self.message = message
        """What is wrong and what to do, one sentence."""
        self.english = message if en is None else "\n".join(map(_brief, en.split("\n")))
        """The same in English."""
        self.path = path
        """The file at fault, as the user named it."""
        self.line = line
        """Line in that file, from 1."""
        self.column = column
        """Column in that line in code points, from 1."""

    def __str__(self) -> str:
        return self._placed(self.message)

    def _placed(self, sentence: str) -> str:
        path = None if self.path is None else escape_controls(self.path)  # lest a name make a line of its own
        place = [str(part) for part in (path, self.line, self.column) if part is not None]
        return ": ".join([":".join(place), sentence]) if place else sentence

    def __reduce__(self) -> tuple[Any, ...]:
        """Makes it again of what it is, not of what it was made of: a copy of the process may send it."""
        return _restored, (type(self), self.args, self.__dict__)

    def text(self, lang: str) -> str:
        """Returns the whole text, with the place, in `zh` or `en`."""
        return self._placed(self.english) if lang == "en" else str(self)

    def sentence(self, lang: str) -> str:
        """Returns what is wrong, without the place, in `zh` or `en`."""
        return self.english if lang == "en" else self.message


def _restored(kind: type[UserError], arguments: tuple[Any, ...], attributes: dict[str, Any]) -> UserError:
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    error.__dict__.update(attributes)
    return error


def _brief(line: str) -> str:
    half = _LONGEST // 2
    return line if len(line) <= _LONGEST else f"{line[:half]}……{line[-half:]}"


class MistakesError(UserError):
    """Several mistakes told as one error."""

    each: tuple[UserError, ...]
    """Each by itself."""

    def __init__(self, each: Sequence[UserError]):
        """Takes them in the order in which they are told, at least one; those that are such errors one by one."""
        flat = [one for error in each for one in (error.each if isinstance(error, MistakesError) else (error,))]
        first, shown = flat[0], flat[1:MOST_MISTAKES]
        lines = [first.message, *map(str, shown)]
        english = [first.english, *(one.text("en") for one in shown)]
        if len(flat) > MOST_MISTAKES:
            lines.append(f"……还有 {len(flat) - MOST_MISTAKES} 处错误")
            english.append(f"… and {len(flat) - MOST_MISTAKES} more mistakes")
        super().__init__("\n".join(lines), first.path, first.line, first.column, en="\n".join(english))
        self.each = tuple(flat)


class PluginError(UserError):
    """A plugin or a rule pack failed while it was at work, or took too long; what it was to do was not done.

    The linter turns it into a finding and goes on; the exit status is 2.
    """

    def __init__(self, owner: str, zh: str, en: str):
        super().__init__(zh, en=en)
        self.owner = owner
        """The plugin by the name of its entry point, or the pack by its id."""
        self.zh = zh
        """What failed and how, in Chinese."""
        self.en = en
        """The same in English."""

    def text(self, lang: str) -> str:
        """Returns what failed in `zh` or `en`."""
        return self.en if lang == "en" else self.zh


NOT_A_REPORT = "not-a-report"
"""The event of a document that is not read and that certainly is no report: passed over where nobody named it."""


class UnreadableError(Exception):
    """A document that cannot be read: a finding about that file, never the end of the run."""

    def __init__(self, event: str, zh: str, en: str):
        super().__init__(en)
        self.event = event
        """Which input rule reports it: `unreadable`, `no-text-layer` or `not-a-report`."""
        self.zh = zh
        """The reason and what to do, in Chinese."""
        self.en = en
        """The same in English."""
