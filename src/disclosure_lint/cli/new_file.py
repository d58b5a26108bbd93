"""Where a new report is written, and in which format; a file that is there stays as it is."""

from pathlib import Path
from typing import NamedTuple

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rewriting import RewriteError, create
from disclosure_lint.cli.streams import opened
from disclosure_lint.drafting.draft import Draft
from disclosure_lint.model.errors import UserError

FORMATS = {"markdown": ".md", "docx": ".docx"}
"""Each with the suffix that its files get."""
_SUFFIXES = {".md": "markdown", ".markdown": "markdown", ".docx": "docx"}
_STANDARD_OUTPUT = "-"


class Target(NamedTuple):
    """What is to be written."""

    path: str | None
    """None for standard output."""
    format: str

    @property
    def folder(self) -> str:
        """The folder whose configuration holds."""
        return str(Path(self.path or "").parent)


def target_of(output: str | None, title: str, output_format: str | None, parser: CommandParser) -> Target:
    """Returns where to write, by what the command line names; in a folder, or if nothing is named, by the title."""
    say = parser.say
    if output == _STANDARD_OUTPUT:
        if output_format == "docx":
            parser.error(say("Word 文件不能写到标准输出，请写一个文件名", "a Word file needs the name of a file"))
        return Target(None, "markdown")
    if output is None or Path(output).is_dir():
        output_format = output_format or "markdown"
        return Target(str(Path(output or "") / (title + FORMATS[output_format])), output_format)
    known = _SUFFIXES.get(Path(output).suffix.lower())
    if known is None:
        zh = f"从“{output}”的后缀看不出格式；请写 .md 或 .docx"
        parser.error(say(zh, f"the suffix of “{output}” tells no format; write .md or .docx"))
    if output_format not in (None, known):
        zh = f"--format {output_format} 和“{output}”的后缀不一致"
        parser.error(say(zh, f"--format {output_format} and the suffix of “{output}” differ"))
    return Target(output, known)


def write(target: Target, draft: Draft, say: Translator, *, force: bool) -> None:
    """Writes the report; raises UserError if that cannot be done, or if a file is there and is not to be replaced."""
    path = target.path
    if path is None:
        with opened(None, say) as output:
            output.write(draft.text())
        return
    try:
        create(path, _data(target.format, draft), replace=force)
    except FileExistsError:
        zh, en = "已经有这个文件，没有改动；要覆盖请加", "the file exists and was left as it is; to replace it, add"
        raise UserError(f"{say(zh, en)} --force", path) from None
    except FileNotFoundError:
        raise UserError(say("没有这个文件夹，请先建立", "there is no such folder; make it first"), path) from None
    except RewriteError as error:
        raise UserError(error.words.text(say.lang), path) from None
    except OSError as error:
        said = error.strerror or str(error)
        raise UserError(say(f"写不进去：{said}", f"cannot write it: {said}"), path) from None


def _data(output_format: str, draft: Draft) -> bytes:
    if output_format == "markdown":
        return draft.text().encode()
    # Only for those who ask for a Word file.
    from disclosure_lint.drafting.word import word_file

    return word_file(draft)
