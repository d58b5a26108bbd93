"""Files of formats that are not read, as small as they may be to be recognised."""

import io
from zipfile import ZIP_STORED, ZipFile

_ODF = "application/vnd.oasis.opendocument"
_SPACES = " ".join(
    f'xmlns:{name}="{space}"'
    for name, space in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }.items()
)


def ole(*streams: str) -> bytes:
    """Returns the beginning of an old file of Office with the names of some streams, and nothing that can be read."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names.ljust(1024, b"\0")


def archive(*names: str) -> bytes:
    """Returns a ZIP with files of these names."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as file:
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


def open_document(kind: str, content: str = "") -> bytes:
    """Returns an OpenDocument file, `text` or `spreadsheet`, with XML of a body."""
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{read}"/>'
        for path, read in (("/", f"{_ODF}.{kind}"), ("content.xml", "text/xml"))
    )
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as file:
        file.writestr("mimetype", f"{_ODF}.{kind}")
        file.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}">{entries}</m:manifest>')
        body = f"<office:body><office:{kind}>{content}</office:{kind}></office:body>"
        file.writestr(
            "content.xml", f'<office:document-content {_SPACES} office:version="1.2">{body}</office:document-content>'
        )
    return buffer.getvalue()


def linking_document(url: str) -> bytes:
    """Returns an OpenDocument text with a picture and a section that are elsewhere."""
    link = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    frame = '<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char">'
    picture = f'{frame}<draw:image xlink:href="{url}/picture.png" {link}/></draw:frame>'
    section = f'<text:section text:name="s"><text:section-source xlink:href="{url}/more.html" {link}/></text:section>'
    return open_document("text", f"<text:p>外地的图{picture}</text:p>{section}")
