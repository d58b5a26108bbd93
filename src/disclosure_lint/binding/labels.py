"""The rows of a statutory table by their wordings, and what a label on the page shares with each of them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from disclosure_lint.binding.wordings import (
    ALIKE,
    MOST_LABELS,
    NUMBER_AT_START,
    NUMERALS,
    SHORT,
    SURELY_ALIKE,
    Wording,
    letters,
    similarity,
    without_ordinal,
    wordings_of,
)
from disclosure_lint.model.characters import fold, squeeze
from disclosure_lint.model.form import TableForm
from disclosure_lint.model.lazy_re import lazy_re_compile

_NUMBER_AT_END = lazy_re_compile(rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,2}})$")
_ORDINAL = r"(?:\d[.、]|（[一二三四五六七八九十]）|[一二三四]、)"


class Likeness(NamedTuple):
    """What a label on the page shares with a row of the form."""

    row: int
    """Index of the row."""
    stem: float
    """How alike the wordings are, from 0 to 1; 1 if the row's ends the label."""
    short: bool = False
    """Whether the row's wording is so short that only its ordinal tells it: 其他."""
    ordinal: int = 0
    """1 if the row's ordinal stands before it, -1 if another does."""
    stray: bool = False
    """Whether words that are no part of the form stand before it in the same piece: `2022年本年新收…`."""
    astray: bool = False
    """Whether the group that stands before it in the same piece is another row's: `（六）其他处理总计`."""
    length: int = 0
    """How many letters at the label's end are the wording."""

    @property
    def is_whole(self) -> bool:
        """Whether the label is the row's, word for word, with nothing that speaks against it."""
        return self.stem == 1 and self.ordinal >= (1 if self.short else 0) and not self.stray and not self.astray


