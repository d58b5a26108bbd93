"""Web pages, damaged at random in their bytes, their tags and their order."""

import re
from functools import lru_cache
from random import Random

from tests.fuzz.pieces import PIECES
from tests.generation import SIZES, make
from tests.generation.official import official
from tests.office.html import DIALECTS

_TAG = re.compile(r"<(/?)([\w:]+)[^<>]*>")
_TAGS = (
    *("table", "tbody", "thead", "tr", "td", "th", "caption", "p", "div", "span", "h1", "h2", "ol", "ul", "li", "a"),
    *(
        "br",
        "nav",
        "footer",
        "form",
        "script",
        "style",
        "title",
        "template",
        "select",
        "textarea",
        "svg",
        "o:p",
        "s",
        "del",
        "sup",
        "ruby",
        "rt",
        "img src=x",
        "iframe src=x",
        "body",
    ),
)
_ATTRIBUTES = (
    *(
        "",
        " hidden",
        " style='display:none'",
        " href=x",
        ' class="a\'b"',
        " x='",
        ' x="',
        " =",
        "/",
        " style=mso-list:ignore",
        " style='vertical-align:super'",
        " style='text-decoration:line-through'",
    ),
    *(
        f" {name}={value}"
        for name in ("colspan", "rowspan", "start")
        for value in (0, 1, 2, 3, -1, "x", 1000, "9" * 30)
    ),
)
_MARKS = (
    *(
        "<",
        ">",
        "</",
        "/>",
        "<!--",
        "-->",
        "<!",
        "<?",
        "]]>",
        "<![CDATA[",
        "&",
        "&nbsp;",
        "&#",
        "&#x110000;",
        "&lt;",
        "&amp",
    ),
    *(
        "<!--[if gte mso 9]>",
        "<![endif]-->",
        "<!-- disclosure-lint: ignore[DL3] -->",
        "<!-- disclosure-lint: ",
        "\x0c",
        "\r",
    ),
)


@lru_cache(maxsize=40)
def good(number: int, dialect: str) -> bytes:
    """Returns one of some whole pages."""
    rng = Random(f"good {number}")
    return DIALECTS[dialect](official(make(rng, rng.choice(SIZES), rng.choice(("2021", "2019"))), rng))


def _some(rng: Random) -> bytes:
    return good(rng.randrange(4), rng.choice([*DIALECTS]))


def damaged_bytes(rng: Random) -> bytes:
    """Returns a page with some bytes changed, lost or repeated."""
    data = bytearray(_some(rng))
    most = rng.choice((128, 128, 256))
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        at, length = rng.randrange(len(data) + 1), rng.choice((1, 1, 2, 4, 40, 2000))
        match rng.randrange(5):
            case 0:
                data[at : at + 1] = bytes((rng.randrange(most),))
            case 1:
                data[at : at + length] = bytes(rng.randrange(1, most) for _ in range(length))
            case 2:
                del data[at : at + length]
            case 3:
                data[at:at] = data[at : at + length]
            case _:
                data[at:at] = rng.choice(_MARKS).encode()
    return bytes(data)


def damaged_structure(rng: Random) -> bytes:
    """Returns a page whose tags are lost, repeated, moved, or others than they were."""
    text = _decoded(rng)
    for _ in range(rng.choice((1, 2, 4, 8, 40))):
        text = rng.choice(_ACCIDENTS)(text, rng)
    return text.encode("utf-8", "replace")


def pieced(rng: Random) -> bytes:
    """Returns a page of tags and words in any order."""
    parts = ["<p>云川县石桥镇人民政府2023年政府信息公开工作年度报告</p>"]
    for _ in range(rng.choice((5, 50, 500))):
        parts.append(rng.choice((_tag, _tag, _words, _mark))(rng))
    return "".join(parts).encode()


def _decoded(rng: Random) -> str:
    return good(rng.randrange(4), rng.choice(("plain", "site", "careless", "endless tables", "one line"))).decode()


def _tag(rng: Random) -> str:
    return f"<{rng.choice(('', '', '/'))}{rng.choice(_TAGS)}{rng.choice(_ATTRIBUTES)}>"


def _words(rng: Random) -> str:
    return rng.choice(PIECES)


def _mark(rng: Random) -> str:
    return rng.choice(_MARKS)


def _span(text: str, rng: Random) -> tuple[int, int]:
    tags = list(_TAG.finditer(text))
    return rng.choice(tags).span() if tags else (0, 0)


def _lost(text: str, rng: Random) -> str:
    start, end = _span(text, rng)
    return text[:start] + text[end:]


def _again(text: str, rng: Random) -> str:
    start, end = sorted((_span(text, rng)[0], _span(text, rng)[1]))
    times = rng.choice((1, 1, 2, 5)) if end - start < 20_000 else 0
    return text[:end] + text[start:end] * times + text[end:]


def _stretch_lost(text: str, rng: Random) -> str:
    start, end = sorted((_span(text, rng)[0], _span(text, rng)[1]))
    return text[:start] + text[end:] if end - start < 5000 else text


def _moved(text: str, rng: Random) -> str:
    start, end = _span(text, rng)
    rest = text[:start] + text[end:]
    _, at = _span(rest, rng)
    return rest[:at] + text[start:end] + rest[at:]


def _put(text: str, rng: Random) -> str:
    at = rng.choice((_span(text, rng)[0], rng.randrange(len(text) + 1)))
    return text[:at] + rng.choice((_tag, _words, _mark))(rng) + text[at:]


def _other(text: str, rng: Random) -> str:
    start, end = _span(text, rng)
    return text[:start] + _tag(rng) + text[end:]


def _cut(text: str, rng: Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] if rng.random() < 0.5 else text[at:]


_ACCIDENTS = (_lost, _lost, _again, _stretch_lost, _moved, _put, _put, _other, _other, _cut)
DAMAGES = {"bytes": damaged_bytes, "structure": damaged_structure, "pieces": pieced}
