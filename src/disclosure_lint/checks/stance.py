"""Whether a text says that something was the case, with what sum, or that it was not; most sentences say neither.

The words come from a vocabulary of a rule file, as lists of compiled expressions for squeezed text:

- `about` names the matter; `hint` words belong to it where a title in 《…》 or the sentence before has named it.
- `lead` ends a sentence that only announces the next one (`收取情况如下：`): the two are read as one.
- `negative` says no; `positive` says yes; `amount` finds sums, as groups `number` and (optional) `unit`: 0 is a no.
- `unless` takes a clause out of the reckoning: a promise, a tariff, another matter.
- `part` marks a clause about a part only: its no does not contradict a yes elsewhere.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

_SENTENCE = re.compile(r"[^。；！？]+")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_CLAUSE_BREAK = re.compile(r"[、。]|(?<!\d)，|，(?!\d{3}(?!\d))")
_ZERO = re.compile(r"(?<![\d.，])0|零")
_DIGITS = {char: value for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for value, char in enumerate(row)}
_DIGITS["两"] = 2
_POWERS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "亿": 8}


class Stance(NamedTuple):
    """One sentence's answer, at its offsets in the squeezed text."""

    kind: Literal["negative", "positive"]
    start: int
    end: int
    amount: Decimal | None = None
    """The sum of a yes, if it says one."""


class _Saying(NamedTuple):
    """A stance, and whether it speaks of a part of the matter only."""

    stance: Stance
    partial: bool


def find_stances(squeezed: str, vocabulary: Mapping[str, Any]) -> list[Stance]:
    """Returns the stances that a squeezed text takes, in its order: at most one yes and one no of each sentence."""
    words: Mapping[str, Sequence[re.Pattern[str]]] = vocabulary
    found: list[_Saying] = []
    named = False
    for start, end in _sentences(squeezed, words):
        sentence = _Sentence(squeezed, start, end, words)
        hinted = sentence.first("hint") is not None
        if sentence.first("about") is not None or (hinted and (named or sentence.title_is_about())):
            found += sentence.sayings()
            named = True
        else:
            named = sentence.title_is_about() or (named and hinted)
    yes = any(saying.stance.kind == "positive" for saying in found)
    return [stance for stance, partial in found if not (yes and partial and stance.kind == "negative")]


