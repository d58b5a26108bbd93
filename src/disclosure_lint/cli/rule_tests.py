"""`rules test`, `rules lint` and `rules check`: do the rules bite, and would a careful reader ask about them."""

from collections.abc import Sequence
from pathlib import Path

from disclosure_lint.cli.language import Translator
from disclosure_lint.cli.rule_matrix import matrix_lines
from disclosure_lint.cli.streams import opened
from disclosure_lint.engine.linter import Linter
from disclosure_lint.engine.pack_registry import PackRegistry
from disclosure_lint.model.rule import Condition
from disclosure_lint.outputs.wording import counted
from disclosure_lint.packs.sources import CLAIMS, FORMS, PACK_FILE, shipped_rules
from disclosure_lint.packs.texts import Example, examples, rule_texts
from disclosure_lint.proof import Failure, run_examples


def run_tests(paths: Sequence[str], say: Translator, *, whole: bool) -> int:
    """Returns 1 if an example fails, or a rule misses all its mutants or barks at others; prints all of them."""
    # Only here: a matrix needs the whole machinery of mutants.
    from disclosure_lint.proof.matrix import matrix

    failed = False
    with opened(None, say) as output:
        for folder in _folders(paths):
            linter = _linter(folder)
            count, failures = run_examples(linter, folder)
            for failure in failures:
                output.write(_failure(failure, say))
            pack = linter.packs[-1]
            zh = f"规则包 {pack.id}：规则 {len(pack.rules)} 条，例子 {count} 个，失败 {len(failures)} 个\n"
            en = f"{counted(len(pack.rules), 'rule')}, {counted(count, 'example')}, {len(failures)} failed\n"
            output.write(say(zh, f"pack {pack.id}: {en}"))
            failed = failed or bool(failures)
            if failures:
                # Mutants of rules that fail their own examples tell nothing new.
                continue
            expected = {code: text.finds_in_sample for code, text in rule_texts(folder).items()}
            found = matrix(linter, pack.rules, _by_code(folder), expected)
            for line in matrix_lines(found, say, whole=whole):
                output.write(line + "\n")
            failed = failed or bool(found.failures)
    return 1 if failed else 0


def run_check(paths: Sequence[str], say: Translator) -> int:
    """Returns 1 if `test` or `lint` would; prints only what must be changed."""
    return max(run_tests(paths, say, whole=False), run_review(paths, say, brief=True))


def run_review(paths: Sequence[str], say: Translator, *, brief: bool = False) -> int:
    """Returns 1 if there is a question that should not be; prints the questions by place, if `brief` only those."""
    from disclosure_lint.proof.review import review

    severe = False
    with opened(None, say) as output:
        for folder in _folders(paths):
            linter = _linter(folder)
            questions = review(linter, folder)
            for question in questions:
                if brief and not question.severe:
                    continue
                grade = say("警告", "warning") if question.severe else say("提示", "info")
                output.write(f"{question.file}:{question.line}: {grade}: {question.words.text(say.lang)}\n")
            count = sum(question.severe for question in questions)
            pack, rest = linter.packs[-1].id, len(questions) - count
            output.write(
                say(
                    f"规则包 {pack}：警告 {count} 处，提示 {rest} 处\n",
                    f"pack {pack}: {counted(count, 'warning')}, {counted(rest, 'info')}\n",
                )
            )
            severe = severe or count > 0
    return 1 if severe else 0


def _folders(paths: Sequence[str]) -> list[Path]:
    return list(dict.fromkeys(map(_folder, paths or [str(shipped_rules())])))


def _folder(path: str) -> Path:
    """Returns the pack that a folder or file is, or that a rule file belongs to, by its shortest name."""
    given = Path(path).absolute()
    folder = given
    if given.is_file():
        # A pack reads no other folders: a file elsewhere below it is a pack of its own, or a mistake to be told.
        places = [given.parent, given.parent.parent] if given.parent.name in (CLAIMS, FORMS) else [given.parent]
        folder = next((place for place in places if (place / PACK_FILE).is_file()), given)
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _linter(folder: Path) -> Linter:
    """Returns a linter with that pack, as if it applied to every report, and those that it stands on; compiled anew."""
    registry = PackRegistry(use_cache=False)
    loaded = registry.alone(folder)
    packs = [pack._replace(region=None, condition=Condition()) for pack in loaded.values()]
    return Linter(packs, registry.checks, registry.readers, tuple(loaded))


def _by_code(folder: Path) -> dict[str, list[Example]]:
    found: dict[str, list[Example]] = {}
    for example in examples(folder):
        found.setdefault(example.code, []).append(example)
    return found


def _failure(failure: Failure, say: Translator) -> str:
    example = failure.example
    note = say(f"（{example.note}）", f" ({example.note})") if example.note else ""
    return f"{example.file}:{example.line}: {example.code} {failure.words.text(say.lang)}{note}\n"
