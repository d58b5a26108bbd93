"""Numbers as lists write them: 一 （一） 1 ① 甲 A iv."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN, _MOST_LETTERS, _MOST_CHINESE = 3999, 780, 99999


def written(value: int, number_format: str) -> str:
    """Returns a number in a format of lists; in Arabic digits where the format is unknown or has no such number."""
    write = _FORMATS.get(number_format)
    return (write(value) if write else None) or str(value)


def _digit_by_digit(value: int) -> str:
    return str(value).translate({ord(str(digit)): char for digit, char in enumerate(_DIGITS)}) if value >= 0 else ""


def _counting(value: int) -> str:
    """十 to 九十九; from 100 on digit by digit, with a circle."""
    return _thousands(value) if value < 100 else _digit_by_digit(value).replace("〇", "○")


def _thousands(value: int) -> str:
    """十一, 一百零一, 一千零一十."""
    return _spoken(value, _DIGITS.replace("〇", "零"), "十百千万").removeprefix("一" if 10 <= value < 20 else "")


def _japanese(value: int) -> str:
    """十一, 百一, 千十: no zero between, no one before a unit."""
    text = _spoken(value, _DIGITS.replace("〇", "零"), "十百千万").replace("零", "")
    return text.replace("一十", "十").replace("一百", "百").replace("一千", "千")


def _spoken(value: int, digits: str, units: str) -> str:
    """Returns a number with its units, one zero for a gap; empty beyond what a list counts."""
    if not 0 < value <= _MOST_CHINESE:
        return ""
    text, gap = "", False
    for power in range(4, -1, -1):
        digit = value // 10**power % 10
        if digit:
            text += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = not digit and bool(text)
    return text


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN if 0 < value <= _MOST_ROMAN else ():
        text += letters * (value // worth)
        value %= worth
    return text


def _letters(value: int) -> str:
    """a to z, aa, bb."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= _MOST_LETTERS else ""


def _sixty(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 0 < value <= 60 else ""


def _full_width(value: int) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in str(value))


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if 0 < value <= len(characters) else ""


def _from(first: int, count: int) -> Callable[[int], str]:
    return _one_of("".join(map(chr, range(first, first + count))))


def _legal(digits: str, units: str) -> Callable[[int], str]:
    return lambda value: _spoken(value, digits, units)


_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _from(0x2460, 20),
    "decimalEnclosedCircleChinese": _from(0x2460, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counting,
    "chineseCountingThousand": _thousands,
    "chineseLegalSimplified": _legal(_LEGAL, "拾佰仟万"),
    "ideographDigital": _digit_by_digit,
    "ideographTraditional": _one_of(_STEMS),
    "ideographZodiac": _one_of(_BRANCHES),
    "ideographZodiacTraditional": _sixty,
    "ideographLegalTraditional": _legal(_LEGAL_TRADITIONAL, "拾佰仟萬"),
    "ideographEnclosedCircle": _from(0x3220, 10),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "japaneseLegal": _legal("零壱弐参四伍六七八九", "拾百阡萬"),
    "koreanDigital2": _digit_by_digit,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousands,
    "taiwaneseDigital": lambda value: _digit_by_digit(value).replace("〇", "○"),
}
