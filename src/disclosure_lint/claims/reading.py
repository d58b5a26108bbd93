"""From sentences to claims: what is counted, what happened to it, and how surely that is understood.

A clause is read from left to right, each of its words once. A number belongs to the words before it in its clause; what
those lack is taken from the words behind it, then from what the sentence said before. A claim is sure only where every
word of its clause is known: what is not understood contradicts nothing.
"""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure_lint.claims.lexicon import Lexicon
from disclosure_lint.claims.quantities import Quantity
from disclosure_lint.claims.said import Claim, Said, bare, filled, lasting, why_not, within
from disclosure_lint.claims.words import NOTHING, Token, Word

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
_CLAUSE = re.compile(r"(?:[^，；（）]|(?<=\d)，(?=\d{3}(?!\d)))+")
_TITLE = re.compile(r"《[^《》]*》|“[^“”]{8,}”")
_OTHER_YEAR = re.compile(r"(?:19|20)\d\d(?:年?(?:[-至到]|—+)(?:19|20)\d\d)?年")
_LONGEST = 400
"""Characters of a clause: what is longer is no sentence but a table run together."""
_NEAR, _LONGEST_YEAR = 60, 7
_APART, _EACH, _AMONG = "分别", "均", "其中"
_EVERY = ("各", "各为", "各有")
_ANOTHER_YEAR = Word(mark="other_period", lasts=True)
_WHOLE = frozenset(("received", "handled", "answered", "cases"))
"""What happens to all that are counted."""
_NEGATED = frozenset(
    ("received", "new", "cases", "issued", "repealed", "in_force", "made", "carried_in", "carried_out")
)


