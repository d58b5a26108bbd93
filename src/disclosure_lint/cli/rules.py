"""`rules`: list what is loaded, test and question rule files, begin new ones, print their schema."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from disclosure_lint.cli import explain, rule_files, sources
from disclosure_lint.cli.arguments import CommandParser
from disclosure_lint.cli.failures import cannot
from disclosure_lint.cli.inputs import READ_LIMIT
from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rule_list import lines, profile_pieces, rule_data, state_lines, states
from disclosure_lint.cli.run_config import Linters, run_config
from disclosure_lint.cli.streams import opened, write_all
from disclosure_lint.files.reading import read_start
from disclosure_lint.model.display import in_json
from disclosure_lint.model.errors import UnreadableError, UserError

_ON_PACKS = ("test", "lint", "check")
_ACTIONS = ("list", *_ON_PACKS, "new", "schema", "pages")


def run(words: Sequence[str], say: Translator) -> int:
    """Returns 1 if a test fails or a rule file is questionable, else 0."""
    parser = _arguments(say)
    options, action, rest = _parsed(parser, words, say)
    if action in _ON_PACKS:
        # What runs the tests is not needed for the rest.
        from disclosure_lint.cli.rule_tests import run_check, run_review, run_tests

        if action == "test":
            return run_tests(rest, say, whole=options.matrix)
        return run_review(rest, say) if action == "lint" else run_check(rest, say)
    if action == "new":
        return rule_files.run_new(options, rest, parser, say)
    if action == "schema":
        return rule_files.run_schema(options.write, rest, parser, say)
    if action == "pages":
        return explain.run_pages(options.write, run_config(options), say)
    pieces = _listed(options, say) if options.file is None else _states(options, say)
    with opened(None, say) as output:
        write_all(output, (f"{piece}\n" for piece in pieces))
    return 0


def _arguments(say: Translator) -> CommandParser:
    parser = CommandParser(
        "disclosure-lint rules",
        say(
            "list|test|lint|check|new|schema|pages [选项] [路径 …]",
            "list|test|lint|check|new|schema|pages [OPTIONS] [PATH …]",
        ),
        say(
            "list 列出装入的规则；test 运行规则包里的例子和变异，lint 查可疑之处，check 两样都做，只说要改的："
            "路径是规则包或其中的文件，默认全国通用规则；"
            "new 写出一条新规则的样板，new pack 文件夹 写出一个新的规则包；"
            "schema [rule|pack|form|claims|single] 输出规则文件、pack.toml、格式文件、claims/ 里的词表、"
            "单个文件的规则包的 JSON Schema；pages 给每条规则写一页说明（Markdown）。",
            "list: every loaded rule; test: run the examples and mutants of rule packs; lint: what is doubtful in rule "
            "files; check: both, showing only what must be changed; a path is a pack or a file of it, by default the "
            "national pack; new: the template of a rule; new pack DIR: a new pack; "
            "schema [rule|pack|form|claims|single]: the JSON Schema of rule files, pack.toml, forms, words in claims/, "
            "packs of a single file; pages: a page in Markdown for each rule.",
        ),
        say,
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        help=say("list 的格式，默认 text", "format of list, default text"),
        default="text",
    )
    parser.add_argument(
        "--for",
        dest="file",
        metavar="FILE",
        help=say("list：对这份年报每条规则查不查，为什么", "list: whether each rule is on for that report"),
    )
    sources.add_configuration(parser, say)
    parser.add_argument(
        "--profile",
        metavar="draft|review|publish",
        help=say("list：照这个方案的轻重", "list: as severe as in that profile"),
    )
    parser.add_argument(
        "--matrix", action="store_true", help=say("test 列出每条规则抓到哪些变异", "test: show what each rule caught")
    )
    rule_files.add_template_options(parser)
    rule_files.add_schema_options(parser)
    return parser


def _parsed(parser: CommandParser, words: Sequence[str], say: Translator) -> tuple[Namespace, str, list[str]]:
    options, rest = parser.parse(words)
    if not rest or rest[0] not in _ACTIONS:
        zh = "要写 list、test、lint、check、new、schema 或 pages"
        parser.error(say(zh, "write list, test, lint, check, new, schema or pages"))
    if len(rest) > 1 and rest[0] in ("list", "pages"):
        parser.error(say(f"{rest[0]} 后面不写路径", f"{rest[0]} takes no path"))
    if options.file is not None and rest[0] != "list":
        parser.error(say("--for 只和 list 一起用", "--for goes with list only"))
    return options, rest[0], rest[1:]


def _listed(options: Namespace, say: Translator) -> Iterator[str]:
    asked = run_config(options)
    linters = Linters(say, use_cache=asked.use_cache)
    rules = linters.of(sources.settings_for(linters, asked, say).packs).rules
    if options.profile is not None:
        return profile_pieces(linters.profiles.of(options.profile), rules, options.format, say)
    if options.format == "text":
        return lines(rules, say)
    return iter([in_json(json.dumps([rule_data(rule) for rule in rules], ensure_ascii=False, indent=2))])


def _states(options: Namespace, say: Translator) -> Iterator[str]:
    """Returns the rules as they are for one report, under the configuration of its folder."""
    path = Path(options.file)
    asked = run_config(options)
    linters = Linters(say, use_cache=asked.use_cache)
    settings = sources.settings_for(linters, asked, say, str(path.parent))
    linter = linters.of(settings.packs)
    try:
        document = linter.read(options.file, read_start(path, READ_LIMIT, pipe=True))
    except OSError as error:
        raise cannot(say, "读不了", "cannot be read", error, options.file) from None
    except UnreadableError as error:
        raise UserError(say(f"读不了：{error.zh}", f"cannot be read: {error.en}"), options.file) from None
    report = linter.bind(document, settings.form)
    if report is None:
        raise UserError(say("不是年度报告", "not an annual report"), options.file)
    report, choice = linter.choose(report, settings)
    found = list(states(linter, report, choice, settings, options.file))
    if options.format == "text":
        if choice.reason:
            head = f"{say('地区规则包', 'regional pack')} {choice.region or say('没有用', 'none')}"
            yield f"{head}{say('：', ': ')}{choice.reason.text(say.lang)}"
        yield from state_lines(found, say)
        return
    data = [
        {**rule_data(state.rule), "on": state.on, "reason": state.reason and state.reason.text(say.lang)}
        for state in found
    ]
    yield in_json(json.dumps(data, ensure_ascii=False, indent=2))
