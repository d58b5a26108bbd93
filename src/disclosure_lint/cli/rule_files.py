"""`rules new` and `rules schema`: a rule or a pack to begin with, and the JSON Schemas that help to write it."""

import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.failures import cannot
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rewriting import create
from disclosure_lint.cli.streams import opened
from disclosure_lint.extensions.registry import load_plugins
from disclosure_lint.model.errors import UserError
from disclosure_lint.packs.schema_files import SORTS, directive, schema_file, schema_of
from disclosure_lint.packs.sources import CLAIMS, FORMS, PACK_FILE
from disclosure_lint.proof.template import NewPack, pack_template, rule_template, rules_folder, template_kinds

_PACK = "pack"


def add_template_options(parser: CommandParser) -> None:
    """Adds what only `new` takes."""
    say = parser.say
    for name, value, zh, en in (
        ("--kind", "KIND", "new 的检查种类，如 pattern", "new: kind of check, like pattern"),
        ("--code", "CODE", "new 的规则代码，如 XX001", "new: code, like XX001"),
        ("--name", "NAME", "new 的规则名称，如 no-draft-mark", "new: name, like no-draft-mark"),
        ("--output", "FILE", "new 写进这个文件", "new: write it to this file"),
        ("--id", "ID", "new pack 的英文名称，如 our-city", "new pack: its id, like our-city"),
        ("--title", "TITLE", "new pack 的名称，如 松岭市", "new pack: its title"),
        ("--region", "CODE", "new pack 只用于这个区划代码的机关", "new pack: for agencies in that division"),
        ("--agency", "REGEX", "new pack 只用于名称符合的机关", "new pack: for agencies of that name"),
    ):
        # A region of the linter is something else.
        dest = "division" if name == "--region" else name.removeprefix("--")
        parser.add_argument(name, metavar=value, dest=dest, help=say(zh, en))


def add_schema_options(parser: CommandParser) -> None:
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


def run_new(options: Namespace, words: Sequence[str], parser: CommandParser, say: Translator) -> int:
    """Returns 0; writes what was asked for. What is there already stays as it is."""
    if not words:
        return _rule(options, parser, say)
    if words[0] != _PACK or len(words) != 2:
        parser.error(
            say(
                "new 后面不写路径，或者写 pack 和一个新文件夹",
                "new takes no path, or the word pack and a new folder",
            )
        )
    return _repository(options, Path(words[1]), parser, say)


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


def _rule(options: Namespace, parser: CommandParser, say: Translator) -> int:
    if not (options.kind and options.code and options.name):
        kinds = "|".join(template_kinds())
        parser.error(say(f"new 要写 --kind {kinds}、--code 和 --name", f"new needs --kind {kinds}, --code and --name"))
    text = rule_template(options.kind, options.code, options.name)
    target = None if options.output is None else Path(options.output)
    if target is not None and os.path.lexists(target):
        raise UserError(say("已经有这个文件，没有改动", "the file exists and was left as it is"), options.output)
    sort = "rule" if target is None or (target.parent / PACK_FILE).exists() else "single"
    if target is not None:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot(say, "写不了", "cannot be written", error, str(target)) from None
    with opened(options.output, say) as output:
        output.write(directive(sort) + text)
    if target is not None:
        _put_schema(target.parent, sort, say)
    return 0


def _put_schema(folder: Path, sort: str, say: Translator) -> None:
    """Writes the schema that the new file names, unless it is there."""
    path = folder / schema_file(sort)
    if not os.path.lexists(path):  # a link that leads nowhere might have the file made elsewhere
        with opened(str(path), say) as output:
            output.write(schema_of(sort, load_plugins().checks()))


def _repository(options: Namespace, folder: Path, parser: CommandParser, say: Translator) -> int:
    if not (options.id and options.title):
        parser.error(say("new pack 要写 --id 和 --title", "new pack needs --id and --title"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(say("已经有这个文件夹，没有改动", "the folder exists and was left as it is"), str(folder))
    asked = NewPack(options.id, options.title, options.division, options.agency, options.code)
    files = pack_template(asked, load_plugins().checks())
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            create(str(path), text.encode())
        except OSError as error:
            raise cannot(say, "写不了", "cannot be written", error, str(path)) from None
    rules = (folder / rules_folder(options.id)).as_posix()
    with opened(None, say) as output:
        output.write(
            say(
                f"写好了 {folder.as_posix()}，规则在 {rules}\n",
                f"wrote {folder.as_posix()}, its rules are in {rules}\n",
            )
        )
    return 0


def _beside(folder: Path) -> list[tuple[str, Path]]:
    """Returns which schemas a folder needs, each where its files are."""
    if not (folder / PACK_FILE).exists():
        return [("single", folder)]
    inside = [(sort, folder / name) for sort, name in (("form", FORMS), ("claims", CLAIMS)) if (folder / name).is_dir()]
    return [("rule", folder), ("pack", folder), *inside]