class Reader:
    """Reads the prose of one report."""

    def __init__(self, lexicon: Lexicon, year: int | None, names: Mapping[str, str] | None = None):
        """Takes the words, the report's year, which tells this year from others, and names of the authority.

        The names are those of the place and of the authority, each with whose numbers it stands for; they go before the
        words.
        """
        self._lexicon = lexicon
        self._words = lexicon.of_year(year)
        self._names = names or {}
        self.steps = 0
        """Tokens and numbers looked at so far: grows in proportion to the text."""

    def claims(self, text: str) -> Iterator[Claim]:
        """Yields what each number of a squeezed text says, in order, and what is said to be none."""
        for sentence in _SENTENCE.finditer(text):
            start, end = sentence.span()
            numbers = list(self._lexicon.numbers.find(sentence.group()))
            if any(one.counts for one in numbers) or self._lexicon.negations.search(text, start, end):
                # What was late or withdrawn is often told only behind.
                doubted = self._lexicon.doubts.search(text, start, end + _NEAR) is not None
                yield from self._sentence(text[start:end], start, numbers, doubted=doubted)
            else:
                yield from (bare(one, start, "not_a_quantity") for one in numbers)

    def _sentence(self, text: str, start: int, numbers: Sequence[Quantity], *, doubted: bool) -> Iterator[Claim]:
        clauses = [clause.span() for clause in _CLAUSE.finditer(text)]
        read = [self._tokens(text[begin:end]) if end - begin <= _LONGEST else [] for begin, end in clauses]
        topics = any(one.word.topics for tokens in read for one in tokens)
        before = Said(sure=False, is_doubted=doubted)
        own = self._lexicon.disclosure.search(text)
        if not topics:
            # Nothing is named: what is granted or carried over is an application.
            implied = self._lexicon.implied(one.word.events for tokens in read for one in tokens)
            before = before._replace(topics=implied)
        left = deque(numbers)
        for (begin, end), tokens in zip(clauses, read, strict=True):
            mine = []
            while left and left[0].start < end:
                mine.append(left.popleft().moved(-begin))
            self.steps += len(tokens) + len(mine)
            before = before._replace(is_own=own is not None and own.start() < end)
            if mine or any(one.word is not NOTHING for one in tokens):
                claims, before = self._clause(text[begin:end], start + begin, tokens, mine, before)
                yield from claims
            elif sum(one.end - one.start for one in tokens) < len(text[begin:end].rstrip("。！？；")):
                before = before._replace(is_clear=False)

    def _clause(
        self, part: str, start: int, tokens: list[Token], numbers: Sequence[Quantity], before: Said
    ) -> tuple[list[Claim], Said]:
        if len(part) > _LONGEST:
            return [bare(one, start, "not_understood" if one.counts else "not_a_quantity") for one in numbers], before
        inside = [(one.start, one.end) for one in tokens if any(char.isdigit() for char in one.text)]
        inside += [match.span() for match in _TITLE.finditer(part)]
        real = [one for one in numbers if one.counts and not within(one.start, inside)]
        claims = [bare(one, start, "not_a_quantity") for one in numbers if one not in real]
        if real:
            tokens = [one for one in tokens if not any(number.start <= one.start < number.end for number in real)]
        if claims:
            years = [match.span() for match in _OTHER_YEAR.finditer(part)]
            ranges = [(start, end) for start, end in years if end - start > _LONGEST_YEAR]
            tokens = [one for one in tokens if not within(one.start, ranges)]
            tokens += [
                Token(*span, "", _ANOTHER_YEAR) for span in years if span in ranges or not within(span[0], inside)
            ]
            tokens.sort()
        before = before._replace(mark=lasting(tokens, before.mark))
        if not before.is_whole and any(one.text.startswith(_AMONG) for one in tokens):
            before = before._replace(mark=before.mark or "not_understood")
        is_part = part.endswith("中")
        if not real:
            said = self._said(part, tokens, 0, len(part))
            is_part = is_part or bool(said.events)
            claims += self._none(part, tokens, said, before, start)
            before = self._carried(before, said)
        else:
            found, before = self._numbers(part, real, tokens, before, start)
            claims += found
        if is_part and not before.is_whole:
            # 上年结转的申请，予以公开2件: these are not all.
            before = before._replace(mark=before.mark or "not_understood")
        return sorted(claims), before

    def _numbers(
        self, part: str, real: Sequence[Quantity], tokens: Sequence[Token], before: Said, start: int
    ) -> tuple[list[Claim], Said]:
        claims: list[Claim] = []
        at = 0
        for index, number in enumerate(real):
            is_last = index + 1 == len(real)
            left = self._said(part, tokens, at, number.start)
            if left.apart and not is_last:
                claims += self._distributed(real[index:], left, before, start, why_not(tokens, number, real))
                return claims, self._carried(before, left)
            until = len(part) if is_last else real[index + 1].start
            stop = part.find("、", number.end, until)
            right = self._said(part, tokens, number.end, until if stop < 0 else stop)
            whole = left
            at = number.end
            if not left.events or not left.topics:
                whole = filled(left, right)
                if left.topics and not left.events and right.events:
                    whole = whole._replace(sure=False)  # 申请39件全部答复: so many came, or so many were answered
                at = until if is_last or (stop < 0 and not left.events) else (stop if stop >= 0 else at)
                if not is_last and stop < 0 and left.events:
                    whole, at = left, number.end
            elif is_last:
                whole = left._replace(sure=left.sure and right.sure)
            claims.append(self._claim(number, whole, before, start, why_not(tokens, number, real)))
            before = self._carried(before, whole)
        return claims, before

    def _tokens(self, part: str) -> list[Token]:
        found = list(self._words.find(part))
        for name, scope in self._names.items():
            start = part.find(name)
            if start >= 0:
                end = start + len(name)
                found = [one for one in found if one.end <= start or one.start >= end]
                found.append(Token(start, end, name, Word(scope=scope)))
        return found

    def _said(self, part: str, tokens: Sequence[Token], start: int, end: int) -> Said:
        topics: dict[str, None] = {}
        events: list[tuple[str, ...]] = []
        columns: tuple[str, ...] = ()
        known = 0
        sure, apart, each, negates, scope = True, False, False, False, ""
        for one in tokens:
            if one.start < start or one.end > end:
                continue
            word = one.word
            known += one.end - one.start
            if word is NOTHING:
                apart = apart or one.text.startswith(_APART)
                each = each or one.text.startswith(_EACH) or (one.text in _EVERY and one.end == end)
                continue
            topics.update(dict.fromkeys(word.topics))
            if word.events:
                events.append(word.events)
            columns += word.columns
            sure = sure and not word.weak
            negates = negates or word.negates
            scope = scope or word.scope
        ignored = sum(part.count(char, start, end) for char in "。！？；") if known < end - start else 0
        return Said(
            tuple(topics), tuple(events), columns, sure and known + ignored >= end - start, apart, each, negates, scope
        )

    def _claim(self, number: Quantity, said: Said, before: Said, offset: int, mark: str) -> Claim:
        lexicon = self._lexicon
        claim = bare(number, offset, mark or before.mark)
        topics = said.topics or lexicon.implied(said.events) or before.topics
        foreign = [lexicon.statuses[topic] for topic in topics if topic in lexicon.statuses]
        topics = tuple(topic for topic in topics if topic not in lexicon.statuses)
        if claim.status not in ("", "not_understood"):
            return claim
        if "other_scope" in foreign or (foreign and not topics):
            return claim._replace(status="other_scope" if "other_scope" in foreign else foreign[0])
        if not topics or not any(number.unit in lexicon.counters[topic] for topic in topics):
            return claim._replace(status="unrelated")
        if said.negates or foreign or claim.status:
            return claim._replace(status="not_understood")
        events = said.events or (before.events if said.columns or not said.topics else ())
        is_local = bool(said.topics or lexicon.implied(said.events))
        if said.each:
            measures = lexicon.each(topics, events)
        else:
            one = lexicon.measure(topics, events)
            if one is None and not events:
                # 发布规章0件、规范性文件3件: the verb is said once.
                one, is_local = lexicon.measure(topics, before.events), False
            measures = (one,) if one else ()
        if not measures:
            return claim._replace(status="not_understood")
        names = bool(said.topics or said.events or said.columns)
        # Without a verb it may be that of words that are not understood: 公示行政许可900件、行政处罚12件.
        is_told = is_local and (bool(said.events) or before.is_clear)
        sure = said.sure and names and (is_told or before.sure) and not before.is_doubted
        return claim._replace(
            measures=measures,
            columns=said.columns,
            scope=said.scope or before.scope,
            sure=sure and not any(one.weak for one in measures),
            wider=(before.is_open or self._opens(before, said)) and not lexicon.wider.isdisjoint(topics),
        )

    def _opens(self, before: Said, said: Said) -> bool:
        return not before.is_own and (said.scope == "whole" or self._lexicon.is_open(said.events))

    def _distributed(
        self, group: Sequence[Quantity], said: Said, before: Said, offset: int, mark: str
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
            # A number without a counter has that of the last one.
            counted = number if number.unit else number._replace(unit=group[-1].unit)
            yield self._claim(counted, one, before, offset, mark)

    def _none(self, part: str, tokens: Sequence[Token], said: Said, before: Said, offset: int) -> Iterator[Claim]:
        """Yields that something is said not to have happened, if the clause says that and names it."""
        negation = next((one for one in tokens if one.word.negates), None)
        marked = before.mark or any(one.word.mark for one in tokens)
        named = [topic for topic in said.topics if topic not in self._lexicon.statuses]
        if negation is None or marked or not named or len(named) < len(said.topics) or said.columns:
            return
        if any(not _NEGATED.intersection(events) for events in said.events):
            return
        measures = self._lexicon.each(tuple(named), said.events)
        about = [one for one in tokens if one.word.topics or one.word.events]
        first, last = about[0].start, about[-1].end
        is_said = len(negation.text) > 1 or part[negation.start - 1 : negation.start] in ("为", "是")
        is_after = is_said and last <= negation.start and negation.end == len(part.rstrip("。！？"))
        if measures and (last > negation.start or is_after):
            start, end = (first if is_after else negation.start) + offset, max(last, negation.end) + offset
            text = part[start - offset : end - offset]
            yield Claim(
                start, end, text, Decimal(0), "", "", Decimal(0), measures,
                scope=said.scope or before.scope, sure=said.sure and not any(one.weak for one in measures),
            )  # fmt: skip

    def _carried(self, before: Said, said: Said) -> Said:
        """Returns what later clauses of the sentence may refer to."""
        before = before._replace(
            scope=said.scope or before.scope,
            is_open=before.is_open or self._opens(before, said),
            is_clear=before.is_clear and said.sure,
        )
        if not said.topics and not said.events:
            return before
        topics = said.topics or self._lexicon.implied(said.events) or before.topics
        is_whole = not said.columns and all(_WHOLE.intersection(meanings) for meanings in said.events)
        sure = said.sure and (bool(said.events) or before.is_clear)
        return before._replace(topics=topics, events=said.events or before.events, sure=sure, is_whole=is_whole)
