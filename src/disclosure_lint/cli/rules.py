"""`rules`: list what is loaded, run the examples of rule files, print their schema."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from disclosure_lint.cli import sources
from disclosure_lint.cli.arguments import Arguments
from disclosure_lint.cli.language import Speaker
from disclosure_lint.cli.linters import Linters
from disclosure_lint.cli.reading import reason
from disclosure_lint.cli.rule_list import lines, state_lines
from disclosure_lint.cli.rule_states import states
from disclosure_lint.cli.streams import opened
from disclosure_lint.linter import Linter
from disclosure_lint.model.errors import UnreadableError, UserError
from disclosure_lint.model.rule import Condition, Rule
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.packs.schema import rule_schema
from disclosure_lint.plugins import load_plugins
from disclosure_lint.proof import Failure, run_examples
from disclosure_lint.shelf import Shelf

_ACTIONS = ("list", "test", "schema")


def run(words: Sequence[str], say: Speaker) -> int:
    """Returns 1 if an example fails, else 0."""
    options, action, paths = _parsed(words, say)
    if action == "test":
        return _test(paths or [str(shipped_rules())], say)
    pieces = (
        _schema() if action == "schema" else _listed(options, say) if options.file is None else _states(options, say)
    )
    with opened(None, say) as output:
        for piece in pieces:
            output.write(piece + "\n")
    return 0


def _parsed(words: Sequence[str], say: Speaker) -> tuple[Namespace, str, list[str]]:
    arguments = Arguments(
        "disclosure-lint rules",
        say("list|test|schema [选项] [路径 …]", "list|test|schema [OPTIONS] [PATH …]"),
        say(
            "list 列出装入的规则；test 运行规则包里的例子，默认是全国通用规则；schema 输出规则文件的 JSON Schema。",
            "list: every loaded rule; test: run the examples of rule packs, by default the national one; "
            "schema: the JSON Schema of rule files.",
        ),
        say,
    )
    arguments.choice(
        "--format", ("text", "json"), say("list 的格式，默认 text", "format of list, default text"), "text"
    )
    arguments.value(
        "--for", "FILE", say("list：对这份年报每条规则查不查，为什么", "list: whether each rule is on for that report")
    )
    sources.add_configuration(arguments)
    options, rest = arguments.parse(words)
    if not rest or rest[0] not in _ACTIONS:
        arguments.fail(say("要写 list、test 或 schema", "write list, test or schema"))
    if len(rest) > 1 and rest[0] != "test":
        arguments.fail(say(f"{rest[0]} 后面不写路径", f"{rest[0]} takes no path"))
    options.file = getattr(options, "for")
    if options.file is not None and rest[0] != "list":
        arguments.fail(say("--for 只和 list 一起用", "--for goes with list only"))
    return options, rest[0], rest[1:]


def _listed(options: Namespace, say: Speaker) -> Iterator[str]:
    rules = sources.here(Linters(options, say), options, say)[0].rules
    if options.format == "text":
        return lines(rules, say)
    return iter([json.dumps([_data(rule) for rule in rules], ensure_ascii=False, indent=2)])


def _data(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.name,
        "pack": rule.pack,
        "kind": rule.kind,
        "summary": rule.summary._asdict(),
        "source": list(dict.fromkeys(law.document for law in rule.law)),
    }


def _states(options: Namespace, say: Speaker) -> Iterator[str]:
    """Returns the rules as they are for one report, under the configuration of its folder."""
    path = Path(options.file)
    linter, settings = sources.here(Linters(options, say), options, say, str(path.parent))
    try:
        document = linter.read(options.file, path.read_bytes())
    except OSError as error:
        raise UserError(
            say(f"读不了：{reason(error).zh}", f"cannot be read: {reason(error).en}"), options.file
        ) from None
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
        {**_data(state.rule), "on": state.on, "reason": state.reason and state.reason.text(say.lang)} for state in found
    ]
    yield json.dumps(data, ensure_ascii=False, indent=2)


def _schema() -> Iterator[str]:
    yield json.dumps(rule_schema(load_plugins().checks()), ensure_ascii=False, indent=2)


def _test(paths: Sequence[str], say: Speaker) -> int:
    failed = False
    with opened(None, say) as output:
        for folder in dict.fromkeys(map(_folder, paths)):
            linter = _linter(folder)
            count, failures = run_examples(linter, folder)
            for failure in failures:
                output.write(_failure(failure))
            failed = failed or bool(failures)
            pack = linter.packs[-1].id
            zh = f"规则包 {pack}：规则 {len(linter.packs[-1].rules)} 条，例子 {count} 个，失败 {len(failures)} 个\n"
            en = f"pack {pack}: {len(linter.packs[-1].rules)} rules, {count} examples, {len(failures)} failed\n"
            output.write(say(zh, en))
    return 1 if failed else 0


def _folder(path: str) -> Path:
    """Returns the pack that a folder or file is, or that a rule file belongs to, by its shortest name."""
    given = Path(path).absolute()
    folder = given
    if given.is_file():
        folder = next((parent for parent in given.parents if (parent / "pack.toml").is_file()), given)
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _linter(folder: Path) -> Linter:
    """Returns a linter with that pack, as if it applied to every report, and those that it stands on; compiled anew."""
    shelf = Shelf(use_cache=False)
    loaded = shelf.alone(folder)
    packs = [pack._replace(region=None, condition=Condition()) for pack in loaded.values()]
    return Linter(packs, shelf.checks, shelf.readers, tuple(loaded))


def _failure(failure: Failure) -> str:
    example = failure.example
    note = f"（{example.note}）" if example.note else ""
    return f"{example.file}:{example.line}: {example.code} {failure.message}{note}\n"
