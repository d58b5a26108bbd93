"""English counts."""


def counted(count: int, noun: str) -> str:
    """Returns `1 rule`, `2 rules`."""
    return f"{count} {plural(noun, count)}"


def plural(noun: str, count: int) -> str:
    """Returns the noun as it stands behind a count."""
    return noun if count == 1 else noun + "s"
