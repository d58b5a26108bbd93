"""Names of agencies, as far as two of them may be one: 青槐镇 and 陌桑县青槐镇人民政府."""

from disclosure_lint.model.characters import squeeze

_ENDINGS = ("人民政府", "办事处")


def core(agency: str) -> str:
    """Returns the name of an agency without what all of its kind are called."""
    name = squeeze(agency)
    return name.removesuffix(next((ending for ending in _ENDINGS if name.endswith(ending)), ""))


def may_be_one(one: str, other: str) -> bool:
    """Says whether one name ends the other, or both are the same; what a kind of agency is called does not count."""
    short, whole = sorted((core(one), core(other)), key=len)
    return bool(short) and whole.endswith(short)
