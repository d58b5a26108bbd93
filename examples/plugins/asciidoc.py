"""Brings a reader: AsciiDoc, as far as headings and paragraphs go."""

from disclosure_lint import Block, Document, Heading, Paragraph, Reader, Source, Span, UnreadableError, hookimpl


class AsciiDocReader:
    suffixes = (".adoc",)

    def read(self, name: str, data: bytes) -> Document | None:
        if not name.endswith(self.suffixes):
            return None
        try:
            source = Source(name, data.decode("utf-8"))
        except UnicodeDecodeError:
            raise UnreadableError("unreadable", "AsciiDoc 要用 UTF-8 编码", "AsciiDoc must be UTF-8") from None
        lines = [source.line_span(line) for line in range(1, source.line_count + 1)]
        return Document(source, "asciidoc", tuple(_block(source, span) for span in lines if source.slice(span).strip()))


def _block(source: Source, span: Span) -> Block:
    marks, _, title = source.slice(span).partition(" ")
    if marks and title and not marks.strip("="):
        return Heading(Span(span.start + len(marks) + 1, span.end), len(marks))
    return Paragraph(span)


@hookimpl
def document_readers() -> list[Reader]:
    return [AsciiDocReader()]
