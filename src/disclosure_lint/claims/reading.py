"""From sentences to claims: what is counted, what happened to it, and how surely that is understood.

A clause is read from left to right, each of its words once. A number belongs to the words before it in its clause; what
those lack is taken from the words behind it, then from what the sentence said before. A claim is sure only where every
word of its clause is known: what is not understood contradicts nothing.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from disclosure_lint.claims.lexicon import Lexicon, Measure, Word
from disclosure_lint.claims.quantities import Quantity

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_CLAUSE = re.compile(r"(?:[^，；（）]|(?<=\d)，(?=\d{3}(?!\d)))+")
_TITLE = re.compile(r"《[^《》]*》|“[^“”]{8,}”")
_OTHER_YEAR = re.compile(r"(?:19|20)\d\d年")
_LONGEST = 400
"""Characters of a clause: what is longer is no sentence but a table run together."""
_APART, _EACH = "分别", "均"
_NEGATED = frozenset(("received", "cases", "issued", "repealed", "in_force", "made", "carried_in", "carried_out"))


class Claim(NamedTuple):
    """A number of the text, and what it says; offsets are those of the squeezed text."""

    start: int
    end: int
    text: str
    value: Decimal | None
    unit: str
    approximate: str
    precision: Decimal
    measures: tuple[Measure, ...] = ()
    """What it counts; several where it is said of each."""
    columns: tuple[str, ...] = ()
    """Columns of the applicants that it is about; empty for all."""
    status: str = ""
    """Why it is not compared; empty if it can be."""
    scope: str = ""
    """Whose number it says it is: `whole`, `own` or nothing."""
    sure: bool = False
    """Whether every word of its clause is understood."""


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    word: Word


class _Said(NamedTuple):
    """What a stretch of a sentence says."""

    topics: tuple[str, ...] = ()
    events: tuple[tuple[str, ...], ...] = ()
    """For each word what it may mean."""
    columns: tuple[str, ...] = ()
    sure: bool = True
    apart: bool = False
    each: bool = False
    negates: bool = False
    mark: str = ""
    scope: str = ""


class Reader:
    """Reads the prose of one report."""

    def __init__(self, lexicon: Lexicon, year: int | None):
        """Takes the words, and the report's year, which tells this year from others."""
        self._lexicon = lexicon
        self._pattern, self._words = lexicon.of_year(year)
        self._year = year
        self.steps = 0
        """Tokens and numbers looked at so far: grows in proportion to the text."""

    def claims(self, text: str) -> Iterator[Claim]:
        """Yields what each number of a squeezed text says, in order, and what is said to be none."""
        for sentence in _SENTENCE.finditer(text):
            words = sentence.group()
            if self._lexicon.negations.search(words) or next(self._lexicon.numbers.find(words), None):
                yield from self._sentence(text, *sentence.span())

    def _sentence(self, text: str, start: int, end: int) -> Iterator[Claim]:
        before = _Said(sure=False)
        for clause in _CLAUSE.finditer(text, start, end):
            claims, before = self._clause(text, clause.start(), clause.end(), before)
            yield from claims

    def _clause(self, text: str, start: int, end: int, before: _Said) -> tuple[list[Claim], _Said]:
        part = text[start:end]
        numbers = list(self._lexicon.numbers.find(part))
        if end - start > _LONGEST:
            return [_bare(one, start, "not_understood" if one.counts else "not_a_quantity") for one in numbers], before
        tokens = self._tokens(part)
        hidden = [match.span() for match in _TITLE.finditer(part)]
        inside = [(one.start, one.end) for one in tokens if any(char.isdigit() for char in one.text)] + hidden
        years = [match.span() for match in _OTHER_YEAR.finditer(part)]
        real = [one for one in numbers if one.counts and not _within(one.start, inside)]
        self.steps += len(tokens) + len(numbers)
        claims = [_bare(one, start, "not_a_quantity") for one in numbers if one not in real]
        tokens = [one for one in tokens if not any(number.start <= one.start < number.end for number in real)]
        tokens += [_Token(*span, "", Word(mark="other_period")) for span in years if not _within(span[0], inside)]
        tokens.sort()
        if not real:
            said = self._said(part, tokens, 0, len(part))
            claims += self._none(part, tokens, said, start)
            return sorted(claims), _carried(before, said)
        at, mark = 0, next((one.word.mark for one in tokens if one.word.mark), "")
        index = 0
        while index < len(real):
            number = real[index]
            left = self._said(part, tokens, at, number.start)
            until = real[index + 1].start if index + 1 < len(real) else len(part)
            if left.apart and index + 1 < len(real):
                group = real[index:]
                claims += self._distributed(group, left, before, start, mark)
                before = _carried(before, left)
                break
            stop = part.find("、", number.end, until)
            right = self._said(part, tokens, number.end, until if stop < 0 else stop)
            whole = left
            at = number.end
            if not left.events or not left.topics:
                whole = _filled(left, right)
                at = until if index + 1 == len(real) or (stop < 0 and not left.events) else (stop if stop >= 0 else at)
                if index + 1 < len(real) and stop < 0 and left.events:
                    whole, at = left, number.end
            elif index + 1 == len(real):
                whole = left._replace(sure=left.sure and right.sure)
            claims.append(self._claim(number, whole, before, start, mark or whole.mark))
            before = _carried(before, whole)
            index += 1
        return sorted(claims), before

    def _tokens(self, part: str) -> list[_Token]:
        return [
            _Token(match.start(), match.end(), match.group(), self._words[match.group()])
            for match in self._pattern.finditer(part)
        ]

    def _said(self, part: str, tokens: Sequence[_Token], start: int, end: int) -> _Said:
        mine = [one for one in tokens if start <= one.start and one.end <= end]
        known = sum(one.end - one.start for one in mine)
        ignored = sum(part.count(char, start, end) for char in "。！？；")
        topics = tuple(dict.fromkeys(topic for one in mine for topic in one.word.topics))
        return _Said(
            topics,
            tuple(one.word.events for one in mine if one.word.events),
            tuple(column for one in mine for column in one.word.columns),
            known + ignored >= end - start and not any(one.word.weak for one in mine),
            any(one.text.startswith(_APART) for one in mine),
            any(one.text.startswith(_EACH) for one in mine),
            any(one.word.negates for one in mine),
            next((one.word.mark for one in mine if one.word.mark), ""),
            next((one.word.scope for one in mine if one.word.scope), ""),
        )

    def _claim(self, number: Quantity, said: _Said, before: _Said, offset: int, mark: str) -> Claim:
        claim = _bare(number, offset, mark)
        topics = said.topics or self._implied(said) or before.topics
        foreign = [self._lexicon.statuses[topic] for topic in topics if topic in self._lexicon.statuses]
        topics = tuple(topic for topic in topics if topic not in self._lexicon.statuses)
        if mark:
            return claim
        if "other_scope" in foreign or (foreign and not topics):
            return claim._replace(status="other_scope" if "other_scope" in foreign else foreign[0])
        if not topics or not any(number.unit in self._lexicon.counters[topic] for topic in topics):
            return claim._replace(status="unrelated")
        if said.negates or foreign:
            return claim._replace(status="not_understood")
        events = said.events or (before.events if said.columns or not said.topics else ())
        if said.each:
            measures = self._each(topics, events)
        else:
            found = self._measure(topics, events)
            measures = (found,) if found else ()
        if not measures:
            return claim._replace(status="not_understood")
        local = bool(said.topics or self._implied(said))
        if not local and not said.sure:
            return claim._replace(status="not_understood")
        # Who decides on reviews receives and handles many that are not about its own disclosure.
        others = bool(said.events) and any(event == "cases" for one in measures for event in one.events)
        sure = said.sure and (local or before.sure) and bool(said.events or local) and not others
        scope = said.scope or before.scope
        return claim._replace(measures=measures, columns=said.columns, scope=scope, sure=sure)

    def _distributed(
        self, group: Sequence[Quantity], said: _Said, before: _Said, offset: int, mark: str
    ) -> Iterator[Claim]:
        topics = said.topics or before.topics
        for index, number in enumerate(group):
            one = said._replace(apart=False)
            if len(said.events) == len(group):
                one = one._replace(topics=topics, events=(said.events[index],))
            elif len(topics) == len(group):
                one = one._replace(topics=(topics[index],))
            else:
                mark = mark or "not_understood"
            yield self._claim(number, one, before, offset, mark)

    def _none(self, part: str, tokens: Sequence[_Token], said: _Said, offset: int) -> Iterator[Claim]:
        """Yields that something is said not to have happened, if the clause says that and names it."""
        negation = next((one for one in tokens if one.word.negates), None)
        named = [topic for topic in said.topics if topic not in self._lexicon.statuses]
        if negation is None or said.mark or not named or len(named) < len(said.topics) or said.columns:
            return
        if any(not _NEGATED.intersection(events) for events in said.events):
            return
        measures = self._each(tuple(named), said.events)
        last = max((one.end for one in tokens if one.word.topics or one.word.events), default=negation.end)
        if measures and last > negation.start:
            start, end = negation.start + offset, max(last, negation.end) + offset
            text = part[negation.start : end - offset]
            yield Claim(start, end, text, Decimal(0), "", "", Decimal(0), measures, (), "", said.scope, said.sure)

    def _implied(self, said: _Said) -> tuple[str, ...]:
        topics = {
            self._lexicon.implied[event] for events in said.events for event in events if event in self._lexicon.implied
        }
        return tuple(topics) if len(topics) == 1 else ()

    def _each(self, topics: tuple[str, ...], events: tuple[tuple[str, ...], ...]) -> tuple[Measure, ...]:
        """Returns the measures of each topic and event; none if one of them is unknown."""
        found = [self._measure((topic,), (event,)) for topic in topics for event in events]
        found = found or [self._measure((topic,), ()) for topic in topics]
        measures = tuple(one for one in found if one)
        return measures if len(measures) == len(found) else ()

    def _measure(self, topics: tuple[str, ...], events: tuple[tuple[str, ...], ...]) -> Measure | None:
        """Returns what is counted of these topics together; None if that is unknown or could be several things."""
        about = frozenset(topics)
        found = [
            measure
            for (subject, happened), measure in self._lexicon.measures.items()
            if subject == about
            and events
            and all(happened.intersection(meanings) for meanings in events)
            and all(any(event in meanings for meanings in events) for event in happened)
        ]
        if found:
            return found[0] if len(found) == 1 else None
        defaults = {self._lexicon.defaults.get(topic) for topic in topics}
        if len(defaults) == 1 and all(self._lexicon.generic.intersection(meanings) for meanings in events):
            return self._lexicon.measures.get((about, frozenset(one for one in defaults if one)))
        return None


def _filled(left: _Said, right: _Said) -> _Said:
    return left._replace(
        topics=left.topics or right.topics,
        events=left.events or right.events,
        columns=left.columns or right.columns,
        sure=left.sure and right.sure,
        negates=left.negates or right.negates,
    )


def _carried(before: _Said, said: _Said) -> _Said:
    """Returns what later clauses of the sentence may refer to."""
    scope = said.scope or before.scope
    if not said.topics and not said.events:
        return before._replace(scope=scope)
    return _Said(said.topics or before.topics, said.events or before.events, sure=said.sure, scope=scope)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _bare(number: Quantity, offset: int, status: str) -> Claim:
    return Claim(
        number.start + offset,
        number.end + offset,
        number.text,
        number.value,
        number.unit,
        number.approximate,
        number.precision,
        status=status,
    )
