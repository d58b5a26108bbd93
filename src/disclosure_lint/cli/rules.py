"""`rules`: list what is loaded, run the examples of rule files, print their schema."""

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from disclosure_lint.cli.arguments import Arguments
from disclosure_lint.cli.language import Speaker
from disclosure_lint.cli.rule_list import lines
from disclosure_lint.cli.streams import opened
from disclosure_lint.linter import Linter
from disclosure_lint.packs.loading import load_pack
from disclosure_lint.packs.locate import shipped_rules
from disclosure_lint.packs.schema import rule_schema
from disclosure_lint.plugins import load_plugins
from disclosure_lint.proof import Failure, run_examples

_ACTIONS = ("list", "test", "schema")


def run(words: Sequence[str], say: Speaker) -> int:
    """Returns 1 if an example fails, else 0."""
    options, action, paths = _parsed(words, say)
    if action == "test":
        return _test(paths or [str(shipped_rules())], say)
    with opened(None, say) as output:
        for piece in _listed(options, say) if action == "list" else _schema():
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
    arguments.switch("--no-cache", help=say("不用编译好的规则缓存", "do not use the cache of compiled rules"))
    options, rest = arguments.parse(words)
    if not rest or rest[0] not in _ACTIONS:
        arguments.fail(say("要写 list、test 或 schema", "write list, test or schema"))
    if len(rest) > 1 and rest[0] != "test":
        arguments.fail(say(f"{rest[0]} 后面不写路径", f"{rest[0]} takes no path"))
    return options, rest[0], rest[1:]


def _listed(options: Namespace, say: Speaker) -> Iterator[str]:
    rules = Linter.default(use_cache=not options.no_cache).rules
    if options.format == "text":
        return lines(rules, say)
    data = [
        {
            "code": rule.code,
            "name": rule.name,
            "severity": rule.severity.name,
            "pack": rule.pack,
            "kind": rule.kind,
            "summary": rule.summary._asdict(),
            "source": list(dict.fromkeys(law.document for law in rule.law)),
        }
        for rule in rules
    ]
    return iter([json.dumps(data, ensure_ascii=False, indent=2)])


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
    """Returns the pack that a folder is, or that a rule file belongs to, by its shortest name."""
    given = Path(path).absolute()
    folder = given
    if given.is_file():
        folder = next((parent for parent in given.parents if (parent / "pack.toml").is_file()), given.parent)
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _linter(folder: Path) -> Linter:
    """Returns a linter with that pack alone, compiled anew; a pack without forms stands on the national one."""
    plugins = load_plugins()
    checks = plugins.checks()
    folders = [folder]
    if folder.resolve() == shipped_rules().resolve():
        return Linter([load_pack(folder, checks, None)], checks, plugins.readers(), folders)
    national = load_pack(shipped_rules(), checks, None)
    packs = [load_pack(folder, checks, None, national.forms)]
    if not packs[0].forms:
        folders.insert(0, shipped_rules())
        packs.insert(0, national)
    return Linter(packs, checks, plugins.readers(), folders)


def _failure(failure: Failure) -> str:
    example = failure.example
    note = f"（{example.note}）" if example.note else ""
    return f"{example.file}:{example.line}: {example.code} {failure.message}{note}\n"
