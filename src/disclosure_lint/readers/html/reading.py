"""A web page as a Document."""

from disclosure_lint.model.document import Document
from disclosure_lint.model.rendition import FileText, Rendition
from disclosure_lint.readers.html.body import Body
from disclosure_lint.readers.html.charset import decode_page
from disclosure_lint.readers.html.flow import Flow
from disclosure_lint.readers.html.problems import too_large
from disclosure_lint.readers.html.region import report_of
from disclosure_lint.readers.html.tree import parse
from disclosure_lint.readers.page import Page

_MAX_LINES = 300_000


def read_html(name: str, data: bytes) -> Document:
    """Returns the report on a web page; raises UnreadableError."""
    file, encoding = decode_page(data)
    if file.count("\n") + file.count("\r") > _MAX_LINES:
        raise too_large(f"超过 {_MAX_LINES // 10_000} 万行", f"has more than {_MAX_LINES} lines")
    root = parse(file)
    flow, page = Flow(file), Page()
    body = Body(file, page, flow)
    body.write(report_of(flow.page(root), root))
    text, blocks = page.finish()
    hidden = [comment.span for comment in body.comments]
    source = Rendition(text, FileText(name, file, encoding), body.runs, hidden)
    return Document(source, "html", blocks, tuple(body.comments))
