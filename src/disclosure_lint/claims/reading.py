"""From sentences to claims: what is counted, what happened to it, and how surely that is understood.

A clause is read from left to right, each of its words once. A number belongs to the words before it in its clause; what
those lack is taken from the words behind it, then from what the sentence said before. A claim is sure only where every
word of its clause is known: what is not understood contradicts nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from disclosure_lint.claims.before import Before
from disclosure_lint.claims.clauses import (
    LONGEST,
    MARKS,
    Claim,
    Clause,
    Clauses,
    Said,
    bare,
    brackets_are_known,
    change_since_last_year,
    said,
    why_not,
)
from disclosure_lint.claims.lexicon import WHOLE, Lexicon, Measure
from disclosure_lint.claims.quantities import Quantity
from disclosure_lint.claims.sentences import sentence_spans
from disclosure_lint.claims.words import NOTHING, Token, Word, dated

_RATES, _OVER = ("%", "倍"), ("超", "超过", "逾")
"""How growth is told beside numbers of cases, and that it was more: 增长1.4倍, 增长超50%."""
_NEAR, _AMONG, _BEHIND_REMARKS = 60, "其中", ("），", "）；")
_NOT_OUTCOMES = WHOLE | {"new", "carried_in", "carried_out"}
_NEGATED = frozenset(
    ("received", "new", "cases", "issued", "repealed", "in_force", "made", "carried_in", "carried_out")
)


class Reader:
    """Reads the prose of one report."""

    def __init__(self, lexicon: Lexicon, year: int | None, texts: Sequence[str], names: Mapping[str, str] = {}):
        """Takes the words, the report's year, which tells this year from others, and all texts, squeezed.

        The names, of the place and of the authority, each with whose numbers it stands for, go before the words.
        """
        self._lexicon = lexicon
        self._year = year
        self._texts = texts
        everything = "\n".join(texts)
        # Of these few stand in a report: they are looked for in all of it, then in its sentences.
        self._negations, self._doubts, self._papers, self._own = (
            [word for word in words if word in everything]
            for words in (lexicon.negations, lexicon.doubts, lexicon.papers, lexicon.disclosure)
        )
        named = dated(everything, year)
        self._names = [(name, Word(scope=scope)) for name, scope in names.items() if name in named]
        self.steps = 0
        """Tokens and numbers looked at so far: grows in proportion to the text."""

    def claims(self) -> Iterator[list[Claim]]:
        """Yields for each text what each of its numbers says, in order, and what is said to be none."""
        yield from (list(self._claims(text)) for text in self._texts)

    def _claims(self, text: str) -> Iterator[Claim]:
        numbers = list(self._lexicon.numbers.find(text))
        apart = Clauses(text, dated(text, self._year), self._lexicon.words, self._names)
        named: tuple[str, ...] = ()
        left = right = previous = 0
        for start, end in sentence_spans(text):
            follows, previous = _holds(self._own, text, previous, start), start
            while right < len(numbers) and numbers[right].start < end:
                right += 1
            mine = numbers[left:right]
            left = right
            if not any(one.counts for one in mine) and not _holds(self._negations, text, start, end):
                yield from (bare(one, "not_a_quantity") for one in mine)
                continue
            clauses = list(apart.of(start, end, mine))
            self.steps += len(mine) + sum(len(one.tokens) for one in clauses)
            reading = _Sentence(self._lexicon, text, clauses, named, self._own)
            # What was late or withdrawn is often told only behind.
            is_doubted = _holds(self._doubts, text, start, end + _NEAR) or _holds(self._papers, text, start, end)
            reading.before.is_doubted = is_doubted
            # 依申请公开情况：行政复议4件 is headed by it.
            reading.before.follows_own = follows or _holds(self._own, text, start, clauses[0].start)
            yield from reading.claims(end)
            named = reading.before.named


def _holds(words: Sequence[str], text: str, start: int, end: int) -> bool:
    """Says whether one of some words stands between two places of a text."""
    return any(text.find(word, start, end) >= 0 for word in words)


class _Sentence:
    """Reads the clauses of one sentence, each with what was said before."""

    def __init__(self, lexicon: Lexicon, text: str, clauses: list[Clause], named: tuple[str, ...], own: list[str]):
        """Takes what the sentences before named last, and words that name the disclosure of information."""
        self._lexicon = lexicon
        self._text = text
        self._clauses = clauses
        self._own = own
        self._counted_to = -1
        """Where the last number ends that counts something."""
        words = [one.word for clause in clauses for one in clause.tokens if one.word is not NOTHING]
        topics: tuple[str, ...] = ()
        self._is_implied = not any(word.topics for word in words)
        """Whether nothing is named that is counted."""
        if self._is_implied:
            # What is granted or carried over is an application.
            topics = lexicon.implied(word.events for word in words)
            topics = named if topics and named and set(topics).isdisjoint(named) else topics
            start = clauses[0].start
            if not topics and text.startswith(_AMONG, start) and _holds(own, text, start, clauses[-1].end):
                topics = named  # 受理复议2件。其中因政府信息公开引发的0件。
        self.before = Before(lexicon, topics, named, names_others=any(word.scope == "other" for word in words))
        self._is_wider = False
        """Whether the clause that is read counts more than the next one, which names the disclosure of information."""

    def claims(self, end: int) -> Iterator[Claim]:
        """Yields what the sentence claims, up to where it ends."""
        found = list(self._found(end))
        outcomes = [
            one
            for one in found
            if one.measures and one.unit != "%" and not (one.change or one.measures[0].events & _NOT_OUTCOMES)
        ]
        counted = Counter(key for key, _ in {((one.measures, one.columns), one.value) for one in outcomes})
        for one in found:
            # 新收17件，予以公开13件；上年结转1件，予以公开1件: neither is all that were granted.
            yield one._replace(sure=False) if counted[one.measures, one.columns] > 1 else one

    def _found(self, end: int) -> Iterator[Claim]:
        text, clauses, own = self._text, self._clauses, self._own
        named = [_holds(own, text, one.start, one.end) for one in clauses]
        # 受理行政复议12件。其中涉及信息公开4件.
        goes_on = text.startswith(_AMONG, end) and _holds(own, text, end, end + _NEAR)
        for index, clause in enumerate(clauses):
            self.before.is_own = self.before.is_own or named[index]
            # 被申请行政复议12件，涉及信息公开4件: of all sorts, before it tells of its own.
            self._is_wider = named[index : index + 2] == [False, True] or (goes_on and not named[index])
            claims = self._clause(clause)
            if any(one.sure for one in claims) and not brackets_are_known(text, clauses, index):
                claims = [one._replace(sure=False) for one in claims]
            if self._is_implied and any(one.status == "not_understood" for one in claims):
                # 保密审查文件80件，予以公开62件: what is granted there may be what nobody understood.
                self.before.is_doubted = True
            yield from claims

    def _clause(self, clause: Clause) -> Sequence[Claim]:
        """Returns what a clause claims of its numbers, in their order."""
        start, end, tokens, numbers = clause
        text, before = self._text, self.before
        if end - start > LONGEST:
            return [bare(one, "not_understood" if one.counts else "not_a_quantity") for one in numbers]
        if not numbers and all(one.word is NOTHING for one in tokens):
            length = end - start - (text[end - 1] in MARKS)
            before.is_clear = before.is_clear and sum(one.end - one.start for one in tokens) >= length
            return []
        real, tokens = clause.quantities(text) if numbers else ([], tokens)
        outer, is_remark = before.mark, bool(real) and self._counted_to == start - 1
        tokens = before.marked(tokens, real[0].start if real else end)
        if any(one.text.startswith(_AMONG) for one in tokens):
            before.parts_of = list(before.measures)
            if not before.is_whole:
                before.mark = before.mark or "not_understood"
        is_part = text[end - 1] == "中"
        claims = [bare(one, "not_a_quantity") for one in numbers if one not in real]
        if real:
            claims += self._numbers(end, real, tokens, start)
            self._counted_to = real[-1].end
            if is_remark and text[end : end + 1] == "）":
                before.mark = outer  # 收到申请25件（2023年为16件），答复24件
        else:
            told = said(text, tokens, start, end)
            claims += self._none(start, end, tokens, told)
            if told.events and self._counted_to == start - 1 and text[end : end + 2] in _BEHIND_REMARKS:
                before.remarked(told)
            else:
                is_part = is_part or bool(told.events)
                before.carry(told)
                before.headed(told, None)
        if is_part and not before.is_whole:
            # 上年结转的申请，予以公开2件: these are not all.
            before.mark = before.mark or "not_understood"
        before.of_whole = before.of_whole or (is_part and bool(real))
        before.is_split = before.is_split or any(one.status == "split" for one in claims)
        before.measures += [measure for one in claims for measure in one.measures]
        return sorted(claims)

    def _numbers(self, end: int, real: Sequence[Quantity], tokens: Sequence[Token], at: int) -> Iterator[Claim]:
        for index, number in enumerate(real):
            is_last = index + 1 == len(real)
            left = said(self._text, tokens, at, number.start)
            if left.apart and not is_last:
                yield from self._distributed(real[index:], left, why_not(tokens, number, real))
                self.before.carry(left)
                return
            until = end if is_last else real[index + 1].start
            stop = self._text.find("、", number.end, until)
            right = said(self._text, tokens, number.end, until if stop < 0 else stop)
            whole = left
            at = number.end
            if (not left.events or not left.topics) and (is_last or stop >= 0 or not left.events):
                whole = left.filled(right)
                if left.topics and not left.events and right.events:
                    whole = whole._replace(sure=False)  # 申请39件全部答复: so many came, or so many were answered
                at = until if is_last or stop < 0 else stop
            elif is_last and not right.sure:
                whole = left._replace(sure=False)
            mark = why_not(tokens, number, real)
            if mark == "other_period" and (change := change_since_last_year(tokens, number)):
                yield self._changed(number, left, change)
            else:
                yield self._claim(number, whole, mark)
                self.before.counted += mark != "other_period"
            self.before.carry(whole)
            self.before.headed(whole, number.value)

    def _claim(self, number: Quantity, told: Said, mark: str) -> Claim:
        lexicon, before = self._lexicon, self.before
        mark = mark or before.mark
        if mark not in ("", "not_understood"):
            return bare(number, mark)
        of_named = self.before.is_of_named(told)
        if not of_named and self.before.is_of_others():
            return bare(number, "other_scope")
        topics = told.topics or lexicon.implied(told.events) or before.topics
        foreign = [lexicon.statuses[topic] for topic in topics if topic in lexicon.statuses]
        topics = tuple(topic for topic in topics if topic not in lexicon.statuses)
        if "other_scope" in foreign or (foreign and not topics):
            return bare(number, "other_scope" if "other_scope" in foreign else foreign[0])
        if number.unit == "%":
            measures = self._measures(topics, told)[0] if topics else ()
            return bare(number, "unrelated")._replace(measures=measures, columns=told.columns)
        if not topics or not any(number.unit in lexicon.counters[topic] for topic in topics):
            return bare(number, "unrelated")
        if told.negates or foreign or mark:
            return bare(number, "not_understood")
        measures, is_local = self._measures(topics, told)
        if not measures:
            return bare(number, "not_understood")
        names = bool(told.topics or told.events or told.columns)
        # Without a verb it may be that of words that are not understood: 公示行政许可900件、行政处罚12件.
        is_told = is_local and (bool(told.events) or before.is_clear)
        sure = told.sure and names and of_named and (is_told or before.sure) and not before.is_doubted
        scope = told.scope or before.scope
        sure = sure and (bool(told.columns) or not any(map(before.is_part, measures)))
        sure = sure and (is_local or not before.may_be_of_others(topics, told))
        sure = sure and (bool(told.events) or not before.is_of_cases(topics))
        sure = sure and not (
            before.is_split or number.unit in lexicon.loose or (scope == "own" and before.names_others)
        )
        return bare(number, "")._replace(
            measures=measures,
            columns=told.columns,
            scope=scope,
            sure=sure and not any(one.weak for one in measures),
            wider=(before.is_open or self._is_wider or before.opens(told)) and not lexicon.wider.isdisjoint(topics),
            within=() if before.is_own else lexicon.within(topics),
        )

    def _measures(self, topics: tuple[str, ...], told: Said) -> tuple[tuple[Measure, ...], bool]:
        """Returns what is counted of topics, and whether the clause itself says that."""
        lexicon, before = self._lexicon, self.before
        events = told.events or (before.events if told.columns or not told.topics else ())
        is_local = bool(told.topics or lexicon.implied(told.events))
        if told.each:
            return lexicon.each(topics, events), is_local
        one = lexicon.measure(topics, events)
        if one is None and not events:
            # 发布规章0件、规范性文件3件: the verb is said once.
            one, is_local = lexicon.measure(topics, before.events), False
        return ((one,) if one else ()), is_local

    def _changed(self, number: Quantity, told: Said, change: str) -> Claim:
        """Returns by how much something grew or shrank, with what that is, if that is one thing of the form."""
        before, claim = self.before, bare(number, "other_period")
        if not before.is_of_named(told):
            return claim
        topics = told.topics or self._lexicon.implied(told.events) or before.topics
        if not topics or any(topic in self._lexicon.statuses for topic in topics):
            return claim
        units = (*_RATES, *(unit for topic in topics for unit in self._lexicon.counters[topic]))
        if number.unit not in units or self._text.endswith(_OVER, 0, number.start):
            return claim
        measures, _ = self._measures(topics, told)
        if len(measures) != 1:
            return claim
        # 收到40件，答复41件，同比增长5%: of these two, nobody can tell which.
        is_told = bool(told.topics) or (before.sure and before.counted == 1)
        sure = told.sure and is_told and not (measures[0].weak or before.is_doubted)
        columns, scope = told.columns or before.columns, told.scope or before.scope
        return claim._replace(measures=measures, columns=columns, scope=scope, sure=sure, change=change)

    def _distributed(self, group: Sequence[Quantity], told: Said, mark: str) -> Iterator[Claim]:
        topics = told.topics or self.before.topics
        for index, number in enumerate(group):
            one = told
            if len(told.events) == len(group):
                one = told._replace(topics=topics, events=(told.events[index],))
            elif len(topics) == len(group):
                one = told._replace(topics=(topics[index],))
            else:
                mark = mark or "not_understood"
            # A number without a counter has that of the last one.
            counted = number if number.unit else number._replace(unit=group[-1].unit)
            yield self._claim(counted, one, mark)

    def _none(self, begin: int, until: int, tokens: Sequence[Token], told: Said) -> Iterator[Claim]:
        """Yields that something is said not to have happened, if the clause says that and names it."""
        text, before = self._text, self.before
        if not (told.negates and told.topics) or told.columns or before.mark or any(one.word.mark for one in tokens):
            return
        if any(topic in self._lexicon.statuses for topic in told.topics):
            return
        if any(_NEGATED.isdisjoint(events) for events in told.events):
            return
        negation = next(one for one in tokens if one.word.negates)
        measures = self._lexicon.each(told.topics, told.events)
        about = [one for one in tokens if one.word.topics or one.word.events]
        first, last = about[0].start, about[-1].end
        is_said = len(negation.text) > 1 or text[max(begin, negation.start - 1) : negation.start] in ("为", "是")
        is_after = (
            is_said and last <= negation.start and negation.end == begin + len(text[begin:until].rstrip("。！？"))
        )
        if measures and (last > negation.start or is_after):
            start, end = first if is_after else negation.start, max(last, negation.end)
            yield Claim(
                start, end, text[start:end], Decimal(0), "", "", Decimal(0), "", measures,
                scope=told.scope or before.scope, sure=told.sure and not any(one.weak for one in measures),
            )  # fmt: skip
