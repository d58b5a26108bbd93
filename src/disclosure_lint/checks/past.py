"""Whether a sentence speaks of the past, so that the old name of a place is right in it."""

import re
from collections.abc import Iterable

# Expressions are compiled when first used: few reports hold an old name.
_SENTENCE_END = r"[。；！？]"
_LONGEST_SENTENCE = 80
_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_PAST = (
    r"原(?![则因创料])|曾|旧|撤(?:销|县|市|区|并)|(?<!建)设[区市]|改(?:称|名|设|为|制)|更名|合并|并入|划[归入出]|区划"
    r"|前身|历史|时期|年代|过去|昔|沿革|建县|革命|解放|战役|起义|遗址|故居|非遗|非物质文化|民国|清代|明代|古代"
)
# Schools, firms and the like keep their names.
_KEEPS_ITS_NAME = (
    r"[^，。；：、（）]{0,16}?(?:公司|集团|银行|信用|联社|合作社|商会|协会|学校|[中小]学|高中|幼儿园|医院|志(?!愿)|年鉴"
    r"|纪念馆|大桥|水库|林场|农场|高速|铁路)"
)
_EXPLAINED = r"（(?:现|今|已|即|后)"
_OPENING, _CLOSING = "《“「『‘", "》”」』’"
_LONGEST_QUOTATION = 60


def is_about_the_past(text: str, start: int, end: int, year: int, new_names: Iterable[str]) -> bool:
    """Returns True if a name in squeezed text may be an old one there, abolished in that year.

    So it is in a sentence with a word or a year of the past, in a title or quotation, in the name of what keeps its
    name, and where the new name follows in brackets.
    """
    first, last = max(0, start - _LONGEST_SENTENCE), end + _LONGEST_SENTENCE
    before, after = re.split(_SENTENCE_END, text[first:start])[-1], re.split(_SENTENCE_END, text[end:last])[0]
    sentence = f"{before} {after}"
    return (
        re.search(_PAST, sentence) is not None
        or any(int(number) <= year for number in re.findall(_YEAR, sentence))
        or re.match(_EXPLAINED, after) is not None
        or re.match(_KEEPS_ITS_NAME, after) is not None
        or any(after.startswith(f"（{name}") for name in new_names)
        or _is_quoted(text[max(0, start - _LONGEST_QUOTATION) : start])
    )


def _is_quoted(before: str) -> bool:
    opened = max(map(before.rfind, _OPENING))
    return opened > max(map(before.rfind, _CLOSING))
