"""Whether a text says that something was the case, with what sum, or that it was not; most sentences say neither.

The words come from a vocabulary of a rule file, as lists of expressions for squeezed text:

- `about` names the matter; `hint` words belong to it where a title in 《…》 or the sentence before has named it.
- `lead` ends a sentence that only announces the next one (`收取情况如下：`): the two are read as one.
- `negative` says no; `positive` says yes; `amount` finds sums, as groups `number` and (optional) `unit`: 0 is a no.
- `due` says what is to be the case, a notice or a sum that is owed: no yes, nor a sum beside it that is not `paid`.
- `unless` takes a clause out of the reckoning: a promise, a tariff, another matter.
- `part` marks a clause about a part only: its no does not contradict a yes elsewhere.
- `now` names the report's year; what is said of another year counts only if nothing is said of this one.
"""

import re
from collections.abc import Iterator

from disclosure_lint.checks.sentence import Polarity, Saying, Sentence, Vocabulary, holds

_SENTENCE = re.compile(r"[^。；！？]+")


def find_stances(squeezed: str, words: Vocabulary, year: int | None = None) -> list[Polarity]:
    """Returns the stances that a squeezed text takes, in its order: at most one yes and one no of each sentence.

    With the report's year, what is said of it outweighs what is said of another one.
    """
    found: list[Saying] = []
    named = False
    for start, end in _sentences(squeezed, words):
        sentence = Sentence(squeezed, start, end, words, year)
        hinted = holds(words, "hint", sentence.text)
        if holds(words, "about", sentence.text) or (hinted and (named or sentence.title_is_about())):
            found += sentence.sayings()
            named = True
        else:
            named = sentence.title_is_about() or (named and hinted)
    found = [saying for saying in found if saying.stance.kind != "due"] or found
    found = [saying for saying in found if not saying.past] or found
    yes = any(saying.stance.kind == "positive" for saying in found)
    return [saying.stance for saying in found if not (yes and saying.partial and saying.stance.kind == "negative")]


def _sentences(text: str, words: Vocabulary) -> Iterator[tuple[int, int]]:
    """Yields the half-open offsets of the sentences, an announcing one together with the next."""
    begin: int | None = None
    end = 0
    for match in _SENTENCE.finditer(text):
        start, end = (match.start() if begin is None else begin), match.end()
        named = holds(words, "about", match.group())
        if begin is None and named and holds(words, "lead", match.group()):
            begin = start
            continue
        yield start, end
        begin = None
    if begin is not None:
        yield begin, end
