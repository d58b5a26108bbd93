"""What two writings of one label share: their Chinese letters, without marks, digits and space."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain

from disclosure_lint.binding.ordinals import ordinal_at
from disclosure_lint.model.characters import fold, squeeze
from disclosure_lint.model.form import Address, TableForm

_STEM = 5
"""So many letters at the beginning of a label tell it from all others of a form."""
ALIKE = 0.6
"""So like each other are two wordings of one label."""
_LEAST = 3
"""A shorter label is not told by likeness: 其他 is in too many."""
_SURE, _CUT = 3.0, 2.0
_NUMERALS = "一二三四五六七八九十"
_ORDINAL = r"(?:\d[.、]|（[一二三四五六七八九十]）|[一二三四]、)"


@lru_cache(maxsize=4096)  # labels come again in every report
def letters(folded: str) -> str:
    """Returns the Chinese letters of a folded text."""
    # No expression: one for so many characters takes longer to compile than a report to read.
    return "".join([char for char in folded if "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"])


def without_ordinal(label: str) -> str:
    """Returns a label folded, without white space and its ordinal: `1.属于国家秘密` gives `属于国家秘密`."""
    text = squeeze(label)
    ordinal = ordinal_at(text, 0, len(text))
    return text[ordinal.end :] if ordinal else text


class Labels:
    """The labels of a table of the form, ready to be found."""

    def __init__(self, form: TableForm):
        self.form = form
        self.keys = [
            tuple(dict.fromkeys(letters(without_ordinal(label)) for label in (row.label, *row.aliases)))
            for row in form.rows
        ]
        """For each row the letters of its label and its aliases."""
        self.addresses = [tuple(Address(form.id, row.id, column) for column in row.columns) for row in form.rows]
        """For each row the names of its cells."""
        self.suffixes = tuple(key for keys in self.keys for key in keys)
        self.columns = [
            tuple(dict.fromkeys(letters(squeeze(label)) for label in (column.label, *column.aliases)))
            for column in form.columns
        ]
        known = [label for row in form.rows for label in (row.label, *row.groups)]
        known += [column.label for column in form.columns] + list(form.headers)
        self.vocabulary = "\n".join(letters(fold(label)) for label in known)
        """All labels, to ask whether a cell's text is a piece of one."""

    def candidates(self, text: str) -> list[tuple[int, float]]:
        """Returns the rows that a record's letters may be the label of, each with how sure that is."""
        if text.endswith(self.suffixes):
            ends = [[len(key) for key in keys if text.endswith(key)] for keys in self.keys]
            return [(index, _SURE + max(lengths) / 100) for index, lengths in enumerate(ends) if lengths]
        return [(index, _CUT) for index, keys in enumerate(self.keys) if any(_holds(text, key) for key in keys)]

    def exact(self, pieces: Sequence[tuple[str, object]]) -> int | None:
        """Returns the row whose whole label the pieces end with, with nothing but labels before it in its piece."""
        text = "".join(piece for piece, _ in pieces)
        if not text.endswith(self.suffixes):
            return None
        length, row = max([(len(key), row) for row, keys in enumerate(self.keys) for key in keys if text.endswith(key)])
        for piece, _ in reversed(pieces):
            if length <= len(piece):
                return row if piece[: len(piece) - length].rstrip(_NUMERALS) in self.vocabulary else None
            length -= len(piece)
        return None

    def similarity(self, text: str, index: int) -> float:
        """Returns how alike the end of a record's letters and a row's label are, from 0 to 1."""
        # Only altered labels need it, and most reports have none.
        from difflib import SequenceMatcher

        best = 0.0
        for key in self.keys[index]:
            if len(key) < _LEAST:
                continue
            best = max(best, SequenceMatcher(None, text[-len(key) - 2 :], key, autojunk=False).ratio())
        return best

    def unknown(self, texts: Iterable[str]) -> list[str]:
        """Returns what is left of the letters of a header without the form's labels, where anything is."""
        return _without(self._any_label, texts)

    def not_of_rows(self, texts: Iterable[str]) -> list[str]:
        """Returns what is left of them without the labels of rows and groups, and other words, but the shortest."""
        return _without(self._row_label, texts)

    @cached_property
    def _any_label(self) -> re.Pattern[str]:
        return _one_of({*self._row_labels(), *chain(*self.columns), *map(letters, map(fold, self.form.headers))})

    @cached_property
    def _row_label(self) -> re.Pattern[str]:
        known = (*self._row_labels(), *map(letters, map(fold, self.form.headers)))
        return _one_of({label for label in known if len(label) >= _LEAST})

    def _row_labels(self) -> Iterable[str]:
        return (*self.suffixes, *(letters(fold(group)) for row in self.form.rows for group in row.groups))

    @cached_property
    def run_on(self) -> re.Pattern[str]:
        """Finds row labels, with their ordinals, in squeezed text that was run together."""
        texts = {without_ordinal(label) for row in self.form.rows for label in (row.label, *row.aliases)}
        longest_first = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
        sure = "|".join(re.escape(text) for text in longest_first if len(text) > 2)
        short = "|".join(re.escape(text) for text in longest_first if len(text) == 2)
        numbered = rf"{_ORDINAL}(?:{short})|(?<=[\d项数量额）])(?:{short})(?=\d)" if short else "(?!)"
        return re.compile(rf"{_ORDINAL}?(?:{sure})|{numbered}")


def _one_of(labels: Iterable[str]) -> re.Pattern[str]:
    # The longest first, since some labels begin like others.
    return re.compile("|".join(map(re.escape, sorted(filter(None, labels), key=len, reverse=True))))


def _without(known: re.Pattern[str], texts: Iterable[str]) -> list[str]:
    return [rest for text in texts if (rest := known.sub("", text))]


def _holds(text: str, key: str) -> bool:
    """Says whether a record's letters hold a row's label, or end with its beginning."""
    if len(key) < _STEM or key[:_STEM] not in text:
        return False
    return key in text or key.startswith(text[text.rfind(key[:_STEM]) :])
