"""How far a word is from another one."""

from collections import Counter


def distance(word: str, other: str, most: int) -> int:
    """Returns how many characters must be put in, taken out or changed to make one of the other; at most `most` + 1."""
    too_many = most + 1
    if abs(len(word) - len(other)) > most:
        return too_many
    # Most words are told apart by their characters alone.
    left, right = Counter(word), Counter(other)
    if max((left - right).total(), (right - left).total()) > most:
        return too_many
    row = list(range(len(other) + 1))
    for at, char in enumerate(word, 1):
        before, row[0] = row[0], at
        for place, there in enumerate(other, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (char != there))
    return min(row[-1], too_many)
