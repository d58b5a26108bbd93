"""`rules schema`: the JSON Schemas by which editors help with rule files."""

from collections.abc import Sequence
from pathlib import Path

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.streams import opened
from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.packs.schema_files import SORTS, schema_file, schema_of
from disclosure_lint.packs.sources import CLAIMS, FORMS, PACK_FILE


def add_options(parser: CommandParser) -> None:
    """Adds what only `schema` takes."""
    say = parser.say
    parser.add_argument(
        "--write",
        metavar="DIR",
        help=say(
            "schema 写进这个规则包的文件夹，写在文件旁边；pages 写进这个文件夹",
            "schema: write it into that folder, beside the files; pages: write them into that folder",
        ),
    )


def run_schema(write: str | None, words: Sequence[str], parser: CommandParser, say: Translator) -> int:
    """Returns 0; prints the schema of one sort of file, or writes it into a folder, beside the files that it is for."""
    if len(words) > 1 or (words and words[0] not in SORTS):
        sorts = "|".join(SORTS)
        parser.error(say(f"schema 后面只写一种：{sorts}", f"schema takes one of {sorts}"))
    checks = load_plugins().checks()
    if write is None:
        with opened(None, say) as output:
            output.write(schema_of(words[0] if words else "rule", checks))
        return 0
    folder = Path(write)
    for sort, place in [(word, folder) for word in words] or _beside(folder):
        path = place / schema_file(sort)
        with opened(str(path), say) as file:
            file.write(schema_of(sort, checks))
        with opened(None, say) as output:
            output.write(path.as_posix() + "\n")
    return 0


def _beside(folder: Path) -> list[tuple[str, Path]]:
    """Returns which schemas a folder needs, each where its files are."""
    if not (folder / PACK_FILE).exists():
        return [("single", folder)]
    inside = [(sort, folder / name) for sort, name in (("form", FORMS), ("claims", CLAIMS)) if (folder / name).is_dir()]
    return [("rule", folder), ("pack", folder), *inside]