class Labels:
    """The labels of a table of the form, ready to be found."""

    def __init__(self, form: TableForm):
        self.form = form
        self.wordings = [tuple(dict.fromkeys(wordings_of(row.label, row.aliases))) for row in form.rows]
        """For each row its label and its aliases."""
        self.stems = [tuple(dict.fromkeys(wording.stem for wording in wordings)) for wordings in self.wordings]
        """For each row the letters of its wordings."""
        self.suffixes = tuple(stem for stems in self.stems for stem in stems if stem)
        """All of them."""
        self.columns = [
            tuple(dict.fromkeys(letters(squeeze(label)) for label in (column.label, *column.aliases)))
            for column in form.columns
        ]
        """For each column the letters of its label and its aliases."""
        self.called: dict[str, list[int]] = {}
        """For each of these the indexes of the columns that are called so."""
        for index, keys in enumerate(self.columns):
            for key in keys:
                self.called.setdefault(key, []).append(index)
        self.headers = frozenset(letters(fold(header)) for header in form.headers)
        """The letters of what else the form has above its columns."""
        known = [label for row in form.rows for label in (row.label, *row.groups)]
        known += [column.label for column in form.columns] + list(form.headers)
        self.vocabulary = "\n".join(letters(fold(label)) for label in known)
        """All labels, to ask whether a cell's text is a piece of one."""
        self.header_words = self.headers.union(self.called)
        """Labels of columns, and what else the form has above them."""
        self.group_of = {
            at: letters(fold(column.groups[-1])) for at, column in enumerate(form.columns) if column.groups
        }
        """For each column that has one the letters of its innermost group label."""
        self.groups = frozenset(self.group_of.values())
        places = {column.id: place for place, column in enumerate(form.columns)}
        self.wanted = [tuple(sorted(places[name] for name in row.columns)) for row in form.rows]
        """For each row the indexes of its columns."""
        self._longest = max(map(len, self.suffixes), default=0)
        self._by_last = _by_last(self.wordings)
        self._likenesses: dict[tuple[str, ...], tuple[Likeness, ...]] = {}

    def likenesses(self, pieces: tuple[str, ...]) -> tuple[Likeness, ...]:
        """Returns the rows that a label may be, given its pieces (`lettered`) in the order of reading."""
        known = self._likenesses.get(pieces)
        if known is None:
            if len(self._likenesses) >= MOST_LABELS:
                self._likenesses.clear()
            own = self.without_header(pieces)
            known = self._likenesses[pieces] = tuple(self.whole_wordings(own) or self._resembling(own))
        return known

    def without_header(self, pieces: tuple[str, ...]) -> tuple[str, ...]:
        """Leaves out the row of columns' labels that stands between a label and its values."""
        end = len(pieces)
        while end and pieces[end - 1] in self.called:
            end -= 1
        return pieces[:end] if len(pieces) - end > 1 else pieces

    def ending(self, pieces: tuple[str, ...]) -> Iterable[Likeness]:
        """Returns the rows one of whose wordings ends a label, whatever the columns' labels behind it."""
        return self.whole_wordings(self.without_header(pieces))

    def whole_wordings(self, pieces: Sequence[str]) -> Iterable[Likeness]:
        """Returns the rows one of whose wordings ends a label."""
        text = "".join(pieces)
        best: dict[int, Likeness] = {}
        for row, wording in self._by_last.get(text[-1:], ()):
            if text.endswith(wording.stem):
                found = self._whole(pieces, text, row, wording)
                # The longest wording leaves the least before it unexplained.
                if row not in best or found.length > best[row].length:
                    best[row] = found
        return best.values()

    def _whole(self, pieces: Sequence[str], text: str, row: int, wording: Wording) -> Likeness:
        start, begin, place = len(text) - len(wording.stem), 0, 0
        while begin + len(pieces[place]) <= start:
            begin += len(pieces[place])
            place += 1
        before = text[begin:start]
        if not before and place and _NUMBER_AT_END.fullmatch(pieces[place - 1]):
            before = pieces[place - 1]  # an ordinal in a cell of its own
        ordinal, before = self._ordinal(before, wording.ordinal)
        stray, astray = self._explained(before, row) if before else (False, False)
        length = len(wording.stem)
        short = length <= SHORT and bool(wording.ordinal)
        return Likeness(row, 1.0, short, ordinal, stray, astray and ordinal < 1, length)

    def _ordinal(self, before: str, expected: str) -> tuple[int, str]:
        """Returns whether the text before a wording ends with the right ordinal, and that text without it."""
        rest = before.removesuffix(expected)
        if rest != before and not (expected.isdecimal() and rest[-1:].isdecimal()):
            return 1, rest
        match = _NUMBER_AT_END.search(before)
        if match is None or (not match.group().isdecimal() and self._known_words.sub("", before[: match.start()])):
            return 0, before
        return (-1 if expected else 0), before[: match.start()]

    def _explained(self, before: str, row: int) -> tuple[bool, bool]:
        """Returns whether text before a label holds words that are not the form's, and whether groups of other rows."""
        own = self._groups_of(row)
        others = any(word in self.group_words and word not in own for word in self._known_words.findall(before))
        rest = self._known_words.sub("", before)
        return bool(rest.strip(f"{NUMERALS}0123456789第项")), others

    def _groups_of(self, row: int) -> frozenset[str]:
        return frozenset(letters(without_ordinal(group)) for group in self.form.rows[row].groups)

    @cached_property
    def group_words(self) -> frozenset[str]:
        """The letters of the labels of all groups of rows, without their ordinals."""
        return frozenset().union(*map(self._groups_of, range(len(self.form.rows))))

    @cached_property
    def with_groups(self) -> tuple[str, ...]:
        """For each row of a group the letters and digits of its label behind the group's: `六其他处理3其他`."""
        rows = zip(self.form.rows, self.wordings, strict=True)
        return tuple([letters(fold(row.groups[-1])) + own[0].ordinal + own[0].stem for row, own in rows if row.groups])

    def is_of_groups(self, name: str) -> bool:
        """Says whether a label, in letters and digits, is that of groups only, and no row's; or none."""
        return not name.endswith(self.suffixes) and not self._known_words.sub("", name).strip(NUMERALS + "0123456789")

    @cached_property
    def _known_words(self) -> re.Pattern[str]:
        return _one_of(self.header_words | self.group_words)

    def _resembling(self, pieces: Sequence[str]) -> Iterable[Likeness]:
        """Rows whose wording is in the label, ends cut off in it, or is like its last piece."""
        text = "".join(pieces)
        if not text:
            return
        for row, wordings in enumerate(self.wordings):
            like = max(similarity(text, pieces[-1], wording.stem) for wording in wordings)
            ordinal = self.ordinal_of(pieces, row) if like >= ALIKE else 0
            if like >= (ALIKE if ordinal >= 0 else SURELY_ALIKE):
                yield Likeness(row, min(like, 0.99), ordinal=ordinal)

    def before(self, text: str, row: int) -> str:
        """Returns what stands in a text before the wording of a row that ends it; nothing if none does."""
        return next((text.removesuffix(stem) for stem in self.stems[row] if stem and text.endswith(stem)), "")

    def before_all(self, name: str, row: int) -> list[str]:
        """Returns what stands in a label before the wordings of a row, wherever they are in it."""
        return [
            name[: match.start()] for stem in self.stems[row] if stem for match in re.finditer(re.escape(stem), name)
        ]

    def has_ordinal(self, before: str, row: int) -> bool:
        """Says whether text before a wording ends with a row's ordinal."""
        expected = self.wordings[row][0].ordinal
        return bool(expected) and self._ordinal(before, expected)[0] > 0

    def is_short(self, row: int) -> bool:
        """Says whether only its ordinal tells a row's label from other words: `（七）总计`."""
        label = self.wordings[row][0]
        return len(label.stem) <= SHORT and bool(label.ordinal)

    def ordinal_of(self, pieces: Sequence[str], row: int) -> int:
        """Returns 1 if the last piece begins with a row's ordinal, -1 if with another, 0 if with none."""
        number = NUMBER_AT_START.match(pieces[-1]) if pieces else None
        expected = self.wordings[row][0].ordinal
        return 0 if number is None or not expected else 1 if number.group() == expected else -1

    def is_known(self, piece: str) -> bool:
        """Says whether a piece is a label of the form's, or ends with a row's."""
        name = letters(piece)
        return name in self.header_words or name in self.group_words or name.endswith(self.suffixes)

    def names_several(self, pieces: Sequence[str]) -> bool:
        """Says whether pieces are the labels of several rows: the header of blocks that stand beside each other."""
        return sum(any(piece.endswith(stems) for piece in pieces) for stems in self.stems) > 1

    def cut(self, name: str, below: str) -> set[int]:
        """Returns the rows with whose first letters a label ends, if their wording's others follow below."""
        beginnings = (name[-length:] for length in range(1, min(len(name), self._longest) + 1))
        return {row for beginning in beginnings for row, rest in self._rests.get(beginning, ()) if rest in below}

    @cached_property
    def _rests(self) -> dict[str, list[tuple[int, str]]]:
        """For each beginning of a row's wording the row, with the rest of the wording."""
        rests: dict[str, list[tuple[int, str]]] = {}
        for row, stems in enumerate(self.stems):
            for stem in stems:
                for end in range(1, len(stem)):
                    rests.setdefault(stem[:end], []).append((row, stem[end:]))
        return rests

    def are_all_in(self, name: str) -> bool:
        """Says whether the letters of the labels of all columns are in a header."""
        needed = Counter("".join(min(keys, key=len) for keys in self.columns))
        return needed <= Counter(name)

    def unknown(self, texts: Iterable[str]) -> list[str]:
        """Returns what is left of the letters of a header without the form's labels, where anything is."""
        return [rest for text in texts if (rest := self._any_label.sub("", text))]

    def not_of_rows(self, texts: Iterable[str]) -> list[str]:
        """Returns what is left of them without the labels of rows and groups, and other words, but the shortest."""
        return [rest for text in texts if (rest := self._row_label.sub("", text))]

    @cached_property
    def header_part(self) -> re.Pattern[str]:
        """Finds labels of columns, rows and groups, and other words of the header, in letters run together."""
        return _one_of(self.header_words.union(self.group_words, self.suffixes))

    @cached_property
    def _any_label(self) -> re.Pattern[str]:
        return _one_of(self.header_words.union(self._row_labels()))

    @cached_property
    def _row_label(self) -> re.Pattern[str]:
        return _one_of({label for label in self.headers.union(self._row_labels()) if len(label) > SHORT})

    def _row_labels(self) -> Iterable[str]:
        return (*self.suffixes, *(letters(fold(group)) for row in self.form.rows for group in row.groups))

    @cached_property
    def run_on(self) -> re.Pattern[str]:
        """Finds row labels, with their ordinals, in squeezed text that was run together."""
        texts = {without_ordinal(label) for row in self.form.rows for label in (row.label, *row.aliases)}
        longest_first = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
        sure = "|".join(re.escape(text) for text in longest_first if len(text) > SHORT)
        short = "|".join(re.escape(text) for text in longest_first if len(text) == SHORT)
        numbered = rf"{_ORDINAL}(?:{short})|(?<=[\d项数量额）])(?:{short})(?=\d)" if short else "(?!)"
        return re.compile(rf"{_ORDINAL}?(?:{sure})|{numbered}" if sure else numbered)


def _by_last(wordings: Iterable[Iterable[Wording]]) -> dict[str, list[tuple[int, Wording]]]:
    found: dict[str, list[tuple[int, Wording]]] = {}
    for row, several in enumerate(wordings):
        for wording in several:
            if wording.stem:
                found.setdefault(wording.stem[-1], []).append((row, wording))
    return found


def _one_of(labels: Iterable[str]) -> re.Pattern[str]:
    # The longest first, since some labels begin like others.
    return re.compile("|".join(map(re.escape, sorted(filter(None, labels), key=len, reverse=True))) or "(?!)")
