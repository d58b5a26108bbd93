"""What a sentence has said so far, for its later clauses to refer to."""

from collections.abc import Iterable
from decimal import Decimal

from disclosure_lint.claims.clauses import Said
from disclosure_lint.claims.lexicon import WHOLE, Lexicon, Measure
from disclosure_lint.claims.words import NOTHING, Token, Word


class Before:
    """What a sentence has said so far, for its later clauses to refer to."""

    def __init__(self, lexicon: Lexicon, topics: tuple[str, ...], named: tuple[str, ...], *, names_others: bool):
        self._lexicon = lexicon
        self.topics = topics
        self.named = named
        """What was named last, by a sentence before if not by this one."""
        self.events: tuple[tuple[str, ...], ...] = ()
        self.columns: tuple[str, ...] = ()
        self.sure = False
        self.scope = ""
        self.mark = ""
        """Why what follows is not compared."""
        self.is_open = False
        """Whether it may be about cases that have nothing to do with the disclosure of information."""
        self.is_whole = True
        """Whether its number is of all there are, so that parts of it are those of the form."""
        self.is_own = False
        """Whether it names the disclosure of information."""
        self.follows_own = False
        """Whether the sentence right before it names that."""
        self.is_clear = True
        """Whether all of its words are understood."""
        self.is_doubted = False
        """Whether it tells, somewhere, of some that are not counted with the others."""
        self.is_split = False
        """Whether it told how many there were of a sort that the form does not know: so may be the next ones."""
        self.names_others = names_others
        """Whether it names, somewhere, others with whom the authority's own numbers may be compared."""
        self.measures: list[Measure] = []
        """What it counted so far."""
        self.parts_of: list[Measure] = []
        """What it counted before it began to tell parts: none of these is the whole of that again."""
        self.of_whole = False
        """Whether it began to tell parts of some that it named, and not of all that the form counts: 40件申请中."""
        self.counted = 0
        """Numbers of the report's year so far."""
        self._is_now = False
        """Whether it says that what follows is of the report's year."""
        self._heads: set[str] = set()
        """What was named last, one beside the other, and is not 0: parts behind them may be of each."""
        self._is_headed = False
        """Whether parts of these were told, so that what is named next is not beside them."""

    def marked(self, tokens: list[Token], first: int) -> list[Token]:
        """Takes the mark that holds in a clause and after it; a comparison holds but there.

        Returns the tokens, without those that tell no other time where the year is told: 2024年，全县累计收到. The
        first number of the clause stands at `first`.
        """
        lasting: Word | None = None
        for at, one in enumerate(tokens):
            word = one.word
            if word.yields and self._is_now and not self.counted and one.start < first:
                tokens = [*tokens[:at], one._replace(word=NOTHING), *tokens[at + 1 :]]
            elif word.now or word.lasts:
                lasting = word
                self._is_now = word.now and not word.until
            elif word.mark:
                return tokens
        if lasting:
            self.mark = lasting.mark
        return tokens

    def remarked(self, told: Said) -> None:
        """Takes a remark on a number, that what follows is not about: 予以公开3件（含上年结转），部分公开2件."""
        self.scope = told.scope or self.scope
        self.is_doubted = self.is_doubted or not told.sure

    def is_of_named(self, told: Said) -> bool:
        """Says whether words that are those of applications may be so: 收到人大建议12件，结转下年4件 names others."""
        if told.topics or not told.events:
            return True
        implied = self._lexicon.implied(told.events)
        return not implied or set(self.named) <= set(implied)

    def is_of_others(self) -> bool:
        """Says whether what was named last is counted elsewhere."""
        return "other_scope" in map(self._lexicon.statuses.get, self.named)

    def is_part(self, measure: Measure) -> bool:
        """Says whether a number that seems to count all is said to be a part: 行政复议4件，其中新收3件."""
        return measure in self.parts_of or (self.of_whole and bool(measure.events) and measure.events <= WHOLE)

    def headed(self, told: Said, value: Decimal | None) -> None:
        """Takes what is counted or, without a value, what is but named, and of which parts may be told behind it."""
        if not told.topics:
            self._is_headed = self._is_headed or (value is not None and bool(told.events))
        elif value is not None or not told.negates:
            if self._is_headed or value is None:
                self._heads.clear()
            self._is_headed = False
            self._heads.update(told.topics if value != 0 else ())

    def may_be_of_others(self, topics: Iterable[str], told: Said) -> bool:
        """Says whether a part may be of something beside what was named last: 行政复议5件、诉讼2件，其中维持3件."""
        others = self._heads.difference(topics)
        return any(self._lexicon.measure((other,), told.events) is not None for other in others)

    def is_of_cases(self, topics: Iterable[str]) -> bool:
        """Says whether the verb said last counts cases, not what became of them: 办理行政许可1300件、行政处罚20件."""
        if not self._lexicon.is_open(self.events):
            return False
        measure = self._lexicon.measure(topics, self.events)
        return measure is None or measure.weak

    def opens(self, told: Said) -> bool:
        """Says whether more may be counted than is about the disclosure of information."""
        return not self.is_own and (not self.follows_own or told.scope == "whole" or self._lexicon.is_open(told.events))

    def carry(self, told: Said) -> None:
        """Takes what later clauses of the sentence may refer to."""
        self.is_open = self.is_open or self.opens(told)
        self.scope = told.scope or self.scope
        self.is_clear = self.is_clear and told.sure
        # What is of no interest, as the site on which something is published, stands between.
        statuses = self._lexicon.statuses
        named = told.topics and tuple(one for one in told.topics if statuses.get(one) != "unrelated")
        self.named = named or self.named
        if told.topics or told.events or told.columns:
            self.columns = told.columns
        if told.topics or told.events:
            implied = self._lexicon.implied(told.events) if not told.topics and self.is_of_named(told) else ()
            self.topics = told.topics or implied or self.topics
            self.events = told.events or self.events
            self.sure = told.sure and (bool(told.events) or self.is_clear)
            self.is_whole = not told.columns and all(WHOLE.intersection(meanings) for meanings in told.events)
