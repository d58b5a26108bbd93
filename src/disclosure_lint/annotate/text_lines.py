"""A text or Markdown file with a comment at each finding, which `check` does not read.

A comment begins with a bracket, lest it be taken for one that silences rules.
"""

from collections.abc import Iterator, Sequence

from disclosure_lint.annotate.notes import AUTHOR, Note, block_at
from disclosure_lint.fixes.applying import line_end_of
from disclosure_lint.model.document import Document, Table
from disclosure_lint.model.source import Source, Span


def annotated_texts(document: Document, notes: Sequence[Note], encoding: str) -> Iterator[str]:
    """Yields the text with its notes, the best way first; which ways a text bears, reading it again will show.

    Comments of a table stand behind its rows, else above the table; where no comment can stand between lines, all
    stand at the end.
    """
    file, _ = document.source.in_file(Span(0, 0))
    said = [_comment(note, encoding) for note in notes]
    end = line_end_of(file.text)
    for behind_rows in (True, False):
        puts = [
            (*_place(document, file, note.span, behind_rows=behind_rows), said)
            for note, said in zip(notes, said, strict=True)
        ]
        yield _with(file.text, puts, end)
    last = "" if file.text.endswith(("\n", "\r")) else end
    yield file.text + last + "".join(f"{end}{one}{end}" for one in said)


def _comment(note: Note, encoding: str) -> str:
    """Returns a note as a comment of one line; characters that the file cannot hold are question marks."""
    colon = ": " if note.text.isascii() else "："
    words = " / ".join(note.paragraphs)
    words = f"{note.place}{colon}{words}" if note.place else words
    codec = "gbk" if encoding == "gb18030" else encoding
    words = words.replace("--", "—").replace(">", "＞").encode(codec, "replace").decode(codec)
    return f"<!-- [{AUTHOR}] {words} -->"


def _place(document: Document, file: Source, span: Span, *, behind_rows: bool) -> tuple[int, bool]:
    """Returns where a comment is put in the file, and whether it stands there behind a row instead of on a line."""
    block = block_at(document, span)
    if isinstance(block, Table) and behind_rows:
        _, place = document.source.in_file(span)
        return file.line_span(file.line_of(place.start)).end, True
    _, place = document.source.in_file(block.span if isinstance(block, Table) else span)
    return file.line_span(file.line_of(place.start)).start, False


def _with(text: str, puts: Sequence[tuple[int, bool, str]], line_end: str) -> str:
    parts: list[str] = []
    done = 0
    for at, behind, comment in sorted(puts, key=lambda put: put[0]):
        parts += [text[done:at], f" {comment}" if behind else f"{comment}{line_end}"]
        done = at
    return "".join([*parts, text[done:]])
