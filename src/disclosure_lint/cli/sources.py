"""What the commands that read documents share: which files, and the settings for each."""

from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from disclosure_lint.cli.arguments import Arguments
from disclosure_lint.cli.discovery import STANDARD_INPUT, Input, Named, discover
from disclosure_lint.cli.language import Speaker
from disclosure_lint.cli.reading import listed
from disclosure_lint.linter import Linter
from disclosure_lint.model.errors import UserError
from disclosure_lint.settings import Settings
from disclosure_lint.settings.choice import Override
from disclosure_lint.settings.files import TomlText, load
from disclosure_lint.settings.search import Search
from disclosure_lint.settings.selection import excluded
from disclosure_lint.settings.validation import Known, SettingsError, check_form


def add_options(arguments: Arguments) -> None:
    """Adds the options that say which files are read, and how."""
    say = arguments.say
    arguments.group(say("文件", "files"))
    arguments.value(
        "--files-from", "FILE", say("文件清单，一行一个；- 是标准输入", "a list of files, one a line; - is stdin")
    )
    arguments.value("--stdin-filename", "NAME", say("给标准输入起的文件名", "the name for standard input"))
    arguments.value("--output-file", "FILE", say("结果写入这个文件（UTF-8）", "write the output to this file (UTF-8)"))
    arguments.group(say("配置", "configuration"))
    arguments.value(
        "--form", "auto|2021|…", say("用哪一年的表式，默认按年度", "the form to use, by default the year's")
    )
    arguments.value("--config", "FILE", say("用这个配置文件，不向上查找", "use this configuration, look for no other"))
    arguments.switch("--isolated", help=say("不用任何配置文件", "use no configuration file"))
    arguments.switch("--no-cache", help=say("不用编译好的规则缓存", "do not use the cache of compiled rules"))


def known_to(linter: Linter, say: Speaker) -> Known:
    """Returns what a configuration may refer to."""
    codes = tuple(rule.code for rule in linter.rules)
    names = tuple(rule.name for rule in linter.rules)
    return Known(codes, names, tuple(dict.fromkeys(form.id for form in linter.forms)), say.lang)


def checked(option: str, value: str | None, check: Callable[[str], None], say: Speaker) -> None:
    """Raises the UserError that names the option if the check does not accept its value."""
    try:
        if value is not None:
            check(value)
    except SettingsError as error:
        raise UserError(f"{option}{say('：', ': ')}{error.words.text(say.lang)}") from None


def search(known: Known, options: Namespace, override: Override, say: Speaker) -> Search:
    """Returns where the settings for a folder come from."""
    checked("--form", options.form, lambda form: check_form(form, known), say)
    fixed = Settings() if options.isolated else None
    if options.config:
        if options.isolated:
            raise UserError(say("--config 和 --isolated 不能一起用", "--config and --isolated exclude each other"))
        path = Path(options.config)
        if not path.exists():
            raise UserError(say("没有这个配置文件", "there is no such configuration file"), options.config)
        fixed = load(path, known, _parse)
    return Search(known, _parse, override, fixed)


def sources(linter: Linter, options: Namespace, paths: Sequence[str], settings: Search, say: Speaker) -> list[Input]:
    """Returns the files to look at; a path or a configuration that is wrong comes to light here, before any output."""
    named = _named(options, paths, say)

    def excluded_in(folder: str) -> Callable[[str], bool]:
        here = settings.settings(folder)
        return lambda path: excluded(path, here)

    inputs = discover(named, linter.suffixes, excluded_in, say)
    return [item._replace(name=options.stdin_filename or item.name) if _is_stdin(item) else item for item in inputs]


def folder_of(item: Input, options: Namespace) -> str:
    """Returns the folder whose settings hold for a file."""
    path = options.stdin_filename or "" if _is_stdin(item) else item.path
    return str(Path(path).parent)


def single(paths: Sequence[str]) -> bool:
    """Returns whether exactly one file, or standard input, is named."""
    return len(paths) == 1 and not Path(paths[0]).is_dir()


def _is_stdin(item: Input) -> bool:
    return item.path == STANDARD_INPUT


def _named(options: Namespace, paths: Sequence[str], say: Speaker) -> list[Named]:
    if options.files_from is None:
        return [Named(path) for path in paths or ["."]]
    if options.files_from == STANDARD_INPUT and STANDARD_INPUT in paths:
        raise UserError(
            say("标准输入不能既是文件清单又是报告", "standard input cannot be both the list of files and a report")
        )
    return [*map(Named, paths), *listed(options.files_from, say)]


def _parse(path: str, data: bytes) -> TomlText:
    # A run without a configuration file needs no TOML parser.
    from disclosure_lint.packs.toml_files import parse_toml

    return parse_toml(path, data)
