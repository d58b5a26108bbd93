"""A copy of a document with its notes: in the way of its format, and only if it reads as the document does."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from disclosure_lint.annotate.notes import AUTHOR, NoCopyError, Note, block_at, inserted
from disclosure_lint.annotate.web_page import annotated_page
from disclosure_lint.fixes.applying import RefusedError, encoded, line_end_of
from disclosure_lint.model.document import Document, Table
from disclosure_lint.model.errors import UnreadableError
from disclosure_lint.model.source import Source, Span

Read = Callable[[bytes], Document]
"""Reads a file by its reader; raises UnreadableError."""


def annotated_copy(document: Document, data: bytes, notes: Sequence[Note], read: Read) -> bytes:
    """Returns a copy of the bytes that a document was read from, with its notes; raises NoCopyError."""
    try:
        for copy in _copies(document, data, notes):
            if _reads_alike(document, copy, read):
                return copy
    except UnreadableError as error:
        raise NoCopyError(error.zh, error.en) from None
    except RefusedError as error:
        raise NoCopyError(error.words.zh, error.words.en) from None
    raise NoCopyError("加了批注会使它读起来和原文不一样", "with notes put in it would not read as it does without them")


def annotated_texts(document: Document, notes: Sequence[Note], encoding: str) -> Iterator[str]:
    """Yields the text with its notes, the best way first; which ways a text bears, reading it again will show.

    Comments of a table stand behind its rows, else above the table; where no comment can stand between lines, all
    stand at the end.
    """
    file, _ = document.source.in_file(Span(0, 0))
    said = [_comment(note, encoding) for note in notes]
    end = line_end_of(file.text)
    for behind_rows in (True, False):
        puts = (
            _put(document, file, note.span, comment, end, behind_rows=behind_rows)
            for note, comment in zip(notes, said, strict=True)
        )
        yield inserted(file.text, puts)
    last = "" if file.text.endswith(("\n", "\r")) else end
    yield file.text + last + "".join(f"{end}{one}{end}" for one in said)


def _copies(document: Document, data: bytes, notes: Sequence[Note]) -> Iterator[bytes]:
    """Yields copies, the best first. What unpacks Word files, or asks for PDF, is imported when there is one."""
    if document.format == "docx":
        from disclosure_lint.annotate.word import annotated_word

        yield annotated_word(data, document.source.text, notes)
    elif document.format == "pdf":
        from disclosure_lint.annotate.sheets import annotated_pdf

        yield annotated_pdf(document, data, notes)
    elif document.format == "html":
        yield from _written(document, data, [annotated_page(document.source, notes)])
    elif document.format in ("text", "markdown"):
        yield from _written(document, data, annotated_texts(document, notes, document.source.encoding))
    else:
        raise NoCopyError("这种格式不能加批注", "no notes can be put into this format")


def _written(document: Document, data: bytes, texts: Iterable[str]) -> Iterator[bytes]:
    file, _ = document.source.in_file(Span(0, 0))
    for text in texts:
        yield encoded(data, file.text, text, file.encoding)


def _reads_alike(document: Document, copy: bytes, read: Read) -> bool:
    """Says whether a copy has the same paragraphs and cells."""
    try:
        return _shape(read(copy)) == _shape(document)
    except UnreadableError:
        return False


def _shape(document: Document) -> list[object]:
    source = document.source
    return [
        [[(_words(source, cell.span), cell.column, cell.columns) for cell in row.cells] for row in block.rows]
        if isinstance(block, Table)
        else (type(block).__name__, _words(source, block.span))
        for block in document.blocks
    ]


def _words(source: Source, span: Span) -> str:
    return source.folded[span.start : span.end].strip()


def _comment(note: Note, encoding: str) -> str:
    """Returns a note as a comment of one line; characters that the file cannot hold are question marks.

    It begins with a bracket, lest `check` take it for one that silences rules.
    """
    colon = ": " if note.text.isascii() else "："
    words = " / ".join(note.paragraphs)
    words = f"{note.place}{colon}{words}" if note.place else words
    codec = "gbk" if encoding == "gb18030" else encoding
    words = words.replace("--", "—").replace(">", "＞").encode(codec, "replace").decode(codec)
    return f"<!-- [{AUTHOR}] {words} -->"


def _put(document: Document, file: Source, span: Span, comment: str, end: str, *, behind_rows: bool) -> tuple[int, str]:
    """Returns where in the file a comment is put, and it with what parts it from the text: behind a row, or a line."""
    block = block_at(document, span)
    if isinstance(block, Table) and behind_rows:
        _, place = document.source.in_file(span)
        return file.line_span(file.line_of(place.start)).end, f" {comment}"
    _, place = document.source.in_file(block.span if isinstance(block, Table) else span)
    return file.line_span(file.line_of(place.start)).start, comment + end
