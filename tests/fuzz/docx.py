"""Word files, damaged at random in their bytes, their XML and its structure."""

import re
from functools import lru_cache
from io import BytesIO
from random import Random
from zipfile import ZipFile

from tests.fuzz.mutations import torn
from tests.fuzz.pieces import PIECES
from tests.generation import SIZES, make
from tests.generation.official import Words, official
from tests.office.docx import (
    deleted,
    field,
    heading,
    inserted,
    notes,
    numbering,
    paragraph,
    run,
    table,
    text_box,
    word_file,
    zipped,
)
from tests.office.official import block_xml

_TAG = re.compile(r"<(/?)([\w:]+)([^<>]*?)(/?)>")
_ABSURD = ("", "0", "-1", "99999999999999999999", "x", "on", "restart", "continue", "１")


@lru_cache(maxsize=8)
def good(number: int) -> bytes:
    """Returns one of some whole files with everything in them that a reader looks at."""
    rng = Random(f"good {number}")
    blocks = official(make(rng, rng.choice(SIZES), rng.choice(("2021", "2019"))), rng)
    found: list[str] = []
    for block in blocks:
        found.append(block_xml(block))
        if isinstance(block, Words) and not block.level:
            found.append(_rich(block.text, rng))
    lists = numbering({0: ("chineseCounting", "%1、"), 1: ("decimal", "%1.%2")}, {0: ("upperRoman", "%1")})
    note = notes("footnote", {2: paragraph(run("脚注"))})
    return word_file(*found, numbering=lists, footnotes=note)


def _rich(text: str, rng: Random) -> str:
    return rng.choice(
        (
            paragraph(
                run(text[:3]) + deleted("旧") + inserted("新") + field("PAGE", run("3")), numbered=(1, rng.randrange(3))
            ),
            paragraph(
                run("注") + '<w:r><w:footnoteReference w:id="2"/><w:br/><w:tab/></w:r>' + text_box(paragraph("框"))
            ),
            table([["外", table([["里", "1"], ["面", "2"]]) + paragraph()], ["下", "3"]]),
            paragraph(
                run("划去", "<w:strike/>")
                + run("12")
                + run("3", '<w:vertAlign w:val="superscript"/>')
                + "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den/></m:f></m:oMath>"
                + '<w:r><w:object><o:OLEObject ProgID="x"/></w:object></w:r>'
            ),
            heading("（一）小标题", 3)
            + paragraph('<w:r><w:sym w:char="F0FE" w:font="Wingdings"/></w:r>', numbered=(2, 0)),
        )
    )


def damaged_bytes(rng: Random) -> bytes:
    """Returns a file with some bytes changed, lost or repeated; the checksums may no longer agree."""
    return torn(good(rng.randrange(8)), rng, (b"\xff\xff\xff\xff", b"\0\0\0\0", b"PK\x01\x02", b"PK\x05\x06"))


def damaged_text(rng: Random) -> bytes:
    """Returns a whole ZIP in which the XML is no longer well-formed, or no longer UTF-8."""
    with ZipFile(BytesIO(good(rng.randrange(8)))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = rng.choice(["word/document.xml"] * 6 + list(parts))
    data = bytearray(parts[name])
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(data))
        data[at : at + rng.randrange(4)] = rng.choice(
            (rng.randbytes(2), b"", b"<", b'"', b"&#0;", b"\xff\xfe", b"<!--")
        )
    return zipped({**parts, name: bytes(data)})


def damaged_structure(rng: Random) -> bytes:
    """Returns a file whose XML is well-formed, or nearly, but not what Word writes."""
    with ZipFile(BytesIO(good(rng.randrange(8)))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    for _ in range(rng.choice((1, 2, 4, 8, 20))):
        name = rng.choice(["word/document.xml"] * 6 + list(parts))
        if name in parts:
            parts[name] = rng.choice(_ACCIDENTS)(parts[name], rng)
        if rng.random() < 0.02:
            parts.pop(name, None)
    return zipped({name: content.encode("utf-8", "replace") for name, content in parts.items()})


def _tags(text: str) -> list[re.Match[str]]:
    return list(_TAG.finditer(text))


def _element(text: str, rng: Random) -> tuple[int, int]:
    """Returns where an element begins and ends."""
    tags = _tags(text)
    if len(tags) < 5:
        return 0, 0
    first = rng.choice([at for at, tag in enumerate(tags) if at > 1 and not tag[1]] or [0])
    if tags[first][4]:
        return tags[first].span()
    depth = 0
    for tag in tags[first:]:
        depth += -1 if tag[1] else 0 if tag[4] else 1
        if not depth:
            return tags[first].start(), tag.end()
    return tags[first].span()


def _lost(text: str, rng: Random) -> str:
    start, end = _element(text, rng)
    return text[:start] + text[end:]


def _again(text: str, rng: Random) -> str:
    start, end = _element(text, rng)
    return text[:end] + text[start:end] * rng.choice((1, 1, 2, 5)) + text[end:] if end - start < 20_000 else text


def _moved(text: str, rng: Random) -> str:
    start, end = _element(text, rng)
    rest = text[:start] + text[end:]
    _, at = _element(rest, rng)
    return rest[:at] + text[start:end] + rest[at:]


def _unwrapped(text: str, rng: Random) -> str:
    """Leaves out an element but keeps what is in it."""
    start, end = _element(text, rng)
    inner = text[start:end]
    return text[:start] + inner[inner.find(">") + 1 : max(inner.rfind("</"), 0)] + text[end:]


def _wrapped(text: str, rng: Random) -> str:
    start, end = _element(text, rng)
    name = rng.choice(
        ("w:ins", "w:del", "w:sdt", "w:sdtContent", "w:tbl", "w:tr", "w:tc", "w:p", "w:r", "w:pPr", "w:smartTag")
    )
    times = rng.choice((1, 1, 1, 3, 70))
    return text[:start] + f"<{name}>" * times + text[start:end] + f"</{name}>" * times + text[end:]


def _renamed(text: str, rng: Random) -> str:
    tags = _tags(text)
    if not tags:
        return text
    old, new = rng.choice(tags)[2], rng.choice(tags)[2]
    if rng.random() < 0.5:
        return re.sub(rf"(</?){old}\b", rf"\g<1>{new}", text)
    start, end = _element(text, rng)
    return text[:start] + re.sub(r"(</?)[\w:]+", rf"\g<1>{new}", text[start:end]) + text[end:]


def _valued(text: str, rng: Random) -> str:
    values = list(re.finditer(r'="[^"<>]*"', text))
    if not values:
        return text
    start, end = rng.choice(values).span()
    return f'{text[:start]}="{rng.choice(_ABSURD)}"{text[end:]}'


def _said(text: str, rng: Random) -> str:
    texts = list(re.finditer(r"(?<=>)[^<>]+(?=</w:t>)", text))
    if not texts:
        return text
    start, end = rng.choice(texts).span()
    piece = (rng.choice(PIECES) * rng.choice((1, 1, 5, 200))).replace("&", "&amp;").replace("<", "&lt;")
    return text[:start] + re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", piece) + text[end:]


_ACCIDENTS = (
    *(_lost, _lost, _again, _again, _moved, _moved, _unwrapped, _wrapped, _wrapped, _renamed, _valued, _valued, _said),
    *(_lost, _again, _moved, _unwrapped, _wrapped, _valued, _said),
)  # fmt: skip
DAMAGES = {"bytes": damaged_bytes, "text": damaged_text, "structure": damaged_structure}