def number(text: str) -> Decimal:
    """Returns the value of a number in digits (`3，940.5`) or Chinese numerals (`三百八十`, `叁仟`, `二〇`)."""
    if text[0].isdigit() and text[0].isascii():
        return Decimal(text.replace("，", ""))
    if not any(char in _POWERS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in "万亿":
            before = total if char == "亿" else 0
            total, section, digit = total - before + (before + section + digit) * 10 ** _POWERS[char], 0, 0
        else:
            section, digit = section + (digit or 1) * 10 ** _POWERS[char], 0
    return Decimal(total + section + digit)


def _sentences(text: str, words: Mapping[str, Sequence[re.Pattern[str]]]) -> Iterator[tuple[int, int]]:
    """Yields the half-open offsets of the sentences, an announcing one together with the next."""
    begin: int | None = None
    end = 0
    for match in _SENTENCE.finditer(text):
        start, end = (match.start() if begin is None else begin), match.end()
        named = any(pattern.search(match.group()) for pattern in words.get("about", ()))
        if begin is None and named and any(pattern.search(match.group()) for pattern in words.get("lead", ())):
            begin = start
            continue
        yield start, end
        begin = None
    if begin is not None:
        yield begin, end


class _Sentence:
    """A sentence without the titles in it, and the way back to the whole text."""

    def __init__(self, whole: str, start: int, end: int, words: Mapping[str, Sequence[re.Pattern[str]]]):
        self.words = words
        self.titles = [match.group() for match in _TITLE.finditer(whole, start, end)]
        parts: list[str] = []
        self.starts: list[int] = []
        self.sources: list[int] = []
        at = start
        for title in (*_TITLE.finditer(whole, start, end), None):
            until = title.start() if title else end
            self._add(parts, whole[at:until], at)
            if title:
                self._add(parts, "《", title.start())
                self._add(parts, "》", title.end() - 1)
                at = title.end()
        self.text = "".join(parts)
        self._left_out: dict[tuple[int, int], bool] = {}
        self.breaks = [0, *(match.end() for match in _CLAUSE_BREAK.finditer(self.text)), len(self.text) + 1]

    def _add(self, parts: list[str], text: str, source: int) -> None:
        before = self.starts[-1] + len(parts[-1]) if parts else 0
        parts.append(text)
        self.starts.append(before)
        self.sources.append(source)

    def _offset(self, place: int) -> int:
        """Returns where a character of the sentence stands in the whole text."""
        index = bisect_right(self.starts, place) - 1
        return self.sources[index] + place - self.starts[index]

    def first(self, key: str) -> int | None:
        """Returns where words of that list first stand, or None."""
        return min((match.start() for match in self.all(key)), default=None)

    def all(self, key: str) -> list[re.Match[str]]:
        """Returns the matches of a list of the vocabulary, in order."""
        matches = [match for pattern in self.words.get(key, ()) for match in pattern.finditer(self.text)]
        return sorted(matches, key=lambda match: (match.start(), -match.end()))

    def title_is_about(self) -> bool:
        """Says whether a title names the matter."""
        return any(pattern.search(title) for title in self.titles for pattern in self.words.get("about", ()))

    def sayings(self) -> list[_Saying]:
        """Returns the sentence's no and its yes, if it says them."""
        denied = self.all("negative")
        no = [match for match in denied if not self._counts_not(match)]
        named = min(place for key in ("about", "hint") if (place := self.first(key)) is not None)
        sums = [m for m in self.all("amount") if not self._counts_not(m) and self._clause(m)[1] > named]
        paid = [m for m in sums if self._value(m)]
        zero = [m for m in sums if not self._value(m)]
        paid = self._elsewhere(paid, denied)
        done = [match for match in self._elsewhere(self.all("positive"), denied + zero) if not self._counts_not(match)]
        if paid:
            # 其中教育局0元: a part of the sum.
            no, zero = [match for match in no if not _ZERO.search(match.group())], []
        answers = [self._saying("negative", match) for match in (no + zero)[:1]]
        answers += [self._saying("positive", match) for match in (paid + done)[:1]]
        return sorted(answers, key=lambda saying: saying.stance.start)

    def _saying(self, kind: Literal["negative", "positive"], match: re.Match[str]) -> _Saying:
        start, end = self._offset(match.start()), self._offset(match.end() - 1) + 1
        amount = self._value(match) if kind == "positive" and "number" in match.groupdict() else None
        partial = any(pattern.search(self.text, *self._clause(match)) for pattern in self.words.get("part", ()))
        return _Saying(Stance(kind, start, end, amount), partial)

    def _clause(self, match: re.Match[str]) -> tuple[int, int]:
        start = self.breaks[bisect_right(self.breaks, match.start()) - 1]
        return start, self.breaks[bisect_left(self.breaks, max(match.end(), start + 1))] - 1

    def _counts_not(self, match: re.Match[str]) -> bool:
        clause = self._clause(match)
        if clause not in self._left_out:
            text = self.text[slice(*clause)]
            self._left_out[clause] = any(pattern.search(text) for pattern in self.words.get("unless", ()))
        return self._left_out[clause]

    def _elsewhere(self, matches: Sequence[re.Match[str]], others: Sequence[re.Match[str]]) -> list[re.Match[str]]:
        """Returns the matches that share no clause with any of the others."""
        taken = {clause for other in others for clause in self._clauses(other)}
        return [match for match in matches if taken.isdisjoint(self._clauses(match))]

    def _clauses(self, match: re.Match[str]) -> range:
        return range(bisect_right(self.breaks, match.start()), bisect_left(self.breaks, match.end()) + 1)

    def _value(self, match: re.Match[str]) -> Decimal:
        unit = match.groupdict().get("unit") or ""
        return number(match["number"]) * Decimal(10) ** sum(_POWERS.get(char, 0) for char in unit)
