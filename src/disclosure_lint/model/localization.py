"""What a pack says about looking for the wrong number."""

from disclosure_lint.model.diagnostic import LocalizedText
from disclosure_lint.model.named_tuple import NamedTuple


class Slip(NamedTuple):
    """A way in which a right number becomes a wrong one."""

    kind: str
    """Which one, of those that the code can tell."""
    weight: int
    """How many times likelier an explanation is that is such a slip than one that is none."""
    words: LocalizedText
    """What is said of it: 像是把数字写颠倒了."""


class Localization(NamedTuple):
    """How explanations are told apart and put into words; without messages, none is looked for."""

    likely: int = 5
    """So many times more plausible than the next an explanation is called likely."""
    messages: dict[str, LocalizedText] = {}
    """Templates by the ids that the code knows."""
    slips: tuple[Slip, ...] = ()
